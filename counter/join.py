"""A ticket without paper, for those in the hall: the code on the call-board, a service, and the ticket's own page."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse

from assets.words import N_, say
from counter import lobby
from counter.access import DOOR, csrf, door_form, give_cookie, open_door, visitors_language
from counter.home import look_up
from counter.office import Office, office
from hall import Refusal
from hall.tickets import Priority


async def joinable(office: Annotated[Office, Depends(office)]) -> Office:
    """The office of a hall that gives tickets on phones; of any other there is nothing here."""
    if not office.settings.counter.join:
        raise HTTPException(404)
    return office


router = APIRouter(prefix="/join")

TheOffice = Annotated[Office, Depends(joinable)]
Language = Annotated[str, Depends(visitors_language)]
Form = Annotated[Mapping[str, str], Depends(door_form)]
Words = Annotated[str, Query(max_length=200)]
PASS = "antrean_join"  # noqa: S105
"""The cookie of a pass."""
TYPED = 20
"""Letters of a code that are looked at."""
NEEDS = (
    ("", N_("No, thank you")),
    (Priority.ELDERLY.value, N_("I am 60 or older")),
    (Priority.DISABLED.value, N_("I have a disability")),
    (Priority.PREGNANT.value, N_("I am pregnant")),
    (Priority.INFANT.value, N_("I am with a small child")),
)
EXPIRED = N_("Please type the code that the call-board shows now.")
USED = N_("With this code you have taken a ticket already. For another one type the code on the call-board again.")


@router.get("")
async def ask_code(request: Request, office: TheOffice, language: Language) -> Response:
    """Are you in the hall? Whoever has just proved it goes on."""
    if await _pass(request, office):
        return RedirectResponse("/join/services", 303)
    return _code_page(request, office, language)


@router.post("")
async def prove(request: Request, office: TheOffice, language: Language, fields: Form) -> Response:
    """The code, for a pass."""
    address, now = _address(request), office.hall.now()
    if wait := office.tries.wait(address, now):
        return _code_page(request, office, language, 429, Refusal("too_fast", seconds=wait).said(language))
    try:
        given = await office.ask(office.hall.join, fields.get("code", "")[:TYPED])
    except Refusal as refusal:
        if refusal.code == "wrong_code":
            office.tries.wrong(address, now)
        return _code_page(request, office, language, 409, refusal.said(language))
    response = RedirectResponse("/join/services", 303)
    give_cookie(response, office, PASS, given)
    return response


@router.get("/services")
async def services(
    request: Request, office: TheOffice, language: Language, q: Words = "", agency: Words = ""
) -> Response:
    """What is the ticket for? Found by search or by agency."""
    if not await _pass(request, office):
        return RedirectResponse("/join", 303)
    listed = await office.ask(look_up, office, language, q, agency)
    agencies = (
        await office.ask(lambda: lobby.agencies(office.hall.catalogue, office.hall.outlook(), language))
        if listed is None
        else ()
    )
    return office.page("join_services.html", language, listed=listed, agencies=agencies, q=q, back="/join/services")


@router.get("/ticket")
async def ask_need(request: Request, office: TheOffice, language: Language, service: Words = "") -> Response:
    """One service: what to expect, and the question about priority where it makes a difference."""
    if not await _pass(request, office):
        return RedirectResponse("/join", 303)
    return await _service_page(request, office, language, service)


@router.post("/ticket")
async def take(request: Request, office: TheOffice, language: Language, fields: Form) -> Response:
    """The ticket. Sent twice it is the same one; a pass gives no second one."""
    unique = await _pass(request, office)
    if not unique:
        return _code_page(request, office, language, 409, say(language, EXPIRED))
    service = fields.get("service", "")
    try:
        ticket = await office.ask(
            office.hall.issue, service, language, fields.get("priority") or None, f"joined {unique}", None
        )
    except Refusal as refusal:
        if refusal.code == "request_reused":
            response = _code_page(request, office, language, 409, say(language, USED))
            response.delete_cookie(PASS, httponly=True, samesite="strict", secure=office.secure, path="/")
            return response
        return await _service_page(request, office, language, service, refusal.said(language))
    return RedirectResponse(f"/t/{ticket.token}", 303)


async def _pass(request: Request, office: Office) -> str | None:
    """What is unique of this browser's pass, while it holds."""
    given = request.cookies.get(PASS, "")
    return await office.ask(office.hall.joined, given) if given else None


def _code_page(request: Request, office: Office, language: str, status: int = 200, said: str = "") -> Response:
    return _page(request, office, "join.html", language, status, said=said, back="/join")


async def _service_page(request: Request, office: Office, language: str, service: str, said: str = "") -> Response:
    def read() -> tuple[lobby.Line, bool]:
        hall = office.hall
        catalogue, outlook = hall.catalogue, hall.outlook()
        if service not in catalogue.services:
            raise HTTPException(404)
        (line,) = lobby.services(catalogue, [service], outlook, language)
        matters = any(outlook[one].waiting for one in catalogue.lines[service])
        return line, matters and catalogue.rules.credit_minutes > 0

    line, asks = await office.ask(read)
    return _page(
        request,
        office,
        "join_ticket.html",
        language,
        409 if said else 200,
        line=line,
        needs=NEEDS if asks else (),
        said=said or line.shut,
        back="/join/services",
    )


def _page(request: Request, office: Office, template: str, language: str, status: int, **values: Any) -> Response:
    """A page with a form, tied to this browser."""
    secret = open_door(request)
    response = office.page(template, language, status, csrf=csrf(secret), **values)
    give_cookie(response, office, DOOR, secret)
    return response


def _address(request: Request) -> str:
    """Where a try comes from; of IPv6 the network, as one phone may have any number of addresses in it."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(address) if address.version == 4 else address.exploded[:19]
