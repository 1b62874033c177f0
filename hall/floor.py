"""The whole floor at one moment: every ticket that still wants something, every counter, everybody signed in.

Read once for all consoles of a hall, which then look up in it what each of them shows. The next floor is made from the
one before and the tickets that something happened to, so that it costs what has happened and not how many wait; what
nothing happened to stays the very same object.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import TypeAlias

from hall.act import Act
from hall.catalogue import Catalogue
from hall.counters import CounterState
from hall.staff import Session
from hall.tickets import IN_HAND, Ticket, TicketId, TicketState

CALLS = 200
"""Newest calls of the hall that the first floor of a day looks through for those of each counter."""
KEPT = 20
"""Newest calls of one counter that are kept."""


class Stand(Enum):
    """What a ticket is to the counter or the service it stands at."""

    FREE = auto()
    """Waits for any counter that offers its service."""
    SENT = auto()
    """Waits for one counter."""
    HAND = auto()
    PARKED = auto()
    ABSENT = auto()
    """Did not come, of this service."""
    MISSED = auto()
    """Did not come to this counter."""
    CALLED = auto()
    """Was called to this counter, whatever became of it."""


Place: TypeAlias = tuple[Stand, str]
"""A standing, and the code of a service (FREE, ABSENT) or a counter."""

ORDER: Mapping[Stand, Callable[[Ticket], tuple[float, int]]] = {
    Stand.FREE: lambda one: (one.rank, one.id),
    Stand.SENT: lambda one: (one.rank, one.id),
    Stand.HAND: lambda one: (0, one.id),
    Stand.PARKED: lambda one: (one.parked_until.timestamp() if one.parked_until else 0, one.id),
    Stand.ABSENT: lambda one: _newest(one.ended_at, one),
    Stand.MISSED: lambda one: _newest(one.ended_at, one),
    Stand.CALLED: lambda one: (-(one.called_sequence or 0), one.id),
}
"""How the tickets of a place are ordered: as they are called, the first to end its parking, the newest first."""


@dataclass(frozen=True)
class Floor:
    """A hall as it stood when its journal had come as far as `sequence`."""

    sequence: int
    now: datetime
    day: str
    catalogue: Catalogue
    counters: Mapping[str, CounterState]
    """Those somebody opened, paused or closed today."""
    sessions: Mapping[str, Session]
    """By fingerprint."""
    places: Mapping[Place, tuple[Ticket, ...]]
    """No place is empty."""
    standing: Mapping[TicketId, tuple[Place, ...]]
    """Where each ticket of these stands."""

    def at(self, standing: Stand, code: str) -> tuple[Ticket, ...]:
        """The tickets of a place, in its order."""
        return self.places.get((standing, code), ())

    def counter(self, code: str) -> CounterState:
        """How a counter stands. Refusal unknown_counter."""
        return self.counters.get(self.catalogue.counter(code).code) or CounterState(code)

    def in_hand(self, code: str) -> Ticket | None:
        """The ticket a counter has called or serves."""
        return next(iter(self.at(Stand.HAND, code)), None)

    def line(self, code: str, now: datetime) -> tuple[Ticket, ...]:
        """Who a counter would call, in order, as `calling.line` finds it. Refusal unknown_counter."""
        desk = self.catalogue.counter(code)
        found = [*self.at(Stand.SENT, code)]
        for service in desk.offers:
            found += self.at(Stand.FREE, service)
        for service, wait in desk.overflow.items():
            if service not in desk.offers:
                late = now - timedelta(minutes=wait)
                found += (one for one in self.at(Stand.FREE, service) if one.issued_at <= late)
        return tuple(sorted(found, key=ORDER[Stand.FREE]))

    def absent(self, code: str, now: datetime) -> tuple[Ticket, ...]:
        """Who did not come and may still be let in again at a counter, the last one first. Refusal unknown_counter."""
        grace = timedelta(minutes=self.catalogue.rules.grace_minutes)
        found = {one.id: one for one in self.at(Stand.MISSED, code)}
        for service in self.catalogue.counter(code).offers:
            found |= {one.id: one for one in self.at(Stand.ABSENT, service)}
        those = (one for one in found.values() if one.ended_at is not None and now - one.ended_at <= grace)
        return tuple(sorted(those, key=ORDER[Stand.ABSENT]))

    def part(self, code: str, now: datetime) -> tuple[object, ...]:
        """All that a counter's console is made from: as long as it is equal, so is the console. Quick to compare.

        Refusal unknown_counter.
        """
        desk = self.catalogue.counter(code)
        own = [self.places.get((one, code)) for one in _OF_COUNTERS]
        free = [self.places.get((Stand.FREE, service)) for service in (*desk.offers, *desk.overflow)]
        absent = [self.places.get((Stand.ABSENT, service)) for service in desk.offers]
        # These also change as time goes by.
        timely = now if any(absent) or desk.overflow or self.at(Stand.MISSED, code) else None
        return self.counter(code), self.catalogue, timely, *own, *free, *absent


_OF_COUNTERS = Stand.SENT, Stand.HAND, Stand.PARKED, Stand.MISSED, Stand.CALLED


def floor(act: Act, before: Floor | None = None) -> Floor:
    """The floor now, out of the one before if that can be. Refusal no_catalogue."""
    follows = (
        before is not None
        and before.day == act.day
        and before.catalogue is act.catalogue
        and 0 < before.sequence <= act.head.sequence
    )
    if before is not None and follows:
        touched = act.storage.tickets(act.storage.touched(before.sequence))
        places, standing = dict(before.places), dict(before.standing)
    else:
        touched = [*act.storage.on_the_floor(act.day), *act.storage.shown(act.day, None, CALLS)]
        places, standing = {}, {}
    settle(places, standing, {one.id: one for one in touched if one.day == act.day})
    return Floor(
        sequence=act.head.sequence,
        now=act.now,
        day=act.day,
        catalogue=act.catalogue,
        counters=dict(act.standing.counters),
        sessions={mark: Session(*one) for mark, one in act.storage.sessions(act.now)},
        places=places,
        standing=standing,
    )


def settle(
    places: dict[Place, tuple[Ticket, ...]],
    standing: dict[TicketId, tuple[Place, ...]],
    touched: Mapping[TicketId, Ticket],
) -> None:
    """Put each of these tickets where it stands now, and nowhere else; both mappings are changed."""
    coming: dict[Place, list[Ticket]] = {}
    for ticket in touched.values():
        for place in standing.pop(ticket.id, ()):
            coming.setdefault(place, [])
        if now := tuple(stands(ticket)):
            standing[ticket.id] = now
        for place in now:
            coming.setdefault(place, []).append(ticket)
    for place, tickets in coming.items():
        stayed = [one for one in places.get(place, ()) if one.id not in touched]
        together = sorted(stayed + tickets, key=ORDER[place[0]])
        if place[0] is Stand.CALLED:
            together = together[:KEPT]
        if together:
            places[place] = tuple(together)
        else:
            places.pop(place, None)


def stands(ticket: Ticket) -> Iterator[Place]:
    """Every place of a ticket."""
    if ticket.state is TicketState.WAITING:
        yield (Stand.FREE, ticket.service) if ticket.counter is None else (Stand.SENT, ticket.counter)
    elif ticket.state is TicketState.NO_SHOW and not ticket.returned:
        yield Stand.ABSENT, ticket.service
        if ticket.counter:
            yield Stand.MISSED, ticket.counter
    elif ticket.state in IN_HAND and ticket.counter:
        yield Stand.HAND, ticket.counter
    elif ticket.state is TicketState.PARKED and ticket.counter:
        yield Stand.PARKED, ticket.counter
    if ticket.called_sequence is not None and ticket.counter:
        yield Stand.CALLED, ticket.counter


def _newest(at: datetime | None, ticket: Ticket) -> tuple[float, int]:
    return -at.timestamp() if at else 0, -ticket.id
