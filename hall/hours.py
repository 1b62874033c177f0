"""When tickets are given: business day, opening windows, breaks, cut-off, holidays. Pure; times are aware and local.

Daily caps and pauses live in `reception`: they need the queue, these rules only need the clock.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from typing import Any

from assets.words import N_
from hall.errors import Problem, Refusal

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Window = tuple[time, time]
Week = Mapping[int, tuple[Window, ...]]
"""Weekday (Monday is 0) -> its windows in order, none overlapping."""
AHEAD = 14
"""Days looked ahead for the next opening: longer than any row of holidays."""


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

    Codes: not_yet_open (opens); break (opens); closed_today, cutoff (closes), closed. The last three tell too when
    tickets are given again, where that is known: `opens`, and how many `days` from today that is.
    """
    reason = _reason(opening, now)
    if reason is None:
        return None
    code, closes = reason
    opens = opens_again(opening, now)
    later = again(opens, now)
    match code, later.get("days") == 0:
        case "not_yet_open", True:
            return Refusal("not_yet_open", opens=opens)
        case "break", True:
            return Refusal("break", opens=opens)
        case "closed", _:
            return Refusal("closed", **later)
        case "closed_today" | "not_yet_open", _:  # no ticket is given at all today: the cut-off comes before the doors
            return Refusal("closed_today", **later)
        case _:  # or before the end of this break
            return Refusal("cutoff", closes=closes, **later)


def coming(written: str, now: datetime) -> datetime:
    """The next time the hall's clock shows a time such as 14:30, today or after midnight. Refusal bad_time (time)."""
    try:
        moment = time.fromisoformat(written) if len(written) == len("00:00") else None
    except ValueError:
        moment = None
    if moment is None:
        raise Refusal("bad_time", time=written)
    today = datetime.combine(now.date(), moment, now.tzinfo)
    return today if today > now else today + timedelta(days=1)


def opens_again(opening: Opening, now: datetime) -> datetime | None:
    """From when on the clock lets a ticket be given, up to AHEAD days from `now`; `now` itself while it does.

    Doors, breaks, cut-off and holidays are counted. None when there is no such time.
    """
    if _reason(opening, now) is None:
        return now
    for days in range(AHEAD + 1):
        day = business_day(now) + timedelta(days)
        for moment in _starts(opening, day, now.tzinfo):
            if moment > now and _reason(opening, moment) is None:
                return moment
    return None


def midnight_after(now: datetime) -> datetime:
    """When the next business day begins."""
    return datetime.combine(business_day(now) + timedelta(1), time.min, now.tzinfo)


def again(opens: datetime | None, now: datetime) -> dict[str, Any]:
    """What a Refusal carries of the time tickets are given again: `opens` and `days`, or nothing."""
    return {} if opens is None else {"opens": opens, "days": (opens.date() - now.date()).days}


def first_to_end(refusals: Iterable[Refusal]) -> Refusal | None:
    """Of several reasons the one that ends first. One with no known end may be over any minute: it counts as later
    today, and a pause of the whole hall stands before everything, since nothing is given before it ends.
    """

    def end(refusal: Refusal) -> tuple[bool, int, float]:
        opens = refusal.data.get("opens")
        known = (refusal.data.get("days", 0) * 2, opens.timestamp()) if opens else (1, 0.0)
        return (refusal.code != "hall_paused", *known)

    return min(refusals, key=end, default=None)


def minutes_to_doors(refusals: Iterable[Refusal | None], now: datetime) -> int | None:
    """Of a hall that gives no ticket for any service: whole minutes, rounded up, until it gives the first one today.

    `refusals` says for each service why none can be had, None where one can. None when the hall is open, does not open
    again today, or nobody knows when.
    """
    found = list(refusals)
    reasons = [refusal for refusal in found if refusal is not None]
    first = first_to_end(reasons) if len(reasons) == len(found) else None
    opens: datetime | None = first.data.get("opens") if first else None
    if opens is None or opens.date() != business_day(now):
        return None
    return max(0, math.ceil((opens.timestamp() - now.timestamp()) / 60))  # the clocks may be changed in between


def _reason(opening: Opening, now: datetime) -> tuple[str, datetime | None] | None:
    """The code of a refusal at this minute, and when the service closes today if it is open at all."""
    today = business_day(now)
    windows = opening.hours.get(now.weekday(), ())
    if not windows or today in opening.closed:
        return "closed_today", None

    def at(moment: time) -> datetime:
        return datetime.combine(today, moment, now.tzinfo)

    closes = at(windows[-1][1])
    if now < at(windows[0][0]) - timedelta(minutes=opening.doors):
        return "not_yet_open", closes
    if now >= closes:
        return "closed", closes
    if now >= closes - timedelta(minutes=opening.cutoff):
        return "cutoff", closes
    for start, end in (*opening.breaks.get(now.weekday(), ()), *((one[1], two[0]) for one, two in pairwise(windows))):
        if at(start) <= now < at(end):
            return "break", closes
    return None


def _starts(opening: Opening, day: date, zone: tzinfo | None) -> list[datetime]:
    """The moments of a day, in order, at which tickets may begin to be given."""
    windows = opening.hours.get(day.weekday(), ())
    if not windows or day in opening.closed:
        return []
    midnight = datetime.combine(day, time.min, zone)
    doors = datetime.combine(day, windows[0][0], zone) - timedelta(minutes=opening.doors)
    later = [start for start, _ in windows[1:]] + [end for _, end in opening.breaks.get(day.weekday(), ())]
    return sorted([max(midnight, doors), *(datetime.combine(day, moment, zone) for moment in later)])


def week(written: Mapping[str, str]) -> dict[int, tuple[Window, ...]]:
    """Read `{"mon-thu": "08:00-12:00, 13:00-16:00"}`; ValueError says what is wrong."""
    found: dict[int, tuple[Window, ...]] = {}
    for days, text in written.items():
        windows = _windows(text)
        for day in _days(days):
            if day in found:
                raise ValueError(Problem(N_("{day} is given twice"), day=DAYS[day]))
            found[day] = windows
    return found


def _days(written: str) -> range:
    first, _, last = written.partition("-")
    last = last or first
    if first not in DAYS or last not in DAYS:
        raise ValueError(
            Problem(N_("“{days}” is not a day or a range of days ({all})"), days=written, all=", ".join(DAYS))
        )
    if DAYS.index(first) > DAYS.index(last):
        raise ValueError(Problem(N_("the days “{days}” run backwards"), days=written))
    return range(DAYS.index(first), DAYS.index(last) + 1)


def _windows(text: str) -> tuple[Window, ...]:
    windows: list[Window] = []
    for part in text.split(","):
        match = re.fullmatch(r"\s*(\d\d:\d\d)-(\d\d:\d\d)\s*", part)
        try:
            start, end = map(time.fromisoformat, match.groups() if match else ("", ""))
        except ValueError:
            raise ValueError(
                Problem(N_("“{hours}” is not a time window such as 08:00-15:30"), hours=part.strip())
            ) from None
        if end <= start:
            raise ValueError(Problem(N_("the hours “{hours}” run backwards"), hours=part.strip()))
        if windows and start < windows[-1][1]:
            raise ValueError(Problem(N_("the hours “{hours}” overlap the ones before"), hours=part.strip()))
        windows.append((start, end))
    return tuple(windows)
