"""The face of a call-board: from what is known to what is written on it. Pure and frozen; the words are chosen here.

The board's window and its web page are two dresses of one `View`.
"""

from __future__ import annotations

import functools
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Literal

from babel.dates import format_date, get_date_format

from assets.words import N_, say
from hall.board import BoardCall
from hall.catalogue import Names
from hall.errors import Refusal
from hall.stage import Stage

LOCALES = {"en": "en_GB"}
"""A language whose dates are written another way than its plain locale says."""
YEAR = re.compile(r" y(\s*'г'\.)?")
"""In the pattern of a full date."""
STALE, LOST = timedelta(seconds=5), timedelta(seconds=15)
"""After so long without a word of the hall a board says from when it is, and then that it has lost the hall."""

WORDS = {
    "counter": N_("Counter"),
    "empty": N_("No calls yet today"),
    "soon": N_("Your number will appear here."),
    "lost": N_("No connection to the queue."),
    "listen": N_("Please listen for our staff."),
}
"""Every word that always stands on the board, by its place."""
LIVE = N_("Up to date")
AS_OF = N_("As of {time}")
UNHEARD = N_("No sound")
NOTICES = {
    "break": N_("Break until {time}"),
    "not_yet_open": N_("Tickets from {time}"),
    "closed": N_("Closed for today"),
    "closed_today": N_("Closed for today"),
    "service_paused": N_("Short pause"),
    "hall_paused": N_("Short pause"),
}
"""What the board says while no ticket is given, by the refusal's code; for any other NO_TICKETS."""
NO_TICKETS = N_("No new tickets today")
WAITING = N_("Waiting now")
NEXT = N_("Next numbers")
PHONE = N_("This hall on your phone")
JOIN = N_("Code for your phone: {code}")
MORE = "\N{NO-BREAK SPACE}…"
"""At the end of a part of a message that goes on."""


class Health(StrEnum):
    """How well the board knows the hall."""

    LIVE = "live"
    STALE = "stale"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Way:
    """How a counter is found; both empty where the catalogue says nothing."""

    arrow: str = ""
    """left, right, up or down."""
    area: Names = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Face:
    """What the board must know of its hall: names by language, where it is, and how it stands."""

    name: Names
    agencies: Mapping[str, Names]
    """By the agency's code."""
    languages: tuple[str, ...]
    """The hall's own first."""
    timezone: tzinfo
    zones: tuple[Names, ...] = ()
    """Those this board shows; none when it shows all."""
    short: Mapping[str, Names] = field(default_factory=dict)
    """What people call an agency, by its code."""
    ways: Mapping[str, Way] = field(default_factory=dict)
    """By the counter's code."""
    rest: Refusal | None = None
    """Why no ticket is given now."""
    waiting: tuple[tuple[str, int], ...] = ()
    """Agency's code and how many wait for it, the most first."""
    next_up: tuple[str, ...] = ()
    """The numbers that come next."""
    messages: tuple[Names, ...] = ()
    """What staff want everybody to read now: while there is any, no other page is shown."""
    join_code: str = ""
    """What proves that whoever types it is in the hall; empty where no tickets are given on phones."""


UNKNOWN = Face({}, {}, ("en",), UTC)
"""A hall nobody has described yet."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a hall chooses to show besides the calls, and how."""

    name: Names = field(default_factory=dict)
    """Of the hall, where it is not the catalogue's."""
    languages: Literal["together", "alternate"] = "together"
    """The first two side by side, or all by turns."""
    turn: float = 10.0
    """Seconds that a language, and a page, stays."""
    waiting: bool = False
    next_up: bool = False
    messages: tuple[Names, ...] = ()
    pictures: tuple[str, ...] = ()
    """Addresses of the playlist's pictures."""
    address: str = ""
    """Of the hall's page, shown as a QR code."""
    lines: int = 4
    """How many lines fit on a page."""
    letters: int = 0
    """A message with more letters takes several pages; 0: however long it is, one."""
    join: bool = False
    """Whether the code for a ticket on one's phone is shown."""


