"""When tickets are given: business day, opening windows, breaks, cut-off, holidays. Pure; times are aware and local.

Daily caps and pauses live in `reception`: they need the queue, these rules only need the clock.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from hall.errors import Refusal

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Window = tuple[time, time]
Week = Mapping[int, tuple[Window, ...]]
"""Weekday (Monday is 0) -> its windows in order, none overlapping."""


@dataclass(frozen=True)
class Opening:
    """When a service is served, and how long before its close the last ticket is given."""

    hours: Week
    breaks: Week = field(default_factory=dict)
    doors: int = 0
    """Minutes before opening from which tickets are given."""
    cutoff: int = 0
    """Minutes before closing after which none is."""
    closed: frozenset[date] = frozenset()


def business_day(now: datetime) -> date:
    """The hall's own day: `now` must be in the hall's time zone, never UTC."""
    return now.date()


def refusal(opening: Opening, now: datetime) -> Refusal | None:
    """Why no ticket is given at this minute, or None.

    Codes: closed_today; not_yet_open (opens); break (opens); cutoff (closes); closed.
    """
    today = business_day(now)
    windows = opening.hours.get(now.weekday(), ())
    if not windows or today in opening.closed:
        return Refusal("closed_today")

    def at(moment: time) -> datetime:
        return datetime.combine(today, moment, now.tzinfo)

    doors = at(windows[0][0]) - timedelta(minutes=opening.doors)
    closes = at(windows[-1][1])
    if now < doors:
        return Refusal("not_yet_open", opens=doors)
    if now >= closes:
        return Refusal("closed")
    if now >= closes - timedelta(minutes=opening.cutoff):
        return Refusal("cutoff", closes=closes)
    for start, end in opening.breaks.get(now.weekday(), ()):
        if at(start) <= now < at(end):
            return Refusal("break", opens=at(end))
    for (_, end), (start, _) in pairwise(windows):
        if at(end) <= now < at(start):
            return Refusal("break", opens=at(start))
    return None


def week(written: Mapping[str, str]) -> dict[int, tuple[Window, ...]]:
    """Read `{"mon-thu": "08:00-12:00, 13:00-16:00"}`; ValueError says what is wrong."""
    found: dict[int, tuple[Window, ...]] = {}
    for days, text in written.items():
        windows = _windows(text)
        for day in _days(days):
            if day in found:
                raise ValueError(f"{DAYS[day]} is given twice")
            found[day] = windows
    return found


def _days(written: str) -> range:
    first, _, last = written.partition("-")
    last = last or first
    if first not in DAYS or last not in DAYS:
        raise ValueError(f"“{written}” is not a day or a range of days (mon, tue, wed, thu, fri, sat, sun)")
    if DAYS.index(first) > DAYS.index(last):
        raise ValueError(f"the days “{written}” run backwards")
    return range(DAYS.index(first), DAYS.index(last) + 1)


def _windows(text: str) -> tuple[Window, ...]:
    windows: list[Window] = []
    for part in text.split(","):
        match = re.fullmatch(r"\s*(\d\d:\d\d)-(\d\d:\d\d)\s*", part)
        try:
            start, end = map(time.fromisoformat, match.groups() if match else ("", ""))
        except ValueError:
            raise ValueError(f"“{part.strip()}” is not a time window such as 08:00-15:30") from None
        if end <= start:
            raise ValueError(f"the hours “{part.strip()}” run backwards")
        if windows and start < windows[-1][1]:
            raise ValueError(f"the hours “{part.strip()}” overlap the ones before")
        windows.append((start, end))
    return tuple(windows)
