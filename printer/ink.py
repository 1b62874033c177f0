"""What a slip is drawn with: one sheet of paper inked from top to bottom, in dots. It knows letters, not slips."""

from __future__ import annotations

import functools

from PIL import Image, ImageDraw, ImageFont
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from assets import fonts

DOTS_PER_MM = 203 / 25.4
"""Nearly every receipt printer's head: 203 dots an inch."""
PAPERS = {58: 384, 80: 576}
"""Dots a head can print, by the paper's width in millimetres."""

BLACK, WHITE = 0, 255
_HALF = 128
_FIRST_LENGTH = 1400
_LINE = 1.28
"""Line over font size: room for the marks above İ and Й and the tails below ş and щ."""
_MASK = 4
"""One QR mask for all: choosing the prettiest of eight takes 4 ms, and any is read."""


@functools.cache
def font(size: int, weight: int, width: int = 100) -> ImageFont.FreeTypeFont:
    """Noto Sans at a size in dots, a weight (100-900) and a width (62-100 % of normal)."""
    face = ImageFont.truetype(str(fonts.FILE), size)
    face.set_variation_by_axes([weight, width])
    return face


def wrapped(text: str, face: ImageFont.FreeTypeFont, room: float) -> list[str]:
    """The text in lines no wider than the room, broken between words; a word too long for a line is broken itself."""
    lines: list[str] = []
    line, length = "", 0.0
    for word in text.split():
        added = _length(face, word)
        if line and length + _length(face, " ") + added <= room:
            line, length = f"{line} {word}", length + _length(face, " ") + added
            continue
        if line:
            lines.append(line)
        line, length = word, added
        while length > room and len(line) > 1:
            fits = next(n for n in range(len(line) - 1, 0, -1) if n == 1 or _length(face, line[:n]) <= room)
            lines.append(line[:fits])
            line, length = line[fits:], _length(face, line[fits:])
    return [*lines, line] if line else lines


def balanced(text: str, face: ImageFont.FreeTypeFont, room: float) -> list[str]:
    """The same number of lines as `wrapped`, about equally long: no line of one lonely word, no word broken for it."""
    lines = wrapped(text, face, room)
    low, high = max((_length(face, word) for word in text.split()), default=room), room
    if len(lines) < 2 or low > room:
        return lines
    while high - low > 4:
        middle = (low + high) / 2
        if len(wrapped(text, face, middle)) == len(lines):
            high = middle
        else:
            low = middle
    return wrapped(text, face, high)


def qr_code(text: str, module: int) -> Image.Image:
    """The QR code of a text, error level M, black on white, without its quiet zone; a module is `module` dots."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=_MASK)
    code.add_data(text)
    code.make(fit=True)
    side = len(code.modules)
    dots = bytes(BLACK if dark else WHITE for row in code.modules for dark in row)
    return Image.frombytes("L", (side, side), dots).resize((side * module, side * module), Image.Resampling.NEAREST)


class Sheet:
    """A strip of paper as wide as the head; `y` is how far it is inked. Text begins at the top of its capitals."""

    def __init__(self, dots: int, margin: int) -> None:
        self.dots = dots
        self.margin = margin
        self.room = dots - 2 * margin
        self.y = 0
        self._image = Image.new("L", (dots, _FIRST_LENGTH), WHITE)
        self._pen = ImageDraw.Draw(self._image)

    def feed(self, dots: int) -> None:
        """Go on, leaving white."""
        self.y += dots

    def rule(self, thickness: int) -> None:
        """A line from margin to margin."""
        self.box(self.y, self.y + thickness)
        self.y += thickness

    def box(self, top: int, bottom: int) -> None:
        """Black from margin to margin."""
        self._lengthen(bottom)
        self._pen.rectangle((self.margin, top, self.dots - self.margin - 1, bottom - 1), fill=BLACK)

    def line(self, text: str, face: ImageFont.FreeTypeFont, x: float, colour: int = BLACK) -> None:
        """One line of text at x; the sheet goes on by its capitals' height."""
        bottom = self.y + capital(face)
        self._lengthen(bottom + round(face.size))
        self._pen.text((x, bottom), text, font=face, fill=colour, anchor="ls")
        self.y = bottom

    def lines(self, text: str, face: ImageFont.FreeTypeFont, x: float | None = None, room: float | None = None) -> None:
        """Wrapped text from x on; the sheet goes on to the last baseline."""
        for index, line in enumerate(balanced(text, face, self.room if room is None else room)):
            if index:
                self.feed(round(face.size * _LINE) - capital(face))
            self.line(line, face, self.margin if x is None else x)

    def paste(self, picture: Image.Image, x: int) -> None:
        """A picture with its left edge at x; the sheet does not go on."""
        self._lengthen(self.y + picture.height)
        self._image.paste(picture, (x, self.y))

    def cut(self) -> Image.Image:
        """What is inked so far as black and white, with nothing between: grey would print as noise."""
        self._lengthen(self.y)
        grey = self._image.crop((0, 0, self.dots, self.y))
        return grey.point([BLACK] * _HALF + [WHITE] * _HALF, "1")

    def _lengthen(self, needed: int) -> None:
        if needed <= self._image.height:
            return
        longer = Image.new("L", (self.dots, needed + _FIRST_LENGTH), WHITE)
        longer.paste(self._image)
        self._image, self._pen = longer, ImageDraw.Draw(longer)


def capital(face: ImageFont.FreeTypeFont) -> int:
    """Height of a face's capitals in dots."""
    return round(face.size * fonts.CAPITAL)


@functools.cache
def bearing(face: ImageFont.FreeTypeFont, letter: str) -> int:
    """White a face leaves before a letter, in dots (below 0 for a J): taken away, large letters stand on the margin."""
    mask, (left, _) = face.getmask2(letter, mode="L", anchor="ls")
    box = mask.getbbox()
    return int(left) + (box[0] if box else 0)


@functools.lru_cache(4096)
def _length(face: ImageFont.FreeTypeFont, word: str) -> float:
    return face.getlength(word)
