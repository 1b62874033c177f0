"""A picture as the ESC/POS bytes that print it. What a device does with them is not here."""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image, ImageChops

START = b"\x1b@\x1da\x00"
"""ESC @: forget what went before. GS a 0: no unasked status bytes, they could be taken for the answer."""
CUT = b"\x1dVB\x00"
"""GS V 66 0: the printer itself feeds as far as its knife stands."""
CONFIRM = b"\x1dr\x01"
"""GS r 1: the paper sensor, answered in order, that is after all before it is printed."""
_BAND = 6
"""White rows from which on a band is worth its own command."""


def encoded(picture: Image.Image) -> bytes:
    """The bytes that print a mode 1 picture and cut the paper after it.

    White bands are rasters one byte wide, and each inked band ends at its last black byte: half of the whole picture's
    bytes. Feeds would be shorter still, but printers disagree about the height of a feed's dot. python-escpos's own
    `image()` goes through RGBA, ten times slower, and writes a complaint to stdout for each picture.
    """
    ink = ImageChops.invert(picture)
    bands = [_raster(ink.crop((0, top, width, bottom))) for top, bottom, width in _bands(ink)]
    return b"".join([START, *bands, CUT])


def _raster(ink: Image.Image) -> bytes:
    row = (ink.width + 7) // 8
    return b"\x1dv0\x00" + row.to_bytes(2, "little") + ink.height.to_bytes(2, "little") + ink.tobytes()


def _bands(ink: Image.Image) -> Iterator[tuple[int, int, int]]:
    """The picture from top to bottom as (first row, row after the last, width): inked bands and white ones by turns."""
    done = 0
    for top, bottom in _inked(ink):
        if top > done:
            yield done, top, 8
        box = ink.crop((0, top, ink.width, bottom)).getbbox()
        yield top, bottom, box[2] if box else 8
        done = bottom
    if done < ink.height:
        yield done, ink.height, 8


def _inked(ink: Image.Image) -> Iterator[tuple[int, int]]:
    """Row ranges that hold ink, joined where less than a band of white lies between."""
    row = (ink.width + 7) // 8
    dots, white = ink.tobytes(), bytes(row)
    start = end = -1
    for y in range(ink.height):
        if dots[y * row : (y + 1) * row] == white:
            continue
        if start < 0:
            start = y
        elif y - end >= _BAND:
            yield start, end
            start = y
        end = y + 1
    if start >= 0:
        yield start, end
