"""What the voice hears of a real hall: every call once, in its zone, in the right languages."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from display.announcements import Call, News, Over
from display.hearing import Hearing
from hall import Fault, Hall
from hall.journal import Event
from tests.halls import SMALL, Clock, opened


class Ear:
    """Hears a hall in one zone."""

    def __init__(self, zone: str | None = None) -> None:
        self.news: list[News] = []
        self.hearing = Hearing((zone,) if zone else (), self.news.extend)

    def listen(self, hall: Hall) -> list[News]:
        """What is new."""
        self.news.clear()
        self.hearing(hall)
        return list(self.news)

    def calls(self, hall: Hall) -> list[tuple[str, str]]:
        return [(one.number, one.counter) for one in self.listen(hall) if isinstance(one, Call)]


@pytest.fixture
def hall(tmp_path: Path, clock: Clock) -> Iterator[Hall]:
    with opened(tmp_path, clock, SMALL, always_open=True) as hall:
        yield hall


def call(hall: Hall, service: str = "civil.card", counter: str = "1", language: str = "id") -> int:
    ticket = hall.issue(service, language=language, printer=None)
    assert hall.call_next(counter) is not None
    return ticket.id


def test_a_call_is_heard_once_with_all_that_is_said(hall: Hall) -> None:
    ear = Ear()
    assert ear.listen(hall) == []
    ticket = call(hall, language="en")
    called = hall.ticket(ticket)
    [heard] = ear.listen(hall)
    assert isinstance(heard, Call)
    assert heard == Call(
        called.called_sequence or 0, called.id, "A001", "1", hall.catalogue.zones["a"].name, ("en", "id"), heard.at
    )
    assert heard.at == called.called_at
    assert ear.listen(hall) == []


def test_the_halls_own_language_is_not_said_twice(hall: Hall) -> None:
    ear = Ear()
    call(hall, language="id")
    [heard] = ear.listen(hall)
    assert isinstance(heard, Call)
    assert heard.languages == ("id",)


def test_recalls_and_resumed_visitors_are_calls(hall: Hall, clock: Clock) -> None:
    ear = Ear()
    ticket = call(hall)
    ear.listen(hall)
    clock.on(seconds=30)
    hall.recall(ticket)
    assert ear.calls(hall) == [("A001", "1")]
    hall.park(ticket)
    assert ear.listen(hall) == [Over(hall.ticket(ticket).id)]
    hall.resume(ticket, "2")
    assert ear.calls(hall) == [("A001", "2")]


def test_next_at_a_counter_ends_the_ticket_before_and_calls_another(hall: Hall) -> None:
    ear = Ear()
    first = call(hall)
    ear.listen(hall)
    call(hall)
    assert [type(one) for one in ear.listen(hall)] == [Over, Call]
    assert first != hall.sequence()


@pytest.mark.parametrize("end", ["serve", "finish", "cancel", "park"])
def test_a_ticket_that_needs_no_call_any_more_is_over(hall: Hall, end: str) -> None:
    ear = Ear()
    ticket = call(hall)
    ear.listen(hall)
    getattr(hall, end)(ticket)
    assert ear.listen(hall) == [Over(hall.ticket(ticket).id)]


def test_a_zone_hears_only_its_own_counters(hall: Hall) -> None:
    a, b = Ear("a"), Ear("b")
    call(hall)
    call(hall, "tax.pay", "3")
    assert a.calls(hall) == [("A001", "1")]
    assert b.calls(hall) == [("T001", "3")]


def test_a_board_that_starts_hears_what_was_called_before(hall: Hall) -> None:
    call(hall)
    call(hall, counter="2")
    assert Ear().calls(hall) == [("A001", "1"), ("A002", "2")]


def test_a_board_that_starts_again_does_not_say_again_what_is_older_than_a_restart(hall: Hall, clock: Clock) -> None:
    call(hall)
    clock.on(seconds=11)
    call(hall, counter="2")
    clock.on(seconds=10)
    ear = Ear()
    assert ear.calls(hall) == [("A002", "2")]
    clock.on(seconds=11)
    assert Ear().calls(hall) == []
    assert ear.calls(hall) == []


class Shaky(Hall):
    """A hall whose journal can be made unreadable."""

    gone = False

    def events(self, after: int = 0, most: int = -1) -> list[Event]:
        if Shaky.gone:
            raise Fault("database_unreachable", path="queue.db", problem="gone")
        return super().events(after, most)


def test_a_hall_that_was_lost_is_heard_from_where_it_was_left_and_a_start_from_the_restart(
    hall: Hall, tmp_path: Path, clock: Clock
) -> None:
    running, starting = Ear(), Ear()
    call(hall)
    with Shaky.open(tmp_path / "queue.db", clock=clock, always_open=True) as shaky:
        running.listen(shaky)
        call(hall, counter="2")
        Shaky.gone = True
        for ear in (running, starting):
            with pytest.raises(Fault):
                ear.listen(shaky)
        clock.on(seconds=40)
        Shaky.gone = False
        assert running.calls(shaky) == [("A002", "2")]
        assert starting.calls(shaky) == []


def test_another_queue_under_the_same_name_is_heard_from_where_it_stands(
    hall: Hall, tmp_path: Path, clock: Clock
) -> None:
    ear = Ear()
    for _ in range(3):
        call(hall)
    ear.listen(hall)
    (tmp_path / "other").mkdir()
    with opened(tmp_path / "other", clock, always_open=True) as other:
        call(other)
        assert ear.listen(other) == []
        call(other, counter="2")
        assert ear.calls(other) == [("A002", "2")]
