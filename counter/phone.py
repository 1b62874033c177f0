"""The visitor's page: one ticket, by the secret in its QR, and nothing of anyone else's."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Response

from counter import views
from counter.office import Office, office
from counter.streams import Gone, State, stream
from hall import Refusal, Ticket

router = APIRouter()

TheOffice = Annotated[Office, Depends(office)]

TOKEN = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)
"""128 bits, base64url."""


@router.get("/t/{token}")
async def page(token: str, office: TheOffice, language: str = "") -> Response:
    """A ticket's page; 404 without a word more for anything that is no ticket."""
    ticket, spoken = await _found(office, token, language)
    state = await office.ask(_read, office, ticket.token, spoken)
    return office.page("phone.html", spoken, token=ticket.token, shown=state.shown, last=state.last)


@router.get("/t/{token}/stream")
async def follow(token: str, office: TheOffice, language: str = "") -> Response:
    """The ticket, now and after each change."""
    ticket, spoken = await _found(office, token, language)
    return stream(office.watch, ticket.token, lambda: office.peek(_read, office, ticket.token, spoken))


async def _found(office: Office, token: str, language: str) -> tuple[Ticket, str]:
    """The ticket, and the language to speak: the one asked for, the ticket's own, or the hall's."""
    if not TOKEN.fullmatch(token):
        raise HTTPException(404)
    try:
        ticket = await office.ask(office.hall.ticket_by_token, token)
    except Refusal as refusal:
        raise HTTPException(404) from refusal
    spoken = next((one for one in (language, ticket.language) if one in office.languages), office.languages[0])
    return ticket, spoken


def _read(office: Office, token: str, language: str) -> State:
    """What the phone shows. Blocking."""
    hall = office.hall
    sequence, now = hall.sequence(), hall.now()
    try:
        ticket = hall.ticket_by_token(token)
        ahead = hall.ahead(ticket.id)
        phone = views.phone(hall.catalogue, ticket, ahead, hall.estimate(ticket.service, ahead), language)
    except Refusal as refusal:
        # Purged, or its service has left the catalogue: there is nothing to show any more.
        raise Gone from refusal
    return State(
        sequence,
        {
            "sequence": sequence,
            "at": f"{now:%H:%M}",
            "title": phone.number,
            "state": phone.state,
            "regions": {"ticket": office.html("phone_ticket.html", language, phone=phone)},
        },
        last=phone.over,
    )
