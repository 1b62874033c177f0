"""Runs the rooms of a hall as processes: starts them by module name, starts again one that dies, leaves none behind."""

from __future__ import annotations

import ctypes
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType

ROOMS = ("printer", "counter", "kiosk", "display")
WINDOWS = ("kiosk", "display")
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
"""Seconds before a room that died is started again: doubled each time, until it has lived a minute."""
LEFT = 10
"""Exit status of a room that somebody with the right to do so has ended: it is not started again."""
_LIVED = 60.0
_STOP_SECONDS = 5.0
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


@dataclass
class _Room:
    name: str
    arguments: list[str]
    process: subprocess.Popen[bytes] | None = None
    handle: int = -1
    started: float = 0.0
    wait: float = FIRST_WAIT
    again: float = 0.0


class Rooms:
    """The processes of one `antrean run`.

    `say` is told when one dies (room, status, seconds until it starts again); `first` are the arguments of a room's
    first start.
    """

    def __init__(
        self,
        names: Sequence[str],
        environ: Mapping[str, str],
        say: Callable[[str, str, str], None],
        first: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._rooms = [_Room(name, arguments=list((first or {}).get(name, ()))) for name in names]
        self._environ = dict(environ)
        self._say = say
        self._selector = selectors.DefaultSelector()
        self._stop, wake = socket.socketpair()
        self._wake = wake
        self._selector.register(self._stop, selectors.EVENT_READ)

    def run(self, ready: Callable[[], None] = lambda: None) -> None:
        """Until SIGINT or SIGTERM; `ready` is called once all are started."""
        before = {number: signal.signal(number, self._asked) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            for room in self._rooms:
                self._start(room)
            ready()
            while not self._stopping():
                self._watch()
        finally:
            self._end()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _asked(self, _number: int, _frame: FrameType | None) -> None:
        self._wake.send(b"!")

    def _stopping(self) -> bool:
        return any(key.fileobj is self._stop for key, _ in self._selector.select(0))

    def _watch(self) -> None:
        """Wait for a death, for the moment to start one again, or for the signal to stop."""
        due = [room.again for room in self._rooms if room.process is None]
        timeout = max(0.0, min(due) - time.monotonic()) if due else None
        for key, _ in self._selector.select(timeout):
            if isinstance(key.data, _Room):
                self._died(key.data)
        for room in self._rooms:
            if room.process is None and room.again <= time.monotonic():
                self._start(room)

    def _start(self, room: _Room) -> None:
        room.process = subprocess.Popen(
            [sys.executable, "-m", room.name, *room.arguments],
            env=self._environ,
            stdin=subprocess.DEVNULL,
            process_group=0,  # Ctrl-C in the terminal is for us; we pass it on
            preexec_fn=die_with_parent,
        )
        room.arguments = []
        room.started = time.monotonic()
        room.handle = os.pidfd_open(room.process.pid)
        self._selector.register(room.handle, selectors.EVENT_READ, room)

    def _died(self, room: _Room) -> None:
        assert room.process is not None  # noqa: S101 - it was registered as running
        status = room.process.wait()
        _signal(room, signal.SIGKILL)  # whatever it had started
        self._forget(room)
        if status == LEFT:
            self._rooms.remove(room)
            return
        room.wait = FIRST_WAIT if time.monotonic() - room.started > _LIVED else room.wait
        room.again = time.monotonic() + room.wait
        self._say(room.name, str(status), f"{room.wait:g}")
        room.wait = min(room.wait * 2, LONGEST_WAIT)

    def _forget(self, room: _Room) -> None:
        self._selector.unregister(room.handle)
        os.close(room.handle)
        room.process = None

    def _end(self) -> None:
        running = [room for room in self._rooms if room.process is not None]
        for room in running:
            _signal(room, signal.SIGTERM)
        deadline = time.monotonic() + _STOP_SECONDS
        for room in running:
            assert room.process is not None  # noqa: S101 - just filtered
            with suppress(subprocess.TimeoutExpired):
                room.process.wait(max(0.0, deadline - time.monotonic()))
            _signal(room, signal.SIGKILL)
            room.process.wait()
            self._forget(room)
        self._selector.close()
        self._stop.close()
        self._wake.close()


def _signal(room: _Room, number: signal.Signals) -> None:
    """To the room and whatever it started."""
    if room.process is not None:
        with suppress(ProcessLookupError):
            os.killpg(room.process.pid, number)


def die_with_parent() -> None:
    """In a process just started: even when we are killed without a word, no room is left behind (Linux)."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def has_screen() -> bool:
    """Whether somebody could see a window."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
