"""Bookings made elsewhere: taken over, read by their code, checked in."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from counter.api import shapes
from counter.api.door import Acting, Caller, TheOffice, acting, asking, needed
from counter.api.problems import documented
from counter.api.shapes import Issued, Shape
from counter.api.tickets import Code, now_of, page_of
from counter.office import Office
from hall.bookings_file import Written
from hall.rights import Right

router = APIRouter(tags=["bookings"])
ISSUE = needed(Right.ISSUE)
Asker = Annotated[Caller, asking(Right.ISSUE)]
Issuer = Annotated[Acting, acting(Right.ISSUE)]
Text = Annotated[str, Field(max_length=200)]


class Line(Shape):
    """One booking, in the words of the file that `antrean bookings import` reads."""

    code: Text
    service: Text
    day: Annotated[Text, Field(description="Such as 2026-11-30.")]
    start: Annotated[Text, Field(description="Such as 09:00, in the hall's time.")]
    end: Text
    language: Text = ""
    priority: Text = ""
    cancelled: bool = False


class Lines(Shape):
    """Some bookings: all of them are taken over, or none."""

    bookings: Annotated[list[Line], Field(min_length=1, max_length=500)]


class Imported(Shape):
    """What became of them."""

    added: int
    changed: int
    same: int
    kept: Annotated[list[str], Field(description="Codes that would change, but whose visitors have checked in.")]


class Booking(Shape):
    """A time that was promised; `ticket` is what it became."""

    code: str
    day: str
    service: str
    starts: datetime
    ends: datetime
    language: str | None
    cancelled: bool
    ticket: int | None


class CheckIn(Shape):
    """How the visitor wants the ticket."""

    language: Annotated[str | None, Field(max_length=10, description="Left out: the booking's.")] = None
    printer: Annotated[Code | None, Field(description="Left out: no slip.")] = None
    large: bool = False


@router.post(
    "/bookings",
    summary="Take bookings over",
    description="Sent again it changes nothing. A mistake is 422 `bad_bookings`, with the place in the list (from 1),"
    f" the field, its value and the reason of each. {ISSUE}",
    responses=documented(413),
)
async def import_bookings(body: Lines, office: TheOffice, _: Asker) -> Imported:
    rows = [
        Written(at, one.code, one.service, one.day, one.start, one.end, one.language, one.priority, _yes(one.cancelled))
        for at, one in enumerate(body.bookings, 1)
    ]
    return Imported.model_validate(await office.ask(office.hall.import_bookings, rows))


@router.get("/bookings/{code}", summary="A booking of today or later", description=ISSUE)
async def booking(code: str, office: TheOffice, _: Asker) -> Booking:
    return Booking.model_validate(await office.ask(office.hall.booking, code))


@router.post(
    "/bookings/{code}/check-in",
    summary="The ticket of a booking",
    description=f"{ISSUE} Refused with 409: booking_cancelled, booking_other_day, booking_used, booking_too_early,"
    " booking_late, closed_today, not_yet_open, closed, service_paused.",
    status_code=201,
    responses=documented(413),
)
async def check_in(code: str, body: CheckIn, office: TheOffice, who: Issuer) -> Issued:
    def act(office: Office) -> Issued:
        hall = office.hall
        if body.printer is not None:
            hall.printer(body.printer)
        ticket = hall.check_in(code, body.language, None, who.request_id, body.printer, large=body.large)
        return shapes.issued(now_of(office, ticket.id), page_of(office, ticket))

    return await office.ask(act, office)


def _yes(cancelled: bool) -> str:
    return "yes" if cancelled else ""
