"""A board with a voice, as processes: calls become sound, whatever is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from assets import sounds
from benchmarks.measure import midday
from hall import Hall
from tests.halls import SMALL, described
from tests.test_display_process import environment

Found = TypeVar("Found")
PATIENCE = 20.0
LEAST = sounds.SECONDS + 1.5
"""Seconds: a chime and some words."""


class Board:
    """A running `python -m display` that can be heard."""

    def __init__(self, folder: Path, device: str) -> None:
        self.complaints = folder / "stderr"
        more = {"ANTREAN_DISPLAY_SOUND": "true", "ANTREAN_DISPLAY_SOUND_DEVICE": device}
        with self.complaints.open("w") as stderr:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "display"],
                env=environment(folder / "queue.db") | more,
                cwd=folder,
                stdout=subprocess.DEVNULL,
                stderr=stderr,
            )

    def engine(self) -> int:
        """The process that speaks, once there is one."""
        children = Path(f"/proc/{self.process.pid}/task")
        return until(
            lambda: next(
                (
                    int(child)
                    for task in children.iterdir()
                    for child in (task / "children").read_text().split()
                    if b"assets.voice" in Path(f"/proc/{child}/cmdline").read_bytes()
                ),
                0,
            )
        )

    def end(self, number: int) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


def until(condition: Callable[[], Found]) -> Found:
    """Wait until something is so."""
    late = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < late, "it never came"
        time.sleep(0.01)
    return found


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    with Hall.open(tmp_path / "queue.db", always_open=True) as hall:
        hall.load_catalogue(described(tmp_path / "hall.toml", midday(SMALL)))
        yield hall


@pytest.fixture
def board(hall: Hall, tmp_path: Path) -> Iterator[Callable[[str], Board]]:
    started: list[Board] = []

    def start(device: str) -> Board:
        started.append(Board(tmp_path, device))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.end(signal.SIGKILL)


def call(hall: Hall, counter: str, language: str = "id") -> int:
    """Call a new ticket; the sequence of the call."""
    hall.issue("civil.card", language=language, printer=None)
    called = hall.call_next(counter)
    assert called is not None
    return called.called_sequence or 0


def heard(file: Path) -> float:
    """Seconds of a sound, once it is there as a whole."""

    def whole() -> float:
        try:
            with wave.open(str(file)) as read:
                return float(read.getnframes() / read.getframerate())
        except (OSError, EOFError, wave.Error):
            return 0.0

    return until(whole)


def test_a_call_is_heard_in_the_visitors_language_and_the_halls(
    hall: Hall, tmp_path: Path, board: Callable[[str], Board]
) -> None:
    running = board("file:heard")
    sequence = call(hall, "1", "en")
    assert heard(tmp_path / "heard" / f"{sequence:06d}-1-en.wav") > LEAST
    assert heard(tmp_path / "heard" / f"{sequence:06d}-2-id.wav") > LEAST - sounds.SECONDS
    assert running.end(signal.SIGTERM) == 0
    assert running.complaints.read_text() == ""


def test_a_killed_engine_is_started_again_for_the_next_call(
    hall: Hall, tmp_path: Path, board: Callable[[str], Board]
) -> None:
    running = board("file:heard")
    before = running.engine()
    os.kill(before, signal.SIGKILL)
    sequence = call(hall, "1")
    assert heard(tmp_path / "heard" / f"{sequence:06d}-1-id.wav") > LEAST
    assert running.engine() != before


def test_a_killed_board_leaves_no_engine_and_a_new_one_says_the_newest_calls(
    hall: Hall, tmp_path: Path, board: Callable[[str], Board]
) -> None:
    running = board("file:heard")
    engine = running.engine()
    running.end(signal.SIGKILL)
    until(lambda: not Path(f"/proc/{engine}").exists() or "Z" in Path(f"/proc/{engine}/stat").read_text())
    sequence = call(hall, "1")
    board("file:heard")
    assert heard(tmp_path / "heard" / f"{sequence:06d}-1-id.wav") > LEAST


def test_a_board_without_its_device_says_so_in_one_line_and_works_on(
    hall: Hall, tmp_path: Path, board: Callable[[str], Board]
) -> None:
    running = board("Loudspeakers of the main hall")
    for counter in ("1", "2"):
        call(hall, counter)
    until(lambda: running.complaints.read_text().endswith("\n"))
    assert running.process.poll() is None
    assert running.end(signal.SIGTERM) == 0
    [line] = running.complaints.read_text().splitlines()
    assert line.startswith("The call-board goes on without sound: ")
