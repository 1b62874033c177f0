"""The bookings of today and of the days to come."""

from __future__ import annotations

from collections.abc import Sequence

from hall.bookings import Booking
from hall.storage.rows import Row, Rows, millis, text
from hall.tickets import Priority, TicketId

_BOOKING = "code, day, service, starts_at, ends_at, language, priority, cancelled, ticket"


class Booked(Rows):
    """Times promised elsewhere, and the tickets they became."""

    def booking(self, code: str) -> Booking | None:
        """By its code."""
        rows = self._rows(f"SELECT {_BOOKING} FROM booking WHERE hall = :hall AND code = :code", code=code)
        return self._as_booking(rows[0]) if rows else None

    def bookings(self, first: str, last: str) -> list[Booking]:
        """Of some days, both included, by the time of their slots."""
        rows = self._rows(
            f"SELECT {_BOOKING} FROM booking WHERE hall = :hall AND day >= :first AND day <= :last"
            " ORDER BY day, starts_at, code",
            first=first,
            last=last,
        )
        return [self._as_booking(row) for row in rows]

    def any_bookings(self, day: str) -> bool:
        """Whether somebody has booked for a day."""
        return bool(self._rows("SELECT 1 FROM booking WHERE hall = :hall AND day = :day LIMIT 1", day=day))

    def bookings_stored(self, bookings: Sequence[Booking]) -> None:
        """New ones, or instead of those with the same codes that nobody has used."""
        self.engine.many(
            "INSERT INTO booking (hall, code, day, service, starts_at, ends_at, language, priority, cancelled)"
            " VALUES (:hall, :code, :day, :service, :starts, :ends, :language, :priority, :cancelled)"
            " ON CONFLICT (hall, code) DO UPDATE SET day = excluded.day, service = excluded.service,"
            " starts_at = excluded.starts_at, ends_at = excluded.ends_at, language = excluded.language,"
            " priority = excluded.priority, cancelled = excluded.cancelled WHERE booking.ticket IS NULL",
            [
                (
                    self.hall,
                    one.code,
                    one.day,
                    one.service,
                    millis(one.starts),
                    millis(one.ends),
                    one.language,
                    text(one.priority),
                    int(one.cancelled),
                )
                for one in bookings
            ],
        )

    def booking_used(self, code: str, ticket: TicketId) -> None:
        """Its visitor has checked in."""
        self._rows("UPDATE booking SET ticket = :ticket WHERE hall = :hall AND code = :code", code=code, ticket=ticket)

    def bookings_over(self, day: str) -> None:
        """Those of the days before are gone."""
        self._rows("DELETE FROM booking WHERE hall = :hall AND day < :day", day=day)

    def _as_booking(self, row: Row) -> Booking:
        code, day, service, starts, ends, language, priority, cancelled, ticket = row
        return Booking(
            code,
            day,
            service,
            self._time(starts),
            self._time(ends),
            language,
            Priority(priority) if priority else None,
            bool(cancelled),
            None if ticket is None else TicketId(ticket),
        )
