"""Every statement on the queue itself, named and described once, in SQL that both engines read. Rules live outside."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import islice
from types import NoneType
from typing import Any, NamedTuple, TypeVar

from hall.counters import CounterStanding, CounterState
from hall.journal import Event
from hall.pauses import HallPause
from hall.storage.booked import Booked
from hall.storage.paper import Paper
from hall.storage.people import People
from hall.storage.programs import Programs
from hall.storage.rows import TICKET, Row, millis, text
from hall.storage.watched import Watched
from hall.storage.worn import Worn
from hall.tickets import Priority, Ticket, TicketId, TicketState, number

T = TypeVar("T")


class Head(NamedTuple):
    """The one row of a hall that every act reads first."""

    sequence: int
    """Of the last event."""
    day: str
    """The last business day on which anything was written."""
    revision: int
    """Grows when a pause or the state of a counter changes: what is cached is then read again."""
    edition: int
    """Grows with each catalogue."""
    due: int | None = None
    """When the clock has to move a ticket next: the first end of a parking time."""


_IN_HAND = f"SELECT {TICKET} FROM ticket WHERE hall = :hall AND counter = :counter AND state IN ('called', 'serving')"
_HELD = "SELECT id, service FROM ticket WHERE hall = :hall AND counter = :counter AND state IN ('called', 'serving')"


class Storage(Paper, People, Booked, Programs, Watched, Worn):
    """The queue of one hall in an engine."""

    # -- the hall ----------------------------------------------------------------------------------------------------

    def head(self) -> Head | None:
        """Where the journal stands; None before the first catalogue."""
        rows = self._rows("SELECT sequence, day, revision, edition, due FROM hall WHERE hall = :hall")
        return Head(*rows[0]) if rows else None

    def head_added(self, head: Head) -> None:
        """The hall's first row."""
        self._rows(
            "INSERT INTO hall (hall, sequence, day, revision, edition, due)"
            " VALUES (:hall, :sequence, :day, :revision, :edition, :due)",
            **head._asdict(),
        )

    def head_moved(self, head: Head) -> None:
        """After the events of a transaction."""
        self._rows(
            "UPDATE hall SET sequence = :sequence, day = :day, revision = :revision, edition = :edition,"
            " due = :due WHERE hall = :hall",
            sequence=head.sequence,
            day=head.day,
            revision=head.revision,
            edition=head.edition,
            due=head.due,
        )

    def catalogue(self) -> Mapping[str, Any] | None:
        """The stored document."""
        rows = self._rows("SELECT catalogue FROM hall WHERE hall = :hall AND catalogue IS NOT NULL")
        return json.loads(rows[0][0]) if rows else None

    def catalogue_stored(self, document: Mapping[str, Any]) -> None:
        """Instead of the one before."""
        text = json.dumps(document, ensure_ascii=False, default=str)
        self._rows("UPDATE hall SET catalogue = :text WHERE hall = :hall", text=text)

    def presence(self) -> str | None:
        """The secret of the codes that prove presence (`hall.presence`); None before one was needed."""
        rows = self._rows("SELECT presence FROM hall WHERE hall = :hall")
        return rows[0][0] if rows else None

    def presence_stored(self, secret: str) -> None:
        """The first, and the only one."""
        self._rows("UPDATE hall SET presence = :secret WHERE hall = :hall", secret=secret)

    def counters(self, day: str) -> dict[str, CounterState]:
        """The counters that somebody opened, paused or closed today."""
        rows = self._rows(
            "SELECT code, state, reason, staff, since FROM counter WHERE hall = :hall AND day = :day", day=day
        )
        return {
            code: CounterState(code, CounterStanding(state), reason, staff, self._time(since))
            for code, state, reason, staff, since in rows
        }

    def counter_stands(self, counter: CounterState, day: str) -> None:
        """Instead of how it stood before."""
        self._rows(
            "INSERT INTO counter (hall, code, state, reason, staff, day, since)"
            " VALUES (:hall, :code, :state, :reason, :staff, :day, :since)"
            " ON CONFLICT (hall, code) DO UPDATE SET state = excluded.state, reason = excluded.reason,"
            " staff = excluded.staff, day = excluded.day, since = excluded.since",
            code=counter.code,
            state=text(counter.state),
            reason=counter.reason,
            staff=counter.staff,
            day=day,
            since=millis(counter.since),
        )

    def pauses(self) -> dict[str, str]:
        """Paused service -> reason."""
        return dict(self._rows("SELECT service, reason FROM pause WHERE hall = :hall"))

    def service_paused(self, service: str, reason: str, staff: str | None, now: datetime) -> None:
        """Pause, or give another reason."""
        self._rows(
            "INSERT INTO pause (hall, service, reason, staff, since) VALUES (:hall, :service, :reason, :staff, :since)"
            " ON CONFLICT (hall, service) DO UPDATE SET reason = excluded.reason, staff = excluded.staff",
            service=service,
            reason=reason,
            staff=staff,
            since=millis(now),
        )

    def service_resumed(self, service: str) -> None:
        """Open again."""
        self._rows("DELETE FROM pause WHERE hall = :hall AND service = :service", service=service)

    # -- requests ----------------------------------------------------------------------------------------------------

    def request(self, request: str) -> tuple[str, int | None] | None:
        """What an earlier try of a request asked, and the id of what it got."""
        rows = self._rows("SELECT asked, outcome FROM request WHERE hall = :hall AND id = :id", id=request)
        return rows[0] if rows else None

    def request_added(self, request: str, asked: str, outcome: int | None, now: datetime) -> None:
        """A request that was done."""
        self._rows(
            "INSERT INTO request (hall, id, asked, outcome, at) VALUES (:hall, :id, :asked, :outcome, :at)",
            id=request,
            asked=asked,
            outcome=outcome,
            at=millis(now),
        )

    def requests_forgotten(self, before: datetime) -> None:
        """Nobody asks these again."""
        self._rows("DELETE FROM request WHERE hall = :hall AND at < :before", before=millis(before))

    def hall_pause(self) -> HallPause | None:
        """Of the whole hall, over or not."""
        rows = self._rows("SELECT reason, since, until, staff FROM hall_pause WHERE hall = :hall")
        for reason, since, until, staff in rows:
            return HallPause(reason, self._time(since), None if until is None else self._time(until), staff)
        return None

    def hall_paused(self, pause: HallPause) -> None:
        """Instead of the pause before."""
        self._rows(
            "INSERT INTO hall_pause (hall, reason, staff, since, until)"
            " VALUES (:hall, :reason, :staff, :since, :until)"
            " ON CONFLICT (hall) DO UPDATE SET reason = excluded.reason, staff = excluded.staff,"
            " since = excluded.since, until = excluded.until",
            reason=pause.reason,
            staff=pause.staff,
            since=millis(pause.since),
            until=None if pause.until is None else millis(pause.until),
        )

    def hall_resumed(self) -> None:
        """No pause of the whole hall any more."""
        self._rows("DELETE FROM hall_pause WHERE hall = :hall")

    # -- tickets -----------------------------------------------------------------------------------------------------

    def next_count(self, day: str, series: str) -> int:
        """Bump a series: 1 for its first ticket of the day."""
        rows = self._rows(
            "INSERT INTO series (hall, day, series, last) VALUES (:hall, :day, :series, 1)"
            " ON CONFLICT (hall, day, series) DO UPDATE SET last = series.last + 1 RETURNING last",
            day=day,
            series=series,
        )
        return int(rows[0][0])

    def ticket_added(self, ticket: Ticket) -> None:
        """A new ticket; the schema refuses a number twice."""
        low, high = ticket.estimate_at_issue or (None, None)
        self._rows(
            "INSERT INTO ticket (hall, id, token, day, series, number, asked, service, language, priority,"
            " state, issued_at, rank, ahead, low, high, times, returned)"
            " VALUES (:hall, :id, :token, :day, :series, :number, :service, :service, :language, :priority,"
            " :state, :issued_at, :rank, :ahead, :low, :high, 0, 0)",
            id=ticket.id,
            token=ticket.token,
            day=ticket.day,
            series=ticket.series,
            number=ticket.count,
            service=ticket.service,
            language=ticket.language,
            priority=text(ticket.priority),
            state=text(ticket.state),
            issued_at=millis(ticket.issued_at),
            rank=ticket.rank,
            ahead=ticket.ahead_at_issue,
            low=low,
            high=high,
        )

    def ticket_changed(self, ticket_id: int, changes: Mapping[str, Any]) -> None:
        """Write back what has changed of a ticket, by the names of its fields; untouched columns cost no index."""
        values = {name: _STORED[type(value)](value) for name, value in changes.items()}
        self._rows(_update(tuple(values)), id=ticket_id, **values)

    def ticket(self, ticket_id: int) -> Ticket | None:
        """By its id."""
        return self._ticket(f"SELECT {TICKET} FROM ticket WHERE hall = :hall AND id = :id", id=ticket_id)

    def ticket_by_token(self, token: str) -> Ticket | None:
        """By the secret of its page."""
        return self._ticket(f"SELECT {TICKET} FROM ticket WHERE hall = :hall AND token = :token", token=token)

    def in_hand(self, counter: str) -> Ticket | None:
        """The ticket a counter has called or is serving."""
        return self._ticket(_IN_HAND, counter=counter)

    def held(self, counter: str) -> tuple[TicketId, str] | None:
        """Id and service of the ticket a counter has in hand: enough to finish it."""
        rows = self._rows(_HELD, counter=counter)
        return rows[0] if rows else None

    def line(self, counter: str, offers: tuple[str, ...], overflow: Mapping[str, datetime], limit: int) -> list[Ticket]:
        """Who the counter would call, in order: sent to it, offered by it, or (overflow) waiting since a time."""
        statement, places = _line(offers, tuple(overflow), limit)
        since = {f"since{i}": millis(moment) for i, moment in enumerate(overflow.values())}
        return self._tickets(statement, counter=counter, **places, **since)

    def ahead(self, services: tuple[str, ...], rank: int, ticket_id: int | None = None) -> int:
        """How many wait in these services before a place; without an id, before somebody who comes now."""
        statement, places = _ahead(services, newcomer=ticket_id is None)
        rows = self._rows(statement, rank=rank, id=ticket_id, **places)
        return int(rows[0][0])

    def places(self) -> list[tuple[TicketId, str]]:
        """Id and service of everybody who waits, in the order of calling; out of one index."""
        return self._rows("SELECT id, service FROM ticket WHERE hall = :hall AND state = 'waiting' ORDER BY rank, id")

    def touched(self, after: int) -> set[TicketId]:
        """The tickets to which something happened after a sequence number."""
        rows = self._rows(
            "SELECT ticket FROM event WHERE hall = :hall AND sequence > :after AND ticket IS NOT NULL", after=after
        )
        return {ticket for (ticket,) in rows}

    def tickets(self, ids: Iterable[TicketId]) -> list[Ticket]:
        """By their ids, those that there are."""
        found = []
        for few in batched(ids, 500):
            marks = ", ".join(f":id{place}" for place in range(len(few)))
            places = {f"id{place}": one for place, one in enumerate(few)}
            found += self._tickets(f"SELECT {TICKET} FROM ticket WHERE hall = :hall AND id IN ({marks})", **places)
        return found

    def waiting(self, day: str) -> dict[str, int]:
        """Service -> how many wait."""
        return dict(
            self._rows(
                "SELECT service, count(*) FROM ticket WHERE hall = :hall AND state = 'waiting' AND day = :day"
                " GROUP BY service",
                day=day,
            )
        )

    def issued(self, day: str, service: str) -> int:
        """Tickets given for a service on a day, wherever they were sent since."""
        rows = self._rows(
            "SELECT count(*) FROM ticket WHERE hall = :hall AND day = :day AND asked = :service",
            day=day,
            service=service,
        )
        return int(rows[0][0])

    def taken(self, day: str, since: datetime, until: datetime) -> dict[str, tuple[int, int]]:
        """Service -> tickets given for it between two moments of a day, and in the whole day; out of one index."""
        rows = self._rows(
            "SELECT asked, sum(CASE WHEN issued_at >= :since AND issued_at < :until THEN 1 ELSE 0 END), count(*)"
            " FROM ticket WHERE hall = :hall AND day = :day GROUP BY asked",
            day=day,
            since=millis(since),
            until=millis(until),
        )
        return {service: (int(at_hour), int(in_day)) for service, at_hour, in_day in rows}

    def minutes_finished(self, day: str, service: str, most: int = 20) -> list[float]:
        """How long the newest finished visits of a service took, from call to finish."""
        rows = self._rows(
            "SELECT ended_at - called_at FROM ticket WHERE hall = :hall AND service = :service AND state = 'done'"
            " AND day = :day ORDER BY ended_at DESC LIMIT :most",
            day=day,
            service=service,
            most=most,
        )
        return [duration / 60_000 for (duration,) in rows]

    def minutes_finished_all(self, day: str, most: int = 20) -> dict[str, list[float]]:
        """The same of every service that finished any today, in one statement."""
        rows = self._rows(
            "SELECT service, duration FROM (SELECT service, ended_at - called_at AS duration,"
            " row_number() OVER (PARTITION BY service ORDER BY ended_at DESC) AS place"
            " FROM ticket WHERE hall = :hall AND day = :day AND state = 'done') AS finished WHERE place <= :most",
            day=day,
            most=most,
        )
        found: dict[str, list[float]] = {}
        for service, duration in rows:
            found.setdefault(service, []).append(duration / 60_000)
        return found

    def parked_due(self, now: datetime) -> list[Ticket]:
        """Parked tickets whose time is over."""
        return self._tickets(
            f"SELECT {TICKET} FROM ticket WHERE hall = :hall AND state = 'parked' AND parked_until <= :now",
            now=millis(now),
        )

    def parked_first(self) -> int | None:
        """When the first parking time ends."""
        rows = self._rows("SELECT min(parked_until) FROM ticket WHERE hall = :hall AND state = 'parked'")
        return rows[0][0]  # type: ignore[no-any-return]

    def parked(self, day: str) -> list[Ticket]:
        """Parked today, longest first."""
        return self._tickets(
            f"SELECT {TICKET} FROM ticket WHERE hall = :hall AND state = 'parked' AND day = :day ORDER BY parked_until",
            day=day,
        )

    def open_before(self, day: str) -> list[Ticket]:
        """Tickets of earlier business days that still want something."""
        return self._tickets(
            f"SELECT {TICKET} FROM ticket WHERE hall = :hall AND day < :day"
            " AND (state = 'waiting' OR state = 'parked' OR state IN ('called', 'serving'))",
            day=day,
        )

    def on_the_floor(self, day: str) -> list[Ticket]:
        """The tickets of a day that wait, in the order of calling, and those in hand, parked or lately not come."""
        # The day is left to us: named in the statement, it leads to the index of all tickets of the day.
        found = [
            ticket
            for some in (
                "state = 'waiting' ORDER BY rank, id",
                "state IN ('called', 'serving')",
                "state = 'parked' ORDER BY parked_until",
            )
            for ticket in self._tickets(f"SELECT {TICKET} FROM ticket WHERE hall = :hall AND {some}")
            if ticket.day == day
        ]
        return found + self._tickets(
            f"SELECT {TICKET} FROM ticket WHERE hall = :hall AND day = :day AND state = 'no_show'"
            " ORDER BY ended_at DESC LIMIT 100",
            day=day,
        )

    def numbered(self, day: str, series: str, count: int) -> Ticket | None:
        """By what the visitor reads."""
        return self._ticket(
            f"SELECT {TICKET} FROM ticket WHERE hall = :hall AND day = :day AND series = :series AND number = :count",
            day=day,
            series=series,
            count=count,
        )

    def wanted(self) -> list[tuple[str, str | None]]:
        """The services and counters that open tickets are meant for."""
        return self._rows(
            "SELECT DISTINCT service, counter FROM ticket WHERE hall = :hall"
            " AND (state = 'waiting' OR state = 'parked' OR state IN ('called', 'serving'))"
        )

    def shown(self, day: str, counters: Iterable[str] | None, most: int) -> list[Ticket]:
        """The newest calls of a day, newest first; of some counters only, if said."""
        marks, places = _places(tuple(counters or ()))
        only = "" if counters is None else f" AND counter IN ({marks})"
        return self._tickets(
            f"SELECT {TICKET} FROM ticket WHERE hall = :hall AND day = :day AND called_sequence IS NOT NULL{only}"
            " ORDER BY called_sequence DESC LIMIT :most",
            day=day,
            most=most,
            **places,
        )

    def _tickets(self, statement: str, **values: Any) -> list[Ticket]:
        values["hall"] = self.hall
        return [self._as_ticket(row) for row in self._run(statement, values)]

    def _ticket(self, statement: str, **values: Any) -> Ticket | None:
        tickets = self._tickets(statement, **values)
        return tickets[0] if tickets else None

    # -- journal -----------------------------------------------------------------------------------------------------

    def events_added(self, events: Sequence[Event]) -> None:
        """Append."""
        self.engine.many(
            "INSERT INTO event (hall, sequence, at, kind, ticket, service, counter, staff, details)"
            " VALUES (:hall, :sequence, :at, :kind, :ticket, :service, :counter, :staff, :details)",
            [
                (
                    self.hall,
                    event.sequence,
                    millis(event.at),
                    text(event.kind),
                    event.ticket,
                    event.service,
                    event.counter,
                    event.staff,
                    json.dumps(event.details, ensure_ascii=False) if event.details else None,
                )
                for event in events
            ],
        )

    def events(self, after: int, most: int) -> list[Event]:
        """The journal from a sequence number on."""
        rows = self._rows(
            "SELECT sequence, at, kind, event.ticket, ticket.series, ticket.number, event.service, event.counter,"
            " staff, details FROM event LEFT JOIN ticket ON ticket.hall = event.hall AND ticket.id = event.ticket"
            " WHERE event.hall = :hall AND sequence > :after ORDER BY sequence LIMIT :most",
            after=after,
            most=most,
        )
        return [self._as_event(row) for row in rows]

    def events_past(
        self, before: int, floor: int, most: int, staff: str | None, kind: str | None, numbered: str | None
    ) -> list[Event]:
        """The journal backwards between two sequence numbers, of somebody, of a kind, of a ticket's number."""
        only = ""
        values: dict[str, object] = {}
        if staff is not None:
            only += " AND staff = :staff"
            values["staff"] = staff
        if kind is not None:
            only += " AND kind = :kind"
            values["kind"] = kind
        if numbered is not None:
            series = numbered.rstrip("0123456789")
            only += " AND ticket.series = :series AND ticket.number = :count"
            values |= {"series": series, "count": int(numbered[len(series) :] or 0)}
        rows = self._rows(
            "SELECT sequence, at, kind, event.ticket, ticket.series, ticket.number, event.service, event.counter,"
            " staff, details FROM event LEFT JOIN ticket ON ticket.hall = event.hall AND ticket.id = event.ticket"
            f" WHERE event.hall = :hall AND sequence < :before AND sequence > :floor{only}"
            " ORDER BY sequence DESC LIMIT :most",
            before=before,
            floor=floor,
            most=most,
            **values,
        )
        return [self._as_event(row) for row in rows]

    def waits(self, day: str) -> list[tuple[str, TicketState, float | None]]:
        """Service, state, and minutes to the first call, of every ticket of a day.

        A ticket's id is the sequence number of its issue, so no call of that day is before the first of them.
        """
        rows = self._rows(
            "SELECT ticket.service, ticket.state, first.at - ticket.issued_at FROM ticket LEFT JOIN"
            " (SELECT event.ticket AS ticket, min(event.at) AS at FROM event WHERE event.hall = :hall"
            " AND event.kind = 'called' AND event.sequence >="
            " (SELECT min(id) FROM ticket WHERE hall = :hall AND day = :day) GROUP BY event.ticket) AS first"
            " ON first.ticket = ticket.id WHERE ticket.hall = :hall AND ticket.day = :day",
            day=day,
        )
        return [(service, TicketState(state), None if wait is None else wait / 60_000) for service, state, wait in rows]

    def _as_event(self, row: Row) -> Event:
        sequence, at, kind, ticket, series, count, service, counter, staff, details = row
        return Event(
            sequence,
            self._time(at),
            kind,
            ticket,
            number(series, count) if series else None,
            service,
            counter,
            staff,
            json.loads(details) if details else {},
        )


