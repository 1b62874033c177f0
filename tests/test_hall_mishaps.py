"""What befalls a hall from outside: a clock that is wrong for a while, a catalogue that changes under its visitors."""

from __future__ import annotations

from pathlib import Path

import pytest

from hall import Hall, Refusal, TicketState
from hall.counters import CounterStanding
from tests.halls import SMALL, Clock, described, opened

CARD = "civil.card"


def test_a_start_with_an_empty_clock_battery_loses_nobody(hall: Hall, clock: Clock) -> None:
    waiting = [hall.issue(CARD) for _ in range(3)]
    right = clock.now
    clock.at("2000-01-01 00:00")
    hall.abandon_jobs("main")
    clock.now = right
    hall.abandon_jobs("main")
    assert [hall.ticket(ticket.id).state for ticket in waiting] == [TicketState.WAITING] * 3


def test_sending_visitors_elsewhere_makes_no_room_under_a_cap(tmp_path: Path, clock: Clock) -> None:
    text = SMALL.replace("minutes = 10\n", "minutes = 10\ncap = 2\n", 1)
    with opened(tmp_path, clock, text) as hall:
        first, _ = hall.issue(CARD), hall.issue(CARD)
        hall.transfer(first.id, service="civil.birth")
        with pytest.raises(Refusal) as no:
            hall.issue(CARD)
        assert no.value.code == "cap_reached"


def test_a_no_show_of_a_service_that_is_gone_is_not_put_into_nobodys_line(
    hall: Hall, clock: Clock, tmp_path: Path
) -> None:
    ticket = hall.issue("civil.birth")
    hall.call(ticket.id, "1")
    clock.on(seconds=20)
    hall.recall(ticket.id)
    hall.no_show(ticket.id)
    hall.load_catalogue(described(tmp_path / "less.toml", SMALL.replace('code = "birth"', 'code = "death"')))
    with pytest.raises(Refusal) as no:
        hall.readmit(ticket.id)
    assert no.value.code == "unknown_service"
    assert hall.ticket(ticket.id).state is TicketState.NO_SHOW


def test_a_counter_with_a_visitor_at_it_is_not_closed_by_whoever_goes(hall: Hall) -> None:
    hall.add_staff("ani", "482913")
    ani = hall.sign_in("ani", "482913")
    hall.take_counter(ani, "1")
    ticket = hall.issue(CARD)
    hall.call(ticket.id, "1")
    hall.leave_counter(ani)
    assert hall.counter("1").state is CounterStanding.OPEN
    hall.finish(ticket.id)
    hall.take_counter(ani, "1")
    hall.leave_counter(ani)
    assert hall.counter("1").state is CounterStanding.CLOSED
