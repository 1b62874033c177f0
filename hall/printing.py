"""Print jobs: a slip is asked for in the ticket's own transaction, and its job ends in the truth about the paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from hall.errors import Refusal
from hall.journal import Happening
from hall.tickets import Ticket, TicketId

if TYPE_CHECKING:
    from hall.act import Act

STALE_SECONDS = 60
"""A slip is not printed later than this: the visitor is no longer standing there."""


class JobState(StrEnum):
    """How far a print job got. Silence is never success."""

    QUEUED = "queued"
    PRINTING = "printing"
    """Taken by the printer room, before the first byte."""
    SENT = "sent"
    """Every byte was taken, and the device cannot or did not answer."""
    CONFIRMED = "confirmed"
    """The device answered, in order, after the cut."""
    FAILED = "failed"
    """Nothing was printed."""
    UNKNOWN = "unknown"
    """It broke off on the way: there may or may not be a slip. Never repeated by itself."""


class JobKind(StrEnum):
    """A first slip, or a copy that says so."""

    SLIP = "slip"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One slip to print."""

    id: int
    """The sequence number of the event that asked for it."""
    ticket: Ticket
    printer: str
    kind: JobKind
    state: JobState
    reason: str | None
    created_at: datetime


def wanted(act: Act, printer: str) -> bool:
    """Whether there is anything to take; asked before, so that a look at nothing writes nothing."""
    return any(job.state is JobState.QUEUED for job in act.storage.jobs_open(printer))


def take(act: Act, printer: str) -> PrintJob | None:
    """The oldest queued job, now `printing`; those that waited too long are failed on the way."""
    for job in act.storage.jobs_open(printer):
        if job.state is not JobState.QUEUED:
            continue
        if (act.now - job.created_at).total_seconds() > STALE_SECONDS:
            _end(act, job, JobState.FAILED, "stale")
            continue
        act.storage.job_moved(job.id, JobState.PRINTING, None, act.now)
        return replace(job, state=JobState.PRINTING)
    return None


def end(act: Act, job_id: int, state: JobState, reason: str | None) -> None:
    """Refusal unknown_job."""
    job = act.storage.job(job_id)
    if job is None:
        raise Refusal("unknown_job")
    _end(act, job, state, reason)


def abandon(act: Act, printer: str) -> None:
    """A printer room that starts cannot know what became of the jobs its forerunner was printing."""
    for job in act.storage.jobs_open(printer):
        if job.state is JobState.PRINTING:
            _end(act, job, JobState.UNKNOWN, "interrupted")


def reprint(act: Act, ticket_id: TicketId, printer: str, staff: str | None) -> PrintJob:
    """A copy with the same number. Refusal unknown_ticket."""
    ticket = act.ticket(ticket_id)
    sequence = act.record(Happening.SLIP, ticket, staff=staff, state=JobState.QUEUED, slip=JobKind.COPY)
    job = PrintJob(sequence, ticket, printer, JobKind.COPY, JobState.QUEUED, None, act.now)
    act.storage.job_added(job)
    return job


def _end(act: Act, job: PrintJob, state: JobState, reason: str | None) -> None:
    act.storage.job_moved(job.id, state, reason, act.now)
    act.record(Happening.SLIP, job.ticket, state=state, slip=job.kind, reason=reason)
