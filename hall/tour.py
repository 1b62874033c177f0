"""The short tour of the demo hall when nobody can see its windows: follows one ticket through the real rooms.

The kiosk room taps its own window and the board room saves what it shows (their `--tour`); here the visitor's ticket is
waited for in the journal, its slip is fetched, and it is called.
"""

from __future__ import annotations

import select
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click

from assets.words import N_
from hall.command.base import tell
from hall.hall import Hall
from hall.journal import Event, Happening
from hall.printing import JobState
from hall.settings import load
from hall.tickets import Deed

PATIENCE = 60.0
"""Seconds until the tour gives up on a step."""
_OVER = {JobState.SENT, JobState.CONFIRMED, JobState.FAILED, JobState.UNKNOWN}


def main(folder: Path) -> int:
    """Wait for a ticket from the kiosk, show its slip, call it; 0 when all of it happened."""
    settings = load()
    folder.mkdir(parents=True, exist_ok=True)
    with Hall.open(settings.hall, always_open=settings.always_open, create=False) as hall:
        start = hall.sequence()
        issued = _wait(hall, start, lambda event: event.kind == Deed.ISSUE)
        if issued is None or issued.ticket is None or issued.service is None:
            tell(N_("The tour ended early: no ticket came from the kiosk."), err=True)
            return 1
        slip = _wait(hall, start, lambda event: event.kind == Happening.SLIP and event.details.get("state") in _OVER)
        job = hall.slip(issued.ticket)
        paper = settings.printers[job.printer].folder if job and job.printer in settings.printers else None
        for picture in paper.glob(f"*-{issued.ticket}-*.png") if slip and paper else ():
            shutil.copyfile(picture, folder / "slip.png")
            click.echo(folder / "slip.png")
        counter = hall.catalogue.offered[issued.service][0].code
        called = hall.call(issued.ticket, counter, staff="tour")
        tell(N_("Tour: {number} was called to counter {counter}."), number=called.number, counter=counter)
    return 0


def _wait(hall: Hall, after: int, wanted: Callable[[Event], bool]) -> Event | None:
    """The first event after a sequence number that is wanted."""
    deadline = time.monotonic() + PATIENCE
    with hall.listen() as bell:
        while time.monotonic() < deadline:
            bell.clear()
            for event in hall.events(after):
                if wanted(event):
                    return event
            select.select([bell], [], [], 1.0)
    return None


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
