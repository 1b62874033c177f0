"""How people spell: every text becomes plain small Latin letters, whatever the script, the accents or the keyboard.

“Şəxsiyyət” and “sexsiyyet”, “Паспорт” and “pasport” come out alike. Pure.
"""

from __future__ import annotations

import re
import unicodedata

_LETTERS = {
    # Latin letters that no decomposition takes apart
    "ə": "e", "ı": "i", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "ß": "ss",
    # Russian, as most people write it in Latin letters
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "к": "k", "л": "l",
    "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "c",
    "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "й": "y",
    # and Azerbaijani in its former Cyrillic letters
    "ә": "e", "ө": "o", "ү": "u", "ғ": "g", "ҝ": "g", "ҹ": "c", "һ": "h", "ҙ": "z", "ј": "y",
}  # fmt: skip


class _Folds(dict[int, str]):
    """Letter -> what it is without accents, in Latin: found out once, when it first comes."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        bare = letter if letter in _LETTERS else unicodedata.normalize("NFKD", letter)
        folded = "".join(_LETTERS.get(one, one) for one in bare if not unicodedata.combining(one))
        self[code] = folded
        return folded


_FOLDS = _Folds()
_ALIKE = (("shch", "s"), ("sch", "s"), ("sh", "s"), ("ch", "c"), ("zh", "z"), ("ph", "f"))
"""One sound, written with two letters in one language and with one in another (ş, ш and sh; ç, ч and ch)."""
_WORD = re.compile(r"\w+")
_TWICE = re.compile(r"([^\W\d])\1")

_QWERTY = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюё"
_AZERI = "qüertyuiopöğasdfghjklıəzxcvbnmçş`"
"""What the same keys give in three layouts (Azerbaijani W is Ü; the keys right of the letters are letters too)."""


def _keys(pressed: str, meant: str) -> dict[int, int]:
    return str.maketrans(pressed, meant)


_LAYOUTS = (
    _keys(_QWERTY, _RUSSIAN),
    _keys(_QWERTY, _AZERI),
    _keys(_RUSSIAN, _QWERTY),
    _keys(_RUSSIAN, _AZERI),
    _keys(_AZERI, _RUSSIAN),
)


def plain(text: str) -> str:
    """A text in small Latin letters without accents; punctuation stays."""
    spelt = unicodedata.normalize("NFC", text.casefold()).translate(_FOLDS)
    for several, one in _ALIKE:
        spelt = spelt.replace(several, one)
    return _TWICE.sub(r"\1", spelt)


def words(text: str) -> list[str]:
    """The words of a text as `plain` spells them; of one with hyphens the parts and the whole: “e-ktp” is ktp, ektp.

    A single letter that is a part of a word says nothing.
    """
    found = []
    for written in plain(text).split():
        parts = _WORD.findall(written)
        found += [part for part in parts if len(part) > 1 or len(parts) == 1]
        if len(parts) > 1 and "-" in written:
            found.append("".join(parts))
    return found


def mistyped(text: str) -> list[str]:
    """What the same keys would have given in another keyboard layout: “gfcgjhn” is “паспорт”, and the other way."""
    small = text.casefold()
    return list(dict.fromkeys(other for layout in _LAYOUTS if (other := small.translate(layout)) != small))
