"""What a board in a browser shows besides words: the hall's pictures, under addresses of their own, and the code."""

from __future__ import annotations

import functools
import time
from pathlib import Path
from threading import Lock
from urllib.parse import quote

from markupsafe import Markup
from PIL import Image
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathFillImage
from qrcode.main import QRCode

from hall.playlist import Playlist

PATH = "/static/pictures"
"""What is under /static/ may be kept by a browser for ever; a picture that changes gets another address."""
QUIET_ZONE = 4
"""Modules of white around a code, as ISO/IEC 18004 asks."""


class Pictures:
    """The playlist of every board in a browser. Its files are found by addresses it gave out alone."""

    def __init__(self, folder: Path | None) -> None:
        self._playlist = Playlist(folder, time.monotonic)
        self._lock = Lock()
        self._found: tuple[Path, ...] = ()
        self._files: dict[tuple[str, str], Path] = {}

    def addresses(self) -> tuple[str, ...]:
        """Of the pictures, in order, as the folder was a minute ago or later. Blocking."""
        with self._lock:
            if self._playlist.pictures() is not self._found:
                self._look()
            return tuple(f"{PATH}/{version}/{quote(name)}" for version, name in self._files)

    def file(self, version: str, name: str) -> Path | None:
        """The picture with an address; None for an address that was not given out."""
        with self._lock:
            return self._files.get((version, name))

    def _look(self) -> None:
        for file in self._playlist.pictures():
            if not _is_picture(file):
                self._playlist.refuse(file)
        self._found = self._playlist.pictures()
        self._files = {(_version(file), file.name): file for file in self._found}


def _is_picture(file: Path) -> bool:
    try:
        if file.suffix.lower() == ".svg":
            return b"<svg" in file.read_bytes()
        with Image.open(file) as picture:
            picture.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    return True


def _version(file: Path) -> str:
    try:
        known = file.stat()
    except OSError:  # gone since it was found
        return "gone"
    return f"{known.st_mtime_ns:x}-{known.st_size:x}"


@functools.lru_cache(maxsize=8)
def code(address: str) -> Markup:
    """The QR code of an address, its quiet zone around it, as a drawing to stand in a page."""
    made = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE, image_factory=SvgPathFillImage)
    made.add_data(address)
    return Markup(made.make_image().to_string(encoding="unicode"))  # noqa: S704 - numbers alone
