"""The forms of the catalogue: which fields each table has, how its values are typed, and what typed values make. Pure.

What is typed is never judged here: a number that is none goes into the document as it was typed, and the catalogue's
own checks say what is wrong with it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assets.words import LANGUAGES, N_
from hall.catalogue import Rules
from hall.errors import Problem
from hall.hours import DAYS, week

_CELLS = ("code", *LANGUAGES)
Typed = Mapping[str, Sequence[str]]
"""Name of an input -> what was typed into it, once for each of that name."""


@dataclass(frozen=True)
class Field:
    """One key of a table."""

    key: str
    label: str
    kind: str = "text"
    """text, number, names, words, week, dates, list, ticks, pairs, notes, arrow, zone"""
    hint: str = ""
    needed: bool = False

    @property
    def input(self) -> str:
        """The name of its input: `code` is what the table was called before."""
        return "new-code" if self.key == "code" else self.key


HOURS = (
    Field("hours", N_("Hours"), "week", N_("Such as 08:00-12:00, 13:00-16:00; all days empty: as the level above")),
    Field("breaks", N_("Breaks"), "week", N_("No tickets are given meanwhile")),
    Field("doors", N_("Minutes before opening from which tickets are given"), "number"),
    Field("cutoff", N_("Minutes before closing after which no ticket is given"), "number"),
)
NAME = Field("name", N_("Name"), "names", needed=True)
CODE = Field("code", N_("Code"), "text", N_("Small letters, digits and hyphens; it stays"), needed=True)
KEYWORDS = Field("keywords", N_("Words people also search for"), "words", N_("With commas between them"))
ARROW = Field("arrow", N_("Arrow on the board"), "arrow")
AREA = Field("area", N_("Where it is, such as “Floor 2”"), "names")
RULES = {
    "credit_minutes": N_("Minutes by which priority visitors count as having come earlier"),
    "recall_seconds": N_("Seconds between two calls of one ticket"),
    "recall_limit": N_("Calls of one ticket at the most"),
    "calls_before_no_show": N_("Calls before a no-show can be marked"),
    "grace_minutes": N_("Minutes in which a no-show may come back"),
    "park_minutes": N_("Minutes a parked ticket is kept"),
    "early_minutes": N_("Minutes a booking can be checked in before its slot ends"),
    "late_minutes": N_("Minutes a booking holds after its slot"),
    "alarm_wait_minutes": N_("Alarm: somebody has waited so many minutes"),
    "alarm_unserved": N_("Alarm: so many wait without an open counter"),
    "alarm_silent_minutes": N_("Alarm: a device is silent for so many minutes"),
    "alarm_disk_percent": N_("Alarm: less than so many percent of the disk are free"),
}
FORMS: Mapping[str, tuple[Field, ...]] = {
    "hall": (
        NAME,
        Field("timezone", N_("Time zone"), "text", N_("Such as Asia/Jakarta"), needed=True),
        Field("languages", N_("Languages, the hall's own first"), "list", N_("With commas between them"), needed=True),
        *HOURS,
        Field("closed", N_("Holidays"), "dates", N_("Such as 2026-12-25, with spaces or commas between them")),
    ),
    "rules": (
        *(Field(key, label, "number") for key, label in RULES.items()),
        Field(
            "notes",
            N_("Notes: why a visitor is put on hold"),
            "notes",
            N_("Codes of small letters, digits and hyphens; names of at most 24 letters. Without any, the usual five."),
        ),
    ),
    "zone": (CODE, NAME, ARROW, AREA),
    "agency": (
        CODE,
        NAME,
        Field("short", N_("Short name, for the call-board"), "names"),
        Field("series", N_("Letters of its numbers"), hint=N_("1 to 3 capitals, none of C, G, I, O, Q"), needed=True),
        Field("icon", N_("Icon on the kiosk"), "text", needed=True),
        KEYWORDS,
        *HOURS,
    ),
    "service": (
        CODE,
        NAME,
        Field("minutes", N_("Minutes a visit takes"), "number", needed=True),
        Field("cap", N_("Tickets a day at the most"), "number"),
        Field("series", N_("Letters of its numbers"), "text", N_("Empty: the agency's")),
        KEYWORDS,
        *HOURS,
    ),
    "counter": (
        Field("code", N_("Code"), "text", N_("Up to 4 capitals and digits, as it is called"), needed=True),
        Field("zone", N_("Zone"), "zone", needed=True),
        Field("offers", N_("Services it offers"), "ticks", needed=True),
        Field("overflow", N_("Services it takes over"), "pairs", N_("A line each: service = minutes of waiting")),
        ARROW,
        AREA,
    ),
}
"""Kind of table -> its fields, in the order of the form."""
MOST_NOTES, EMPTY_NOTES = 9, 2
"""Rows for notes, and how many of them are left empty for new ones while there is room."""


def shown(table: Mapping[str, Any], fields: Sequence[Field]) -> dict[str, list[str]]:
    """What stands in the inputs of a table's form."""
    typed: dict[str, list[str]] = {}
    for field in fields:
        value = table.get(field.key)
        if field.kind in ("names", "words"):
            for language in LANGUAGES:
                said = (value or {}).get(language, "")
                typed[f"{field.key}.{language}"] = [", ".join(said) if isinstance(said, list) else said]
        elif field.kind == "week":
            for day, windows in _days(value).items():
                typed[f"{field.key}.{day}"] = [windows]
        elif field.kind == "ticks":
            typed[field.key] = list(value or ())
        elif field.kind == "notes":
            for place, (code, names) in enumerate((value or Rules().notes).items()):
                typed[f"{field.key}.{place}.code"] = [code]
                typed |= {f"{field.key}.{place}.{language}": [name] for language, name in names.items()}
        elif field.kind == "pairs":
            typed[field.key] = ["\n".join(f"{code} = {wait}" for code, wait in (value or {}).items())]
        elif field.kind in ("list", "dates"):
            typed[field.key] = [", ".join(map(str, value or ()))]
        else:
            typed[field.input] = ["" if value is None else str(value)]
    return typed


