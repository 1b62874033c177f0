"""A short tour for a machine without a screen: taps the real window like a visitor and saves what it shows."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QObject, QPointF, Qt, QTimer, Slot
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from assets import qt
from assets.words import N_, say
from kiosk.pages import Agencies, Asking, Services, Slip, Taken
from kiosk.room import Room
from kiosk.visit import SETTLING

PAUSE_MS = int(SETTLING * 1000) + 400
"""Between two looks at the window: a visitor reads, and a tap right after a change of page is not taken."""


class Tour(QObject):
    """Saves the start page, an agency's services and the ticket in a folder; one ticket is taken on the way."""

    def __init__(self, room: Room, folder: Path) -> None:
        super().__init__(room)
        self._room = room
        self._folder = folder
        self._seen: set[type] = set()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)

    @Slot()
    def start(self) -> None:
        """The visitor has come."""
        self._timer.start(PAUSE_MS)

    @Slot()
    def _go_on(self) -> None:
        page = self._room.visit.page
        if (isinstance(page, Taken) and page.slip is Slip.COMING) or type(page) in self._seen:
            return
        self._seen.add(type(page))
        match page:
            case Agencies():
                self._save("agencies")
                self._tap("agency-")
            case Services():
                self._save("services")
                self._tap("service-")
            case Asking():
                self._save("asking")
                self._tap("answer")
            case Taken():
                self._save("ticket")
                self._timer.stop()

    def _save(self, page: str) -> None:
        file = self._folder / f"kiosk-{page}.png"
        self._folder.mkdir(parents=True, exist_ok=True)
        qt.picture(self._room.window, file)
        sys.stdout.write(say("en", N_("Tour: {what} – {path}"), {"what": "kiosk", "path": file}) + "\n")
        sys.stdout.flush()

    def _tap(self, name: str) -> None:
        tile = _open_tile(self._room.window.contentItem(), name)
        if tile is not None:
            middle = tile.mapToScene(QPointF(tile.width() / 2, tile.height() / 2)).toPoint()
            QTest.mouseClick(self._room.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)


def _open_tile(item: QQuickItem, name: str) -> QQuickItem | None:
    """The first tile on the window that leads on."""
    if item.objectName().startswith(name) and item.property("open") and item.isVisible():
        return item
    return next((found for child in item.childItems() if (found := _open_tile(child, name))), None)
