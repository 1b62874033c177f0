"""The colours can be read: contrast by WCAG 2.2's formula, for every palette."""

import re

import pytest

from assets.theme import css, palettes

TEXT = [  # ground, what is written on it, the contrast to hold
    ("ground", "text", 7),
    ("surface", "text", 7),
    ("sunken", "text", 7),
    ("soft", "text", 7),
    ("ground", "quiet", 7),
    ("surface", "quiet", 7),
    ("sunken", "quiet", 7),
    ("accent", "on_accent", 7),
    ("pressed", "on_accent", 7),
    ("surface", "accent", 7),
    ("ground", "accent", 7),
    ("soft", "accent", 7),
    ("call", "on_call", 7),
    ("surface", "good", 7),
    ("surface", "warn", 7),
    ("surface", "bad", 7),
    ("ground", "bad", 7),
    ("ground", "edge", 3),
    ("surface", "edge", 3),
    ("ground", "focus", 3),
    ("surface", "focus", 3),
]


def luminance(colour: str) -> float:
    """Relative luminance of #RRGGBB (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_knows_black_and_white() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("palette", palettes())
@pytest.mark.parametrize(("ground", "ink", "hold"), TEXT)
def test_ink_can_be_read_on_its_ground(palette: str, ground: str, ink: str, hold: float) -> None:
    colours = palettes()[palette]
    assert contrast(colours[ground], colours[ink]) >= hold


def test_every_palette_has_every_role() -> None:
    light, *others = palettes().values()
    assert all(other.keys() == light.keys() for other in others)
    assert all(re.fullmatch("#[0-9A-F]{6}", colour) for palette in palettes().values() for colour in palette.values())


def test_pages_get_every_role_in_every_palette() -> None:
    assert css().count("--on-accent:") == 2 + len(palettes())
