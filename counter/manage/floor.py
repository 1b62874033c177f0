"""The hall's live page: alarms, lines, counters, devices, and the few acts that touch the whole hall."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from assets.words import N_, NAMES, say
from counter import acts
from counter.access import SignedOut, Staff, form, language_of, may, who
from counter.office import Office, office
from counter.streams import Gone, State, stream
from hall import Refusal
from hall.alarms import Alarm, alarms
from hall.catalogue import Catalogue, named
from hall.counters import CounterStanding
from hall.devices import SECONDS, DeviceKind
from hall.hours import coming
from hall.overview import Overview
from hall.printers import SENTENCES, WARNINGS
from hall.rights import Grant, Right

router = APIRouter()

TheOffice = Annotated[Office, Depends(office)]
Language = Annotated[str, Depends(language_of)]
TheStaff = Annotated[Staff, Depends(may(Right.WATCH))]
Form = Annotated[Mapping[str, str], Depends(form)]
REGIONS = ("alarms", "standing", "lines", "desks", "devices")
DEVICES = {
    DeviceKind.KIOSK: N_("Kiosk"),
    DeviceKind.BOARD: N_("Call-board"),
    DeviceKind.WEB_BOARD: N_("Call-board in a browser"),
    DeviceKind.CONSOLE: N_("Counter's page"),
}


class Act(StrEnum):
    """What can be done from this page; also the last part of its address."""

    PAUSE_SERVICE = "pause-service"
    OPEN_SERVICE = "open-service"
    PAUSE = "pause"
    OPEN = "open"
    CLOSE_COUNTER = "close-counter"
    SAY = "say"
    UNSAY = "unsay"
    FORGET = "forget"


@router.get("/hall")
async def page(office: TheOffice, language: Language, staff: TheStaff) -> Response:
    """The hall as it stands, of a supervisor the own agency's part."""
    return await _page(office, language, staff)


@router.get("/hall/stream")
async def follow(office: TheOffice, language: Language, staff: TheStaff) -> Response:
    """The page, now and after each change."""

    def read() -> State:
        try:
            now = who(office, staff.token)
        except SignedOut as signed_out:
            raise Gone from signed_out
        if now.grant != staff.grant:
            raise Gone
        return _read(office, staff, language)

    return stream(office.watch, staff.token, lambda: office.peek(read))


@router.post("/hall/{act}")
async def do(act: Act, office: TheOffice, language: Language, staff: TheStaff, fields: Form) -> Response:
    """One act. Refused, the page comes again and says why, with what was typed still in it."""
    try:
        await office.ask(_perform, office, staff, act, fields)
    except Refusal as refusal:
        if refusal.code == "not_allowed":
            raise
        return await _page(office, language, staff, refusal, fields, act)
    return RedirectResponse("/hall", 303)


def _perform(office: Office, staff: Staff, act: Act, fields: Mapping[str, str]) -> None:
    hall, by = office.hall, staff.name
    if act in (Act.PAUSE_SERVICE, Act.OPEN_SERVICE):
        service = hall.catalogue.service(fields.get("service", ""))
        staff.grant.demand(Right.PAUSE, service.agency)
        if act is Act.PAUSE_SERVICE:
            hall.pause_service(service.code, reason=_reason(fields), staff=by)
        else:
            hall.open_service(service.code, staff=by)
        return
    staff.grant.demand(Right.PAUSE_HALL if act in (Act.PAUSE, Act.OPEN) else Right.RUN)
    if act is Act.PAUSE:
        until = fields.get("until", "").strip()
        hall.pause_hall(_reason(fields), coming(until, hall.now()) if until else None, staff=by)
    elif act is Act.OPEN:
        hall.open_hall(staff=by)
    elif act is Act.CLOSE_COUNTER:
        hall.close_counter(fields.get("counter", ""), staff=by)
    elif act is Act.SAY:
        begins, ends = (_moment(fields.get(name, ""), hall.now()) for name in ("from", "until"))
        if begins and ends and ends < begins:
            ends += timedelta(days=1)
        hall.messages.add({code: fields.get(f"text-{code}", "") for code in office.languages}, begins, ends, staff=by)
    elif act is Act.UNSAY:
        message = fields.get("message", "")
        hall.messages.remove(int(message) if message.isascii() and message.isdecimal() else 0, staff=by)
    else:
        hall.forget_device(fields.get("kind", ""), fields.get("name", ""), staff=by)


def marks(office: Office, grant: Grant) -> int:
    """How many alarms somebody at a counter should know of, who may see to them. Blocking."""
    return len(_theirs(office.floors.troubles(), grant)) if grant.allows(Right.WATCH) else 0


def _theirs(found: list[Alarm], grant: Grant) -> list[Alarm]:
    return [one for one in found if grant.sees(one.agency)]


def _moment(written: str, now: datetime) -> datetime | None:
    return coming(written.strip(), now) if written.strip() else None


def _reason(fields: Mapping[str, str]) -> str:
    own = " ".join(fields.get("own", "").split())[:120]
    given = fields.get("reason", "")
    return own or (given if given in acts.REASONS else acts.REASONS[-1])


async def _page(
    office: Office,
    language: str,
    staff: Staff,
    refusal: Refusal | None = None,
    fields: Mapping[str, str] = MappingProxyType({}),
    tried: str = "",
) -> Response:
    def read() -> tuple[State, list[tuple[str, list[tuple[str, str]]]]]:
        return _read(office, staff, language), _services(office.hall.catalogue, staff, language)

    state, services = await office.ask(read)
    return office.page(
        "manage_hall.html",
        language,
        409 if refusal else 200,
        staff=staff,
        shown=state.shown,
        services=services if staff.grant.allows(Right.PAUSE) else [],
        reasons=acts.REASONS,
        runs=staff.grant.allows(Right.RUN),
        names=NAMES,
        said=refusal.said(language) if refusal else "",
        typed=defaultdict(str, fields),
        tried=str(tried),
        back="/hall",
    )


