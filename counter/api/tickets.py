"""Tickets: given, read, and each act that staff do to one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import Field

from counter.api import shapes
from counter.api.door import Acting, TheOffice, acting, needed
from counter.api.problems import documented
from counter.api.reading import READ, Reader
from counter.api.shapes import Issued, PrintJobShape, Shape, Ticket, TicketNow
from counter.office import Office
from hall import Ticket as HallTicket
from hall.rights import Right

router = APIRouter(tags=["tickets"])
TicketId = Annotated[int, Path(ge=1, lt=1 << 63)]
Issuer = Annotated[Acting, acting(Right.ISSUE)]
Server = Annotated[Acting, acting(Right.SERVE)]
Canceller = Annotated[Acting, acting(Right.CANCEL)]
Copier = Annotated[Acting, acting(Right.PAPER)]
Code = Annotated[str, Field(max_length=100)]


class Wish(Shape):
    """A ticket for a service; its slip at a printer, if one is named."""

    service: Code
    language: Annotated[str | None, Field(max_length=10, description="Left out: the hall's first.")] = None
    priority: Annotated[str | None, Field(max_length=20, description="elderly, disabled, pregnant, infant, staff")] = (
        None
    )
    printer: Annotated[str | None, Field(max_length=100, description="Left out: no slip.")] = None
    large: Annotated[bool, Field(description="The slip in large print.")] = False


class Target(Shape):
    """Where to send a ticket: a service or a counter, one of the two."""

    service: Code | None = None
    counter: Code | None = None


class Held(Shape):
    """Why a visitor is parked: a code of the catalogue's notes."""

    note: Code | None = None


class Need(Shape):
    """Why a visitor comes earlier; null takes it away."""

    priority: Annotated[str | None, Field(max_length=20, description="elderly, disabled, pregnant, infant, staff")]


class More(Shape):
    """One more service for the same visitor; its slip at a printer, if one is named."""

    service: Code
    printer: Annotated[str | None, Field(max_length=100, description="Left out: no slip.")] = None
    large: bool = False


class Copy(Shape):
    """A copy of a slip."""

    printer: Code = "main"
    large: bool = False


@router.post(
    "/tickets",
    summary="Give a ticket",
    description=f"{needed(Right.ISSUE)} Refused with 409: closed_today, not_yet_open, break, cutoff, closed,"
    " service_paused, cap_reached.",
    status_code=201,
    responses=documented(413),
)
async def issue(body: Wish, office: TheOffice, who: Issuer) -> Issued:
    def act(office: Office) -> Issued:
        hall = office.hall
        if body.printer is not None:
            hall.printer(body.printer)  # Refusal unknown_printer: nobody would ever take that job
        ticket = hall.issue(
            body.service, body.language, body.priority, who.request_id, body.printer, large=body.large, staff=who.name
        )
        return _issued(office, ticket)

    return await office.ask(act, office)


@router.get("/tickets/{ticket}", summary="A ticket as it stands", description=READ)
async def ticket(ticket: TicketId, office: TheOffice, _: Reader) -> TicketNow:
    return await office.ask(now_of, office, ticket)


@router.post("/tickets/{ticket}/cancel", summary="The visitor goes", description=needed(Right.CANCEL))
async def cancel(ticket: TicketId, office: TheOffice, who: Canceller) -> Ticket:
    return shapes.ticket(await office.ask(office.hall.cancel, ticket, **who.by))


@router.post(
    "/tickets/{ticket}/transfer",
    summary="Send on, keeping the arrival",
    description=needed(Right.SERVE),
    responses=documented(413),
)
async def transfer(ticket: TicketId, body: Target, office: TheOffice, who: Server) -> Ticket:
    where = {"service": body.service, "counter": body.counter}
    return shapes.ticket(await office.ask(office.hall.transfer, ticket, **where, **who.by))


@router.post(
    "/tickets/{ticket}/park",
    summary="Keep the place while the visitor fetches something",
    description=needed(Right.SERVE),
    responses=documented(413),
)
async def park(ticket: TicketId, office: TheOffice, who: Server, body: Held | None = None) -> Ticket:
    note = body.note if body else None
    return shapes.ticket(await office.ask(office.hall.park, ticket, note=note, **who.by))


@router.post(
    "/tickets/{ticket}/priority",
    summary="Correct the priority, and so the place",
    description=needed(Right.SERVE),
    responses=documented(413),
)
async def correct_priority(ticket: TicketId, body: Need, office: TheOffice, who: Server) -> Ticket:
    return shapes.ticket(await office.ask(office.hall.correct_priority, ticket, body.priority, **who.by))


@router.post(
    "/tickets/{ticket}/add-service",
    summary="One more ticket for the same visit, with the place of the first",
    description=needed(Right.ISSUE),
    status_code=201,
    responses=documented(413),
)
async def add_service(ticket: TicketId, body: More, office: TheOffice, who: Issuer) -> Issued:
    def act(office: Office) -> Issued:
        if body.printer is not None:
            office.hall.printer(body.printer)
        how: dict[str, Any] = {"printer": body.printer, "large": body.large, **who.by}
        return _issued(office, office.hall.add_service(ticket, body.service, **how))

    return await office.ask(act, office)


@router.post(
    "/tickets/{ticket}/reprint",
    summary="Print a copy of the slip, with the same number",
    description=needed(Right.PAPER),
    status_code=202,
    responses=documented(413),
)
async def reprint(ticket: TicketId, body: Copy, office: TheOffice, who: Copier) -> PrintJobShape:
    await office.ask(office.hall.printer, body.printer)
    return shapes.job(await office.ask(office.hall.reprint, ticket, printer=body.printer, large=body.large, **who.by))


def _deed(name: str) -> Callable[[int, Office, Acting], Awaitable[Ticket]]:
    async def act(ticket: TicketId, office: TheOffice, who: Server) -> Ticket:
        return shapes.ticket(await office.ask(getattr(office.hall, name), ticket, **who.by))

    return act


for deed, summary in {
    "recall": "Call again",
    "serve": "The visitor is at the counter",
    "no_show": "Nobody came",
    "readmit": "A no-show comes back",
    "finish": "Done",
}.items():
    router.post(
        f"/tickets/{{ticket}}/{deed.replace('_', '-')}",
        name=deed,
        summary=summary,
        description=needed(Right.SERVE),
    )(_deed(deed))


def _issued(office: Office, ticket: HallTicket) -> Issued:
    """Blocking. Refusal unknown_ticket."""
    return shapes.issued(now_of(office, ticket.id), page_of(office, ticket))


def page_of(office: Office, ticket: HallTicket) -> str:
    """The address of a visitor's page, as in the slip's QR."""
    return f"{office.settings.counter.public_url.rstrip('/')}/t/{ticket.token}"


def now_of(office: Office, ticket: int) -> TicketNow:
    """A ticket and how far it is. Blocking. Refusal unknown_ticket."""
    hall = office.hall
    found, ahead = hall.ticket(ticket), hall.ahead(ticket)
    waits = found.state == "waiting" and found.service in hall.catalogue.services
    return shapes.ticket_now(found, ahead, hall.estimate(found.service, ahead) if waits else None)
