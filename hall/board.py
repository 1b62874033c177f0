"""What a call-board shows now: the newest calls of today. Never more of a visitor than number, counter and agency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hall.tickets import TicketId

LENGTH = 8
"""Calls on a board."""


@dataclass(frozen=True, slots=True)
class BoardCall:
    """One call to a counter."""

    sequence: int
    """Of the event: a recall is the same ticket under a higher sequence."""
    ticket: TicketId
    number: str
    counter: str
    zone: str
    agency: str
    """The agency's code; its name stands in the catalogue in every language."""
    called_at: datetime
    times: int
    """How many times it has been called: 2 or more is a recall."""


@dataclass(frozen=True, slots=True)
class Board:
    """A board at one moment: newest call first, at most LENGTH."""

    sequence: int
    """Of the last event this board has seen."""
    at: datetime
    calls: tuple[BoardCall, ...]
