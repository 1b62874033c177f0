"""How loud a sound is, and how to make it as loud as every other: pure arithmetic on samples (mono, signed 16 bit).

Gated mean power as in ITU-R BS.1770, on shorter blocks and without its filter: pauses do not count, so a word and a
sentence, a synthetic and a recorded voice come out alike.
"""

from __future__ import annotations

import math
from array import array
from operator import mul

TARGET = -19.0
"""What everything spoken is brought to, in dB below full scale."""
KNEE, CEILING = 0.6, 0.9
"""Of full scale: peaks above the knee are bent towards the ceiling, which none reaches."""
SILENCE = -50.0
"""What is no louder, in dB, counts as nothing."""
GATE = 10.0
"""A block so many dB below the mean is a pause."""
BLOCK, EDGE = 0.05, 0.005
"""Seconds: of a block whose power is taken, and of the steps in which silence is cut off."""
_FULL = 32768.0


def loudness(samples: array[int], rate: int) -> float:
    """In dB below full scale, of what is not a pause; minus infinity for silence. `rate` in samples a second."""
    length = round(rate * BLOCK)
    blocks = [samples[start : start + length] for start in range(0, len(samples), length)]
    powers = [sum(map(mul, block, block)) / len(block) for block in blocks]
    powers = [power for power in powers if power > (_FULL * 10 ** (SILENCE / 20)) ** 2]
    if not powers:
        return -math.inf
    gate = sum(powers) / len(powers) / 10 ** (GATE / 10)
    loud = [power for power in powers if power > gate]
    return 10 * math.log10(sum(loud) / len(loud) / _FULL**2)


def levelled(samples: array[int], rate: int) -> array[int]:
    """The same sound without the silence around it and at TARGET; silence becomes nothing."""
    sound = _trimmed(samples, rate)
    if not sound:
        return sound
    gain = 10 ** ((TARGET - loudness(sound, rate)) / 20)
    knee = KNEE * _FULL / gain
    return array("h", [int(one * gain) if -knee < one < knee else _bent(one * gain) for one in sound])


def _trimmed(samples: array[int], rate: int) -> array[int]:
    step, least = round(rate * EDGE), _FULL * 10 ** (SILENCE / 20)
    loud = [start for start in range(0, len(samples), step) if max(map(abs, samples[start : start + step])) > least]
    return samples[loud[0] : loud[-1] + step] if loud else array("h")


def _bent(sample: float) -> int:
    knee, room = KNEE * _FULL, (CEILING - KNEE) * _FULL
    return int(math.copysign(knee + room * math.tanh((abs(sample) - knee) / room), sample))
