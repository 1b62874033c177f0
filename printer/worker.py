"""A device in a process of its own: whatever its driver does, the printer room can end it and begin anew.

`Worker` is the room's side, `python -m printer.worker` the device's. They talk over a socket pair: a job or a look goes
in; `_BEGUN` comes back before the first byte, `_ALIVE` for each part that the device took, then what became of it. The
device's process holds the printer's lock as long as it lives, so that no second one opens the device, even when the
room was killed.
"""

from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from typing import Any, assert_never, cast

from hall.hold import Hold
from hall.printers import Trouble
from hall.printing import JobState
from hall.settings import PrinterSettings
from printer import profiles
from printer.devices import GONE, SILENT, Device, Escpos, Outcome, Paper, Spooler
from printer.lines import FileLine, NetworkLine, SerialLine, UsbLine

GRACE_SECONDS = 2.0
"""Beyond the device's own time limit, before its process is ended."""
LONGEST_SECONDS = 60.0
"""Of a whole job. Nobody waits longer for a slip, and the next visitors wait behind it."""
START_SECONDS = 20.0
"""For a new process to say its first word: a slow machine takes some seconds to read in what a device needs."""
TRY_SECONDS = 20.0
"""For so long a process that dies before a job's first byte is replaced; then the device counts as unreachable."""
_BEGUN, _ALIVE = "begun", "alive"


@dataclass(frozen=True)
class _Job:
    name: str
    data: bytes
    unclean: bool


@dataclass(frozen=True)
class _Look:
    unclean: bool


class Worker:
    """The device's process as seen from the room. For one thread."""

    def __init__(self, settings: PrinterSettings, hold: Hold) -> None:
        self._settings = settings
        self._hold = hold
        self._process: subprocess.Popen[bytes] | None = None
        self._line: Connection | None = None
        self._spoke = False
        self._heard = False
        """Whether this process has said anything yet."""
        self._unclean = True
        """Half a slip may be in the printer, and half a command: of a fresh process's forerunner nobody knows."""

    @property
    def pid(self) -> int | None:
        """Of the device's process, while there is one."""
        return None if self._process is None else self._process.pid

    def start(self) -> None:
        """Begin the process ahead of the first job: that takes it a third of a second."""
        if self._process is not None:
            return
        ours, its = socket.socketpair()
        with its:
            passed = (its.fileno(), self._hold.fileno())
            self._process = subprocess.Popen(
                [sys.executable, "-m", "printer.worker", str(its.fileno())],
                stdin=subprocess.DEVNULL,
                pass_fds=passed,
                process_group=0,
            )
        self._line = Connection(ours.detach())
        self._unclean, self._heard = True, False
        self._tell((self._settings, self._spoke))

    def print(self, name: str, data: bytes) -> Outcome:
        """One job. A process that ends before the first byte is replaced, one that ends later leaves it unknown."""
        ends = time.monotonic() + TRY_SECONDS
        while True:
            begun, answer = self._ask(_Job(name, data, self._unclean))
            if isinstance(answer, Outcome):
                self._unclean = self._unclean or answer.state is JobState.UNKNOWN
                return answer
            if begun:
                return Outcome(JobState.UNKNOWN, answer, SILENT if answer == "stuck" else None)
            if answer == "stuck" or time.monotonic() > ends:
                return Outcome(JobState.FAILED, Trouble.UNREACHABLE, GONE)

    def look(self) -> frozenset[Trouble] | None:
        """What is wrong with the device; None when it does not say."""
        _, answer = self._ask(_Look(self._unclean))
        if isinstance(answer, str):
            return SILENT if answer == "stuck" else GONE
        return cast("frozenset[Trouble] | None", answer)

    def close(self) -> None:
        """End the process; a job it is printing may be cut short."""
        if self._process is None:
            return
        self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):  # deep in a driver not even the system can end it at once
            self._process.wait(GRACE_SECONDS)
        self._process = None
        assert self._line is not None  # noqa: S101 - made with the process
        self._line.close()

    def _ask(self, request: _Job | _Look) -> tuple[bool, Any]:
        """Whether the device began, and its answer: or a word why there is none, its process being gone."""
        self.start()
        assert self._line is not None  # noqa: S101 - just started
        begun = False
        if not self._tell(request):
            self.close()
            return begun, "killed"
        ends = time.monotonic() + LONGEST_SECONDS
        while self._line.poll(max(0.0, min(self._patience, ends - time.monotonic()))):
            try:
                answer = self._line.recv()
            except (EOFError, ConnectionError):
                stuck = self._process is not None and self._process.wait() == -signal.SIGALRM
                self.close()
                return begun, "stuck" if stuck else "killed"
            self._heard = True
            if answer not in (_BEGUN, _ALIVE):
                answer, spent, self._spoke, cleaned = answer
                self._unclean = self._unclean and not cleaned
                if spent:
                    self.close()
                return begun, answer
            begun = begun or answer == _BEGUN
        self.close()
        return begun, "stuck"

    @property
    def _patience(self) -> float:
        return patience(self._settings) if self._heard else START_SECONDS

    def _tell(self, message: object) -> bool:
        assert self._line is not None  # noqa: S101 - made with the process
        try:
            self._line.send(message)
        except ConnectionError:
            return False
        return True


def patience(settings: PrinterSettings) -> float:
    """Seconds without any progress after which a device is stuck: each part has its own time limit before that."""
    return settings.timeout + GRACE_SECONDS


def main(descriptor: int) -> None:
    """The device's process: serves its room until that is gone.

    The alarm is for a room that was killed while a driver blocks for ever: the system ends us, and the lock is free.
    """
    line = Connection(descriptor)
    settings, spoke = line.recv()

    def tell(word: str) -> None:
        signal.setitimer(signal.ITIMER_REAL, patience(settings))
        with contextlib.suppress(ConnectionError):  # the room is gone: the slip in hand is finished all the same
            line.send(word)

    device = device_of(settings, partial(tell, _ALIVE), spoke=spoke)
    tell(_ALIVE)
    signal.setitimer(signal.ITIMER_REAL, 0)

    while True:
        try:
            request: _Job | _Look = line.recv()
            tell(_ALIVE)
            if isinstance(request, _Look):
                answer: object = device.look(unclean=request.unclean)
            else:
                answer = device.print(request.name, request.data, partial(tell, _BEGUN), unclean=request.unclean)
            signal.setitimer(signal.ITIMER_REAL, 0)
            line.send((answer, device.spent, device.spoke, device.cleaned))
        except (EOFError, ConnectionError):
            return


def device_of(settings: PrinterSettings, alive: Callable[[], None], *, spoke: bool) -> Device:
    """The device of these settings, not yet opened."""
    timeout = settings.timeout
    match settings.device:
        case "paper":
            return Paper(settings.folder, profiles.of(settings))
        case "network":
            return Escpos(NetworkLine(settings.host, settings.port, timeout), timeout, alive, spoke=spoke)
        case "serial":
            line = SerialLine(settings.path, settings.baud, timeout, flow=settings.flow)
            return Escpos(line, timeout, alive, spoke=spoke)
        case "usb":
            vendor, product = (int(half, 16) for half in settings.usb.split(":"))
            return Escpos(UsbLine(vendor, product, timeout), timeout, alive, spoke=spoke)
        case "file":
            return Escpos(FileLine(settings.path, timeout), timeout, alive, spoke=spoke)
        case "lp":
            return Spooler(settings.queue, timeout)
    assert_never(settings.device)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # the room decides when a slip may be cut short
    # By the module's own name: what is received was pickled under it.
    from printer import worker

    worker.main(int(sys.argv[1]))
