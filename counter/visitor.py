"""What a visitor's phone shows of a ticket, derived from plain values. Pure: no HTTP, no HTML, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hall import Ticket, TicketState
from hall.catalogue import Arrow, Catalogue, Names, Zone, named
from hall.waiting import Estimate

_ARROWS = {Arrow.LEFT: "←", Arrow.RIGHT: "→", Arrow.UP: "↑", Arrow.DOWN: "↓"}


class Back(StrEnum):
    """Whether a visitor who missed the call may come back with the same number."""

    IN_TIME = "in_time"
    TOO_LATE = "too_late"
    ONCE_ONLY = "once_only"
    """They came back before."""


@dataclass(frozen=True)
class Place:
    """Where to wait or to go; area and arrow are empty where the catalogue says nothing."""

    zone: str
    area: str
    arrow: str


@dataclass(frozen=True)
class Phone:
    """One ticket as its visitor sees it, but for its number: two who see the same are shown the same bytes."""

    state: TicketState
    service: str
    agency: str
    places: tuple[Place, ...]
    """Where to wait, and after the call where to go."""
    counter: str | None
    """None before the call."""
    ahead: int
    estimate: Estimate | None
    times: int
    """How many times it was called."""
    call: int
    """Which call of the hall this is: another number is another call; 0 while it is not called."""
    until: str
    """Until when a parked ticket is kept, or one whose call was missed; hours and minutes."""
    back: Back | None
    """Of a missed call."""
    kept: int
    """Minutes for which a missed number is kept; 0 when it is not, or no more."""
    calls: int
    """How often somebody is called at least."""

    @property
    def over(self) -> bool:
        """Nothing more will happen to this ticket, so nothing has to be followed."""
        return self.state in (TicketState.DONE, TicketState.CANCELLED, TicketState.EXPIRED)

    @property
    def returnable(self) -> bool:
        """Whether its visitor may give it back."""
        return self.state in (TicketState.WAITING, TicketState.CALLED, TicketState.PARKED)


def phone(
    catalogue: Catalogue, ticket: Ticket, ahead: int, estimate: Estimate | None, language: str, now: datetime
) -> Phone:
    """The page of one ticket. A state before the call names no counter, a later one only the ticket's own.

    Refusal unknown_service when its service has left the catalogue.
    """
    waiting, rules = ticket.state is TicketState.WAITING, catalogue.rules
    desk = catalogue.counters.get(ticket.counter or "")
    if desk is None:
        places = tuple(_place(zone, zone.area, zone.arrow, language) for zone in catalogue.zones_of(ticket.service))
    else:
        places = (_place(catalogue.zones[desk.zone], desk.area, desk.arrow, language),)
    back, until = _back(ticket, rules.grace_minutes, now)
    return Phone(
        state=ticket.state,
        service=named(catalogue.service(ticket.service).name, language),
        agency=named(catalogue.agency_of(ticket.service).name, language),
        places=places,
        counter=None if waiting else ticket.counter,
        ahead=ahead if waiting else 0,
        estimate=estimate if waiting else None,
        times=0 if waiting else ticket.times,
        call=(ticket.called_sequence or 0) if ticket.state is TicketState.CALLED else 0,
        until=f"{until:%H:%M}" if until else "",
        back=back,
        kept=0 if ticket.returned else rules.grace_minutes,
        calls=rules.calls_before_no_show,
    )


def _place(zone: Zone, area: Names, arrow: Arrow | None, language: str) -> Place:
    return Place(named(zone.name, language), named(area, language) if area else "", _ARROWS[arrow] if arrow else "")


def _back(ticket: Ticket, grace: int, now: datetime) -> tuple[Back | None, datetime | None]:
    """Whether and until when a missed number may come back; until when a parked one is kept."""
    if ticket.state is TicketState.PARKED:
        return None, ticket.parked_until
    if ticket.state is not TicketState.NO_SHOW or ticket.ended_at is None:
        return None, None
    if ticket.returned:
        return Back.ONCE_ONLY, None
    until = ticket.ended_at + timedelta(minutes=grace)
    in_time = grace > 0 and now <= until and ticket.day == now.date().isoformat()
    return (Back.IN_TIME, until) if in_time else (Back.TOO_LATE, None)
