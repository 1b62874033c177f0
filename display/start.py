"""From a machine's settings to what the board begins with: its layout, how it behaves, what it shows besides calls."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import datetime, timedelta

from assets import qt
from assets.words import say, spoken
from hall.face import UNKNOWN, Choice, Face
from hall.settings import DisplaySettings, Settings
from hall.sizes import TOO_SMALL, Sizes, shortfall, sizes
from hall.stage import Rules


def screen(display: DisplaySettings, width: int, height: int) -> qt.Screen:
    """The settings' screen in a size that may be another: it is then the same screen turned, or finer."""
    longer = display.width_mm * max(display.width, display.height) / display.width
    return qt.Screen(width, height, longer * width / max(width, height))


def layout(display: DisplaySettings, on: qt.Screen) -> Sizes:
    """The sizes of everything on a screen."""
    return sizes(on.width, on.height, on.width_mm, display.distance_m)


def warn(display: DisplaySettings, on: qt.Screen) -> None:
    """Say on stderr that a screen is too small to be read from where its readers stand."""
    if short := shortfall(on.width, on.height, on.width_mm, display.distance_m):
        sys.stderr.write(say("en", TOO_SMALL, short) + "\n")
        sys.stderr.flush()


def rules(display: DisplaySettings, laid_out: Sizes) -> Rules:
    """How long calls are lit, and for how many there is room."""
    replay = timedelta(seconds=display.replay_seconds)
    return Rules(hold=display.hold_seconds, replay=replay, room=laid_out.room, listed=laid_out.listed)


def stranger(now: datetime) -> Face:
    """A hall nobody has described yet, in the machine's language, then in English, and by the machine's clock."""
    zone = now.astimezone().tzinfo or UNKNOWN.timezone
    return replace(UNKNOWN, languages=tuple(dict.fromkeys((spoken(), *UNKNOWN.languages))), timezone=zone)


def choice(settings: Settings, laid_out: Sizes) -> Choice:
    """What stands on the board besides the calls; the pictures come from the playlist."""
    display = settings.display
    return Choice(
        name=settings.theme.name,
        languages=display.languages,
        turn=display.turn_seconds,
        waiting=display.waiting,
        next_up=display.next_up,
        messages=display.messages,
        address=settings.counter.public_url if display.qr else "",
        lines=laid_out.lines,
        letters=laid_out.letters(),
        join=settings.counter.join,
    )
