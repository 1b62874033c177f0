"""The hall's logo: what is taken and what is not, what is left of it, and that every machine of the hall has it."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

import pytest
from PIL import Image

from assets.logo import MOST_BYTES
from assets.words import LANGUAGES
from hall import Fault, Hall, Refusal
from hall.logo import SIDE, drawn
from hall.storage import sqlite as engine
from hall.storage.schema import MIGRATIONS
from tests.halls import Clock, opened
from tests.pictures import BAD, BLUE, GOOD, RED, chunks, labelled, logo, saved


def picture(uploaded: bytes) -> Image.Image:
    return Image.open(io.BytesIO(drawn(uploaded).picture))


def near(dot: tuple[int, ...], colour: tuple[int, int, int], by: int = 24) -> bool:
    return all(abs(one - other) <= by for one, other in zip(dot, colour, strict=False))


@pytest.mark.parametrize("what", GOOD)
def test_an_ordinary_picture_becomes_a_png_of_ours(what: str) -> None:
    made = picture(GOOD[what]())
    assert (made.format, max(made.size) <= SIDE) == ("PNG", True)
    if what not in ("png in greys of 16 bits", "png of two colours", "sides of 6000"):
        assert near(made.convert("RGB").getpixel((100, 100)), RED), "the disc"  # type: ignore[arg-type]
        assert near(made.convert("RGB").getpixel((250, 100)), BLUE), "the bar"  # type: ignore[arg-type]


def test_greys_of_16_bits_stay_what_they_were() -> None:
    made = picture(GOOD["png in greys of 16 bits"]())
    assert made.convert("L").getpixel((100, 100)) == logo(mode="L").getpixel((100, 100))


def test_what_lies_on_nothing_stays_there() -> None:
    for what in ("png on nothing", "webp on nothing", "png with one colour left out"):
        made = picture(GOOD[what]())
        assert made.mode == "RGBA"
        assert made.getpixel((0, 0))[3] == 0  # type: ignore[index]
    assert picture(GOOD["jpeg"]()).mode == "RGB"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_of_a_file_only_its_dots_are_left_the_right_way_up(kind: str) -> None:
    made = drawn(labelled(kind)).picture
    assert set(chunks(made)) == {b"IHDR", b"IDAT", b"IEND"}
    for word in (b"Camera", b"somebody", b"profile", b"Exif"):
        assert word not in made
    assert Image.open(io.BytesIO(made)).size == (320, 200), "a phone held upright says so beside the dots"


def test_what_stood_behind_the_picture_is_gone() -> None:
    for what in ("png with a page behind it", "jpeg with an archive behind it"):
        made = drawn(GOOD[what]()).picture
        assert chunks(made)[-1] == b"IEND"
        assert b"script" not in made
        assert b"PK\x03\x04" not in made


def test_a_large_picture_is_made_smaller_in_its_own_shape() -> None:
    assert picture(saved(logo((3000, 1500)), "JPEG")).size == (SIDE, SIDE // 2)
    assert picture(saved(logo((200, 100)))).size == (200, 100)


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_logo_is_refused_in_words_and_nothing_is_changed(hall: Hall, what: str) -> None:
    make, code = BAD[what]
    hall.logo.change(saved(logo()))
    before, sequence = hall.logo.kept(), hall.sequence()
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # nothing is printed where nobody reads it
        with pytest.raises(Refusal) as refusal:
            hall.logo.change(make(), staff="mira")
    assert refusal.value.code == code
    said = {refusal.value.said(language) for language in LANGUAGES}
    assert len(said) == len(LANGUAGES)
    assert (hall.logo.kept(), hall.sequence()) == (before, sequence)


@pytest.mark.parametrize("how", ["cut off", "one byte wrong"])
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_file_broken_anywhere_is_taken_or_refused_and_nothing_else(kind: str, how: str) -> None:
    whole = saved(logo((64, 40)), kind)
    outcomes = set()
    for at in range(len(whole)):
        try:
            drawn(whole[:at] + (b"" if how == "cut off" else b"\xff" + whole[at + 1 :]))
            outcomes.add("taken")
        except Refusal as refusal:
            outcomes.add(refusal.code)
    assert outcomes <= {"taken", "logo_unknown", "logo_damaged", "logo_sides", "logo_moving", "logo_white"}
    assert "logo_damaged" in outcomes


def test_the_largest_file_that_is_taken_has_two_megabytes() -> None:
    whole = saved(logo())
    assert drawn(whole + bytes(MOST_BYTES - len(whole))) == drawn(whole)


def test_every_machine_of_the_hall_has_it_and_the_journal_says_who(hall: Hall, tmp_path: Path, clock: Clock) -> None:
    with Hall.open(tmp_path / "queue.db", clock=clock) as other, other.listen() as bell:
        assert (other.logo.digest, other.logo.kept()) == (None, None)
        hall.logo.change(saved(logo()), staff="mira")
        bell.clear()
        kept = other.logo.kept()
        assert kept is not None
        assert (other.logo.digest, kept) == (kept.digest, drawn(saved(logo())))
        event = other.events()[-1]
        assert (event.kind, event.staff, event.details) == ("logo_changed", "mira", {"digest": kept.digest})
        other.logo.remove(staff="tono")
        assert (hall.logo.kept(), hall.logo.digest) == (None, None)
        event = hall.events()[-1]
        assert (event.kind, event.staff) == ("logo_removed", "tono")


def test_the_same_logo_again_and_none_taken_away_change_nothing(hall: Hall) -> None:
    hall.logo.remove()
    before = hall.sequence()
    assert before == hall.sequence()
    hall.logo.change(saved(logo()))
    hall.logo.change(saved(logo(), "PNG", optimize=True))
    assert hall.sequence() == before + 1


def test_another_one_stands_in_its_place(hall: Hall) -> None:
    hall.logo.change(saved(logo()))
    hall.logo.change(saved(logo(colour=BLUE)))
    assert hall.logo.kept() == drawn(saved(logo(colour=BLUE)))


def test_which_logo_it_is_can_be_told_without_a_look_at_the_queue(hall: Hall, tmp_path: Path) -> None:
    hall.logo.change(saved(logo()))
    kept = hall.logo.kept()
    (tmp_path / "queue.db").unlink()
    assert kept
    assert hall.logo.digest == kept.digest
    with pytest.raises(Fault):
        hall.logo.kept()


def test_a_queue_from_before_has_no_logo_and_can_get_one(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(engine, "MIGRATIONS", {name: sql for name, sql in MIGRATIONS.items() if name != "logo"})
        engine.Sqlite(tmp_path / "queue.db", create=True).close()
    with opened(tmp_path, clock) as hall:
        assert hall.logo.kept() is None
        hall.logo.change(saved(logo()))
        assert hall.logo.kept()
