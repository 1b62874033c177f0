"""Reads the TOML file a hall is described in and names every mistake with its place."""

from __future__ import annotations

import re
from collections import Counter as Tally
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails

from assets.words import LANGUAGES, N_
from hall.catalogue import Document, Rules
from hall.errors import Problem, Refusal
from hall.hours import DAYS, week
from hall.toml_file import Mistake, parsed

Place = tuple[str | int, ...]
Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)]
Series = Annotated[str, Field(pattern=r"^[ABDEFHJ-NPR-Z]{1,3}$")]
Text = Annotated[str, Field(min_length=1, max_length=200)]
ShortText = Annotated[str, Field(min_length=1, max_length=24)]


def _has_letters(word: str) -> str:
    if not any(letter.isalnum() for letter in word):
        raise ValueError(Problem(N_("“{word}” has no letter to search for"), word=word))
    return word


Keyword = Annotated[str, Field(min_length=1, max_length=40), AfterValidator(_has_letters)]
Keywords = dict[str, Annotated[list[Keyword], Field(min_length=1, max_length=20)]]
Direction = Literal["left", "right", "up", "down"]
Minutes = Annotated[int, Field(ge=0, le=24 * 60)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Hours(_Table):
    hours: dict[str, str] | None = None
    breaks: dict[str, str] | None = None
    doors: Minutes | None = None
    cutoff: Minutes | None = None

    @field_validator("hours", "breaks")
    @classmethod
    def _readable(cls, written: dict[str, str] | None) -> dict[str, str] | None:
        week(written or {})
        return written


class _Hall(_Hours):
    name: dict[str, Text]
    timezone: str
    languages: Annotated[list[str], Field(min_length=1)]
    hours: dict[str, str]
    closed: list[date] = []

    @field_validator("timezone")
    @classmethod
    def _zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(Problem(N_("there is no time zone “{name}”"), name=name)) from None
        return name

    @field_validator("languages")
    @classmethod
    def _spoken(cls, languages: list[str]) -> list[str]:
        unknown = [language for language in languages if language not in LANGUAGES]
        if unknown or len(set(languages)) < len(languages):
            raise ValueError(Problem(N_("each language once, out of {languages}"), languages=", ".join(LANGUAGES)))
        return languages


class _Rules(_Table):
    credit_minutes: Minutes = Rules.credit_minutes
    recall_seconds: Annotated[int, Field(ge=20, le=3600)] = Rules.recall_seconds
    recall_limit: Annotated[int, Field(ge=1, le=100)] = Rules.recall_limit
    calls_before_no_show: Annotated[int, Field(ge=1, le=100)] = Rules.calls_before_no_show
    grace_minutes: Minutes = Rules.grace_minutes
    park_minutes: Annotated[int, Field(ge=1, le=24 * 60)] = Rules.park_minutes
    early_minutes: Minutes = Rules.early_minutes
    late_minutes: Minutes = Rules.late_minutes
    alarm_wait_minutes: Annotated[int, Field(ge=1, le=24 * 60)] = Rules.alarm_wait_minutes
    alarm_unserved: Annotated[int, Field(ge=1, le=1000)] = Rules.alarm_unserved
    alarm_silent_minutes: Annotated[int, Field(ge=1, le=24 * 60)] = Rules.alarm_silent_minutes
    alarm_disk_percent: Annotated[int, Field(ge=0, le=90)] = Rules.alarm_disk_percent
    notes: Annotated[dict[Code, dict[str, ShortText]], Field(min_length=1, max_length=9)] | None = None

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if self.calls_before_no_show > self.recall_limit:
            raise ValueError(
                Problem(N_("calls_before_no_show is beyond recall_limit: nobody could ever be marked a no-show"))
            )
        return self


class _Zone(_Table):
    code: Code
    name: dict[str, Text]
    arrow: Direction | None = None
    area: dict[str, ShortText] = {}


class _Service(_Hours):
    code: Code
    name: dict[str, Text]
    minutes: Annotated[int, Field(ge=1, le=480)]
    cap: Annotated[int, Field(ge=1)] | None = None
    series: Series | None = None
    keywords: Keywords = {}


class _Agency(_Hours):
    code: Code
    series: Series
    icon: Code
    name: dict[str, Text]
    short: dict[str, ShortText] = {}
    keywords: Keywords = {}
    service: Annotated[list[_Service], Field(min_length=1)]


class _Counter(_Table):
    code: Annotated[str, Field(pattern=r"^[A-Z0-9]{1,4}$")]
    zone: str
    offers: Annotated[list[str], Field(min_length=1)]
    overflow: dict[str, Minutes] = {}
    arrow: Direction | None = None
    area: dict[str, ShortText] = {}


class _Catalogue(_Table):
    hall: _Hall
    rules: _Rules = _Rules()
    zone: Annotated[list[_Zone], Field(min_length=1)]
    agency: Annotated[list[_Agency], Field(min_length=1)]
    counter: Annotated[list[_Counter], Field(min_length=1)]


_PROBLEMS = {
    "missing": N_("is missing"),
    "extra_forbidden": N_("is not a key of a catalogue"),
    "string_pattern_mismatch": N_("“{input}” is not allowed here (pattern {pattern})"),
    "string_type": N_("should be a text"),
    "string_too_short": N_("should not be empty"),
    "string_too_long": N_("should have at most {max_length} letters"),
    "too_short": N_("should not be empty"),
    "too_long": N_("should have at most {max_length} entries"),
    "int_type": N_("should be a whole number"),
    "list_type": N_("should be a list"),
    "dict_type": N_("should be a table"),
    "literal_error": N_("should be {expected}"),
    "greater_than_equal": N_("should be {ge} or more"),
    "less_than_equal": N_("should be {le} or less"),
    "date_type": N_("“{input}” is no date such as 2026-12-25"),
}


def read(path: Path) -> Document:
    """The document of a file. Fault unreadable_file; Refusal bad_catalogue (path, mistakes: list[Mistake])."""
    document, text = parsed(path, "bad_catalogue")
    found = mistakes(document, text)
    if found:
        raise Refusal("bad_catalogue", path=str(path), mistakes=found)
    return document


def mistakes(document: Document, text: str = "") -> list[Mistake]:
    """Every mistake of a document, in the order of its lines; `text` is the file it came from, for line numbers."""
    found = [Mistake(said(document, place), problem, _line(text, place)) for place, problem in wrong(document)]
    return sorted(dict.fromkeys(found), key=lambda mistake: mistake.line or 0)


def wrong(document: Document) -> list[tuple[Place, str]]:
    """The same by the keys that lead to each, for a form that shows it at its field."""
    try:
        _Catalogue.model_validate(document)
        found: list[tuple[Place, str]] = []
    except ValidationError as error:
        found = [(tuple(one["loc"]), _problem(one)) for one in error.errors()]
    return [*found, *_meaning(document)]


def _problem(error: ErrorDetails) -> str:
    known = _PROBLEMS.get(error["type"])
    if known is not None:
        return Problem(known, input=error["input"], **{"pattern": "", **error.get("ctx", {})})
    raised = error.get("ctx", {}).get("error")
    told = raised.args[0] if isinstance(raised, ValueError) and raised.args else None
    return told if isinstance(told, Problem) else error["msg"].removeprefix("Value error, ")


def _meaning(document: Document) -> Iterator[tuple[Place, str]]:
    """What no single table can tell: duplicates, references, languages, hours. Skips what has the wrong shape."""
    agencies = _tables(document, "agency")
    counters = _tables(document, "counter")
    services = [
        (a, s, service) for a, agency in enumerate(agencies) for s, service in enumerate(_tables(agency, "service"))
    ]
    yield from _twice([(("zone", i), zone.get("code")) for i, zone in enumerate(_tables(document, "zone"))], "code")
    yield from _twice([(("agency", i), agency.get("code")) for i, agency in enumerate(agencies)], "code")
    yield from _twice([(("counter", i), counter.get("code")) for i, counter in enumerate(counters)], "code")
    for a, agency in enumerate(agencies):
        codes = enumerate(_tables(agency, "service"))
        yield from _twice([(("agency", a, "service", s), one.get("code")) for s, one in codes], "code")
    yield from _series(agencies)
    yield from _languages(document, services)
    yield from _keywords(agencies, services)
    yield from _hours(document, services)
    yield from _offers(document, agencies, counters)


def _twice(coded: list[tuple[Place, Any]], key: str) -> Iterator[tuple[Place, str]]:
    tally = Tally(code for _, code in coded if isinstance(code, str))
    seen = set()
    for place, code in coded:
        if isinstance(code, str) and tally[code] > 1 and code in seen:
            yield (*place, key), Problem(N_("“{code}” is used twice"), code=code)
        seen.add(code if isinstance(code, str) else None)


def _series(agencies: list[Document]) -> Iterator[tuple[Place, str]]:
    owner: dict[str, int] = {}
    for a, agency in enumerate(agencies):
        places: list[tuple[Place, Any]] = [(("agency", a, "series"), agency.get("series"))]
        places += [
            (("agency", a, "service", s, "series"), service["series"])
            for s, service in enumerate(_tables(agency, "service"))
            if "series" in service
        ]
        for place, series in places:
            if isinstance(series, str) and owner.setdefault(series, a) != a:
                yield place, Problem(N_("the series “{series}” belongs to another agency already"), series=series)


def _languages(document: Document, services: list[tuple[int, int, Document]]) -> Iterator[tuple[Place, str]]:
    zones = [(("zone", i), zone) for i, zone in enumerate(_tables(document, "zone"))]
    agencies = [(("agency", i), agency) for i, agency in enumerate(_tables(document, "agency"))]
    counters = [(("counter", i), counter) for i, counter in enumerate(_tables(document, "counter"))]
    named: list[tuple[Place, str, Any]] = [(("hall",), "name", document.get("hall"))]
    named += [(place, "name", table) for place, table in (*zones, *agencies)]
    rules = document.get("rules")
    notes = rules.get("notes") if isinstance(rules, dict) else None
    named += [(("rules", "notes"), code, notes) for code in (notes if isinstance(notes, dict) else ())]
    named += [(("agency", a, "service", s), "name", service) for a, s, service in services]
    named += [(place, "short", agency) for place, agency in agencies]
    named += [(place, "area", table) for place, table in (*zones, *counters)]
    for place, key, table in named:
        names = table.get(key) if isinstance(table, dict) else None
        if not isinstance(names, dict):
            continue
        for language in LANGUAGES:
            if language not in names:
                yield (*place, key, language), Problem(N_("the name is missing in this language"))
        for language in names:
            if language not in LANGUAGES:
                yield (*place, key, language), Problem(N_("is not a language of the product"))


def _keywords(agencies: list[Document], services: list[tuple[int, int, Document]]) -> Iterator[tuple[Place, str]]:
    tables: list[tuple[Place, Document]] = [(("agency", a), agency) for a, agency in enumerate(agencies)]
    tables += [(("agency", a, "service", s), service) for a, s, service in services]
    for place, table in tables:
        keywords = table.get("keywords")
        for language, words in keywords.items() if isinstance(keywords, dict) else ():
            if language not in LANGUAGES:
                yield (*place, "keywords", language), Problem(N_("is not a language of the product"))
            said = [word.casefold() for word in words if isinstance(word, str)] if isinstance(words, list) else []
            for word in dict.fromkeys(one for one in said if said.count(one) > 1):
                yield (*place, "keywords", language), Problem(N_("“{word}” is written twice"), word=word)


def _hours(document: Document, services: list[tuple[int, int, Document]]) -> Iterator[tuple[Place, str]]:
    hall = document.get("hall")
    for a, s, service in [(None, None, {}), *services]:
        tables = [
            service,
            _tables(document, "agency")[a] if a is not None else {},
            hall if isinstance(hall, dict) else {},
        ]
        if a is not None and not ({"hours", "breaks"} & {*service, *tables[1]}):
            continue
        try:
            opened, paused = (week(next((t[key] for t in tables if key in t), {})) for key in ("hours", "breaks"))
        except (ValueError, AttributeError, TypeError):
            continue  # told by its own table
        place: Place = ("hall",) if a is None else ("agency", a, "service", s or 0)
        for day, breaks in paused.items():
            for start, end in breaks:
                if day in opened and not any(first <= start and end <= last for first, last in opened[day]):
                    pause = f"{start:%H:%M}-{end:%H:%M}"
                    outside = N_("the break {pause} is outside the hours of {day}")
                    yield (*place, "breaks"), Problem(outside, pause=pause, day=DAYS[day])


def _offers(document: Document, agencies: list[Document], counters: list[Document]) -> Iterator[tuple[Place, str]]:
    all_services = {
        f"{agency.get('code')}.{service.get('code')}": (a, s)
        for a, agency in enumerate(agencies)
        for s, service in enumerate(_tables(agency, "service"))
    }
    agency_codes = [agency.get("code") for agency in agencies]
    zones = [zone.get("code") for zone in _tables(document, "zone")]
    offered: set[str] = set()
    for i, counter in enumerate(counters):
        if isinstance(counter.get("zone"), str) and counter["zone"] not in zones:
            yield ("counter", i, "zone"), Problem(N_("there is no zone “{zone}”"), zone=counter["zone"])
        offers, overflow = counter.get("offers", []), counter.get("overflow", {})
        for key, codes in (("offers", offers), ("overflow", overflow)):
            for code in codes if isinstance(codes, list | dict) else ():
                if not isinstance(code, str):
                    continue
                if code not in agency_codes and code not in all_services:
                    yield ("counter", i, key), Problem(N_("there is no service or agency “{code}”"), code=code)
                elif key == "offers":
                    offered |= {full for full in all_services if full == code or full.startswith(f"{code}.")}
    for full, (a, s) in all_services.items():
        if full not in offered:
            yield ("agency", a, "service", s), Problem(N_("no counter offers this service"))


def _tables(table: Any, key: str) -> list[Document]:
    found = table.get(key) if isinstance(table, dict) else None
    return [one if isinstance(one, dict) else {} for one in found] if isinstance(found, list) else []


def said(document: Any, place: Place) -> str:
    """A place in words, tables by their code rather than by their position."""
    words: list[str] = []
    tail: list[str] = []
    table = document
    for step in place:
        table = _step(table, step)
        if isinstance(step, int) and tail:
            code = table.get("code") if isinstance(table, dict) else None
            name = ".".join(tail)
            words.append(f"{name} “{code}”" if isinstance(code, str) else f"{name} {step + 1}")
            tail.clear()
        else:
            tail.append(str(step))
    return ", ".join([*words, *([".".join(tail)] if tail else [])])


def _step(table: Any, step: str | int) -> Any:
    try:
        return table[step]
    except (KeyError, IndexError, TypeError):
        return None


def _line(text: str, place: Place) -> int | None:
    """The line of a place: its table's header, then its key if that stands below it."""
    lines = text.splitlines()
    at, header = -1, ""
    rest = list(place)
    while rest and isinstance(rest[0], str) and (len(rest) == 1 or isinstance(rest[1], int) or not header):
        name = rest[0]
        if len(rest) > 1 and isinstance(rest[1], int):
            header = f"{header}.{name}".lstrip(".")
            wanted, mark = rest[1] + 1, f"[[{header}]]"
            rest = rest[2:]
        elif not header and any(line.strip() == f"[{name}]" for line in lines):
            header, wanted, mark = name, 1, f"[{name}]"
            rest = rest[1:]
        else:
            break
        for number in range(at + 1, len(lines)):
            if lines[number].strip().startswith(mark):
                wanted -= 1
                if not wanted:
                    at = number
                    break
        else:
            return at + 1 or None
    for number in range(at + 1, len(lines) if rest else 0):
        if lines[number].lstrip().startswith("["):
            break
        if re.match(rf"\s*{re.escape(str(rest[0]))}\s*[.=]", lines[number]):
            return number + 1
    return at + 1 or None
