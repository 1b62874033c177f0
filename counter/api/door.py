"""Which program asks, may it, how often, how much at once, and under which request id."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Header, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from counter.office import Office, office
from hall import Refusal
from hall.rights import OF_SCOPE, Right
from hall.tokens import Token

LARGEST = 131_072
"""Bytes of a body. The largest has 500 bookings."""
RATE, BURST = 50.0, 200.0
"""Requests a second of one token, and how many more at once: a busy hall of 60 counters makes one a second."""

bearer = HTTPBearer(auto_error=False, scheme_name="token", description="A token of `antrean token add`.")
TheOffice = Annotated[Office, Depends(office)]


@dataclass(frozen=True)
class Caller:
    """A program with a right to do what it asks."""

    token: Token
    secret: str

    @property
    def name(self) -> str:
        """Who did it, in the journal."""
        return f"api:{self.token.name}"


@dataclass(frozen=True)
class Acting(Caller):
    """A program about to change something."""

    request_id: str | None

    @property
    def by(self) -> dict[str, Any]:
        """What every act of the hall is told of who does it."""
        return {"staff": self.name, "request_id": self.request_id}


def asking(right: Right) -> Any:
    """The dependency of an operation that reads: the caller. Refusal bad_token, not_allowed, too_fast."""

    async def caller(
        request: Request, office: TheOffice, shown: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]
    ) -> Caller:
        found = Caller(await office.ask(token_of, office, shown), shown.credentials if shown else "")
        _pace(request).spend(found.token.name)
        found.token.grant.demand(right)
        return found

    return Depends(caller)


def acting(right: Right) -> Any:
    """The dependency of an operation that writes: the caller, and the request id that makes it safe to repeat."""

    asked = asking(right)

    async def actor(
        caller: Caller = asked,
        key: Annotated[
            str | None,
            Header(
                alias="Idempotency-Key",
                min_length=1,
                max_length=200,
                description="Any name for this one wish: sent again with it, the act is not done again.",
            ),
        ] = None,
    ) -> Acting:
        return Acting(caller.token, caller.secret, key and f"{caller.name} {key}")

    return Depends(actor)


def needed(right: Right) -> str:
    """The scopes that allow an operation, for its description."""
    scopes = [f"`{scope}`" for scope, rights in OF_SCOPE.items() if right in rights]
    return f"Scope: {' or '.join(scopes)}."


def token_of(office: Office, shown: HTTPAuthorizationCredentials | None) -> Token:
    """Blocking. Refusal bad_token."""
    if shown is None:
        raise Refusal("bad_token")
    return office.hall.tokens.of(shown.credentials)


class Pace:
    """How fast each program may ask: a bucket of BURST requests that fills at RATE a second."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}

    def spend(self, name: str) -> None:
        """One request. Refusal too_fast (seconds)."""
        now = self._clock()
        left, at = self._buckets.get(name, (BURST, now))
        left = min(BURST, left + (now - at) * RATE)
        if left < 1:
            raise Refusal("too_fast", seconds=math.ceil((1 - left) / RATE))
        self._buckets[name] = (left - 1, now)


def _pace(request: Request) -> Pace:
    state = request.app.state
    if not hasattr(state, "pace"):
        state.pace = Pace()
    found: Pace = state.pace
    return found


class Meter:
    """ASGI middleware: a body that is too large is not read to its end."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        read = 0

        async def metered() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > LARGEST:
                raise HTTPException(413)
            return message

        await self._app(scope, metered, send)
