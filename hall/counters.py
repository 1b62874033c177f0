"""Counters open, pause and close; services pause with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from hall.journal import Happening

if TYPE_CHECKING:
    from hall.act import Act


class CounterStanding(StrEnum):
    """Whether a counter serves."""

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class CounterState:
    """A counter as it stands today; every counter is closed until somebody opens it or calls there."""

    code: str
    state: CounterStanding = CounterStanding.CLOSED
    reason: str | None = None
    staff: str | None = None
    since: datetime | None = None


_KINDS = {
    CounterStanding.OPEN: Happening.COUNTER_OPEN,
    CounterStanding.PAUSED: Happening.COUNTER_PAUSE,
    CounterStanding.CLOSED: Happening.COUNTER_CLOSE,
}


def stand(act: Act, code: str, state: CounterStanding, reason: str | None, staff: str | None) -> CounterState:
    """Change how a counter stands, and say so in the journal. Refusal unknown_counter."""
    act.catalogue.counter(code)
    after = CounterState(code, state, reason, staff, act.now)
    act.storage.counter_stands(after, act.day)
    act.record(_KINDS[state], counter=code, staff=staff, reason=reason)
    act.revise()
    return after


def left(act: Act, code: str | None, staff: str | None) -> None:
    """Somebody has gone from a counter: it closes, unless somebody else is there or a visitor is still being served."""
    if code is None or code not in act.catalogue.counters:
        return
    if act.storage.held(code) is None and not act.storage.staffed(code, act.now):
        stand(act, code, CounterStanding.CLOSED, None, staff)


def pause_service(act: Act, service: str, reason: str, staff: str | None) -> None:
    """No tickets for this service until it is opened again. Refusal unknown_service."""
    act.catalogue.service(service)
    act.storage.service_paused(service, reason, staff, act.now)
    act.record(Happening.SERVICE_PAUSE, service=service, staff=staff, reason=reason)
    act.revise()


def open_service(act: Act, service: str, staff: str | None) -> None:
    """Tickets again. Refusal unknown_service."""
    act.catalogue.service(service)
    act.storage.service_resumed(service)
    act.record(Happening.SERVICE_OPEN, service=service, staff=staff)
    act.revise()
