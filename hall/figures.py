"""The day in figures, service by service: tickets, served, no-shows, and how long people waited. Pure but for the read.

A wait runs from the ticket to its first call. Its median and 90 % are nearest-rank percentiles: waits that happened.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hall.tickets import TicketState

Row = tuple[str, TicketState, float | None]
"""Service, state now, minutes to the first call; None: not called yet."""


@dataclass(frozen=True, slots=True)
class Figures:
    """One service, or several together, on one day."""

    tickets: int
    waiting: int
    served: int
    no_shows: int
    median: float | None
    """Minutes; None while nobody was called."""
    ninety: float | None
    """Nine of ten waited no longer."""


def figures(rows: Iterable[Row]) -> dict[str, Figures]:
    """By service."""
    by_service: dict[str, list[Row]] = {}
    for row in rows:
        by_service.setdefault(row[0], []).append(row)
    return {service: together(own) for service, own in by_service.items()}


def together(rows: Sequence[Row]) -> Figures:
    """Of all of them as one."""
    waits = sorted(wait for _, _, wait in rows if wait is not None)
    states = [state for _, state, _ in rows]
    return Figures(
        len(rows),
        states.count(TicketState.WAITING),
        states.count(TicketState.DONE),
        states.count(TicketState.NO_SHOW),
        percentile(waits, 50),
        percentile(waits, 90),
    )


def percentile(ordered: Sequence[float], percent: int) -> float | None:
    """The smallest value that so many percent do not exceed; None of nothing."""
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)] if ordered else None
