"""The printer's desk in the hall: waits for the jobs of one printer, has each drawn and printed, says how it ended."""

from __future__ import annotations

import logging
import os
import selectors
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from hall import Fault, Hall, Refusal
from hall.hold import Hold
from hall.printers import Trouble
from hall.printing import JobState, PrintJob
from hall.settings import PrinterSettings
from printer import decode, profiles
from printer.devices import HEALTHY, Outcome
from printer.slip import draw
from printer.template import Template, wearing
from printer.test_page import test_page
from printer.typed import typed
from printer.wire import encoded
from printer.wording import slip
from printer.worker import Worker

NET_SECONDS = 1.0
"""The safety net under the bell, and the pause before a lost hall is sought again."""
SPEAK_SECONDS = 15.0
"""How often the hall is told that this printer is served, when nothing changes."""
_log = logging.getLogger("printer")


class Desk:
    """Serves one printer until `stop`, which lets the job in hand end; killed before that, it leaves it `unknown`."""

    def __init__(self, name: str, settings: PrinterSettings, public_url: str, template: Template) -> None:
        self._name = name
        self._settings = settings
        self._public_url = public_url
        self._template = template
        self._own_logo = template.logo is not None
        self._worn: str | None = None
        self._profile = profiles.of(settings)
        self._hold: Hold | None = None
        self._worker: Worker | None = None
        self._unsaid: tuple[PrintJob, Outcome, int] | None = None
        self._told: frozenset[Trouble] | None = None
        self._told_at = self._looked_at = 0.0
        self._awake, self._waker = os.pipe()
        self._stopped = False
        self._heard = False

    def serve(
        self, open_hall: Callable[[], Hall], listening: Callable[[], None] = lambda: None, *, once: bool = False
    ) -> None:
        """Print what comes, through every Fault of the hall; `listening()` is told when the hall is first heard.

        `once`: not when the printer is served already.
        """
        while not self._stopped:
            try:
                with open_hall() as hall:
                    worker = self._work_at(hall)
                    self._settle(hall)
                    self._wear(hall)
                    self._look(hall, worker)
                    self._work(hall, worker, listening)
            except Fault as fault:
                if once and fault.code == "printer_held":
                    return
                _log.warning("%s: %s", self._name, fault)
                with selectors.DefaultSelector() as selector:
                    selector.register(self._awake, selectors.EVENT_READ)
                    selector.select(NET_SECONDS)

    def stop(self) -> None:
        """End after the job in hand; from any thread or signal handler."""
        self._stopped = True
        os.write(self._waker, b".")

    def close(self) -> None:
        """Let the device go, and what `stop` needs, once `serve` has ended."""
        if self._worker is not None:
            self._worker.close()
        if self._hold is not None:
            self._hold.close()
        os.close(self._awake)
        os.close(self._waker)

    def _work_at(self, hall: Hall) -> Worker:
        """The device's process, for us alone. Fault printer_held."""
        if self._worker is None:
            self._hold = hall.hold(f"printer {self._name}")
            if self._hold is None:
                raise Fault("printer_held", printer=self._name)
            self._worker = Worker(self._settings, self._hold)
            self._worker.start()
        return self._worker

    def _settle(self, hall: Hall) -> None:
        """Say what could not be said when the hall was lost; of what is still `printing` after that, nobody knows."""
        if self._unsaid:
            self._say(hall, *self._unsaid)
        hall.abandon_jobs(self._name)

    def _work(self, hall: Hall, worker: Worker, listening: Callable[[], None]) -> None:
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
                        self._print(hall, worker, job)
                    seen = sequence
                    continue
                if time.monotonic() - self._looked_at >= self._settings.look_seconds:
                    self._look(hall, worker)
                    continue
                selector.select(NET_SECONDS)
                listener.clear()

    def _jobs(self, hall: Hall) -> Iterator[PrintJob]:
        while not self._stopped:
            job = hall.take_job(self._name)
            self._wear(hall)
            if job is None:
                return
            yield job

    def _wear(self, hall: Hall) -> None:
        """The hall's logo, where the settings of this machine have none; read only when there is another."""
        if self._own_logo or hall.logo.digest == self._worn:
            return
        kept = hall.logo.kept()
        self._worn = kept.digest if kept else None
        self._template = wearing(self._template, kept)
        if kept and self._template.logo is None:
            _log.warning("%s: the logo is too pale to be printed", self._name)

    def _print(self, hall: Hall, worker: Worker, job: PrintJob) -> None:
        try:
            data, dots = self._drawn(hall, job)
        except Refusal as refusal:  # a copy of a ticket whose service is no longer in the catalogue
            hall.end_job(job.id, JobState.FAILED, refusal.code, 0, self._name)
            return
        outcome = worker.print(_file_name(job), data)
        if outcome.state is JobState.SENT and self._settings.trust_sent:
            outcome = Outcome(JobState.SENT, None, outcome.troubles)
        used = 0 if outcome.state is JobState.FAILED else round(dots / self._profile.head.dpi * 25.4)
        self._unsaid = job, outcome, used
        self._say(hall, *self._unsaid)

    def _drawn(self, hall: Hall, job: PrintJob) -> tuple[bytes, int]:
        """The bytes of a job, and how many dots of paper they take. Refusal unknown_service."""
        head = self._profile.head
        if job.ticket is None:
            picture = test_page(self._name, self._settings, head, hall.now(), hall.catalogue.languages)
            return encoded(picture, head), picture.height
        said = replace(slip(hall.catalogue, job, self._public_url), large=job.large)
        if self._settings.mode == "text":
            data = typed(said, head, self._template, self._profile)
            return data, decode.slips(data, head, self._profile.pages)[0].height
        picture = draw(said, head, self._template)
        return encoded(picture, head), picture.height

    def _say(self, hall: Hall, job: PrintJob, outcome: Outcome, millimetres: int) -> None:
        hall.end_job(job.id, outcome.state, outcome.reason, millimetres, self._name)
        self._unsaid = None
        if outcome.reason:
            _log.warning("%s: %s %s: %s", self._name, _file_name(job), outcome.state, outcome.reason)
        if outcome.troubles is None:
            self._looked_at = 0.0  # what the printer is up to is worth asking at once
        else:
            self._report(hall, outcome.troubles)

    def _look(self, hall: Hall, worker: Worker) -> None:
        self._report(hall, worker.look() or HEALTHY)
        self._looked_at = time.monotonic()

    def _report(self, hall: Hall, found: frozenset[Trouble]) -> None:
        """Tell the hall when it is news, and now and then that we are here."""
        self._looked_at = time.monotonic()
        if self._settings.roll_m and self._told is not None:
            left = self._settings.roll_m * 1000 - hall.printer(self._name).rolled_mm
            if left <= self._settings.roll_low_m * 1000:
                found |= {Trouble.ROLL_LOW}
        if found != self._told or time.monotonic() - self._told_at >= SPEAK_SECONDS:
            hall.report_printer(self._name, self._settings.where, found)
            self._told, self._told_at = found, time.monotonic()


def _file_name(job: PrintJob) -> str:
    """For devices that keep what they print, and for the log."""
    return f"{job.ticket.number}-{job.ticket.id}-{job.id}" if job.ticket else f"{job.kind}-{job.id}"
