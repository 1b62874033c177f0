"""How much fits: the grids and bands of a page for a screen and what eases it, in millimetres. Pure.

QML draws what is said here and measures nothing of its own but text. Heights of the bands:
header, heading, content, footer, languages; in the lower layout the heading fills everything above the limit.
"""

from __future__ import annotations

from collections.abc import Set
from typing import Any

import msgspec

from kiosk.pages import Ease

REACH = 1200.0
"""Millimetres above the floor that everybody can reach, also from a wheelchair (EN 301 549, 8.3)."""
LOWEST_TALL, LOWEST_WIDE = 0.62, 0.68
"""The lower layout takes at most this part of a screen, wherever the screen hangs."""
GAP = 5.0
TOUCH = 22.0
TILE = 30.0
KEY = 20.0
"""The least side of a control: errors of touch fall until 20 mm and no further."""


class Sheet(msgspec.Struct, frozen=True):
    """How many tiles a page holds."""

    columns: int
    rows: int

    @property
    def tiles(self) -> int:
        """All of them."""
        return self.columns * self.rows


class Layout(msgspec.Struct, frozen=True):
    """The bands and grids of one screen under one choice of eases. Lengths in millimetres."""

    tall: bool
    scale: float
    """Of letters: 1, or 1.5."""
    header: float
    heading: float
    """Height of the band with the question; in the lower layout, of all that is above the limit."""
    languages: float
    language_columns: int
    space: float
    """Between bands."""
    search: float
    """Height of the row with the ways to search and to check in."""
    beside: bool
    """Whether that row stands beside the question of the first page and not below it."""
    label: float
    """Height of the words over a group of tiles."""
    tile: float
    """The height of a tile in the group of what is taken most."""
    content: float
    """Height of what can be chosen from."""
    popular: Sheet
    agencies: Sheet
    """On the first page, beside what is taken most."""
    more: Sheet
    """On the pages after it, or when nothing is taken most."""
    services: Sheet
    answers: Sheet
    """Of the answers to one question; in two columns, the first answer takes the whole width."""
    results: Sheet
    """Of a search, with the keyboard on the page."""
    keyboard: float
    """Height of the keyboard without a row of digits."""

    @property
    def values(self) -> dict[str, Any]:
        """For QML."""
        found: dict[str, Any] = msgspec.to_builtins(self)
        return found


def layout(width: int, height: int, width_mm: float, bottom_mm: float = 900, eased: Set[Ease] = frozenset()) -> Layout:
    """For a screen of so many dots and millimetres, whose lower edge is `bottom_mm` above the floor."""
    tall, large, lower = height > width, Ease.LARGE in eased, Ease.LOWER in eased
    mm = width_mm * height / width
    scale = 1.5 if large else 1.0
    space = 8.0 if tall else 6.0
    header = 30.0 if tall else 24.0
    columns = 2 if tall and large else 4
    languages = TOUCH if columns == 4 else 2 * TOUCH + GAP
    below = languages + TOUCH + 3 * space
    beside = not tall and not lower
    heading = {(True, False): 34.0, (True, True): 54.0, (False, False): 24.0, (False, True): 34.0}[tall, large]
    if lower:
        share = LOWEST_TALL if tall else LOWEST_WIDE
        heading = mm - min(max(REACH - bottom_mm, 0.45 * mm), share * mm) - header - 2 * space
    content = mm - header - heading - 2 * space - below
    search = 26.0 if large else 24.0 if tall else 22.0
    label = 10.5 * scale
    groups = content if beside else content - search - space
    keys = 4 * 23.0 + 3 * 2.0 if tall else min(content, 4 * 34.0 + 3 * 2.0)
    if tall:
        wide, row, least = (1, 56.0, 42.0) if large else (2, 33.0, 42.0)
        popular = Sheet(1, 3 - large - lower)
        taken = label + popular.rows * (row + GAP) - GAP + space
        agencies = Sheet(wide, _rows(groups - taken - label, least))
        results = Sheet(1, _rows(content - search - keys - 2 * space, 50.0 if large else 40.0))
    else:
        wide, row, least = 3, TILE, 38.0 if large or not lower else 31.0
        popular = Sheet(1, _rows(groups - label, least))
        agencies = Sheet(wide - 1, popular.rows)
        results = Sheet(1, _rows(content - search - space, 46.0 if large else 35.0))
    return Layout(
        tall=tall,
        scale=scale,
        header=header,
        heading=heading,
        languages=languages,
        language_columns=columns,
        space=space,
        search=search,
        beside=beside,
        label=label,
        tile=row,
        content=content,
        popular=popular,
        agencies=agencies,
        more=Sheet(wide, _rows(groups, least)),
        services=Sheet(1 if tall else 2, _rows(content, 56.0 if large else 40.0)),
        answers=Sheet(1, 5) if tall else Sheet(2, 3),
        results=results,
        keyboard=keys,
    )


def _rows(height: float, least: float) -> int:
    """How many rows of tiles of at least that height fit, one at the least."""
    return max(1, int((height + GAP) // (least + GAP)))
