"""One act on the queue: what it may look at, and how it changes a ticket and writes the journal in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from hall.catalogue import Catalogue, Counter
from hall.counters import CounterStanding, CounterState
from hall.errors import Refusal
from hall.journal import Event
from hall.pauses import HallPause
from hall.popular import Taken, days_before, hour_of
from hall.storage.queue import Head, Storage
from hall.tickets import TRANSITIONS, Deed, Ticket, TicketId, TicketState, moved
from hall.waiting import Estimate, Pulse, estimate, pace, people_ahead

_PACE_SECONDS = 60
"""How long the measured pace of a service is believed before it is measured again."""


@dataclass
class Standing:
    """What changes rarely, kept between acts and read again when the hall's revision has moved."""

    day: str = ""
    revision: int = -1
    edition: int = -1
    catalogue: Catalogue | None = None
    counters: dict[str, CounterState] = field(default_factory=dict)
    pauses: Mapping[str, str] = field(default_factory=dict)
    pause: HallPause | None = None
    """Of the whole hall, over or not."""
    logo: str | None = None
    """The digest of the hall's own."""
    paces: dict[str, tuple[datetime, float]] = field(default_factory=dict)
    taken: tuple[tuple[str, int], list[Taken]] = (("", -1), [])
    """Business day and hour, and what was taken on the days before it."""


