"""Acts that are safe to repeat: the request that comes again gets what it got before, and changes nothing.

A browser, a script or a network in doubt sends a request twice. Each act takes a request id, remembered in its own
transaction with what was asked and what came of it; a refused act changed nothing and is not remembered.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TypeVar

from hall.act import Act
from hall.errors import Refusal
from hall.printing import PrintJob
from hall.tickets import Ticket, TicketId

T = TypeVar("T")


def once(
    act: Act,
    request: str | None,
    asked: tuple[str | int | bool | None, ...],
    do: Callable[[Act], T],
    again: Callable[[Act, int | None], T],
) -> T:
    """Do it, or give again what the same request got, as it stands now, or None as before.

    `asked` is the act's name and all that it was told; `again` finds the outcome by the id kept of it, if it has one.
    Refusal request_reused: the id was used with another act, or told another thing.
    """
    if not request:
        return do(act)
    meant = json.dumps(asked, ensure_ascii=False)
    before = act.storage.request(request)
    if before is None:
        outcome = do(act)
        act.storage.request_added(request, meant, _kept(outcome), act.now)
        return outcome
    if before[0] != meant:
        raise Refusal("request_reused")
    return again(act, before[1])


def same_ticket(act: Act, outcome: int | None) -> Ticket:
    """The ticket a request got before. Refusal unknown_ticket."""
    return act.ticket(TicketId(outcome or 0))


def same_ticket_or_none(act: Act, outcome: int | None) -> Ticket | None:
    """The same of an act that may have found nobody."""
    return None if outcome is None else same_ticket(act, outcome)


def same_job(act: Act, outcome: int | None) -> PrintJob:
    """The print job a request got before. Refusal unknown_job."""
    job = act.storage.job(outcome or 0)
    if job is None:
        raise Refusal("unknown_job")
    return job


def nothing(_: Act, __: int | None) -> None:
    """Of an act that gives nothing."""


def _kept(outcome: object) -> int | None:
    return getattr(outcome, "id", None)
