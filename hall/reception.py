"""Giving tickets: who may have one now, its number, its place, its slip."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from os import urandom

from hall import hours
from hall.act import Act
from hall.catalogue import Service
from hall.errors import Refusal
from hall.hours import Opening
from hall.ordering import rank
from hall.printing import JobKind, JobState, PrintJob
from hall.storage.rows import millis
from hall.tickets import Deed, Priority, Ticket, TicketId, TicketState


def refusal(act: Act, code: str) -> Refusal | None:
    """Why no ticket for a service can be had now, or None. Refusal unknown_service is raised, not returned.

    Codes: closed_today, not_yet_open, closed, cutoff, break; hall_paused (reason, until); service_paused (reason);
    cap_reached (cap). All but service_paused tell when tickets are given again, where that is known: `opens`.
    """
    service = act.catalogue.service(code)
    return _by_clock(act, service.opening) or _by_queue(act, service)


def refusals(act: Act) -> dict[str, Refusal]:
    """The same for every service that gives none. Most share their hours, and those are looked at once."""
    shut: dict[int, Refusal | None] = {}
    found = {}
    for code, service in act.catalogue.services.items():
        shared = id(service.opening)
        if shared not in shut:
            shut[shared] = _by_clock(act, service.opening)
        if (said := shut[shared] or _by_queue(act, service)) is not None:
            found[code] = said
    return found


def _by_clock(act: Act, opening: Opening) -> Refusal | None:
    """Why nobody with these hours gives a ticket now: the hours themselves, or the pause of the whole hall."""
    closed = None if act.always_open else hours.refusal(opening, act.now)
    if (pause := act.pause) and (closed is None or pause.outlasts(closed)):
        opens = pause.until
        if opens and not act.always_open:
            opens = hours.opens_again(opening, opens)
        return Refusal("hall_paused", reason=pause.reason, until=pause.until, **hours.again(opens, act.now))
    return closed


def _by_queue(act: Act, service: Service) -> Refusal | None:
    """Why an open service gives none: its own pause, or its cap."""
    if (reason := act.standing.pauses.get(service.code)) is not None:
        return Refusal("service_paused", service=service.code, reason=reason)
    if service.cap is None or act.storage.issued(act.day, service.code) < service.cap:
        return None
    midnight = hours.midnight_after(act.now)
    opens = midnight if act.always_open else hours.opens_again(service.opening, midnight)
    return Refusal("cap_reached", service=service.code, cap=service.cap, **hours.again(opens, act.now))


@dataclass(frozen=True, slots=True)
class Wish:
    """How a visitor wants the slip."""

    printer: str
    spare: str | None = None
    large: bool = False


def issue(
    act: Act, code: str, language: str | None, priority: str | None, request_id: str | None, slip: Wish | None
) -> Ticket:
    """A new ticket, or the one this request got before. Refusals: see `Hall.issue`."""
    if request_id and (before := act.storage.ticket_by_request(request_id)):
        return before
    service = act.catalogue.service(code)
    spoken = language or act.catalogue.languages[0]
    if spoken not in act.catalogue.languages:
        raise Refusal("unknown_language", language=spoken)
    if priority is not None and priority not in set(Priority):
        raise Refusal("unknown_priority", priority=priority)
    if (closed := refusal(act, code)) is not None:
        raise closed
    need = Priority(priority) if priority else None
    ticket_id = TicketId(act.next_sequence)
    place = rank(millis(act.now), need, act.catalogue.rules.credit_minutes)
    ahead = act.storage.ahead(act.line_of(code), place)
    wait = act.estimate(code, ahead)
    ticket = Ticket(
        id=ticket_id,
        token=urlsafe_b64encode(urandom(16)).rstrip(b"=").decode(),
        day=act.day,
        series=service.series,
        count=act.storage.next_count(act.day, service.series),
        service=code,
        language=spoken,
        priority=need,
        state=TicketState.WAITING,
        issued_at=act.now,
        rank=place,
        ahead_at_issue=ahead,
        estimate_at_issue=(wait.low, wait.high) if wait else None,
    )
    act.storage.ticket_added(ticket, request_id or None)
    if slip is not None:
        act.storage.job_added(
            PrintJob(
                ticket_id,
                ticket,
                slip.printer,
                JobKind.SLIP,
                JobState.QUEUED,
                None,
                act.now,
                slip.spare,
                slip.large,
                act.now,
            )
        )
    act.record(Deed.ISSUE, ticket)
    return ticket


def cancel(act: Act, ticket: Ticket, staff: str | None) -> Ticket:
    """The visitor goes, or staff send the ticket away."""
    return act.move(ticket, Deed.CANCEL, staff, ended_at=act.now, called_sequence=None)
