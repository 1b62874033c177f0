"""The kiosk as a process: how it starts, ends and fails."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hall import Hall
from tests.halls import described
from tests.pictures import logo, saved


def environment(folder: Path, queue: str = "queue.db") -> dict[str, str]:
    return {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "ANTREAN_HALL": str(folder / queue),
        "ANTREAN_ALWAYS_OPEN": "true",
    }


@contextmanager
def kiosk(folder: Path, queue: str = "queue.db", *arguments: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "kiosk", *arguments],
        env=environment(folder, queue),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_it_says_nothing_but_what_is_asked_and_ends_cleanly(tmp_path: Path, asked: signal.Signals) -> None:
    with Hall.open(tmp_path / "queue.db") as hall:
        hall.load_catalogue(described(tmp_path / "hall.toml"))
        hall.logo.change(saved(logo()))
    with kiosk(tmp_path, "queue.db", "--announce") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "first frame\n"
        process.send_signal(asked)
        said, complained = process.communicate(timeout=20)
        assert (process.returncode, said, complained) == (0, "", "")


def test_a_hall_that_is_none_is_one_sentence_and_status_3(tmp_path: Path) -> None:
    (tmp_path / "no.db").write_bytes(b"nothing like a queue " * 100)
    with kiosk(tmp_path, "no.db") as process:
        said, complained = process.communicate(timeout=20)
        assert process.returncode == 3
        assert said == ""
        assert complained == f"{tmp_path / 'no.db'} is not a queue of Antrean.\n"


def test_a_picture_comes_out_the_same_every_time(tmp_path: Path) -> None:
    files = [tmp_path / "a.png", tmp_path / "b.png"]
    for file in files:
        command = [sys.executable, "-m", "kiosk", "--picture", "ticket", "--language", "ru", "--size", "600x900"]
        subprocess.run([*command, str(file)], check=True, timeout=30)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_an_unknown_page_is_misuse(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kiosk", "--picture", "nowhere", str(tmp_path / "a.png")]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=30)
    assert done.returncode == 2
    assert "there is no page nowhere" in done.stderr