def batched(values: Iterable[T], most: int) -> Iterator[tuple[T, ...]]:
    """In tuples of at most so many."""
    rest = iter(values)
    while few := tuple(islice(rest, most)):
        yield few


@lru_cache(maxsize=1024)
def _places(values: tuple[str, ...]) -> tuple[str, dict[str, str]]:
    """Marks for an IN list, and what they stand for; the same lists come again and again."""
    places = {f"in{i}": value for i, value in enumerate(values)}
    return ", ".join(f":{place}" for place in places) or "NULL", places


@lru_cache(maxsize=1024)
def _ahead(services: tuple[str, ...], *, newcomer: bool) -> tuple[str, dict[str, str]]:
    """The statement that counts who is before a place, or before somebody who comes now.

    Two of them, because comparing pairs takes half as long again, and a new ticket is the last of its rank anyway.
    """
    marks, places = _places(services)
    before = "rank <= :rank" if newcomer else "(rank, id) < (:rank, :id)"
    statement = (
        f"SELECT count(*) FROM ticket WHERE hall = :hall AND state = 'waiting' AND service IN ({marks}) AND {before}"
    )
    return statement, places


@lru_cache(maxsize=1024)
def _line(offers: tuple[str, ...], overflow: tuple[str, ...], limit: int) -> tuple[str, dict[str, str]]:
    """The statement of a counter's line, found over the partial index of those waiting, in its order."""
    marks, places = _places(offers)
    later = "".join(f" OR (service = :over{i} AND issued_at <= :since{i})" for i in range(len(overflow)))
    statement = (
        f"SELECT {TICKET} FROM ticket WHERE hall = :hall AND state = 'waiting'"
        f" AND (counter = :counter OR (counter IS NULL AND (service IN ({marks}){later})))"
        f" ORDER BY rank, id LIMIT {limit:d}"  # a bound LIMIT costs three times as much
    )
    return statement, {**places, **{f"over{i}": service for i, service in enumerate(overflow)}}


@lru_cache(maxsize=1024)
def _update(columns: tuple[str, ...]) -> str:
    """The statement that changes these columns of a ticket."""
    changes = ", ".join(f"{column} = :{column}" for column in columns)
    return f"UPDATE ticket SET {changes} WHERE hall = :hall AND id = :id"


def _same(value: Any) -> Any:
    return value


_STORED: dict[type, Callable[[Any], Any]] = {
    int: _same,
    str: _same,
    NoneType: _same,
    bool: int,
    datetime: millis,
    TicketState: text,
    Priority: text,
}
"""How a field of a ticket becomes what its column holds."""
