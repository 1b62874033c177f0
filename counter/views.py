"""What the console shows, derived from plain values. Pure: no HTTP, no HTML, no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assets.words import N_, NAMES
from hall import Ticket, TicketState
from hall.catalogue import Catalogue, named
from hall.counters import CounterStanding, CounterState

LINE_LENGTH = 30
"""Waiting tickets the console lists; the rest are counted."""


class Act(StrEnum):
    """What staff can do at a counter; also the last part of its address."""

    NEXT = "next"
    RECALL = "recall"
    SERVE = "serve"
    PARK = "park"
    RESUME = "resume"
    NO_SHOW = "no-show"
    FINISH = "finish"
    PAUSE = "pause"
    CONTINUE = "continue"


KEYS = {
    Act.NEXT: "Enter",
    Act.RECALL: "F4",
    Act.SERVE: "F6",
    Act.PARK: "F7",
    Act.NO_SHOW: "F8",
    Act.FINISH: "F9",
    Act.PAUSE: "F10",
    Act.CONTINUE: "F10",
}
"""The key of each act: none of those a browser needs for help, search and reload."""

REASONS = (N_("Short break"), N_("Prayer"), N_("Meeting"), N_("Paperwork"), N_("Technical problem"))
"""Why a counter pauses. The hall keeps the English text; each screen shows it in its reader's language."""

ACTS_WITH = {
    TicketState.CALLED: (Act.RECALL, Act.SERVE, Act.PARK, Act.NO_SHOW, Act.FINISH),
    TicketState.SERVING: (Act.PARK, Act.FINISH),
}
"""What may be done with a ticket in hand, by its state; the hall has the last word."""


@dataclass(frozen=True)
class Hand:
    """The ticket a counter has in hand."""

    ticket: int
    number: str
    serving: bool
    service: str
    agency: str
    language: str
    priority: bool
    times: int
    since: datetime
    """The moment the timer counts from: the first call of this visit to the counter, or the start of serving."""
    norm: int
    """Minutes the service usually takes."""


@dataclass(frozen=True)
class Waiting:
    """One waiting ticket, as much of it as staff may see before the call."""

    number: str
    service: str
    minutes: int
    priority: bool


@dataclass(frozen=True)
class Parked:
    """A ticket whose visitor will come back to this counter."""

    ticket: int
    number: str
    service: str
    until: datetime | None


@dataclass(frozen=True)
class Console:
    """One counter as its staff see it."""

    counter: str
    standing: CounterStanding
    reason: str | None
    hand: Hand | None
    parked: tuple[Parked, ...]
    line: tuple[Waiting, ...]
    waiting: int
    longest: int
    acts: tuple[Act, ...]

    @property
    def more(self) -> int:
        """Waiting tickets that are not listed."""
        return self.waiting - len(self.line)


def console(
    catalogue: Catalogue,
    seat: CounterState,
    hand: Ticket | None,
    parked: Sequence[Ticket],
    line: Sequence[Ticket],
    waiting: Mapping[str, int],
    now: datetime,
    language: str,
) -> Console:
    """The console of one counter; `line` its first tickets in the order of calling, `waiting` everyone by service."""

    def service(ticket: Ticket) -> str:
        return named(catalogue.service(ticket.service).name, language)

    listed = tuple(
        Waiting(ticket.number, service(ticket), _minutes(ticket.issued_at, now), ticket.priority is not None)
        for ticket in line
    )
    offered = sum(waiting.get(code, 0) for code in catalogue.counter(seat.code).offers)
    return Console(
        counter=seat.code,
        standing=seat.state,
        reason=seat.reason,
        hand=_hand(catalogue, hand, language) if hand else None,
        parked=tuple(Parked(ticket.id, ticket.number, service(ticket), ticket.parked_until) for ticket in parked),
        line=listed,
        waiting=max(len(listed), offered),
        longest=max((one.minutes for one in listed), default=0),
        acts=_acts(seat.state, hand),
    )


def _minutes(since: datetime, now: datetime) -> int:
    return max(0, int((now - since).total_seconds()) // 60)


def _hand(catalogue: Catalogue, ticket: Ticket, language: str) -> Hand:
    service = catalogue.service(ticket.service)
    return Hand(
        ticket=ticket.id,
        number=ticket.number,
        serving=ticket.state is TicketState.SERVING,
        service=named(service.name, language),
        agency=named(catalogue.agency_of(ticket.service).name, language),
        language=NAMES.get(ticket.language, ticket.language),
        priority=ticket.priority is not None,
        times=ticket.times,
        since=ticket.served_at or ticket.called_at or ticket.issued_at,
        norm=service.minutes,
    )


def _acts(standing: CounterStanding, hand: Ticket | None) -> tuple[Act, ...]:
    with_hand = ACTS_WITH.get(hand.state, ()) if hand else ()
    if standing is CounterStanding.OPEN:
        return (Act.NEXT, Act.RESUME, *with_hand, Act.PAUSE)
    return (Act.CONTINUE, *with_hand)
