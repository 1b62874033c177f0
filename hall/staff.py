"""Who may sign in: names with a secret PIN (argon2), sessions that can be ended, and a slower answer to guessing.

Cryptography is imported where it is used: a kiosk, which needs none, opens its window so much sooner.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from hall.errors import Refusal
from hall.rights import Grant, Role
from hall.storage.queue import Storage

if TYPE_CHECKING:
    from argon2 import PasswordHasher

DIGITS = 6
SESSION_HOURS = 12
_FREE_ATTEMPTS = 5
_LOCK_SECONDS = 30
_LONGEST = timedelta(seconds=_LOCK_SECONDS * 2**5)


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody signed in."""

    staff: str
    counter: str | None
    role: Role = Role.CLERK
    agency: str | None = None

    @property
    def grant(self) -> Grant:
        """What they may do."""
        return Grant.of_role(self.role, self.agency)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who may sign in."""

    name: str
    role: Role
    agency: str | None
    """Of a supervisor, the agency they answer for."""


def new_pin() -> str:
    """A random PIN; there is never a default one."""
    import secrets

    return "".join(secrets.choice("0123456789") for _ in range(DIGITS))


def new_token() -> str:
    """The secret of a session; the queue keeps only its fingerprint."""
    import secrets

    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """What the queue stores of a session's token."""
    import hashlib

    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def secret(pin: str) -> str:
    """The argon2 hash of a PIN. Refusal weak_pin (digits)."""
    if len(pin) < DIGITS:
        raise Refusal("weak_pin", digits=DIGITS)
    return _hasher().hash(pin)


def right(hashed: str | None, pin: str) -> bool:
    """Whether the PIN is the one. A name nobody has costs the same time, so that names cannot be found out."""
    from argon2.exceptions import VerificationError

    try:
        return _hasher().verify(hashed or _nobody(), pin) and hashed is not None
    except VerificationError:
        return False


def locked(storage: Storage, name: str, now: datetime) -> Refusal | None:
    """sign_in_locked (seconds) while a name is locked after wrong attempts."""
    found = storage.staff(name)
    if found is None or not now < found[2] <= now + _LONGEST:  # longer only when the clock was set back
        return None
    return Refusal("sign_in_locked", seconds=math.ceil((found[2] - now).total_seconds()))


def tried(storage: Storage, name: str, now: datetime, *, well: bool) -> None:
    """Count wrong attempts; from the fifth on each locks the name twice as long, up to 16 minutes."""
    found = storage.staff(name)
    if found is None:
        return
    failures = 0 if well else found[1] + 1
    lock = _LOCK_SECONDS * 2 ** min(failures - _FREE_ATTEMPTS, 5) if failures >= _FREE_ATTEMPTS else 0
    storage.staff_tried(name, failures, now + timedelta(seconds=lock))


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobody() -> str:
    return _hasher().hash(new_token())
