"""What the phone shows, derived from plain values. Pure: no HTTP, no HTML, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hall import Ticket, TicketState
from hall.catalogue import Catalogue, named
from hall.waiting import Estimate


@dataclass(frozen=True)
class Phone:
    """One ticket as its visitor sees it."""

    number: str
    state: TicketState
    service: str
    agency: str
    zones: tuple[str, ...]
    """Where to wait, and after the call where to go."""
    counter: str | None
    ahead: int
    estimate: Estimate | None
    issued_at: datetime

    @property
    def over(self) -> bool:
        """Nothing more will happen to this ticket, so nothing has to be followed."""
        return self.state in (TicketState.DONE, TicketState.CANCELLED, TicketState.EXPIRED)


def phone(catalogue: Catalogue, ticket: Ticket, ahead: int, estimate: Estimate | None, language: str) -> Phone:
    """The page of one ticket. A state before the call names no counter, a later one only the ticket's own."""
    before_call = ticket.state is TicketState.WAITING
    at = catalogue.counters.get(ticket.counter or "")
    zones = catalogue.zones_of(ticket.service) if before_call or at is None else (catalogue.zones[at.zone],)
    return Phone(
        number=ticket.number,
        state=ticket.state,
        service=named(catalogue.service(ticket.service).name, language),
        agency=named(catalogue.agency_of(ticket.service).name, language),
        zones=tuple(named(zone.name, language) for zone in zones),
        counter=None if before_call else ticket.counter,
        ahead=ahead,
        estimate=estimate if before_call else None,
        issued_at=ticket.issued_at,
    )
