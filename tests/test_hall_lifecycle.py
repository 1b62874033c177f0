"""The whole life of many tickets at once, done at random by many counters under a moving clock: what always holds."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as some
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from hall import Hall, Priority, Refusal, TicketState
from hall.tickets import IN_HAND, OPEN, Deed
from tests.halls import SMALL, Clock, described, replayed

COUNTERS = ("1", "2", "3")
SERVICES = ("civil.card", "civil.birth", "tax.pay")
TEXT = SMALL.replace("cap = 3\n", "")
FORBIDDEN = {
    "illegal_act",
    "counter_paused",
    "not_offered",
    "other_counter",
    "recall_too_soon",
    "recall_limit",
    "no_show_too_soon",
    "readmitted_before",
    "grace_over",
}
"""Reasons a rule may give in this hall; any other refusal, fault or error is a bug."""


class Day(RuleBasedStateMachine):
    """A hall that never closes, on any days."""

    tickets = Bundle("tickets")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = Clock()
        queue = Path(self.folder.name) / "queue.db"
        self.hall = Hall.open(queue, clock=self.clock, always_open=True)
        self.hall.load_catalogue(described(Path(self.folder.name) / "hall.toml", TEXT))
        self.hall._storage.engine.rows("PRAGMA synchronous = OFF")
        self.board = Hall.open(queue, clock=self.clock, always_open=True)
        self.issued: list[int] = []

    def teardown(self) -> None:
        """Serve out whoever waits, then go home."""
        for counter in COUNTERS:
            self.hall.open_counter(counter)
        for _ in range(len(self.issued) + 1):
            for counter in COUNTERS:
                self.hall.call_next(counter)
        assert self.hall.waiting() == {}
        assert all(self.hall.line(counter) == [] for counter in COUNTERS)
        self.hall.close()
        self.board.close()
        self.folder.cleanup()

    def try_(self, act: str, *arguments: object, **named: object) -> None:
        before = self.hall.sequence()
        try:
            getattr(self.hall, act)(*arguments, **named)
        except Refusal as refusal:
            assert refusal.code in FORBIDDEN
            assert refusal.said()
            assert self.hall.sequence() == before

    # -- what people do ------------------------------------------------------------------------------------------------

    @initialize(target=tickets)
    def first(self) -> object:
        return self.issue("civil.card", None)

    @rule(target=tickets, service=some.sampled_from(SERVICES), need=some.none() | some.sampled_from(Priority))
    def issue(self, service: str, need: Priority | None) -> object:
        request = f"tap-{len(self.issued)}"
        ticket = self.hall.issue(service, priority=need, request_id=request, printer=None)
        assert self.board.issue(service, priority=need, request_id=request) == ticket
        assert ticket.ahead_at_issue == self.hall.ahead(ticket.id)
        self.issued.append(ticket.id)
        return ticket.id

    @rule(counter=some.sampled_from(COUNTERS))
    def next(self, counter: str) -> None:
        line = self.hall.line(counter)
        held = self.hall.in_hand(counter)
        due = any(one.parked_until and one.parked_until <= self.clock.now for one in self.every())
        try:
            called = self.hall.call_next(counter)
        except Refusal as refusal:
            assert refusal.code == "counter_paused"
            assert self.hall.in_hand(counter) == held
            return
        if not due:
            assert (called.id if called else None) == (line[0].id if line else None)
        assert self.hall.in_hand(counter) == called
        if held is not None:
            assert self.hall.ticket(held.id).state is TicketState.DONE

    @rule(ticket=tickets, counter=some.sampled_from(COUNTERS))
    def call(self, ticket: int, counter: str) -> None:
        self.try_("call", ticket, counter)

    @rule(ticket=tickets, counter=some.sampled_from(COUNTERS))
    def resume(self, ticket: int, counter: str) -> None:
        self.try_("resume", ticket, counter)

    @rule(
        ticket=tickets,
        deed=some.sampled_from(["recall", "serve", "no_show", "readmit", "park", "finish", "cancel"]),
    )
    def do(self, ticket: int, deed: str) -> None:
        self.try_(deed, ticket)

    @rule(target=tickets, counter=some.sampled_from(COUNTERS))
    def give_up_on_the_one_in_hand(self, counter: str) -> object:
        """Chance alone seldom calls one often enough to be a no-show."""
        ticket = self.hall.in_hand(counter)
        if ticket is None:
            return multiple()
        for _ in range(2):
            self.clock.on(seconds=20)
            self.try_("recall", ticket.id)
        self.try_("no_show", ticket.id)
        return ticket.id

    @rule()
    def all_who_did_not_come_come_after_all(self) -> None:
        for ticket in self.every():
            if ticket.state is TicketState.NO_SHOW:
                self.try_("readmit", ticket.id)

    @rule(ticket=tickets, service=some.sampled_from(SERVICES))
    def send_to_a_service(self, ticket: int, service: str) -> None:
        self.try_("transfer", ticket, service=service)

    @rule(ticket=tickets, counter=some.sampled_from(COUNTERS))
    def send_to_a_counter(self, ticket: int, counter: str) -> None:
        self.try_("transfer", ticket, counter=counter)

    @rule(counter=some.sampled_from(COUNTERS), how=some.sampled_from(["open", "pause", "close"]))
    def stand(self, counter: str, how: str) -> None:
        reason = {"reason": "lunch"} if how == "pause" else {}
        getattr(self.hall, f"{how}_counter")(counter, **reason)

    @rule(minutes=some.sampled_from([0.01, 0.5, 5, 16, 61]))
    def time_passes(self, minutes: float) -> None:
        self.clock.on(minutes=minutes)

    @rule()
    def evening_comes(self) -> None:
        """Shortly before midnight; a rule above leads into the next day."""
        if self.clock.now.hour < 23:
            self.clock.at(f"{self.clock.now:%Y-%m-%d} 23:50")

    # -- what always holds ---------------------------------------------------------------------------------------------

    def every(self) -> list:  # type: ignore[type-arg]
        return [self.board.ticket(ticket) for ticket in self.issued]

    @invariant()
    def no_number_is_given_twice_in_a_series_and_a_day(self) -> None:
        numbers = Counter((ticket.day, ticket.number) for ticket in self.every())
        assert not numbers or max(numbers.values()) == 1

    @invariant()
    def a_counter_has_one_ticket_in_hand_at_most(self) -> None:
        held = Counter(ticket.counter for ticket in self.every() if ticket.state in IN_HAND)
        assert None not in held
        assert not held or max(held.values()) == 1

    @invariant()
    def journal_and_tickets_agree(self) -> None:
        events = self.board.events()
        assert [event.sequence for event in events] == list(range(1, len(events) + 1))
        standing = {one.id: (one.state, one.service, one.counter, one.times) for one in self.every()}
        assert replayed(events) == standing
        assert {event.ticket for event in events if event.kind == Deed.ISSUE} == set(self.issued)

    @invariant()
    def the_board_shows_only_todays_calls(self) -> None:
        today = self.clock.now.date().isoformat()
        gone = {TicketState.WAITING, TicketState.PARKED, TicketState.NO_SHOW, TicketState.CANCELLED}
        for call in self.board.board().calls:
            ticket = self.board.ticket(call.ticket)
            assert (ticket.day, ticket.number, ticket.counter) == (today, call.number, call.counter)
            assert ticket.state not in gone
            assert call.times >= 1

    @invariant()
    def people_ahead_are_counted_from_nought_and_only_for_those_who_wait(self) -> None:
        waiting = [ticket for ticket in self.every() if ticket.state is TicketState.WAITING]
        for ticket in self.every():
            ahead = self.board.ahead(ticket.id)
            assert 0 <= ahead < max(1, len(waiting))
            assert ahead == 0 or ticket.state is TicketState.WAITING

    @invariant()
    def whoever_waits_is_in_the_line_of_some_counter(self) -> None:
        today = self.clock.now.date().isoformat()
        in_line = {ticket.id for counter in COUNTERS for ticket in self.board.line(counter)}
        wanted = {one.id for one in self.every() if one.state is TicketState.WAITING and one.day == today}
        assert in_line == wanted
        assert sum(self.board.waiting().values()) == len(wanted)

    @invariant()
    def nothing_of_an_earlier_day_is_left_open_after_an_act(self) -> None:
        written = max((event.at.date().isoformat() for event in self.board.events()), default="")
        assert not [one for one in self.every() if one.state in OPEN and one.day < written]


TestDay = Day.TestCase
TestDay.settings = settings(max_examples=400 if os.environ.get("ANTREAN_LONG") else 40, stateful_step_count=50)
