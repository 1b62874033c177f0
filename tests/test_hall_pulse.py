"""All followed tickets in one look: the same answer as one by one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from hall import Hall, TicketState
from hall.waiting import estimate
from tests.halls import Clock, opened

SERVICES = ("civil.card", "civil.birth", "tax.pay")


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    with opened(tmp_path, Clock(), always_open=True) as hall:
        yield hall


def test_everybody_has_as_many_ahead_as_when_asked_alone(hall: Hall) -> None:
    chance = random.Random(3)
    kinds = [(chance.choice(SERVICES[::2]), chance.choice([None, "elderly"])) for _ in range(60)]
    tickets = [hall.issue(service, priority=need, printer=None) for service, need in kinds]
    for counter in ("1", "2", "3", "1", "3"):
        hall.call_next(counter)
    pulse = hall.pulse({ticket.id for ticket in tickets})
    assert {one: pulse.tickets[one] for one in pulse.tickets} == {one.id: hall.ticket(one.id) for one in tickets}
    for ticket in map(hall.ticket, pulse.tickets):
        if ticket.state is TicketState.WAITING:
            ahead, counters, minutes = pulse.place(ticket)
            assert ahead == hall.ahead(ticket.id)
            assert estimate(ahead, counters, minutes) == hall.estimate(ticket.service, ahead)
        else:
            assert ticket.id not in pulse.ahead


def test_only_what_was_touched_or_is_new_is_read_again(hall: Hall) -> None:
    first, second, third = (hall.issue("tax.pay", printer=None) for _ in range(3))
    before = hall.pulse({first.id, second.id}).sequence
    hall.call_next("3")
    pulse = hall.pulse({first.id, second.id, third.id}, before, {third.id})
    assert set(pulse.tickets) == {first.id, third.id}
    assert pulse.ahead == {second.id: 0, third.id: 1}


def test_a_hall_put_back_to_an_earlier_moment_is_read_anew(hall: Hall) -> None:
    ticket = hall.issue("tax.pay", printer=None)
    assert set(hall.pulse({ticket.id}, after=hall.sequence() + 100).tickets) == {ticket.id}


def test_a_ticket_that_is_not_there_is_left_out(hall: Hall) -> None:
    assert hall.pulse({10**9}).tickets == {}  # type: ignore[arg-type]
