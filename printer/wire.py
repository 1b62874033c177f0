"""A picture as the ESC/POS bytes that print it. What a device does with them is not here.

Only what every receipt printer knows is used, and so sparingly that the seams between two commands are white.

- A band of ink is one raster (GS v 0), from the left edge to its last black byte; a picture that hangs at the right,
  as Arabic does, is sent from its first black byte and put to the right edge (ESC a 2). GS L would cut white at both
  sides, but a printer that ignored it would print the slip in pieces, for 4 % of the bytes.
- Where every dot of a band has a twin beside and below it (a QR code of even modules, a rule), or only below it (the
  number), it is sent at half its size and the printer doubles it (GS v 0 with m = 3 or 2): the same dots.
- White is a feed (ESC J). Printers disagree about its unit: 1/180, 1/203, 1/360 or 1/406 inch by default. So GS P says
  first that a unit is one dot. The cheap printers that do not know GS P have the dot for their unit anyway.

python-escpos's own `image()` goes through RGBA, ten times slower, and writes a complaint to stdout for each picture.
"""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image, ImageChops

from printer.ink import Head

CUT = b"\x1dVB\x00"
"""GS V 66 0: the printer itself feeds as far as its knife stands."""
CONFIRM = b"\x1dr\x01"
"""GS r 1: the paper sensor, answered in order, that is after all before it is printed."""
CLEAN = b"\x1b@" + CUT
"""After a job that broke off, and NULs that end a picture cut short: the half slip is cut off, so that the next one is
not glued to it."""
_BAND = 2
"""White rows from which on a band is worth a feed; a command inside letters could show as a seam."""
_ONCE, _TWICE_DOWN, _TWICE_BOTH = 0, 2, 3
"""m of GS v 0: how often the printer puts each dot."""
_FURTHEST = 255
"""Dots of one ESC J."""


def start(head: Head) -> bytes:
    """ESC @: forget what went before. GS a 0: no unasked status bytes, they could be taken for the answer. GS P."""
    return b"\x1b@\x1da\x00" + bytes((0x1D, 0x50, head.dpi, head.dpi))


def encoded(picture: Image.Image, head: Head) -> bytes:
    """The bytes that print a mode 1 picture as wide as the head, and cut the paper after it."""
    ink = ImageChops.invert(picture)
    at_right = _hangs_right(ink)
    return b"".join([start(head), aligned(at_right=at_right), bands(ink, at_right=at_right), CUT])


def aligned(*, at_right: bool) -> bytes:
    """ESC a: everything from here on stands at the right edge; nothing at all for the left one."""
    return b"\x1ba\x02" if at_right else b""


def feed(dots: int) -> bytes:
    """White paper, after `start`."""
    whole, rest = divmod(dots, _FURTHEST)
    return b"\x1bJ\xff" * whole + (bytes((0x1B, 0x4A, rest)) if rest else b"")


def bands(ink: Image.Image, *, at_right: bool = False) -> bytes:
    """A mode 1 picture in which 1 is a black dot, as feeds and rasters."""
    done = 0
    said = []
    for top, bottom in _inked(ink):
        said += [feed(top - done), _raster(ink.crop((0, top, ink.width, bottom)), at_right)]
        done = bottom
    return b"".join([*said, feed(ink.height - done)])


def _raster(ink: Image.Image, at_right: bool) -> bytes:
    mode, dots = _smallest(ink)
    left, _, right, _ = dots.getbbox() or (0, 0, 1, 1)
    edges = (dots.width - (dots.width - left + 7) // 8 * 8, dots.width) if at_right else (0, right)
    dots = dots.crop((edges[0], 0, edges[1], dots.height))
    row = (dots.width + 7) // 8
    size = row.to_bytes(2, "little") + dots.height.to_bytes(2, "little")
    return bytes((0x1D, 0x76, 0x30, mode)) + size + dots.tobytes()


def _smallest(ink: Image.Image) -> tuple[int, Image.Image]:
    """The m of GS v 0, and the dots from which the printer makes this picture with it."""
    row, dots = (ink.width + 7) // 8, ink.tobytes()
    pairs = range(0, len(dots), 2 * row)
    if ink.height % 2 or any(dots[at : at + row] != dots[at + row : at + 2 * row] for at in pairs):
        return _ONCE, ink
    low = ink.resize((ink.width, ink.height // 2), Image.Resampling.NEAREST)
    half = low.resize((low.width // 2, low.height), Image.Resampling.NEAREST)
    twins = half.resize(low.size, Image.Resampling.NEAREST).tobytes() == low.tobytes()
    return (_TWICE_BOTH, half) if twins and ink.width % 2 == 0 else (_TWICE_DOWN, low)


def _hangs_right(ink: Image.Image) -> bool:
    """Whether most ink is in the right half, as in right-to-left print: then the white to be spared is at the left.

    A raster stands at the right edge exactly only where that is a whole byte from the left one, doubled dots too.
    """
    middle = ink.width // 2
    left, right = (ink.crop((x, 0, x + middle, ink.height)).histogram()[-1] for x in (0, middle))
    return right > left and ink.width % 16 == 0


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
