"""The keyboards on the screen: which letters stand in which row, for each language. Pure; how they look is QML's.

No row has more than 11 keys: where the screen leaves 246 mm (268 mm less its margins), each is 20 mm wide or more, with
2 mm between two. So the twelfth letters of the usual first rows (Azerbaijani Ğ, Russian Ъ) stand in the third.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec

MOST = 11
"""Keys in a row."""
GAP_MM = 2.0
"""Between two keys."""


class Script(StrEnum):
    """What a language is written in."""

    LATIN = "latin"
    CYRILLIC = "cyrillic"


class Key(msgspec.Struct, frozen=True):
    """One key: what is written on it, and what it types."""

    shows: str
    types: str


Row = tuple[Key, ...]


class Keyboard(msgspec.Struct, frozen=True):
    """The letters of one language; digits, space and erasing stand beside every one of them."""

    code: str
    """What its letters are: qwerty, azeri or russian."""
    script: Script
    name: str
    """What the key says that leads to it: its first letters."""
    rows: tuple[Row, ...]
    """Three rows, at most MOST keys each."""


def _row(letters: str, capitals: str = "") -> Row:
    return tuple(Key(shown, typed) for typed, shown in zip(letters, capitals or letters.upper(), strict=True))


DIGITS: Row = _row("1234567890-")
"""The row above the letters of every keyboard."""
QWERTY = Keyboard("qwerty", Script.LATIN, "ABC", (_row("qwertyuiop"), _row("asdfghjkl"), _row("zxcvbnm")))
AZERI = Keyboard(
    "azeri",
    Script.LATIN,
    "ƏBC",
    (
        _row("qüertyuiopö", "QÜERTYUİOPÖ"),  # Python knows only the English capital of i
        _row("asdfghjklıə", "ASDFGHJKLIƏ"),
        _row("zxcvbnmçşğ"),
    ),
)
RUSSIAN = Keyboard("russian", Script.CYRILLIC, "АБВ", (_row("йцукенгшщзх"), _row("фывапролджэ"), _row("ячсмитьъбюё")))
KEYBOARDS = {"id": QWERTY, "en": QWERTY, "az": AZERI, "ru": RUSSIAN}
"""Language -> its keyboard."""


def keyboards(language: str, languages: Iterable[str]) -> tuple[Keyboard, ...]:
    """Those a visitor may turn to, each once: their own language's first, then those of the hall's languages."""
    wanted = [KEYBOARDS[one] for one in (language, *languages) if one in KEYBOARDS]
    return tuple(dict.fromkeys(wanted)) or (QWERTY,)


def key_mm(keyboard: Keyboard, width_mm: float) -> float:
    """How wide one key can be where all rows have the same keys and the longest fills the width."""
    longest = max(len(row) for row in (DIGITS, *keyboard.rows))
    return (width_mm - (longest - 1) * GAP_MM) / longest
