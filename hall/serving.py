"""Serving the visitor in hand: here, parked, sent on, done; and what the clock does to tickets nobody moves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hall import pauses
from hall.act import Act
from hall.errors import Refusal
from hall.storage.rows import millis
from hall.tickets import Deed, Ticket

REMEMBERED = timedelta(days=1)
"""How long a request is known again at least (`once`): what is older goes with the first act of a new day."""
_BACK_IN_LINE: dict[str, Any] = {
    "times": 0,
    "called_at": None,
    "called_sequence": None,
    "served_at": None,
    "parked_until": None,
    "note": None,
}
"""A ticket that waits again is off the board, and its calls count anew."""


def serve(act: Act, ticket: Ticket, staff: str | None) -> Ticket:
    """The visitor has come to the counter."""
    return act.move(ticket, Deed.SERVE, staff, served_at=act.now)


def park(act: Act, ticket: Ticket, note: str | None, staff: str | None) -> Ticket:
    """The visitor fetches what the note says; the place is kept for the hall's parking time. Refusal unknown_note."""
    rules = act.catalogue.rules
    if note is not None and note not in rules.notes:
        raise Refusal("unknown_note", note=note)
    until = act.now + timedelta(minutes=rules.park_minutes)
    after = act.move(ticket, Deed.PARK, staff, {"note": note}, parked_until=until, called_sequence=None, note=note)
    act.head = act.head._replace(due=act.storage.parked_first())
    return after


def transfer(act: Act, ticket: Ticket, service: str | None, counter: str | None, staff: str | None) -> Ticket:
    """Send to the line of another service, or to one counter; the place in the queue stays that of the arrival."""
    if (service is None) == (counter is None):
        raise Refusal("nowhere_to_transfer")
    if service is not None:
        target = act.catalogue.service(service).code
        return act.move(ticket, Deed.TRANSFER, staff, service=target, counter=None, **_BACK_IN_LINE)
    directed = act.catalogue.counter(counter or "").code
    return act.move(ticket, Deed.TRANSFER, staff, counter=directed, **_BACK_IN_LINE)


def finish(act: Act, ticket: Ticket, staff: str | None) -> Ticket:
    """Done."""
    return act.move(ticket, Deed.FINISH, staff, ended_at=act.now)


def tidy(act: Act) -> None:
    """What the clock moves, done before each act: parking times and a pause of the hall that are over, and what is left
    of earlier days.
    """
    # A clock that was wrong for a moment, ahead or behind (a power cut and an empty battery), must not stop the days;
    # and what is of a later day is not over, whatever the clock says.
    if act.head.day != act.day:
        for ticket in act.storage.open_before(act.day):
            act.move(ticket, Deed.EXPIRE, ended_at=act.now, called_sequence=None)
        act.storage.bookings_over(act.day)
        act.storage.requests_forgotten(act.now - REMEMBERED)
        act.head = act.head._replace(day=act.day)
    pauses.tidy(act)
    if act.head.due is not None and act.head.due <= millis(act.now):
        for ticket in act.storage.parked_due(act.now):
            act.move(ticket, Deed.RETURN, counter=None, **_BACK_IN_LINE)
        act.head = act.head._replace(due=act.storage.parked_first())
