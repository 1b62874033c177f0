"""What the console shows, as plain values."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from counter import views
from counter.views import Act
from hall import Priority, Ticket, TicketState
from hall.catalogue import Catalogue, build
from hall.counters import CounterStanding, CounterState
from hall.tickets import TicketId
from tests.counter_server import catalogue

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
OPEN = CounterState("1", CounterStanding.OPEN)


@pytest.fixture(scope="module")
def offices() -> Catalogue:
    return build(tomllib.loads(catalogue()))


def ticket(count: int = 1, state: TicketState = TicketState.WAITING, minutes: int = 0) -> Ticket:
    came = NOW - timedelta(minutes=minutes)
    return Ticket(TicketId(count), "t" * 22, "2026-11-23", "A", count, "o1.s", "ru", None, state, came, count, 0, None)


def shown(offices: Catalogue, hand: Ticket | None = None, line: tuple[Ticket, ...] = ()) -> views.Console:
    return views.console(offices, OPEN, hand, (), line, {"o1.s": len(line)}, NOW, "en")


def test_the_line_says_number_service_and_minutes_and_never_who_or_why(offices: Catalogue) -> None:
    line = (ticket(1, minutes=12), replace(ticket(2, minutes=30), priority=Priority.PREGNANT))
    console = shown(offices, line=line)
    assert console.line == (
        views.Waiting("A001", "Service 1 en", 12, priority=False),
        views.Waiting("A002", "Service 1 en", 30, priority=True),
    )
    assert console.longest == 30
    assert "pregnant" not in repr(console)


def test_those_who_are_not_listed_are_counted(offices: Catalogue) -> None:
    console = views.console(offices, OPEN, None, (), (ticket(1), ticket(2)), {"o1.s": 40, "o2.s": 7}, NOW, "en")
    assert (console.waiting, console.more) == (40, 38)


def test_the_hand_names_the_visitors_language_in_that_language(offices: Catalogue) -> None:
    hand = shown(offices, replace(ticket(state=TicketState.CALLED), called_at=NOW, times=1)).hand
    assert hand is not None
    assert (hand.language, hand.norm) == ("Русский", 5)


@pytest.mark.parametrize(
    ("state", "acts"),
    [
        (None, {Act.NEXT, Act.RESUME, Act.PAUSE}),
        (TicketState.CALLED, set(Act) - {Act.CONTINUE}),
        (TicketState.SERVING, {Act.NEXT, Act.RESUME, Act.PARK, Act.FINISH, Act.PAUSE}),
    ],
)
def test_the_keys_follow_the_ticket_in_hand(offices: Catalogue, state: TicketState | None, acts: set[Act]) -> None:
    assert set(shown(offices, ticket(state=state) if state else None).acts) == acts


@pytest.mark.parametrize("standing", [CounterStanding.PAUSED, CounterStanding.CLOSED])
def test_a_counter_that_does_not_serve_offers_to_continue_and_never_next(
    offices: Catalogue, standing: CounterStanding
) -> None:
    console = views.console(offices, CounterState("1", standing), None, (), (), {}, NOW, "en")
    assert console.acts == (Act.CONTINUE,)
