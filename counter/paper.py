"""The printers' page: what is wrong with each, slips that did not surely come out, copies, test pages, new rolls."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Response
from fastapi.responses import RedirectResponse

from assets.words import say
from counter.access import SignedOut, Staff, form, language_of, may, who
from counter.alarms import why
from counter.office import Office, office
from counter.streams import Gone, State, stream
from hall.catalogue import named
from hall.printers import WARNINGS
from hall.printing import SENTENCES, JobState
from hall.rights import Right

router = APIRouter()

TheOffice = Annotated[Office, Depends(office)]
Language = Annotated[str, Depends(language_of)]
TheStaff = Annotated[Staff, Depends(may(Right.PAPER))]
Form = Annotated[Mapping[str, str], Depends(form)]


@router.get("/printers")
async def page(office: TheOffice, language: Language, staff: TheStaff) -> Response:
    """Every printer of the hall, and the slips staff should see to."""
    name = secrets.token_hex(12)
    state = await office.ask(_read, office, staff, language, name)
    return office.page("printers.html", language, staff=staff, shown=state.shown, name=name, back="/printers")


@router.get("/printers/stream")
async def follow(office: TheOffice, language: Language, staff: TheStaff, name: str = "") -> Response:
    """The page, now and after each change; its forms keep the request ids they were given with the page's name."""

    def read() -> State:
        try:
            who(office, staff.token)
        except SignedOut as signed_out:
            raise Gone from signed_out
        return _read(office, staff, language, name)

    return stream(office.watch, staff.token, lambda: office.peek(read))


@router.post("/printers/test")
async def test(office: TheOffice, staff: TheStaff, fields: Form) -> Response:
    """Print a test page."""
    printer = fields.get("printer", "")
    await office.ask(office.hall.printer, printer)  # Refusal unknown_printer: nobody would ever take that job
    await office.ask(office.hall.test_printer, printer, staff=staff.name, request_id=fields.get("request_id"))
    return RedirectResponse("/printers", 303)


@router.post("/printers/roll")
async def roll(office: TheOffice, staff: TheStaff, fields: Form) -> Response:
    """A full roll was put in."""
    await office.ask(
        office.hall.new_roll, fields.get("printer", ""), staff=staff.name, request_id=fields.get("request_id")
    )
    return RedirectResponse("/printers", 303)


@router.post("/printers/copy")
async def copy(office: TheOffice, staff: TheStaff, fields: Form) -> Response:
    """Print a copy of a slip, with the same number."""
    printer, ticket = fields.get("printer", ""), fields.get("ticket", "")
    if not (ticket.isascii() and ticket.isdecimal()):
        raise HTTPException(404)
    await office.ask(office.hall.printer, printer)
    how: dict[str, Any] = {"large": "large" in fields, "request_id": fields.get("request_id")}
    await office.ask(office.hall.reprint, int(ticket), printer=printer, staff=staff.name, **how)
    return RedirectResponse("/printers", 303)


def _read(office: Office, staff: Staff, language: str, name: str) -> State:
    """What a page shows, by the name it got when it was loaded. Blocking."""
    hall = office.hall
    sequence, now = hall.sequence(), hall.now()
    catalogue = hall.catalogue
    printers: list[dict[str, Any]] = [
        {
            "name": printer.name,
            "device": printer.device,
            "prints": printer.prints,
            "metres": round(printer.rolled_mm / 1000, 1),
            "troubles": [
                {"text": say(language, SENTENCES[trouble]), "since": f"{since:%H:%M}", "warning": trouble in WARNINGS}
                for trouble, since in printer.troubles.items()
            ],
        }
        for printer in hall.printers()
    ]
    doubtful = [
        {
            "ticket": job.ticket.id,
            "number": job.ticket.number,
            "service": named(catalogue.service(job.ticket.service).name, language),
            "printer": job.printer,
            "at": f"{job.created_at:%H:%M}",
            "why": why(job, language),
            "maybe": job.state not in (JobState.FAILED, JobState.QUEUED),
        }
        for job in hall.slips_in_doubt()
        if job.ticket is not None and job.ticket.service in catalogue.services
    ]
    shown = {
        "sequence": sequence,
        "at": f"{now:%H:%M}",
        "title": say(language, "Printers"),
        "regions": {
            "paper": office.html(
                "printers_paper.html", language, printers=printers, doubtful=doubtful, csrf=staff.csrf, name=name
            )
        },
    }
    return State(sequence, shown)
