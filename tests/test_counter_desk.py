"""What the console shows, as plain values."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from counter.acts import KEYS, LABELS, Act
from counter.desk import Desk, desk
from hall import Priority, Ticket, TicketState
from hall.catalogue import Catalogue, build
from hall.counters import CounterStanding, CounterState
from hall.floor import Floor, Place, settle
from hall.rights import Grant, Role
from hall.tickets import TicketId
from tests.counter_server import catalogue

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CLERK = Grant.of_role(Role.CLERK)
ALWAYS = {Act.ISSUE, Act.PRIORITY, Act.REPRINT}


@pytest.fixture(scope="module")
def offices() -> Catalogue:
    return build(tomllib.loads(catalogue()))


def ticket(count: int = 1, state: TicketState = TicketState.WAITING, minutes: int = 0) -> Ticket:
    came = NOW - timedelta(minutes=minutes)
    return Ticket(
        TicketId(count), "t" * 22, "2026-11-23", "A", count, "o1.s", "ru", None, state, came, count, 0, None, "1"
    )


def shown(
    offices: Catalogue,
    *tickets: Ticket,
    standing: CounterStanding = CounterStanding.OPEN,
    grant: Grant = CLERK,
) -> Desk:
    places: dict[Place, tuple[Ticket, ...]] = {}
    settle(places, {}, {one.id: one for one in tickets})
    floor = Floor(
        sequence=1,
        now=NOW,
        day=f"{NOW:%Y-%m-%d}",
        catalogue=offices,
        counters={"1": CounterState("1", standing, "Prayer" if standing is CounterStanding.PAUSED else None)},
        sessions={},
        places=places,
        standing={},
    )
    return desk(floor, "1", grant, NOW, "en")


def test_before_the_call_a_visitor_is_a_number_and_nothing_else(offices: Catalogue) -> None:
    line = (ticket(1, minutes=12), replace(ticket(2, minutes=30), priority=Priority.PREGNANT))
    console = shown(offices, *line)
    assert console.line.numbers == ("A001", "A002")
    assert console == shown(offices, line[0], replace(line[1], priority=None))


def test_the_line_is_told_by_service_with_the_longest_wait(offices: Catalogue) -> None:
    line = (ticket(1, minutes=12), ticket(2, minutes=30), replace(ticket(3, minutes=7), service="o2.s"))
    groups = shown(offices, *line).line.groups
    assert [(one.service, one.count) for one in groups] == [("Service 1 en", 2), ("Service 2 en", 1)]
    assert [(NOW.timestamp() * 1000 - one.since) / 60_000 for one in groups] == [30, 7]


def test_those_who_are_not_listed_are_counted(offices: Catalogue) -> None:
    line = shown(offices, *(ticket(n) for n in range(1, 41))).line
    assert (line.waiting, len(line.numbers), line.more) == (40, 12, 28)


def test_the_hand_names_the_visitors_language_in_that_language(offices: Catalogue) -> None:
    hand = shown(offices, replace(ticket(state=TicketState.CALLED), called_at=NOW, times=1)).hand
    assert (hand.language, hand.norm) == ("Русский", 5)


def test_a_parked_visitor_is_shown_with_the_note_even_if_the_hall_has_given_it_up(offices: Catalogue) -> None:
    parked = [
        replace(ticket(n, TicketState.PARKED), note=note, parked_until=NOW)
        for n, note in enumerate(("copy", "stamp", None), 1)
    ]
    assert [one.note for one in shown(offices, *parked).held.parked] == ["Photocopy", "stamp", ""]


@pytest.mark.parametrize(
    ("state", "acts"),
    [
        (None, {Act.NEXT, Act.CALL, Act.PAUSE, Act.CLOSE} | ALWAYS),
        (TicketState.CALLED, set(Act) - {Act.CONTINUE, Act.CLOSE, Act.RESUME, Act.READMIT}),
        (
            TicketState.SERVING,
            {Act.NEXT, Act.CALL, Act.PARK, Act.FINISH, Act.TRANSFER, Act.ADD, Act.PAUSE} | ALWAYS,
        ),
    ],
)
def test_the_keys_follow_the_ticket_in_hand(offices: Catalogue, state: TicketState | None, acts: set[Act]) -> None:
    assert set(shown(offices, *([ticket(state=state)] if state else [])).acts) == acts


def test_who_is_on_hold_or_did_not_come_can_be_called_and_let_in(offices: Catalogue) -> None:
    gone = replace(ticket(2, TicketState.NO_SHOW), ended_at=NOW)
    acts = shown(offices, ticket(1, TicketState.PARKED), gone).acts
    assert {Act.RESUME, Act.READMIT} <= set(acts)


@pytest.mark.parametrize("standing", [CounterStanding.PAUSED, CounterStanding.CLOSED])
def test_a_counter_that_does_not_serve_offers_to_continue_and_never_next(
    offices: Catalogue, standing: CounterStanding
) -> None:
    acts = set(shown(offices, ticket(1, TicketState.PARKED), standing=standing).acts)
    assert acts == {Act.CONTINUE, Act.CLOSE} | ALWAYS


def test_what_somebody_may_not_do_has_no_key(offices: Catalogue) -> None:
    nothing = Grant(frozenset())
    assert {Act.ISSUE, Act.ADD, Act.REPRINT}.isdisjoint(
        shown(offices, ticket(state=TicketState.CALLED), grant=nothing).acts
    )


def test_no_two_acts_share_a_key_and_none_is_one_a_browser_needs() -> None:
    assert set(KEYS) == set(LABELS) == set(Act)
    used = [key for act, keys in KEYS.items() if act is not Act.CONTINUE for key in set(keys)]
    assert len(set(used)) == len(used)
    assert {"F1", "F3", "F5", "F6", "F11", "F12", "Escape", "Tab", " "}.isdisjoint(used)
