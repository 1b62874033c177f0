"""The hall at one moment, as whoever answers for it sees it: lines, counters, printers, devices, pauses, the disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from hall.counters import CounterStanding, CounterState
from hall.devices import Device
from hall.pauses import HallPause
from hall.printers import PrinterState, seen

if TYPE_CHECKING:
    from hall.act import Act


@dataclass(frozen=True, slots=True)
class Line:
    """Everybody who waits for one service."""

    service: str
    waiting: int
    oldest: datetime | None
    """When the one who has waited longest took the ticket."""
    serving: int
    """Open counters that offer it."""
    paused: str | None
    """Why no ticket is given for it."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A counter and what it has in hand."""

    state: CounterState
    number: str | None
    service: str | None
    since: datetime | None
    """When that ticket was called."""


@dataclass(frozen=True, slots=True)
class Overview:
    """All of it."""

    at: datetime
    lines: Mapping[str, Line]
    """Every service of the catalogue."""
    desks: Mapping[str, Desk]
    """Every counter of the catalogue."""
    printers: tuple[PrinterState, ...]
    devices: tuple[Device, ...]
    pause: HallPause | None
    free: float | None
    """Part of the disk under the queue that is free, 0 to 1; None where nobody knows."""


def look(act: Act) -> Overview:
    """The hall now. Refusal no_catalogue."""
    catalogue, storage = act.catalogue, act.storage
    lines = storage.lines(act.day)
    hands = storage.hands(act.day)
    states = {code: act.counter(code) for code in catalogue.counters}
    return Overview(
        at=act.now,
        lines={
            code: Line(
                code,
                lines[code][0] if code in lines else 0,
                lines[code][1] if code in lines else None,
                sum(states[desk.code].state is CounterStanding.OPEN for desk in catalogue.offered[code]),
                act.standing.pauses.get(code),
            )
            for code in catalogue.services
        },
        desks={code: Desk(state, *hands.get(code, (None, None, None))) for code, state in states.items()},
        printers=tuple(seen(one, act.now) for one in storage.printers()),
        devices=tuple(storage.devices()),
        pause=act.pause,
        free=storage.engine.free(),
    )
