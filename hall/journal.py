"""The journal: every act of the hall as an event with a sequence number, append-only.

Board, phone, audit and reports are readers of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from hall.tickets import TicketId

SCANNED = 50_000
"""Events looked through at once for a filter: about two days of a large hall, in a tenth of a second."""


class Happening(StrEnum):
    """What happens besides the deeds done to a ticket (`tickets.Deed`)."""

    CATALOGUE = "catalogue_loaded"
    COUNTER_OPEN = "counter_opened"
    COUNTER_PAUSE = "counter_paused"
    COUNTER_CLOSE = "counter_closed"
    COUNTER_TAKEN = "counter_taken_over"
    PRIORITY = "priority_corrected"
    SERVICE_PAUSE = "service_paused"
    SERVICE_OPEN = "service_opened"
    HALL_PAUSE = "hall_paused"
    HALL_OPEN = "hall_opened"
    SLIP = "slip"
    PRINTER = "printer"
    ROLL = "new_roll"
    STAFF = "staff_added"
    PIN = "pin_changed"
    BOOKINGS = "bookings_imported"
    ROLE = "role_changed"
    TOKEN = "token_added"  # noqa: S105
    TOKEN_GONE = "token_revoked"  # noqa: S105
    WEBHOOK = "webhook_changed"
    WEBHOOK_GONE = "webhook_removed"
    MESSAGE = "message_added"
    MESSAGE_GONE = "message_removed"
    STAFF_GONE = "staff_removed"
    SESSIONS_GONE = "sessions_ended"
    DEVICE_GONE = "device_forgotten"
    LOGO = "logo_changed"
    LOGO_GONE = "logo_removed"


class Event(NamedTuple):
    """One line of the journal."""

    sequence: int
    """Grows by one with each event of the hall; no gaps."""
    at: datetime
    kind: str
    """A `tickets.Deed` or a `Happening`."""
    ticket: TicketId | None = None
    number: str | None = None
    service: str | None = None
    counter: str | None = None
    staff: str | None = None
    details: Mapping[str, Any] = MappingProxyType({})