@dataclass(frozen=True, slots=True)
class View:
    """Everything a board shows, as texts."""

    language: str
    heading: str
    clock: str
    date: str
    fresh: str
    head: str
    """The one of heading, date and freshness whose turn it is; from when a hall is that was not read lately."""
    alarm: str
    """What it means that the hall is lost, in the language whose turn it is; "" while it is not."""
    health: str
    """Live, stale or lost."""
    words: Mapping[str, str]
    second: Mapping[str, str]
    """The same words in a second language; empty texts where there is none."""
    calls: tuple[Mapping[str, object], ...]
    recent: tuple[Mapping[str, object], ...]
    arrows: bool
    """Whether any counter of the hall is shown with an arrow, so that the list keeps a place for it."""
    page: Mapping[str, object]
    """What stands beside the calls: text, message, lines, picture or code; kind "" for nothing. A message stands there
    even while nobody is called."""


def health(now: datetime, read_at: datetime | None, *, failed: bool) -> Health:
    """How well a hall is known that was last read then, and whose last reading failed or not."""
    silence = now - read_at if read_at else timedelta.max
    if silence >= LOST:
        return Health.LOST
    return Health.STALE if failed or silence >= STALE else Health.LIVE


def derive(
    face: Face,
    stage: Stage,
    now: datetime,
    read_at: datetime | None,
    state: Health = Health.LIVE,
    choice: Choice = Choice(),
    *,
    unheard: bool = False,
) -> View:
    """What a board shows `now`; `read_at` is when the queue was last seen to be so, `unheard` that its sound fails.

    A queue that was never read is not said to have been so at any time, nor to have called nobody.
    """
    own, other = _spoken(face, choice, now)
    local = now.astimezone(face.timezone)
    words = {place: say(own, text) for place, text in WORDS.items()}
    second = {place: say(other, text) if other else "" for place, text in WORDS.items()}
    notice = _notice(face)
    if notice:
        words |= {"empty": _told(notice, own, face), "soon": ""}
        second |= {"empty": _told(notice, other, face) if other else "", "soon": ""}
    if read_at is None:
        words |= {"empty": "", "soon": ""}
        second |= {"empty": "", "soon": ""}
    fresh = [say(own, UNHEARD)] if unheard else []
    if state is not Health.LIVE:
        face = replace(face, join_code="")  # it may be an old one
    if face.join_code:
        fresh.append(say(own, JOIN, {"code": face.join_code}))
    heading = " · ".join(named(names, own) for names in (face.name, *face.zones) if names)
    date, turn = _date(local, own), _turn(face, choice, now)
    heads = [text for text in (heading, date, *fresh) if text]
    if read_at and not face.join_code:
        as_of = f"{read_at.astimezone(face.timezone):%H:%M}"
        fresh.append(_both(LIVE, own, other) if state is Health.LIVE else _both(AS_OF, own, other, as_of))
        if state is not Health.LIVE:
            heads = [say(language, AS_OF, {"time": as_of}) for language in (own, other) if language]
    alarms = [f"{told['lost']} {told['listen']}" for told in (words, second) if told["lost"]]
    return View(
        language=own,
        heading=heading,
        clock=f"{local:%H:%M}",
        date=date,
        fresh=" · ".join(fresh),
        head=heads[turn % len(heads)],
        alarm=alarms[turn % len(alarms)] if state is Health.LOST else "",
        health=str(state),
        words=words,
        second=second,
        calls=tuple(_call(held.call, face, own, stage, state, turn) for held in stage.held),
        recent=tuple(_call(call, face, own, stage, state, turn) for call in stage.recent),
        arrows=any(way.arrow for way in face.ways.values()),
        page=_page(face, choice, turn, own, other),
    )


def named(names: Names, language: str) -> str:
    """A name in the language, or in whichever it has."""
    return names.get(language) or next(iter(names.values()), "")


def turns_in(now: datetime, turn: float) -> float:
    """Seconds until the next language or page."""
    return turn - now.timestamp() % turn


def _spoken(face: Face, choice: Choice, now: datetime) -> tuple[str, str | None]:
    if choice.languages == "alternate":
        return face.languages[_count(now, choice.turn) % len(face.languages)], None
    return face.languages[0], face.languages[1] if len(face.languages) > 1 else None


