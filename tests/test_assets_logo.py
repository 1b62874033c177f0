"""A hall's logo on a screen: taken when it can be shown, and named when it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from assets import ROOT
from assets.logo import MOST_BYTES, mistake, usable

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


@pytest.fixture
def png(tmp_path: Path) -> Path:
    Image.new("RGBA", (200, 80), "#0B4F4A").save(tmp_path / "logo.png")
    return tmp_path / "logo.png"


def test_a_png_and_an_svg_can_be_shown(png: Path, tmp_path: Path) -> None:
    svg = tmp_path / "logo.svg"
    svg.write_text(SVG)
    assert mistake(png) is None
    assert mistake(svg) is None
    assert usable(png) == png
    assert all(mistake(icon) is None for icon in (ROOT / "icons").glob("*.svg"))


def test_a_hall_may_have_none() -> None:
    assert usable(None) is None


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "neither a PNG nor an SVG"),
        (b"GIF89a", "neither a PNG nor an SVG"),
        (b"<html/>", "neither a PNG nor an SVG"),
        (SVG[:60].encode(), "neither a PNG nor an SVG"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.encode(), "entities"),
        (b"\x89PNG\r\n\x1a\n", "damaged"),
        (b" " * (MOST_BYTES + 1), "more than 2 MB"),
    ],
)
def test_what_cannot_be_shown_is_named_and_left_out(content: bytes, problem: str, tmp_path: Path) -> None:
    logo = tmp_path / "logo"
    logo.write_bytes(content)
    assert problem in (mistake(logo) or "")
    assert usable(logo) is None


def test_a_png_that_ends_too_early_is_damaged(png: Path) -> None:
    png.write_bytes(png.read_bytes()[:-30])
    assert mistake(png) == "the picture is damaged"


def test_a_file_that_is_not_there_or_no_file_is_named(tmp_path: Path) -> None:
    assert mistake(tmp_path / "nowhere.png") == "No such file or directory"
    assert mistake(tmp_path) == "Is a directory"
