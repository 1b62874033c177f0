"""The figures of one day, by agency and service; a supervisor's own agency alone."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from counter.access import Staff, language_of, may
from counter.office import Office, office
from hall.catalogue import named
from hall.figures import figures, together
from hall.rights import Right

router = APIRouter()


@router.get("/figures")
async def page(
    office: Annotated[Office, Depends(office)],
    language: Annotated[str, Depends(language_of)],
    staff: Annotated[Staff, Depends(may(Right.FIGURES))],
    day: str = "",
) -> Response:
    """Of today, or of another day."""
    rows = await office.ask(lambda: _rows(office, staff, language, day))
    return office.page("manage_figures.html", language, staff=staff, back="/figures", **rows)


def _rows(office: Office, staff: Staff, language: str, day: str) -> dict[str, Any]:
    """Blocking."""
    hall = office.hall
    catalogue, today = hall.catalogue, hall.now().date()
    try:
        asked = date.fromisoformat(day) if day else today
    except ValueError:
        asked = today
    waits = [row for row in hall.waits(asked.isoformat()) if staff.grant.sees(row[0].partition(".")[0])]
    by_service = figures(waits)
    agencies = [
        {
            "name": named(agency.name, language),
            "all": together([row for row in waits if row[0].partition(".")[0] == agency.code]),
            "services": [
                (named(service.name, language), by_service[service.code])
                for service in agency.services
                if service.code in by_service
            ],
        }
        for agency in catalogue.agencies
        if staff.grant.sees(agency.code)
    ]
    return {
        "agencies": [one for one in agencies if one["services"]],
        "all": together(waits),
        "day": asked.isoformat(),
        "today": today.isoformat(),
    }
