"""What a slip is drawn on: a printer's head, and one sheet of paper inked from top to bottom, in dots."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from assets import fonts
from printer.letters import Direction, Face, Run, balanced, length, runs


@dataclass(frozen=True, slots=True)
class Head:
    """What a printer prints with: how many dots lie side by side, and how many of them make an inch (below 256)."""

    dots: int
    dpi: int

    @property
    def width(self) -> float:
        """Millimetres of paper it reaches."""
        return self.dots / self.dpi * 25.4

    def across(self, millimetres: float) -> int:
        """Dots of so many millimetres."""
        return round(millimetres * self.dpi / 25.4)


PAPERS = {58: Head(384, 203), 80: Head(576, 203)}
"""The usual head of each paper, by its width in millimetres."""

BLACK, WHITE = 0, 255
_HALF = 128
_FIRST_LENGTH = 1400
_MASK = 4
"""One QR mask for all: choosing the prettiest of eight takes 4 ms, and any is read."""


@functools.lru_cache(64)
def qr_code(text: str) -> Image.Image:
    """The QR code of a text, error level M, black on white, without its quiet zone, one dot a module."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=_MASK)
    code.add_data(text)
    code.make(fit=True)
    side = len(code.modules)
    return Image.frombytes("L", (side, side), bytes(BLACK if dark else WHITE for row in code.modules for dark in row))


class Sheet:
    """A strip of paper as wide as the head; `y` is how far it is inked. Text begins at the top of its capitals.

    Places along a line are dots from where the language begins to write: the left margin, or the right one.
    """

    def __init__(self, head: Head, margin: int, direction: Direction) -> None:
        self.dots = head.dots
        self.margin = margin
        self.room = head.dots - 2 * margin
        self.direction = direction
        self.y = 0
        self._image = Image.new("L", (head.dots, _FIRST_LENGTH), WHITE)
        self._pen = ImageDraw.Draw(self._image)

    def feed(self, dots: int) -> None:
        """Go on, leaving white."""
        self.y += dots

    def bar(self, height: int) -> None:
        """Black from margin to margin; the sheet does not go on."""
        self._lengthen(self.y + height)
        self._pen.rectangle((self.margin, self.y, self.dots - self.margin - 1, self.y + height - 1), fill=BLACK)

    def line(self, text: str, face: Face, at: int = 0, colour: int = BLACK) -> None:
        """One line of text; the sheet goes on by its capitals' height."""
        self._lengthen(self.y + 2 * face.size)
        x = self._left(at, length(text, face))
        self.y += face.capital
        for run in runs(text, self.direction):
            mask, left, top = _mask(run, face)
            self._image.paste(colour, (round(x) + left, self.y + top), mask)
            x += length(run.text, face)

    def lines(self, text: str, face: Face, at: int = 0) -> None:
        """Wrapped text, from there to the other margin; the sheet goes on to the last baseline."""
        for index, line in enumerate(balanced(text, face, self.room - at)):
            if index:
                self.feed(face.pitch - face.capital)
            self.line(line, face, at)

    def figures(self, text: str, face: Face) -> None:
        """A number in dots of twice the size, which take a quarter of the bytes; the sheet goes on by its ink's height.

        At ten millimetres and more nobody sees their steps of a quarter of a millimetre.
        """
        font = face.font(fonts.FILE)
        left, top, right, bottom = map(round, font.getbbox(text))
        grey = Image.new("L", (right - left, bottom - top), WHITE)
        ImageDraw.Draw(grey).text((-left, -top), text, BLACK, font)
        tall = grey.crop(ImageChops.invert(black_and_white(grey)).getbbox())
        half = tall.resize((tall.width, (tall.height + 1) // 2), Image.Resampling.BOX)
        self.paste(half.resize((half.width, half.height * 2), Image.Resampling.NEAREST))

    def paste(self, picture: Image.Image) -> None:
        """A picture; the sheet goes on by its height. It begins on an even dot: see printer.wire on doubled dots."""
        self._lengthen(self.y + picture.height)
        self._image.paste(picture, (round(self._left(0, picture.width)) // 2 * 2, self.y))
        self.y += picture.height

    def across(self, picture: Image.Image) -> None:
        """A picture over the whole width, margins too; the sheet goes on by its height."""
        self._lengthen(self.y + picture.height)
        self._image.paste(picture, (0, self.y))
        self.y += picture.height

    def cut(self) -> Image.Image:
        """What is inked so far as black and white, with nothing between: grey would print as noise."""
        self._lengthen(self.y)
        return black_and_white(self._image.crop((0, 0, self.dots, self.y)))

    def _left(self, at: int, width: float) -> float:
        """The left edge of what is so wide and begins there."""
        return self.dots - self.margin - at - width if self.direction == "rtl" else self.margin + at

    def _lengthen(self, needed: int) -> None:
        if needed <= self._image.height:
            return
        longer = Image.new("L", (self.dots, needed + _FIRST_LENGTH), WHITE)
        longer.paste(self._image)
        self._image, self._pen = longer, ImageDraw.Draw(longer)


@functools.lru_cache(512)
def _mask(run: Run, face: Face) -> tuple[Image.Image, int, int]:
    """The letters of a run, and where they begin from its start on the baseline. Most come back on the next slip."""
    font = face.font(run.file)
    left, top, right, bottom = font.getbbox(run.text, anchor="ls", direction=run.direction)
    at = math.floor(left), math.floor(top)
    mask = Image.new("L", (math.ceil(right) - at[0] + 1, math.ceil(bottom) - at[1] + 1))
    ImageDraw.Draw(mask).text((-at[0], -at[1]), run.text, 255, font, "ls", direction=run.direction)
    return mask, *at


def black_and_white(grey: Image.Image) -> Image.Image:
    """Mode 1, cut at the middle."""
    return grey.point([BLACK] * _HALF + [WHITE] * _HALF, "1")


def doubled(picture: Image.Image, times: int = 2) -> Image.Image:
    """Every dot as a square of so many."""
    return picture.resize((picture.width * times, picture.height * times), Image.Resampling.NEAREST)
