"""The journal in a browser: who did what when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Response

from assets.words import N_, say
from counter import acts
from counter.access import Staff, language_of, may
from counter.office import Office, office
from hall.catalogue import Catalogue, named
from hall.journal import Event, Happening
from hall.rights import Right
from hall.tickets import Deed

router = APIRouter()

KINDS: dict[str, str] = {
    Deed.ISSUE: N_("Ticket given"),
    Deed.CALL: N_("Called"),
    Deed.RECALL: N_("Called again"),
    Deed.SERVE: N_("Served"),
    Deed.NO_SHOW: N_("Did not come"),
    Deed.READMIT: N_("Came back"),
    Deed.PARK: N_("Parked"),
    Deed.RESUME: N_("Called from parking"),
    Deed.RETURN: N_("Back in the line"),
    Deed.TRANSFER: N_("Transferred"),
    Deed.FINISH: N_("Finished"),
    Deed.CANCEL: N_("Cancelled"),
    Deed.EXPIRE: N_("Expired with the day"),
    Happening.CATALOGUE: N_("Catalogue saved"),
    Happening.COUNTER_OPEN: N_("Counter opened"),
    Happening.COUNTER_PAUSE: N_("Counter paused"),
    Happening.COUNTER_CLOSE: N_("Counter closed"),
    Happening.SERVICE_PAUSE: N_("Service paused"),
    Happening.SERVICE_OPEN: N_("Service opened"),
    Happening.HALL_PAUSE: N_("Hall paused"),
    Happening.HALL_OPEN: N_("Hall opened"),
    Happening.SLIP: N_("Slip"),
    Happening.PRINTER: N_("Printer's state"),
    Happening.ROLL: N_("New roll"),
    Happening.STAFF: N_("Somebody let in"),
    Happening.PIN: N_("New PIN"),
    Happening.BOOKINGS: N_("Bookings imported"),
    Happening.ROLE: N_("Role changed"),
    Happening.TOKEN: N_("Token made"),
    Happening.TOKEN_GONE: N_("Token revoked"),
    Happening.WEBHOOK: N_("Webhook changed"),
    Happening.WEBHOOK_GONE: N_("Webhook removed"),
    Happening.MESSAGE: N_("Message put up"),
    Happening.MESSAGE_GONE: N_("Message taken down"),
    Happening.STAFF_GONE: N_("Somebody removed"),
    Happening.SESSIONS_GONE: N_("Sessions ended"),
    Happening.DEVICE_GONE: N_("Device forgotten"),
    Happening.LOGO: N_("Logo changed"),
    Happening.LOGO_GONE: N_("Logo removed"),
}


@router.get("/journal")
async def page(
    office: Annotated[Office, Depends(office)],
    language: Annotated[str, Depends(language_of)],
    staff: Annotated[Staff, Depends(may(Right.PEOPLE))],
    who: Annotated[str, Query(max_length=100)] = "",
    kind: Annotated[str, Query(max_length=40)] = "",
    number: Annotated[str, Query(max_length=12)] = "",
    before: Annotated[int | None, Query(ge=1, lt=1 << 62)] = None,
) -> Response:
    """The newest first; of one person, kind or ticket number, if said."""
    number = "".join(number.split()).upper()
    asked: dict[str, Any] = {"staff": who.strip() or None, "kind": kind if kind in KINDS else None}
    asked["number"] = number if number.isascii() and number.isalnum() else None

    def read() -> tuple[list[Event], int | None, Catalogue, list[str]]:
        events, going_on = office.hall.past(before, **asked)
        return events, going_on, office.hall.catalogue, [one.name for one in office.hall.staff()]

    events, going_on, catalogue, people = await office.ask(read)
    filters = {name: value for name, value in (("who", who), ("kind", kind), ("number", number)) if value}
    return office.page(
        "manage_journal.html",
        language,
        staff=staff,
        rows=[_row(one, catalogue, language) for one in events],
        older=f"/journal?{urlencode({**filters, 'before': going_on})}" if going_on else "",
        kinds=sorted(((str(code), say(language, name)) for code, name in KINDS.items()), key=lambda one: one[1]),
        people=people,
        asked={"who": who, "kind": kind, "number": number},
        newest=before is None,
        back="/journal",
    )


def _row(event: Event, catalogue: Catalogue, language: str) -> dict[str, Any]:
    service = catalogue.services.get(event.service or "")
    details = dict(event.details)
    changes = details.pop("changes", [])
    return {
        "at": f"{event.at:%d.%m. %H:%M:%S}",
        "staff": event.staff or "",
        "what": say(language, KINDS[event.kind]) if event.kind in KINDS else event.kind,
        "number": event.number or "",
        "service": named(service.name, language) if service else event.service or "",
        "counter": event.counter or "",
        "details": [f"{_plain(name)}: {_plain(value, language)}" for name, value in details.items()],
        "changes": changes,
    }


def _plain(value: object, language: str = "en") -> str:
    """A detail as it stands in the journal; a stock reason in the reader's language."""
    if isinstance(value, Mapping):
        return " · ".join(f"{name}: {one}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return say(language, value) if isinstance(value, str) and value in acts.REASONS else str(value)
