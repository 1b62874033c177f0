"""What the hall tells a call-board: the newest calls of today. Never more of a visitor than number, counter, agency.

How long each is shown, and where, says `stage`; in which words, `face`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hall.tickets import TicketId

LENGTH = 12
"""Calls a board remembers: as many as the largest stage and list show together."""
BACKLOG = 500
"""Calls a board that was away is told of, at the most."""


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
    """A board at one moment: the newest call first."""

    sequence: int
    """Of the last event this board has seen."""
    at: datetime
    calls: tuple[BoardCall, ...]
    """The LENGTH newest, and every other that was asked for."""
    revision: int = 0
    """Grows when a counter, a pause or a message changes."""