def _services(catalogue: Catalogue, staff: Staff, language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Agency's name and its services, code and name."""
    return [
        (named(agency.name, language), [(one.code, named(one.name, language)) for one in agency.services])
        for agency in catalogue.agencies
        if staff.grant.sees(agency.code)
    ]


def _read(office: Office, staff: Staff, language: str) -> State:
    """What the page shows. Blocking. Refusal no_catalogue."""
    hall = office.hall
    sequence, catalogue, floor = hall.sequence(), hall.catalogue, hall.overview()
    found = _theirs(alarms(floor, catalogue.rules), staff.grant)
    reasons = {reason: say(language, reason) for reason in acts.REASONS}
    lines = _lines(floor, catalogue, staff, language, reasons)
    values: dict[str, Any] = {
        "alarms": [(str(one.code), one.said(catalogue, language), _clock(one.since, floor.at)) for one in found],
        "lines": lines,
        "desks": _desks(floor, catalogue, staff, language, reasons),
        "printers": _printers(floor, language) if staff.grant.agency is None else [],
        "devices": _devices(floor, catalogue, language) if staff.grant.agency is None else [],
        "pause": floor.pause,
        "reasons": reasons,
        "messages": [(one, one.runs(floor.at)) for one in hall.messages.all()],
        "waiting": sum(one["waiting"] for one in lines),
        "csrf": staff.csrf,
        "runs": staff.grant.allows(Right.RUN),
        "pauses": staff.grant.allows(Right.PAUSE),
    }
    shown = {
        "sequence": sequence,
        "at": f"{floor.at:%H:%M}",
        "title": f"({len(found)}) {say(language, 'Hall')}" if found else say(language, "Hall"),
        "regions": {name: office.html(f"manage_{name}.html", language, **values) for name in REGIONS},
    }
    return State(sequence, shown)


def _lines(
    floor: Overview, catalogue: Catalogue, staff: Staff, language: str, reasons: Mapping[str, str]
) -> list[dict[str, Any]]:
    """By agency: the whole, and each service for which somebody waits or which is paused."""
    rows = []
    for agency in catalogue.agencies:
        if not staff.grant.sees(agency.code):
            continue
        own = [floor.lines[service.code] for service in agency.services]
        services = [
            {
                "code": line.service,
                "name": named(catalogue.service(line.service).name, language),
                "waiting": line.waiting,
                "longest": _minutes(line.oldest, floor.at),
                "serving": line.serving,
                "paused": reasons.get(line.paused, line.paused) if line.paused is not None else None,
            }
            for line in own
            if line.waiting or line.paused is not None
        ]
        counters = {desk.code for one in agency.services for desk in catalogue.offered[one.code]}
        rows.append(
            {
                "name": named(agency.name, language),
                "waiting": sum(line.waiting for line in own),
                "longest": max((_minutes(line.oldest, floor.at) or 0 for line in own), default=0),
                "serving": sum(floor.desks[code].state.state is CounterStanding.OPEN for code in counters),
                "counters": len(counters),
                "services": services,
            }
        )
    return sorted(rows, key=lambda row: -row["waiting"])


def _desks(
    floor: Overview, catalogue: Catalogue, staff: Staff, language: str, reasons: Mapping[str, str]
) -> list[dict[str, Any]]:
    shown = []
    for code, desk in floor.desks.items():
        codes = dict.fromkeys(catalogue.service(one).agency for one in catalogue.counter(code).offers)
        if not any(map(staff.grant.sees, codes)):
            continue
        agencies = map(catalogue.agency, codes)
        state = desk.state
        shown.append(
            {
                "code": code,
                "zone": named(catalogue.zones[catalogue.counter(code).zone].name, language),
                "agencies": [named(one.short or one.name, language) for one in agencies],
                "state": str(state.state),
                "reason": reasons.get(state.reason or "", state.reason or ""),
                "staff": state.staff or "",
                "since": _clock(state.since, floor.at),
                "number": desk.number,
                "minutes": _minutes(desk.since, floor.at),
            }
        )
    return sorted(shown, key=lambda one: one["state"] == CounterStanding.CLOSED)


def _printers(floor: Overview, language: str) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "device": one.device,
            "well": one.prints,
            "troubles": [say(language, SENTENCES[trouble]) for trouble in one.troubles],
            "low": set(one.troubles) & WARNINGS,
        }
        for one in floor.printers
    ]


def _devices(floor: Overview, catalogue: Catalogue, language: str) -> list[dict[str, Any]]:
    limit = catalogue.rules.alarm_silent_minutes
    return [
        {
            "kind": str(one.kind),
            "what": say(language, DEVICES[one.kind]),
            "name": one.name,
            "details": [value for value in one.details.values() if value],
            "silent": one.silent(floor.at, limit),
            "heard": _clock(one.heard_at, floor.at),
            "since": _clock(one.since, floor.at),
        }
        for one in floor.devices
        if one.kind is not DeviceKind.CONSOLE or (floor.at - one.heard_at).total_seconds() < 3 * SECONDS
    ]


def _minutes(since: datetime | None, now: datetime) -> int | None:
    return None if since is None else max(0, int((now - since).total_seconds()) // 60)


def _clock(moment: datetime | None, now: datetime) -> str:
    """The time of today, or day and time."""
    if moment is None:
        return ""
    return f"{moment:%H:%M}" if moment.date() == now.date() else f"{moment:%d.%m. %H:%M}"
