"""What the API sends: one model for each thing, and how it is made of the hall's own values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from hall import Refusal
from hall import Ticket as HallTicket
from hall.catalogue import Catalogue
from hall.catalogue import Counter as Desk
from hall.counters import CounterStanding, CounterState
from hall.journal import Event as HallEvent
from hall.journal import Happening
from hall.printers import PrinterState
from hall.printing import JobKind, JobState, PrintJob
from hall.tickets import TicketState
from hall.waiting import Estimate as HallEstimate

Names = Mapping[str, str]
Why = Annotated[str, Field(min_length=1, max_length=200, description="What visitors and staff are told.")]


class Shape(BaseModel):
    """Unknown fields are an error: an integrator's typing mistake is found at once."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)


class Estimate(Shape):
    """A wait in whole minutes."""

    low: int
    high: int


class Reason(Shape):
    """Why something is refused."""

    code: str
    message: str


class Ticket(Shape):
    """One visitor's place for one service. That somebody has priority, and why, is told to nobody."""

    id: int
    number: str
    day: str
    service: str
    agency: str
    language: str
    state: TicketState
    issued_at: datetime
    ahead_at_issue: int
    estimate_at_issue: Estimate | None
    counter: str | None
    called_at: datetime | None
    times: int
    served_at: datetime | None
    ended_at: datetime | None
    parked_until: datetime | None
    note: str | None
    """Why it was parked: a code of the catalogue's notes."""


class TicketNow(Ticket):
    """A ticket and how far it is."""

    ahead: int
    estimate: Estimate | None


class Issued(TicketNow):
    """A new ticket."""

    page: str
    """The address of the visitor's own page, as in the slip's QR: a secret of the visitor."""


class InHand(Shape):
    """The ticket a counter has, or none."""

    ticket: Ticket | None


class Counter(Shape):
    """A counter as it stands."""

    code: str
    zone: str
    offers: list[str]
    overflow: dict[str, int]
    state: CounterStanding
    reason: str | None
    since: datetime | None


class Service(Shape):
    """A service as somebody meets it who comes now."""

    code: str
    agency: str
    name: Names
    waiting: int
    estimate: Estimate | None
    refusal: Reason | None


class PrintJobShape(Shape):
    """What became of the wish for one piece of paper."""

    id: int
    kind: JobKind
    printer: str
    state: JobState
    reason: str | None
    ticket: int | None
    number: str | None
    created_at: datetime


class Printer(Shape):
    """A printer as it stands."""

    name: str
    device: str
    prints: bool
    troubles: dict[str, datetime]
    heard_at: datetime
    rolled_mm: int


class Event(Shape):
    """One line of the journal. Who did it is told to scope `manage` only."""

    sequence: int
    at: datetime
    kind: str
    ticket: int | None
    number: str | None
    service: str | None
    counter: str | None
    staff: str | None
    details: dict[str, Any]


_OF_PEOPLE = frozenset(
    {
        Happening.STAFF,
        Happening.PIN,
        Happening.ROLE,
        Happening.TOKEN,
        Happening.TOKEN_GONE,
        Happening.WEBHOOK,
        Happening.WEBHOOK_GONE,
    }
)


def estimate(told: HallEstimate | tuple[int, int] | None) -> Estimate | None:
    """A range, however the hall gives it."""
    if told is None:
        return None
    low, high = told if isinstance(told, tuple) else (told.low, told.high)
    return Estimate(low=low, high=high)


def ticket(one: HallTicket) -> Ticket:
    """A ticket."""
    return Ticket(**_fields(one))


def _fields(one: HallTicket) -> dict[str, Any]:
    shown = {name: getattr(one, name) for name in Ticket.model_fields if hasattr(one, name)}
    return shown | {
        "agency": one.service.partition(".")[0],
        "estimate_at_issue": estimate(one.estimate_at_issue),
    }


def in_hand(one: HallTicket | None) -> InHand:
    """A ticket, or none."""
    return InHand(ticket=ticket(one) if one else None)


def ticket_now(one: HallTicket, ahead: int, wait: HallEstimate | None) -> TicketNow:
    """A ticket, and how far it is."""
    return TicketNow(**_fields(one), ahead=ahead, estimate=estimate(wait))


def issued(one: TicketNow, page: str) -> Issued:
    """A new ticket."""
    return Issued(**dict(one), page=page)


def counter(desk: Desk, state: CounterState) -> Counter:
    """A counter."""
    return Counter(
        code=desk.code,
        zone=desk.zone,
        offers=list(desk.offers),
        overflow=dict(desk.overflow),
        state=state.state,
        reason=state.reason,
        since=state.since,
    )


def reason(refusal: Refusal | None, language: str = "en") -> Reason | None:
    """Why something is refused."""
    return Reason(code=refusal.code, message=refusal.said(language)) if refusal else None


def job(one: PrintJob) -> PrintJobShape:
    """A print job."""
    return PrintJobShape(
        id=one.id,
        kind=one.kind,
        printer=one.printer,
        state=one.state,
        reason=one.reason,
        ticket=one.ticket.id if one.ticket else None,
        number=one.ticket.number if one.ticket else None,
        created_at=one.created_at,
    )


def printer(one: PrinterState) -> Printer:
    """A printer."""
    return Printer(
        name=one.name,
        device=one.device,
        prints=one.prints,
        troubles={str(trouble): since for trouble, since in one.troubles.items()},
        heard_at=one.heard_at,
        rolled_mm=one.rolled_mm,
    )


def event(one: HallEvent, *, people: bool) -> Event:
    """A line of the journal; `people`: with who did it, and who was let in."""
    hidden = not people and one.kind in _OF_PEOPLE
    return Event(
        **{**one._asdict(), "details": {} if hidden else dict(one.details), "staff": one.staff if people else None}
    )


def offers(catalogue: Catalogue, code: str) -> dict[str, Any]:
    """A service's names."""
    service = catalogue.service(code)
    return {"code": code, "agency": service.agency, "name": service.name}
