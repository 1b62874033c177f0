"""A hall's own template is taken whole or not at all, and every mistake is named with its place."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image, ImageDraw

from hall import Fault, Refusal
from hall.settings import SlipSettings
from printer.ink import PAPERS
from printer.logo import LARGEST, MOST_BYTES, SMALLEST, Logo
from printer.sample import sample
from printer.slip import draw, tidy
from printer.template import DEFAULT, Kind, Part, load, read
from tests.slips import inked_runs, job_of

SHIPPED = DEFAULT.read_text("utf-8")


def wrong(tmp_path: Path, text: str) -> list[str]:
    """The mistakes of a template."""
    (tmp_path / "slip.toml").write_text(text, "utf-8")
    with pytest.raises(Refusal) as refusal:
        read(tmp_path / "slip.toml")
    assert refusal.value.code == "bad_template"
    assert "slip.toml" in refusal.value.said("en")
    return [str(mistake) for mistake in refusal.value.data["mistakes"]]


def line_of(fragment: str, text: str = SHIPPED) -> int:
    return text[: text.index(fragment)].count("\n") + 1


def test_the_shipped_template_is_right_and_has_every_part() -> None:
    template = read()
    assert {part.kind for part in template.normal} == set(Kind)
    assert {part.kind for part in template.large} < set(Kind)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("text = 14, label", "text = 9, label", "normal, part 4 “number”, text: should be a number from 10 to 30 mm"),
        ("text = 14, label", "label", "normal, part 4 “number”, text: is missing"),
        (
            '"hall", text = 2.6',
            '"hall", text = "big"',
            "normal, part 2 “hall”, text: should be a number from 1.5 to 12 mm",
        ),
        (
            '"hall", text = 2.6',
            '"hall", text = nan',
            "normal, part 2 “hall”, text: should be a number from 1.5 to 12 mm",
        ),
        (
            '"hall", text = 2.6',
            '"hall", text = true',
            "normal, part 2 “hall”, text: should be a number from 1.5 to 12 mm",
        ),
        ('"hall", text = 2.6', '"hall", size = 2.6', "normal, part 2 “hall”, size: is not a key of the part “hall”"),
        ('"hall", text = 2.6', '"hall", text = 2.6, on = "no"', "normal, part 2 “hall”, on: should be true or false"),
        ('"hall", text', '"hal", text', "normal, part 2: there is no part “hal”; there are: logo, hall, rule,"),
        ('"hall", text', '"agency", text', "normal, part 7: stands here twice"),
        ('part = "hall", text', "text", "normal, part 2: there is no part “None”; there are: logo"),
        ('{ part = "number", text = 20 },', "", "large: a slip without its number is none"),
        ("text = 20 }", "text = 20, on = false }", "large: a slip without its number is none"),
        ("margin = 1.5", "margin = -1", "margin: should be a number from 0 to 4 mm"),
        ("narrow = 0.88", "narrow = 2", "narrow: should be a number from 0.6 to 1"),
        ("gap = 2.4", "gab = 2.4", "gab: is not a key of a slip template"),
        ('\nru = ""', '\nru = "one\\ntwo"', "line.ru: should be one line of at most 160 letters"),
        ('\nru = ""', f'\nru = "{161 * "a"}"', "line.ru: should be one line of at most 160 letters"),
        ('\nru = ""', '\nxx = ""', "line.xx: is not a language of the product"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, before: str, after: str, told: str) -> None:
    text = SHIPPED.replace(before, after, 1)
    assert text != SHIPPED
    mistakes = wrong(tmp_path, text)
    line = line_of(before.strip()) if not told.startswith(("large:", "normal, part 7")) else None
    assert any(told in mistake and (line is None or mistake.startswith(f"line {line}: ")) for mistake in mistakes), (
        mistakes
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "normal: is missing"),
        ("normal = 3\n", "normal: should be a list of parts"),
        ("normal = [1]\n", "normal: should be a list of parts"),
        ("line = 3\n", "line: should be a table"),
        ("normal = [\n", "not TOML"),
        (
            "[[normal]]\npart = 'hall'\ntext = 2\n\n[[normal]]\npart = 'x'\n",
            "line 5: normal, part 2: there is no part “x”",
        ),
    ],
)
def test_whatever_is_wrong_is_told(tmp_path: Path, text: str, told: str) -> None:
    assert any(told in mistake for mistake in wrong(tmp_path, text))


def test_several_mistakes_are_all_named_in_their_order(tmp_path: Path) -> None:
    text = (
        SHIPPED.replace("margin = 1.5", "margin = 99")
        .replace('"hall", text = 2.6', '"hall"')
        .replace("module = 1 ", "module = 9 ")
    )
    told = wrong(tmp_path, text)
    assert [one.partition(": ")[2].partition(":")[0] for one in told] == [
        "margin",
        "normal, part 2 “hall”, text",
        "large, part 8 “code”, module",
    ]


@given(
    some.dictionaries(
        some.sampled_from(["normal", "large", "line", "margin", "x"]),
        some.recursive(
            some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=3),
            lambda inner: (
                some.lists(inner, max_size=3)
                | some.dictionaries(some.sampled_from(["part", "text", "on", "ru"]), inner, max_size=3)
            ),
            max_leaves=6,
        ),
    )
)
def test_no_document_is_too_strange_to_be_told_about(document: dict[str, object]) -> None:
    from printer.template import _said, _wrong

    told = list(_wrong(document))
    assert told
    for place, problem in told:
        assert _said(document, place)
        assert problem


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(Fault) as fault:
        read(tmp_path / "nowhere.toml")
    assert fault.value.code == "unreadable_file"


def test_the_parts_stand_in_the_order_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "slip.toml"
    rows = SHIPPED.splitlines(keepends=True)
    at = next(number for number, row in enumerate(rows) if '"time"' in row)
    file.write_text(
        "".join([*rows[: line_of('"hall"') - 1], rows[at], *rows[line_of('"hall"') - 1 : at], *rows[at + 1 :]])
    )
    kinds = [part.kind for part in tidy(sample("en"), read(file))]
    assert kinds[:2] == [Kind.TIME, Kind.HALL]


def test_a_part_can_be_left_out(tmp_path: Path) -> None:
    (tmp_path / "slip.toml").write_text(SHIPPED.replace('"code", module', '"code", on = false, module'), "utf-8")
    assert Kind.CODE not in {part.kind for part in read(tmp_path / "slip.toml").normal}


def test_a_rule_stands_only_between_two_parts() -> None:
    rule, hall, number = Part(Kind.RULE, 0.5), Part(Kind.HALL, 3), Part(Kind.NUMBER, 12)
    parts = (rule, hall, rule, Part(Kind.LOGO, 10), rule, number, rule, rule)
    assert tidy(sample("en"), replace(read(), normal=parts)) == [hall, rule, number]


@pytest.mark.parametrize("width", PAPERS)
def test_sizes_of_the_template_are_sizes_on_the_paper(width: int) -> None:
    template = replace(read(), normal=(Part(Kind.NUMBER, 13),), narrow=1.0)
    ((top, bottom),) = inked_runs(draw(sample("en"), PAPERS[width], template))
    assert (bottom - top) / PAPERS[width].dpi * 25.4 == pytest.approx(13, abs=0.6)


# The logo


def drawn(size: tuple[int, int], colour: object = "black", kind: str = "RGBA") -> Image.Image:
    """A ring."""
    picture = Image.new(kind, size, (0, 0, 0, 0) if kind == "RGBA" else "white")
    ImageDraw.Draw(picture).ellipse((0, 0, size[0] - 1, size[1] - 1), outline=colour, width=6)  # type: ignore[arg-type]
    return picture


@pytest.mark.parametrize("suffix", ["png", "jpg", "gif", "bmp", "webp"])
def test_a_logo_of_any_usual_kind_is_printed_at_its_height(tmp_path: Path, suffix: str) -> None:
    drawn((300, 200), kind="RGB").save(tmp_path / f"logo.{suffix}")
    template = load(SlipSettings(logo=tmp_path / f"logo.{suffix}"))
    assert template.logo is not None
    ink = template.logo.inked(96, 500)
    assert (ink.size, ink.mode, set(ink.tobytes())) == ((144, 96), "L", {0, 255})
    with_logo, without = (draw(sample("en"), PAPERS[80], one) for one in (template, read()))
    assert 96 < with_logo.height - without.height < 96 + 2 * PAPERS[80].across(template.gap)
    assert len(job_of(sample("en"), PAPERS[80], template)) < 20_000


def test_a_wide_logo_is_made_lower_rather_than_cut() -> None:
    assert Logo(drawn((900, 100), kind="L")).inked(96, 360).size == (360, 40)


def test_a_transparent_ground_is_paper_and_a_dark_colour_is_ink(tmp_path: Path) -> None:
    drawn((200, 200), "#0b5d3b").save(tmp_path / "logo.png")
    ink = Logo.read(tmp_path / "logo.png").inked(100, 500)
    assert (ink.getpixel((0, 0)), ink.getpixel((50, 2))) == (255, 0)


def test_the_white_around_a_logo_is_not_printed(tmp_path: Path) -> None:
    sheet = Image.new("L", (500, 400), 255)
    sheet.paste(drawn((200, 100), kind="L"), (150, 200))
    sheet.save(tmp_path / "logo.png")
    assert Logo.read(tmp_path / "logo.png").inked(96, 500).size == (192, 96)


def test_line_art_is_cut_and_a_photograph_is_dithered() -> None:
    ring = Logo(drawn((400, 400), kind="L")).inked(100, 500)
    photograph = Logo(Image.linear_gradient("L")).inked(100, 500)

    def changes(picture: Image.Image) -> int:
        dots = picture.tobytes()
        return sum(a != b for a, b in pairwise(dots))

    assert changes(photograph) > 5 * changes(ring)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.png", b"this is a letter", "it is not a picture"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "it is not a picture"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(40), "it is"),
        ("a.bin", bytes(MOST_BYTES + 1), "more than 4 MB"),
    ],
)
def test_what_is_no_picture_is_told(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(content)
    refused(tmp_path / name, told)


def refused(path: Path, told: str) -> None:
    with pytest.raises(Refusal) as refusal:
        Logo.read(path)
    assert refusal.value.code == "bad_logo"
    assert told in refusal.value.said("en")


def test_a_damaged_picture_is_told(tmp_path: Path) -> None:
    drawn((300, 200)).save(tmp_path / "logo.png")
    whole = (tmp_path / "logo.png").read_bytes()
    (tmp_path / "logo.png").write_bytes(whole[: len(whole) // 2])
    refused(tmp_path / "logo.png", "damaged")


@pytest.mark.parametrize("size", [(SMALLEST - 1, 300), (LARGEST + 1, 30)])
def test_a_picture_too_small_or_too_large_is_told(tmp_path: Path, size: tuple[int, int]) -> None:
    Image.new("1", size).save(tmp_path / "logo.png")
    refused(tmp_path / "logo.png", f"from {SMALLEST} to {LARGEST} dots")


def test_a_logo_that_would_print_nothing_is_told(tmp_path: Path) -> None:
    drawn((300, 200), "#fffde0").save(tmp_path / "logo.png")
    refused(tmp_path / "logo.png", "dark enough")


def test_a_logo_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(Fault) as fault:
        load(SlipSettings(logo=tmp_path / "logo.png"))
    assert fault.value.code == "unreadable_file"
