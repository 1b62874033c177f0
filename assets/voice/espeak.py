"""espeak-ng through ctypes. It is GPL-3 and written in C: only `python -m assets.voice` may load it."""

from __future__ import annotations

import ctypes
from array import array

import espeakng_loader

RATES = {"id": 135, "az": 140, "en": 140, "ru": 115}
"""Words a minute as the engine counts them, by voice: each about four syllables a second, calm enough for a hall."""
USUAL_RATE = 140

_SYNCHRONOUS, _DONT_EXIT = 2, 0x8000
_RATE = 1
_UTF8, _PHONEMES = 1, 0x100
_IPA = 2
_AT_A_CHARACTER = 1
_Samples = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_int16), ctypes.c_int, ctypes.c_void_p)
_Text = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p)


class Espeak:
    """The library, made ready once a process. OSError: it or its data cannot be loaded."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        self.rate: int = self._library.espeak_Initialize(
            _SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), _DONT_EXIT
        )
        """Samples a second."""
        if self.rate <= 0:
            raise OSError("espeak-ng does not find its data")
        self._spoken = array("h")
        self._phonemes: list[str] = []
        self._callbacks = _Samples(self._more), _Text(self._told)  # kept as long as the library holds their addresses
        self._library.espeak_SetSynthCallback(self._callbacks[0])
        self._library.espeak_SetPhonemeCallback(self._callbacks[1])
        self._tell_phonemes()

    def say(self, language: str, text: str) -> tuple[array[int], list[str]]:
        """Samples (mono, signed 16 bit), and the phonemes of each clause as IPA. OSError: it cannot."""
        if self._library.espeak_SetVoiceByName(language.encode()) != 0:
            raise OSError(f"espeak-ng has no voice for “{language}”")
        self._library.espeak_SetParameter(_RATE, RATES.get(language, USUAL_RATE), 0)
        self._spoken, self._phonemes = array("h"), []
        encoded = text.encode() + b"\0"
        flags = _UTF8 | _PHONEMES
        if self._library.espeak_Synth(encoded, len(encoded), 0, _AT_A_CHARACTER, 0, flags, None, None) != 0:
            raise OSError("espeak-ng cannot speak")
        return self._spoken, self._phonemes

    def _tell_phonemes(self) -> None:
        """The callback gets them only while a trace is on; the trace itself goes nowhere."""
        system = ctypes.CDLL(None)
        system.fopen.restype = ctypes.c_void_p
        nowhere = ctypes.c_void_p(system.fopen(b"/dev/null", b"w"))
        self._library.espeak_SetPhonemeTrace(_IPA, nowhere)

    def _more(self, samples: ctypes._Pointer[ctypes.c_int16] | None, count: int, _events: object) -> int:
        if samples and count > 0:
            self._spoken.frombytes(ctypes.string_at(samples, 2 * count))
        return 0

    def _told(self, phonemes: bytes) -> int:
        self._phonemes.append(phonemes.decode())
        return 0
