"""The chime, as numbers."""

import math
from array import array

import pytest

from assets import sounds


def loudness(samples: "array[int]") -> float:
    return math.sqrt(sum(sample * sample for sample in samples) / len(samples)) / 32767


def test_it_lasts_as_long_as_said() -> None:
    assert len(sounds.chime()) == round(sounds.SECONDS * sounds.RATE)


def test_it_does_not_clip_and_is_not_an_alarm() -> None:
    loudest = max(map(abs, sounds.chime()))
    assert loudest == pytest.approx(sounds.PEAK * 32767, abs=1)
    assert 0.05 < loudness(sounds.chime()) < 0.3


def test_it_begins_and_ends_without_a_click() -> None:
    chime = sounds.chime()
    assert chime[0] == 0
    assert max(map(abs, chime[-40:])) < 200


def test_it_dies_away_after_the_last_bell() -> None:
    chime = sounds.chime()
    last = round(sounds.BELLS[-1][0] * sounds.RATE)
    tenth = sounds.RATE // 10
    levels = [loudness(chime[start : start + tenth]) for start in range(last + tenth, len(chime) - tenth, tenth)]
    assert levels == sorted(levels, reverse=True)


def test_it_has_no_constant_part() -> None:
    chime = sounds.chime()
    assert abs(sum(chime) / len(chime)) < 32767 * 0.001
