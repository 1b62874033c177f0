"""Letters of every script find their font, their direction and their line."""

import pytest
from PIL import features

from assets import fonts
from hall import Fault
from printer.letters import WIDTHS, Face, Run, balanced, check_shaping, direction_of, fitting, length, runs, wrapped


def texts(pieces: tuple[Run, ...]) -> list[str]:
    return [piece.text.strip() for piece in pieces]


def test_arabic_is_written_to_the_left_and_the_rest_to_the_right() -> None:
    assert [direction_of(language) for language in ("id", "az", "en", "ru", "ar")] == [*["ltr"] * 4, "rtl"]


def test_a_line_without_arabic_is_one_piece_of_the_usual_font() -> None:
    for text in ("Şəxsiyyət vəsiqəsi, 2026", "Учёт населения", "09:41"):
        assert runs(text, "rtl") == runs(text, "ltr") == (Run(text, fonts.FILE, "ltr"),)


def test_a_line_of_arabic_with_numbers_is_one_piece() -> None:
    (piece,) = runs("من 10 إلى 20 دقيقة", "rtl")
    assert (piece.file, piece.direction) == (fonts.ARABIC, "rtl")


def test_words_of_two_directions_stand_in_the_order_they_are_read() -> None:
    mixed = "مركز Bələdiyyə Mərkəzi الخدمات"
    assert texts(runs(mixed, "rtl")) == ["الخدمات", "Bələdiyyə Mərkəzi", "مركز"]
    assert texts(runs(mixed, "ltr")) == ["مركز", "Bələdiyyə Mərkəzi", "الخدمات"]


def test_a_number_goes_with_the_words_before_it() -> None:
    assert texts(runs("Zona 5 المنطقة", "rtl")) == ["المنطقة", "Zona 5"]
    assert texts(runs("المنطقة 5 Zona", "rtl")) == ["Zona", "المنطقة 5"]


def test_every_letter_of_a_piece_is_in_its_font() -> None:
    missing = Face(40, 500).font(fonts.FILE).getmask("\U0010fffd")
    for text in ("ə ğ ş ı İ Ə", "ЁёЙйЩщ", "المنطقة A، 2026", "№ – “ ” …"):
        for piece in runs(text, "ltr"):
            for letter in piece.text.replace(" ", ""):
                assert bytes(Face(40, 500).font(piece.file).getmask(letter)) != bytes(missing), letter


def test_arabic_letters_are_joined() -> None:
    """Apart they are wider: each would end in its own tail."""
    face = Face(40, 500)
    joined = length("سيسيس", face)
    assert joined < 0.8 * sum(length(letter, face) for letter in "سيسيس")


def test_a_pillow_that_cannot_join_letters_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    check_shaping()
    monkeypatch.setattr(features, "check", lambda name: name != "raqm")
    with pytest.raises(Fault) as fault:
        check_shaping()
    assert "libfribidi0" in fault.value.said()


def test_an_endless_text_is_wrapped_and_nothing_of_it_lost() -> None:
    name = "Pelayanan " + "perpanjangan" * 9 + " izin" * 60
    face = Face(38, 700)
    for lines in (wrapped(name, face, 336), balanced(name, face, 336)):
        assert "".join(lines).replace(" ", "") == name.replace(" ", "")
        assert max(length(line, face) for line in lines) <= 337


def test_balanced_lines_break_no_word() -> None:
    name = "Оформление удостоверения личности"
    assert set(" ".join(balanced(name, Face(30, 700), 344)).split()) == set(name.split())


def test_letters_are_set_narrower_rather_than_a_word_broken() -> None:
    assert fitting("Zona A", 40, 700, 300).width == WIDTHS[0]
    long = "Удостоверение"
    wide = length(long, Face(40, 700))
    narrower = fitting(long, 40, 700, wide - 10)
    assert narrower.width < WIDTHS[0]
    assert length(long, narrower) <= wide - 10
