"""The hall's pictures as addresses that QML takes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl

from assets import qt
from display.clock import Clock
from hall import playlist
from hall.playlist import AGAIN

__all__ = ["AGAIN", "Playlist"]


class Playlist:
    """Addresses of the pictures, in the order of their names."""

    def __init__(self, folder: Path | None, clock: Clock) -> None:
        self._files = playlist.Playlist(folder, clock.tick)

    def pictures(self) -> tuple[str, ...]:
        """As the folder was a minute ago or later."""
        return tuple(qt.local(file) for file in self._files.pictures())

    def refuse(self, address: str) -> None:
        """A picture that could not be drawn is shown no more."""
        self._files.refuse(Path(QUrl(address).toLocalFile()))
