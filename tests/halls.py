"""A small hall for tests: a clock set by hand, a catalogue short enough to know by heart, a journal replayed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hall import Hall
from hall.journal import Event
from hall.storage import sqlite as engine
from hall.tickets import TRANSITIONS, Deed, TicketState

sqlite3: Any = engine.sqlite3  # type: ignore[attr-defined]
"""The very library the hall uses: two of them in one process would drop each other's locks."""

ZONE = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)

SMALL = """\
[hall]
name = { id = "Balai", az = "Zal", en = "Hall", ru = "Зал" }
timezone = "Asia/Jakarta"
languages = ["id", "en"]
hours = { mon-fri = "08:00-16:00", sat = "08:00-10:00, 11:00-12:00" }
breaks = { mon-thu = "12:00-13:00", fri = "11:30-13:00" }
doors = 30
cutoff = 30
closed = [2026-12-25]

[rules]
credit_minutes = 15
recall_seconds = 20
recall_limit = 3
calls_before_no_show = 2
grace_minutes = 30
park_minutes = 60

[[zone]]
code = "a"
name = { id = "Zona A", az = "A zonası", en = "Zone A", ru = "Зона A" }

[[zone]]
code = "b"
name = { id = "Zona B", az = "B zonası", en = "Zone B", ru = "Зона B" }

[[agency]]
code = "civil"
series = "A"
icon = "id-card"
name = { id = "Catatan Sipil", az = "VVADQ", en = "Civil registry", ru = "ЗАГС" }

[[agency.service]]
code = "card"
name = { id = "Kartu", az = "Kart", en = "Card", ru = "Карта" }
minutes = 10

[[agency.service]]
code = "birth"
series = "B"
name = { id = "Akta", az = "Doğum", en = "Birth", ru = "Рождение" }
minutes = 20
cap = 3

[[agency]]
code = "tax"
series = "T"
icon = "coins"
name = { id = "Pajak", az = "Vergi", en = "Tax", ru = "Налоги" }

[[agency.service]]
code = "pay"
name = { id = "Bayar", az = "Ödəniş", en = "Pay", ru = "Оплата" }
minutes = 5

[[counter]]
code = "1"
zone = "a"
offers = ["civil"]

[[counter]]
code = "2"
zone = "a"
offers = ["civil.card"]
overflow = { "tax" = 10 }

[[counter]]
code = "3"
zone = "b"
offers = ["tax"]
"""


class Clock:
    """Gives the time it was last set to."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now.astimezone(UTC)

    def at(self, moment: str) -> None:
        """Set it to a local moment, such as "2026-11-23 08:00"."""
        self.now = datetime.fromisoformat(moment).replace(tzinfo=self.now.tzinfo)

    def on(self, *, days: float = 0, minutes: float = 0, seconds: float = 0) -> None:
        """Let time pass."""
        self.now = (self.now.astimezone(UTC) + timedelta(days=days, minutes=minutes, seconds=seconds)).astimezone(
            self.now.tzinfo
        )


def described(path: Path, text: str = SMALL) -> Path:
    """A catalogue's file."""
    path.write_text(text, "utf-8")
    return path


def opened(folder: Path, clock: Clock, text: str = SMALL, *, always_open: bool = False) -> Hall:
    """The hall of a folder, described by a catalogue; whoever asks closes it."""
    hall = Hall.open(folder / "queue.db", clock=clock, always_open=always_open)
    hall.load_catalogue(described(folder / "hall.toml", text))
    return hall


def replayed(events: list[Event]) -> dict[int, tuple[str, str, str | None, int]]:
    """Ticket -> state, service, counter and calls, told by the journal alone."""
    found: dict[int, tuple[str, str, str | None, int]] = {}
    for event in events:
        if event.kind not in set(Deed) or event.ticket is None or event.service is None:
            continue
        deed = Deed(event.kind)
        if deed is Deed.ISSUE:
            assert event.ticket not in found
            found[event.ticket] = (TicketState.WAITING, event.service, None, 0)
            continue
        sources, target, _ = TRANSITIONS[deed]
        state, service, counter, times = found[event.ticket]
        assert state in sources
        if deed in (Deed.CALL, Deed.RESUME):
            counter, times = event.counter, 1
        elif deed is Deed.RECALL:
            times += 1
        elif deed in (Deed.TRANSFER, Deed.RETURN, Deed.READMIT):
            counter, times = event.counter, 0
        service = event.service
        found[event.ticket] = (target, service, counter, times)
    return found


def standing(hall: Hall) -> dict[int, tuple[str, str, str | None, int]]:
    """The same, as the tickets themselves say."""
    issued = [event.ticket for event in hall.events() if event.kind == Deed.ISSUE and event.ticket]
    tickets = [hall.ticket(ticket) for ticket in issued]
    return {ticket.id: (ticket.state, ticket.service, ticket.counter, ticket.times) for ticket in tickets}
