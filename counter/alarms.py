"""What staff should know of the paper, in words."""

from __future__ import annotations

from collections.abc import Sequence

from assets.words import say
from hall.printers import WARNINGS, PrinterState
from hall.printing import ENDS, SENTENCES, PrintJob


def alarms(printers: Sequence[PrinterState], doubtful: Sequence[PrintJob], language: str) -> tuple[str, ...]:
    """What staff at every counter should know of the paper now, a line each."""
    told = [
        f"{printer.name}: {say(language, SENTENCES[trouble])}"
        for printer in printers
        for trouble in printer.troubles
        if trouble not in WARNINGS
    ]
    return (*told, *(f"{job.ticket.number}: {why(job, language)}" for job in doubtful if job.ticket))


def why(job: PrintJob, language: str) -> str:
    """Why a slip is in doubt; one that nobody took to its end was not printed in time."""
    reason = job.reason if job.state in ENDS else "stale"
    return say(language, SENTENCES[reason]) if reason in SENTENCES else ""
