"""The staff console: choose a counter, its page, its live stream, and the acts of one key each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Response
from fastapi.responses import JSONResponse, RedirectResponse

from assets.words import N_, NAMES, say
from counter import acts, consoles, desk
from counter.access import Seated, Staff, form, language_of, may, seated
from counter.acts import Act, Deed, Done, OutOfDate, TooLate
from counter.consoles import Key
from counter.office import Office, office
from hall import Fault, Priority, Refusal
from hall.catalogue import Catalogue, named
from hall.floor import Floor
from hall.rights import Right

router = APIRouter()

TheOffice = Annotated[Office, Depends(office)]
Language = Annotated[str, Depends(language_of)]
TheStaff = Annotated[Staff, Depends(may(Right.SERVE))]
AtCounter = Annotated[Seated, Depends(seated)]
Form = Annotated[Mapping[str, str], Depends(form)]

OUT_OF_DATE = N_("Nothing was done: this counter has changed meanwhile. Look again, then press.")
TOO_LATE = N_("Not done: there was no connection for too long. Press again if you still want it.")
DISK_FULL = N_("Nothing was done: the disk of the server is full. Tell a technician, then press again.")
NOT_WRITTEN = N_("Nothing was done: the queue cannot be reached at the moment. Press again.")
TAKEN_OVER = N_("{staff} took over counter {counter} at {time}.")
STILL_IN_HAND = N_("Ticket {number} is still in hand. Finish it first.")
PRIORITIES = {
    Priority.ELDERLY: N_("Elderly"),
    Priority.DISABLED: N_("With a disability"),
    Priority.PREGNANT: N_("Pregnant"),
    Priority.INFANT: N_("With a small child"),
    Priority.STAFF: N_("Another reason"),
}


@router.get("/counters")
async def choose(office: TheOffice, language: Language, staff: TheStaff) -> Response:
    """Which counter do you work at?"""
    return await _counters_page(office, language, staff)


@router.post("/counters")
async def take(office: TheOffice, language: Language, staff: TheStaff, fields: Form) -> Response:
    """Work at a counter; it opens. Where somebody else works it is asked first whether to take it over."""
    code = fields.get("counter", "").strip().upper()
    try:
        await office.ask(office.hall.take_counter, staff.token, code, over="over" in fields)
    except Refusal as refusal:
        if refusal.code != "counter_taken":
            return await _counters_page(office, language, staff, said(refusal, language))
        hand = await office.ask(office.hall.in_hand, code)
        return office.page(
            "take_over.html", language, 409, staff=staff, counter=code, other=refusal.data["staff"], hand=hand
        )
    return RedirectResponse("/console", 303)


@router.post("/counters/leave")
async def leave(office: TheOffice, language: Language, staff: TheStaff, fields: Form) -> Response:  # noqa: ARG001
    """Leave the counter, which closes."""
    number = await office.ask(leave_counter, office, staff)
    if number:
        return office.page(
            "notice.html", language, 409, title=say(language, STILL_IN_HAND, {"number": number}), back="/console"
        )
    return RedirectResponse("/counters", 303)


def leave_counter(office: Office, staff: Staff) -> str | None:
    """Leave, unless a ticket is in hand: then its number. Blocking."""
    hand = office.hall.in_hand(staff.counter) if staff.counter else None
    if hand is None:
        office.hall.leave_counter(staff.token)
    return hand.number if hand else None


@router.get("/console")
async def page(office: TheOffice, language: Language, staff: AtCounter) -> Response:
    """The console."""
    floor = await office.ask(office.floors.read)
    shown = await office.ask(_shown, office, floor, staff, language)
    printers = sorted(one.name for one in office.floors.printers)
    return office.page(
        "console.html",
        language,
        staff=staff,
        shown=shown,
        facts={name: value for name, value in shown.items() if name != "regions"},
        act=Act,
        keys=acts.KEYS,
        labels=acts.LABELS,
        reasons=acts.REASONS,
        notes={code: named(names, language) for code, names in floor.catalogue.rules.notes.items()},
        priorities=PRIORITIES,
        spoken={code: NAMES.get(code, code) for code in floor.catalogue.languages},
        printers=printers,
        places=_places(floor.catalogue, staff.counter, language),
        longest=acts.LONGEST_REASON,
        back="/console",
    )


@router.get("/console/stream")
async def follow(office: TheOffice, language: Language, staff: AtCounter) -> Response:
    """The console's state, now and after each change."""
    return office.consoles.stream(Key.of(staff, language))


