"""The reader against a real queue: what it tells the GUI, and how it loses and finds the hall."""

import queue
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from assets import ROOT
from benchmarks.measure import demo
from display.clock import Clock
from display.reader import Reader
from hall import Fault, Hall, Refusal
from hall.board import LENGTH, Board, BoardCall
from hall.face import Choice, Face
from hall.look import describe, read

CATALOGUE = ROOT / "catalogues" / "mpp.toml"
PATIENCE = 10.0
REPLAY = timedelta(seconds=60)


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

    def board(self, *zones: str, after: int | None = None, since: datetime | None = None) -> Board:
        if Moody.gone:
            raise Fault("database_unreachable", path="queue.db", problem="gone")
        return super().board(*zones, after=after, since=since)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Hall.open(tmp_path / "queue.db", always_open=True) as hall:
        hall.load_catalogue(demo(tmp_path))
    return tmp_path / "queue.db"


@pytest.fixture
def hall(path: Path) -> Iterator[Hall]:
    with Hall.open(path, always_open=True) as hall:
        yield hall


@pytest.fixture
def reading(path: Path) -> Iterator[Ear]:
    Moody.gone = False
    reader = Reader(lambda: Moody.open(path, always_open=True), (), Choice(), REPLAY, Clock())
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
    reader = Reader(lambda: Hall.open(tmp_path / "queue.db"), (), Choice(), REPLAY, Clock())
    ear = Ear(reader)
    reader.start()
    assert isinstance(ear.wait_for("lost"), Fault)
    reader.stop(PATIENCE)
    ear.wait_for("ended")


def test_an_unknown_zone_is_refused(hall: Hall) -> None:
    for look in (lambda: read(hall, ["no-such-zone"], None, REPLAY), lambda: describe(hall, ["cellar"], Choice())):
        with pytest.raises(Refusal, match="zone"):
            look()


def test_a_hall_without_a_catalogue_has_called_nobody(tmp_path: Path) -> None:
    with Hall.open(tmp_path / "new.db") as hall:
        assert read(hall, (), None, REPLAY).calls == ()
        assert describe(hall, (), Choice()).name == {}


def test_calls_that_no_longer_fit_on_the_board_are_caught_up_with(hall: Hall) -> None:
    last = read(hall, (), None, REPLAY)
    numbers = [call(hall, counter) for counter in list(hall.catalogue.counters)[:20]]
    for board in (read(hall, (), last, REPLAY), read(hall, (), None, REPLAY)):
        assert [seen.number for seen in board.calls] == numbers[::-1]
    assert len(read(hall, (), board, REPLAY).calls) == LENGTH


def test_a_board_of_some_zones_is_told_of_their_calls_and_of_those_who_wait_there(hall: Hall) -> None:
    counters = hall.catalogue.counters
    zones = list(hall.catalogue.zones)[:2]
    last = read(hall, zones, None, REPLAY)
    numbers = {code: call(hall, code) for code in counters}
    own = [number for code, number in numbers.items() if counters[code].zone in zones]
    assert [seen.number for seen in read(hall, zones, last, REPLAY).calls] == own[::-1]
    hall.issue(counters["1"].offers[0], printer=None)
    hall.issue(counters["30"].offers[0], printer=None)
    face = describe(hall, zones, Choice(waiting=True, next_up=True))
    assert [count for _, count in face.waiting] == [1]
    assert len(face.next_up) == 1
    assert [names["id"] for names in face.zones] == ["Zona A", "Zona B"]


def test_the_face_tells_short_names_and_ways_only_where_the_catalogue_does(hall: Hall) -> None:
    face = describe(hall, (), Choice())
    assert face.short["dukcapil"]["id"] == "Dukcapil"
    assert face.ways["1"].arrow == "left"
    assert (face.rest, face.waiting, face.next_up) == (None, (), ())
