"""The hall's pictures, out of a folder: looked for again each minute, and a file that is no picture is named once."""

from __future__ import annotations

import sys
from pathlib import Path

from assets import qt
from assets.words import N_, say
from display.clock import Clock

KINDS = frozenset({".jpg", ".jpeg", ".png", ".svg", ".webp"})
AGAIN = 60.0
"""Seconds between two looks into the folder."""
UNREADABLE = N_("The call-board leaves out {path}: it cannot be read as a picture.")
NO_FOLDER = N_("The call-board has no pictures: {path} cannot be read.")


class Playlist:
    """Addresses of the pictures, in the order of their names."""

    def __init__(self, folder: Path | None, clock: Clock) -> None:
        self._folder = folder.absolute() if folder else None
        self._clock = clock
        self._looked: float | None = None
        self._pictures: tuple[str, ...] = ()
        self._named: set[str] = set()
        """What was said to be bad."""

    def pictures(self) -> tuple[str, ...]:
        """As the folder was a minute ago or later."""
        tick = self._clock.tick()
        if self._folder is not None and (self._looked is None or tick - self._looked >= AGAIN):
            self._looked = tick
            self._pictures = self._found(self._folder)
        return self._pictures

    def refuse(self, address: str) -> None:
        """A picture that could not be drawn is shown no more."""
        self._name(UNREADABLE, address.removeprefix("file://"), address)
        self._pictures = tuple(picture for picture in self._pictures if picture not in self._named)

    def _found(self, folder: Path) -> tuple[str, ...]:
        try:
            files = sorted(file for file in folder.iterdir() if file.suffix.lower() in KINDS and file.is_file())
        except OSError:
            self._name(NO_FOLDER, str(folder), str(folder))
            return ()
        addresses = (qt.local(file) for file in files)
        return tuple(address for address in addresses if address not in self._named)

    def _name(self, text: str, path: str, key: str) -> None:
        if key not in self._named:
            self._named.add(key)
            sys.stderr.write(say("en", text, {"path": path}) + "\n")
            sys.stderr.flush()
