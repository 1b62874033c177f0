"""The board at work: a real queue, the reader's thread and the window together."""

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QTimer

from assets import ROOT, qt
from display.live import LiveBoard
from display.reader import Reader
from display.samples import NOW
from display.sizes import sizes
from display.stage import Rules, Stage
from display.views import UNKNOWN, derive
from display.window import BoardWindow
from hall import Fault, Hall
from hall.board import Board

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
PATIENCE_MS = 10_000
RULES = Rules(hold=0.5, room=3, listed=5)


class Moody(Hall):
    """A hall that can be made to go away."""

    gone = False

    def board(self, zone: str | None = None) -> Board:
        if Moody.gone:
            raise Fault("database_unreachable", path="queue.db", problem="gone")
        return super().board(zone)


class Running:
    """A live board and what can be seen and heard of it."""

    def __init__(self, path: Path) -> None:
        Moody.gone = False
        self.app = qt.application("display")
        self.faults: list[object] = []
        laid_out = sizes(960, 540, 609.0, 10.0)
        screen = qt.Screen(960, 540, 609.0)
        view = derive(UNKNOWN, Stage(), NOW, None, lost=False)
        self.board = BoardWindow(screen, "dark", laid_out, view)
        self.reader = Reader(lambda: Moody.open(path, always_open=True), None)
        self.live = LiveBoard(self.reader, self.board, RULES)
        self.live.stillborn.connect(self.faults.append)
        gc.collect()  # what an earlier test left of Qt must not be collected in the reader's thread
        self.reader.start()

    def shown(self, name: str) -> object:
        value = self.board.window.property(name)
        return value.toVariant() if hasattr(value, "toVariant") else value

    def numbers(self, name: str) -> list[str]:
        return [call["number"] for call in self.shown(name)]  # type: ignore[attr-defined]

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
        hall.load_catalogue(ROOT / "catalogues" / "mpp.toml")
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


def test_four_calls_at_once_are_all_on_the_stage_one_after_another(hall: Hall, running: Running) -> None:
    numbers = [call(hall, place) for place in range(4)]
    seen: set[str] = set()

    def everybody_was_lit() -> bool:
        seen.update(one["number"] for one in running.shown("calls") if one["lit"])  # type: ignore[attr-defined]
        return seen == set(numbers)

    running.until(everybody_was_lit)
    running.until(lambda: running.numbers("calls") == numbers[-1:])
    assert running.numbers("recent") == numbers[-2::-1]


def test_a_lost_hall_is_said_plainly_and_the_calls_stay(hall: Hall, running: Running) -> None:
    number = call(hall)
    running.until(lambda: running.numbers("calls") == [number])
    Moody.gone = True
    running.until(lambda: running.shown("lost") is True)
    assert running.numbers("calls") == [number]
    missed = call(hall, 1)
    Moody.gone = False
    running.until(lambda: running.shown("lost") is False)
    running.until(lambda: missed in running.numbers("calls"))


def test_a_reader_that_falls_silent_is_a_lost_hall(
    hall: Hall, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("display.live.STALE", 0.05)
    running.until(lambda: running.shown("lost") is True)
    monkeypatch.setattr("display.live.STALE", 5.0)
    running.until(lambda: running.shown("lost") is False)


def test_the_words_follow_the_halls_languages(running: Running) -> None:
    assert running.shown("heading")
    assert running.shown("words")["counter"] != running.shown("second")["counter"]  # type: ignore[index]


def test_a_hall_that_was_never_there_is_a_fault_and_no_window(tmp_path: Path) -> None:
    (tmp_path / "queue.db").write_text("This is a shopping list, not a queue. " * 100)
    running = Running(tmp_path / "queue.db")
    running.until(lambda: bool(running.faults))
    assert isinstance(running.faults[0], Fault)
    assert not running.board.window.isVisible()
    running.end()
