"""Which services people take most at this time of the day. Pure.

Counted over the last four weeks, so that each day of the week counts alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

DAYS = 28
"""Business days looked back, today being one more."""
ENOUGH = 20
"""Tickets at this hour before the hour is believed; with fewer the whole day counts."""

Taken = Mapping[str, tuple[int, int]]
"""Of one day: service -> tickets at the hour in question, tickets in the whole day."""


def hour_of(day: str, now: datetime) -> tuple[datetime, datetime]:
    """From when to when the hour of `now`'s clock was on a business day (ISO date), in the zone of `now`."""
    start = datetime.combine(date.fromisoformat(day), now.time().replace(minute=0, second=0, microsecond=0), now.tzinfo)
    return start, start + timedelta(hours=1)


def days_before(day: str, count: int = DAYS) -> list[str]:
    """The business days (ISO dates) before one, newest first."""
    last = date.fromisoformat(day)
    return [(last - timedelta(days=back)).isoformat() for back in range(1, count + 1)]


def popular(days: Iterable[Taken], services: Iterable[str], most: int) -> list[str]:
    """The services taken most, best first, out of those that there are.

    The tickets of this hour decide, or of the whole day while they are fewer than ENOUGH; of two taken alike the one
    taken more in the whole day, then the one that stands first in the catalogue. Nothing taken: nothing returned.
    """
    hour: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for taken in days:
        for service, (at_hour, in_day) in taken.items():
            hour[service] += at_hour
            whole[service] += in_day
    known = list(services)
    believed = hour if sum(hour[service] for service in known) >= ENOUGH else whole
    taken_most = sorted(
        (service for service in known if believed[service]), key=lambda one: (-believed[one], -whole[one])
    )
    return taken_most[:most]
