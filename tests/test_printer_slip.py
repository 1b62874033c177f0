"""What a visitor holds in hand: legible, whole, in the visitor's language, and the same on every machine."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageChops

from assets.words import LANGUAGES
from printer.ink import PAPERS, Head
from printer.sample import demo_hall, sample
from printer.slip import Fact, Slip, draw, tidy
from printer.template import Kind, Template, read
from printer.wording import estimate, late, people
from tests.slips import HEADS, KINDS, SPOKEN, inked_runs, made

GOLDEN = Path(__file__).parent / "golden" / "slips"


@pytest.fixture(scope="module")
def template() -> Template:
    return read()


def same_slip(paper: Image.Image, golden: Path) -> None:
    """Dot by dot; a missing golden fails. ANTREAN_ACCEPT=1 takes the picture as the new golden."""
    if os.environ.get("ANTREAN_ACCEPT"):
        golden.parent.mkdir(exist_ok=True)
        paper.save(golden, optimize=True)
    assert golden.exists(), f"{golden} is missing: look at the slip, then accept it with ANTREAN_ACCEPT=1"
    with Image.open(golden) as accepted:
        assert paper.size == accepted.size
        assert ImageChops.logical_xor(paper, accepted.convert("1")).getbbox() is None, f"the slip is not {golden}"


def code_of(paper: Image.Image) -> zxingcpp.Barcode:
    (code,) = zxingcpp.read_barcodes(paper.convert("L"))
    return code


def number_mm(paper: Image.Image, head: Head) -> float:
    """Height of the number: the tallest thing above the code."""
    code = code_of(paper).position
    top = min(code.top_left.y, code.top_right.y)
    return max(end - start for start, end in inked_runs(paper) if end <= top) / head.dpi * 25.4


@pytest.mark.parametrize("width", PAPERS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", SPOKEN)
def test_a_slip_comes_out_of_the_printer_as_it_was_accepted(language: str, kind: str, width: int) -> None:
    slip, paper = made(language, kind, width)
    same_slip(paper, GOLDEN / f"{language}-{width}-{kind}.png")
    code = code_of(paper)
    assert (code.text, code.ec_level) == (slip.url, "M")
    assert number_mm(paper, PAPERS[width]) >= 10


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("number", ["A001", "B999", "E1024", "SKD128", "KT1024", "JJJ1024"])
def test_the_number_is_at_least_ten_millimetres_high(number: str, head: Head, template: Template) -> None:
    slip = replace(sample("id"), number=Fact("", number))
    for size in (slip, replace(slip, large=True)):
        assert number_mm(draw(size, head, template), head) >= 10


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_sizes_are_millimetres_on_every_head(head: Head, template: Template) -> None:
    scale = template.narrow if head.width < 60 else 1
    number = next(part.size for part in template.normal if part.kind is Kind.NUMBER)
    assert number_mm(draw(sample("en"), head, template), head) == pytest.approx(
        number * scale, abs=0.6
    )  # round figures stand out a little


def test_large_print_is_larger_and_says_less(template: Template) -> None:
    normal, large = (
        {part.kind: part.size for part in tidy(slip, template)} for slip in (sample("en"), sample("en", large=True))
    )
    assert set(large) < set(normal)
    texts = set(large) - {Kind.RULE, Kind.NUMBER, Kind.CODE}
    assert all(large[kind] >= 1.5 * normal[kind] for kind in texts)
    assert all(large[kind] > normal[kind] for kind in (Kind.NUMBER, Kind.CODE))


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_touches_the_edge_whatever_the_service(language: str, head: Head, template: Template) -> None:
    for code in demo_hall().services:
        paper = draw(sample(language, service=code, count=1234), head, template)
        left, top, right, bottom = ImageChops.invert(paper.convert("L")).getbbox() or (0, 0, 0, 0)
        margin = head.across(template.margin) // 2  # a j reaches a little out of its column
        assert left >= margin, code
        assert right <= paper.width - margin, code
        assert top > 0, code
        assert bottom <= paper.height - 8, code


def test_a_slip_is_as_wide_as_the_head_and_only_black_and_white(template: Template) -> None:
    papers = [draw(sample("en"), head, template) for head in HEADS.values()]
    assert [(paper.width, paper.mode) for paper in papers] == [(head.dots, "1") for head in HEADS.values()]


def test_an_endless_name_is_printed_whole(template: Template) -> None:
    name = "Pelayanan " + "perpanjangan" * 9 + " izin" * 60
    long = draw(replace(sample("id"), service=name), PAPERS[58], template)
    assert long.height > draw(sample("id"), PAPERS[58], template).height + 400
    assert code_of(long).text == sample("id").url


def test_a_right_to_left_slip_is_the_mirror_of_a_left_to_right_one(template: Template) -> None:
    def ragged(slip: Slip) -> tuple[int, int]:
        """How much narrower than the paper's text its lines are, at the left and at the right."""
        paper = draw(slip, PAPERS[80], template)
        lines = [ImageChops.invert(paper.crop((0, top, paper.width, end))) for top, end in inked_runs(paper)]
        boxes = [line.getbbox() or (0, 0, 0, 0) for line in lines]
        return sum(box[0] for box in boxes), sum(paper.width - box[2] for box in boxes)

    for language in SPOKEN:
        left, right = ragged(sample(language))
        assert (left > 2 * right) if language == "ar" else (right > 2 * left), language


def test_a_slip_says_who_is_ahead_and_how_long_it_may_take() -> None:
    assert [people(0, "en"), people(1, "en"), people(4, "en")] == ["Nobody", "1 person", "4 people"]
    told = [estimate(None, "en"), estimate((10, 20), "en"), estimate((0, 5), "en"), estimate((8, 8), "en")]
    assert told == ["Not known yet", "10–20 min", "Up to 5 min", "Up to 8 min"]


def test_a_slip_says_for_how_long_a_missed_number_is_kept() -> None:
    assert late(30, "en") == "A missed number is kept for 30 minutes."
    assert late(1, "ru") == "Пропущенный номер хранится 1 минуту."
    assert late(0, "en") == "A missed number is not kept: take a new one."
    assert sample("en").late == late(demo_hall().rules.grace_minutes, "en")


def test_what_has_nothing_to_say_leaves_no_gap_and_no_rule(template: Template) -> None:
    slip = sample("id")
    without = replace(slip, place=None)
    assert draw(without, PAPERS[80], template).height < draw(slip, PAPERS[80], template).height
    kinds = [part.kind for part in tidy(slip, template)]
    assert not {Kind.LOGO, Kind.LINE} & set(kinds)
    assert kinds[0] is Kind.HALL
    assert kinds[-1] is Kind.TIME


def test_the_hall_s_own_line_stands_in_the_visitor_s_language(template: Template) -> None:
    with_line = replace(template, line={"en": "Free legal advice on Fridays", "ru": ""})
    plain = {language: draw(sample(language), PAPERS[80], template).height for language in ("en", "ru")}
    assert draw(sample("en"), PAPERS[80], with_line).height > plain["en"]
    assert draw(sample("ru"), PAPERS[80], with_line).height == plain["ru"]
