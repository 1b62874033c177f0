"""What a visitor holds in hand: legible, whole, in the visitor's language, and the same on every machine."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageChops

from assets.words import LANGUAGES
from printer.ink import DOTS_PER_MM, PAPERS, balanced, font, wrapped
from printer.sample import demo_hall, sample
from printer.slip import LAYOUTS, Slip, draw, estimate, people

GOLDEN = Path(__file__).parent / "golden"


def same_slip(picture: Image.Image, golden: Path) -> None:
    """Dot by dot; a missing golden fails. ANTREAN_ACCEPT=1 takes the picture as the new golden."""
    if os.environ.get("ANTREAN_ACCEPT"):
        golden.parent.mkdir(exist_ok=True)
        picture.save(golden, optimize=True)
    assert golden.exists(), f"{golden} is missing: look at the slip, then accept it with ANTREAN_ACCEPT=1"
    with Image.open(golden) as accepted:
        assert picture.size == accepted.size
        assert ImageChops.logical_xor(picture, accepted.convert("1")).getbbox() is None, f"the slip is not {golden}"


def inked_runs(picture: Image.Image) -> list[tuple[int, int]]:
    """Row ranges with ink in them, white between."""
    rows = [picture.crop((0, y, picture.width, y + 1)).getextrema()[0] == 0 for y in range(picture.height)]
    edges = [y for y in range(len(rows) + 1) if (y < len(rows) and rows[y]) != (y > 0 and rows[y - 1])]
    return list(zip(edges[::2], edges[1::2], strict=True))


@pytest.mark.parametrize("width", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_slip_looks_as_it_was_accepted(language: str, width: int) -> None:
    same_slip(draw(sample(language), width), GOLDEN / f"printer-{language}-{width}.png")


@pytest.mark.parametrize("width", PAPERS)
def test_a_copy_looks_as_it_was_accepted(width: int) -> None:
    same_slip(draw(sample("az", copy=True), width), GOLDEN / f"printer-copy-{width}.png")


@pytest.mark.parametrize("width", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("copy", [False, True])
def test_the_code_on_a_slip_leads_to_the_visitor_s_page(language: str, width: int, copy: bool) -> None:
    slip = sample(language, copy=copy)
    (code,) = zxingcpp.read_barcodes(draw(slip, width).convert("L"))
    assert code.text == slip.url
    assert code.ec_level == "M"


@pytest.mark.parametrize("width", PAPERS)
@pytest.mark.parametrize("number", ["A001", "B999", "E1024", "SKD128", "KT1024"])
def test_the_number_is_at_least_ten_millimetres_high(number: str, width: int) -> None:
    tallest = max(inked_runs(draw(replace(sample("id"), number=number), width))[:6], key=lambda run: run[1] - run[0])
    assert (tallest[1] - tallest[0]) / DOTS_PER_MM >= 10


def test_the_number_stands_sixteen_millimetres_high_on_wide_paper() -> None:
    tallest = max(end - start for start, end in inked_runs(draw(sample("id"), 80))[:6])
    assert 16 <= tallest / DOTS_PER_MM <= 18.5


@pytest.mark.parametrize("width", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_touches_the_edge_whatever_the_service(language: str, width: int) -> None:
    for code in demo_hall().services:
        picture = draw(sample(language, service=code, count=1234), width)
        left, top, right, bottom = ImageChops.invert(picture.convert("L")).getbbox() or (0, 0, 0, 0)
        margin = LAYOUTS[width].margin // 2  # a J reaches a little out of its column
        assert left >= margin, code
        assert right <= picture.width - margin, code
        assert top > 0, code
        assert bottom <= picture.height - 8, code


def test_a_slip_is_as_wide_as_the_head_and_only_black_and_white() -> None:
    assert [(draw(sample("en"), width).width, draw(sample("en"), width).mode) for width in (58, 80)] == [
        (384, "1"),
        (576, "1"),
    ]


def test_an_endless_name_is_wrapped_and_nothing_of_it_lost() -> None:
    name = "Pelayanan " + "perpanjangan" * 9 + " izin " * 60
    face = font(38, 700)
    for lines in (wrapped(name, face, 336), balanced(name, face, 336)):
        assert "".join(lines).replace(" ", "") == name.replace(" ", "")
        assert max(face.getlength(line) for line in lines) <= 337
    assert draw(replace(sample("id"), service=name), 58).height > draw(sample("id"), 58).height + 400


def test_balanced_lines_break_no_word() -> None:
    face = font(30, 700)
    name = "Оформление удостоверения личности"
    assert set(" ".join(balanced(name, face, 344)).split()) == set(name.split())


def test_a_slip_says_who_is_ahead_and_how_long_it_may_take() -> None:
    assert [people(0, "en"), people(1, "en"), people(4, "en")] == ["Nobody", "1 person", "4 people"]
    told = [estimate(None, "en"), estimate((10, 20), "en"), estimate((0, 5), "en"), estimate((8, 8), "en")]
    assert told == ["Not known yet", "10–20 min", "Up to 5 min", "Up to 8 min"]


def test_a_slip_without_a_zone_leaves_the_part_out() -> None:
    slip = sample("id")
    without = replace(slip, zones=())
    assert isinstance(without, Slip)
    assert draw(without).height < draw(slip).height
