"""The devices of the hall - kiosks, boards, consoles - and when each was last heard of.

A device says every SECONDS that it is there. That is no event and rings no bell: whoever watches looks now and then.
Printers are not among them: their rooms report what is wrong with each (`printers`).
"""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from hall.errors import Fault, Refusal

if TYPE_CHECKING:
    from hall.act import Act
    from hall.hall import Hall

SECONDS = 20.0
"""Between two words of a device."""
MOST = 300
"""Devices a hall remembers: a stranger's browser must not fill the disk with names."""
LONGEST = 60
"""Letters of a name."""


class DeviceKind(StrEnum):
    """What stands in the hall."""

    KIOSK = "kiosk"
    BOARD = "board"
    WEB_BOARD = "web_board"
    """A board in a browser that was given a name in its address."""
    CONSOLE = "console"
    """A counter's page, open in a browser; its name is the counter's code."""


Word: TypeAlias = tuple[DeviceKind, str, Mapping[str, str]]
"""What a device says of itself: kind, name, details."""


@dataclass(frozen=True, slots=True)
class Device:
    """One device at its last word."""

    kind: DeviceKind
    name: str
    details: Mapping[str, str]
    """What helps to find it, such as its machine and its zones."""
    since: datetime
    """Heard without a gap since then."""
    heard_at: datetime

    def silent(self, now: datetime, minutes: int) -> bool:
        """Whether nothing was heard of it for longer than so many minutes."""
        return now - self.heard_at > timedelta(minutes=minutes)


class Pulse:
    """A room's side: says that it is there when it is time to, and never mind when that cannot be written."""

    def __init__(
        self, kind: DeviceKind, name: str, details: Mapping[str, str], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._said: Word = kind, name[:LONGEST], {"machine": socket.gethostname(), **details}
        self._clock = clock
        self._next = -1.0

    @property
    def due(self) -> bool:
        """Whether it is time."""
        return self._clock() >= self._next

    def beat(self, hall: Hall) -> None:
        """Blocking; cheap enough to be asked at every look."""
        beat_all([self], hall)


def beat_all(pulses: Iterable[Pulse], hall: Hall) -> None:
    """Let all those speak whose time it is, in one transaction. Blocking."""
    due = [one for one in pulses if one.due]
    for one in due:
        one._next = one._clock() + SECONDS
    if due:
        with contextlib.suppress(Fault, Refusal):
            hall.heard([one._said for one in due])


def beat(act: Act, kind: DeviceKind, name: str, details: Mapping[str, str]) -> None:
    """It is there. A device more than MOST is not written down. Refusal bad_name (longest)."""
    if not name.isprintable() or not 0 < len(name) <= LONGEST:
        raise Refusal("bad_name", longest=LONGEST)
    known = {(one.kind, one.name): one for one in act.storage.devices()}
    before = known.get((kind, name))
    if before is None and len(known) >= MOST:
        return
    steady = before is not None and timedelta(0) <= act.now - before.heard_at <= timedelta(seconds=3 * SECONDS)
    since = before.since if before is not None and steady else act.now
    act.storage.device_heard(Device(kind, name, details, since, act.now))
