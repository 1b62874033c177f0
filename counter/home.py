"""The hall's page: open or not, the latest calls, who waits where, the way to a ticket, finding a service."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from counter import lobby
from counter.access import visitors_language
from counter.crowd import Round, Shown
from counter.office import Office, office
from hall import Refusal

router = APIRouter()

TheOffice = Annotated[Office, Depends(office)]
Language = Annotated[str, Depends(visitors_language)]
Words = Annotated[str, Query(max_length=200)]
CALLS = 6
"""The latest that are listed."""
FOUND = 8
REGIONS = ("open", "calls", "agencies")


@router.get("/")
async def page(office: TheOffice, language: Language, q: Words = "", agency: Words = "") -> Response:
    """The hall as it is; its services by search (`q`) or by agency."""
    shown = await office.ask(_read, office, language)
    listed = await office.ask(look_up, office, language, q, agency) if shown else None
    return office.page("home.html", language, shown=shown, listed=listed, q=q, back="/")


@router.get("/stream")
async def follow(office: TheOffice, language: str = "") -> Response:
    """The same, now and after each change."""
    return office.lobbies.stream(language if language in office.languages else office.languages[0])


def look_up(office: Office, language: str, typed: str, agency: str) -> tuple[lobby.Line, ...] | None:
    """The services that answer what was typed, or those of an agency; None when neither was asked for. Blocking."""
    catalogue = office.hall.catalogue
    if typed.strip():
        codes = [found.service for found in office.index().find(typed, language, FOUND)]
    elif agency:
        codes = [one.code for each in catalogue.agencies if each.code == agency for one in each.services]
    else:
        return None
    return lobby.services(catalogue, codes, office.hall.outlook(), language)


class Lobbies:
    """Reads the hall once for every open page, and says it in every language that one of them speaks."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._bodies: dict[str, bytes] = {}

    def read(self, languages: tuple[str, ...]) -> Round[str]:
        """What is new. Blocking. Fault while the hall is away."""
        sequence, now = self._office.hall.sequence(), self._office.hall.now()
        changed: dict[str, Shown | None] = {}
        bodies = {}
        for language in languages:
            shown = _read(self._office, language)
            told = {"regions": shown or dict.fromkeys(REGIONS, "")}
            bodies[language] = made = json.dumps(told, ensure_ascii=False, separators=(",", ":"))[1:].encode()
            if made != self._bodies.get(language):
                changed[language] = Shown(made)
        self._bodies = bodies
        return Round(sequence, {"at": f"{now:%H:%M}"}, changed)


def _read(office: Office, language: str) -> dict[str, str]:
    """The regions of the page; none before the hall is described. Blocking."""
    hall = office.hall
    try:
        catalogue, outlook, board, rest = hall.catalogue, hall.outlook(), hall.board(), hall.rest()
    except Refusal:
        return {}
    values: dict[str, Any] = {
        "hours": lobby.hours(catalogue, board.at),
        "always": office.settings.always_open,
        "rest": rest.said(language) if rest else "",
        "calls": [call.number for call in board.calls[:CALLS]],
        "agencies": lobby.agencies(catalogue, outlook, language),
    }
    return {name: office.html(f"home_{name}.html", language, **values) for name in REGIONS}
