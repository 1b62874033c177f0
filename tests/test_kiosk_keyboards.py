"""The keyboards on the screen: every letter is there once, and every key is wide enough for a finger."""

from __future__ import annotations

import pytest

from assets.words import LANGUAGES
from kiosk.keyboards import AZERI, DIGITS, KEYBOARDS, MOST, QWERTY, RUSSIAN, Script, key_mm, keyboards

LETTERS = {
    "id": "abcdefghijklmnopqrstuvwxyz",
    "en": "abcdefghijklmnopqrstuvwxyz",
    "az": "abcçdeəfgğhxıijkqlmnoöprsştuüvyz",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_of_a_language_is_on_its_keyboard_once(language: str) -> None:
    typed = [key.types for row in KEYBOARDS[language].rows for key in row]
    assert sorted(typed) == sorted(LETTERS[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_key_is_as_wide_as_a_finger_needs(language: str) -> None:
    keyboard = KEYBOARDS[language]
    assert all(len(row) <= MOST for row in (*keyboard.rows, DIGITS))
    assert key_mm(keyboard, 246) >= 20


def test_azerbaijani_keeps_its_two_kinds_of_i_apart() -> None:
    shown = {key.types: key.shows for row in AZERI.rows for key in row}
    assert (shown["i"], shown["ı"], shown["ə"]) == ("İ", "I", "Ə")


def test_a_visitor_turns_to_each_keyboard_of_the_hall_once_their_own_first() -> None:
    assert keyboards("ru", ("az", "en", "ru", "id")) == (RUSSIAN, AZERI, QWERTY)
    assert keyboards("id", ("id", "en")) == (QWERTY,)
    assert keyboards("xx", ()) == (QWERTY,)
    assert {one.script for one in keyboards("az", ("az", "ru"))} == {Script.LATIN, Script.CYRILLIC}
