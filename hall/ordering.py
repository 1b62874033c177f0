"""Who is next: the visitor who came first, priority counting as having come some minutes earlier. Pure.

The smallest rank is called first, so nobody starves: a rank once given is passed by all who come later than the credit.
"""

from __future__ import annotations

from hall.tickets import Priority

MINUTE = 60_000
"""Ranks are in milliseconds."""


def rank(arrived: int, priority: Priority | None, credit_minutes: int) -> int:
    """The place in the queue of someone who came at `arrived` (milliseconds since 1970)."""
    return arrived - (credit_minutes * MINUTE if priority else 0)


def rank_after_absence(before: int, called: int, now: int) -> int:
    """The fair place of a no-show who comes back: the time away does not count as waiting."""
    return before + max(0, now - called)
