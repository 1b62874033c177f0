"""Sounds made by us, as samples in memory: no file, no licence. Playing them is the rooms' matter."""

from __future__ import annotations

import cmath
import functools
import math
from array import array

RATE = 44_100
"""Samples a second, mono, signed 16 bit."""
SECONDS = 1.2
PEAK = 0.5
"""The loudest sample over full scale: a call to attention, not an alarm."""

BELLS = ((0.0, 783.99, 1.0), (0.22, 659.26, 0.9), (0.44, 523.25, 1.0))
"""Start in seconds, pitch in Hz, strength: G5, E5, C5 falling, the friendly way to be called."""
PARTIALS = ((1.0, 1.0, 0.42), (2.0, 0.32, 0.22), (3.01, 0.12, 0.12), (4.2, 0.05, 0.07))
"""Of a soft bell: pitch over the strike tone, strength, seconds to fall to 1/e."""
RELEASE = 0.08


@functools.cache
def chime() -> array[int]:
    """The three bells before a call, SECONDS long, ending in silence."""
    length = round(SECONDS * RATE)
    mixed = [0.0] * length
    for start, pitch, strength in BELLS:
        first = round(start * RATE)
        for ratio, part, decay in PARTIALS:
            # A decaying tone is a point turning inwards: one multiplication a sample.
            turn = cmath.exp(complex(-1 / decay, 2 * math.pi * pitch * ratio) / RATE)
            point = complex(strength * part, 0.0)  # begins at zero, so it needs no attack
            for index in range(first, length):
                mixed[index] += point.imag
                point *= turn
    fade = round(RELEASE * RATE)
    for back in range(fade):
        mixed[length - 1 - back] *= back / fade
    loudest = max(map(abs, mixed))
    return array("h", (round(32767 * PEAK * sample / loudest) for sample in mixed))
