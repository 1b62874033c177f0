"""Who asks, and may they: the session behind the cookie, the CSRF token tied to it, the reader's language.

Every such rule stands here and nowhere else.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, HTTPException, Request, Response
from starlette.datastructures import FormData

from assets.words import N_
from counter.office import Office, office
from hall import Refusal
from hall.rights import Grant, Right

SESSION = "antrean_session"
DOOR = "antrean_door"
"""Cookie of a browser that has not signed in yet: ties its sign-in form to it."""
LANGUAGE = "antrean_language"
LARGEST_FORM = 8192
"""Bytes. Most forms have a handful of short fields."""
LARGEST_BOOK = 4_000_000
"""Bytes of a form that describes the hall: as a file, a catalogue of 450 services has 0.3 MB."""
PAGES = (
    (Right.WATCH, "/hall", N_("Hall")),
    (Right.PAPER, "/printers", N_("Printers")),
    (Right.FIGURES, "/figures", N_("Figures")),
    (Right.CATALOGUE, "/catalogue", N_("Catalogue")),
    (Right.PEOPLE, "/staff", N_("Staff")),
    (Right.PEOPLE, "/journal", N_("Journal")),
)
"""The right that opens each page of managers and technicians, and how the way to it is called."""


class SignedOut(Exception):  # noqa: N818 - not an error
    """There is no session, or no longer one."""


class NoCounter(Exception):  # noqa: N818 - not an error
    """Signed in, but at no counter."""


@dataclass(frozen=True)
class Staff:
    """Someone signed in."""

    token: str
    name: str
    counter: str | None
    grant: Grant

    @property
    def serves(self) -> bool:
        """Whether they may work at a counter."""
        return self.grant.allows(Right.SERVE)

    @property
    def way(self) -> str:
        """The page they begin at."""
        if self.grant.allows(Right.RUN):
            return "/hall"
        return "/counters" if self.serves else "/printers"

    @property
    def pages(self) -> list[tuple[str, str]]:
        """Address and English name of every page they may open beside the console."""
        return [(address, name) for right, address, name in PAGES if self.grant.allows(right)]

    @property
    def csrf(self) -> str:
        """What each form of this session carries."""
        return csrf(self.token)


@dataclass(frozen=True)
class Seated(Staff):
    """Someone signed in, at a counter."""

    counter: str


def csrf(secret: str) -> str:
    """The token for the forms of whoever holds this secret cookie; says nothing about the secret."""
    return hmac.new(secret.encode(), b"antrean csrf", hashlib.sha256).hexdigest()


async def language_of(request: Request, office: Annotated[Office, Depends(office)]) -> str:
    """The language this browser chose, or the hall's own."""
    return chosen_language(request, office) or office.languages[0]


async def visitors_language(request: Request, office: Annotated[Office, Depends(office)]) -> str:
    """The language this browser chose here, or one that it says its owner reads, or the hall's own."""
    return spoken_language(request, office)


def chosen_language(request: Request, office: Office) -> str:
    """The language this browser chose here, or an empty string."""
    chosen = request.cookies.get(LANGUAGE, "")
    return chosen if chosen in office.languages else ""


def spoken_language(request: Request, office: Office) -> str:
    """See `visitors_language`."""
    if chosen := chosen_language(request, office):
        return chosen
    for wish in request.headers.get("accept-language", "")[:200].split(","):
        language = wish.strip()[:2].lower()
        if language in office.languages:
            return language
    return office.languages[0]


async def staff(request: Request, office: Annotated[Office, Depends(office)]) -> Staff:
    """Whoever is signed in; raises SignedOut."""
    token = request.cookies.get(SESSION, "")
    if not token:
        raise SignedOut
    return await office.ask(who, office, token)


def may(right: Right) -> Callable[[Staff], Awaitable[Staff]]:
    """A dependency: whoever is signed in and has a right; raises SignedOut, or Refusal not_allowed."""

    async def allowed(staff: Annotated[Staff, Depends(staff)]) -> Staff:
        staff.grant.demand(right)
        return staff

    return allowed


async def seated(staff: Annotated[Staff, Depends(may(Right.SERVE))]) -> Seated:
    """Whoever is signed in at a counter; raises SignedOut or NoCounter, or Refusal not_allowed."""
    if staff.counter is None:
        raise NoCounter
    return Seated(staff.token, staff.name, staff.counter, staff.grant)


def who(office: Office, token: str) -> Staff:
    """The session of a token; blocking. Raises SignedOut."""
    try:
        session = office.hall.session(token)
    except Refusal as refusal:
        raise SignedOut from refusal
    return Staff(token, session.staff, session.counter, session.grant)


async def form(request: Request) -> Mapping[str, str]:
    """The fields of a POST whose CSRF token fits the browser's session; else 403."""
    return await _fields(request, SESSION)


async def book(request: Request) -> FormData:
    """A large form, with fields that come several times and with files, whose CSRF token fits; else 403."""
    return await _checked(request, SESSION, LARGEST_BOOK, ("application/x-www-form-urlencoded", "multipart/form-data"))


async def door_form(request: Request) -> Mapping[str, str]:
    """The fields of a sign-in whose CSRF token fits the browser it was given to; else 403."""
    return await _fields(request, DOOR)


def open_door(request: Request) -> str:
    """The secret of a browser before sign-in: the one it has, or a new one."""
    return request.cookies.get(DOOR) or secrets.token_urlsafe(16)


def give_cookie(response: Response, office: Office, name: str, value: str) -> None:
    """A cookie no script can read and no other site can send."""
    response.set_cookie(name, value, httponly=True, samesite="strict", secure=office.secure, path="/")


def take_cookie(response: Response, office: Office, name: str) -> None:
    """Forget a cookie."""
    response.delete_cookie(name, httponly=True, samesite="strict", secure=office.secure, path="/")


async def _fields(request: Request, cookie: str) -> Mapping[str, str]:
    found = await _checked(request, cookie, LARGEST_FORM, ("application/x-www-form-urlencoded",))
    return {name: value for name, value in found.items() if isinstance(value, str)}


async def _checked(request: Request, cookie: str, most: int, kinds: Sequence[str]) -> FormData:
    size = request.headers.get("content-length", "")
    if not size.isdecimal() or int(size) > most:
        raise HTTPException(413)
    if request.headers.get("content-type", "").partition(";")[0] not in kinds:
        raise HTTPException(415)
    fields = await request.form(max_fields=10_000, max_part_size=most)
    secret, given = request.cookies.get(cookie), fields.get("csrf", "")
    if not secret or not isinstance(given, str) or not hmac.compare_digest(csrf(secret).encode(), given.encode()):
        raise HTTPException(403)
    return fields
