"""Print jobs: a slip is asked for in the ticket's own transaction, and its job ends in the truth about the paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from assets.words import N_
from hall import printers
from hall.errors import Refusal
from hall.journal import Happening
from hall.tickets import Ticket, TicketId

if TYPE_CHECKING:
    from hall.act import Act

STALE_SECONDS = 30
"""A slip is not printed later than this: the visitor no longer stands at the kiosk, whose page closes before."""
LEFT_SECONDS = 75
"""A job older than this that has not ended is in nobody's hands: the longest one takes a minute."""


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


ENDS = frozenset({JobState.SENT, JobState.CONFIRMED, JobState.FAILED, JobState.UNKNOWN})
"""The states nothing moves a job out of."""


_INTERRUPTED = N_("The printer stopped in the middle of the slip")
SENTENCES = {
    **printers.SENTENCES,
    "stale": N_("It was not printed in time"),
    "unwritable": N_("The folder for slips cannot be written"),
    "no_answer": N_("The printer does not say whether it printed"),
    "unknown_service": N_("Its service is no longer in the catalogue"),
    **dict.fromkeys(("stuck", "closed", "broken_off", "killed", "interrupted"), _INTERRUPTED),
}
"""Reason of a job that ended without a slip for certain -> what it means, for staff."""


class JobKind(StrEnum):
    """A first slip, a copy that says so, or a technician's test."""

    SLIP = "slip"
    COPY = "copy"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One piece of paper to print."""

    id: int
    """The sequence number of the event that asked for it."""
    ticket: Ticket | None
    """None for a test."""
    printer: str
    kind: JobKind
    state: JobState
    reason: str | None
    """Why it failed, is unknown, or does not count although it was sent; of a queued one, why it was handed on."""
    created_at: datetime
    spare: str | None = None
    """The printer that gets it when this one cannot print it."""
    large: bool = False
    """In large print."""
    changed_at: datetime | None = None

    @property
    def came(self) -> bool | None:
        """Whether there is a slip, as far as the visitor is concerned; None while nobody can say yet."""
        if self.state not in ENDS:
            return None
        return self.state is JobState.CONFIRMED or (self.state is JobState.SENT and self.reason is None)


def wanted(act: Act, printer: str) -> bool:
    """Whether there is anything to take; asked before, so that a look at nothing writes nothing."""
    return any(job.state is JobState.QUEUED for job in act.storage.jobs_open(printer))


def take(act: Act, printer: str) -> PrintJob | None:
    """The oldest queued job, now `printing`; those that waited too long are failed on the way."""
    for job in act.storage.jobs_open(printer):
        if job.state is not JobState.QUEUED:
            continue
        if _stale(act, job):
            _end(act, job, JobState.FAILED, "stale")
            continue
        act.storage.job_moved(job.id, JobState.PRINTING, None, act.now)
        return replace(job, state=JobState.PRINTING)
    return None


def end(
    act: Act, job_id: int, state: JobState, reason: str | None, millimetres: int, printer: str | None = None
) -> None:
    """What became of a job, and the paper it took. What surely did not print goes to the spare. Refusal unknown_job."""
    job = act.storage.job(job_id)
    if job is None:
        raise Refusal("unknown_job")
    if job.state is not JobState.PRINTING or printer not in (None, job.printer):
        return  # said before, by a room that could not know that it was heard
    if millimetres:
        printers.printed(act, job.printer, millimetres)
    if state is JobState.FAILED and job.spare is not None and not _stale(act, job):
        act.storage.job_handed(job.id, job.spare, reason, act.now)
        _record(act, job, JobState.QUEUED, reason, printer=job.spare)
    else:
        _end(act, job, state, reason)


def abandon(act: Act, printer: str) -> None:
    """A printer room that starts cannot know what became of the jobs its forerunner was printing."""
    for job in act.storage.jobs_open(printer):
        if job.state is JobState.PRINTING:
            _end(act, job, JobState.UNKNOWN, "interrupted")


def reprint(act: Act, ticket_id: TicketId, printer: str, staff: str | None, *, large: bool) -> PrintJob:
    """A copy with the same number. Refusal unknown_ticket."""
    return _ask(act, JobKind.COPY, act.ticket(ticket_id), printer, staff, large=large)


def test(act: Act, printer: str, staff: str | None) -> PrintJob:
    """A test page."""
    return _ask(act, JobKind.TEST, None, printer, staff)


def doubtful(act: Act) -> list[PrintJob]:
    """The slips of today's open tickets that did not surely come out, oldest first; also those nobody takes."""
    midnight = act.now.replace(hour=0, minute=0, second=0, microsecond=0)
    ended = act.storage.jobs_doubtful(midnight)
    left = act.storage.jobs_left(midnight, act.now - timedelta(seconds=LEFT_SECONDS))
    return sorted([*ended, *left], key=lambda job: job.id)


def _ask(
    act: Act, kind: JobKind, ticket: Ticket | None, printer: str, staff: str | None, *, large: bool = False
) -> PrintJob:
    sequence = act.record(Happening.SLIP, ticket, staff=staff, state=JobState.QUEUED, slip=kind, printer=printer)
    job = PrintJob(sequence, ticket, printer, kind, JobState.QUEUED, None, act.now, large=large, changed_at=act.now)
    act.storage.job_added(job)
    return job


def _stale(act: Act, job: PrintJob) -> bool:
    return (act.now - job.created_at).total_seconds() > STALE_SECONDS


def _end(act: Act, job: PrintJob, state: JobState, reason: str | None) -> None:
    act.storage.job_moved(job.id, state, reason, act.now)
    _record(act, job, state, reason, printer=job.printer)


def _record(act: Act, job: PrintJob, state: JobState, reason: str | None, printer: str) -> None:
    act.record(Happening.SLIP, job.ticket, state=state, slip=job.kind, reason=reason, printer=printer)
