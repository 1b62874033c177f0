"""The colours can be read: contrast by WCAG 2.2's formula, for every palette."""

import re
from pathlib import Path

import pytest

from assets.theme import OUTLINE, PAIRS, TEXT, contrast, css, palettes, roles, unreadable

STOCK_TEXT = 7
"""What our own palettes hold."""
ROOMS = Path(__file__).parent.parent


def test_the_formula_knows_black_and_white() -> None:
    assert contrast("#000000", "#FFFFFF") == contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#0B4F4A", "#0b4f4a") == 1
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("palette", palettes())
@pytest.mark.parametrize(("ground", "ink", "least"), PAIRS)
def test_ink_can_be_read_on_its_ground(palette: str, ground: str, ink: str, least: float) -> None:
    colours = palettes()[palette]
    assert contrast(colours[ground], colours[ink]) >= (STOCK_TEXT if least == TEXT else OUTLINE)


def test_every_palette_has_every_role() -> None:
    light, *others = palettes().values()
    assert all(other.keys() == light.keys() for other in others)
    assert all(re.fullmatch("#[0-9A-F]{6}", colour) for palette in palettes().values() for colour in palette.values())


def test_pages_get_every_role_in_every_palette() -> None:
    assert css().count("--on-accent:") == 2 + len(palettes())


def test_a_halls_own_colours_are_worn_and_the_others_stay() -> None:
    own = {"light": {"accent": "#123456"}}
    assert palettes(own)["light"] == {**palettes()["light"], "accent": "#123456"}
    assert palettes(own)["dark"] == palettes()["dark"]
    assert "--accent:#123456;" in css(own)
    assert "#123456" not in css()


def test_colours_that_can_be_read_are_taken() -> None:
    assert list(unreadable({})) == []
    assert list(unreadable({"light": {"accent": "#1B3A8C", "pressed": "#12275E"}})) == []


def test_a_pair_that_cannot_be_read_is_named_with_its_colours() -> None:
    found = list(unreadable({"light": {"accent": "#88AAFF"}}))
    pairs = {(one.ground, one.ink): one for one in found}
    assert ("accent", "on_accent") in pairs
    assert ("surface", "accent") in pairs
    one = pairs["accent", "on_accent"]
    assert (one.palette, one.colours, one.least) == ("light", ("#88AAFF", "#FFFFFF"), TEXT)
    assert 2 < one.ratio < 2.5
    assert all("accent" in pair for pair in pairs), "the stock's own pairs are not measured again"


def test_two_colours_changed_together_are_measured_together() -> None:
    assert list(unreadable({"dark": {"call": "#1B3A8C", "on_call": "#FFFFFF"}})) == []
    assert list(unreadable({"dark": {"call": "#1B3A8C"}}))


def test_every_pair_is_of_roles_there_are() -> None:
    assert {role for ground, ink, _ in PAIRS for role in (ground, ink)} <= set(roles())


def test_every_pair_a_style_sheet_writes_is_measured() -> None:
    measured = {(ground, ink) for ground, ink, _ in PAIRS} | {(ink, ground) for ground, ink, _ in PAIRS}
    rule = re.compile(r"background: var\(--([a-z-]+)\)[^{}]*?[; ]color: var\(--([a-z-]+)\)")
    written = {
        (ground.replace("-", "_"), ink.replace("-", "_"))
        for sheet in (ROOMS / "counter" / "static").glob("*.css")
        for ground, ink in rule.findall(sheet.read_text("utf-8"))
    }
    assert len(written) > 5
    assert written <= measured
