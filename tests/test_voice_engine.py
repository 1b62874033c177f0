"""The engine's process: what it really says, how loud, and that its death is survived."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from assets.voice.engine import Engine, Spoken, VoiceError
from assets.voice.loudness import CEILING
from assets.voice.phrases import announcement
from assets.voice.pronounce import pronounced
from tests.voice import LANGUAGES, is_digit, is_letter, lufs, power_db, sounds_of

CHANCE = random.Random(40)
SERIES = [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", *"ABDEFHJKLMNPRS"]
NUMBERS = [f"{series}{CHANCE.randrange(1, 1000):03d}" for series in SERIES]
"""Forty numbers: every letter there is, and every digit."""
BEFORE = {"id": 2, "az": 0, "en": 1, "ru": 1}
"""Words before the number."""
COUNTER = {"id": -1, "az": -4, "en": -1, "ru": -1}
"""Where the counter's digit stands among the words."""


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    engine = Engine()
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def calls(engine: Engine) -> dict[tuple[str, str, str], Spoken]:
    """(language, number, counter) -> the whole call, spoken."""
    assert len(NUMBERS) == 40
    assert {digit for number in NUMBERS for digit in number[1:]} == set("0123456789")
    spoken = {}
    for language in LANGUAGES:
        for place, number in enumerate(NUMBERS):
            counter = str(place % 9 + 1)
            text = pronounced(announcement(number, counter, language), language)
            spoken[language, number, counter] = engine.say(language, text)
    return spoken


def test_letters_and_digits_of_forty_numbers_are_the_intended_ones(calls: dict[tuple[str, str, str], Spoken]) -> None:
    for (language, number, counter), spoken in calls.items():
        heard = sounds_of(spoken.phonemes)
        letter, *digits = heard[BEFORE[language] :][: len(number)]
        assert is_letter(letter, number[0], language), (language, number, heard)
        for sound, digit in zip(digits, number[1:], strict=True):
            assert is_digit(sound, digit, language), (language, number, heard)
        assert is_digit(heard[COUNTER[language]], counter, language), (language, counter, heard)


def test_the_number_is_a_clause_of_its_own_so_that_it_can_be_followed(
    calls: dict[tuple[str, str, str], Spoken],
) -> None:
    for (language, number, _), spoken in calls.items():
        assert len(spoken.phonemes) == 3, (language, number, spoken.phonemes)


def test_all_of_them_are_equally_loud_within_3_db(calls: dict[tuple[str, str, str], Spoken]) -> None:
    powers = [power_db(spoken.samples) for spoken in calls.values()]
    assert max(powers) - min(powers) < 3
    weighted = [lufs(spoken.samples, spoken.rate) for place, spoken in enumerate(calls.values()) if place % 10 == 0]
    assert len(weighted) == 4 * len(LANGUAGES)
    assert max(weighted) - min(weighted) < 3


def test_none_of_them_clips_and_there_is_no_silence_around_them(calls: dict[tuple[str, str, str], Spoken]) -> None:
    for spoken in calls.values():
        assert max(map(abs, spoken.samples)) <= 32768 * CEILING
        assert max(map(abs, spoken.samples[: spoken.rate // 50])) > 30
        assert max(map(abs, spoken.samples[-spoken.rate // 50 :])) > 30


def test_single_words_are_as_loud_as_sentences(engine: Engine) -> None:
    powers = [power_db(engine.say("id", word).samples) for word in ("A.", "tiga", "Nomor antrean A, nol satu lima.")]
    assert max(powers) - min(powers) < 3


def test_a_killed_engine_speaks_again_at_the_next_word(engine: Engine) -> None:
    before = engine.say("id", "satu")
    killed = engine.pid
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    after = engine.say("id", "satu")
    assert (after.rate, after.phonemes) == (before.rate, before.phonemes)
    assert abs(power_db(after.samples) - power_db(before.samples)) < 1
    assert engine.pid not in (None, killed)


def test_an_engine_killed_in_the_middle_of_a_word_says_it_after_all(engine: Engine) -> None:
    text = " ".join(["satu dua tiga"] * 100)
    spoken: list[Spoken] = []
    engine.start()
    killed = engine.pid
    assert killed is not None
    asking = threading.Thread(target=lambda: spoken.append(engine.say("id", text)))
    asking.start()
    while asking.is_alive() and not _busy(killed):
        time.sleep(0)
    os.kill(killed, signal.SIGKILL)
    asking.join()
    assert len(sounds_of(spoken[0].phonemes)) == 300
    assert engine.pid != killed


def _busy(pid: int) -> bool:
    """Whether a process is running rather than waiting."""
    with open(f"/proc/{pid}/stat") as stat:  # noqa: PTH123
        return stat.read().rpartition(")")[2].split()[0] == "R"


def test_an_engine_that_always_dies_is_a_voice_error() -> None:
    engine = Engine((sys.executable, "-c", ""))
    with pytest.raises(VoiceError, match="speech engine failed"):
        engine.say("id", "satu")
    assert engine.pid is None


def test_an_engine_that_cannot_be_started_is_a_voice_error() -> None:
    engine = Engine(("/nowhere/engine",))
    engine.start()
    with pytest.raises(VoiceError, match="No such file"):
        engine.say("id", "satu")


def test_an_engine_that_hangs_is_given_up() -> None:
    engine = Engine((sys.executable, "-c", "import sys; sys.stdin.readline(); sys.stdin.readline()"), patience=0.1)
    with pytest.raises(VoiceError, match="does not answer"):
        engine.say("id", "satu")
    engine.close()


def test_a_language_without_a_voice_is_a_voice_error_and_the_engine_goes_on(engine: Engine) -> None:
    with pytest.raises(VoiceError, match="qq"):
        engine.say("qq", "satu")
    assert engine.say("id", "satu").samples


def test_it_ends_with_the_room_that_asked_it() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "assets.voice"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
    )
    with process:
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(timeout=20) == 0


def test_nothing_to_say_is_no_sound(engine: Engine) -> None:
    assert len(engine.say("id", " , . ").samples) == 0
