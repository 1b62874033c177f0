"""Services as visitors meet them: who waits, how long it takes, why no ticket is given; paused and opened by staff."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from counter.api.door import Acting, TheOffice, acting, needed
from counter.api.problems import documented
from counter.api.reading import READ, Reader
from counter.api.shapes import Service, Shape, Why, estimate, offers, reason
from counter.office import Office
from hall.rights import Right

router = APIRouter(tags=["services"])
PAUSE = needed(Right.PAUSE)
Pauser = Annotated[Acting, acting(Right.PAUSE)]


class Pause(Shape):
    """Why."""

    reason: Why


@router.get("/services", summary="Every service: waiting, wait, refusal", description=READ)
async def services(office: TheOffice, _: Reader) -> list[Service]:
    return await office.ask(_read, office)


@router.get("/services/{service}", summary="One service", description=READ)
async def service(service: str, office: TheOffice, _: Reader) -> Service:
    return (await office.ask(_read, office, service))[0]


@router.post(
    "/services/{service}/pause",
    summary="Give no tickets",
    description=PAUSE,
    responses=documented(413),
    status_code=200,
)
async def pause_service(service: str, body: Pause, office: TheOffice, who: Pauser) -> Service:
    await office.ask(office.hall.pause_service, service, reason=body.reason, **who.by)
    return (await office.ask(_read, office, service))[0]


@router.post("/services/{service}/open", summary="Give tickets again", description=PAUSE, responses=documented(413))
async def open_service(service: str, office: TheOffice, who: Pauser) -> Service:
    await office.ask(office.hall.open_service, service, **who.by)
    return (await office.ask(_read, office, service))[0]


def _read(office: Office, only: str | None = None) -> list[Service]:
    """Every service, or one. Blocking. Refusal unknown_service."""
    catalogue, outlook = office.hall.catalogue, office.hall.outlook()
    codes = [catalogue.service(only).code] if only is not None else list(catalogue.services)
    return [
        Service(
            **offers(catalogue, code),
            waiting=outlook[code].waiting,
            estimate=estimate(outlook[code].estimate),
            refusal=reason(outlook[code].refusal),
        )
        for code in codes
        if code in outlook
    ]
