"""Every statement on the queue, named and described once, in SQL that both engines read.

Rows become values here, and milliseconds become aware times in the hall's zone. Rules live outside.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from types import NoneType
from typing import Any, NamedTuple, Protocol

from hall.bell import Listener
from hall.counters import CounterStanding, CounterState
from hall.journal import Event
from hall.printing import JobKind, JobState, PrintJob
from hall.tickets import Priority, Ticket, TicketId, TicketState, number

Row = tuple[Any, ...]


class Engine(Protocol):
    """What an engine gives: statements with `:name` places, transactions, and the bell."""

    @property
    def engine(self) -> str: ...
    def rows(self, statement: str, values: Mapping[str, Any] | None = None) -> list[Row]: ...
    def look(self) -> None: ...
    def many(self, statement: str, values: Sequence[Row]) -> None: ...
    def begin(self, *, write: bool) -> None: ...
    def commit(self) -> None: ...
    def rollback(self) -> None: ...
    def ring(self) -> None: ...
    def listen(self) -> Listener: ...
    def close(self) -> None: ...


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


_TICKET = (
    "id, token, day, series, number, service, language, priority, state, issued_at, rank, ahead, low, high,"
    " counter, called_at, called_sequence, times, served_at, ended_at, parked_until, returned"
)
_IN_HAND = f"SELECT {_TICKET} FROM ticket WHERE hall = :hall AND counter = :counter AND state IN ('called', 'serving')"
_HELD = "SELECT id, service FROM ticket WHERE hall = :hall AND counter = :counter AND state IN ('called', 'serving')"
_TICKET_OF_JOB = ", ".join(f"ticket.{column.strip()}" for column in _TICKET.split(","))
_JOB = f"print_job.id, printer, kind, print_job.state, reason, created_at, {_TICKET_OF_JOB}"
_JOB_TABLES = "print_job JOIN ticket ON ticket.hall = print_job.hall AND ticket.id = print_job.ticket"


class Storage:
    """The queue of one hall in an engine."""

    def __init__(self, engine: Engine, hall: str = "main") -> None:
        self.engine = engine
        self._run = engine.rows
        self.hall = hall
        self.zone: tzinfo = UTC
        """The hall's time zone, once its catalogue is known."""

    def _rows(self, statement: str, **values: Any) -> list[Row]:
        values["hall"] = self.hall
        return self._run(statement, values)

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
            state=_text(counter.state),
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

    def ticket_added(self, ticket: Ticket, request: str | None) -> None:
        """A new ticket; the schema refuses a number twice."""
        low, high = ticket.estimate_at_issue or (None, None)
        self._rows(
            "INSERT INTO ticket (hall, id, token, request, day, series, number, asked, service, language, priority,"
            " state, issued_at, rank, ahead, low, high, times, returned)"
            " VALUES (:hall, :id, :token, :request, :day, :series, :number, :service, :service, :language, :priority,"
            " :state, :issued_at, :rank, :ahead, :low, :high, 0, 0)",
            id=ticket.id,
            token=ticket.token,
            request=request,
            day=ticket.day,
            series=ticket.series,
            number=ticket.count,
            service=ticket.service,
            language=ticket.language,
            priority=_text(ticket.priority),
            state=_text(ticket.state),
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
        return self._ticket(f"SELECT {_TICKET} FROM ticket WHERE hall = :hall AND id = :id", id=ticket_id)

    def ticket_by_token(self, token: str) -> Ticket | None:
        """By the secret of its page."""
        return self._ticket(f"SELECT {_TICKET} FROM ticket WHERE hall = :hall AND token = :token", token=token)

    def ticket_by_request(self, request: str) -> Ticket | None:
        """The ticket that an earlier try of the same request got."""
        return self._ticket(f"SELECT {_TICKET} FROM ticket WHERE hall = :hall AND request = :request", request=request)

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

    def parked_due(self, now: datetime) -> list[Ticket]:
        """Parked tickets whose time is over."""
        return self._tickets(
            f"SELECT {_TICKET} FROM ticket WHERE hall = :hall AND state = 'parked' AND parked_until <= :now",
            now=millis(now),
        )

    def parked_first(self) -> int | None:
        """When the first parking time ends."""
        rows = self._rows("SELECT min(parked_until) FROM ticket WHERE hall = :hall AND state = 'parked'")
        return rows[0][0]  # type: ignore[no-any-return]

    def parked(self, day: str) -> list[Ticket]:
        """Parked today, longest first."""
        return self._tickets(
            f"SELECT {_TICKET} FROM ticket WHERE hall = :hall AND state = 'parked' AND day = :day"
            " ORDER BY parked_until",
            day=day,
        )

    def open_before(self, day: str) -> list[Ticket]:
        """Tickets of earlier business days that still want something."""
        return self._tickets(
            f"SELECT {_TICKET} FROM ticket WHERE hall = :hall AND day < :day"
            " AND (state = 'waiting' OR state = 'parked' OR state IN ('called', 'serving'))",
            day=day,
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
            f"SELECT {_TICKET} FROM ticket WHERE hall = :hall AND day = :day AND called_sequence IS NOT NULL{only}"
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
                    _text(event.kind),
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
        return [
            Event(
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
            for sequence, at, kind, ticket, series, count, service, counter, staff, details in rows
        ]

    # -- print jobs --------------------------------------------------------------------------------------------------

    def job_added(self, job: PrintJob) -> None:
        """A new job."""
        self._rows(
            "INSERT INTO print_job (hall, id, ticket, printer, kind, state, created_at, changed_at)"
            " VALUES (:hall, :id, :ticket, :printer, :kind, :state, :at, :at)",
            id=job.id,
            ticket=job.ticket.id,
            printer=job.printer,
            kind=_text(job.kind),
            state=_text(job.state),
            at=millis(job.created_at),
        )

    def job_moved(self, job_id: int, state: JobState, reason: str | None, now: datetime) -> None:
        """What became of it."""
        self._rows(
            "UPDATE print_job SET state = :state, reason = :reason, changed_at = :at WHERE hall = :hall AND id = :id",
            id=job_id,
            state=_text(state),
            reason=reason,
            at=millis(now),
        )

    def jobs_open(self, printer: str) -> list[PrintJob]:
        """Queued and printing, oldest first."""
        return self._jobs(
            f"SELECT {_JOB} FROM {_JOB_TABLES} WHERE print_job.hall = :hall AND printer = :printer"
            " AND print_job.state IN ('queued', 'printing') ORDER BY print_job.id",
            printer=printer,
        )

    def job(self, job_id: int) -> PrintJob | None:
        """By its id."""
        jobs = self._jobs(
            f"SELECT {_JOB} FROM {_JOB_TABLES} WHERE print_job.hall = :hall AND print_job.id = :id", id=job_id
        )
        return jobs[0] if jobs else None

    def job_of(self, ticket_id: int) -> PrintJob | None:
        """The newest job of a ticket."""
        jobs = self._jobs(
            f"SELECT {_JOB} FROM {_JOB_TABLES} WHERE print_job.hall = :hall AND print_job.ticket = :ticket"
            " ORDER BY print_job.id DESC LIMIT 1",
            ticket=ticket_id,
        )
        return jobs[0] if jobs else None

    def _jobs(self, statement: str, **values: Any) -> list[PrintJob]:
        return [
            PrintJob(
                row[0], self._as_ticket(row[6:]), row[1], JobKind(row[2]), JobState(row[3]), row[4], self._time(row[5])
            )
            for row in self._rows(statement, **values)
        ]

    # -- staff -------------------------------------------------------------------------------------------------------

    def staff_added(self, name: str, secret: str) -> None:
        """A person who may sign in."""
        self._rows(
            "INSERT INTO staff (hall, name, secret, failures, locked_until) VALUES (:hall, :name, :secret, 0, 0)",
            name=name,
            secret=secret,
        )

    def staff(self, name: str) -> tuple[str, int, datetime] | None:
        """Secret, failed attempts in a row, locked until."""
        rows = self._rows(
            "SELECT secret, failures, locked_until FROM staff WHERE hall = :hall AND name = :name", name=name
        )
        return (rows[0][0], rows[0][1], self._time(rows[0][2])) if rows else None

    def staff_changed(self, name: str, secret: str) -> None:
        """Another secret; whoever signed in with the old one is out."""
        self._rows(
            "UPDATE staff SET secret = :secret, failures = 0, locked_until = 0 WHERE hall = :hall AND name = :name",
            name=name,
            secret=secret,
        )
        self._rows("DELETE FROM session WHERE hall = :hall AND staff = :name", name=name)

    def has_staff(self) -> bool:
        """Whether there is anybody."""
        return bool(self._rows("SELECT 1 FROM staff WHERE hall = :hall LIMIT 1"))

    def staff_tried(self, name: str, failures: int, locked_until: datetime) -> None:
        """After an attempt to sign in."""
        self._rows(
            "UPDATE staff SET failures = :failures, locked_until = :until WHERE hall = :hall AND name = :name",
            name=name,
            failures=failures,
            until=millis(locked_until),
        )

    def session_added(self, fingerprint: str, staff: str, expires_at: datetime) -> None:
        """Signed in."""
        self._rows(
            "INSERT INTO session (hall, fingerprint, staff, expires_at) VALUES (:hall, :fingerprint, :staff, :expires)",
            fingerprint=fingerprint,
            staff=staff,
            expires=millis(expires_at),
        )

    def session(self, fingerprint: str, now: datetime) -> tuple[str, str | None] | None:
        """Staff and counter of a session that still holds."""
        rows = self._rows(
            "SELECT staff, counter FROM session"
            " WHERE hall = :hall AND fingerprint = :fingerprint AND expires_at > :now",
            fingerprint=fingerprint,
            now=millis(now),
        )
        return (rows[0][0], rows[0][1]) if rows else None

    def session_at(self, fingerprint: str, counter: str | None) -> None:
        """The counter this session works at."""
        self._rows(
            "UPDATE session SET counter = :counter WHERE hall = :hall AND fingerprint = :fingerprint",
            fingerprint=fingerprint,
            counter=counter,
        )

    def staffed(self, counter: str, now: datetime) -> bool:
        """Whether anybody who is signed in works at a counter."""
        rows = self._rows(
            "SELECT 1 FROM session WHERE hall = :hall AND counter = :counter AND expires_at > :now LIMIT 1",
            counter=counter,
            now=millis(now),
        )
        return bool(rows)

    def session_ended(self, fingerprint: str, now: datetime) -> None:
        """Signed out; whatever has run out goes with it."""
        self._rows(
            "DELETE FROM session WHERE hall = :hall AND (fingerprint = :fingerprint OR expires_at <= :now)",
            fingerprint=fingerprint,
            now=millis(now),
        )

    # -- rows to values ----------------------------------------------------------------------------------------------

    def _time(self, at: int) -> datetime:
        return datetime.fromtimestamp(at / 1000, self.zone)

    def _as_ticket(self, row: Row) -> Ticket:
        return Ticket.of(
            {
                "id": TicketId(row[0]),
                "token": row[1],
                "day": row[2],
                "series": row[3],
                "count": row[4],
                "service": row[5],
                "language": row[6],
                "priority": Priority(row[7]) if row[7] else None,
                "state": TicketState(row[8]),
                "issued_at": self._time(row[9]),
                "rank": row[10],
                "ahead_at_issue": row[11],
                "estimate_at_issue": None if row[12] is None else (row[12], row[13]),
                "counter": row[14],
                "called_at": None if row[15] is None else self._time(row[15]),
                "called_sequence": row[16],
                "times": row[17],
                "served_at": None if row[18] is None else self._time(row[18]),
                "ended_at": None if row[19] is None else self._time(row[19]),
                "parked_until": None if row[20] is None else self._time(row[20]),
                "returned": bool(row[21]),
            }
        )


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
        f"SELECT {_TICKET} FROM ticket WHERE hall = :hall AND state = 'waiting'"
        f" AND (counter = :counter OR (counter IS NULL AND (service IN ({marks}){later})))"
        f" ORDER BY rank, id LIMIT {limit:d}"  # a bound LIMIT costs three times as much
    )
    return statement, {**places, **{f"over{i}": service for i, service in enumerate(overflow)}}


@lru_cache(maxsize=1024)
def _update(columns: tuple[str, ...]) -> str:
    """The statement that changes these columns of a ticket."""
    changes = ", ".join(f"{column} = :{column}" for column in columns)
    return f"UPDATE ticket SET {changes} WHERE hall = :hall AND id = :id"


def _text(value: str | None) -> str | None:
    """A plain text: the engine looks for an adapter of every other kind of text, at three times the cost."""
    return None if value is None else str.__str__(value)


_last: tuple[datetime | None, int] = (None, 0)


def millis(at: datetime | None) -> Any:
    """Whole milliseconds since 1970. An act writes its own moment again and again, so the last answer is kept."""
    global _last  # one assignment, so threads see the old pair or the new one
    if at is None:
        return None
    moment, answer = _last
    if at is not moment:
        answer = int(at.timestamp() * 1000)
        _last = (at, answer)
    return answer


def _same(value: Any) -> Any:
    return value


_STORED: dict[type, Callable[[Any], Any]] = {
    int: _same,
    str: _same,
    NoneType: _same,
    bool: int,
    datetime: millis,
    TicketState: _text,
    Priority: _text,
}
"""How a field of a ticket becomes what its column holds."""