def _count(now: datetime, turn: float) -> int:
    return int(now.timestamp() // turn)


def _turn(face: Face, choice: Choice, now: datetime) -> int:
    """Which turn it is, for what stays until every language had its own."""
    return _count(now, choice.turn) // (len(face.languages) if choice.languages == "alternate" else 1)


def _call(call: BoardCall, face: Face, language: str, stage: Stage, state: Health, turn: int) -> dict[str, object]:
    agency = named(face.agencies.get(call.agency, {}), language)
    short = named(face.short.get(call.agency, {}), language) or agency
    way = face.ways.get(call.counter, Way())
    area = named(way.area, language)
    return {
        "number": call.number,
        "counter": call.counter,
        "agency": agency,
        "short": short,
        "area": area,
        "beside": area if area and turn % 2 else short,
        "arrow": way.arrow,
        "lit": call.sequence in stage.lit and state is not Health.LOST,
    }


def _notice(face: Face) -> str:
    if face.rest is None:
        return ""
    if face.rest.code in ("closed", "closed_today") and any(count for _, count in face.waiting):
        return NO_TICKETS  # the last visitors are still being called
    return NOTICES.get(face.rest.code, NO_TICKETS)


def _told(notice: str, language: str, face: Face) -> str:
    opens = face.rest.data.get("opens") if face.rest else None
    return say(language, notice, {"time": f"{opens:%H:%M}" if opens else ""})


def _page(face: Face, choice: Choice, turn: int, own: str, other: str | None) -> Mapping[str, object]:
    """The page whose turn it is; a hall at rest says only that."""
    pages = list(_pages(face, choice, (own, other) if other else (own,)))
    shown = pages[turn % len(pages)] if pages else {}
    return {"kind": "", "title": "", "lines": (), "source": "", **shown}


def _pages(face: Face, choice: Choice, languages: Sequence[str]) -> Iterator[Mapping[str, object]]:
    """Each in one language: two together would be too small to be read from afar."""
    if face.messages:
        yield from _texts("message", face.messages, languages, choice.letters)
        return
    if notice := _notice(face):
        for told in dict.fromkeys(_told(notice, language, face) for language in languages):
            yield {"kind": "text", "title": told}
        return
    for language in languages if choice.waiting else ():
        counts = [
            (named(face.short.get(code) or face.agencies.get(code, {}), language), str(count))
            for code, count in face.waiting
            if count
        ]
        for first in range(0, len(counts), choice.lines):
            lines = tuple(counts[first : first + choice.lines])
            yield {"kind": "lines", "title": say(language, WAITING), "lines": lines}
    for language in languages if choice.next_up and face.next_up else ():
        pairs = [face.next_up[place : place + 2] for place in range(0, len(face.next_up), 2)]
        lines = tuple((pair[0], pair[1] if len(pair) > 1 else "") for pair in pairs[: choice.lines])
        yield {"kind": "lines", "title": say(language, NEXT), "lines": lines}
    yield from _texts("text", choice.messages, languages, choice.letters)
    for picture in choice.pictures:
        yield {"kind": "picture", "source": picture}
    for language in languages if choice.address else ():
        text = JOIN if face.join_code else PHONE
        yield {"kind": "code", "title": say(language, text, {"code": face.join_code}), "source": choice.address}


def _texts(
    kind: str, messages: Sequence[Names], languages: Sequence[str], letters: int
) -> Iterator[Mapping[str, object]]:
    for message in messages:
        for text in dict.fromkeys((named(message, languages[0]), *(message.get(other, "") for other in languages[1:]))):
            for part in parts(text, letters) if text else ():
                yield {"kind": kind, "title": part}


@functools.lru_cache(maxsize=64)
def parts(text: str, most: int) -> tuple[str, ...]:
    """A text in as few parts of at most so many letters as it takes, about as long each; whole for `most` 0."""
    text = " ".join(text.split())
    if not most or len(text) <= most:
        return (text,)
    most = max(1, most - len(MORE))

    def wrapped(width: int) -> list[str]:
        return textwrap.wrap(text, width, break_on_hyphens=False)

    fewest = len(wrapped(most))
    least = min(most, len(text) // fewest)
    lines = next(lines for width in range(least, most + 1) if len(lines := wrapped(width)) == fewest)
    return (*(line + MORE for line in lines[:-1]), lines[-1])


def _both(text: str, own: str, other: str | None, time: str = "") -> str:
    return "  ·  ".join(say(language, text, {"time": time}) for language in (own, other) if language)


def _date(local: datetime, language: str) -> str:
    """Day of the week and of the month: nobody in a hall asks for the year."""
    locale = LOCALES.get(language, language)
    text = format_date(local, YEAR.sub("", get_date_format("full", locale).pattern), locale)
    return text[:1].upper() + text[1:]
