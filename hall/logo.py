"""The hall's logo: any ordinary picture, judged by what is in it, drawn anew, and kept for every machine of the hall.

Of the file that came only its dots are left: no name, no place, no profile, nothing behind its end. An SVG is not taken
here, since it can carry a program; in the settings of a machine it may stand.
"""

from __future__ import annotations

import hashlib
import io
import math
import struct
import warnings
import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, NamedTuple

from assets.logo import LARGEST, MOST_BYTES
from hall.errors import Refusal
from hall.journal import Happening

if TYPE_CHECKING:
    from PIL.Image import Image

    from hall.act import Act, Standing

SMALLEST = 24
"""Dots of a side: a smaller one would be a blot."""
SIDE = 640
"""Dots of a side at the most, of what is kept: the widest slip has 576, the header of the finest kiosk room for 500."""
MOST_DOTS = 16_000_000
"""Of a picture before it is drawn anew: each takes 4 bytes and more while that lasts."""
FORMATS = ("PNG", "JPEG", "WEBP")
_BEGINNINGS = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF")
_WHITE = 250
"""Of 255: lighter greys cannot be told from the white a logo stands on."""
_BROKEN = (OSError, ValueError, SyntaxError, IndexError, KeyError, EOFError, OverflowError, struct.error, zlib.error)
"""What Pillow raises over a file that is not what it says it is."""


class Logo(NamedTuple):
    """A logo as it is kept."""

    digest: str
    """32 hexadecimal digits; another picture has another."""
    picture: bytes
    """PNG."""


class Logos:
    """The logo of one hall."""

    def __init__(
        self,
        reading: Callable[[], AbstractContextManager[Act]],
        writing: Callable[[], AbstractContextManager[Act]],
        standing: Standing,
    ) -> None:
        self._reading = reading
        self._writing = writing
        self._standing = standing

    @property
    def digest(self) -> str | None:
        """As it was at the last act or look of this process, so that asking costs nothing; None without a logo."""
        return self._standing.logo

    def kept(self) -> Logo | None:
        """The logo there is now."""
        with self._reading() as act:
            return act.storage.logo()

    def change(self, uploaded: bytes, *, staff: str | None = None) -> None:
        """Take a picture for the hall's logo; the same one again changes nothing.

        Refusal logo_too_large (megabytes), logo_svg, logo_unknown, logo_moving, logo_sides (least, most),
        logo_damaged, logo_white.
        """
        logo = drawn(uploaded)
        with self._writing() as act:
            if logo.digest != act.standing.logo:
                act.storage.logo_stored(logo)
                act.record(Happening.LOGO, staff=staff, digest=logo.digest)
                act.revise()

    def remove(self, *, staff: str | None = None) -> None:
        """Without a logo nothing changes."""
        with self._writing() as act:
            if act.standing.logo is not None:
                act.storage.logo_gone()
                act.record(Happening.LOGO_GONE, staff=staff)
                act.revise()


def drawn(uploaded: bytes) -> Logo:
    """A picture of ours with the dots of an uploaded one; for one thread at a time. Refusals as `Logos.change`."""
    if len(uploaded) > MOST_BYTES:
        raise Refusal("logo_too_large", megabytes=MOST_BYTES // 1_000_000)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Pillow would only print is refused here, or mended by what it does
            shown = _small(_opened(uploaded))
    except _BROKEN as error:
        raise Refusal("logo_damaged") from error
    if not any(_on_white(shown).histogram()[:_WHITE]):
        raise Refusal("logo_white")
    made = shown.convert("RGB") if shown.getchannel("A").getextrema() == (255, 255) else shown
    made.info.clear()
    written = io.BytesIO()
    made.save(written, "PNG")
    picture = written.getvalue()
    return Logo(hashlib.sha256(picture).hexdigest()[:32], picture)


def _opened(uploaded: bytes) -> Image:
    """The picture, of which no more than the beginning has been read."""
    from PIL import Image, UnidentifiedImageError

    try:
        opened = Image.open(io.BytesIO(uploaded), formats=FORMATS)
    except UnidentifiedImageError as error:
        if uploaded.startswith(_BEGINNINGS):
            raise Refusal("logo_damaged") from error
        if b"<svg" in uploaded[:4096].lower():
            raise Refusal("logo_svg") from error
        raise Refusal("logo_unknown") from error
    except Image.DecompressionBombError as error:
        raise Refusal("logo_sides", least=SMALLEST, most=LARGEST) from error
    if not SMALLEST <= min(opened.size) <= max(opened.size) <= LARGEST:
        raise Refusal("logo_sides", least=SMALLEST, most=LARGEST)
    if opened.width * opened.height > MOST_DOTS:
        raise Refusal("logo_sides", least=SMALLEST, most=math.isqrt(MOST_DOTS))
    # A JPEG of a phone may hold a second picture, which is no film.
    if opened.format in ("PNG", "WEBP") and getattr(opened, "is_animated", False):
        raise Refusal("logo_moving")
    return opened


def _small(opened: Image) -> Image:
    """Upright, with an alpha channel, and no larger than is kept."""
    from PIL import ImageOps

    if opened.mode.startswith("I"):
        opened = opened.point(lambda grey: grey / 256).convert("L")
    if opened.mode not in ("L", "RGB", "RGBA") or "transparency" in opened.info:
        opened = opened.convert("RGBA")
    opened.thumbnail((SIDE, SIDE))
    return ImageOps.exif_transpose(opened).convert("RGBA")


def _on_white(picture: Image) -> Image:
    """A picture with an alpha channel as paper shows it, in 256 greys."""
    from PIL import Image

    return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("L")
