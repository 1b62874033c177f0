"""Letters of every script: which font draws a text, in which direction, how long it is, how it breaks into lines."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

from PIL import ImageFont, features

from assets import fonts
from hall import Fault

Direction = Literal["ltr", "rtl"]
WIDTHS = (84, 76, 69, 62)
"""Widths of the letters, in percent of Noto Sans's normal ones, the one to start with first: what stands on a slip is
set narrow, as on a railway ticket, so that names take fewer lines and fewer bytes."""
_PITCH = 1.28
_ARABIC_MARKS = "،؛؟"
"""They end words of either direction, and only the Arabic font has them."""
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "ur"})


def direction_of(language: str) -> Direction:
    """The way a language is written."""
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


def check_shaping() -> None:
    """Fault no_shaping where Pillow cannot join Arabic letters: it would print them one by one, without an error."""
    if not features.check("raqm"):
        raise Fault("no_shaping")


@dataclass(frozen=True, slots=True)
class Face:
    """Letters of one size: font size in dots, weight 100-900, width 62-100 percent."""

    size: int
    weight: int
    width: int = WIDTHS[0]

    @property
    def capital(self) -> int:
        """Height of the capitals in dots."""
        return round(self.size * fonts.CAPITAL)

    @property
    def pitch(self) -> int:
        """Dots from line to line: room for the marks above İ and Й and the tails below ş and щ."""
        return round(self.size * _PITCH)

    def font(self, file: Path) -> ImageFont.FreeTypeFont:
        """These letters out of a font file."""
        return _font(file, self.size, self.weight, self.width)


@dataclass(frozen=True, slots=True)
class Run:
    """Words that one font draws in one direction."""

    text: str
    file: Path
    direction: Direction


@functools.lru_cache(4096)
def runs(text: str, direction: Direction) -> tuple[Run, ...]:
    """A line of text in pieces, as they stand on the paper from left to right.

    Within a piece the order is the shaper's business. Between pieces it is decided word by word: a word goes its
    letters' way; a number goes on with the words before it; what is neither goes with its neighbours if they agree,
    otherwise with the language (the Unicode bidirectional algorithm, W2, W7, N1 and N2, for whole words).
    """
    words = [word for word in re.split(f"([ {_ARABIC_MARKS}])", text) if word]
    ways = [_way(word) for word in words]
    if "rtl" not in ways:
        return (Run(text, fonts.FILE, "ltr"),)
    for index, word in enumerate(words):
        if ways[index] is None and any(letter.isdigit() for letter in word):
            ways[index] = next((way for way in reversed(ways[:index]) if way), direction)
    settled: list[Direction] = []
    for index, way in enumerate(ways):
        before = settled[-1] if settled else direction
        after = next((later for later in ways[index:] if later), direction)
        settled.append(way or (before if before == after else direction))
    pieces = [
        Run("".join(word for word, _ in group), fonts.ARABIC if way == "rtl" else fonts.FILE, way)
        for way, group in groupby(zip(words, settled, strict=True), lambda pair: pair[1])
    ]
    return tuple(reversed(pieces) if direction == "rtl" else pieces)


@functools.lru_cache(8192)
def length(text: str, face: Face) -> float:
    """Dots that a line of text takes."""
    return sum(face.font(piece.file).getlength(piece.text, direction=piece.direction) for piece in runs(text, "ltr"))


def fitting(text: str, size: int, weight: int, room: float) -> Face:
    """The widest face in which no word is longer than the room, or the narrowest there is."""
    for width in WIDTHS:
        face = Face(size, weight, width)
        if all(length(word, face) <= room for word in text.split(" ")):
            break
    return face


def wrapped(text: str, face: Face, room: float) -> list[str]:
    """The text in lines no wider than the room, broken between words; a word too long for a line is broken itself."""
    lines: list[str] = []
    line, long = "", 0.0
    space = face.font(fonts.ARABIC if _way(text) == "rtl" else fonts.FILE).getlength(" ")
    for word in text.split(" "):
        added = length(word, face)
        if line and long + space + added <= room:
            line, long = f"{line} {word}", long + space + added
            continue
        if line:
            lines.append(line)
        line, long = word, added
        while long > room and len(line) > 1:
            fits = next(n for n in range(len(line) - 1, 0, -1) if n == 1 or length(line[:n], face) <= room)
            lines.append(line[:fits])
            line, long = line[fits:], length(line[fits:], face)
    return [*lines, line] if line else lines


def balanced(text: str, face: Face, room: float) -> list[str]:
    """The same number of lines as `wrapped`, about equally long: no line of one lonely word, no word broken for it."""
    lines = wrapped(text, face, room)
    low, high = max((length(word, face) for word in text.split(" ")), default=room), room
    if len(lines) < 2 or low > room:
        return lines
    while high - low > 4:
        middle = (low + high) / 2
        if len(wrapped(text, face, middle)) == len(lines):
            high = middle
        else:
            low = middle
    return wrapped(text, face, high)


def _way(word: str) -> Direction | None:
    """The direction of a word's first letter that has one; Arabic digits and marks go with Arabic."""
    for letter in word:
        way = unicodedata.bidirectional(letter)
        if way in ("R", "AL", "AN") or letter in _ARABIC_MARKS:
            return "rtl"
        if way == "L":
            return "ltr"
    return None


@functools.cache
def _font(file: Path, size: int, weight: int, width: int) -> ImageFont.FreeTypeFont:
    face = ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.RAQM)
    face.set_variation_by_axes([weight, width])
    return face
