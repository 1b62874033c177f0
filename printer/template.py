"""The template a hall shapes its slips with: read from TOML, checked whole, and turned into values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from assets.words import LANGUAGES
from hall import Refusal
from hall.logo import Logo as Kept
from hall.settings import SlipSettings
from hall.toml_file import Mistake, parsed
from printer.logo import Logo

DEFAULT = Path(__file__).parent / "slip.toml"
LINE_LETTERS = 160
"""A hall's own line is one line, not a leaflet."""
NUMBER_MM = 10.0
"""Lower than this no number is printed."""


class Kind(StrEnum):
    """What a part of the slip says."""

    LOGO = "logo"
    HALL = "hall"
    RULE = "rule"
    NUMBER = "number"
    SERVICE = "service"
    AGENCY = "agency"
    WAIT = "wait"
    PLACE = "place"
    LATE = "late"
    CODE = "code"
    FOLLOW = "follow"
    TIME = "time"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Part:
    """One part and its size in millimetres: of a text, its capitals; of a logo, a rule or a module, its height."""

    kind: Kind
    size: float
    label: float = 0.0
    """Capitals of the small words before it; 0 where there are none."""


@dataclass(frozen=True)
class Template:
    """A whole layout, for ordinary and for large print. Millimetres."""

    normal: tuple[Part, ...]
    large: tuple[Part, ...]
    margin: float
    gap: float
    large_gap: float
    narrow: float
    """By how much texts are smaller on narrow paper."""
    line: Mapping[str, str] = field(default_factory=dict)
    """Language -> the hall's own line."""
    logo: Logo | None = None


_TEXT, _LABEL = (1.5, 12.0), (1.5, 8.0)
_SIZES: dict[Kind, dict[str, tuple[float, float]]] = {
    Kind.LOGO: {"height": (4.0, 30.0)},
    Kind.RULE: {"thick": (0.1, 2.0)},
    Kind.NUMBER: {"text": (NUMBER_MM, 30.0), "label": _LABEL},
    Kind.WAIT: {"text": _TEXT, "label": _LABEL},
    Kind.PLACE: {"text": _TEXT, "label": _LABEL},
    Kind.CODE: {"module": (0.5, 1.5)},
}
"""Kind -> its keys, the size first, with the smallest and the largest; the others have a text only."""
_WHOLE = {"margin": (0.0, 4.0), "gap": (0.5, 10.0), "large_gap": (0.5, 10.0), "narrow": (0.6, 1.0)}
_LAYOUTS = ("normal", "large")

Place = tuple[str | int, ...]
Wrong = Iterator[tuple[Place, str]]


def load(settings: SlipSettings, path: Path | None = None) -> Template:
    """The template of that path, or else of the settings, with their logo.

    Fault unreadable_file; Refusal bad_template, bad_logo.
    """
    return read(path or settings.template or DEFAULT, Logo.read(settings.logo) if settings.logo else None)


def wearing(template: Template, kept: Kept | None) -> Template:
    """The same with the logo that the hall keeps, or with none where nothing of it is dark enough to print."""
    return replace(template, logo=Logo.kept(kept.picture) if kept else None)


def read(path: Path = DEFAULT, logo: Logo | None = None) -> Template:
    """The template of a file. Fault unreadable_file; Refusal bad_template (path, mistakes: list[Mistake])."""
    document, text = parsed(path, "bad_template")
    wrong = list(_wrong(document))
    if wrong:
        mistakes = [Mistake(_said(document, place), problem, _line(text, place)) for place, problem in wrong]
        raise Refusal("bad_template", path=str(path), mistakes=sorted(mistakes, key=lambda one: one.line or 0))
    return Template(
        normal=_parts(document["normal"]),
        large=_parts(document["large"]),
        margin=document["margin"],
        gap=document["gap"],
        large_gap=document["large_gap"],
        narrow=document["narrow"],
        line=document.get("line", {}),
        logo=logo,
    )


