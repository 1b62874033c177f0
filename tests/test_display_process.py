"""The board as a process of its own: calls from elsewhere, kill -9, signals, faults, pictures."""

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from assets import ROOT
from benchmarks.measure import demo
from display.__main__ import main
from hall import Hall

PATIENCE = 20.0
SIZE = (960, 540)


class Board:
    """A running `python -m display --announce`."""

    def __init__(self, path: Path, *asked: str, **more: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "display", "--announce", *asked],
            env=environment(path) | more,
            cwd=path.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.strip())

    def says(self) -> str:
        return self._lines.get(timeout=PATIENCE)

    def wait_for(self, *lines: str) -> None:
        wanted = set(lines)
        while wanted:
            wanted.discard(self.says())

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        status = self.process.wait(PATIENCE)
        self._listener.join(PATIENCE)
        for stream in (self.process.stdout, self.process.stderr):
            if stream:
                stream.close()
        return status


def environment(path: Path) -> dict[str, str]:
    own = {
        "QT_QPA_PLATFORM": "offscreen",
        "ANTREAN_HALL": str(path),
        "ANTREAN_ALWAYS_OPEN": "true",
        "ANTREAN_DISPLAY_WIDTH": str(SIZE[0]),
        "ANTREAN_DISPLAY_HEIGHT": str(SIZE[1]),
        "ANTREAN_DISPLAY_SOUND": "false",
        "PYTHONPATH": str(ROOT.parent),
    }
    return {name: value for name, value in os.environ.items() if not name.startswith("ANTREAN_")} | own


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    with Hall.open(tmp_path / "queue.db", always_open=True) as hall:
        hall.load_catalogue(demo(tmp_path))
        yield hall


@pytest.fixture
def boards() -> Iterator[list[Board]]:
    started: list[Board] = []
    yield started
    for board in started:
        if board.process.poll() is None:
            board.end(signal.SIGKILL)


def call(hall: Hall, place: int = 0) -> str:
    """Call a new ticket at one of the counters; the line a board says when it has painted it."""
    desk = list(hall.catalogue.counters.values())[place]
    ticket = hall.issue(desk.offers[0], printer=None)
    called = hall.call_next(desk.code)
    assert called is not None
    assert called.id == ticket.id
    return f"shown {called.called_sequence}"


def test_a_call_in_another_process_is_painted(hall: Hall, tmp_path: Path, boards: list[Board]) -> None:
    boards.append(Board(tmp_path / "queue.db"))
    assert boards[0].says() == "first frame"
    for place in range(3):
        assert call(hall, place) == boards[0].says()


def test_a_killed_board_comes_back_and_shows_what_it_missed(hall: Hall, tmp_path: Path, boards: list[Board]) -> None:
    long = {"ANTREAN_DISPLAY_HOLD_SECONDS": "60"}  # so that the calls are still in their time when it is there again
    boards.append(Board(tmp_path / "queue.db", **long))
    boards[0].wait_for("first frame")
    before = call(hall, 0)
    boards[0].wait_for(before)
    assert boards[0].end(signal.SIGKILL) == -signal.SIGKILL
    missed = [call(hall, place) for place in range(1, 4)]
    boards.append(Board(tmp_path / "queue.db", **long))
    boards[1].wait_for("first frame", before, *missed)


def test_on_a_tour_it_saves_what_it_shows(hall: Hall, tmp_path: Path, boards: list[Board]) -> None:
    boards.append(Board(tmp_path / "queue.db", "--tour", str(tmp_path / "tour")))
    boards[0].wait_for("first frame")
    boards[0].wait_for(call(hall), f"Tour: board – {tmp_path / 'tour' / 'board.png'}")
    with Image.open(tmp_path / "tour" / "board.png") as picture:
        assert picture.size == SIZE


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_with_status_0_and_no_word(
    number: int, hall: Hall, tmp_path: Path, boards: list[Board]
) -> None:
    boards.append(Board(tmp_path / "queue.db"))
    boards[0].wait_for("first frame")
    boards[0].process.send_signal(number)
    assert boards[0].process.wait(PATIENCE) == 0
    assert boards[0].process.stderr is not None
    assert boards[0].process.stderr.read() == ""
    boards[0].end()


def test_a_board_that_starts_before_its_queue_is_on_the_screen_and_comes_to_life(
    tmp_path: Path, boards: list[Board]
) -> None:
    boards.append(Board(tmp_path / "queue.db"))
    assert boards[0].says() == "first frame"
    with Hall.open(tmp_path / "queue.db", always_open=True) as hall:
        hall.load_catalogue(demo(tmp_path))
        boards[0].wait_for(call(hall))
    assert boards[0].end() == 0


