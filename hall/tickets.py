"""The ticket, its states and the one table of who may move it where. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NewType

from hall.errors import Refusal

TicketId = NewType("TicketId", int)
"""The sequence number of the event that issued the ticket: unique in its hall, in order of issue."""


class TicketState(StrEnum):
    """Where a ticket stands; docs/lifecycle.md is drawn from TRANSITIONS."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    PARKED = "parked"
    DONE = "done"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Priority(StrEnum):
    """Why a visitor comes earlier; never printed, never shown in the hall (Indonesian law 25/2009, art. 29)."""

    ELDERLY = "elderly"
    DISABLED = "disabled"
    PREGNANT = "pregnant"
    INFANT = "infant"
    STAFF = "staff"


class Deed(StrEnum):
    """What can happen to a ticket; also the kind of its event in the journal."""

    ISSUE = "issued"
    CALL = "called"
    RECALL = "recalled"
    SERVE = "serving"
    NO_SHOW = "no_show"
    READMIT = "readmitted"
    PARK = "parked"
    RESUME = "resumed"
    RETURN = "returned"
    TRANSFER = "transferred"
    FINISH = "finished"
    CANCEL = "cancelled"
    EXPIRE = "expired"


_S = TicketState
OPEN = frozenset({_S.WAITING, _S.CALLED, _S.SERVING, _S.PARKED})
"""States of a ticket that still wants something of the hall."""
IN_HAND = frozenset({_S.CALLED, _S.SERVING})
"""States in which a counter holds the ticket."""

TRANSITIONS: dict[Deed, tuple[frozenset[TicketState], TicketState, str]] = {
    Deed.CALL: (frozenset({_S.WAITING}), _S.CALLED, "staff: next, or call by number"),
    Deed.RECALL: (frozenset({_S.CALLED}), _S.CALLED, "staff"),
    Deed.SERVE: (frozenset({_S.CALLED}), _S.SERVING, "staff: the visitor is here"),
    Deed.NO_SHOW: (frozenset({_S.CALLED}), _S.NO_SHOW, "staff, after the set number of calls"),
    Deed.READMIT: (frozenset({_S.NO_SHOW}), _S.WAITING, "staff, once, within the grace time"),
    Deed.PARK: (frozenset({_S.CALLED, _S.SERVING}), _S.PARKED, "staff"),
    Deed.RESUME: (frozenset({_S.PARKED}), _S.CALLED, "staff"),
    Deed.RETURN: (frozenset({_S.PARKED}), _S.WAITING, "the clock: the parking time is over"),
    Deed.TRANSFER: (OPEN, _S.WAITING, "staff, to a service or a counter"),
    Deed.FINISH: (frozenset({_S.CALLED, _S.SERVING}), _S.DONE, "staff: finish, or next at the same counter"),
    Deed.CANCEL: (frozenset({_S.WAITING, _S.CALLED, _S.PARKED}), _S.CANCELLED, "visitor or staff"),
    Deed.EXPIRE: (OPEN, _S.EXPIRED, "the clock: the business day is over"),
}
"""Deed -> (states it starts from, the state it leads to, who does it)."""


@dataclass(frozen=True)
class Ticket:
    """One visitor's place for one service. Times are aware, in the hall's time zone."""

    id: TicketId
    token: str
    """128 random bits, base64url: the address of the visitor's page."""
    day: str
    """The hall's business day, ISO date."""
    series: str
    count: int
    service: str
    language: str
    priority: Priority | None
    state: TicketState
    issued_at: datetime
    rank: int
    """Milliseconds since 1970 that the queue is ordered by: arrival (or a booking's slot) less the priority's credit,
    plus time away."""
    ahead_at_issue: int
    estimate_at_issue: tuple[int, int] | None
    """The range told to the visitor, whole minutes; None when nothing could be told."""
    counter: str | None = None
    """The counter that holds it, held it last, or (waiting) the only one that may call it."""
    called_at: datetime | None = None
    called_sequence: int | None = None
    times: int = 0
    """How many times it was called to its counter."""
    served_at: datetime | None = None
    ended_at: datetime | None = None
    parked_until: datetime | None = None
    returned: bool = False
    """It was a no-show once and came back."""
    note: str | None = None
    """Why it was parked: a code of the catalogue's notes."""

    @property
    def number(self) -> str:
        """What the visitor reads: series and at least three digits, such as A015."""
        return number(self.series, self.count)

    def changed(self, **changes: Any) -> Ticket:
        """Another ticket that differs so; every act makes one."""
        return Ticket.of(self.__dict__ | changes)

    @staticmethod
    def of(fields: dict[str, Any]) -> Ticket:
        """A ticket of all its fields. Past `__init__`, which sets frozen fields one by one at five times the cost."""
        ticket = object.__new__(Ticket)
        object.__setattr__(ticket, "__dict__", fields)
        return ticket


def number(series: str, count: int) -> str:
    """The printed number: A001 ... A999, A1000 and on, never wrapping."""
    return f"{series}{count:03d}"


_WRITTEN = re.compile(r"([A-Z]{0,3})[ -]?0*([1-9][0-9]{0,8})")
_LOOKALIKES = str.maketrans("АВЕНКМРТХ", "ABEHKMPTX")
"""Cyrillic letters that a keyboard set to Russian types for ours."""


def read_number(written: str) -> tuple[str, int] | None:
    """Series and count of a number as somebody types it: A015, a 15, or 15 with no series; None when it is none."""
    found = _WRITTEN.fullmatch(written.strip().upper().translate(_LOOKALIKES))
    return (found[1], int(found[2])) if found else None


def moved(ticket: Ticket, deed: Deed) -> TicketState:
    """The state the deed leads to; Refusal `illegal_act` (number, state, act) where the table forbids it."""
    sources, target, _ = TRANSITIONS[deed]
    if ticket.state not in sources:
        raise Refusal("illegal_act", number=ticket.number, state=str(ticket.state), act=str(deed))
    return target
