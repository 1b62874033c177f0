"""What the hall is and shows: its catalogue, its board; and the pause of all of it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AfterValidator, AwareDatetime

from counter.api.door import Acting, Caller, TheOffice, acting, asking, needed
from counter.api.problems import documented
from counter.api.shapes import Names, Shape, Why
from counter.office import Office
from hall.rights import Right

router = APIRouter(tags=["hall"])
READ = needed(Right.READ)
PAUSE_HALL = needed(Right.PAUSE_HALL)
Reader = Annotated[Caller, asking(Right.READ)]
Pauser = Annotated[Acting, acting(Right.PAUSE_HALL)]


def _of_our_time(moment: datetime | None) -> datetime | None:
    """No time zone can be told of the first or the last day there is."""
    if moment is not None and not 2000 <= moment.year < 2200:
        raise ValueError("a time between the years 2000 and 2200")
    return moment


class PauseOf(Shape):
    """Why the whole hall gives no tickets; until null: until it is opened."""

    reason: str
    since: datetime
    until: datetime | None


class HallPause(Shape):
    """Why, and until when if that is known."""

    reason: Why
    until: Annotated[AwareDatetime | None, AfterValidator(_of_our_time)] = None


class HallNow(Shape):
    """The hall, its time, where its journal stands, and the pause it is in, if any."""

    name: Names
    languages: list[str]
    timezone: str
    now: datetime
    sequence: int
    pause: PauseOf | None


class ServiceOf(Shape):
    """What a visitor can take a ticket for."""

    code: str
    name: Names
    series: str
    minutes: int
    cap: int | None


class AgencyOf(Shape):
    """An office and its services."""

    code: str
    name: Names
    services: list[ServiceOf]


class ZoneOf(Shape):
    """A part of the hall."""

    code: str
    name: Names


class CounterOf(Shape):
    """A desk: the services it offers, and those it takes over after so many minutes."""

    code: str
    zone: str
    offers: list[str]
    overflow: dict[str, int]


class CatalogueOf(Shape):
    """How the hall is described."""

    agencies: list[AgencyOf]
    zones: list[ZoneOf]
    counters: list[CounterOf]


class Call(Shape):
    """One call on the board."""

    sequence: int
    ticket: int
    number: str
    counter: str
    zone: str
    agency: str
    called_at: datetime
    times: int


class Board(Shape):
    """The newest calls, the newest first."""

    sequence: int
    at: datetime
    calls: list[Call]


@router.get("/hall", summary="The hall, its time, its sequence", description=READ)
async def hall(office: TheOffice, _: Reader) -> HallNow:
    return await office.ask(_hall_now, office)


@router.post("/hall/pause", summary="Give no tickets at all", description=PAUSE_HALL, responses=documented(413))
async def pause_hall(body: HallPause, office: TheOffice, who: Pauser) -> HallNow:
    await office.ask(office.hall.pause_hall, body.reason, body.until, **who.by)
    return await office.ask(_hall_now, office)


@router.post("/hall/open", summary="Give tickets again", description=PAUSE_HALL)
async def open_hall(office: TheOffice, who: Pauser) -> HallNow:
    await office.ask(office.hall.open_hall, **who.by)
    return await office.ask(_hall_now, office)


def _hall_now(office: Office) -> HallNow:
    """Blocking. Refusal no_catalogue."""
    hall = office.hall
    catalogue, sequence, pause = hall.catalogue, hall.sequence(), hall.pause
    return HallNow(
        name=catalogue.name,
        languages=list(catalogue.languages),
        timezone=catalogue.timezone.key,
        now=hall.now(),
        sequence=sequence,
        pause=PauseOf(reason=pause.reason, since=pause.since, until=pause.until) if pause else None,
    )


@router.get("/catalogue", summary="Agencies, services, zones, counters", description=READ)
async def catalogue(office: TheOffice, _: Reader) -> CatalogueOf:
    found = await office.ask(lambda: office.hall.catalogue)
    return CatalogueOf(
        agencies=[
            AgencyOf(
                code=agency.code,
                name=agency.name,
                services=[ServiceOf.model_validate(service) for service in agency.services],
            )
            for agency in found.agencies
        ],
        zones=[ZoneOf.model_validate(zone) for zone in found.zones.values()],
        counters=[
            CounterOf(code=desk.code, zone=desk.zone, offers=list(desk.offers), overflow=dict(desk.overflow))
            for desk in found.counters.values()
        ],
    )


@router.get("/board", summary="What a call-board shows", description=f"Of some zones, or of all. {READ}")
async def board(
    office: TheOffice,
    _: Reader,
    zone: Annotated[list[str], Query(max_length=20, description="May be repeated.")] = [],  # noqa: B006
    after: Annotated[
        int | None, Query(ge=0, lt=1 << 63, description="Also the calls after this sequence that no longer fit on it.")
    ] = None,
) -> Board:
    return Board.model_validate(await office.ask(office.hall.board, *zone, after=after))