def made(before: Mapping[str, Any], typed: Typed, fields: Sequence[Field]) -> dict[str, Any]:
    """The table that was typed; what no field shows stays, and an empty input means that the key is not there."""
    table = dict(before)
    for field in fields:
        value = _READ[field.kind](typed, field.input, before.get(field.key))
        if value in ("", None, {}, []):
            table.pop(field.key, None)
        else:
            table[field.key] = value
    return table


def note_rows(typed: Typed, key: str) -> dict[str, str]:
    """The row of each note that something was typed into, such as `notes.3` -> its code; of what is taken out, too."""
    places = {name.split(".")[1] for name in typed if name.startswith(f"{key}.") and name.count(".") == 2}
    rows = [f"{key}.{place}" for place in sorted(filter(_is_number, places), key=int)]
    return {row: _one(typed, f"{row}.code") for row in rows if any(_one(typed, f"{row}.{one}") for one in _CELLS)}


def empty_rows(typed: Typed, key: str) -> list[str]:
    """Rows for new notes."""
    taken = note_rows(typed, key)
    free = (f"{key}.{place}" for place in range(MOST_NOTES + len(taken)))
    most = min(EMPTY_NOTES, max(0, MOST_NOTES - len(taken)))
    return [row for row in free if row not in taken][:most]


def doubled(typed: Typed, key: str) -> Iterator[tuple[str, Problem]]:
    """The inputs of codes that stand in a row above already, which a document cannot tell."""
    seen: set[str] = set()
    for row, code in note_rows(typed, key).items():
        if code and not _taken_out(typed, row):
            if code in seen:
                yield f"{row}.code", Problem(N_("“{code}” is used twice"), code=code)
            seen.add(code)


def _taken_out(typed: Typed, row: str) -> bool:
    return bool(_one(typed, f"{row}.out"))


def _is_number(written: str) -> bool:
    return written.isascii() and written.isdecimal() and len(written) < 10


def _one(typed: Typed, name: str) -> str:
    return next(iter(typed.get(name, ())), "").strip()


def _text(typed: Typed, key: str, _: Any) -> str:
    return _one(typed, key)


def _number(typed: Typed, key: str, _: Any) -> int | str:
    written = _one(typed, key)
    return int(written) if _is_number(written) else written


def _names(typed: Typed, key: str, _: Any) -> dict[str, str]:
    return {language: text for language in LANGUAGES if (text := _one(typed, f"{key}.{language}"))}


def _words(typed: Typed, key: str, _: Any) -> dict[str, list[str]]:
    return {language: words for language in LANGUAGES if (words := _split(_one(typed, f"{key}.{language}")))}


def _list(typed: Typed, key: str, _: Any) -> list[str]:
    return _split(_one(typed, key))


def _dates(typed: Typed, key: str, _: Any) -> list[date | str]:
    found: list[date | str] = []
    for written in _one(typed, key).replace(",", " ").split():
        try:
            found.append(date.fromisoformat(written))
        except ValueError:
            found.append(written)
    return found


def _ticks(typed: Typed, key: str, before: Any) -> list[str]:
    ticked = list(typed.get(key, ()))
    kept = [code for code in before or () if code in ticked]
    return kept + [code for code in ticked if code not in kept]


def _pairs(typed: Typed, key: str, _: Any) -> dict[str, int | str]:
    pairs: dict[str, int | str] = {}
    for line in _one(typed, key).splitlines():
        code, _equals, wait = (part.strip() for part in line.partition("="))
        if code or wait:
            pairs[code] = int(wait) if _is_number(wait) else wait
    return pairs


def _notes(typed: Typed, key: str, before: Any) -> dict[str, dict[str, str]] | None:
    """The usual ones stay unwritten while they are as they were."""
    rows = note_rows(typed, key).items()
    notes = {code: _names(typed, row, None) for row, code in rows if not _taken_out(typed, row)}
    return None if before is None and notes == Rules().notes else notes


def _week(typed: Typed, key: str, before: Any) -> dict[str, str]:
    """Days with the same windows in a row are written as one; a week that means the same stays as it was written."""
    days = {day: " ".join(_one(typed, f"{key}.{day}").split()) for day in DAYS}
    if days == _days(before):
        return before or {}
    written: dict[str, str] = {}
    run: list[str] = []
    for day, following in zip(DAYS, (*DAYS[1:], ""), strict=True):
        run.append(day)
        if days.get(following) != days[day]:
            if days[day]:
                written[f"{run[0]}-{run[-1]}" if len(run) > 1 else day] = days[day]
            run = []
    return written


def _days(written: Any) -> dict[str, str]:
    """A week as its file has it -> each day's windows."""
    found: dict[str, str] = {}
    with contextlib.suppress(ValueError, AttributeError, TypeError):
        found = {
            DAYS[day]: ", ".join(f"{start:%H:%M}-{end:%H:%M}" for start, end in windows)
            for day, windows in week(written or {}).items()
        }
    return {day: found.get(day, "") for day in DAYS}


def _split(written: str) -> list[str]:
    return [word for one in written.split(",") if (word := " ".join(one.split()))]


_READ: dict[str, Callable[[Typed, str, Any], Any]] = {
    "text": _text,
    "arrow": _text,
    "zone": _text,
    "number": _number,
    "names": _names,
    "words": _words,
    "week": _week,
    "list": _list,
    "dates": _dates,
    "ticks": _ticks,
    "pairs": _pairs,
    "notes": _notes,
}
