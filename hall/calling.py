"""Calling people to counters: next, by number, again; and those who do not come."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any

from hall.act import Act
from hall.catalogue import Counter
from hall.counters import CounterStanding, stand
from hall.errors import Refusal
from hall.ordering import rank_after_absence
from hall.storage.rows import millis
from hall.tickets import Deed, Ticket, TicketState


def call_next(act: Act, counter: str, staff: str | None) -> Ticket | None:
    """Finish the ticket in hand and call whoever is next, in one act."""
    _ready(act, counter, staff)
    _finish_in_hand(act, counter, staff)
    first = line(act, counter, 1)
    return _bring(act, first[0], Deed.CALL, counter, staff) if first else None


def call(act: Act, ticket: Ticket, counter: str, staff: str | None) -> Ticket:
    """Call one ticket by name. What another counter was meant to call, and what this one does not offer, is refused."""
    _ready(act, counter, staff)
    offers = act.catalogue.counter(counter)
    if ticket.state is TicketState.WAITING:
        if ticket.counter not in (None, counter):
            raise Refusal("other_counter", number=ticket.number, counter=ticket.counter)
        if ticket.counter is None and ticket.service not in (*offers.offers, *offers.overflow):
            raise Refusal("not_offered", counter=counter, service=ticket.service)
    _finish_in_hand(act, counter, staff)
    return _bring(act, ticket, Deed.CALL, counter, staff)


def resume(act: Act, ticket: Ticket, counter: str, staff: str | None) -> Ticket:
    """Call a parked visitor back."""
    _ready(act, counter, staff)
    _finish_in_hand(act, counter, staff)
    return _bring(act, ticket, Deed.RESUME, counter, staff, served_at=None, parked_until=None)


def recall(act: Act, ticket: Ticket, staff: str | None) -> Ticket:
    """The same call once more."""
    rules = act.catalogue.rules
    if ticket.state is TicketState.CALLED and ticket.called_at is not None:
        left = ticket.called_at + timedelta(seconds=rules.recall_seconds) - act.now
        if timedelta(0) < left <= timedelta(seconds=rules.recall_seconds):  # more only when the clock was set back
            raise Refusal("recall_too_soon", number=ticket.number, seconds=math.ceil(left.total_seconds()))
        if ticket.times >= rules.recall_limit:
            raise Refusal("recall_limit", number=ticket.number, times=ticket.times)
    return act.move(
        ticket, Deed.RECALL, staff, called_at=act.now, called_sequence=act.next_sequence, times=ticket.times + 1
    )


def no_show(act: Act, ticket: Ticket, staff: str | None) -> Ticket:
    """Called often enough, and nobody came."""
    needed = act.catalogue.rules.calls_before_no_show
    if ticket.state is TicketState.CALLED and ticket.times < needed:
        raise Refusal("no_show_too_soon", number=ticket.number, times=ticket.times, needed=needed)
    return act.move(ticket, Deed.NO_SHOW, staff, ended_at=act.now, called_sequence=None)


def readmit(act: Act, ticket: Ticket, staff: str | None) -> Ticket:
    """A no-show comes after all: once, within the grace time, without the time away."""
    act.catalogue.service(ticket.service)  # or it would wait in nobody's line
    rank = ticket.rank
    if ticket.state is TicketState.NO_SHOW and ticket.ended_at is not None and ticket.called_at is not None:
        if ticket.returned:
            raise Refusal("readmitted_before", number=ticket.number)
        if ticket.day != act.day or act.now - ticket.ended_at > timedelta(minutes=act.catalogue.rules.grace_minutes):
            raise Refusal("grace_over", number=ticket.number)
        rank = rank_after_absence(rank, millis(ticket.called_at), millis(act.now))
    return act.move(
        ticket, Deed.READMIT, staff, rank=rank, counter=None, times=0, called_at=None, ended_at=None, returned=True
    )


def line(act: Act, counter: str, most: int) -> list[Ticket]:
    """Who the counter would call, in order. Refusal unknown_counter."""
    offered = act.catalogue.counter(counter)
    return act.storage.line(counter, offered.offers, _overflow(act, offered), most)


def _overflow(act: Act, counter: Counter) -> dict[str, datetime]:
    """The services the counter takes over, and since when somebody must have been waiting for that."""
    return {service: act.now - timedelta(minutes=wait) for service, wait in counter.overflow.items()}


def _ready(act: Act, counter: str, staff: str | None) -> None:
    """Whoever calls is there: a closed counter opens, a paused one refuses."""
    state = act.counter(counter)
    if state.state is CounterStanding.PAUSED:
        raise Refusal("counter_paused", counter=counter, reason=state.reason or "")
    if state.state is CounterStanding.CLOSED:
        stand(act, counter, CounterStanding.OPEN, None, staff)


def _finish_in_hand(act: Act, counter: str, staff: str | None) -> None:
    held = act.storage.held(counter)
    if held is not None:
        act.finish(*held, counter, staff)


def _bring(act: Act, ticket: Ticket, deed: Deed, counter: str, staff: str | None, **changes: Any) -> Ticket:
    return act.move(
        ticket,
        deed,
        staff,
        counter=counter,
        called_at=act.now,
        called_sequence=act.next_sequence,
        times=1,
        **changes,
    )
