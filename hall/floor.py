"""The whole floor at one moment: every ticket that still wants something, every counter, everybody signed in.

Read once for all consoles of a hall, which then look up in it what each of them shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from hall.act import Act
from hall.catalogue import Catalogue
from hall.counters import CounterState
from hall.staff import Session
from hall.tickets import IN_HAND, Ticket, TicketState

CALLS = 200
"""Newest calls of the hall that are looked through for those of each counter."""


@dataclass(frozen=True)
class Floor:
    """A hall as it stood when its journal had come as far as `sequence`."""

    sequence: int
    now: datetime
    catalogue: Catalogue
    counters: Mapping[str, CounterState]
    """Those somebody opened, paused or closed today."""
    waiting: tuple[Ticket, ...]
    """In the order of calling."""
    in_hand: Mapping[str, Ticket]
    """By counter."""
    parked: tuple[Ticket, ...]
    """The first to end its parking time first."""
    no_shows: tuple[Ticket, ...]
    """Who may still come back; the last one first."""
    calls: tuple[Ticket, ...]
    """The newest calls still on the board, newest first."""
    sessions: Mapping[str, Session]
    """By fingerprint."""

    def counter(self, code: str) -> CounterState:
        """How a counter stands. Refusal unknown_counter."""
        return self.counters.get(self.catalogue.counter(code).code) or CounterState(code)

    def line(self, code: str, now: datetime) -> tuple[Ticket, ...]:
        """Who a counter would call, in order, as `calling.line` finds it. Refusal unknown_counter."""
        desk = self.catalogue.counter(code)
        found = [*self._sent.get(code, ())]
        for service in desk.offers:
            found += self._free.get(service, ())
        for service, wait in desk.overflow.items():
            if service not in desk.offers:
                late = now - timedelta(minutes=wait)
                found += (one for one in self._free.get(service, ()) if one.issued_at <= late)
        return tuple(sorted(found, key=_place))

    @cached_property
    def _free(self) -> Mapping[str, list[Ticket]]:
        """By service, those whom any counter may call that offers it."""
        return _grouped((one.service, one) for one in self.waiting if one.counter is None)

    @cached_property
    def _sent(self) -> Mapping[str, list[Ticket]]:
        """By counter, those who were sent to it."""
        return _grouped((one.counter, one) for one in self.waiting if one.counter is not None)


def _grouped(tickets: Iterable[tuple[str, Ticket]]) -> Mapping[str, list[Ticket]]:
    found: dict[str, list[Ticket]] = {}
    for code, ticket in tickets:
        found.setdefault(code, []).append(ticket)
    return found


def _place(ticket: Ticket) -> tuple[int, int]:
    return ticket.rank, ticket.id


def floor(act: Act) -> Floor:
    """The floor now. Refusal no_catalogue."""
    tickets = act.storage.on_the_floor(act.day)
    grace = timedelta(minutes=act.catalogue.rules.grace_minutes)
    return Floor(
        sequence=act.head.sequence,
        now=act.now,
        catalogue=act.catalogue,
        counters=dict(act.standing.counters),
        waiting=tuple(one for one in tickets if one.state is TicketState.WAITING),
        in_hand={one.counter: one for one in tickets if one.state in IN_HAND and one.counter},
        parked=tuple(one for one in tickets if one.state is TicketState.PARKED),
        no_shows=tuple(
            one
            for one in tickets
            if one.state is TicketState.NO_SHOW
            and not one.returned
            and one.ended_at is not None
            and act.now - one.ended_at <= grace
        ),
        calls=tuple(act.storage.shown(act.day, None, CALLS)),
        sessions={mark: Session(*one) for mark, one in act.storage.sessions(act.now)},
    )
