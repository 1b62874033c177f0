"""The call-board as a process: `python -m display`, and `--picture` for one state as PNG."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from pathlib import Path
from typing import get_args

from PySide6.QtCore import Qt

from assets import qt
from assets.monitor import Monitor
from assets.words import LANGUAGES
from display import samples, start
from display.clock import Clock
from display.hearing import Hearing
from display.live import LiveBoard
from display.loudspeaker import Loudspeaker
from display.pictures import picture
from display.playlist import Playlist
from display.reader import Reader
from display.window import BoardWindow
from hall import Fault, Hall, Refusal
from hall.face import UNKNOWN, derive
from hall.settings import Palette, Settings, load
from hall.stage import Stage

REFUSED, FAULT = 1, 3


def main(arguments: list[str] | None = None) -> int:
    """Run until told to stop. 0: stopped; 1: refused; 3: a fault at the start."""
    asked = _asked(arguments)
    try:
        settings = load()
        if asked.picture:
            picture(settings, asked.picture, asked.language, asked.size, asked.palette, asked.file)
            return 0
        return run(settings, announce=asked.announce, tour=asked.tour)
    except (Fault, Refusal) as error:
        return _say(error)


def run(settings: Settings, *, announce: bool = False, tour: Path | None = None, clock: Clock | None = None) -> int:
    """The board on the screen, as the settings say, until a signal ends it."""
    display = settings.display
    clock = clock or Clock()
    # Qt waits 5 ms before each frame for more to draw; nothing here moves, so a call need not wait.
    os.environ.setdefault("QT_QPA_UPDATE_IDLE_TIME", "0")
    app = qt.application("display")
    fullscreen = display.fullscreen and (app.platformName() != "offscreen" or bool(display.screen))
    on = start.screen(display, display.width, display.height)
    laid_out = start.layout(display, on)
    rules, choice = start.rules(display, laid_out), start.choice(settings, laid_out)
    window = BoardWindow(
        on,
        display.palette,
        laid_out,
        derive(UNKNOWN, Stage(), clock.now(), None),
        colours=settings.theme.colours,
        fullscreen=fullscreen,
        announce=announce,
        tour=tour,
    )
    window.window.setCursor(Qt.CursorShape.BlankCursor)
    loudspeaker = None
    if display.sound:
        loudspeaker = Loudspeaker(display, lambda sound: live.heard.emit(sound), clock=clock.now)
    reader = Reader(
        lambda: Hall.open(settings.hall, clock=clock.now, always_open=settings.always_open, create=False),
        display.shown_zones,
        choice,
        rules.first,
        clock,
        Hearing(display.shown_zones, loudspeaker.hear) if loudspeaker else None,
    )
    playlist = Playlist(display.pictures, clock)
    live = LiveBoard(reader, window, rules, choice, clock, playlist)

    def fit(width: int, height: int) -> None:
        nonlocal on
        before, on = on, start.screen(display, width, height)
        if on != before:
            start.warn(display, on)
        laid_out = start.layout(display, on)
        window.fit(on, laid_out)
        live.fit(start.rules(display, laid_out), start.choice(settings, laid_out))

    start.warn(display, on)
    monitor = Monitor(app, window, display.screen, fit) if fullscreen else None
    live.stillborn.connect(lambda error: app.exit(_say(error)))
    live.broken.connect(lambda: app.exit(FAULT))
    wakeup = qt.end_on_signals(app)
    gc.freeze()  # a collection may run in any thread, and Qt's objects must not die in another than their own
    reader.start()
    if loudspeaker:
        loudspeaker.start()
    try:
        return app.exec()
    finally:
        wakeup.setEnabled(False)
        del monitor
        reader.stop()
        if loudspeaker:
            loudspeaker.stop()


def _say(error: Fault | Refusal) -> int:
    sys.stderr.write(f"{error}\n")
    sys.stderr.flush()
    return FAULT if isinstance(error, Fault) else REFUSED


def _asked(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m display", description="The call-board.")
    parser.add_argument("--announce", action="store_true", help="say on stdout which call each frame first shows")
    parser.add_argument("--tour", type=Path, metavar="FOLDER", help="save each new call as board.png there")
    parser.add_argument("--picture", choices=(*samples.STATES, "now"), help="render one state to FILE and end")
    parser.add_argument("--language", choices=LANGUAGES, help="of a picture (default: the hall's own)")
    parser.add_argument("--size", type=_size, help="of a picture, such as 1920x1080 (default: the settings')")
    parser.add_argument("--palette", choices=get_args(Palette), help="of a picture (default: the settings')")
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="where a picture goes")
    asked = parser.parse_args(arguments)
    if bool(asked.picture) != bool(asked.file):
        parser.error("--picture and FILE go together")
    return asked


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal() and int(width) and int(height)):
        raise argparse.ArgumentTypeError(f"{text} is not a size such as 1920x1080")
    return int(width), int(height)


if __name__ == "__main__":
    raise SystemExit(main())