class Act:
    """The queue at one moment, for one act. `writing` acts run inside a transaction."""

    def __init__(self, storage: Storage, standing: Standing, head: Head, now: datetime, *, always_open: bool) -> None:
        self.storage = storage
        self.standing = standing
        self.head = head
        self.before = head
        self.events: list[Event] = []
        """What this act did; written with its end."""
        self.now = now
        self.day = now.date().isoformat()
        self.always_open = always_open

    @property
    def catalogue(self) -> Catalogue:
        """Refusal no_catalogue."""
        if self.standing.catalogue is None:
            raise Refusal("no_catalogue")
        return self.standing.catalogue

    @property
    def pause(self) -> HallPause | None:
        """Of the whole hall, while it holds."""
        pause = self.standing.pause
        return pause if pause is not None and pause.holds(self.now) else None

    def ticket(self, ticket_id: TicketId) -> Ticket:
        """Refusal unknown_ticket."""
        ticket = self.storage.ticket(ticket_id) if 0 < ticket_id < 1 << 63 else None
        if ticket is None:
            raise Refusal("unknown_ticket")
        return ticket

    def counter(self, code: str) -> CounterState:
        """How a counter stands today. Refusal unknown_counter."""
        self.catalogue.counter(code)
        return self.standing.counters.get(code) or CounterState(code)

    def desks(self, *zones: str) -> list[Counter]:
        """The counters of some zones, or of all. Refusal no_catalogue, unknown_zone."""
        for zone in zones:
            if zone not in self.catalogue.zones:
                raise Refusal("unknown_zone", zone=zone)
        return [desk for desk in self.catalogue.counters.values() if not zones or desk.zone in zones]

    def ahead(self, ticket: Ticket) -> int:
        """How many will be called before this ticket by the counters that may call it; 0 once it no longer waits."""
        if ticket.state is not TicketState.WAITING or ticket.day != self.day:
            return 0
        return self.storage.ahead(self.line_of(ticket.service), ticket.rank, ticket.id)

    def line_of(self, service: str) -> tuple[str, ...]:
        """The services whose visitors wait for the same counters."""
        return self.catalogue.lines.get(service, (service,))

    def estimate(self, service: str, ahead: int) -> Estimate | None:
        """The wait of somebody with so many people before."""
        serving = self._serving(service)
        return estimate(ahead, serving, self._pace(service)) if serving else None

    def estimates(self) -> dict[str, Estimate]:
        """The wait of somebody who comes now, for every service of an open counter: two statements at the most."""
        served = self.served()
        waiting = self.storage.waiting(self.day) if served else {}
        found = {}
        for code, count in served.items():
            ahead = sum(waiting.get(one, 0) for one in self.line_of(code)) if waiting else 0
            if wait := estimate(ahead, count, self.standing.paces[code][1]):
                found[code] = wait
        return found

    def served(self) -> dict[str, int]:
        """Service -> how many open counters offer it, if any; the pace of each is then known."""
        served = {code: count for code in self.catalogue.services if (count := self._serving(code))}
        if served and not all(map(self._believed, served)):
            finished = self.storage.minutes_finished_all(self.day)
            for code in served:
                usual = self.catalogue.service(code).minutes
                self.standing.paces[code] = self.now, pace(finished.get(code, ()), usual)
        return served

    def pulse(self, tickets: Set[TicketId], after: int, new: Set[TicketId]) -> Pulse:
        """How these tickets stand; of those neither new nor touched by an event after `after`, only their places."""
        known = 0 < after <= self.head.sequence
        wanted = new | (tickets & self.storage.touched(after)) if known else tickets
        found = self.storage.tickets(wanted)
        line, served = self.storage.places(), self.served()
        return Pulse(
            sequence=self.head.sequence,
            at=self.now,
            tickets={ticket.id: ticket for ticket in found},
            ahead=people_ahead(line, self.catalogue.lines),
            counters=served,
            minutes={code: self.standing.paces[code][1] for code in served},
        )

    def _serving(self, service: str) -> int:
        """How many open counters offer it."""
        stand = self.standing.counters
        offered = self.catalogue.offered[service]
        return sum(stand[one.code].state is CounterStanding.OPEN for one in offered if one.code in stand)

    def _believed(self, service: str) -> bool:
        """Whether its pace was measured a short while ago."""
        measured = self.standing.paces.get(service)
        return measured is not None and timedelta(0) <= self.now - measured[0] < timedelta(seconds=_PACE_SECONDS)

    def _pace(self, service: str) -> float:
        if not self._believed(service):
            finished = self.storage.minutes_finished(self.day, service)
            self.standing.paces[service] = self.now, pace(finished, self.catalogue.service(service).minutes)
        return self.standing.paces[service][1]

    def taken(self, day: str) -> Taken:
        """What was taken on a business day: at this hour of it, and in the whole of it."""
        return self.storage.taken(day, *hour_of(day, self.now))

    def taken_before(self) -> list[Taken]:
        """The same of the days before, which changes no more: counted once in an hour."""
        key = self.day, self.now.hour
        if self.standing.taken[0] != key:
            self.standing.taken = key, [self.taken(day) for day in days_before(self.day)]
        return self.standing.taken[1]

    # -- writing -----------------------------------------------------------------------------------------------------

    @property
    def next_sequence(self) -> int:
        """The sequence number that the next event will get."""
        return self.head.sequence + len(self.events) + 1

    def record(
        self,
        kind: str,
        ticket: Ticket | None = None,
        *,
        service: str | None = None,
        counter: str | None = None,
        staff: str | None = None,
        **details: Any,
    ) -> int:
        """Append to the journal; details that are None are left out. Returns the sequence number."""
        said = {name: value for name, value in details.items() if value is not None} if details else details
        if ticket is not None:
            service, counter = service or ticket.service, counter or ticket.counter
        ticket_id = None if ticket is None else ticket.id
        event = Event(self.next_sequence, self.now, kind, ticket_id, None, service, counter, staff, said)
        self.events.append(event)
        return event.sequence

    def finish(self, ticket: TicketId, service: str, counter: str, staff: str | None) -> None:
        """The deed FINISH to a ticket known to be in hand, which need not be read for it: one key does it all day."""
        self.events.append(Event(self.next_sequence, self.now, Deed.FINISH, ticket, None, service, counter, staff))
        self.storage.ticket_changed(ticket, {"state": TRANSITIONS[Deed.FINISH][1], "ended_at": self.now})

    def move(
        self,
        ticket: Ticket,
        deed: Deed,
        staff: str | None = None,
        details: Mapping[str, Any] = MappingProxyType({}),
        **changes: Any,
    ) -> Ticket:
        """Do a deed to a ticket: new state, changed fields, event. Refusal illegal_act (number, state, act)."""
        changes["state"] = moved(ticket, deed)
        after = ticket.changed(**changes)
        self.record(deed, after, staff=staff, **details)
        self.storage.ticket_changed(ticket.id, changes)
        return after

    def end(self) -> bool:
        """Write the journal and the hall's own row; whether anything was done at all."""
        if self.events:
            self.storage.events_added(self.events)
        after = self.head._replace(sequence=self.head.sequence + len(self.events))
        if after == self.before:
            return False
        self.storage.head_moved(after)
        return True

    def revise(self) -> None:
        """What is cached of the hall is out of date, here and everywhere."""
        self.head = self.head._replace(revision=self.head.revision + 1)
