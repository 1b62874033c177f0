"""A folder of recordings that a hall lays over the synthetic voice: FOLDER/LANGUAGE/WORDS.wav.

A clip's name is what it says, in small letters, with hyphens between the words: `silakan-menuju-loket.wav`.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Callable
from pathlib import Path

import miniaudio

from assets import sounds
from assets.voice.loudness import levelled


def clip_words(text: str, language: str) -> tuple[str, ...]:
    """The words of a text as they stand in the names of clips."""
    if language == "az":  # elsewhere the small letter of I is i
        text = text.replace("I", "ı").replace("İ", "i")
    return tuple(re.findall(r"\w+", unicodedata.normalize("NFC", text).lower()))


def clip_name(text: str, language: str) -> str:
    """The file's name for a text, without its ending."""
    return "-".join(clip_words(text, language))


class Clips:
    """The recordings of one language; read when first needed, then kept. A bad one is complained of once."""

    def __init__(self, folder: Path | None, language: str, complain: Callable[[str], None]) -> None:
        files = sorted((folder / language).glob("*")) if folder else []
        self._files = {clip_words(file.stem, language): file for file in files if file.suffix.lower() == ".wav"}
        self._sounds: dict[tuple[str, ...], array[int] | None] = {}
        self._complain = complain
        self.longest = max(map(len, self._files), default=0)
        """Words of the longest name."""

    def get(self, said: tuple[str, ...]) -> array[int] | None:
        """The recording of these words (mono, signed 16 bit, sounds.RATE, levelled), if there is a good one."""
        if said not in self._sounds and said in self._files:
            self._sounds[said] = self._read(self._files[said])
        return self._sounds.get(said)

    def _read(self, file: Path) -> array[int] | None:
        try:
            decoded = miniaudio.decode(file.read_bytes(), nchannels=1, sample_rate=sounds.RATE)
        except OSError as error:
            problem = error.strerror
        except miniaudio.DecodeError as error:
            problem = error.args[0]
        else:
            sound = levelled(decoded.samples, sounds.RATE)
            if sound:
                return sound
            problem = "it is silent"
        self._complain(f"The recording {file} cannot be used: {problem}.")
        return None