@router.post("/console/{act}")
async def do(act: Act, office: TheOffice, language: Language, staff: AtCounter, fields: Form) -> Response:
    """One act. Answers with the state after it; 409 with a sentence when it was refused and nothing was done.

    The fields are those of `acts.Deed`.
    """
    if act not in acts.DOABLE:
        raise HTTPException(404)
    if act in desk.NEEDS:
        staff.grant.demand(desk.NEEDS[act])
    async with office.desks[staff.counter]:
        status, sentence, shown = await office.ask(_done, office, language, staff, act, fields)
    return JSONResponse({"said": sentence} | ({"state": shown} if shown else {"done": False}), status)


def said(refusal: Refusal, language: str) -> str:
    """The refusal's sentence, with a pause's reason in the reader's language too."""
    why = refusal.data.get("reason")
    if isinstance(why, str):
        refusal = Refusal(refusal.code, **refusal.data | {"reason": say(language, why) if why in acts.REASONS else why})
    return refusal.said(language)


def _done(
    office: Office, language: str, staff: Seated, act: Act, fields: Mapping[str, str]
) -> tuple[int, str, dict[str, Any] | None]:
    """Do it, and look: status, sentence, state. Blocking."""
    status, done, sentence = 200, Done(), ""
    try:
        done = Deed(office.hall, staff.counter, staff.name, fields).do(act)
    except OutOfDate:
        status, sentence = 409, say(language, OUT_OF_DATE)
    except TooLate:
        status, sentence = 409, say(language, TOO_LATE)
    except Refusal as refusal:
        status, sentence = 409, said(refusal, language)
    except Fault as fault:
        return 503, say(language, DISK_FULL if fault.code == "disk_full" else NOT_WRITTEN), None
    if done.said:
        sentence = say(language, done.said, {"number": done.number})
    return status, sentence, _shown(office, office.floors.read(), staff, language)


def _shown(office: Office, floor: Floor, staff: Seated, language: str) -> dict[str, Any]:
    """What the console shows, the whole of it. Blocking. Refusal unknown_counter."""
    now = office.hall.now()
    seen = consoles.look(office, floor, staff.counter, staff.grant, language, now)
    return {"sequence": floor.sequence, **consoles.head(now), **consoles.told(office, seen, language)}


def _places(catalogue: Catalogue, own: str, language: str) -> dict[str, list[tuple[str, str, str]]]:
    """Where a ticket can go, for the page to search in: the value of the form, a name, and what stands beside it.

    What this counter offers itself comes first.
    """
    offers = catalogue.counter(own).offers
    services = sorted(catalogue.services.values(), key=lambda one: one.code not in offers)
    return {
        "service": [
            (f"service:{one.code}", named(one.name, language), named(catalogue.agency_of(one.code).name, language))
            for one in services
        ],
        "counter": [
            (
                f"counter:{one.code}",
                say(language, N_("Counter {counter}"), {"counter": one.code}),
                ", ".join(dict.fromkeys(named(catalogue.agency_of(code).name, language) for code in one.offers)),
            )
            for one in catalogue.counters.values()
            if one.code != own
        ],
    }


async def _counters_page(office: Office, language: str, staff: Staff, sentence: str = "") -> Response:
    floor = await office.ask(office.floors.read)
    catalogue = floor.catalogue
    lost = None if staff.counter else await office.ask(office.hall.taken_over, staff.name)
    why = {"staff": lost.staff, "counter": lost.counter, "time": f"{lost.at:%H:%M}"} if lost else None
    zones = [
        {
            "zone": named(zone.name, language),
            "counters": [
                {
                    "code": one.code,
                    "state": floor.counter(one.code),
                    "others": sorted({at.staff for at in floor.sessions.values() if at.counter == one.code}),
                    "agencies": list(
                        dict.fromkeys(named(catalogue.agency_of(code).name, language) for code in one.offers)
                    ),
                }
                for one in catalogue.counters.values()
                if one.zone == zone.code
            ],
        }
        for zone in catalogue.zones.values()
    ]
    status = 409 if sentence else 200
    sentence = sentence or (say(language, TAKEN_OVER, why) if why else "")
    return office.page("counters.html", language, status, staff=staff, zones=zones, said=sentence, back="/counters")
