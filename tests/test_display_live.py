"""The board at work: a real queue, the reader's thread and the window together."""

import gc
import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QEventLoop, QTimer

from assets import qt
from benchmarks.measure import demo
from display.clock import Clock
from display.live import LiveBoard
from display.playlist import Playlist
from display.reader import Reader
from display.samples import NOW
from display.window import BoardWindow
from hall import Fault, Hall
from hall.board import Board
from hall.face import UNKNOWN, Choice, derive
from hall.sizes import sizes
from hall.stage import Rules, Stage

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
PATIENCE_MS = 10_000
RULES = Rules(hold=0.5, room=3, listed=5)


class Moody(Hall):
    """A hall that can be made to go away."""

    gone = False

    def board(self, *zones: str, after: int | None = None, since: datetime | None = None) -> Board:
        if Moody.gone:
            raise Fault("database_unreachable", path="queue.db", problem="gone")
        return super().board(*zones, after=after, since=since)


class Running:
    """A live board and what can be seen and heard of it."""

    def __init__(self, path: Path, pictures: Path | None = None) -> None:
        Moody.gone = False
        self.app = qt.application("display")
        self.faults: list[object] = []
        laid_out = sizes(960, 540, 609.0, 10.0)
        screen = qt.Screen(960, 540, 609.0)
        view = derive(UNKNOWN, Stage(), NOW, None)
        self.board = BoardWindow(screen, "dark", laid_out, view)
        choice = Choice(waiting=True)
        self.reader = Reader(lambda: Moody.open(path, always_open=True, create=False), (), choice, RULES.first, Clock())
        self.live = LiveBoard(self.reader, self.board, RULES, choice, Clock(), Playlist(pictures, Clock()))
        self.live.stillborn.connect(self.faults.append)
        gc.collect()  # what an earlier test left of Qt must not be collected in the reader's thread
        self.reader.start()

    def shown(self, name: str) -> object:
        value = self.board.window.property(name)
        return value.toVariant() if hasattr(value, "toVariant") else value

    def numbers(self, name: str) -> list[str]:
        calls: list[dict[str, Any]] = self.shown(name)  # type: ignore[assignment]
        seen = [call for call in calls if call.get("place", 0) >= 0]
        return [call["number"] for call in sorted(seen, key=lambda call: call.get("place", 0))]

    def until(self, condition: Callable[[], bool]) -> None:
        """Run the event loop until something is so."""
        loop = QEventLoop()
        late = QTimer(singleShot=True, interval=PATIENCE_MS)
        late.timeout.connect(loop.quit)
        look = QTimer(interval=1)
        look.timeout.connect(lambda: loop.exit() if condition() else None)
        late.start()
        look.start()
        loop.exec()
        assert condition(), "it never came"

    def end(self) -> None:
        self.reader.stop()
        self.board.window.close()


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    with Hall.open(tmp_path / "queue.db", always_open=True) as hall:
        hall.load_catalogue(demo(tmp_path))
        yield hall


@pytest.fixture
def running(hall: Hall, tmp_path: Path) -> Iterator[Running]:
    running = Running(tmp_path / "queue.db")
    running.until(running.board.window.isVisible)
    yield running
    running.end()


def call(hall: Hall, place: int = 0) -> str:
    desk = list(hall.catalogue.counters.values())[place]
    hall.issue(desk.offers[0], printer=None)
    called = hall.call_next(desk.code)
    assert called is not None
    return called.number


def test_a_call_is_lit_and_then_rests(hall: Hall, running: Running) -> None:
    number = call(hall)
    running.until(lambda: running.numbers("calls") == [number])
    assert running.shown("calls")[0]["lit"] is True  # type: ignore[index]
    running.until(lambda: running.shown("calls")[0]["lit"] is False)  # type: ignore[index]


def test_five_calls_at_once_are_all_lit_and_the_newest_rests(hall: Hall, running: Running) -> None:
    numbers = [call(hall, place) for place in range(5)]

    def lit() -> set[str]:
        calls = [*running.shown("calls"), *running.shown("recent")]  # type: ignore[misc]
        return {one["number"] for one in calls if one["lit"]}

    running.until(lambda: lit() == set(numbers))
    running.until(lambda: not lit())
    assert running.numbers("calls") == numbers[-1:]
    assert running.numbers("recent") == numbers[-2::-1]


