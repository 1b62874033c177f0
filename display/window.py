"""The glue between a view and the QML window: hands over what changed, and tells when it is truly painted."""

from __future__ import annotations

import sys
from dataclasses import asdict, fields
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from assets import qt
from assets.words import N_, say
from display.sizes import Sizes
from display.views import View

MEMORY = 500
"""How many shown calls an announcer remembers, so that one which comes back is not announced as new."""
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
        fullscreen: bool = False,
        announce: bool = False,
        tour: Path | None = None,
    ) -> None:
        self.engine: QQmlApplicationEngine = qt.engine(MODULES, screen, palette)
        lengths = {name: _plain(length) for name, length in asdict(sizes).items()}
        values = {field.name: _plain(getattr(view, field.name)) for field in fields(view)}
        self.window: QQuickWindow = qt.window(self.engine, "Display", sizes=lengths, **values)
        self.window.resize(screen.width, screen.height)
        self._view = view
        self._fullscreen = fullscreen
        self._announcer = Announcer(self.window, announce=announce, tour=tour) if announce or tour else None

    def open(self) -> None:
        """Come on the screen."""
        if self._fullscreen:
            self.window.showFullScreen()
        else:
            self.window.show()

    def show(self, view: View, calls: frozenset[int]) -> None:
        """Put what differs from the last view on the window; `calls` are the sequences a visitor sees on it."""
        if self._announcer:
            self._announcer.expect(calls)
        for field in fields(view):
            value = getattr(view, field.name)
            if value != getattr(self._view, field.name):
                self.window.setProperty(field.name, _plain(value))
        self._view = view


class Announcer:
    """Says on stdout when a frame that first shows a call has been painted: tests and measurements wait for it.

    On a tour it saves that frame as `board.png` too.
    """

    def __init__(self, window: QQuickWindow, *, announce: bool, tour: Path | None) -> None:
        self._window = window
        self._announce = announce
        self._tour = tour
        self._first = True
        self._shown: frozenset[int] = frozenset()
        self._coming: list[int] = []
        window.frameSwapped.connect(self._painted, Qt.ConnectionType.DirectConnection)

    def expect(self, calls: frozenset[int]) -> None:
        """These calls are on the window from its next frame on."""
        new = sorted(calls - self._shown)
        if new:
            self._coming += new
            self._shown = frozenset(sorted(self._shown | calls)[-MEMORY:])

    def _painted(self) -> None:
        coming, self._coming = self._coming, []
        lines = ["first frame"] * self._first + [f"shown {sequence}" for sequence in coming]
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


def _plain(value: object) -> object:
    """Qt has no tuples."""
    return list(value) if isinstance(value, tuple) else value
