"""The colours by role, read from theme.toml: one source for QML and CSS, and the measure of what can be read on what.

A hall may have colours of its own for some roles of `light` and `dark`; every screen, board and page wears them. What
they do to the contrast is measured over PAIRS when the settings are read.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from assets import ROOT

Palette = Mapping[str, str]
"""Role -> `#RRGGBB`."""
Colours = Mapping[str, Palette]
"""A hall's own: name of a palette -> the roles it has other colours for."""
STOCK: Colours = {}
"""A hall without colours of its own."""
OWN = ("light", "dark")
"""The palettes a hall may change; the third is for eyes that need the most contrast there is."""

LOGO_GROUND = "#FFFFFF"
"""Logos are drawn for white paper, in every palette."""
TEXT = 4.5
"""WCAG 2.2, 1.4.3: text is at least so much lighter or darker than its ground. The stock palettes hold 7 (1.4.6)."""
OUTLINE = 3.0
"""1.4.11: the same for an outline that carries meaning."""
PAIRS = (
    *((ground, ink, TEXT) for ground in ("ground", "surface", "sunken", "soft") for ink in ("text", "quiet")),
    *((ground, "accent", TEXT) for ground in ("ground", "surface", "sunken", "soft")),
    ("accent", "on_accent", TEXT),
    ("pressed", "on_accent", TEXT),
    ("call", "on_call", TEXT),
    ("on_call", "call", TEXT),
    ("warn", "ground", TEXT),
    ("soft", "good", TEXT),
    *((ground, ink, TEXT) for ground in ("ground", "surface") for ink in ("good", "warn", "bad")),
    *((ground, ink, OUTLINE) for ground in ("ground", "surface") for ink in ("edge", "focus")),
)
"""Every ground, what the screens, boards and pages write or draw on it, and the least contrast it may have."""


class Unreadable(NamedTuple):
    """A pair that cannot be told apart well enough."""

    palette: str
    ground: str
    ink: str
    colours: tuple[str, str]
    """Of the ground and of the ink."""
    ratio: float
    least: float


@functools.cache
def _stock() -> dict[str, Palette]:
    return tomllib.loads((ROOT / "theme.toml").read_text("utf-8"))


def palettes(own: Colours = STOCK) -> dict[str, Palette]:
    """Every palette by name (`light`, `dark`, `contrast`), whole, with the hall's own colours in it."""
    return {name: {**palette, **own.get(name, {})} for name, palette in _stock().items()}


def roles() -> tuple[str, ...]:
    """Every role a colour can have."""
    return tuple(_stock()["light"])


def css(own: Colours = STOCK) -> str:
    """The palettes as CSS custom properties (`--on-accent` and so on): light, dark where the reader's system is, and
    whichever a page names as its `data-palette`.
    """
    worn = palettes(own)

    def declarations(name: str) -> str:
        return "".join(f"--{role.replace('_', '-')}:{value};" for role, value in worn[name].items())

    named = "".join(f":root[data-palette={name}]{{{declarations(name)}}}" for name in worn)
    return (
        f":root{{color-scheme:light dark;--logo-ground:{LOGO_GROUND};{declarations('light')}}}"
        f"@media(prefers-color-scheme:dark){{:root{{{declarations('dark')}}}}}"
        f"{named}"
    )


def unreadable(own: Colours) -> Iterator[Unreadable]:
    """The pairs that a hall's own colours, each `#RRGGBB`, bring below their least contrast."""
    worn = palettes(own)
    for name in own:
        for ground, ink, least in PAIRS:
            below, above = worn[name][ground], worn[name][ink]
            if {ground, ink} & own[name].keys() and (ratio := contrast(below, above)) < least:
                yield Unreadable(name, ground, ink, (below, above), ratio, least)


def contrast(one: str, other: str) -> float:
    """Of two colours `#RRGGBB`, from 1 (the same) to 21 (black on white), by WCAG 2.2."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB`, from 0 to 1, by WCAG 2.2."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
