"""Whoever takes a ticket over the phone is in the hall: a code that only its call-boards show, and not for long. Pure.

The secret stands in the queue. A right code is exchanged for a pass, with which one ticket may be taken.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import OrderedDict
from datetime import datetime, timedelta

DIGITS = 6
"""Of a code: whoever guesses within the limits below finds one in years."""
SLOT = timedelta(seconds=150)
"""How long a code is shown. The one before it holds too: it may be typed for two and a half to five minutes."""
PASS = timedelta(minutes=15)
"""How long a pass holds: time enough to find a service."""
TRIES = 8
"""Wrong codes from one address ..."""
FORGIVEN = timedelta(minutes=5)
"""... within this time; then it waits."""
ALL_TRIES = 200
"""Wrong codes from everywhere within that time; beyond it an address that was wrong once waits, and every other one
still has a first try: nobody can shut the door on all."""
REMEMBERED = 10_000
"""Addresses."""


def code(secret: str, now: datetime, back: int = 0) -> str:
    """The code of this moment, or of so many slots before."""
    slot = int(now.timestamp() // SLOT.total_seconds()) - back
    digest = hmac.new(secret.encode(), f"code {slot}".encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8]) % 10**DIGITS:0{DIGITS}d}"


def spaced(code: str) -> str:
    """As it is shown: in two groups, on one line."""
    return f"{code[: DIGITS // 2]}\N{NO-BREAK SPACE}{code[DIGITS // 2 :]}"


def present(secret: str, typed: str, now: datetime) -> bool:
    """Whether the code is, or just was, on the boards. Takes the same time for every code."""
    digits = "".join(filter(str.isdecimal, typed)).encode(errors="replace")
    found = [hmac.compare_digest(digits, code(secret, now, back).encode()) for back in (0, 1)]
    return any(found)


def sealed(secret: str, now: datetime, unique: str) -> str:
    """A pass, given now; `unique` tells it from any other."""
    stated = f"{int(now.timestamp())}.{unique}"
    return f"{stated}.{_seal(secret, stated)}"


def unsealed(secret: str, given: str, now: datetime) -> str | None:
    """What is unique of a pass that holds; None of any other text."""
    stated, _, seal = given.rpartition(".")
    since, _, unique = stated.partition(".")
    if not hmac.compare_digest(seal.encode(errors="replace"), _seal(secret, stated).encode()):
        return None
    age = now.timestamp() - int(since)
    return unique if -SLOT.total_seconds() <= age < PASS.total_seconds() else None


def _seal(secret: str, stated: str) -> str:
    message = f"pass {stated}".encode(errors="replace")
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()[:32]


class Tries:
    """The wrong codes of late, by address."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[str, list[datetime]] = OrderedDict()
        self._all: list[datetime] = []

    def wait(self, address: str, now: datetime) -> int:
        """Seconds until this address may try again; 0: now."""
        mine = self._late(self._wrong.get(address, []), now)
        self._all = self._late(self._all, now)
        most = TRIES if len(self._all) < ALL_TRIES else 1
        if len(mine) < most:
            return 0
        return max(1, -int((now - FORGIVEN - mine[-most]).total_seconds() // 1))

    def wrong(self, address: str, now: datetime) -> None:
        """One more."""
        self._wrong[address] = [*self._late(self._wrong.pop(address, []), now), now][-TRIES:]
        self._all = [*self._late(self._all, now), now][-ALL_TRIES:]
        if len(self._wrong) > REMEMBERED:
            self._wrong.popitem(last=False)

    @staticmethod
    def _late(times: list[datetime], now: datetime) -> list[datetime]:
        return [one for one in times if now - FORGIVEN < one <= now]
