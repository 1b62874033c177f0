"""Which monitor a window stands on: keeps to the one the settings name, through unplugging and plugging in again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QScreen

from assets.words import N_, say

MISSING = N_("There is no screen “{name}” now; the window waits for it.")


class Placed(Protocol):
    """A window that stands on a monitor."""

    def place(self, screen: QScreen | None) -> None:
        """Stand on a monitor, as large as it is; without one, be nowhere."""


class Monitor(QObject):
    """Puts the window on its monitor, full size, and calls `moved` each time that monitor is another or changes size.

    While the monitor is away the window is hidden: on another one it would cover what belongs there.
    """

    def __init__(
        self,
        app: QGuiApplication,
        window: Placed,
        name: str,
        moved: Callable[[int, int], None],
        screens: Callable[[], Sequence[QScreen]] = QGuiApplication.screens,
    ) -> None:
        super().__init__()
        self._window = window
        self._name = name
        self._moved = moved
        self._screens = screens
        self._known: list[QScreen] = []
        self._missed = False
        app.screenAdded.connect(self._soon)
        app.screenRemoved.connect(self._soon)
        app.primaryScreenChanged.connect(self._soon)
        self.look()

    def look(self) -> None:
        """Find the monitor and stand on it."""
        screens = self._screens()
        found = next((screen for screen in screens if not self._name or screen.name() == self._name), None)
        if found is None and not self._missed:
            sys.stderr.write(say("en", MISSING, {"name": self._name}) + "\n")
            sys.stderr.flush()
        self._missed = found is None
        for screen in screens:
            if screen not in self._known:
                screen.geometryChanged.connect(self._soon)
        self._known = list(screens)
        self._window.place(found)
        if found is not None:
            self._moved(found.size().width(), found.size().height())

    def _soon(self) -> None:
        # A screen that goes is still in the list while its signal is sent.
        QTimer.singleShot(0, self, self.look)
