"""The logo of the pages: small, and under an address that changes with it, so that a browser may keep it for ever."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from assets.logo import usable
from hall import Hall

PATH = "/static/logo"
POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""Even opened by itself, a drawing runs nothing and loads nothing."""
LARGEST = (600, 180)
"""Dots of what is sent: as much as the sharpest phone shows of it."""
QUALITY = 85


class Picture(NamedTuple):
    """What is sent."""

    digest: str
    kind: str
    """Its media type."""
    content: bytes


class Logo:
    """The one that the settings of this machine name, or else the one that the hall keeps. For several threads."""

    def __init__(self, hall: Hall, path: Path | None) -> None:
        self._hall = hall
        self._kept: Picture | None = None
        own = usable(path)
        self._own = _read(own) if own else None

    @property
    def address(self) -> str:
        """Of what visitors see, as of the last look at the hall; empty without a logo."""
        return f"{PATH}/{self._own.digest}" if self._own else self.kept_address

    @property
    def kept_address(self) -> str:
        """Of the one that the hall keeps."""
        digest = self._hall.logo.digest
        return f"{PATH}/{digest}" if digest else ""

    def picture(self, digest: str) -> Picture | None:
        """By its address; None for an address that is not, or no longer, given out. Blocking."""
        if self._own and digest == self._own.digest:
            return self._own
        kept = self._kept
        if (kept.digest if kept else None) != self._hall.logo.digest:
            found = self._hall.logo.kept()
            self._kept = kept = _small(found.digest, found.picture) if found else None
        return kept if kept and kept.digest == digest else None


def _read(path: Path) -> Picture:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:32]
    is_drawing = not content.startswith(b"\x89PNG")
    return Picture(digest, "image/svg+xml", content) if is_drawing else _small(digest, content)


def _small(digest: str, png: bytes) -> Picture:
    with Image.open(io.BytesIO(png)) as opened:
        shown = opened.convert("RGBA")
    shown.thumbnail(LARGEST)
    written = io.BytesIO()
    shown.save(written, "WEBP", quality=QUALITY)
    return Picture(digest, "image/webp", written.getvalue())
