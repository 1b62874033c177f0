"""Print jobs, and the printers that take them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hall.printers import PrinterState, Trouble
from hall.printing import JobKind, JobState, PrintJob
from hall.storage.rows import TICKET, Row, Rows, millis, text

_OF_TICKET = ", ".join(f"ticket.{column.strip()}" for column in TICKET.split(","))
_JOB = "print_job.id, printer, spare, kind, large, print_job.state, reason, created_at, changed_at"
_SELECT = (
    f"SELECT {_JOB}, {_OF_TICKET} FROM print_job"
    " LEFT JOIN ticket ON ticket.hall = print_job.hall AND ticket.id = print_job.ticket WHERE print_job.hall = :hall"
)


class Paper(Rows):
    """What is to be printed, and by whom."""

    def job_added(self, job: PrintJob) -> None:
        """A new job."""
        self._rows(
            "INSERT INTO print_job (hall, id, ticket, printer, spare, kind, large, state, created_at, changed_at)"
            " VALUES (:hall, :id, :ticket, :printer, :spare, :kind, :large, :state, :at, :at)",
            id=job.id,
            ticket=job.ticket.id if job.ticket else None,
            printer=job.printer,
            spare=job.spare,
            kind=text(job.kind),
            large=int(job.large),
            state=text(job.state),
            at=millis(job.created_at),
        )

    def job_moved(self, job_id: int, state: JobState, reason: str | None, now: datetime) -> None:
        """What became of it."""
        self._rows(
            "UPDATE print_job SET state = :state, reason = :reason, changed_at = :at WHERE hall = :hall AND id = :id",
            id=job_id,
            state=text(state),
            reason=reason,
            at=millis(now),
        )

    def job_handed(self, job_id: int, printer: str, reason: str | None, now: datetime) -> None:
        """Queued again, at another printer, which has no spare any more."""
        self._rows(
            "UPDATE print_job SET state = 'queued', printer = :printer, spare = NULL, reason = :reason,"
            " changed_at = :at WHERE hall = :hall AND id = :id",
            id=job_id,
            printer=printer,
            reason=reason,
            at=millis(now),
        )

    def jobs_open(self, printer: str) -> list[PrintJob]:
        """Queued and printing, oldest first."""
        return self._jobs(
            f"{_SELECT} AND printer = :printer AND print_job.state IN ('queued', 'printing') ORDER BY print_job.id",
            printer=printer,
        )

    def job(self, job_id: int) -> PrintJob | None:
        """By its id."""
        return self._job(f"{_SELECT} AND print_job.id = :id", id=job_id)

    def job_of(self, ticket_id: int) -> PrintJob | None:
        """The newest job of a ticket."""
        return self._job(
            f"{_SELECT} AND print_job.ticket = :ticket ORDER BY print_job.id DESC LIMIT 1", ticket=ticket_id
        )

    def jobs_doubtful(self, since: datetime) -> list[PrintJob]:
        """Asked for since then, of tickets still open: newest jobs that ended without a slip for certain, in order."""
        return self._jobs(
            f"{_SELECT} AND print_job.state IN ('failed', 'unknown', 'sent')"
            " AND (print_job.state <> 'sent' OR reason IS NOT NULL) AND print_job.created_at >= :since"
            " AND ticket.state IN ('waiting', 'called', 'serving', 'parked')"
            " AND NOT EXISTS (SELECT 1 FROM print_job AS later WHERE later.hall = print_job.hall"
            " AND later.ticket = print_job.ticket AND later.id > print_job.id) ORDER BY created_at, print_job.id",
            since=millis(since),
        )

    def jobs_left(self, since: datetime, before: datetime) -> list[PrintJob]:
        """Of tickets still open: asked for between these moments and not ended, by id."""
        return self._jobs(
            f"{_SELECT} AND print_job.state IN ('queued', 'printing') AND print_job.created_at >= :since"
            " AND print_job.created_at < :before AND ticket.state IN ('waiting', 'called', 'serving', 'parked')"
            " ORDER BY print_job.id",
            since=millis(since),
            before=millis(before),
        )

    def _job(self, statement: str, **values: Any) -> PrintJob | None:
        jobs = self._jobs(statement, **values)
        return jobs[0] if jobs else None

    def _jobs(self, statement: str, **values: Any) -> list[PrintJob]:
        return [self._as_job(row[:9], row[9:]) for row in self._rows(statement, **values)]

    def _as_job(self, job: Row, ticket: Row) -> PrintJob:
        job_id, printer, spare, kind, large, state, reason, created_at, changed_at = job
        return PrintJob(
            id=job_id,
            ticket=None if ticket[0] is None else self._as_ticket(ticket),
            printer=printer,
            kind=JobKind(kind),
            state=JobState(state),
            reason=reason,
            created_at=self._time(created_at),
            spare=spare,
            large=bool(large),
            changed_at=self._time(changed_at),
        )

    # -- printers ----------------------------------------------------------------------------------------------------

    def printers(self) -> list[PrinterState]:
        """Every printer that was ever served here, by name."""
        rows = self._rows(
            "SELECT name, device, troubles, heard_at, rolled_mm FROM printer WHERE hall = :hall ORDER BY name"
        )
        return [self._as_printer(row) for row in rows]

    def printer(self, name: str) -> PrinterState | None:
        """By its name."""
        rows = self._rows(
            "SELECT name, device, troubles, heard_at, rolled_mm FROM printer WHERE hall = :hall AND name = :name",
            name=name,
        )
        return self._as_printer(rows[0]) if rows else None

    def printer_stands(self, printer: PrinterState) -> None:
        """Instead of how it stood before."""
        self._rows(
            "INSERT INTO printer (hall, name, device, troubles, heard_at, rolled_mm)"
            " VALUES (:hall, :name, :device, :troubles, :heard_at, :rolled_mm)"
            " ON CONFLICT (hall, name) DO UPDATE SET device = excluded.device, troubles = excluded.troubles,"
            " heard_at = excluded.heard_at, rolled_mm = excluded.rolled_mm",
            name=printer.name,
            device=printer.device,
            troubles=_packed(printer.troubles),
            heard_at=millis(printer.heard_at),
            rolled_mm=printer.rolled_mm,
        )

    def _as_printer(self, row: Row) -> PrinterState:
        name, device, troubles, heard_at, rolled_mm = row
        since = {Trouble(trouble): self._time(at) for trouble, at in json.loads(troubles).items()}
        return PrinterState(name, device, since, self._time(heard_at), rolled_mm)


def _packed(troubles: Mapping[Trouble, datetime]) -> str:
    return json.dumps({trouble: millis(since) for trouble, since in troubles.items()})
