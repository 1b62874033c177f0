"""Reads the CSV file that a booking system writes, and names every mistake with its line, column, value and reason."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

from assets.words import N_, say
from hall.bookings import Booking, code_of
from hall.catalogue import Catalogue
from hall.errors import Fault, Refusal
from hall.hours import Opening
from hall.tickets import Priority

LONGEST = timedelta(hours=4)
"""Of a slot. Who checks in at its end passes all who came since its start: a longer one would be unfair to them."""
FARTHEST = timedelta(days=366)
"""Ahead of today; a later day is a slip of the pen."""
_MOST_WRITTEN = 200
"""Signs of a wrong value that are told."""

REASONS = {
    "utf8": N_("this is not UTF-8 text"),
    "csv": N_("this cannot be read as CSV"),
    "no_header": N_("the first line does not name the columns"),
    "missing_column": N_("this column is missing"),
    "repeated_column": N_("this column is there twice"),
    "unknown_column": N_("this column is not read; leave it out, and names and phones with it"),
    "cells": N_("this line has more or fewer cells than the first one"),
    "code": N_("a code has 1 to 64 letters, digits or signs"),
    "twice": N_("this code is on an earlier line already"),
    "service": N_("there is no such service"),
    "day": N_("a day is written 2026-11-30"),
    "past": N_("this day is over"),
    "far": N_("this day is more than a year ahead"),
    "time": N_("a time is written 09:30"),
    "backwards": N_("the slot ends before it begins"),
    "long": N_("the slot is longer than four hours"),
    "closed": N_("the service is closed then"),
    "language": N_("this language is not offered here"),
    "priority": N_("one of elderly, disabled, pregnant, infant, staff"),
    "cancelled": N_("write yes, or nothing"),
}
"""Why a value is refused, by its code."""


class Written(NamedTuple):
    """One line of the file, as texts; empty where it says nothing."""

    line: int
    code: str
    service: str
    day: str
    start: str
    end: str
    language: str = ""
    priority: str = ""
    cancelled: str = ""


_COLUMNS = Written._fields[1:]
_NEEDED = frozenset(_COLUMNS[:5])


@dataclass(frozen=True, slots=True)
class Mistake:
    """One value that is wrong."""

    line: int
    column: str
    """Empty when the whole line is meant."""
    value: str
    reason: str
    """A key of REASONS."""

    def said(self, language: str) -> str:
        """For a person."""
        problem = say(language, REASONS[self.reason], {})
        place = " ".join(part for part in (self.column, f"“{self.value}”" if self.value else "") if part)
        return say(
            language,
            N_("line {line}: {problem}"),
            {
                "line": self.line,
                "problem": f"{place}: {problem}" if place else problem,
            },
        )

    def __str__(self) -> str:
        return self.said("en")


def read(path: Path) -> list[Written]:
    """The lines of a file. Fault unreadable_file; Refusal bad_bookings (mistakes: list[Mistake])."""
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        problem = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
        raise Fault("unreadable_file", path=str(path), problem=problem) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _bad([Mistake(content.count(b"\n", 0, error.start) + 1, "", "", "utf8")]) from error
    first = text.partition("\n")[0]
    separator = ";" if first.count(";") > first.count(",") else ","
    lines = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return list(_written(lines))
    except csv.Error as error:
        raise _bad([Mistake(lines.line_num, "", "", "csv")]) from error


def _written(lines: Any) -> Iterator[Written]:
    names = [name.strip().lower() for name in next(lines, [])]
    if not any(names):
        raise _bad([Mistake(1, "", "", "no_header")])
    wrong = [Mistake(1, name, "", "missing_column") for name in _COLUMNS if name in _NEEDED and name not in names]
    wrong += [Mistake(1, name[:_MOST_WRITTEN], "", "unknown_column") for name in names if name not in _COLUMNS]
    wrong += [Mistake(1, name, "", "repeated_column") for name in _COLUMNS if names.count(name) > 1]
    if wrong:
        raise _bad(wrong)
    order = [names.index(name) if name in names else -1 for name in _COLUMNS]
    for cells in lines:
        if not any(map(str.strip, cells)):
            continue
        if len(cells) != len(names):
            wrong.append(Mistake(lines.line_num, "", "", "cells"))
            continue
        yield Written(lines.line_num, *(cells[at].strip() if at >= 0 else "" for at in order))
    if wrong:
        raise _bad(wrong)


def checked(rows: Sequence[Written], catalogue: Catalogue, now: datetime, *, always_open: bool) -> list[Booking]:
    """The bookings of all rows. `now` is in the hall's time zone. Refusal bad_bookings (mistakes: list[Mistake])."""
    check = _Check(catalogue, now, always_open=always_open)
    found = [check(row) for row in rows]
    if check.wrong:
        raise _bad(check.wrong)
    return [booking for booking in found if booking is not None]


