"""What is said, in words: calls in four languages, numbers, letters, and texts with codes in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assets.voice.phrases import DIGITS, LETTERS, Phrases, Style, announcement, code, free, ticket_number
from assets.voice.pronounce import pronounced
from assets.words import LANGUAGES, say


def read(phrases: Phrases) -> str:
    """As somebody would read them aloud."""
    return " ".join(phrase.text + phrase.pause for phrase in phrases)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", "Nomor antrean A, nol satu lima, silakan menuju loket tiga."),
        ("az", "A, sıfır bir beş nömrəli növbə, üç nömrəli pəncərəyə yaxınlaşın."),
        ("en", "Ticket A, zero one five, please go to counter three."),
        ("ru", "Талон А, ноль один пять, пройдите к окну номер три."),
    ],
)
def test_a_call_is_said_digit_by_digit_in_every_language(language: str, said: str) -> None:
    assert read(announcement("A015", "3", language)) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", "Nomor antrean Be, satu nol empat enam, silakan menuju loket dua belas, Zona A."),
        ("az", "Be, bir sıfır dörd altı nömrəli növbə, A zonası, on iki nömrəli pəncərəyə yaxınlaşın."),
        ("en", "Ticket B, one zero four six, please go to counter twelve, Zone A."),
        ("ru", "Талон Бэ, один ноль четыре шесть, пройдите к окну номер двенадцать, Зона А."),
    ],
)
def test_the_zone_can_be_said_too(language: str, said: str) -> None:
    zones = {"id": "Zona A", "az": "A zonası", "en": "Zone A", "ru": "Зона A"}
    assert read(announcement("B1046", "12", language, zone=zones[language])) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", "A, nol satu lima, loket tiga."),
        ("az", "A, sıfır bir beş, üç nömrəli pəncərə."),
        ("en", "A, zero one five, counter three."),
        ("ru", "А, ноль один пять, окно три."),
    ],
)
def test_a_short_call_is_number_and_counter(language: str, said: str) -> None:
    assert read(announcement("A015", "3", language, short=True)) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", "A, dua ratus lima belas"),
        ("az", "A, iki yüz on beş"),
        ("en", "A, two hundred and fifteen"),
        ("ru", "А, двести пятнадцать"),
    ],
)
def test_whole_numbers_are_an_option(language: str, said: str) -> None:
    assert read(ticket_number("A215", language, Style.WHOLE)) == said
    assert read(ticket_number("A005", language, Style.WHOLE)).endswith(say(language, DIGITS).split()[5])


def test_a_language_nobody_counts_in_is_said_digit_by_digit() -> None:
    assert read(ticket_number("A215", "xx", Style.WHOLE)) == "A, two one five"


@pytest.mark.parametrize(
    ("counter", "said"),
    [
        ("3", "three"),
        ("12", "twelve"),
        ("40", "forty"),
        ("101", "one hundred and one"),
        ("1204", "one two zero four"),
        ("03", "zero three"),
        ("0", "zero"),
        ("A2", "A two"),
        ("K", "K"),
        ("AB", "A B"),
        ("Cashier", "Cashier"),
        ("Cashier “north” 2", "Cashier north two"),
    ],
)
def test_a_counter_may_be_a_number_a_code_or_a_name(counter: str, said: str) -> None:
    assert read(code(counter, "en")) == said


def test_a_series_of_several_letters_is_spelt() -> None:
    assert read(ticket_number("BHK007", "ru")) == "Бэ Аш Ка, ноль ноль семь"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_26_letters_and_ten_digits(language: str) -> None:
    assert len(set(say(language, LETTERS).split())) == 26
    assert len(set(say(language, DIGITS).split())) == 10


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Your number is A015.", "Your number is A, zero one five."),
        ("A slip is printed. Take it!", "A slip is printed. Take it!"),
        ("Wait in Zone B, please (counter 12).", "Wait in Zone B, please( counter twelve)"),
        ("  ", ""),
        ("", ""),
    ],
)
def test_codes_in_a_text_are_said_as_on_their_own(text: str, said: str) -> None:
    assert read(free(text, "en")) == said


def test_only_a_capital_that_stands_alone_at_the_end_is_a_letter() -> None:
    assert [phrase.letter for phrase in free("A slip for zone A", "en")] == ["", "A"]


def test_what_the_engine_gets_wrong_is_spelt_for_it() -> None:
    assert pronounced(announcement("A046", "4", "id"), "id") == (
        "Nomor [[antR2e'an]] A, nol [[@mp'at]] [[@n'am]], silakan menuju [[lok'Et]] [[@mp'at]]."
    )
    assert pronounced(ticket_number("A1", "en"), "en") == "[['eI]], [[w'Vn]]"
    assert pronounced(free("A zone", "en"), "en") == "A zone"


def test_a_text_cannot_slip_phonemes_or_marks_to_the_engine() -> None:
    said = pronounced(free("[[b'ad]] (really – yes)", "en"), "en")
    assert "[" not in said
    assert "]" not in said
    assert "(" not in said


@given(some.text(), some.sampled_from(LANGUAGES))
def test_any_text_can_be_said(text: str, language: str) -> None:
    assert all(phrase.text.strip() for phrase in free(text, language))


@given(
    some.from_regex(r"[A-Z]{1,3}[0-9]{1,6}", fullmatch=True),
    some.from_regex(r"[A-Z0-9]{1,4}", fullmatch=True),
    some.sampled_from(LANGUAGES),
    some.sampled_from(Style),
    some.booleans(),
)
def test_any_call_can_be_said(number: str, counter: str, language: str, style: Style, short: bool) -> None:
    said = announcement(number, counter, language, style=style, short=short)
    letters = [phrase.letter for phrase in said if phrase.letter]
    assert sorted(letters) == sorted(one for one in number + counter if one.isalpha())
    assert said[-1].pause == "."
