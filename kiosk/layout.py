"""How much fits: the grids and bands of a page for a screen and what eases it, in millimetres. Pure.

QML draws what is said here and measures nothing of its own but text. Heights of the bands:
header, heading, content, footer, languages; in the lower layout the heading fills everything above the limit.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import asdict, dataclass
from typing import Any

from kiosk.pages import Ease

REACH = 1200.0
"""Millimetres above the floor that everybody can reach, also from a wheelchair (EN 301 549, 8.3)."""
LOWEST_SHARE = 0.62
"""The lower layout takes at most this part of a screen, wherever the screen hangs."""
GAP = 5.0
TOUCH = 22.0
KEY = 20.0
"""The least side of a control: errors of touch fall until 20 mm and no further."""


@dataclass(frozen=True)
class Sheet:
    """How many tiles a page holds."""

    columns: int
    rows: int

    @property
    def tiles(self) -> int:
        """All of them."""
        return self.columns * self.rows


@dataclass(frozen=True)
class Layout:
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
    """Of up to six answers to one question."""
    results: Sheet
    """Of a search, with the keyboard on the page."""
    keyboard: float
    """Height of the keyboard without a row of digits."""

    @property
    def values(self) -> dict[str, Any]:
        """For QML."""
        return asdict(self)


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
    heading = {(True, False): 34.0, (True, True): 54.0, (False, False): 22.0, (False, True): 32.0}[tall, large]
    if lower:
        limit = min(max(REACH - bottom_mm, 0.45 * mm), LOWEST_SHARE * mm)
        heading = mm - limit - header - 2 * space
    content = mm - header - heading - 2 * space - below
    search = 26.0 if large else 24.0 if tall else 22.0
    label = 9.0 * scale
    least = 45.0 if large else 34.0 if tall else 31.0
    wide = 1 if tall and large else 2 if tall or large else 4
    groups = content - search - space
    keys = 4 * 23.0 + 3 * 2.0 if tall else min(content, 4 * 26.0 + 3 * 2.0)
    if tall:
        popular = Sheet(wide, 1 if lower and large else 2)
        taken = label + popular.rows * (least + GAP) - GAP + space
        agencies = Sheet(wide, _rows(groups - taken - label, least))
        results = Sheet(1, _rows(content - search - keys - 2 * space, least))
    else:
        popular = Sheet(1, _rows(groups - label, least))
        agencies = Sheet(wide - 1, popular.rows)
        results = Sheet(1, _rows(content - search - space, least))
    return Layout(
        tall=tall,
        scale=scale,
        header=header,
        heading=heading,
        languages=languages,
        language_columns=columns,
        space=space,
        search=search,
        label=label,
        tile=least,
        content=content,
        popular=popular,
        agencies=agencies,
        more=Sheet(wide, _rows(groups, least)),
        services=Sheet(1 if tall else 2, _rows(content, least)),
        answers=Sheet(1, 5) if tall else Sheet(3, 2),
        results=results,
        keyboard=keys,
    )


def _rows(height: float, least: float) -> int:
    """How many rows of tiles of at least that height fit, one at the least."""
    return max(1, int((height + GAP) // (least + GAP)))