class _Check:
    """Reads row after row, and remembers what was wrong and what was said before."""

    def __init__(self, catalogue: Catalogue, now: datetime, *, always_open: bool) -> None:
        self.wrong: list[Mistake] = []
        self._catalogue = catalogue
        self._today = now.date()
        self._zone = now.tzinfo
        self._always_open = always_open
        self._seen: set[str] = set()
        self._read: dict[str, date | time | None] = {}
        """Days and times come again and again."""

    def __call__(self, row: Written) -> Booking | None:
        before = len(self.wrong)
        code = code_of(row.code)
        if code is None:
            self._no(row, "code", row.code, "code")
        elif code in self._seen:
            self._no(row, "code", row.code, "twice")
        service = self._catalogue.services.get(row.service)
        if service is None:
            self._no(row, "service", row.service, "service")
        if row.language and row.language not in self._catalogue.languages:
            self._no(row, "language", row.language, "language")
        if row.priority and row.priority not in _PRIORITIES:
            self._no(row, "priority", row.priority, "priority")
        if row.cancelled.lower() not in _CANCELLED:
            self._no(row, "cancelled", row.cancelled, "cancelled")
        slot = self._slot(row, None if service is None else service.opening)
        if len(self.wrong) > before or code is None or slot is None:
            return None
        self._seen.add(code)
        priority = _PRIORITIES[row.priority] if row.priority else None
        return Booking(code, row.day, row.service, *slot, row.language or None, priority, bool(row.cancelled))

    def _slot(self, row: Written, opening: Opening | None) -> tuple[datetime, datetime] | None:
        day = self._kept(row.day, _day)
        start, end = self._kept(row.start, _time), self._kept(row.end, _time)
        if not isinstance(day, date):
            self._no(row, "day", row.day, "day")
        elif day < self._today:
            self._no(row, "day", row.day, "past")
        elif day - self._today > FARTHEST:
            self._no(row, "day", row.day, "far")
        if not isinstance(start, time):
            self._no(row, "start", row.start, "time")
        if not isinstance(end, time):
            self._no(row, "end", row.end, "time")
        if not (isinstance(day, date) and isinstance(start, time) and isinstance(end, time)):
            return None
        starts, ends = datetime.combine(day, start, self._zone), datetime.combine(day, end, self._zone)
        length = ends.timestamp() - starts.timestamp()  # of true time: a clock may be put back in between
        if length <= 0:
            self._no(row, "end", row.end, "backwards")
        elif length > LONGEST.total_seconds():
            self._no(row, "end", row.end, "long")
        if opening is not None and not self._always_open:
            windows = opening.hours.get(day.weekday(), ())
            if not windows or day in opening.closed:
                self._no(row, "day", row.day, "closed")
            elif start < windows[0][0] or start >= windows[-1][1]:
                self._no(row, "start", row.start, "closed")
            elif end > windows[-1][1]:
                self._no(row, "end", row.end, "closed")
        return starts, ends

    def _kept(self, text: str, reading: Any) -> date | time | None:
        if text not in self._read:
            self._read[text] = reading(text)
        return self._read[text]

    def _no(self, row: Written, column: str, value: str, reason: str) -> None:
        self.wrong.append(Mistake(row.line, column, value[:_MOST_WRITTEN], reason))


_PRIORITIES = {str(one): one for one in Priority}
_CANCELLED = {"": False, "yes": True}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else None
    except ValueError:
        return None


def _time(text: str) -> time | None:
    found = re.fullmatch(r"(\d\d?):(\d\d)(?::00)?", text, re.ASCII)
    try:
        return time(int(found[1]), int(found[2])) if found else None
    except ValueError:
        return None


def _bad(mistakes: list[Mistake]) -> Refusal:
    return Refusal("bad_bookings", mistakes=mistakes)
