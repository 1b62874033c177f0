"""A hall's logo: any ordinary picture, checked, and made into the black dots that a receipt printer has."""

from __future__ import annotations

import functools
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from PIL import Image, UnidentifiedImageError

from hall import Fault, Refusal

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP")
MOST_BYTES = 4_000_000
SMALLEST, LARGEST = 24, 6000
"""Dots of a side: a smaller picture would print as a blot, a larger one only takes memory."""
_NOT_WHITE = [255] * 250 + [0] * 6
_GREYS = slice(80, 201)
_FLAT = 0.15
"""Up to this share of greys among its dots a picture is line art, and is cut at the middle; beyond, it is dithered."""


@dataclass(frozen=True, eq=False)
class Logo:
    """A picture of 256 greys on white."""

    picture: Image.Image

    @classmethod
    def read(cls, path: Path) -> Self:
        """A picture file. Fault unreadable_file; Refusal bad_logo (path, problem)."""
        try:
            if path.stat().st_size > MOST_BYTES:
                raise Refusal("bad_logo", path=str(path), problem=f"it has more than {MOST_BYTES // 1_000_000} MB")
            with Image.open(path, formats=FORMATS) as opened:
                if not SMALLEST <= min(opened.size) <= max(opened.size) <= LARGEST:
                    problem = f"its sides should be from {SMALLEST} to {LARGEST} dots, not {opened.size}"
                    raise Refusal("bad_logo", path=str(path), problem=problem)
                coloured = opened.convert("RGBA")
        except UnidentifiedImageError as error:
            problem = f"it is not a picture ({', '.join(FORMATS)})"
            raise Refusal("bad_logo", path=str(path), problem=problem) from error
        except OSError as error:
            if error.errno is None:  # Pillow's own: the file ends too early, or is broken within
                raise Refusal("bad_logo", path=str(path), problem="the picture is damaged") from error
            raise Fault("unreadable_file", path=str(path), problem=error.strerror) from error
        except (ValueError, SyntaxError, Image.DecompressionBombError) as error:
            raise Refusal("bad_logo", path=str(path), problem="the picture is damaged") from error
        logo = cls._of(coloured)
        if logo is None:
            raise Refusal("bad_logo", path=str(path), problem="nothing of it is dark enough to print")
        return logo

    @classmethod
    def kept(cls, picture: bytes) -> Self | None:
        """The PNG that the hall keeps; None when nothing of it is dark enough to print."""
        with Image.open(io.BytesIO(picture)) as opened:
            return cls._of(opened.convert("RGBA"))

    @classmethod
    def _of(cls, coloured: Image.Image) -> Self | None:
        paper = Image.new("RGBA", coloured.size, "white")
        grey = Image.alpha_composite(paper, coloured).convert("L")
        logo = cls(grey.crop(grey.point(_NOT_WHITE).getbbox()))  # a white edge of its own would stand off the margin
        return logo if logo.inked(SMALLEST, LARGEST).getextrema()[0] == 0 else None

    def inked(self, height: int, room: int) -> Image.Image:
        """The picture in black and white (mode L), that high, or as high as its width in the room allows."""
        return _inked(self, height, room)


@functools.lru_cache(16)
def _inked(logo: Logo, height: int, room: int) -> Image.Image:
    wide, high = logo.picture.size
    scale = min(height / high, room / wide)
    size = max(1, round(wide * scale)), max(1, round(high * scale))
    small = logo.picture.resize(size, Image.Resampling.LANCZOS)
    greys = sum(logo.picture.histogram()[_GREYS]) / (wide * high)
    dither = Image.Dither.FLOYDSTEINBERG if greys > _FLAT else Image.Dither.NONE
    return small.convert("1", dither=dither).convert("L")