def test_a_hall_that_fails_is_stale_and_then_lost_and_the_calls_stay(
    hall: Hall, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = call(hall)
    running.until(lambda: running.numbers("calls") == [number])
    Moody.gone = True
    running.until(lambda: running.shown("health") == "stale")
    monkeypatch.setattr("hall.face.LOST", timedelta(0))
    running.until(lambda: running.shown("health") == "lost")
    monkeypatch.undo()
    assert running.numbers("calls") == [number]
    missed = call(hall, 1)
    Moody.gone = False
    running.until(lambda: running.shown("health") == "live")
    running.until(lambda: missed in running.numbers("calls"))


def test_a_reader_that_falls_silent_is_a_stale_hall(
    hall: Hall, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("hall.face", "display.live"):
        monkeypatch.setattr(f"{module}.STALE", timedelta(seconds=0.05))
    running.until(lambda: running.shown("health") == "stale")
    monkeypatch.undo()
    running.until(lambda: running.shown("health") == "live")


def test_how_many_wait_is_shown_when_it_is_chosen(hall: Hall, running: Running) -> None:
    hall.issue("dukcapil.kk", printer=None)
    running.until(lambda: running.shown("page")["kind"] == "lines")  # type: ignore[index]
    (line,) = running.shown("page")["lines"]  # type: ignore[index]
    assert list(line) in (["Dukcapil", "1"], ["Civil reg.", "1"])


def test_a_file_that_cannot_be_drawn_is_named_and_makes_way(
    hall: Hall, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    Image.new("RGB", (160, 90), "teal").save(folder / "whole.png")
    (folder / "bad.png").write_bytes((folder / "whole.png").read_bytes()[:60])
    (folder / "whole.png").unlink()
    number = call(hall)
    running = Running(tmp_path / "queue.db", folder)
    try:
        running.until(lambda: running.shown("page")["kind"] == "picture")  # type: ignore[index]
        running.until(lambda: running.shown("page")["kind"] == "")  # type: ignore[index]
        assert running.numbers("calls") == [number]
    finally:
        running.end()
    assert capsys.readouterr().err.count("bad.png") == 1


def test_the_words_follow_the_halls_languages(running: Running) -> None:
    assert running.shown("heading")
    assert running.shown("words")["counter"] != running.shown("second")["counter"]  # type: ignore[index]


def test_a_board_that_starts_before_its_hall_says_so_and_begins_when_it_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTREAN_LANGUAGE", "id")
    running = Running(tmp_path / "queue.db")
    try:
        running.until(running.board.window.isVisible)
        assert (running.shown("health"), running.shown("language"), running.shown("fresh")) == ("lost", "id", "")
        assert running.shown("words")["empty"] == ""  # type: ignore[index]
        with Hall.open(tmp_path / "queue.db", always_open=True) as hall:
            hall.load_catalogue(demo(tmp_path))
            running.until(lambda: running.shown("health") == "live")
            assert running.shown("words")["empty"] != ""  # type: ignore[index]
            number = call(hall)
            running.until(lambda: running.numbers("calls") == [number])
        assert running.faults == []
    finally:
        running.end()


def test_a_file_that_is_no_queue_is_waited_out_by_a_board_that_is_already_on_the_screen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    running = Running(tmp_path / "queue.db")
    try:
        running.until(running.board.window.isVisible)
        (tmp_path / "queue.db").write_text("This is a shopping list, not a queue. " * 100)
        said: list[str] = []

        def complained() -> bool:
            said.append(capsys.readouterr().err)
            return "queue.db" in "".join(said)

        running.until(complained)
        assert running.shown("health") == "lost"
        (tmp_path / "queue.db").unlink()
        with Hall.open(tmp_path / "queue.db", always_open=True) as hall:
            hall.load_catalogue(demo(tmp_path))
            running.until(lambda: running.shown("health") == "live")
            number = call(hall)
            running.until(lambda: running.numbers("calls") == [number])
        assert running.faults == []
        assert "".join(said).count("not a queue of Antrean") == 1
    finally:
        running.end()


def test_a_file_that_is_no_queue_is_a_fault_and_no_window(tmp_path: Path) -> None:
    (tmp_path / "queue.db").write_text("This is a shopping list, not a queue. " * 100)
    running = Running(tmp_path / "queue.db")
    running.until(lambda: bool(running.faults))
    assert isinstance(running.faults[0], Fault)
    assert not running.board.window.isVisible()
    running.end()
