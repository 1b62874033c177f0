"""The reader against a real queue: what it tells the GUI, and how it loses and finds the hall."""

import queue
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from assets import ROOT
from display.reader import Reader, read
from display.views import Face
from hall import Fault, Hall, Refusal
from hall.board import Board, BoardCall

CATALOGUE = ROOT / "catalogues" / "mpp.toml"
PATIENCE = 10.0


class Ear:
    """Hears everything a reader says, in order."""

    def __init__(self, reader: Reader) -> None:
        self.heard: queue.Queue[tuple[str, Any]] = queue.Queue()
        direct = Qt.ConnectionType.DirectConnection
        reader.known.connect(lambda face: self.heard.put(("known", face)), direct)
        reader.seen.connect(lambda board: self.heard.put(("seen", board)), direct)
        reader.alive.connect(lambda: self.heard.put(("alive", None)), direct)
        reader.lost.connect(lambda error: self.heard.put(("lost", error)), direct)
        reader.ended.connect(lambda: self.heard.put(("ended", None)), direct)

    def wait_for(self, what: str) -> Any:
        while True:
            heard, value = self.heard.get(timeout=PATIENCE)
            if heard == what:
                return value

    def wait_for_call(self, number: str) -> BoardCall:
        while True:
            board: Board = self.wait_for("seen")
            for call in board.calls:
                if call.number == number:
                    return call


class Moody(Hall):
    """A hall that can be made to go away."""

    gone = False

    def board(self, zone: str | None = None) -> Board:
        if Moody.gone:
            raise Fault("database_unreachable", path="queue.db", problem="gone")
        return super().board(zone)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Hall.open(tmp_path / "queue.db", always_open=True) as hall:
        hall.load_catalogue(CATALOGUE)
    return tmp_path / "queue.db"


@pytest.fixture
def hall(path: Path) -> Iterator[Hall]:
    with Hall.open(path, always_open=True) as hall:
        yield hall


@pytest.fixture
def reading(path: Path) -> Iterator[Ear]:
    Moody.gone = False
    reader = Reader(lambda: Moody.open(path, always_open=True), None)
    ear = Ear(reader)
    reader.start()
    yield ear
    reader.stop(PATIENCE)
    ear.wait_for("ended")


def call(hall: Hall, counter: str | None = None) -> str:
    """Issue a ticket and call it; its number."""
    desk = hall.catalogue.counters[counter] if counter else next(iter(hall.catalogue.counters.values()))
    ticket = hall.issue(desk.offers[0], printer=None)
    called = hall.call_next(desk.code)
    assert called is not None
    assert called.id == ticket.id
    return called.number


def test_it_tells_the_names_of_the_hall_before_the_first_board(reading: Ear) -> None:
    what, face = reading.heard.get(timeout=PATIENCE)
    assert what == "known"
    assert isinstance(face, Face)
    assert face.languages[0] == "id"
    assert reading.heard.get(timeout=PATIENCE)[0] == "seen"


def test_a_call_made_in_another_process_is_seen(path: Path, reading: Ear) -> None:
    reading.wait_for("seen")
    script = (
        "import sys; from hall import Hall\n"
        "with Hall.open(sys.argv[1], always_open=True) as hall:\n"
        "    desk = next(iter(hall.catalogue.counters.values()))\n"
        "    hall.issue(desk.offers[0], printer=None)\n"
        "    print(hall.call_next(desk.code).number)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    assert reading.wait_for_call(done.stdout.strip()).times == 1


def test_it_says_it_is_alive_when_nothing_happens(reading: Ear) -> None:
    reading.wait_for("seen")
    reading.wait_for("alive")


def test_a_lost_hall_is_said_once_a_second_and_caught_up_with_when_it_is_back(hall: Hall, reading: Ear) -> None:
    reading.wait_for("seen")
    Moody.gone = True
    assert reading.wait_for("lost").code == "database_unreachable"
    number = call(hall)
    reading.wait_for("lost")
    Moody.gone = False
    assert reading.wait_for_call(number)


def test_a_hall_that_cannot_be_opened_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "queue.db").write_text("This is a shopping list, not a queue. " * 100)
    reader = Reader(lambda: Hall.open(tmp_path / "queue.db"), None)
    ear = Ear(reader)
    reader.start()
    assert isinstance(ear.wait_for("lost"), Fault)
    reader.stop(PATIENCE)
    ear.wait_for("ended")


def test_an_unknown_zone_is_refused(hall: Hall) -> None:
    with pytest.raises(Refusal, match="zone"):
        read(hall, "no-such-zone")


def test_a_hall_without_a_catalogue_has_called_nobody(tmp_path: Path) -> None:
    with Hall.open(tmp_path / "new.db") as hall:
        assert read(hall, None).calls == ()


def test_calls_that_no_longer_fit_on_the_board_come_out_of_the_journal(hall: Hall) -> None:
    last = read(hall, None)
    numbers = [call(hall, counter) for counter in list(hall.catalogue.counters)[:20]]
    board = read(hall, None, last)
    assert [seen.number for seen in board.calls] == numbers[::-1]
    assert [seen.sequence for seen in board.calls] == sorted((seen.sequence for seen in board.calls), reverse=True)
    assert len(read(hall, None, board).calls) == 8


def test_the_journal_is_read_for_the_boards_own_zone_only(hall: Hall) -> None:
    counters = hall.catalogue.counters
    zone = next(iter(hall.catalogue.zones))
    last = read(hall, zone)
    numbers = {code: call(hall, code) for code in counters}
    own = [number for code, number in numbers.items() if counters[code].zone == zone]
    assert [seen.number for seen in read(hall, zone, last).calls] == own[::-1]