def _parts(listed: list[dict[str, Any]]) -> tuple[Part, ...]:
    return tuple(
        Part(kind, one[next(iter(_keys(kind)))], one.get("label", 0.0))
        for one in listed
        if one.get("on", True)
        for kind in [Kind(one["part"])]
    )


def _keys(kind: Kind) -> dict[str, tuple[float, float]]:
    return _SIZES.get(kind, {"text": _TEXT})


def _wrong(document: dict[str, Any]) -> Wrong:
    for key in document:
        if key not in (*_WHOLE, *_LAYOUTS, "line"):
            yield (key,), "is not a key of a slip template"
    for key, bounds in _WHOLE.items():
        yield from _size(document, (key,), bounds)
    for layout in _LAYOUTS:
        listed = document.get(layout)
        if layout not in document:
            yield (layout,), "is missing"
        elif not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
            yield (layout,), 'should be a list of parts, such as { part = "hall", text = 2.9 }'
        else:
            yield from _layout(layout, listed)
    yield from _own_line(document.get("line", {}))


def _layout(layout: str, listed: list[dict[str, Any]]) -> Wrong:
    seen: set[str] = set()
    for index, one in enumerate(listed):
        name = one.get("part")
        if name not in list(Kind):
            yield (layout, index, "part"), f"there is no part “{name}”; there are: {', '.join(Kind)}"
            continue
        kind = Kind(name)
        if kind in seen and kind is not Kind.RULE:
            yield (layout, index, "part"), "stands here twice"
        if not isinstance(one.get("on", True), bool):
            yield (layout, index, "on"), "should be true or false"
        elif one.get("on", True):
            seen.add(kind)
        for key in one:
            if key not in ("part", "on", *_keys(kind)):
                yield (layout, index, key), f"is not a key of the part “{kind}”"
        for key, bounds in _keys(kind).items():
            if key in one or (kind, key) != (Kind.NUMBER, "label"):
                yield from _size(one, (layout, index, key), bounds)
    if Kind.NUMBER not in seen:
        yield (layout,), "a slip without its number is none"


def _size(table: dict[str, Any], place: Place, bounds: tuple[float, float]) -> Wrong:
    key = str(place[-1])
    size, (low, high) = table.get(key), bounds
    if key not in table:
        yield place, "is missing"
    elif isinstance(size, bool) or not isinstance(size, int | float) or not low <= size <= high:
        unit = "" if key == "narrow" else " mm"
        yield place, f"should be a number from {low:g} to {high:g}{unit}"


def _own_line(line: object) -> Wrong:
    if not isinstance(line, dict):
        yield ("line",), "should be a table with one text a language"
        return
    for language, text in line.items():
        if language not in LANGUAGES:
            yield ("line", language), "is not a language of the product"
        elif not isinstance(text, str) or len(text) > LINE_LETTERS or not text.isprintable():
            yield ("line", language), f"should be one line of at most {LINE_LETTERS} letters"


def _said(document: dict[str, Any], place: Place) -> str:
    """A place in words: `normal, part 4 “number”, text`."""
    if len(place) < 3:
        return ".".join(map(str, place))
    layout, index, key = place
    part = document[str(layout)][index].get("part")
    return f"{layout}, part {int(index) + 1}" + (f" “{part}”, {key}" if key != "part" else "")


def _line(text: str, place: Place) -> int | None:
    """The line where a place begins: a key at the left, and below a list's name its n-th table."""
    lines = [line.partition("#")[0] for line in text.splitlines()]
    first = rf"\s*\[{{0,2}}{re.escape(str(place[0]))}\b"
    begins = [number for number, line in enumerate(lines, 1) if re.match(first, line)]
    if not begins or len(place) == 1:
        return begins[0] if begins else None
    if place[0] == "line":
        key = rf".*\b{re.escape(str(place[1]))}\s*="
    elif lines[begins[0] - 1].lstrip().startswith("[["):
        return begins[int(place[1])]
    else:
        key = r".*\{"
    found = [number for number, line in enumerate(lines, 1) if number >= begins[0] and re.match(key, line)]
    return next(iter(found[int(place[1]) :] if place[0] != "line" else found), begins[0])
