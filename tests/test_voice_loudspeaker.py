"""The loudspeaker of a board: what it plays, how loud, and that nothing that fails stops it."""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import threading
import time
from array import array
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assets import sounds
from assets.voice.engine import Engine
from assets.voice.player import NoSoundError
from assets.voice.speech import Speech
from display.announcements import Call, Over
from display.loudspeaker import GAP, Loudspeaker, Sound, volume_at
from hall.settings import DisplaySettings, VolumeSettings
from hall.tickets import TicketId
from tests.halls import MONDAY

PATIENCE = 20.0
CHIME = len(sounds.chime())


class Ear:
    """A player that keeps what it was given; without a device while `broken`."""

    def __init__(self) -> None:
        self.heard: queue.Queue[tuple[array[int], float, str]] = queue.Queue()
        self.tried = threading.Semaphore(0)
        self.broken = False
        self.hold: threading.Semaphore | None = None

    def play(self, sound: array[int], volume: float, name: str, stopped: threading.Event) -> None:
        self.tried.release()
        if self.broken:
            raise NoSoundError("no device")
        self.heard.put((sound, volume, name))
        while self.hold and not stopped.is_set() and not self.hold.acquire(timeout=0.01):
            pass

    def next(self) -> tuple[array[int], float, str]:
        return self.heard.get(timeout=PATIENCE)


