"""How a text gets into its place on the board's page: the cut of the font that it needs, and the part of its size.

A browser cannot be asked how wide a text is before it draws it; the font can.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

from PIL import ImageFont

from assets import fonts
from hall.sizes import Sizes

STEPS = (
    (100, 1.0),
    (87, 1.0),
    (75, 1.0),
    (62, 1.0),
    (62, 0.95),
    (62, 0.9),
    (62, 0.84),
    (62, 0.7),
    (62, 0.58),
    (62, 0.48),
)
"""Widths of the font, and parts of its size, from which the first that fits is taken; the last in any case."""
HAIR = 1.02
"""A browser rounds each letter's width."""
CLOSE = 1.04
"""A line's height over the font size, in a text of several lines."""
Fit = Callable[[str, str], str]
"""From a place and a text to the names of the text's cut and part in board.css."""


def fitter(size: Sizes) -> Fit:
    """For the places of one screen."""
    inner = size.stage_width if size.portrait else size.stage_width + size.gap + size.list_width
    card = size.stage_width - size.desk - 2 * size.pad
    row = size.list_width - 2 * size.pad
    beside = row if size.stacked else row - 4.34 * size.recent
    page = size.stage_width - 2 * size.pad
    half = (size.stage_height - size.column - size.gap) / 2 - 1.4 * size.pad
    list_lines = (size.list_height - 4 * size.pad - size.label) / size.label / CLOSE
    bare = (size.list_width - 4 * size.pad) / size.label
    places = {
        "head": (
            (inner - size.margin - 2.7 * size.clock) / size.head,
            600,
            (size.header - size.gap) / size.head / CLOSE,
        ),
        "column": ((size.stage_width - size.pad) / size.label, 500, 1),
        "agency": (card / size.label, 500, 1),
        "number": (card / size.shared, 700, 1),
        "counter": ((size.desk - 0.4 * size.pad) / size.shared, 700, 1),
        "lone agency": ((size.stage_width - 3 * size.pad) / (1.15 * size.label), 600, 1),
        "lone number": ((size.stage_width - 3 * size.pad) / size.lone, 700, 1),
        "word": ((size.stage_width - 3 * size.pad) / size.label, 600, 1),
        "lone counter": ((size.stage_width - 5 * size.pad) / size.lone - 0.8, 700, 1),
        "listed number": (2.46, 650, 1),
        "listed agency": (beside / size.recent, 400, 1),
        "listed counter": (1.02, 650, 1),
        "empty": (bare, 600, list_lines / 3),
        "soon": (bare, 400, list_lines / 2),
        "title": (page / size.label, 500, 1),
        "line": (page / size.label - 2.4, 600, 1),
        "code": ((page - half - size.pad) / size.label, 600, half / size.label / CLOSE),
        "text": (page / size.label, 600, half / size.label / CLOSE),
    }
    return lambda place, text: cut(text, *places[place])


@functools.lru_cache(maxsize=1024)
def cut(text: str, room: float, weight: int, lines: float = 1) -> str:
    """The first of the steps in which a text needs no more lines than there are; `room` is one's length.

    Both are over the font size: of a smaller font there are more and longer ones.
    """
    width, part = next(
        (step for step in STEPS if _lines(text, room / step[1] / HAIR, weight, step[0]) <= int(lines / step[1])),
        STEPS[-1],
    )
    return f"w{width}" + (f" s{part * 100:.0f}" if part < 1 else "")


def _lines(text: str, room: float, weight: int, width: int) -> float:
    """How many lines words take that are broken like a browser's; endless if one is wider than the room."""
    lines, end = 1, -_ems(" ", weight, width)
    for word in text.split():
        wide = _ems(word, weight, width)
        if wide > room:
            return float("inf")
        end += _ems(" ", weight, width) + wide
        if end > room:
            lines, end = lines + 1, wide
    return lines


def _ems(text: str, weight: int, width: int) -> float:
    return sum(_letter(letter, weight, width) for letter in text)


@functools.lru_cache(maxsize=8192)
def _letter(letter: str, weight: int, width: int) -> float:
    """Asked once for each: to measure a whole text anew at each call would take a part of a millisecond."""
    return _font(weight, width).getlength(letter) / 1000


@functools.cache
def _font(weight: int, width: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(fonts.FILE), 1000)
    font.set_variation_by_axes([weight, width])
    return font
