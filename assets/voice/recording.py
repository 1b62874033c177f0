"""Which clips a hall must record so that no synthetic word is left in its announcements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from assets.voice.clips import clip_name
from assets.voice.phrases import Phrase, Style, announcement, ticket_number

HIGHEST = 9999
"""The highest count of a series whose words are listed when numbers are said whole."""


@dataclass(frozen=True, slots=True)
class Clip:
    """One recording to make."""

    file: str
    """Under the folder of clips: `id/silakan-menuju-loket.wav`."""
    text: str
    """What to read aloud."""


def record_list(
    language: str, series: Iterable[str], counters: Iterable[str], zones: Iterable[str], style: Style
) -> tuple[Clip, ...]:
    """Every clip of a language, in the order it is first said; `zones` are names, none when zones are not said."""
    clips: dict[str, str] = {}
    for phrase in _phrases(language, list(series), list(counters), list(zones), style):
        clips.setdefault(clip_name(phrase.text, language), phrase.text)
    return tuple(Clip(f"{language}/{name}.wav", text) for name, text in clips.items())


def _phrases(language: str, series: list[str], counters: list[str], zones: list[str], style: Style) -> Iterator[Phrase]:
    for letters, counter in zip_longest(series, counters, fillvalue=""):
        for short in (False, True):
            yield from announcement(f"{letters}0123456789", counter, language, short=short)
    for zone in zones:
        yield from announcement("", "", language, zone=zone)
    for count in range(HIGHEST + 1) if style is Style.WHOLE else ():
        yield from ticket_number(str(count), language, style)
