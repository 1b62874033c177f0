"""What the hall is and shows: its catalogue, its board."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query

from counter.api.door import Caller, TheOffice, asking, needed
from counter.api.shapes import Names, Shape
from counter.office import Office
from hall.rights import Right

router = APIRouter(tags=["hall"])
READ = needed(Right.READ)
Reader = Annotated[Caller, asking(Right.READ)]


class HallNow(Shape):
    """The hall, its time, and where its journal stands."""

    name: Names
    languages: list[str]
    timezone: str
    now: datetime
    sequence: int


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
    def read(office: Office) -> HallNow:
        catalogue, sequence = office.hall.catalogue, office.hall.sequence()
        return HallNow(
            name=catalogue.name,
            languages=list(catalogue.languages),
            timezone=catalogue.timezone.key,
            now=office.hall.now(),
            sequence=sequence,
        )

    return await office.ask(read, office)


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
