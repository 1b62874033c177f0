"""Bookings made elsewhere: the code, when its visitor may check in, and the place in the line that it gives. Pure.

Nothing personal is kept of one: who booked is known where it was booked. `bookings_file` reads them from a file.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from hall.catalogue import Rules
from hall.tickets import Priority, TicketId

LONGEST_CODE = 64
_LONGEST_WRITTEN = 256
_HYPHENS = re.compile(r"[\s\-\u2010-\u2015\u2212]+")
_CODE = re.compile(rf"[!-~]{{1,{LONGEST_CODE}}}")


@dataclass(frozen=True, slots=True)
class Booking:
    """A time that was promised to somebody. Times are aware, in the hall's time zone."""

    code: str
    """As `code_of` writes it."""
    day: str
    """The business day of its slot, ISO date."""
    service: str
    starts: datetime
    ends: datetime
    language: str | None = None
    priority: Priority | None = None
    cancelled: bool = False
    ticket: TicketId | None = None
    """What it became when its visitor checked in."""

    def same(self, other: Booking) -> bool:
        """Whether both promise the same, whatever became of it."""
        return replace(self, ticket=None) == replace(other, ticket=None)


class Welcome(NamedTuple):
    """From when until when (both included) a booking can be checked in."""

    opens: datetime
    until: datetime


def welcome(booking: Booking, rules: Rules) -> Welcome:
    """From `early_minutes` before the slot's end, and in a longer slot from its start, to `late_minutes` after its end.

    The rule of Azerbaijan's ASAN centres: in from 30 minutes before the slot's end, lost more than 10 minutes after it.
    """
    early = booking.ends - timedelta(minutes=rules.early_minutes)
    return Welcome(min(booking.starts, early), booking.ends + timedelta(minutes=rules.late_minutes))


def code_of(written: str) -> str | None:
    """The code that somebody typed or scanned: capitals, without spaces and hyphens; None when it can be no code."""
    if len(written) > _LONGEST_WRITTEN:
        return None
    text = unicodedata.normalize("NFKC", written).strip()  # a scanner ends its line
    if not all(sign.isprintable() for sign in text):
        return None
    # Keyboards of Azerbaijan and Turkey have an i with a dot and one without; a code has one.
    code = _HYPHENS.sub("", text.replace("İ", "I").replace("ı", "I")).upper()
    return code if _CODE.fullmatch(code) else None
