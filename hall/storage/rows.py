"""What every statement shares: the engine it runs on, and how rows become values and values rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any, Protocol

from hall.bell import Listener
from hall.hold import Hold
from hall.tickets import Priority, Ticket, TicketId, TicketState

Row = tuple[Any, ...]


class Engine(Protocol):
    """What an engine gives: statements with `:name` places, transactions, and the bell."""

    @property
    def engine(self) -> str: ...
    def rows(self, statement: str, values: Mapping[str, Any] | None = None) -> list[Row]: ...
    def look(self) -> None: ...
    def many(self, statement: str, values: Sequence[Row]) -> None: ...
    def begin(self, *, write: bool) -> None: ...
    def commit(self) -> None: ...
    def rollback(self) -> None: ...
    def ring(self) -> None: ...
    def listen(self) -> Listener: ...
    def hold(self, name: str) -> Hold | None: ...
    def free(self) -> float | None: ...
    def close(self) -> None: ...


TICKET = (
    "id, token, day, series, number, service, language, priority, state, issued_at, rank, ahead, low, high,"
    " counter, called_at, called_sequence, times, served_at, ended_at, parked_until, returned, note"
)
"""The columns of a ticket, in the order that `Rows._as_ticket` takes them."""


class Rows:
    """Statements about one hall in an engine."""

    def __init__(self, engine: Engine, hall: str = "main") -> None:
        self.engine = engine
        self._run = engine.rows
        self.hall = hall
        self.zone: tzinfo = UTC
        """The hall's time zone, once its catalogue is known."""

    def _rows(self, statement: str, **values: Any) -> list[Row]:
        values["hall"] = self.hall
        return self._run(statement, values)

    def _time(self, at: int) -> datetime:
        return datetime.fromtimestamp(at / 1000, self.zone)

    def _as_ticket(self, row: Row) -> Ticket:
        return Ticket.of(
            {
                "id": TicketId(row[0]),
                "token": row[1],
                "day": row[2],
                "series": row[3],
                "count": row[4],
                "service": row[5],
                "language": row[6],
                "priority": Priority(row[7]) if row[7] else None,
                "state": TicketState(row[8]),
                "issued_at": self._time(row[9]),
                "rank": row[10],
                "ahead_at_issue": row[11],
                "estimate_at_issue": None if row[12] is None else (row[12], row[13]),
                "counter": row[14],
                "called_at": None if row[15] is None else self._time(row[15]),
                "called_sequence": row[16],
                "times": row[17],
                "served_at": None if row[18] is None else self._time(row[18]),
                "ended_at": None if row[19] is None else self._time(row[19]),
                "parked_until": None if row[20] is None else self._time(row[20]),
                "returned": bool(row[21]),
                "note": row[22],
            }
        )


def text(value: str | None) -> str | None:
    """A plain text: the engine looks for an adapter of every other kind of text, at three times the cost."""
    return None if value is None else str.__str__(value)


_last: tuple[datetime | None, int] = (None, 0)


def millis(at: datetime | None) -> Any:
    """Whole milliseconds since 1970. An act writes its own moment again and again, so the last answer is kept."""
    global _last  # one assignment, so threads see the old pair or the new one
    if at is None:
        return None
    moment, answer = _last
    if at is not moment:
        answer = int(at.timestamp() * 1000)
        _last = (at, answer)
    return answer
