"""Every open console, read in one go: only those are made anew that something happened to."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from counter import desk
from counter.access import Seated
from counter.acts import REASONS
from counter.crowd import Round, Shown
from counter.manage.floor import marks
from counter.office import Office
from hall import Refusal
from hall.devices import DeviceKind, Pulse, beat_all
from hall.floor import Floor
from hall.rights import Grant
from hall.staff import fingerprint

REGIONS: dict[str, Callable[[desk.Desk], Any]] = {
    "standing": lambda shown: shown.standing,
    "hand": lambda shown: shown.hand,
    "line": lambda shown: shown.line,
    "held": lambda shown: shown.held,
    "calls": lambda shown: shown.calls,
}
"""Parts of the page that change by themselves, and what each is drawn from."""


@dataclass(frozen=True)
class Key:
    """Who looks at a console, and as what: it is theirs for as long as that stays so."""

    token: str = field(repr=False)
    staff: str
    counter: str
    grant: Grant
    language: str

    @staticmethod
    def of(staff: Seated, language: str) -> Key:
        """Of a page that is loaded now."""
        return Key(staff.token, staff.name, staff.counter, staff.grant, language)


@dataclass(frozen=True)
class Seen:
    """All that a console shows."""

    desk: desk.Desk
    alarms: tuple[str, ...]
    """Of the paper."""
    marks: int
    """Alarms of the hall, for who may see to them."""


@dataclass
class _Open:
    """One of the open consoles."""

    mark: str
    """The session's fingerprint."""
    pulse: Pulse
    part: tuple[object, ...] = ()
    """What the last one was made from."""
    seen: Seen | None = None


class Consoles:
    """Reads for every open console at once. Keeps what it has read; not for several threads at a time."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._open: dict[Key, _Open] = {}

    def read(self, keys: tuple[Key, ...]) -> Round[Key]:
        """What is new on these. Blocking. Fault while the hall is away."""
        office, now = self._office, self._office.hall.now()
        changed: dict[Key, Shown | None] = {}
        try:
            floor = office.floors.read()
        except Refusal:  # the hall is no longer described
            return Round(0, head(now), dict.fromkeys(keys))
        self._open = {key: self._open.get(key) or _opened(key) for key in keys}
        for key, console in self._open.items():
            try:
                self._demand(floor, key, console)
                part = self._part(floor, key, now)
                if part == console.part:
                    continue
                seen = look(office, floor, key.counter, key.grant, key.language, now)
            except Refusal:  # the counter, or whoever sat at it, is no longer there
                changed[key] = None
                continue
            console.part = part
            if seen != console.seen:
                console.seen = seen
                changed[key] = Shown(_rest(told(office, seen, key.language)))
        beat_all((console.pulse for console in self._open.values()), office.hall)
        return Round(floor.sequence, head(now), changed)

    def _demand(self, floor: Floor, key: Key, console: _Open) -> None:
        """Refusal signed_out when the page is no longer of whom it was given to."""
        session = floor.sessions.get(console.mark)
        for _ in range(2):
            if session is not None and (session.counter, session.grant) == (key.counter, key.grant):
                return
            session = self._office.hall.session(key.token)  # which may be newer than the floor
        raise Refusal("signed_out")

    def _part(self, floor: Floor, key: Key, now: datetime) -> tuple[object, ...]:
        floors = self._office.floors
        return floor.part(key.counter, now), floors.alarms(key.language), marks(self._office, key.grant)


def look(office: Office, floor: Floor, counter: str, grant: Grant, language: str, now: datetime) -> Seen:
    """A counter's console now. Blocking. Refusal unknown_counter."""
    shown = desk.desk(floor, counter, grant, now, language)
    return Seen(shown, office.floors.alarms(language), marks(office, grant))


def told(office: Office, seen: Seen, language: str) -> dict[str, Any]:
    """What the page's script is told of it: facts, and the parts of the page as HTML."""
    counter, hand = seen.desk.standing.counter, seen.desk.hand
    return {
        "title": f"{hand.number} · {counter}" if hand.ticket else f"({seen.desk.line.waiting}) {counter}",
        "acts": list(seen.desk.acts),
        "ticket": str(hand.ticket or ""),
        "number": hand.number,
        "regions": _regions(office, seen, language),
    }


def head(now: datetime) -> dict[str, str | int]:
    """What every console is told of the time: for people, and in milliseconds for its clocks."""
    return {"at": f"{now:%H:%M:%S}", "now": int(now.timestamp() * 1000)}


def _regions(office: Office, seen: Seen, language: str) -> dict[str, str]:
    def drawn(name: str, part: Any) -> str:
        template = f"console_{name}.html"
        return office.floors.drawn(
            (name, language, part), lambda: office.html(template, language, reasons=REASONS, **{name: part})
        )

    return {
        **{name: drawn(name, part(seen.desk)) for name, part in REGIONS.items()},
        "alarm": drawn("alarm", seen.alarms),
        "marks": drawn("marks", seen.marks),
    }


def _rest(shown: dict[str, Any]) -> bytes:
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":"))[1:].encode()


def _opened(key: Key) -> _Open:
    return _Open(fingerprint(key.token), Pulse(DeviceKind.CONSOLE, key.counter, {"staff": key.staff}))
