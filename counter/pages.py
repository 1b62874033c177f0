"""The language switch of every page without an address of its own, the health check, the colours and the logo."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Response
from fastapi.responses import PlainTextResponse, RedirectResponse

from counter.access import LANGUAGE, PAGES, give_cookie
from counter.logo import PATH, POLICY
from counter.office import Office, office

router = APIRouter()

TheOffice = Annotated[Office, Depends(office)]
SWITCHABLE = frozenset(
    {"/", "/join", "/join/services", "/sign-in", "/counters", "/console", *(address for _, address, _ in PAGES)}
)
"""Where the language switch may lead back to: never to another site."""


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


@router.get(f"{PATH}/{{digest}}")
async def logo(digest: str, office: TheOffice) -> Response:
    """The picture alone."""
    found = await office.ask(office.logo.picture, digest)
    if found is None:
        raise HTTPException(404)
    return Response(found.content, media_type=found.kind, headers={"Content-Security-Policy": POLICY})
