"""The staff console: choose a counter, its page, its live stream, and the acts of one key each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from fastapi.responses import JSONResponse, RedirectResponse

from assets.words import N_, say
from counter import paper, views
from counter.access import Seated, SignedOut, Staff, form, language_of, may, seated, who
from counter.office import Office, office
from counter.streams import Gone, State, stream
from counter.views import Act
from hall import Fault, Refusal, Ticket
from hall.catalogue import named
from hall.rights import Right

router = APIRouter()

TheOffice = Annotated[Office, Depends(office)]
Language = Annotated[str, Depends(language_of)]
TheStaff = Annotated[Staff, Depends(may(Right.SERVE))]
AtCounter = Annotated[Seated, Depends(seated)]
Form = Annotated[Mapping[str, str], Depends(form)]

OUT_OF_DATE = N_("Nothing was done: this counter has changed meanwhile. Look again, then press.")
NOBODY = N_("Nobody is waiting.")
STILL_IN_HAND = N_("Ticket {number} is still in hand. Finish it first.")


class OutOfDate(Exception):  # noqa: N818 - not an error
    """The page believed in another ticket in hand than the counter has."""


@router.get("/counters")
async def choose(office: TheOffice, language: Language, staff: TheStaff) -> Response:
    """Which counter do you work at?"""
    return await _counters_page(office, language, staff)


@router.post("/counters")
async def take(office: TheOffice, language: Language, staff: TheStaff, fields: Form) -> Response:
    """Work at a counter; it opens."""
    try:
        await office.ask(office.hall.take_counter, staff.token, fields.get("counter", ""))
    except Refusal as refusal:
        return await _counters_page(office, language, staff, said(refusal, language))
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
    state = await office.ask(_read, office, staff, language)
    return office.page(
        "console.html",
        language,
        staff=staff,
        shown=state.shown,
        facts={name: value for name, value in state.shown.items() if name != "regions"},
        act=Act,
        keys=views.KEYS,
        reasons=views.REASONS,
        back="/console",
    )


@router.get("/console/stream")
async def follow(office: TheOffice, language: Language, staff: AtCounter) -> Response:
    """The console's state, now and after each change."""

    def read() -> State:
        try:
            now = who(office, staff.token)
            if (now.counter, now.grant) != (staff.counter, staff.grant):
                raise Gone
        except SignedOut as signed_out:
            raise Gone from signed_out
        try:
            return _read(office, staff, language)
        except Refusal as refusal:
            # The counter, or the whole catalogue, is no longer there.
            raise Gone from refusal

    return stream(office.watch, staff.token, lambda: office.peek(read))


@router.post("/console/{act}")
async def do(act: Act, office: TheOffice, language: Language, staff: AtCounter, fields: Form) -> Response:
    """One act. Answers with the state after it; 409 with a sentence when it was refused and nothing was done.

    `ticket` is the ticket in hand the page believes in: where the counter has another one, nothing is done.
    `request_id` makes a press that is sent twice count once.
    """
    status, sentence = 200, ""
    async with office.desks[staff.counter]:
        try:
            called = await office.ask(_perform, office, staff, act, fields)
            sentence = say(language, NOBODY) if act is Act.NEXT and called is None else ""
        except OutOfDate:
            status, sentence = 409, say(language, OUT_OF_DATE)
        except Refusal as refusal:
            status, sentence = 409, said(refusal, language)
        except Fault as fault:
            return JSONResponse({"said": fault.said(language)}, 503)
    state = await office.ask(_read, office, staff, language)
    return JSONResponse({"said": sentence, "state": state.shown}, status)


def said(refusal: Refusal, language: str) -> str:
    """The refusal's sentence, with a pause's reason in the reader's language too."""
    reason = refusal.data.get("reason")
    if isinstance(reason, str):
        refusal = Refusal(
            refusal.code, **refusal.data | {"reason": say(language, reason) if reason in views.REASONS else reason}
        )
    return refusal.said(language)


def _perform(office: Office, staff: Seated, act: Act, fields: Mapping[str, str]) -> Ticket | None:
    hall, counter = office.hall, staff.counter
    request = fields.get("request_id", "")
    by: dict[str, Any] = {"staff": staff.name, "request_id": request}
    if act is Act.PAUSE:
        hall.pause_counter(counter, reason=_reason(fields), **by)
        return None
    if act is Act.CONTINUE:
        hall.open_counter(counter, **by)
        return None
    believed = _ticket(fields.get("ticket", ""))
    again = hall.was_done(request)
    hand = hall.in_hand(counter)
    if not again and believed != (hand.id if hand else None):
        raise OutOfDate
    if act is Act.NEXT:
        return hall.call_next(counter, **by)
    if act is Act.RESUME:
        parked = _ticket(fields.get("parked", ""))
        if parked is None or not (again or parked in [one.id for one in hall.parked(counter)]):
            raise OutOfDate
        return hall.resume(parked, counter, **by)
    if believed is None:
        raise OutOfDate
    deed = {
        Act.RECALL: hall.recall,
        Act.SERVE: hall.serve,
        Act.PARK: hall.park,
        Act.NO_SHOW: hall.no_show,
        Act.FINISH: hall.finish,
    }[act]
    return deed(believed, **by)


def _ticket(written: str) -> int | None:
    """The ticket a page names; None when it names none."""
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 19 else None


def _reason(fields: Mapping[str, str]) -> str:
    given = fields.get("reason", "")
    return given if given in views.REASONS else views.REASONS[0]


def _read(office: Office, staff: Seated, language: str) -> State:
    """What the console shows. Blocking. The sequence is read first: the state is then at least as new as it says."""
    hall, counter = office.hall, staff.counter
    sequence, now = hall.sequence(), hall.now()
    console = views.console(
        hall.catalogue,
        hall.counter(counter),
        hall.in_hand(counter),
        hall.parked(counter),
        hall.line(counter, views.LINE_LENGTH),
        hall.waiting(),
        now,
        language,
    )
    hand = console.hand
    shown: dict[str, Any] = {
        "sequence": sequence,
        "at": f"{now:%H:%M}",
        "now": int(now.timestamp() * 1000),
        "title": f"{hand.number} · {counter}" if hand else f"({console.waiting}) {counter}",
        "acts": list(console.acts),
        "ticket": str(hand.ticket) if hand else "",
        "regions": {
            name: office.html(f"console_{name}.html", language, console=console)
            for name in ("standing", "hand", "line")
        }
        | {"alarm": office.html("console_alarm.html", language, alarms=paper.alarms(hall, language))},
    }
    return State(sequence, shown)


async def _counters_page(office: Office, language: str, staff: Staff, sentence: str = "") -> Response:
    def read() -> list[dict[str, Any]]:
        catalogue = office.hall.catalogue
        return [
            {
                "zone": named(zone.name, language),
                "counters": [
                    {
                        "code": desk.code,
                        "state": office.hall.counter(desk.code),
                        "agencies": list(
                            dict.fromkeys(named(catalogue.agency_of(one).name, language) for one in desk.offers)
                        ),
                    }
                    for desk in catalogue.counters.values()
                    if desk.zone == zone.code
                ],
            }
            for zone in catalogue.zones.values()
        ]

    zones = await office.ask(read)
    status = 409 if sentence else 200
    return office.page("counters.html", language, status, staff=staff, zones=zones, said=sentence, back="/counters")
