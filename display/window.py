"""The glue between a view and the QML window: hands over what changed, and tells when it is truly painted."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QScreen
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from assets import qt
from assets.theme import STOCK, Colours
from assets.words import N_, say
from hall.face import View
from hall.sizes import MOST_LISTED, Sizes
from hall.stage import Stage

MEMORY = 500
"""How many told calls an announcer remembers, so that one which comes back is not told as new."""
BLANK = {"number": "", "counter": "", "agency": "", "short": "", "area": "", "beside": "", "arrow": "", "lit": False}
MODULES = Path(__file__).parent / "qml"


class BoardWindow:
    """The board on a screen, hidden until `open`. Showing an unchanged view costs nothing."""

    def __init__(
        self,
        screen: qt.Screen,
        palette: str,
        sizes: Sizes,
        view: View,
        *,
        colours: Colours = STOCK,
        fullscreen: bool = False,
        announce: bool = False,
        tour: Path | None = None,
    ) -> None:
        self.engine: QQmlApplicationEngine = qt.engine(MODULES)
        self._lines = Lines()
        values = {field.name: self._told(field.name, getattr(view, field.name)) for field in fields(view)}
        worn = qt.tokens(screen, palette, colours)
        self.window: QQuickWindow = qt.window(self.engine, "Display", tokens=worn, sizes=_lengths(sizes), **values)
        self.window.resize(screen.width, screen.height)
        self._view = view
        self._palette = palette
        self._colours = colours
        self._fullscreen = fullscreen
        self._opened = False
        self._placed = True
        self._announcer = Announcer(self.window, announce=announce, tour=tour) if announce or tour else None

    def open(self) -> None:
        """Come on the screen, if it is not there yet."""
        if not self._opened:
            self._opened = True
            self._appear()

    def place(self, screen: QScreen | None) -> None:
        """Stand on a monitor, as large as it is; without one, be nowhere."""
        self._placed = screen is not None
        if screen is None:
            self.window.hide()
            return
        self.window.setScreen(screen)
        self.window.setGeometry(screen.geometry())
        self._appear()

    def _appear(self) -> None:
        if not (self._opened and self._placed):
            return
        if self._fullscreen:
            self.window.showFullScreen()
        else:
            self.window.show()

    def _told(self, name: str, value: Any) -> object:
        return self._lines.placed(value) if name == "recent" else _plain(value)

    def fit(self, screen: qt.Screen, sizes: Sizes) -> None:
        """Lay out anew for another screen."""
        self.window.setProperty("tokens", qt.tokens(screen, self._palette, self._colours))
        self.window.setProperty("sizes", _lengths(sizes))

    def show(self, view: View, stage: Stage) -> None:
        """Put what differs from the last view on the window; the stage tells which calls a visitor sees on it."""
        if self._announcer:
            self._announcer.expect(stage)
        for field in fields(view):
            value = getattr(view, field.name)
            if value != getattr(self._view, field.name):
                self.window.setProperty(field.name, self._told(field.name, value))
        self._view = view


class Lines:
    """The lines of the list: a call keeps its own while it moves down, so that its texts need no new layout."""

    def __init__(self) -> None:
        self._held: list[tuple[object, ...]] = [()] * MOST_LISTED

    def placed(self, calls: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
        """Each line's call and its `place` in the list; -1 for a line that is not seen."""
        keys = [tuple(value for name, value in call.items() if name != "lit") for call in calls]
        free = [line for line, key in enumerate(self._held) if key not in keys]
        told: list[dict[str, object]] = [{**BLANK, "place": -1} for _ in self._held]
        for place, (key, call) in enumerate(zip(keys, calls, strict=True)):
            line = self._held.index(key) if key in self._held else free.pop()
            self._held[line] = key
            told[line] = {**call, "place": place}
        return told


class Announcer:
    """Says on stdout which calls a painted frame first shows, and which never come: tests and measurements wait for it.

    `shown N` of a call in its time, on the stage or in the list; `listed N` of one that was too old for it; `passed N`
    of one for which not even the list had room. On a tour it saves each of those frames as `board.png` too.
    """

    def __init__(self, window: QQuickWindow, *, announce: bool, tour: Path | None) -> None:
        self._window = window
        self._announce = announce
        self._tour = tour
        self._first = True
        self._told: frozenset[int] = frozenset()
        self._coming: list[str] = []
        window.frameSwapped.connect(self._painted, Qt.ConnectionType.DirectConnection)

    def expect(self, stage: Stage) -> None:
        """These calls are on the window from its next frame on."""
        new = sorted((stage.shown | set(stage.passed)) - self._told)
        for sequence in new:
            told = "shown" if sequence in stage.lit else "passed" if sequence in stage.passed else "listed"
            self._coming.append(f"{told} {sequence}")
        if new:
            self._told = frozenset(sorted(self._told | set(new))[-MEMORY:])

    def _painted(self) -> None:
        coming, self._coming = self._coming, []
        lines = ["first frame"] * self._first + coming
        self._first = False
        if self._announce and lines:
            _print(*lines)
        if self._tour and coming:
            QTimer.singleShot(0, partial(self._keep, self._tour))  # not inside the frame being painted

    def _keep(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "board.png"
        qt.picture(self._window, file)
        _print(say("en", N_("Tour: {what} – {path}"), {"what": "board", "path": file}))


def _print(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def _lengths(sizes: Sizes) -> dict[str, object]:
    return asdict(sizes)


def _plain(value: object) -> object:
    """Qt has no tuples."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return {name: _plain(one) for name, one in value.items()} if isinstance(value, Mapping) else value
