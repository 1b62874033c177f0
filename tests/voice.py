"""What the tests of the voice share: one engine for all, and ears that know nothing of how speech is made here."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable

LANGUAGES = ("id", "az", "en", "ru")

LETTERS = {
    "id": "a be tʃe de e ɛf ɡe ha i dʒe ka ɛl ɛm ɛn o pe ki ɛr ɛs te u fe we ɛks je zɛt",
    "az": "a be dʒe de e fe ɟe he ɯ ʒe ka el em en o pe ɡe er se te u ve dubɛlvɛ xe je ze",
    "en": "eɪ biː siː diː iː ɛf dʒiː eɪtʃ aɪ dʒeɪ keɪ ɛl ɛm ɛn əʊ piː kjuː ɑː ɛs tiː juː viː dʌbəljuː ɛks waɪ zɛd",
    "ru": "ɑ bɛ tsɛ dɛ je ɛf ʒɛ ɑʃ i jot kɑ ɛɭ ɛm ɛn o pɛ ku ɛr ɛs tɛ u vɛ dubɭvɛ ɪks ɪɡrʲik zɛt",
}
"""The names of A to Z as a native speaker says them, in IPA; of the Russian л and ы in the engine's signs, ɭ and y."""
DIGITS = {
    "id": ("nol", "satu", "dua", "tiɡa", "əmpat", "lima", "ənam", "tudʒuh", "dəlapan", "səmbilan"),
    "az": ("sɯfɯr", "bir", "ici", "ytʃ", "dœrd", "beʃ", "aɫtɯ", "jeddi", "sæçciz", "doɡɡuz"),
    "en": ("ziəɹəʊ", "wʌn", "tuː", "θɹiː", "fɔː", "faɪv", "sɪks", "sɛvən", "eɪt", "naɪn"),
    "ru": ("noɭʲ noɭ", "ʌdʲin", "dvɑ", "trʲɪ", "tʃʲityrʲi", "pʲɑtʲ", "ʃɛstʲ", "sʲemʲ", "vosʲimʲ", "dʲevʲʌtʲ"),
}
"""Zero to nine the same way; where two are given, the next word decides."""


def sounds_of(phonemes: Iterable[str]) -> list[str]:
    """The words that were spoken, without their stresses."""
    return " ".join(phonemes).replace("ˈ", "").replace("ˌ", "").split()


def is_letter(sound: str, letter: str, language: str) -> bool:
    return sound == LETTERS[language].split()[ord(letter) - ord("A")]


def is_digit(sound: str, digit: str, language: str) -> bool:
    return sound in DIGITS[language][int(digit)].split()


def power_db(samples: array[int]) -> float:
    """Mean power of what is louder than a hundredth of the loudest, in dB below full scale."""
    loudest = max(map(abs, samples))
    heard = [sample for sample in samples if abs(sample) > loudest / 100]
    return 10 * math.log10(sum(sample * sample for sample in heard) / len(heard) / 32768**2)


def lufs(samples: array[int], rate: int) -> float:
    """Loudness as ITU-R BS.1770 has it: K-weighted, gated at -70 LUFS and 10 LU under the mean, blocks of 400 ms."""
    weighted = _biquad(_biquad([sample / 32768 for sample in samples], *_shelf(rate)), *_high_pass(rate))
    length, step = round(0.4 * rate), round(0.1 * rate)
    blocks = [weighted[start : start + length] for start in range(0, max(1, len(weighted) - length), step)]
    powers = [sum(one * one for one in block) / len(block) for block in blocks]
    powers = [power for power in powers if -0.691 + 10 * math.log10(power + 1e-12) > -70]
    gate = sum(powers) / len(powers) / 10
    loud = [power for power in powers if power > gate]
    return -0.691 + 10 * math.log10(sum(loud) / len(loud))


def _shelf(rate: int) -> tuple[list[float], list[float]]:
    """The head's own boost of 4 dB above 1.7 kHz."""
    gain, quality, pitch = 3.999843853973347, 0.7071752369554196, 1681.974450955533
    k = math.tan(math.pi * pitch / rate)
    high = 10 ** (gain / 20)
    band = high**0.4996667741545416
    first = 1 + k / quality + k * k
    return (
        [
            (high + band * k / quality + k * k) / first,
            2 * (k * k - high) / first,
            (high - band * k / quality + k * k) / first,
        ],
        [2 * (k * k - 1) / first, (1 - k / quality + k * k) / first],
    )


def _high_pass(rate: int) -> tuple[list[float], list[float]]:
    """Deafness below 38 Hz."""
    k = math.tan(math.pi * 38.13547087602444 / rate)
    quality = 0.5003270373238773
    first = 1 + k / quality + k * k
    return [1.0, -2.0, 1.0], [2 * (k * k - 1) / first, (1 - k / quality + k * k) / first]


def _biquad(samples: list[float], feed: list[float], back: list[float]) -> list[float]:
    (b0, b1, b2), (a1, a2) = feed, back
    x1 = x2 = y1 = y2 = 0.0
    out = []
    for x in samples:
        y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
        x2, x1, y2, y1 = x1, x, y1, y
        out.append(y)
    return out
