"""Counters: how they stand, whom they have in hand and in line, and the acts of whoever works there."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from counter.api import shapes
from counter.api.door import Acting, TheOffice, acting, needed
from counter.api.problems import documented
from counter.api.reading import READ, Reader
from counter.api.services import Pause
from counter.api.shapes import Counter, InHand, Shape, Ticket
from counter.office import Office
from hall.counters import CounterState
from hall.rights import Right

router = APIRouter(tags=["counters"])
SERVE = needed(Right.SERVE)
Server = Annotated[Acting, acting(Right.SERVE)]


class Named(Shape):
    """Which ticket."""

    ticket: Annotated[int, Field(ge=1, lt=1 << 63)]


@router.get("/counters", summary="Every counter as it stands", description=READ)
async def counters(office: TheOffice, _: Reader) -> list[Counter]:
    def read(office: Office) -> list[Counter]:
        return [
            shapes.counter(desk, office.hall.counter(desk.code)) for desk in office.hall.catalogue.counters.values()
        ]

    return await office.ask(read, office)


@router.get("/counters/{counter}", summary="One counter", description=READ)
async def counter(counter: str, office: TheOffice, _: Reader) -> Counter:
    return await office.ask(_stands, office, counter)


@router.get("/counters/{counter}/hand", summary="The ticket it has called or is serving", description=READ)
async def in_hand(counter: str, office: TheOffice, _: Reader) -> InHand:
    found = await office.ask(office.hall.in_hand, counter)
    return shapes.in_hand(found)


@router.get("/counters/{counter}/line", summary="Whom it would call, in order", description=READ)
async def line(
    counter: str, office: TheOffice, _: Reader, most: Annotated[int, Query(ge=1, le=1000)] = 100
) -> list[Ticket]:
    return [shapes.ticket(one) for one in await office.ask(office.hall.line, counter, most)]


@router.get("/counters/{counter}/parked", summary="Whose visitors will come back to it", description=READ)
async def parked(counter: str, office: TheOffice, _: Reader) -> list[Ticket]:
    return [shapes.ticket(one) for one in await office.ask(office.hall.parked, counter)]


@router.post("/counters/{counter}/open", summary="It serves", description=SERVE)
async def open_counter(counter: str, office: TheOffice, who: Server) -> Counter:
    return await office.ask(_stands, office, counter, await office.ask(office.hall.open_counter, counter, **who.by))


@router.post(
    "/counters/{counter}/pause", summary="It calls nobody for a while", description=SERVE, responses=documented(413)
)
async def pause_counter(counter: str, body: Pause, office: TheOffice, who: Server) -> Counter:
    state = await office.ask(office.hall.pause_counter, counter, reason=body.reason, **who.by)
    return await office.ask(_stands, office, counter, state)


@router.post("/counters/{counter}/close", summary="It serves no more", description=SERVE)
async def close_counter(counter: str, office: TheOffice, who: Server) -> Counter:
    return await office.ask(_stands, office, counter, await office.ask(office.hall.close_counter, counter, **who.by))


@router.post(
    "/counters/{counter}/next",
    summary="Finish the ticket in hand and call the next one",
    description=f"`ticket` is null when nobody waits. {SERVE}",
)
async def call_next(counter: str, office: TheOffice, who: Server) -> InHand:
    called = await office.ask(office.hall.call_next, counter, **who.by)
    return shapes.in_hand(called)


@router.post(
    "/counters/{counter}/call",
    summary="Call one ticket by its id; the ticket in hand is finished",
    description=SERVE,
    responses=documented(413),
)
async def call(counter: str, body: Named, office: TheOffice, who: Server) -> Ticket:
    return shapes.ticket(await office.ask(office.hall.call, body.ticket, counter, **who.by))


@router.post(
    "/counters/{counter}/resume",
    summary="Call a parked visitor; the ticket in hand is finished",
    description=SERVE,
    responses=documented(413),
)
async def resume(counter: str, body: Named, office: TheOffice, who: Server) -> Ticket:
    return shapes.ticket(await office.ask(office.hall.resume, body.ticket, counter, **who.by))


def _stands(office: Office, counter: str, state: CounterState | None = None) -> Counter:
    """Blocking. Refusal unknown_counter."""
    return shapes.counter(office.hall.catalogue.counter(counter), state or office.hall.counter(counter))