class Room:
    """A loudspeaker, who hears it, and what it said of itself."""

    def __init__(self, folder: Path, engine: Engine | None = None, **settings: Any) -> None:
        self.log = folder / "log"
        self.ear = Ear()
        self.engine = engine or Engine()
        self.sounds: queue.Queue[Sound] = queue.Queue()
        self.now = MONDAY
        self.loudspeaker = Loudspeaker(
            DisplaySettings(voice_log=self.log, **settings),
            self.sounds.put,
            speech=Speech(engine=self.engine),
            device=self.ear,
            clock=lambda: self.now.astimezone(UTC),
        )
        self.sequence = 0

    def call(self, *languages: str) -> None:
        self.sequence += 1
        ticket = TicketId(100 + self.sequence)
        zone = {"id": "Zona A", "en": "Zone A"}
        call = Call(self.sequence, ticket, "A015", "3", zone, languages or ("id",), self.now)
        self.loudspeaker.hear([call])

    def became(self) -> Sound:
        return self.sounds.get(timeout=PATIENCE)

    def logged(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()] if self.log.exists() else []

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something is so."""
        late = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < late, "it never came"
            time.sleep(0.001)

    def stop(self) -> None:
        self.loudspeaker.stop(PATIENCE)


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Callable[..., Room]]:
    opened: list[Room] = []

    def room(**settings: Any) -> Room:
        opened.append(Room(tmp_path, **settings))
        opened[-1].loudspeaker.start()
        return opened[-1]

    yield room
    for one in opened:
        one.stop()


def is_chime(sound: array[int]) -> bool:
    return sound[:CHIME] == sounds.chime()


def test_a_call_is_the_chime_and_then_the_words_in_each_language(rooms: Callable[..., Room]) -> None:
    room = rooms(volume=0.8)
    room.call("en", "id")
    sound, volume, name = room.ear.next()
    assert is_chime(sound)
    assert len(sound) > CHIME + 2 * sounds.RATE
    assert not any(sound[CHIME : CHIME + round(GAP * sounds.RATE)])
    assert (volume, name) == (0.8, "000001-1-en")
    second, _, name = room.ear.next()
    assert not is_chime(second)
    assert name == "000001-2-id"


def test_a_recall_sounds_as_long_as_the_call(rooms: Callable[..., Room]) -> None:
    room = rooms()
    room.call("en")
    first, _, _ = room.ear.next()
    room.call("en")
    second, _, _ = room.ear.next()
    assert abs(len(first) - len(second)) < sounds.RATE / 20


def test_the_zone_is_said_when_the_settings_want_it(rooms: Callable[..., Room]) -> None:
    plain, zoned = rooms(), rooms(voice_zone=True)
    plain.call()
    zoned.call()
    assert len(zoned.ear.next()[0]) > len(plain.ear.next()[0]) + sounds.RATE / 2


def test_without_a_voice_there_is_the_chime_alone_and_no_engine(rooms: Callable[..., Room]) -> None:
    room = rooms(voice=False)
    room.call()
    assert room.ear.next()[0] == sounds.chime()
    assert room.engine.pid is None
    assert room.loudspeaker.sound is Sound.WORKS


def test_a_call_never_waits_for_sound_and_what_comes_meanwhile_is_said_after_it(rooms: Callable[..., Room]) -> None:
    room = rooms()
    room.ear.hold = threading.Semaphore(0)
    room.call()
    assert room.ear.next()[2] == "000001-1-id"
    room.call()
    room.call()
    assert room.ear.heard.empty()
    room.ear.hold.release(3)
    assert [room.ear.next()[2] for _ in range(2)] == ["000002-1-id", "000003-1-id"]


def test_a_killed_engine_is_not_noticed_in_the_hall(rooms: Callable[..., Room]) -> None:
    room = rooms()
    room.call()
    first, _, _ = room.ear.next()
    assert room.engine.pid is not None
    os.kill(room.engine.pid, signal.SIGKILL)
    room.call()
    second, _, _ = room.ear.next()
    assert abs(len(first) - len(second)) < sounds.RATE / 20
    assert room.loudspeaker.sound is Sound.WORKS


def test_an_engine_that_cannot_speak_leaves_the_chime_and_is_said_once(
    rooms: Callable[..., Room], capsys: pytest.CaptureFixture[str]
) -> None:
    room = rooms(engine=Engine((sys.executable, "-c", "")))
    for _ in range(3):
        room.call("en", "id")
        assert room.ear.next()[0] == sounds.chime()
    room.stop()
    assert room.became() is Sound.NO_VOICE
    assert room.sounds.empty()
    assert capsys.readouterr().err.count("The call-board chimes, but cannot speak: ") == 1


def test_with_no_device_it_says_so_once_and_goes_on(
    rooms: Callable[..., Room], capsys: pytest.CaptureFixture[str]
) -> None:
    room = rooms()
    room.ear.broken = True
    room.call()
    assert room.became() is Sound.NO_DEVICE
    assert room.ear.tried.acquire(timeout=PATIENCE)
    for _ in range(20):
        room.call()
    room.stop()
    assert not room.ear.tried.acquire(blocking=False), "not looked for again at each call"
    assert capsys.readouterr().err == "The call-board goes on without sound: no device.\n"
    assert {decision["why"] for decision in room.logged()} <= {"no sound", "stopped"}


def test_a_device_that_comes_back_is_found(rooms: Callable[..., Room], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("display.loudspeaker.PAUSE", 0.0)
    room = rooms()
    room.ear.broken = True
    room.call()
    assert room.became() is Sound.NO_DEVICE
    room.ear.broken = False
    room.call()
    assert is_chime(room.ear.next()[0])
    assert room.became() is Sound.WORKS


def test_in_a_quiet_time_nothing_is_played(rooms: Callable[..., Room]) -> None:
    room = rooms(volumes=(VolumeSettings("09:00", "10:00", 0.0),))
    room.call()
    room.until(lambda: [decision["why"] for decision in room.logged()] == ["quiet"])
    room.now += timedelta(hours=1)
    room.call()
    assert room.ear.next()[2] == "000002-1-id"


NIGHT = (VolumeSettings("22:00", "07:00", 0.0), VolumeSettings("12:00", "13:00", 0.3))


@pytest.mark.parametrize(
    ("time", "volume"),
    [("09:00", 0.8), ("12:00", 0.3), ("12:59", 0.3), ("13:00", 0.8), ("22:00", 0), ("03:00", 0), ("07:00", 0.8)],
)
def test_the_volume_follows_the_time_of_day(time: str, volume: float) -> None:
    moment = datetime.fromisoformat(f"2026-11-23 {time}:30")
    assert volume_at(DisplaySettings(volume=0.8, volumes=NIGHT), moment) == volume


def test_the_log_tells_what_became_of_each_call(rooms: Callable[..., Room]) -> None:
    room = rooms(voice_times=2)
    room.ear.hold = threading.Semaphore(0)
    room.call("en", "id")
    room.ear.next()
    room.call()
    room.loudspeaker.hear([Over(TicketId(102))])
    room.ear.hold.release(9)
    for _ in range(3):
        room.ear.next()
    room.stop()
    over, said = room.logged()
    assert (over["sequence"], over["why"], over["said"], over["began"]) == (2, "over", [], None)
    assert (said["sequence"], said["number"], said["counter"], said["why"]) == (1, "A015", "3", "complete")
    assert said["said"] == ["en full", "id full", "en full", "id full"]
    assert said["called"] == said["began"] == said["decided"] == MONDAY.isoformat()


def test_a_log_that_cannot_be_written_is_said_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    room = Room(tmp_path / "nowhere")
    room.loudspeaker.start()
    for _ in range(3):
        room.call()
        room.ear.next()
    room.stop()
    assert capsys.readouterr().err == f"The log {tmp_path}/nowhere/log cannot be written: No such file or directory.\n"


def test_it_falls_silent_when_the_board_ends(rooms: Callable[..., Room]) -> None:
    room = rooms()
    room.ear.hold = threading.Semaphore(0)
    room.call()
    room.ear.next()
    room.stop()
    assert room.engine.pid is None


def test_a_board_that_ends_in_the_middle_of_a_word_says_so_in_its_log(rooms: Callable[..., Room]) -> None:
    room = rooms()
    room.ear.hold = threading.Semaphore(0)
    room.call("id", "en")
    room.call("id")
    room.ear.next()
    room.stop()
    cut, never = room.logged()
    assert (cut["sequence"], cut["said"], cut["why"]) == (1, [], "stopped")
    assert cut["began"]
    assert (never["sequence"], never["began"], never["why"]) == (2, None, "stopped")


def test_a_log_that_grew_long_begins_anew_and_the_old_one_is_kept(
    rooms: Callable[..., Room], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("display.loudspeaker.LONGEST", 300)
    room = rooms()
    for calls in range(1, 5):
        room.call("id")
        room.until(lambda: room.logged()[-1:] != [] and room.logged()[-1]["sequence"] == calls)  # noqa: B023
    kept = room.log.with_name("log.1")
    assert kept.exists()
    assert room.log.stat().st_size <= 300 + 400
    assert len(kept.read_text().splitlines()) + len(room.logged()) <= 4
