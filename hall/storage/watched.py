"""What the live page of the hall needs: lines, tickets in hand, devices; and the messages on its boards."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from hall.devices import Device, DeviceKind
from hall.storage.rows import Rows, millis, text
from hall.tickets import number

if TYPE_CHECKING:
    from hall.messages import Message


class Watched(Rows):
    """Lines, hands, devices, messages."""

    def lines(self, day: str) -> dict[str, tuple[int, datetime]]:
        """Service -> how many wait, and since when the one who came first does."""
        rows = self._rows(
            "SELECT service, count(*), min(issued_at) FROM ticket WHERE hall = :hall AND state = 'waiting'"
            " AND day = :day GROUP BY service",
            day=day,
        )
        return {service: (int(count), self._time(oldest)) for service, count, oldest in rows}

    def hands(self, day: str) -> dict[str, tuple[str, str, datetime]]:
        """Counter -> number, service and last call of the ticket it has in hand."""
        rows = self._rows(
            "SELECT counter, series, number, service, called_at FROM ticket WHERE hall = :hall AND day = :day"
            " AND state IN ('called', 'serving') AND counter IS NOT NULL",
            day=day,
        )
        return {code: (number(series, count), service, self._time(at)) for code, series, count, service, at in rows}

    def devices(self) -> list[Device]:
        """By kind and name."""
        rows = self._rows(
            "SELECT kind, name, details, since, heard_at FROM device WHERE hall = :hall ORDER BY kind, name"
        )
        return [
            Device(DeviceKind(kind), name, json.loads(details), self._time(since), self._time(heard_at))
            for kind, name, details, since, heard_at in rows
        ]

    def device_heard(self, device: Device) -> None:
        """Instead of its last word."""
        self._rows(
            "INSERT INTO device (hall, kind, name, details, since, heard_at)"
            " VALUES (:hall, :kind, :name, :details, :since, :heard_at)"
            " ON CONFLICT (hall, kind, name) DO UPDATE SET details = excluded.details, since = excluded.since,"
            " heard_at = excluded.heard_at",
            kind=text(device.kind),
            name=device.name,
            details=json.dumps(dict(device.details), ensure_ascii=False),
            since=millis(device.since),
            heard_at=millis(device.heard_at),
        )

    def device_gone(self, kind: str, name: str) -> bool:
        """Not missed any longer; whether it was known."""
        return bool(
            self._rows(
                "DELETE FROM device WHERE hall = :hall AND kind = :kind AND name = :name RETURNING name",
                kind=kind,
                name=name,
            )
        )

    def messages(self) -> list[Message]:
        """All that are kept, the oldest first."""
        from hall.messages import Message

        rows = self._rows("SELECT id, texts, since, until, staff FROM message WHERE hall = :hall ORDER BY id")
        return [
            Message(one, json.loads(texts), self._time(since), None if until is None else self._time(until), staff)
            for one, texts, since, until, staff in rows
        ]

    def message_added(self, message: Message) -> None:
        """A new one."""
        self._rows(
            "INSERT INTO message (hall, id, texts, since, until, staff)"
            " VALUES (:hall, :id, :texts, :since, :until, :staff)",
            id=message.id,
            texts=json.dumps(dict(message.texts), ensure_ascii=False),
            since=millis(message.since),
            until=millis(message.until),
            staff=message.staff,
        )

    def message_gone(self, message: int) -> None:
        """Taken down."""
        self._rows("DELETE FROM message WHERE hall = :hall AND id = :id", id=message)
