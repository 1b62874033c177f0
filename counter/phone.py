"""The visitor's page: one ticket, by the secret in its QR, and nothing of anyone else's."""

from __future__ import annotations

import json
import re
from typing import Annotated

from fastapi import APIRouter, Depends, Header, HTTPException, Response
from fastapi.responses import RedirectResponse

from assets.words import N_, say, words
from counter import visitor
from counter.crowd import Round, Shown
from counter.office import Office, office
from hall import Refusal, Ticket, TicketState
from hall.catalogue import Catalogue
from hall.tickets import TicketId
from hall.waiting import Pulse, estimate

router = APIRouter()

TheOffice = Annotated[Office, Depends(office)]
Key = tuple[TicketId, str]
"""A ticket, and the language of its page."""

TOKEN = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)
"""128 bits, base64url."""
CACHED = 8192
"""Pages kept to be sent again."""
BY_THE_CLOCK = frozenset({TicketState.NO_SHOW, TicketState.PARKED})
"""States whose page changes though nothing happens."""


@router.get("/t/{token}")
async def page(token: str, office: TheOffice, language: str = "") -> Response:
    """A ticket's page; 404 without a word more for anything that is no ticket."""
    ticket, spoken = await _found(office, token, language)
    phone, at = await office.ask(_look, office, ticket, spoken)
    return office.page(
        "phone.html",
        spoken,
        token=ticket.token,
        number=ticket.number,
        issued_at=ticket.issued_at,
        at=at,
        phone=phone,
        title=f"{ticket.number} · {short(phone, spoken)}",
    )


@router.get("/t/{token}/stream")
async def follow(
    token: str,
    office: TheOffice,
    language: str = "",
    known: Annotated[str, Header(alias="last-event-id")] = "",
) -> Response:
    """The ticket, now and after each change."""
    ticket, spoken = await _found(office, token, language)
    return office.phones.stream((ticket.id, spoken), known)


@router.post("/t/{token}/cancel")
async def cancel(token: str, office: TheOffice, language: str = "") -> Response:
    """The visitor gives the ticket back; the secret in the address is the right to do so. Once is as good as twice.

    What cannot be given back any more stays as it is: the page says how that is.
    """
    ticket, spoken = await _found(office, token, language)
    try:
        await office.ask(office.hall.cancel, ticket.id, request_id=f"returned {ticket.token}")
    except Refusal as refusal:
        if refusal.code != "illegal_act":
            raise
    return RedirectResponse(f"/t/{ticket.token}?language={spoken}", 303)


async def _found(office: Office, token: str, language: str) -> tuple[Ticket, str]:
    """The ticket, and the language to speak: the one asked for, the ticket's own, or the hall's."""
    if not TOKEN.fullmatch(token):
        raise HTTPException(404)
    try:
        ticket = await office.peek(office.hall.ticket_by_token, token)
    except Refusal as refusal:
        raise HTTPException(404) from refusal
    spoken = next((one for one in (language, ticket.language) if one in office.languages), office.languages[0])
    return ticket, spoken


def _look(office: Office, ticket: Ticket, language: str) -> tuple[visitor.Phone, str]:
    """The page of one ticket as it stands, and the hall's time. Blocking."""
    hall = office.hall
    try:
        ahead, now = hall.ahead(ticket.id), hall.now()
        wait = hall.estimate(ticket.service, ahead)
        return visitor.phone(hall.catalogue, ticket, ahead, wait, language, now), f"{now:%H:%M}"
    except Refusal as refusal:  # its service has left the catalogue
        raise HTTPException(404) from refusal


STATES = {
    TicketState.SERVING: N_("Being served"),
    TicketState.PARKED: N_("Your place is kept"),
    TicketState.DONE: N_("Finished"),
    TicketState.NO_SHOW: N_("Missed"),
    TicketState.CANCELLED: N_("Cancelled"),
    TicketState.EXPIRED: N_("No longer valid"),
}
"""What a ticket that needs no place and no wait is called beside its number."""