def test_a_file_that_is_no_queue_ends_it_with_one_sentence_and_status_3(tmp_path: Path) -> None:
    (tmp_path / "queue.db").write_text("This is a shopping list, not a queue. " * 100)
    done = display(tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.count("\n") == 1
    assert "queue" in done.stderr


def test_a_zone_the_hall_does_not_have_is_refused(hall: Hall, tmp_path: Path) -> None:
    done = display(tmp_path, ANTREAN_DISPLAY_ZONES="a, nowhere")
    assert done.returncode == 1
    assert "nowhere" in done.stderr


def test_a_picture_shows_the_hall_as_it_is_now(hall: Hall, tmp_path: Path) -> None:
    empty, called = tmp_path / "empty.png", tmp_path / "called.png"
    assert display(tmp_path, "--picture", "now", "--size", "960x540", str(empty)).returncode == 0
    call(hall)
    assert display(tmp_path, "--picture", "now", "--size", "960x540", str(called)).returncode == 0
    assert empty.read_bytes() != called.read_bytes()


def test_a_picture_of_now_shows_what_the_settings_choose(hall: Hall, tmp_path: Path) -> None:
    hall.issue("dukcapil.kk", printer=None)
    files = {waiting: tmp_path / f"{waiting}.png" for waiting in ("false", "true")}
    for waiting, file in files.items():
        asked = ("--picture", "now", "--size", "960x540", str(file))
        assert display(tmp_path, *asked, ANTREAN_DISPLAY_WAITING=waiting).returncode == 0
    with Image.open(files["false"]) as bare, Image.open(files["true"]) as told:
        box = ImageChops.difference(bare.convert("RGB"), told.convert("RGB")).getbbox()
    assert box is not None
    assert box[3] > SIZE[1] / 2, "only the clock differs"


def test_a_picture_of_now_has_the_pictures_of_the_playlist(hall: Hall, tmp_path: Path) -> None:
    (tmp_path / "shown").mkdir()
    Image.new("RGB", (160, 90), "#ff00ff").save(tmp_path / "shown" / "one.png")
    file = tmp_path / "now.png"
    asked = ("--picture", "now", "--size", "960x540", str(file))
    assert display(tmp_path, *asked, ANTREAN_DISPLAY_PICTURES=str(tmp_path / "shown")).returncode == 0
    with Image.open(file) as picture:
        assert (255, 0, 255) in {colour for _, colour in picture.convert("RGB").getcolors(1 << 20) or ()}


def test_a_screen_too_small_for_its_distance_is_told_once(hall: Hall, tmp_path: Path, boards: list[Board]) -> None:
    boards.append(Board(tmp_path / "queue.db", ANTREAN_DISPLAY_WIDTH_MM="597"))
    boards[0].wait_for("first frame")
    boards[0].process.send_signal(signal.SIGTERM)
    assert boards[0].process.wait(PATIENCE) == 0
    assert boards[0].process.stderr is not None
    said = boards[0].process.stderr.read()
    assert (said.count("\n"), "10 m" in said, "4.5 m" in said) == (1, True, True)
    boards[0].end()


def test_a_sample_is_drawn_the_same_each_time_and_needs_no_hall(tmp_path: Path) -> None:
    files = [tmp_path / "one.png", tmp_path / "two.png"]
    for file in files:
        asked = ("--picture", "many", "--language", "az", "--size", "1080x1920", str(file))
        done = display(
            tmp_path, *asked, ANTREAN_DISPLAY_PALETTE="light", ANTREAN_DISPLAY_DISTANCE_M=str(len(file.name))
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert files[0].read_bytes() == files[1].read_bytes()
    assert not (tmp_path / "queue.db").exists()


def test_a_picture_that_cannot_be_written_is_a_fault(tmp_path: Path) -> None:
    done = display(tmp_path, "--picture", "one", str(tmp_path / "missing" / "one.png"))
    assert done.returncode == 3
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "asked", [("--picture", "one"), ("one.png",), ("--picture", "one", "--size", "big", "one.png")]
)
def test_misuse_is_status_2(asked: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(list(asked))
    assert "usage" in capsys.readouterr().err


def display(folder: Path, *asked: str, **more: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "display", *asked],
        env=environment(folder / "queue.db") | more,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
