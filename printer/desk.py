"""The printer's desk in the hall: waits for the jobs of one printer, has each drawn and printed, says how it ended."""

from __future__ import annotations

import logging
import os
import selectors
from collections.abc import Callable, Iterator

from hall import Fault, Hall, Refusal
from hall.printing import JobState, PrintJob
from printer.devices import Device, Outcome
from printer.ink import PAPERS
from printer.slip import draw
from printer.template import Template
from printer.wire import encoded
from printer.wording import slip

LOOK_SECONDS = 1.0
"""The safety net under the bell, and the pause before a lost hall is sought again."""
_log = logging.getLogger("printer")


class Desk:
    """Serves one printer until `stop`, which lets the job in hand end; killed before that, it leaves it `unknown`."""

    def __init__(self, printer: str, width: int, device: Device, public_url: str, template: Template) -> None:
        self._printer = printer
        self._head = PAPERS[width]
        self._device = device
        self._public_url = public_url
        self._template = template
        self._unsaid: tuple[int, Outcome] | None = None
        self._awake, self._waker = os.pipe()
        self._stopped = False
        self._heard = False

    def serve(self, open_hall: Callable[[], Hall], listening: Callable[[], None] = lambda: None) -> None:
        """Print what comes, through every Fault of the hall; `listening()` is told when the hall is first heard."""
        while not self._stopped:
            try:
                with open_hall() as hall:
                    self._settle(hall)
                    self._work(hall, listening)
            except Fault as fault:
                _log.warning("%s: %s", self._printer, fault)
                with selectors.DefaultSelector() as selector:
                    selector.register(self._awake, selectors.EVENT_READ)
                    selector.select(LOOK_SECONDS)

    def stop(self) -> None:
        """End after the job in hand; from any thread or signal handler."""
        self._stopped = True
        os.write(self._waker, b".")

    def close(self) -> None:
        """Give back what `stop` needs, once `serve` has ended."""
        os.close(self._awake)
        os.close(self._waker)

    def _settle(self, hall: Hall) -> None:
        """Say what could not be said when the hall was lost; of what is still `printing` after that, nobody knows."""
        if self._unsaid:
            job, outcome = self._unsaid
            hall.end_job(job, outcome.state, outcome.reason)
            self._unsaid = None
        hall.abandon_jobs(self._printer)

    def _work(self, hall: Hall, listening: Callable[[], None]) -> None:
        with hall.listen() as listener, selectors.DefaultSelector() as selector:
            selector.register(listener, selectors.EVENT_READ)
            selector.register(self._awake, selectors.EVENT_READ)
            if not self._heard:
                self._heard = True
                listening()
            seen = -1
            while not self._stopped:
                # Read before looking: what is asked for while we print is then news at the next turn.
                sequence = hall.sequence()
                if sequence != seen:
                    for job in self._jobs(hall):
                        self._print(hall, job)
                    seen = sequence
                    continue
                selector.select(LOOK_SECONDS)
                listener.clear()

    def _jobs(self, hall: Hall) -> Iterator[PrintJob]:
        while not self._stopped and (job := hall.take_job(self._printer)):
            yield job

    def _print(self, hall: Hall, job: PrintJob) -> None:
        outcome = self._printed(hall, job)
        self._unsaid = job.id, outcome
        hall.end_job(job.id, outcome.state, outcome.reason)
        self._unsaid = None
        if outcome.reason:
            _log.warning("%s: %s %s: %s", self._printer, job.ticket.number, outcome.state, outcome.reason)

    def _printed(self, hall: Hall, job: PrintJob) -> Outcome:
        try:
            picture = draw(slip(hall.catalogue, job, self._public_url), self._head, self._template)
        except Refusal as refusal:  # a copy of a ticket whose service is no longer in the catalogue
            return Outcome(JobState.FAILED, refusal.code)
        return self._device.print(f"{job.ticket.number}-{job.ticket.id}-{job.id}", encoded(picture, self._head))
