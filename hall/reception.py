"""Giving tickets, to who comes and to who has booked: who may have one now, its number, its place, its slip."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from os import urandom
from typing import Any

from hall import hours
from hall.act import Act
from hall.bookings import Booking, welcome
from hall.catalogue import Service
from hall.errors import Refusal
from hall.hours import Opening
from hall.journal import Happening
from hall.ordering import rank
from hall.printing import JobKind, JobState, PrintJob
from hall.storage.rows import millis
from hall.tickets import OPEN, Deed, Priority, Ticket, TicketId, TicketState
from hall.waiting import Estimate


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
class Outlook:
    """What somebody who comes now would meet at a service."""

    waiting: int
    """How many wait for it."""
    estimate: Estimate | None
    """None when nothing can be told, as no counter is open."""
    refusal: Refusal | None
    """Why no ticket is given."""


def outlook(act: Act) -> dict[str, Outlook]:
    """Of every service. Refusal no_catalogue."""
    waiting, estimates, shut = act.storage.waiting(act.day), act.estimates(), refusals(act)
    return {code: Outlook(waiting.get(code, 0), estimates.get(code), shut.get(code)) for code in act.catalogue.services}


@dataclass(frozen=True, slots=True)
class Wish:
    """How a visitor wants the slip."""

    printer: str
    spare: str | None = None
    large: bool = False


def issue(
    act: Act, code: str, language: str | None, priority: str | None, slip: Wish | None, staff: str | None
) -> Ticket:
    """A new ticket. Refusals: see `Hall.issue`."""
    service = act.catalogue.service(code)
    spoken, need = _spoken(act, language), _need(priority)
    if (closed := refusal(act, code)) is not None:
        raise closed
    return _give(act, service, spoken, need, _place(act, act.now, need), slip, staff=staff)


def booking(act: Act, code: str) -> Booking:
    """The one with this code, of today or later: those before are over. Refusal unknown_booking."""
    found = act.storage.booking(code)
    if found is None or found.day < act.day:
        raise Refusal("unknown_booking")
    return found


def booking_refusal(act: Act, booked: Booking) -> Refusal | None:
    """Why a booking cannot be checked in now, or None. Refusals: see `Hall.check_in`.

    A cap, a break and the cut-off do not count: this place was given before.
    """
    if booked.cancelled:
        return Refusal("booking_cancelled", service=booked.service)
    if booked.day != act.day:
        return Refusal("booking_other_day", day=booked.starts.date())
    if booked.ticket is not None:
        ticket = act.ticket(booked.ticket)
        return Refusal("booking_used", number=ticket.number, ticket=ticket)
    opens, until = welcome(booked, act.catalogue.rules)
    if act.now < opens:
        return Refusal("booking_too_early", opens=opens)
    closed = _by_clock(act, act.catalogue.service(booked.service).opening)
    if closed is not None and closed.code not in ("break", "cutoff"):
        return closed
    if booked.service in act.standing.pauses:
        return Refusal("service_paused", service=booked.service, reason=act.standing.pauses[booked.service])
    return Refusal("booking_late", until=until, service=booked.service) if act.now > until else None


def check_in(act: Act, code: str, language: str | None, priority: str | None, slip: Wish | None) -> Ticket:
    """The ticket of a booking, ranked as if its visitor had come when the slot began. Refusals: see `Hall.check_in`."""
    booked = booking(act, code)
    service = act.catalogue.service(booked.service)
    own = booked.language if booked.language in act.catalogue.languages else None
    spoken, need = _spoken(act, language or own), _need(priority) or booked.priority
    if (closed := booking_refusal(act, booked)) is not None:
        raise closed
    ticket = _give(act, service, spoken, need, _place(act, booked.starts, need), slip, booked=True)
    act.storage.booking_used(booked.code, ticket.id)
    return ticket


def add(act: Act, before: Ticket, code: str, slip: Wish | None, staff: str | None) -> Ticket:
    """One more service for a visitor of today, with the same place and words. Refusals: see `Hall.add_service`.

    A break and the cut-off do not count: the visitor was here before them.
    """
    service = act.catalogue.service(code)
    if before.state not in OPEN or before.day != act.day:
        raise Refusal("illegal_act", number=before.number, state=str(before.state), act="add_service")
    shut = _by_clock(act, service.opening)
    shut = None if shut and shut.code in ("break", "cutoff") else shut
    if (closed := shut or _by_queue(act, service)) is not None:
        raise closed
    spoken = before.language if before.language in act.catalogue.languages else act.catalogue.languages[0]
    return _give(act, service, spoken, before.priority, before.rank, slip, staff=staff, beside=before.number)


def correct_priority(act: Act, ticket: Ticket, priority: str | None, staff: str | None) -> Ticket:
    """Somebody tapped the wrong thing, or did not dare to. Refusals: see `Hall.correct_priority`.

    The journal says whether there is a reason now, and never which.
    """
    need = _need(priority)
    if ticket.state not in OPEN:
        raise Refusal("illegal_act", number=ticket.number, state=str(ticket.state), act=str(Happening.PRIORITY))
    credit = act.catalogue.rules.credit_minutes
    place = rank(rank(ticket.rank, need, credit), ticket.priority, -credit)
    changes = {"priority": need, "rank": place}
    act.storage.ticket_changed(ticket.id, changes)
    act.record(Happening.PRIORITY, ticket, staff=staff, priority=need is not None)
    return ticket.changed(**changes)


def _spoken(act: Act, language: str | None) -> str:
    spoken = language or act.catalogue.languages[0]
    if spoken not in act.catalogue.languages:
        raise Refusal("unknown_language", language=spoken)
    return spoken


def _need(priority: str | None) -> Priority | None:
    if priority is not None and priority not in set(Priority):
        raise Refusal("unknown_priority", priority=priority)
    return Priority(priority) if priority else None


def _place(act: Act, since: datetime, need: Priority | None) -> int:
    """The rank of somebody who came at `since`."""
    return rank(millis(since), need, act.catalogue.rules.credit_minutes)


def _give(
    act: Act,
    service: Service,
    spoken: str,
    need: Priority | None,
    place: int,
    slip: Wish | None,
    *,
    staff: str | None = None,
    **details: Any,
) -> Ticket:
    """A ticket with a place in the queue."""
    ticket_id = TicketId(act.next_sequence)
    ahead = act.storage.ahead(act.line_of(service.code), place)
    wait = act.estimate(service.code, ahead)
    ticket = Ticket(
        id=ticket_id,
        token=urlsafe_b64encode(urandom(16)).rstrip(b"=").decode(),
        day=act.day,
        series=service.series,
        count=act.storage.next_count(act.day, service.series),
        service=service.code,
        language=spoken,
        priority=need,
        state=TicketState.WAITING,
        issued_at=act.now,
        rank=place,
        ahead_at_issue=ahead,
        estimate_at_issue=(wait.low, wait.high) if wait else None,
    )
    act.storage.ticket_added(ticket)
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
    act.record(Deed.ISSUE, ticket, staff=staff, **details)
    return ticket


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the bookings of a file."""

    added: int = 0
    changed: int = 0
    same: int = 0
    """Were there already, just so."""
    kept: tuple[str, ...] = ()
    """Codes of those that the file would change, but whose visitors have checked in."""

    def __add__(self, other: Imported) -> Imported:
        return Imported(
            self.added + other.added, self.changed + other.changed, self.same + other.same, self.kept + other.kept
        )


def take_over(act: Act, bookings: Sequence[Booking]) -> Imported:
    """Store bookings that are new or that changed before anybody used them."""
    known = {one.code: act.storage.booking(one.code) for one in bookings}
    added = [one for one in bookings if known[one.code] is None]
    others = [(one, old) for one in bookings if (old := known[one.code]) is not None and not one.same(old)]
    changed = [one for one, old in others if old.ticket is None]
    kept = tuple(one.code for one, old in others if old.ticket is not None)
    if added or changed:
        act.storage.bookings_stored([*added, *changed])
        act.record(Happening.BOOKINGS, added=len(added), changed=len(changed))
    return Imported(len(added), len(changed), len(bookings) - len(added) - len(others), kept)


def cancel(act: Act, ticket: Ticket, staff: str | None) -> Ticket:
    """The visitor goes, or staff send the ticket away."""
    return act.move(ticket, Deed.CANCEL, staff, ended_at=act.now, called_sequence=None)
