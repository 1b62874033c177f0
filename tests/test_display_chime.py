"""The chime: how it sounds as numbers, and that it is never in the way."""

import math
import threading
from array import array

import pytest

from assets import sounds
from display.chime import Chime, NoSoundError


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


def test_it_is_played_once_for_each_time_it_is_asked() -> None:
    played: list[int] = []
    heard = threading.Semaphore(0)

    def play(sound: "array[int]") -> None:
        played.append(len(sound))
        heard.release()

    chime = Chime(play)
    for _ in range(3):
        chime.ring()
        assert heard.acquire(timeout=5)
    assert played == [len(sounds.chime())] * 3


def test_what_is_asked_for_while_it_plays_becomes_one_ring_after_it() -> None:
    started, go_on = threading.Semaphore(0), threading.Semaphore(0)

    def play(sound: "array[int]") -> None:
        started.release()
        assert go_on.acquire(timeout=5)

    chime = Chime(play)
    chime.ring()
    assert started.acquire(timeout=5)
    for _ in range(10):
        chime.ring()
    go_on.release()
    assert started.acquire(timeout=5)
    go_on.release()
    assert not started.acquire(timeout=0.05)


def test_with_no_device_it_says_so_once_and_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    tried = threading.Semaphore(0)

    def play(sound: "array[int]") -> None:
        tried.release()
        raise NoSoundError("no device")

    chime = Chime(play)
    chime.ring()
    assert tried.acquire(timeout=5)
    for _ in range(20):
        chime.ring()
    assert not tried.acquire(timeout=0.05), "not looked for again at each call"
    assert capsys.readouterr().err == "The call-board goes on without sound: no device.\n"
