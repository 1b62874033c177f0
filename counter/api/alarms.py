"""What somebody in the hall should see to now, and the devices it is told from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fastapi import APIRouter

from counter.api.door import TheOffice
from counter.api.reading import READ, Reader
from counter.api.shapes import Shape
from counter.office import Office
from hall.alarms import AlarmCode
from hall.alarms import alarms as told
from hall.devices import DeviceKind

router = APIRouter(tags=["hall"])


class AlarmOf(Shape):
    """One thing to see to, with a sentence in English."""

    code: AlarmCode
    data: Mapping[str, Any]
    since: datetime | None
    agency: str | None
    message: str


class DeviceOf(Shape):
    """One device at its last word."""

    kind: DeviceKind
    name: str
    details: Mapping[str, str]
    since: datetime
    heard_at: datetime


@router.get("/alarms", summary="What somebody should see to now", description=READ)
async def alarms(office: TheOffice, _: Reader) -> list[AlarmOf]:
    def read(office: Office) -> list[AlarmOf]:
        catalogue = office.hall.catalogue
        return [
            AlarmOf(
                code=one.code,
                data=one.data,
                since=one.since,
                agency=one.agency,
                message=one.said(catalogue, "en"),
            )
            for one in told(office.hall.overview(), catalogue.rules)
        ]

    return await office.ask(read, office)


@router.get("/devices", summary="Kiosks, boards and consoles, and when each was last heard of", description=READ)
async def devices(office: TheOffice, _: Reader) -> list[DeviceOf]:
    return [DeviceOf.model_validate(one) for one in (await office.ask(office.hall.overview)).devices]
