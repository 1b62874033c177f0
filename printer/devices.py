"""The devices a slip goes to, and the truth each can tell about it: confirmed, sent, failed or unknown."""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from hall.printers import WARNINGS, Trouble
from hall.printing import JobState
from printer import decode, status
from printer.lines import ClosedError, Line
from printer.profiles import Profile
from printer.wire import CLEAN, CONFIRM

STATUS_SECONDS = 0.5
"""Longest wait for a first real-time status: a printer that speaks answers within milliseconds."""
HEALTHY: frozenset[Trouble] = frozenset()
GONE = frozenset({Trouble.UNREACHABLE})
SILENT = frozenset({Trouble.SILENT})


def worst(troubles: frozenset[Trouble]) -> Trouble | None:
    """What keeps a printer from printing; None when nothing does."""
    return next((one for one in Trouble if one in troubles and one not in WARNINGS), None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended, why, and what is wrong with the printer (None: nothing was learnt).

    Reasons of `failed`: a trouble of the printer, or unwritable. Of `unknown`: broken_off, closed, stuck, killed,
    and those of a printer in trouble. Of `sent`: no_answer.
    """

    state: JobState
    reason: str | None = None
    troubles: frozenset[Trouble] | None = None


class Device(Protocol):
    """Something that prints bytes. It raises nothing: whatever happens is an Outcome."""

    def print(self, name: str, job: bytes, begun: Callable[[], None], *, unclean: bool) -> Outcome:
        """Print one job; `name` is for devices that keep what they print.

        `begun()` is called before the first byte; `unclean` says that the job before may have been cut short.
        """

    def look(self, *, unclean: bool) -> frozenset[Trouble] | None:
        """What is wrong with it now; None when it does not say."""

    @property
    def spent(self) -> bool:
        """Whether a fresh process has to take over: the line broke, and this one may not get it back."""

    @property
    def spoke(self) -> bool:
        """Whether it has ever answered. One that did and no longer does is in trouble; one that never did is not."""

    @property
    def cleaned(self) -> bool:
        """Whether what a job left that was cut short is out of the way since the last look or job."""


class Paper:
    """A folder that gets what a real printer would have printed, one PNG a slip, decoded from the same bytes."""

    spent = spoke = False
    cleaned = True

    def __init__(self, folder: Path, profile: Profile) -> None:
        self._folder = folder
        self._profile = profile

    def print(self, name: str, job: bytes, begun: Callable[[], None], *, unclean: bool) -> Outcome:  # noqa: ARG002
        """Confirmed once the picture is on the disk under its name."""
        (slip,) = decode.slips(job, self._profile.head, self._profile.pages)
        part = self._folder / f".{name}.{os.getpid()}.part"
        begun()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            slip.save(part, "PNG")
            part.replace(self._folder / f"{name}.png")
        except OSError:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            return Outcome(JobState.FAILED, "unwritable", GONE)
        return Outcome(JobState.CONFIRMED, troubles=HEALTHY)

    def look(self, *, unclean: bool) -> frozenset[Trouble]:  # noqa: ARG002
        """Whether the folder is there, or can be made."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return GONE
        return HEALTHY


class Spooler:
    """A raw queue of CUPS. It takes a job and answers for itself only, so the most that is ever known is `sent`."""

    spent = spoke = False
    cleaned = True

    def __init__(self, queue: str, timeout: float) -> None:
        self._queue = queue
        self._timeout = timeout

    def print(self, name: str, job: bytes, begun: Callable[[], None], *, unclean: bool) -> Outcome:
        """The exit status of `lp` tells whether the spooler has it; a stopped queue would print it some day."""
        if reason := worst(troubles := self.look(unclean=unclean)):
            return Outcome(JobState.FAILED, reason, troubles)
        begun()
        command = ["lp", "-d", self._queue, "-t", name, "-o", "raw"]
        try:
            ran = subprocess.run(command, input=job, capture_output=True, timeout=self._timeout, check=False)
        except subprocess.TimeoutExpired:
            return Outcome(JobState.UNKNOWN, "stuck", SILENT)
        except OSError:
            return Outcome(JobState.FAILED, Trouble.UNREACHABLE, GONE)
        if ran.returncode:
            return Outcome(JobState.FAILED, Trouble.UNREACHABLE, GONE)
        return Outcome(JobState.SENT, "no_answer", HEALTHY)

    def look(self, *, unclean: bool) -> frozenset[Trouble]:  # noqa: ARG002
        """What `lpstat` says of the queue."""
        try:
            ran = subprocess.run(
                ["lpstat", "-p", self._queue],
                env={**os.environ, "LC_ALL": "C"},
                capture_output=True,
                text=True,
                timeout=self._timeout,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return GONE
        if ran.returncode:
            return GONE
        return frozenset({Trouble.OFFLINE}) if "disabled" in ran.stdout else HEALTHY


class Escpos:
    """A printer that speaks ESC/POS: asked before, sent to, and asked again in order after the cut."""

    def __init__(self, line: Line, timeout: float, alive: Callable[[], None], *, spoke: bool = False) -> None:
        self._line = line
        self._timeout = timeout
        self._alive = alive
        self._opened = False
        self.spent = False
        self.spoke = spoke
        self.cleaned = False
        self._tail = b""
        """The beginning of an automatic status whose rest has not come yet."""

    def print(self, name: str, job: bytes, begun: Callable[[], None], *, unclean: bool) -> Outcome:  # noqa: ARG002
        """From the first byte on nothing less than an answer tells whether there is a slip."""
        try:
            self._begin()
            troubles = self._ready(unclean=unclean)
        except OSError:
            self._break()
            return Outcome(JobState.FAILED, Trouble.UNREACHABLE, GONE)
        if troubles and (reason := worst(troubles)):
            self._end()
            return Outcome(JobState.FAILED, reason, troubles)
        begun()
        try:
            outcome = self._print(job)
        except TimeoutError:
            outcome = Outcome(JobState.UNKNOWN, "stuck", SILENT)
        except ClosedError:
            outcome = Outcome(JobState.UNKNOWN, "closed", GONE)
        except OSError:
            outcome = Outcome(JobState.UNKNOWN, "broken_off", GONE)
        if outcome.state is JobState.UNKNOWN:
            self._break(drop=True)
        else:
            self._end()
        return outcome

    def look(self, *, unclean: bool) -> frozenset[Trouble] | None:
        """Its answers to DLE EOT; None when it gives none."""
        try:
            self._begin()
            troubles = self._ready(unclean=unclean)
        except OSError:
            self._break()
            return GONE
        self._end()
        return troubles

    def _print(self, job: bytes) -> Outcome:
        self._send(job + CONFIRM)
        confirmation = self._answer(at_once=False, seconds=self._timeout) if self._line.hears else None
        if confirmation is not None:
            found = status.paper(confirmation)
            if found is Trouble.PAPER_OUT:
                return Outcome(JobState.UNKNOWN, found, frozenset({found}))
            return Outcome(JobState.CONFIRMED, None, frozenset({found}) if found else HEALTHY)
        self._alive()
        troubles = self._standing()
        if troubles and (reason := worst(troubles)):
            return Outcome(JobState.UNKNOWN, reason, troubles)
        return Outcome(JobState.SENT, "no_answer", troubles)

    def _standing(self) -> frozenset[Trouble] | None:
        """What is wrong with the printer; None when it answers no real-time question and never has."""
        answers: dict[int, int] = {}
        for subject in status.SUBJECTS if self._line.hears else ():
            self._line.send(status.ask(subject))
            # Time enough for one that is known to speak; one that may never say anything does not hold up each slip.
            answer = self._answer(at_once=True, seconds=self._timeout if self.spoke else STATUS_SECONDS)
            if answer is None:
                break
            answers[subject] = answer
        self.spoke = self.spoke or bool(answers)
        if not answers:
            return SILENT if self.spoke else None
        return status.troubles(answers)

    def _answer(self, *, at_once: bool, seconds: float) -> int | None:
        """The next status byte of that kind, None when none comes in time; OSError, ClosedError."""
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0:
            answers, self._tail = status.answers(self._tail + self._line.read(left))
            for answer in answers:
                if answer.at_once == at_once:
                    self._alive()
                    return answer.status
        return None

    def _send(self, data: bytes) -> None:
        for start in range(0, len(data), self._line.chunk):
            self._line.send(data[start : start + self._line.chunk])
            self._alive()

    def _begin(self) -> None:
        self.cleaned, self._tail = False, b""
        if not self._opened:
            self._line.open()
            self._opened = True
        else:
            self._line.read(0)  # what a printer said since is no answer to what it is asked now

    def _ready(self, *, unclean: bool) -> frozenset[Trouble] | None:
        """What is wrong with the printer, cleaned up if need be.

        It is asked first: one without paper takes no more bytes. One that is in the middle of a picture cut short may
        take the question for dots, so it is asked again after the NULs that end the picture.
        """
        troubles = self._standing()
        if not unclean or (troubles is not None and troubles != SILENT and worst(troubles)):
            return troubles
        self._send(bytes(self._line.rest))
        if troubles is None or troubles == SILENT:
            troubles = self._standing()
        if troubles is None or not worst(troubles):
            self._send(CLEAN)
            self.cleaned = True
        return troubles

    def _end(self) -> None:
        if not self._line.stays:
            self._break()

    def _break(self, *, drop: bool = False) -> None:
        self.spent = self._line.stays
        self._opened = False
        self._line.close(drop=drop)
