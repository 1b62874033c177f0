"""The devices a slip goes to, and the truth each can tell about it: confirmed, sent, failed or unknown."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from escpos.printer import Network

from hall.printing import JobState
from printer import decode, status
from printer.ink import PAPERS
from printer.wire import CONFIRM

STATUS_SECONDS = 0.5
"""Longest wait for a real-time status: a printer that speaks answers within milliseconds."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended, and why.

    Reasons of `failed`: unreachable, paper_out, cover_open, printer_error, offline, unwritable. Of `unknown`:
    broken_off, closed, stuck, silent, and those of a printer in trouble. Of `sent`: no_answer.
    """

    state: JobState
    reason: str | None = None


class Device(Protocol):
    """Something that prints bytes. It raises nothing: whatever happens is an Outcome."""

    def print(self, name: str, job: bytes) -> Outcome:
        """Print one job; `name` is for devices that keep what they print."""


class Paper:
    """A folder that gets what a real printer would have printed, one PNG a slip, decoded from the same bytes."""

    def __init__(self, folder: Path, width: int) -> None:
        self._folder = folder
        self._dots = PAPERS[width]

    def print(self, name: str, job: bytes) -> Outcome:
        """Confirmed once the picture is on the disk under its name."""
        (slip,) = decode.slips(job, self._dots)
        part = self._folder / f".{name}.{os.getpid()}.part"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            slip.save(part, "PNG")
            part.replace(self._folder / f"{name}.png")
        except OSError:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            return Outcome(JobState.FAILED, "unwritable")
        return Outcome(JobState.CONFIRMED)


class OverNetwork:
    """An ESC/POS printer at TCP port 9100: asked before, sent to, and asked again in order after the cut."""

    def __init__(self, host: str, port: int, timeout: float) -> None:
        self._host = host
        self._port = port
        self._timeout = timeout

    def print(self, name: str, job: bytes) -> Outcome:  # noqa: ARG002 - a printer keeps no names
        """One connection a job: nothing of an old one can be taken for the answer to this one."""
        line = _Line(self._host, self._port, self._timeout)
        try:
            line.open()
        except (OSError, UnicodeError):  # UnicodeError: a name that cannot be one
            return Outcome(JobState.FAILED, "unreachable")
        try:
            return self._print(line, job)
        finally:
            line.close()

    def _print(self, line: _Line, job: bytes) -> Outcome:
        try:
            speaks, reason = _standing(line)
        except OSError:
            return Outcome(JobState.FAILED, "unreachable")
        if reason:
            return Outcome(JobState.FAILED, reason)
        # From the first byte on nothing less than an answer tells whether there is a slip.
        try:
            line.send(job + CONFIRM)
            confirmation = line.answer(at_once=False, seconds=self._timeout)
            if confirmation is not None:
                ended = status.paper_ended(confirmation)
                return Outcome(JobState.UNKNOWN, "paper_out") if ended else Outcome(JobState.CONFIRMED)
            if not speaks:
                return Outcome(JobState.SENT, "no_answer")
            speaks, reason = _standing(line)
        except TimeoutError:
            return Outcome(JobState.UNKNOWN, "stuck")
        except _ClosedError:
            return Outcome(JobState.UNKNOWN, "closed")
        except OSError:
            return Outcome(JobState.UNKNOWN, "broken_off")
        if reason or not speaks:
            return Outcome(JobState.UNKNOWN, reason or "silent")
        return Outcome(JobState.SENT, "no_answer")


class _ClosedError(OSError):
    """The printer closed the connection."""


class _Line(Network):  # type: ignore[misc]
    """python-escpos's network printer with what it hides: IPv6, the answers' bytes, and a peer that is gone."""

    _device: socket.socket | bool | None

    def open(self, raise_not_found: bool = True) -> None:  # noqa: ARG002 - the library's signature
        """Connect; OSError. The library's own speaks IPv4 only and leaves the socket of a refused connection open."""
        self._device = socket.create_connection((self.host, self.port), self.timeout)
        self._device.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, data: bytes) -> None:
        """All of it within the timeout; OSError."""
        assert isinstance(self._device, socket.socket)  # noqa: S101 - opened, or we would not be here
        self._device.settimeout(self.timeout)
        self._raw(data)

    def answer(self, *, at_once: bool, seconds: float) -> int | None:
        """The next status byte of that kind, None when none comes in time; OSError, _ClosedError."""
        assert isinstance(self._device, socket.socket)  # noqa: S101
        received = b""
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0:
            self._device.settimeout(left)
            try:
                more = self._read()
            except TimeoutError:
                return None
            if not more:
                raise _ClosedError
            received += more
            for answer in status.answers(received):
                if answer.at_once == at_once:
                    return answer.status
        return None


def _standing(line: _Line) -> tuple[bool, str | None]:
    """Whether the printer answers real-time questions, and the trouble it is in."""
    for subject in status.SUBJECTS:
        line.send(status.ask(subject))
        answer = line.answer(at_once=True, seconds=STATUS_SECONDS)
        if answer is None:
            return False, None
        if reason := status.trouble(subject, answer):
            return True, reason
    return True, None
