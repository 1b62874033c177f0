"""The hall itself: the public face over the rules and the queue. Each act is one durable transaction, then the bell."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from hall import (
    bookings,
    calling,
    counters,
    devices,
    floor,
    overview,
    pauses,
    popular,
    presence,
    printers,
    printing,
    reception,
    serving,
    staff,
)
from hall.act import Act, Standing
from hall.bell import Listener
from hall.board import BACKLOG, LENGTH, Board, BoardCall
from hall.bookings import Booking
from hall.catalogue import Catalogue, build
from hall.counters import CounterStanding, CounterState
from hall.describing import Describing
from hall.devices import DeviceKind, Word
from hall.errors import Refusal
from hall.figures import Row
from hall.floor import Floor
from hall.hold import Hold
from hall.hours import first_to_end
from hall.journal import SCANNED, Event, Happening
from hall.logo import Logos
from hall.messages import Messages
from hall.once import T, nothing, once, same_job, same_ticket, same_ticket_or_none
from hall.overview import Overview
from hall.pauses import HallPause
from hall.printers import PrinterState, Trouble
from hall.printing import JobState, PrintJob
from hall.reception import Imported
from hall.rights import Role, checked_agency
from hall.staff import Member, Session, fingerprint
from hall.storage import Storage, open_storage
from hall.storage.queue import Head
from hall.tickets import Ticket, TicketId, read_number
from hall.tokens import Tokens
from hall.waiting import Estimate, Pulse
from hall.webhooks import Webhooks

if TYPE_CHECKING:
    from hall.bookings_file import Written

Clock = Callable[[], datetime]
_BATCH = 250
"""Bookings stored in one transaction: a few milliseconds of the write lock."""
_BREATH = 0.004
"""Seconds between two of them, in which whoever naps for the lock (see `storage.sqlite`) gets it."""


class Hall:
    """One hall's queue. May be shared by threads: a lock lets one act at a time.

    Any method may raise a Fault when the queue cannot be reached or written; nothing is then half done.
    An act that takes a request id is safe to repeat: the same id again gives the same outcome and changes nothing;
    with another act, or told another thing, it is Refusal request_reused. A refused act may be tried again under it.
    """

    def __init__(self, storage: Storage, clock: Clock | None, *, always_open: bool) -> None:
        self._storage = storage
        self._clock = clock
        self._always_open = always_open
        self._standing = Standing()
        self._lock = threading.RLock()
        self.tokens = Tokens(self._reading, self._writing)
        self.webhooks = Webhooks(self._reading, self._writing)
        self.messages = Messages(self._reading, self._writing)
        self.describing = Describing(self._reading, self._writing, self._learn)
        self.logo = Logos(self._reading, self._writing, self._standing)

    @classmethod
    def open(
        cls, url: str | Path, *, clock: Clock | None = None, always_open: bool = False, create: bool = True
    ) -> Hall:
        """The queue at a path or sqlite:///path, created when absent unless `create` is False.

        `clock()` gives an aware datetime (left out: the time of this machine); `always_open` sets hours, breaks and
        cut-offs aside.
        Fault database_missing, database_newer, database_foreign, database_locked, database_unreachable,
        database_failed, read_only, disk_full, unknown_engine.
        """
        hall = cls(open_storage(url, create=create), clock, always_open=always_open)
        hall._learn()
        return hall

    def close(self) -> None:
        """Let go of the queue."""
        with self._lock:
            self._storage.engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- the catalogue -----------------------------------------------------------------------------------------------

    def load_catalogue(self, path: str | Path) -> None:
        """Describe the hall by a file. Refusal bad_catalogue (path, mistakes); Fault unreadable_file."""
        from hall.catalogue_file import read

        self.describing.save(read(Path(path)), path=str(path))

    @property
    def catalogue(self) -> Catalogue:
        """The hall as it is described now. Refusal no_catalogue."""
        with self._reading() as act:
            return act.catalogue

    # -- visitors ----------------------------------------------------------------------------------------------------

    def issue(
        self,
        service: str,
        language: str | None = None,
        priority: str | None = None,
        request_id: str | None = None,
        printer: str | None = "main",
        spare: str | None = None,
        *,
        large: bool = False,
        staff: str | None = None,
    ) -> Ticket:
        """Give a ticket and ask for its slip at a printer (None: none). A repeated request may name another language.

        `spare` is the printer that gets the slip when the first one surely did not print it; `large` is large print.

        Refusal no_catalogue, unknown_service, unknown_language, unknown_priority, closed_today, not_yet_open (opens),
        break (opens), cutoff (closes), closed, hall_paused (reason, until), service_paused (reason), cap_reached (cap).
        """
        slip = None if printer is None else reception.Wish(printer, spare or None, large)
        return self._once(
            request_id,
            ("issue", service, priority),
            lambda act: reception.issue(act, service, language, priority, slip, staff),
            same_ticket,
        )

    def add_service(
        self,
        ticket: int,
        service: str,
        *,
        printer: str | None = "main",
        large: bool = False,
        staff: str | None = None,
        request_id: str | None = None,
    ) -> Ticket:
        """One more ticket for the same visit, with the place, the language and the priority of the first.

        Refusal unknown_ticket, unknown_service, illegal_act, closed_today, not_yet_open (opens), closed,
        service_paused (reason), cap_reached (cap).
        """
        slip = None if printer is None else reception.Wish(printer, None, large)
        return self._once(
            request_id,
            ("add_service", ticket, service, staff),
            lambda act: reception.add(act, act.ticket(TicketId(ticket)), service, slip, staff),
            same_ticket,
        )

    def correct_priority(
        self, ticket: int, priority: str | None, *, staff: str | None = None, request_id: str | None = None
    ) -> Ticket:
        """Give a priority, another, or none (None). Refusal unknown_ticket, unknown_priority, illegal_act."""
        return self._once(
            request_id,
            ("correct_priority", ticket, priority, staff),
            lambda act: reception.correct_priority(act, act.ticket(TicketId(ticket)), priority, staff),
            same_ticket,
        )

    def refusal(self, service: str) -> Refusal | None:
        """Why no ticket for a service can be had now, or None. Raises Refusal no_catalogue, unknown_service."""
        with self._reading() as act:
            return reception.refusal(act, service)

    def refusals(self) -> dict[str, Refusal]:
        """Every service no ticket can be had for now, and why. Raises Refusal no_catalogue."""
        with self._reading() as act:
            return reception.refusals(act)

    def check_in(
        self,
        code: str,
        language: str | None = None,
        priority: str | None = None,
        request_id: str | None = None,
        printer: str | None = "main",
        spare: str | None = None,
        *,
        large: bool = False,
    ) -> Ticket:
        """The ticket of a booking, with its slip; language and priority are the booking's own unless said.

        `code` is what somebody typed or scanned. The same request id gives the same ticket.

        Refusal no_catalogue, unknown_booking, unknown_service, unknown_language, unknown_priority, booking_cancelled
        (service), booking_other_day (day: date), booking_used (number, ticket: Ticket), booking_too_early (opens),
        booking_late (until, service), closed_today, not_yet_open (opens), closed, service_paused (reason).
        """
        known = _known(code)
        slip = None if printer is None else reception.Wish(printer, spare or None, large)
        return self._once(
            request_id,
            ("check_in", fingerprint(known), priority),
            lambda act: reception.check_in(act, known, language, priority, slip),
            same_ticket,
        )

    def booking(self, code: str) -> Booking:
        """What was booked, of today or later, by the code that somebody typed or scanned. Refusal unknown_booking."""
        known = _known(code)
        with self._reading() as act:
            return reception.booking(act, known)

    def booking_refusal(self, code: str) -> Refusal | None:
        """Why a booking cannot be checked in now, or None. Raises Refusal no_catalogue, unknown_booking."""
        known = _known(code)
        with self._reading() as act:
            return reception.booking_refusal(act, reception.booking(act, known))

    def bookings(self, day: str | None = None) -> list[Booking]:
        """Of one day (ISO date) or of all from today on, by the time of their slots."""
        with self._reading() as act:
            return act.storage.bookings(max(day or act.day, act.day), day or "9999-12-31")

    def takes_bookings(self) -> bool:
        """Whether anybody has booked for today."""
        with self._reading() as act:
            return act.storage.any_bookings(act.day)

    def import_bookings(self, rows: Sequence[Written]) -> Imported:
        """Take over bookings made elsewhere: all of them, or none when anything is wrong with one.

        What is there already changes nothing; what nobody has used is changed; what is not named stays. They are
        written in short transactions, so that nobody waits at a kiosk: after a Fault in between, import them again.
        Refusal no_catalogue, bad_bookings (mistakes: list[bookings_file.Mistake]).
        """
        from hall.bookings_file import checked

        found = checked(rows, self.catalogue, self.now(), always_open=self._always_open)
        imported = Imported()
        for at in range(0, len(found), _BATCH):
            with self._writing() as act:
                imported += reception.take_over(act, found[at : at + _BATCH])
            time.sleep(_BREATH)
        return imported

    def cancel(self, ticket: int, *, staff: str | None = None, request_id: str | None = None) -> Ticket:
        """The visitor goes. Refusal unknown_ticket, illegal_act."""
        return self._done_to(ticket, reception.cancel, staff, request_id)

    def ticket(self, ticket: int) -> Ticket:
        """By id. Refusal unknown_ticket."""
        with self._reading() as act:
            return act.ticket(TicketId(ticket))

    def ticket_by_token(self, token: str) -> Ticket:
        """By the secret in its QR. Refusal unknown_ticket."""
        with self._reading() as act:
            ticket = act.storage.ticket_by_token(token) if token.isascii() else None
            if ticket is None:
                raise Refusal("unknown_ticket")
            return ticket

    def ticket_numbered(self, written: str) -> Ticket:
        """Today's ticket with the number that somebody typed, such as A015. Refusal unknown_number (number)."""
        known = read_number(written)
        with self._reading() as act:
            ticket = act.storage.numbered(act.day, *known) if known and known[0] else None
            if ticket is None:
                raise Refusal("unknown_number", number=written.strip()[:20])
            return ticket

    def ahead(self, ticket: int) -> int:
        """How many people will be called before this one; 0 once called. Refusal unknown_ticket."""
        with self._reading() as act:
            return act.ahead(act.ticket(TicketId(ticket)))

    def estimate(self, service: str, ahead: int | None = None) -> Estimate | None:
        """The wait of somebody with so many people before (left out: of who comes now); None when no counter is open.

        Refusal no_catalogue, unknown_service.
        """
        with self._reading() as act:
            act.catalogue.service(service)
            if ahead is None:
                ahead = sum(act.storage.waiting(act.day).get(one, 0) for one in act.line_of(service))
            return act.estimate(service, ahead)

    def pulse(self, tickets: Set[TicketId], after: int = 0, new: Set[TicketId] = frozenset()) -> Pulse:
        """How so many followed tickets stand, read in one go.

        Those that nothing has happened to since a sequence number are left out, unless they are `new` to who asks.
        Refusal no_catalogue.
        """
        with self._reading() as act:
            return act.pulse(tickets, after, new)

    def outlook(self) -> dict[str, reception.Outlook]:
        """What somebody who comes now would meet, at every service. Refusal no_catalogue."""
        with self._reading() as act:
            return reception.outlook(act)

    def estimates(self) -> dict[str, Estimate]:
        """The wait of somebody who comes now, for every service that an open counter offers. Refusal no_catalogue."""
        with self._reading() as act:
            return act.estimates()

    def waiting(self) -> dict[str, int]:
        """Service -> how many people wait for it."""
        with self._reading() as act:
            return act.storage.waiting(act.day)

    def popular(self, most: int = 8) -> list[str]:
        """The services people take most at this hour of the day, best first; none when too little is known.

        Of the last 28 business days and today; cheap enough to ask once a minute. Refusal no_catalogue.
        """
        with self._reading() as act:
            return popular.popular([*act.taken_before(), act.taken(act.day)], act.catalogue.services, most)

    # -- counters ----------------------------------------------------------------------------------------------------

    def call_next(self, counter: str, *, staff: str | None = None, request_id: str | None = None) -> Ticket | None:
        """Finish the ticket this counter has in hand and call the next one; None when nobody waits for it.

        A closed counter opens by it. Refusal no_catalogue, unknown_counter, counter_paused (reason).
        """
        return self._once(
            request_id,
            ("call_next", counter, staff),
            lambda act: calling.call_next(act, counter, staff),
            same_ticket_or_none,
        )

    def call(self, ticket: int, counter: str, *, staff: str | None = None, request_id: str | None = None) -> Ticket:
        """Call one ticket by name; the ticket in hand is finished.

        Refusal unknown_ticket, unknown_counter, counter_paused, illegal_act, not_offered, other_counter.
        """
        return self._once(
            request_id,
            ("call", ticket, counter, staff),
            lambda act: calling.call(act, act.ticket(TicketId(ticket)), counter, staff),
            same_ticket,
        )

    def recall(self, ticket: int, *, staff: str | None = None, request_id: str | None = None) -> Ticket:
        """Call again. Refusal unknown_ticket, illegal_act, recall_too_soon (seconds), recall_limit (times)."""
        return self._done_to(ticket, calling.recall, staff, request_id)

    def serve(self, ticket: int, *, staff: str | None = None, request_id: str | None = None) -> Ticket:
        """The visitor is at the counter. Refusal unknown_ticket, illegal_act."""
        return self._done_to(ticket, serving.serve, staff, request_id)

    def no_show(self, ticket: int, *, staff: str | None = None, request_id: str | None = None) -> Ticket:
        """Nobody came. Refusal unknown_ticket, illegal_act, no_show_too_soon (times, needed)."""
        return self._done_to(ticket, calling.no_show, staff, request_id)

    def readmit(self, ticket: int, *, staff: str | None = None, request_id: str | None = None) -> Ticket:
        """A no-show comes back. Refusal unknown_ticket, unknown_service, illegal_act, readmitted_before, grace_over."""
        return self._done_to(ticket, calling.readmit, staff, request_id)

    def park(
        self, ticket: int, *, note: str | None = None, staff: str | None = None, request_id: str | None = None
    ) -> Ticket:
        """Keep the place while the visitor fetches something; `note` is a code of the catalogue's notes.

        Refusal unknown_ticket, illegal_act, unknown_note.
        """
        return self._once(
            request_id,
            ("park", ticket, note, staff),
            lambda act: serving.park(act, act.ticket(TicketId(ticket)), note, staff),
            same_ticket,
        )

    def resume(self, ticket: int, counter: str, *, staff: str | None = None, request_id: str | None = None) -> Ticket:
        """Call a parked visitor; the ticket in hand is finished.

        Refusal unknown_ticket, unknown_counter, counter_paused, illegal_act.
        """
        return self._once(
            request_id,
            ("resume", ticket, counter, staff),
            lambda act: calling.resume(act, act.ticket(TicketId(ticket)), counter, staff),
            same_ticket,
        )

    def transfer(
        self,
        ticket: int,
        *,
        service: str | None = None,
        counter: str | None = None,
        staff: str | None = None,
        request_id: str | None = None,
    ) -> Ticket:
        """Send to another service or to one counter, keeping the arrival.

        Refusal unknown_ticket, unknown_service, unknown_counter, illegal_act, nowhere_to_transfer.
        """
        return self._once(
            request_id,
            ("transfer", ticket, service, counter, staff),
            lambda act: serving.transfer(act, act.ticket(TicketId(ticket)), service, counter, staff),
            same_ticket,
        )

    def finish(self, ticket: int, *, staff: str | None = None, request_id: str | None = None) -> Ticket:
        """Done. Refusal unknown_ticket, illegal_act."""
        return self._done_to(ticket, serving.finish, staff, request_id)

    def in_hand(self, counter: str) -> Ticket | None:
        """The ticket a counter has called or is serving. Refusal no_catalogue, unknown_counter."""
        with self._reading() as act:
            act.catalogue.counter(counter)
            ticket = act.storage.in_hand(counter)
            return ticket if ticket and ticket.day == act.day else None

    def line(self, counter: str, most: int = 100) -> list[Ticket]:
        """The waiting tickets a counter may call, in order. Refusal no_catalogue, unknown_counter."""
        with self._reading() as act:
            return [ticket for ticket in calling.line(act, counter, most) if ticket.day == act.day]

    def parked(self, counter: str) -> list[Ticket]:
        """The tickets that were parked at a counter today. Refusal no_catalogue, unknown_counter."""
        with self._reading() as act:
            act.catalogue.counter(counter)
            return [one for one in act.storage.parked(act.day) if one.counter == counter]

    def floor(self, before: Floor | None = None) -> Floor:
        """Every counter, ticket and console at one moment, for those who show many of them; with the floor `before`,
        only what has happened since is read. Refusal no_catalogue.
        """
        with self._reading() as act:
            return floor.floor(act, before)

    def counter(self, counter: str) -> CounterState:
        """How a counter stands. Refusal no_catalogue, unknown_counter."""
        with self._reading() as act:
            return act.counter(counter)

    def open_counter(self, counter: str, *, staff: str | None = None, request_id: str | None = None) -> CounterState:
        """It serves. Refusal no_catalogue, unknown_counter."""
        return self._once(
            request_id,
            ("open_counter", counter, staff),
            lambda act: counters.stand(act, counter, CounterStanding.OPEN, None, staff),
            lambda act, _: act.counter(counter),
        )

    def pause_counter(
        self, counter: str, *, reason: str, staff: str | None = None, request_id: str | None = None
    ) -> CounterState:
        """It calls nobody for a while. Refusal no_catalogue, unknown_counter."""
        return self._once(
            request_id,
            ("pause_counter", counter, reason, staff),
            lambda act: counters.stand(act, counter, CounterStanding.PAUSED, reason, staff),
            lambda act, _: act.counter(counter),
        )

    def close_counter(self, counter: str, *, staff: str | None = None, request_id: str | None = None) -> CounterState:
        """It serves no more. Refusal no_catalogue, unknown_counter."""
        return self._once(
            request_id,
            ("close_counter", counter, staff),
            lambda act: counters.stand(act, counter, CounterStanding.CLOSED, None, staff),
            lambda act, _: act.counter(counter),
        )

    def pause_service(
        self, service: str, *, reason: str, staff: str | None = None, request_id: str | None = None
    ) -> None:
        """No tickets for a service for a while. Refusal no_catalogue, unknown_service."""
        return self._once(
            request_id,
            ("pause_service", service, reason, staff),
            lambda act: counters.pause_service(act, service, reason, staff),
            nothing,
        )

    def open_service(self, service: str, *, staff: str | None = None, request_id: str | None = None) -> None:
        """Tickets for it again. Refusal no_catalogue, unknown_service."""
        return self._once(
            request_id,
            ("open_service", service, staff),
            lambda act: counters.open_service(act, service, staff),
            nothing,
        )

    def was_done(self, request_id: str) -> bool:
        """Whether an act with this request id was done; the same once more changes nothing."""
        with self._reading() as act:
            return act.storage.request(request_id) is not None

    def pause_hall(
        self, reason: str, until: datetime | None = None, *, staff: str | None = None, request_id: str | None = None
    ) -> HallPause:
        """No tickets for any service until a time (aware) or until the hall is opened; those who wait are still called.

        Refusal no_catalogue, pause_over (until).
        """

        def pause(act: Act) -> HallPause:
            _ = act.catalogue
            return pauses.pause_hall(act, reason, until, staff)

        def again(act: Act, _: int | None) -> HallPause:
            return act.pause or HallPause(reason, act.now, until, staff)

        ends = until.isoformat() if until else None
        return self._once(request_id, ("pause_hall", reason, ends, staff), pause, again)

    def open_hall(self, *, staff: str | None = None, request_id: str | None = None) -> None:
        """Tickets again, before the pause would end by itself; of a hall that is not paused nothing changes."""
        return self._once(request_id, ("open_hall", staff), lambda act: pauses.open_hall(act, staff), nothing)

    @property
    def pause(self) -> HallPause | None:
        """The pause of the whole hall that holds now."""
        with self._reading() as act:
            return act.pause

    # -- what stands in the hall -------------------------------------------------------------------------------------

    def beat(self, kind: DeviceKind, name: str, details: Mapping[str, str]) -> None:
        """A device is there. Not an event, and rings nobody. Refusal bad_name."""
        self.heard([(kind, name, details)])

    def heard(self, said: Iterable[Word]) -> None:
        """Several devices are, at once. Refusal bad_name."""
        with self._writing() as act:
            for word in said:
                devices.beat(act, *word)

    def forget_device(self, kind: str, name: str, *, staff: str | None = None) -> None:
        """It was taken away for good; of one that nobody knows nothing changes."""
        with self._writing() as act:
            if act.storage.device_gone(kind, name):
                act.record(Happening.DEVICE_GONE, staff=staff, device=kind, name=name)

    def overview(self) -> Overview:
        """The hall as whoever answers for it sees it. Refusal no_catalogue."""
        with self._reading() as act:
            return overview.look(act)

    # -- what is going on --------------------------------------------------------------------------------------------

    def now(self) -> datetime:
        """The hall's own time."""
        zone = self._storage.zone
        return datetime.now(zone) if self._clock is None else self._clock().astimezone(zone)

    def board(self, *zones: str, after: int | None = None, since: datetime | None = None) -> Board:
        """What a call-board shows now, of some zones or (none named) of all.

        Asked for the calls after a sequence number, or since a moment, it gives those too that no longer fit on it; of
        a ticket called twice only the newer call. Refusal no_catalogue, unknown_zone.
        """
        with self._reading() as act:
            desks = act.catalogue.counters
            only = [desk.code for desk in act.desks(*zones)] if zones else None

            def wanted(ticket: Ticket) -> bool:
                return (after is not None and (ticket.called_sequence or 0) > after) or (
                    since is not None and (ticket.called_at or act.now) >= since
                )

            tickets = act.storage.shown(act.day, only, LENGTH)
            if len(tickets) == LENGTH and wanted(tickets[-1]):
                more = act.storage.shown(act.day, only, BACKLOG)[LENGTH:]
                tickets += [ticket for ticket in more if wanted(ticket)]
            calls = [
                BoardCall(
                    sequence=ticket.called_sequence or 0,
                    ticket=ticket.id,
                    number=ticket.number,
                    counter=ticket.counter or "",
                    zone=desks[ticket.counter].zone if ticket.counter and ticket.counter in desks else "",
                    agency=ticket.service.partition(".")[0],
                    called_at=ticket.called_at or ticket.issued_at,
                    times=ticket.times,
                )
                for ticket in tickets
            ]
            return Board(act.head.sequence, act.now, tuple(calls), act.head.revision)

    def next_up(self, *zones: str, most: int = 6) -> list[str]:
        """The numbers that come next in some zones, or in all. Refusal no_catalogue, unknown_zone."""
        with self._reading() as act:
            services = tuple(dict.fromkeys(code for desk in act.desks(*zones) for code in desk.offers))
            line = act.storage.line("", services, {}, most)
            return [ticket.number for ticket in line if ticket.day == act.day]

    def rest(self, *zones: str) -> Refusal | None:
        """Why no ticket at all is given now in some zones, or in all: of several reasons the one that ends first.

        None as soon as one can be had. Refusal no_catalogue, unknown_zone.
        """
        with self._reading() as act:
            found = []
            for code in dict.fromkeys(code for desk in act.desks(*zones) for code in desk.offers):
                if (refusal := reception.refusal(act, code)) is None:
                    return None
                found.append(refusal)
            return first_to_end(found)

    def events(self, after: int = 0, most: int = -1) -> list[Event]:
        """The journal after a sequence number, oldest first; at most so many events (-1: all)."""
        with self._reading() as act:
            return act.storage.events(after, most if most >= 0 else act.head.sequence + 1)

    def past(
        self,
        before: int | None = None,
        most: int = 50,
        *,
        staff: str | None = None,
        kind: str | None = None,
        number: str | None = None,
    ) -> tuple[list[Event], int | None]:
        """The journal backwards, from before a sequence number: of somebody, of a kind, of a ticket's number.

        At most so many events, out of the next SCANNED; and the sequence number to go on before, None at the very
        beginning.
        """
        with self._reading() as act:
            before = min(act.head.sequence + 1 if before is None else before, act.head.sequence + 1)
            floor_ = max(0, before - 1 - SCANNED)
            found = act.storage.events_past(before, floor_, most, staff, kind, number)
            going_on = found[-1].sequence if len(found) == most else floor_ + 1
            return found, going_on if going_on > 1 else None

    def waits(self, day: str | None = None) -> list[Row]:
        """Every ticket of a business day (ISO date; today), for `figures`."""
        with self._reading() as act:
            return act.storage.waits(day or act.day)

    def sequence(self) -> int:
        """Of the last event; cheap enough to ask once a second."""
        with self._lock:
            self._storage.engine.look()
            head = self._storage.head()
        return head.sequence if head else 0

    def listen(self) -> Listener:
        """Something with a fileno() that is readable after any commit by any process."""
        return self._storage.engine.listen()

    @property
    def engine(self) -> str:
        """The storage engine and its version, for `doctor`."""
        return self._storage.engine.engine

    # -- paper -------------------------------------------------------------------------------------------------------

    def take_job(self, printer: str) -> PrintJob | None:
        """The oldest queued job of a printer, now `printing`; those that waited too long are failed as "stale"."""
        with self._reading() as act:
            if not printing.wanted(act, printer):
                return None
        with self._writing() as act:
            return printing.take(act, printer)

    def end_job(
        self,
        job: int,
        state: JobState,
        reason: str | None = None,
        millimetres: int = 0,
        printer: str | None = None,
    ) -> None:
        """What became of a job that was taken, and the paper it took; a failed one goes to its spare printer.

        Said again, or by a printer that no longer has the job, it changes nothing. Refusal unknown_job.
        """
        with self._writing() as act:
            printing.end(act, job, state, reason, millimetres, printer)

    def abandon_jobs(self, printer: str) -> None:
        """When a printer room starts: what its forerunner was printing becomes `unknown`."""
        with self._writing() as act:
            printing.abandon(act, printer)

    def slip(self, ticket: int) -> PrintJob | None:
        """The newest print job of a ticket; None when it has no slip."""
        with self._reading() as act:
            return act.storage.job_of(ticket)

    def job(self, job: int) -> PrintJob:
        """By its id. Refusal unknown_job."""
        with self._reading() as act:
            found = act.storage.job(job)
        if found is None:
            raise Refusal("unknown_job")
        return found

    def slips_in_doubt(self) -> list[PrintJob]:
        """The slips of today's open tickets that did not surely come out, oldest first: staff may print copies."""
        with self._reading() as act:
            return printing.doubtful(act)

    def reprint(
        self,
        ticket: int,
        *,
        printer: str = "main",
        staff: str | None = None,
        large: bool = False,
        request_id: str | None = None,
    ) -> PrintJob:
        """A copy of the slip, with the same number. Refusal unknown_ticket."""
        return self._once(
            request_id,
            ("reprint", ticket, printer, staff, large),
            lambda act: printing.reprint(act, TicketId(ticket), printer, staff, large=large),
            same_job,
        )

    def test_printer(self, printer: str, *, staff: str | None = None, request_id: str | None = None) -> PrintJob:
        """Ask for a test page."""
        return self._once(
            request_id, ("test_printer", printer, staff), lambda act: printing.test(act, printer, staff), same_job
        )

    def printers(self) -> list[PrinterState]:
        """The printers that are or were served here, by name, as they stand now."""
        with self._reading() as act:
            return [printers.seen(one, act.now) for one in act.storage.printers()]

    def printer(self, name: str) -> PrinterState:
        """One of them. Refusal unknown_printer."""
        with self._reading() as act:
            found = act.storage.printer(name)
            if found is None:
                raise Refusal("unknown_printer", printer=name)
            return printers.seen(found, act.now)

    def report_printer(self, name: str, device: str, troubles: frozenset[Trouble]) -> None:
        """What a printer room found wrong with a printer; nothing when all is well. Also says that it is served."""
        with self._writing() as act:
            printers.report(act, name, device, troubles)

    def new_roll(self, printer: str, *, staff: str | None = None, request_id: str | None = None) -> None:
        """A full roll was put in: its millimetres count from 0. Refusal unknown_printer."""
        return self._once(
            request_id, ("new_roll", printer, staff), lambda act: printers.new_roll(act, printer, staff), nothing
        )

    def hold(self, name: str) -> Hold | None:
        """Something that only one process at a time may have, by name; None when another one has it."""
        return self._storage.engine.hold(name)

    # -- presence ----------------------------------------------------------------------------------------------------

    def join_code(self) -> str:
        """The code that the boards show now: it proves that who types it is in the hall. Refusal no_catalogue."""
        return presence.code(self._presence(), self.now())

    def join(self, typed: str) -> str:
        """A pass for one ticket, for the code on the boards. Refusal no_catalogue, wrong_code."""
        secret, now = self._presence(), self.now()
        if not presence.present(secret, typed, now):
            raise Refusal("wrong_code")
        return presence.sealed(secret, now, staff.new_token())

    def joined(self, given: str) -> str | None:
        """What tells one pass from every other, while it holds; None when it does not, or is none."""
        return presence.unsealed(self._presence(), given, self.now())

    def _presence(self) -> str:
        """The hall's secret, made when it is first asked for."""
        with self._reading() as act:
            found = act.storage.presence()
            _ = act.catalogue  # a hall that nobody has described has no row to keep it in
        if found:
            return found
        with self._writing() as act:
            found = act.storage.presence()
            if found is None:
                found = staff.new_token()
                act.storage.presence_stored(found)
            return found

    # -- staff -------------------------------------------------------------------------------------------------------

    def add_staff(
        self,
        name: str,
        pin: str | None = None,
        role: Role = Role.CLERK,
        agency: str | None = None,
        *,
        by: str | None = None,
    ) -> str:
        """Someone who may sign in; returns the PIN, a random one if none is given. `by` is who let them in.

        Refusal bad_name (longest), staff_exists, weak_pin, role_agency, no_catalogue, unknown_agency.
        """
        agency = checked_agency(role, agency)
        if not name.isprintable() or not 0 < len(name.strip()) == len(name) <= staff.LONGEST_NAME:
            raise Refusal("bad_name", longest=staff.LONGEST_NAME)
        pin = pin or staff.new_pin()
        hashed = staff.secret(pin)
        with self._writing() as act:
            if act.storage.staff(name) is not None:
                raise Refusal("staff_exists", name=name)
            if agency is not None:
                act.catalogue.agency(agency)
            act.storage.staff_added(name, hashed, role, agency)
            act.record(Happening.STAFF, staff=by, name=name, role=role, agency=agency)
        return pin

    def change_role(self, name: str, role: Role, agency: str | None = None, *, by: str | None = None) -> None:
        """Somebody becomes something else, at once.

        Refusal unknown_staff, role_agency, no_catalogue, unknown_agency, last_manager.
        """
        agency = checked_agency(role, agency)
        with self._writing() as act:
            people = {member: of for member, of, _ in act.storage.everybody()}
            if name not in people:
                raise Refusal("unknown_staff", name=name)
            if agency is not None:
                act.catalogue.agency(agency)
            if role is not Role.MANAGER:
                staff.keep_a_manager(people, name)
            act.storage.role_changed(name, role, agency)
            act.record(Happening.ROLE, staff=by, name=name, role=role, agency=agency)

    def remove_staff(self, name: str, *, by: str | None = None) -> None:
        """Somebody may sign in no longer, and is out at once. Refusal unknown_staff, last_manager."""
        with self._writing() as act:
            people = {member: of for member, of, _ in act.storage.everybody()}
            if name not in people:
                raise Refusal("unknown_staff", name=name)
            staff.keep_a_manager(people, name)
            self._put_out(act, name)
            act.storage.staff_removed(name)
            act.record(Happening.STAFF_GONE, staff=by, name=name)

    def end_sessions(self, name: str, *, by: str | None = None) -> None:
        """Somebody has to sign in again, everywhere. Refusal unknown_staff."""
        with self._writing() as act:
            if act.storage.staff(name) is None:
                raise Refusal("unknown_staff", name=name)
            if self._put_out(act, name):
                act.record(Happening.SESSIONS_GONE, staff=by, name=name)

    def signed_in(self) -> dict[str, list[str]]:
        """Who is signed in now -> the counters they are at, "" for none."""
        with self._reading() as act:
            return act.storage.signed_in(act.now)

    def staff(self) -> list[Member]:
        """Everybody who may sign in, by name."""
        with self._reading() as act:
            return [Member(*one) for one in act.storage.everybody()]

    def new_pin(self, name: str, *, by: str | None = None) -> str:
        """Another random PIN for somebody; their sessions end. Refusal unknown_staff."""
        pin = staff.new_pin()
        hashed = staff.secret(pin)
        with self._writing() as act:
            if act.storage.staff(name) is None:
                raise Refusal("unknown_staff", name=name)
            act.storage.staff_changed(name, hashed)
            act.record(Happening.PIN, staff=by, name=name)
        return pin

    def has_staff(self) -> bool:
        """Whether anybody may sign in at all."""
        with self._reading() as act:
            return act.storage.has_staff()

    def sign_in(self, name: str, pin: str) -> str:
        """A session's token. Refusal bad_sign_in, sign_in_locked (seconds)."""
        if not (name.isprintable() and pin.isprintable()):
            raise Refusal("bad_sign_in")
        with self._reading() as act:
            locked, found = staff.locked(act.storage, name, act.now), act.storage.staff(name)
        if locked:
            raise locked
        secret = found[0] if found else None
        well = staff.right(secret, pin)  # slow by design, so outside of the transaction: look again inside
        token = staff.new_token()
        with self._writing() as act:
            locked, found = staff.locked(act.storage, name, act.now), act.storage.staff(name)
            well = well and locked is None and found is not None and found[0] == secret
            if locked is None:
                staff.tried(act.storage, name, act.now, well=well)
            if well:
                expires = act.now + timedelta(hours=staff.SESSION_HOURS)
                act.storage.session_added(staff.fingerprint(token), name, expires)
        if not well:
            raise locked or Refusal("bad_sign_in")
        return token

    def session(self, token: str) -> Session:
        """Who this is. Refusal signed_out."""
        with self._reading() as act:
            found = act.storage.session(staff.fingerprint(token), act.now)
        if found is None:
            raise Refusal("signed_out")
        return Session(*found)

    def take_counter(self, token: str, counter: str, *, over: bool = False) -> CounterState:
        """Work at a counter, which opens; the one before is left. One person works at a counter at a time.

        Refusal signed_out, no_catalogue, unknown_counter, and counter_taken (counter, staff) unless it is taken `over`
        from whoever is there: they are then at no counter, as is who takes it from another browser.
        """
        session = self.session(token)
        with self._writing() as act:
            act.catalogue.counter(counter)
            others = act.storage.others_at(counter, session.staff, act.now)
            if others and not over:
                raise Refusal("counter_taken", counter=counter, staff=", ".join(others))
            act.storage.others_left(counter, staff.fingerprint(token))
            if others:
                act.record(Happening.COUNTER_TAKEN, counter=counter, staff=session.staff, taken_from=others)
            state = counters.stand(act, counter, CounterStanding.OPEN, None, session.staff)
            act.storage.session_at(staff.fingerprint(token), counter)
            if session.counter != counter:
                counters.left(act, session.counter, session.staff)
            return state

    def taken_over(self, name: str) -> Event | None:
        """The event that took their counter from somebody today, unless they have done anything since."""
        with self._reading() as act:
            end = act.head.sequence + 1
            taken = act.storage.events_past(end, max(0, end - SCANNED), SCANNED, None, Happening.COUNTER_TAKEN, None)
            for event in taken:
                if name in event.details["taken_from"]:
                    today = event.at.date().isoformat() == act.day
                    since = act.storage.events_past(end, event.sequence, 1, name, None, None)
                    return event if today and not since else None
        return None

    def leave_counter(self, token: str) -> None:
        """Leave the counter, which closes unless somebody else is there or a ticket in hand. Refusal signed_out."""
        session = self.session(token)
        with self._writing() as act:
            act.storage.session_at(staff.fingerprint(token), None)
            counters.left(act, session.counter, session.staff)

    def sign_out(self, token: str) -> None:
        """End a session."""
        with self._writing() as act:
            act.storage.session_ended(staff.fingerprint(token), act.now)

    @staticmethod
    def _put_out(act: Act, name: str) -> bool:
        """End every session of somebody, and leave their counters; whether there was any."""
        counters_left = act.storage.signed_in(act.now).get(name)
        act.storage.sessions_ended(name)
        for code in counters_left or ():
            counters.left(act, code or None, name)
        return counters_left is not None

    # -- transactions ------------------------------------------------------------------------------------------------

    def _learn(self) -> None:
        """Know the catalogue, and so the hall's time zone, before the first act."""
        with self._reading():
            pass

    def _once(
        self,
        request_id: str | None,
        asked: tuple[str | int | bool | None, ...],
        do: Callable[[Act], T],
        again: Callable[[Act, int | None], T],
    ) -> T:
        """An act in a transaction of its own; see `once`."""
        with self._writing() as act:
            return once(act, request_id, asked, do, again)

    def _done_to(
        self, ticket: int, deed: Callable[[Act, Ticket, str | None], Ticket], staff: str | None, request_id: str | None
    ) -> Ticket:
        """An act on one ticket that needs nothing else."""
        asked = (deed.__name__, ticket, staff)
        return self._once(request_id, asked, lambda act: deed(act, act.ticket(TicketId(ticket)), staff), same_ticket)

    def _reading(self) -> _Transaction:
        return _Transaction(self, write=False)

    def _writing(self) -> _Transaction:
        return _Transaction(self, write=True)

    def _act(self, head: Head | None) -> Act:
        # Whole milliseconds, as they are stored: a ticket reads the same before and after.
        now = self.now()
        now = now.replace(microsecond=now.microsecond // 1000 * 1000)
        head = head or Head(0, now.date().isoformat(), 0, 0)
        standing = self._standing
        if standing.edition != head.edition:
            document: Any = self._storage.catalogue()
            standing.catalogue = build(document) if document else None
            standing.edition = head.edition
            standing.paces.clear()
            if standing.catalogue:
                self._storage.zone = standing.catalogue.timezone
                now = now.astimezone(self._storage.zone)
        act = Act(self._storage, standing, head, now, always_open=self._always_open)
        if (standing.revision, standing.day) != (head.revision, act.day):
            standing.counters = self._storage.counters(act.day)
            standing.pauses = self._storage.pauses()
            standing.pause = self._storage.hall_pause()
            standing.logo = self._storage.logo_digest()
            standing.revision, standing.day = head.revision, act.day
        return act


def _known(code: str) -> str:
    """A code as it is stored. Refusal unknown_booking, without a look at the queue, when it can be none."""
    known = bookings.code_of(code)
    if known is None:
        raise Refusal("unknown_booking")
    return known


class _Transaction:
    """`with` it comes an act; at its end what was done is committed and rung for, and an error undoes all of it.

    Spelt out, not a generator: it stands around every act.
    """

    def __init__(self, hall: Hall, *, write: bool) -> None:
        self._hall = hall
        self._write = write

    def __enter__(self) -> Act:
        hall, storage = self._hall, self._hall._storage
        hall._lock.acquire()
        try:
            storage.engine.begin(write=self._write)
            try:
                head = storage.head()
                self._act = act = hall._act(head)
                if self._write:
                    if head is None:
                        storage.head_added(act.head)
                    serving.tidy(act)
            except BaseException:
                storage.engine.rollback()
                raise
        except BaseException:
            hall._lock.release()
            raise
        return act

    def __exit__(self, kind: object, *_: object) -> None:
        engine = self._hall._storage.engine
        try:
            if kind is not None or not self._write:
                engine.rollback()
                return
            try:
                changed = self._act.end()
                engine.commit()
            except BaseException:
                engine.rollback()
                raise
            if changed:
                engine.ring()
        finally:
            self._hall._lock.release()
