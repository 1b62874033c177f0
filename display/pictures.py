"""One state of the board as a PNG, drawn with no screen: for the README, golden tests, and a look from afar."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEventLoop

from assets import qt
from assets.theme import STOCK, Colours
from display import start
from display.clock import Clock
from display.playlist import Playlist
from display.samples import sample
from display.window import BoardWindow
from hall import Fault, Hall
from hall.face import Choice, View, derive
from hall.look import describe, read
from hall.settings import DisplaySettings, Settings
from hall.stage import Rules, Stage, advance


def picture(
    settings: Settings,
    state: str,
    language: str | None,
    size: tuple[int, int] | None,
    palette: str | None,
    file: Path,
) -> None:
    """Save a state of `samples`, or `now`: the settings' hall as it is. Fault room_failed: it cannot be written.

    A sample depends on no settings, so that it is the same picture everywhere.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    display = settings.display if state == "now" else DisplaySettings()
    size = size or (display.width, display.height)
    if state == "now":
        choice = start.choice(settings, start.layout(display, start.screen(display, *size)))
        choice = replace(choice, pictures=Playlist(display.pictures, Clock()).pictures())
        window = opened(
            display, size, lambda rules: now(settings, language, rules, choice), palette, settings.theme.colours
        )
    else:
        window = opened(display, size, lambda rules: sample(state, language or "id", rules), palette)
    try:
        qt.picture(window.window, file)
    except OSError as error:
        raise Fault("room_failed", room="display", problem=str(error)) from error
    finally:
        window.window.close()


def opened(
    display: DisplaySettings,
    size: tuple[int, int],
    view: Callable[[Rules], View],
    palette: str | None = None,
    colours: Colours = STOCK,
) -> BoardWindow:
    """A window that shows one view, painted. In a size that is not the settings' it is their screen turned or finer."""
    app = qt.application("display")
    on = start.screen(display, *size)
    laid_out = start.layout(display, on)
    shown = view(start.rules(display, laid_out))
    window = BoardWindow(on, palette or display.palette, laid_out, shown, colours=colours)
    window.open()
    app.processEvents()
    while window.window.property("loading"):
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    return window


def now(settings: Settings, language: str | None, rules: Rules, choice: Choice) -> View:
    """The settings' hall at this moment, its own language first or the one asked for."""
    zones = settings.display.shown_zones
    with Hall.open(settings.hall, always_open=settings.always_open, create=False) as hall:
        board, face = read(hall, zones, None, rules.first), describe(hall, zones, choice)
    if language:
        others = tuple(other for other in face.languages if other != language)
        face = replace(face, languages=(language, *others))
    return derive(face, advance(Stage(), board, board.at, 0.0, rules), board.at, board.at, choice=choice)
