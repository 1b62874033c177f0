"""Signing in and out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from assets.words import say
from counter.access import (
    DOOR,
    SESSION,
    SignedOut,
    Staff,
    csrf,
    door_form,
    form,
    give_cookie,
    language_of,
    open_door,
    staff,
    take_cookie,
    who,
)
from counter.console import STILL_IN_HAND, leave_counter
from counter.office import Office, office
from hall import Refusal

router = APIRouter()

LONGEST = 200
"""Characters of a name or a PIN that are looked at: hashing takes longer for longer ones."""


@router.get("/sign-in")
async def ask_name(
    request: Request, office: Annotated[Office, Depends(office)], language: Annotated[str, Depends(language_of)]
) -> Response:
    """Who are you? Somebody signed in already goes on to the console."""
    token = request.cookies.get(SESSION)
    if token:
        try:
            known = await office.ask(who, office, token)
            return RedirectResponse("/console" if known.serves else known.way, 303)
        except SignedOut:
            pass
    return _page(request, office, language)


@router.post("/sign-in")
async def sign_in(
    request: Request,
    office: Annotated[Office, Depends(office)],
    language: Annotated[str, Depends(language_of)],
    fields: Annotated[Mapping[str, str], Depends(door_form)],
) -> Response:
    """Name and PIN, for a session."""
    name, pin = fields.get("name", "").strip()[:LONGEST], fields.get("pin", "")[:LONGEST]
    try:
        async with office.hashing:
            token = await office.ask(office.hall.sign_in, name, pin)
    except Refusal as refusal:
        return _page(request, office, language, refusal, name)
    known = await office.ask(who, office, token)
    response = RedirectResponse(known.way, 303)
    give_cookie(response, office, SESSION, token)
    take_cookie(response, office, DOOR)
    return response


@router.post("/sign-out")
async def sign_out(
    office: Annotated[Office, Depends(office)],
    language: Annotated[str, Depends(language_of)],
    staff: Annotated[Staff, Depends(staff)],
    fields: Annotated[Mapping[str, str], Depends(form)],  # noqa: ARG001
) -> Response:
    """End the session; its counter closes."""
    number = await office.ask(leave_counter, office, staff)
    if number:
        return office.page(
            "notice.html", language, 409, title=say(language, STILL_IN_HAND, {"number": number}), back="/console"
        )
    await office.ask(office.hall.sign_out, staff.token)
    response = RedirectResponse("/", 303)
    take_cookie(response, office, SESSION)
    return response


def _page(request: Request, office: Office, language: str, refusal: Refusal | None = None, name: str = "") -> Response:
    door = open_door(request)
    sentence = refusal.said(language) if refusal else ""
    response = office.page(
        "sign_in.html", language, 401 if refusal else 200, csrf=csrf(door), said=sentence, name=name, back="/sign-in"
    )
    give_cookie(response, office, DOOR, door)
    return response
