"""From phrases to what espeak-ng must be given so that it says them right: pure.

Between double brackets stand its own phoneme mnemonics. Only what it gets wrong by itself is listed here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assets.voice.phrases import Phrases

LETTERS: Mapping[str, Mapping[str, str]] = {
    "id": {},
    "az": {},
    "en": {"A": "[['eI]]"},  # by itself it is the article
}
"""The languages whose letters the engine knows when it reads a capital, and how the exceptions are said."""

WORDS: Mapping[str, Mapping[str, str]] = {
    "id": {
        "antrean": "antR2e'an",
        "belas": "b@l'as",
        "empat": "@mp'at",
        "enam": "@n'am",
        "loket": "lok'Et",
        "sebelas": "s@b@l'as",
        "tiket": "tik'Et",
    },
    "az": {"növbə": "nWvb'&", "pəncərə": "p&ndZ&*'&", "pəncərəyə": "p&ndZ&*&j'&"},
    "en": {"one": "w'Vn"},
    "ru": {"сорок": "s'orVk"},
}


def pronounced(phrases: Phrases, language: str) -> str:
    """One text for the engine."""
    lexicon, letters = WORDS.get(language, {}), LETTERS.get(language)
    said = []
    for phrase in phrases:
        if phrase.letter and letters is not None:
            text = letters.get(phrase.letter, phrase.letter)
        else:
            text = re.sub(r"\w+", lambda word: _spelt(word[0], lexicon), re.sub(r"[\[\]]", " ", phrase.text))
        said.append(text + _MARKS.get(phrase.pause, phrase.pause))
    return " ".join(said)


_MARKS = dict.fromkeys(":()–—", ",")
"""Marks that the engine would name, or read over."""


def _spelt(word: str, lexicon: Mapping[str, str]) -> str:
    mnemonics = lexicon.get(word.lower())
    return f"[[{mnemonics}]]" if mnemonics else word
