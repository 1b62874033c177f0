"""From phrases to one sound: a hall's recordings where there are some, the engine for what lies between them."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from pathlib import Path

import miniaudio

from assets import sounds
from assets.voice.clips import Clips, clip_words
from assets.voice.engine import Engine, Spoken
from assets.voice.phrases import Phrase, Phrases
from assets.voice.pronounce import pronounced

WORD_PAUSE, COMMA_PAUSE, LONG_PAUSE = 0.08, 0.3, 0.45
"""Seconds between two pieces, by the punctuation between them; inside a piece the engine makes its own."""
_PAUSES = {"": WORD_PAUSE, ",": COMMA_PAUSE}
S16 = miniaudio.SampleFormat.SIGNED16


class Speech:
    """Speaks every language; `complain` is told once of each bad recording."""

    def __init__(
        self,
        folder: Path | None = None,
        complain: Callable[[str], None] = lambda _: None,
        engine: Engine | None = None,
    ) -> None:
        self.engine = engine or Engine()
        self._folder = folder
        self._complain = complain
        self._clips: dict[str, Clips] = {}

    def sound(self, phrases: Phrases, language: str, *, mixed: bool = True) -> array[int]:
        """The phrases spoken (mono, signed 16 bit, sounds.RATE). VoiceError: the engine is needed and cannot.

        A recording stands in for the longest run of words it is named for; unless `mixed`, only for all of them.
        """
        spoken, pause = array("h"), 0.0
        for piece, mark in self._pieces(phrases, language, mixed=mixed):
            spoken += silence(pause) + piece
            pause = _PAUSES.get(mark, LONG_PAUSE)
        return spoken

    def _pieces(self, phrases: Phrases, language: str, *, mixed: bool) -> Iterator[tuple[array[int], str]]:
        """Sounds in order, each with the punctuation after it."""
        clips = self._clips_of(language)
        words = _words(phrases)
        shortest = 1 if mixed else len(words)
        unrecorded: list[Phrase] = []
        at = 0
        while at < len(words):
            for end in range(min(len(words), at + clips.longest), at + shortest - 1, -1):
                clip = clips.get(clip_words(" ".join(word.text for word in words[at:end]), language))
                if clip is not None:
                    if unrecorded:
                        yield self._synthetic(tuple(unrecorded), language), unrecorded[-1].pause
                        unrecorded = []
                    yield clip, words[end - 1].pause
                    at = end
                    break
            else:
                unrecorded.append(words[at])
                at += 1
        if unrecorded:
            yield self._synthetic(tuple(unrecorded), language), ""

    def _clips_of(self, language: str) -> Clips:
        if language not in self._clips:
            self._clips[language] = Clips(self._folder, language, self._complain)
        return self._clips[language]

    def _synthetic(self, phrases: Phrases, language: str) -> array[int]:
        return resampled(self.engine.say(language, pronounced(phrases, language)))


def silence(seconds: float) -> array[int]:
    """So much of nothing."""
    return array("h", bytes(2 * round(seconds * sounds.RATE)))


def resampled(spoken: Spoken) -> array[int]:
    """At sounds.RATE."""
    return array(
        "h", bytes(miniaudio.convert_frames(S16, 1, spoken.rate, spoken.samples.tobytes(), S16, 1, sounds.RATE))
    )


def _words(phrases: Phrases) -> list[Phrase]:
    """The same phrases, a word each."""
    words: list[Phrase] = []
    for phrase in phrases:
        *first, last = phrase.text.split()
        words += [Phrase(word, letter=phrase.letter) for word in first]
        words.append(Phrase(last, phrase.pause, phrase.letter))
    return words
