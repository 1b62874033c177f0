"""The hall's pictures for a call-board, out of a folder: looked for again each minute, what is bad named once."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from assets.words import N_, say

KINDS = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
"""The ends of their names, and what they are."""
AGAIN = 60.0
"""Seconds between two looks into the folder."""
UNREADABLE = N_("The call-board leaves out {path}: it cannot be read as a picture.")
NO_FOLDER = N_("The call-board has no pictures: {path} cannot be read.")


class Playlist:
    """The pictures in the order of their names. `tick` gives seconds that only ever grow."""

    def __init__(self, folder: Path | None, tick: Callable[[], float]) -> None:
        self._folder = folder.absolute() if folder else None
        self._tick = tick
        self._looked: float | None = None
        self._pictures: tuple[Path, ...] = ()
        self._named: set[Path] = set()
        """What was said to be bad."""

    def pictures(self) -> tuple[Path, ...]:
        """As the folder was a minute ago or later."""
        tick = self._tick()
        if self._folder is not None and (self._looked is None or tick - self._looked >= AGAIN):
            self._looked = tick
            self._pictures = self._found(self._folder)
        return self._pictures

    def refuse(self, picture: Path) -> None:
        """A picture that could not be drawn is shown no more."""
        self._name(UNREADABLE, picture)
        self._pictures = tuple(one for one in self._pictures if one not in self._named)

    def _found(self, folder: Path) -> tuple[Path, ...]:
        try:
            files = sorted(file for file in folder.iterdir() if file.suffix.lower() in KINDS and file.is_file())
        except OSError:
            self._name(NO_FOLDER, folder)
            return ()
        return tuple(file for file in files if file not in self._named)

    def _name(self, text: str, path: Path) -> None:
        if path not in self._named:
            self._named.add(path)
            sys.stderr.write(say("en", text, {"path": str(path)}) + "\n")
            sys.stderr.flush()