class Phones:
    """Reads for every open page at once. Keeps what it has read; not for several threads at a time."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._sequence = 0
        self._catalogue: Catalogue | None = None
        self._tickets: dict[TicketId, Ticket] = {}
        self._marks: dict[Key, tuple[object, ...]] = {}
        """From what each page was made."""
        self._bodies: dict[Key, bytes] = {}
        self._waiting: dict[tuple[object, ...], Shown] = {}
        """By all that a waiting ticket's page depends on: who moves up sees what somebody else saw before."""

    def read(self, keys: tuple[Key, ...]) -> Round[Key]:
        """What is new on these pages. Blocking. Fault while the hall is away."""
        hall, wanted = self._office.hall, {ticket for ticket, _ in keys}
        try:
            catalogue = hall.catalogue
            pulse = hall.pulse(wanted, self._sequence, wanted - self._tickets.keys())
        except Refusal:  # a queue without a hall: nothing to show
            return Round(0, {"at": ""}, dict.fromkeys(keys))
        anew = catalogue is not self._catalogue or pulse.sequence < self._sequence
        self._sequence, self._catalogue = pulse.sequence, catalogue
        self._tickets = {one: known for one in wanted if (known := pulse.tickets.get(one) or self._tickets.get(one))}
        if anew or len(self._waiting) > CACHED:
            self._waiting.clear()
        marks: dict[Key, tuple[object, ...]] = {}
        bodies, today = {}, pulse.at.date().isoformat()
        changed: dict[Key, Shown | None] = {}
        for key in keys:
            ticket = self._tickets.get(key[0])
            if ticket is None:
                changed[key] = None
                continue
            waits = ticket.state is TicketState.WAITING and ticket.day == today
            mark = marks[key] = (ticket.id, *pulse.place(ticket)) if waits else (ticket,)
            before = self._marks.get(key)
            if before == mark and ticket.id not in pulse.tickets and not anew and ticket.state not in BY_THE_CLOCK:
                bodies[key] = self._bodies[key]
                continue
            made = self._made(catalogue, ticket, pulse, key[1])
            if made is None:
                changed[key] = None
                continue
            bodies[key] = made.body
            if anew or made.body != self._bodies.get(key):
                changed[key] = made
        self._marks, self._bodies = marks, bodies
        return Round(pulse.sequence, {"at": f"{pulse.at:%H:%M}"}, changed)

    def _made(self, catalogue: Catalogue, ticket: Ticket, pulse: Pulse, language: str) -> Shown | None:
        """What a ticket's pages show; None when its service has left the catalogue."""
        waits = ticket.state is TicketState.WAITING
        ahead, counters, minutes = pulse.place(ticket) if waits else (0, 0, 0.0)
        kind = (language, ticket.service, ticket.counter, ticket.returned, ahead, counters, minutes)
        made = self._waiting.get(kind) if waits else None
        if made is None:
            try:
                phone = visitor.phone(catalogue, ticket, ahead, estimate(ahead, counters, minutes), language, pulse.at)
            except Refusal:
                return None
            made = Shown(self._body(phone, language), phone.over)
            if waits:
                self._waiting[kind] = made
        return made

    def _body(self, phone: visitor.Phone, language: str) -> bytes:
        """What all the pages that show the same are sent."""
        shown = {
            "short": short(phone, language),
            "state": phone.state,
            "call": phone.call,
            "returnable": phone.returnable,
            "regions": {"ticket": self._office.html("phone_ticket.html", language, phone=phone)},
        }
        return json.dumps(shown, ensure_ascii=False, separators=(",", ":"))[1:].encode()


def short(phone: visitor.Phone, language: str) -> str:
    """The state in a few words, for the title beside the number."""
    if phone.state is TicketState.CALLED:
        return say(language, N_("Go to counter {counter} now"), {"counter": phone.counter})
    if phone.state is TicketState.WAITING:
        if not phone.ahead:
            return say(language, N_("You are next"))
        ahead = words(language).ngettext("{count} person before you", "{count} people before you", phone.ahead)
        return ahead.format(count=phone.ahead)
    return say(language, STATES[phone.state])
