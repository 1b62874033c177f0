"""What one counter's console shows, derived from the floor of the hall. Pure: no HTTP, no HTML, no clock.

Before the call a visitor is a number and nothing else: neither who, nor why somebody comes earlier.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from assets.words import NAMES
from counter.acts import Act
from hall import Ticket, TicketState
from hall.catalogue import Catalogue, named
from hall.counters import CounterStanding
from hall.floor import Floor, Stand
from hall.rights import Grant, Right

NUMBERS = 12
"""Waiting numbers that are shown in their order; the rest are counted."""
CALLS = 5
"""Numbers this counter called last."""

ACTS_WITH = {
    TicketState.CALLED: (Act.RECALL, Act.SERVE, Act.PARK, Act.NO_SHOW, Act.FINISH, Act.TRANSFER, Act.ADD),
    TicketState.SERVING: (Act.PARK, Act.FINISH, Act.TRANSFER, Act.ADD),
}
"""What may be done with a ticket in hand, by its state; the hall has the last word."""
NEEDS = {Act.ISSUE: Right.ISSUE, Act.ADD: Right.ISSUE, Act.REPRINT: Right.PAPER}
"""Acts that need another right than to serve."""


@dataclass(frozen=True)
class Standing:
    """How the counter stands."""

    counter: str
    state: CounterStanding
    reason: str | None


@dataclass(frozen=True)
class Hand:
    """The ticket a counter has in hand, or why it has none."""

    standing: Standing
    anybody: bool
    """Whether somebody waits for this counter."""
    ticket: int | None = None
    number: str = ""
    serving: bool = False
    service: str = ""
    agency: str = ""
    language: str = ""
    priority: bool = False
    note: str = ""
    times: int = 0
    since: int = 0
    """Milliseconds: what the timer counts from, the first call of this visit to the counter or the start of serving."""
    norm: int = 0
    """Minutes the service usually takes."""


@dataclass(frozen=True)
class Group:
    """Those who wait for one service."""

    service: str
    count: int
    since: int
    """Milliseconds: when the one who has waited longest came."""


@dataclass(frozen=True)
class Line:
    """Who waits for this counter."""

    waiting: int
    since: int
    groups: tuple[Group, ...]
    """In the order in which their first visitor is called."""
    numbers: tuple[str, ...]
    """The first ones, in the order of calling."""

    @property
    def more(self) -> int:
        """Waiting tickets that are not listed."""
        return self.waiting - len(self.numbers)


@dataclass(frozen=True)
class Kept:
    """A ticket whose visitor may come to this counter again."""

    ticket: int
    number: str
    service: str
    note: str
    until: str


@dataclass(frozen=True)
class Held:
    """Those on hold at this counter, and those who did not come and still may."""

    parked: tuple[Kept, ...]
    absent: tuple[Kept, ...]


@dataclass(frozen=True)
class Desk:
    """One counter as its staff see it."""

    standing: Standing
    hand: Hand
    line: Line
    held: Held
    calls: tuple[tuple[str, str], ...]
    """Number and time of the last calls."""
    acts: tuple[Act, ...]


def desk(floor: Floor, counter: str, grant: Grant, now: datetime, language: str) -> Desk:
    """The console of one counter. Refusal unknown_counter."""
    catalogue = floor.catalogue
    seat = floor.counter(counter)
    standing = Standing(counter, seat.state, seat.reason)
    line = _line(catalogue, floor.line(counter, now), language)
    hand = floor.in_hand(counter)
    parked, absent = floor.at(Stand.PARKED, counter), floor.absent(counter, now)
    held = Held(
        parked=tuple(_kept(catalogue, one, language) for one in parked if one.service in catalogue.services),
        absent=tuple(_kept(catalogue, one, language) for one in absent if one.service in catalogue.services),
    )
    calls = floor.at(Stand.CALLED, counter)[:CALLS]
    return Desk(
        standing,
        _hand(catalogue, hand, standing, line, language),
        line,
        held,
        tuple((one.number, f"{one.called_at or one.issued_at:%H:%M}") for one in calls),
        tuple(_acts(seat.state, hand, held, grant)),
    )


def _line(catalogue: Catalogue, line: tuple[Ticket, ...], language: str) -> Line:
    groups: dict[str, list[datetime]] = {}
    for one in line:
        groups.setdefault(one.service, []).append(one.issued_at)
    since = {code: _millis(min(times)) for code, times in groups.items()}
    return Line(
        waiting=len(line),
        since=min(since.values(), default=0),
        groups=tuple(
            Group(named(catalogue.service(code).name, language), len(times), since[code])
            for code, times in groups.items()
        ),
        numbers=tuple(one.number for one in line[:NUMBERS]),
    )


def _hand(catalogue: Catalogue, ticket: Ticket | None, standing: Standing, line: Line, language: str) -> Hand:
    if ticket is None:
        return Hand(standing, line.waiting > 0)
    service = catalogue.service(ticket.service)
    return Hand(
        standing=standing,
        anybody=line.waiting > 0,
        ticket=ticket.id,
        number=ticket.number,
        serving=ticket.state is TicketState.SERVING,
        service=named(service.name, language),
        agency=named(catalogue.agency_of(ticket.service).name, language),
        language=NAMES.get(ticket.language, ticket.language),
        priority=ticket.priority is not None,
        note=_note(catalogue, ticket, language),
        times=ticket.times,
        since=_millis(ticket.served_at or ticket.called_at or ticket.issued_at),
        norm=service.minutes,
    )


def _kept(catalogue: Catalogue, ticket: Ticket, language: str) -> Kept:
    service = named(catalogue.service(ticket.service).name, language)
    until = f"{ticket.parked_until:%H:%M}" if ticket.parked_until else ""
    return Kept(ticket.id, ticket.number, service, _note(catalogue, ticket, language), until)


def _note(catalogue: Catalogue, ticket: Ticket, language: str) -> str:
    """The name of a note; of one that the catalogue no longer has its code."""
    names = catalogue.rules.notes.get(ticket.note or "")
    return named(names, language) if names else ticket.note or ""


def _acts(standing: CounterStanding, hand: Ticket | None, held: Held, grant: Grant) -> Iterable[Act]:
    found = [*ACTS_WITH.get(hand.state, ())] if hand else []
    if standing is CounterStanding.OPEN:
        found += [Act.NEXT, Act.CALL, Act.PAUSE]
        found += [Act.RESUME] if held.parked else []
    else:
        found += [Act.CONTINUE]
    found += [Act.READMIT] if held.absent else []
    found += [Act.ISSUE, Act.PRIORITY, Act.REPRINT]
    found += [] if hand else [Act.CLOSE]
    return (act for act in found if act not in NEEDS or grant.allows(NEEDS[act]))


def _millis(at: datetime) -> int:
    return int(at.timestamp() * 1000)
