"""From what is known to what the window's properties are: pure, frozen, no Qt. The words are chosen here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from babel.dates import format_date

from assets.words import N_, say
from display.stage import Stage
from hall.board import BoardCall

LOCALES = {"en": "en_GB"}
"""A language whose dates are written another way than its plain locale says."""

WORDS = {
    "counter": N_("Counter"),
    "recent": N_("Called before"),
    "empty": N_("No calls yet today"),
    "soon": N_("Your number will appear here."),
    "lost": N_("No connection to the queue."),
    "listen": N_("Please listen for our staff."),
}
"""Every word on the board, by its place."""
LIVE = N_("Up to date")
AS_OF = N_("As of {time}")


@dataclass(frozen=True, slots=True)
class Face:
    """What the board must know of its hall: names by language, where it is."""

    name: Mapping[str, str]
    agencies: Mapping[str, Mapping[str, str]]
    """By the agency's code."""
    languages: tuple[str, ...]
    """The hall's own first; the second stands beside it."""
    timezone: tzinfo
    zone: Mapping[str, str] | None = None
    """The only zone this board shows."""


UNKNOWN = Face({}, {}, ("en",), UTC)
"""A hall nobody has described yet."""


@dataclass(frozen=True, slots=True)
class View:
    """The properties of the window, by their names in QML."""

    heading: str
    clock: str
    date: str
    fresh: str
    words: Mapping[str, str]
    second: Mapping[str, str]
    """The same words in the second language; empty texts in a hall of one language."""
    calls: tuple[Mapping[str, object], ...]
    recent: tuple[Mapping[str, object], ...]
    lost: bool


def derive(face: Face, stage: Stage, now: datetime, read_at: datetime | None, lost: bool) -> View:
    """What the window shows `now`; `read_at` is when the queue was last seen to be so."""
    own = face.languages[0]
    other = face.languages[1] if len(face.languages) > 1 else None
    local = now.astimezone(face.timezone)
    as_of = f"{read_at.astimezone(face.timezone):%H:%M}" if read_at else ""
    return View(
        heading=" · ".join(named(names, own) for names in (face.name, face.zone) if names),
        clock=f"{local:%H:%M}",
        date=_date(local, own),
        fresh=(_both(AS_OF, own, other, as_of) if read_at else "") if lost else _both(LIVE, own, other),
        words={place: say(own, text) for place, text in WORDS.items()},
        second={place: say(other, text) if other else "" for place, text in WORDS.items()},
        calls=tuple(
            _call(held.call, face, own) | {"lit": held.call.sequence in stage.lit and not lost} for held in stage.held
        ),
        recent=tuple(_call(call, face, own) for call in stage.recent),
        lost=lost,
    )


def named(names: Mapping[str, str], language: str) -> str:
    """A name in the language, or in whichever it has."""
    return names.get(language) or next(iter(names.values()), "")


def _call(call: BoardCall, face: Face, language: str) -> dict[str, object]:
    agency = named(face.agencies.get(call.agency, {}), language)
    return {"number": call.number, "counter": call.counter, "agency": agency}


def _both(text: str, own: str, other: str | None, time: str = "") -> str:
    return "  ·  ".join(say(language, text, {"time": time}) for language in (own, other) if language)


def _date(local: datetime, language: str) -> str:
    text = format_date(local, "full", locale=LOCALES.get(language, language))
    return text[:1].upper() + text[1:]
