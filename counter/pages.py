"""The hall's small front page, the language switch of staff pages, and the health check."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Response
from fastapi.responses import PlainTextResponse, RedirectResponse

from counter.access import LANGUAGE, give_cookie, language_of
from counter.office import Office, office

router = APIRouter()

TheOffice = Annotated[Office, Depends(office)]
SWITCHABLE = frozenset({"/", "/sign-in", "/counters", "/console", "/printers"})
"""Where the language switch may lead back to: never to another site."""


@router.get("/")
async def home(office: TheOffice, language: Annotated[str, Depends(language_of)]) -> Response:
    """The hall's name and the way to the staff's door."""
    return office.page("home.html", language, back="/")


@router.get("/language/{code}")
async def switch(code: str, office: TheOffice, back: str = "/") -> Response:
    """Speak this language from now on."""
    if code not in office.languages or back not in SWITCHABLE:
        raise HTTPException(404)
    response = RedirectResponse(back, 303)
    give_cookie(response, office, LANGUAGE, code)
    return response


@router.get("/healthz")
async def health(office: TheOffice) -> Response:
    """`ok` while the hall answers; a Fault makes it 503."""
    await office.ask(office.hall.sequence)
    return PlainTextResponse("ok\n")


@router.get("/static/{stamp}/theme.css")
async def colours(stamp: str, office: TheOffice) -> Response:
    """The palettes as a stylesheet."""
    if stamp != office.stamp:
        raise HTTPException(404)
    return Response(office.css, media_type="text/css")
