"""An ESC/POS printer, at a TCP port or a serial line, that can be told to misbehave; it prints pictures."""

from __future__ import annotations

import contextlib
import errno
import os
import pty
import select
import socket
import struct
import termios
import threading
import tty
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from PIL import Image

from printer.decode import Ask, Reader, Reset, Roll
from printer.ink import PAPERS


class Manner(StrEnum):
    """How the printer takes a job."""

    HEALTHY = "healthy"
    REFUSES = "refuses"
    """Nobody listens at the port; the serial line is not plugged in."""
    MUTE = "mute"
    """Prints, and never answers."""
    UNCONFIRMING = "unconfirming"
    """Prints and answers DLE EOT, but never GS r."""
    FALLS_SILENT = "falls_silent"
    """Answers until the job begins, then prints and says nothing more."""
    PAPER_OUT = "paper_out"
    """No paper from the start."""
    PAPER_ENDS = "paper_ends"
    """The paper ends while it prints."""
    PAPER_LOW = "paper_low"
    COVER_OPEN = "cover_open"
    CUTTER = "cutter"
    OVERHEATED = "overheated"
    OFFLINE = "offline"
    DROPS = "drops"
    """Closes the connection in the middle of the picture; a serial line is pulled out."""
    RESETS = "resets"
    """The same with a reset."""
    STOPS_READING = "stops_reading"
    """Takes the beginning of the picture, then nothing more, and stays connected."""
    SLOW = "slow"
    """Takes a little at a time."""
    WRONG_BITS = "wrong_bits"
    """Answers with bytes that are no status."""
    NOISY = "noisy"
    """Healthy, with automatic status and noise among its answers."""
    REBOOTS = "reboots"
    """Starts anew in the middle of the picture: what it had taken in is lost, and it answers nothing for a while."""


WELL = {1: 0x16, 2: 0x12, 3: 0x12, 4: 0x12}
"""DLE EOT n -> the answer of a printer that is well."""
ILL = {
    Manner.PAPER_OUT: {1: 0x1E, 2: 0x32, 4: 0x7E},
    Manner.PAPER_LOW: {4: 0x1E},
    Manner.COVER_OPEN: {1: 0x1E, 2: 0x16},
    Manner.CUTTER: {1: 0x1E, 2: 0x52, 3: 0x1A},
    Manner.OVERHEATED: {1: 0x1E, 2: 0x52, 3: 0x52},
    Manner.OFFLINE: {1: 0x1E},
}
"""What differs for one that is not; by Epson's table of bits."""
_AUTOMATIC = bytes((0x10, 0x00, 0x00, 0x0F))
_MIDDLE = 2000
"""Bytes of a job after which it is half printed."""


class _Gone(Exception):  # noqa: N818 - not an error of ours
    """This conversation is over."""


class FakePrinter:
    """Serves while entered: `received` (a byte string a connection), `slips`; `manner` may change at any time."""

    def __init__(self, width: int = 80, manner: Manner = Manner.HEALTHY) -> None:
        self.received: list[bytes] = []
        self.problems: list[Exception] = []
        self._manner = manner
        self._roll = Roll(PAPERS[width])
        self._changed = threading.Condition()
        self._stopped = threading.Event()
        self._taken = 0
        self._printing = False
        """Since the job in hand began (ESC @): bytes, and whether it has put anything on paper."""
        self._threads: list[threading.Thread] = []

    @property
    def slips(self) -> list[Image.Image]:
        """What was cut off so far, black on white."""
        return self._roll.slips

    @property
    def manner(self) -> Manner:
        return self._manner

    @manner.setter
    def manner(self, manner: Manner) -> None:
        refused, self._manner = self._manner is Manner.REFUSES, manner
        if manner is Manner.REFUSES:
            self._unplug()
        elif refused:
            self._plug_in()

    def until(self, condition: Callable[[Self], bool], seconds: float = 10) -> None:
        """Wait until something about this printer is so; AssertionError when it does not come."""
        assert self.reached(condition, seconds), f"not within {seconds} s: {self}"

    def reached(self, condition: Callable[[Self], bool], seconds: float) -> bool:
        """Whether something about this printer becomes so in time."""
        with self._changed:
            return self._changed.wait_for(lambda: condition(self), seconds)

    def __repr__(self) -> str:
        name, pieces = type(self).__name__, len(self.slips)
        return f"{name}({self._manner}, {pieces} slips, {[len(one) for one in self.received]} bytes)"

    def __enter__(self) -> Self:
        if self._manner is not Manner.REFUSES:
            self._plug_in()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stopped.set()
        self._unplug()
        for thread in self._threads:
            thread.join(10)
        if kind is None and self.problems:
            raise self.problems[0]

    def _plug_in(self) -> None:
        raise NotImplementedError

    def _unplug(self) -> None:
        raise NotImplementedError

    def _start(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _begin(self) -> None:
        """A conversation begins."""
        with self._changed:
            self.received.append(b"")
            self._changed.notify_all()

    def _take(self, data: bytes, reader: Reader, answer: Callable[[bytes], object]) -> None:
        """Print what has come, answering in between; _Gone when the printer leaves in the middle."""
        with self._changed:
            self.received[-1] += data
            for command in reader.feed(data):
                if isinstance(command, Ask):
                    answer(self._answer(command))
                    continue
                if isinstance(command, Reset):
                    self._printing = False
                self._roll.print(command)
                self._printing |= self._roll.hanging > 0
            self._taken = self._taken + len(data) if self._printing or reader.rest[:1] == b"\x1d" else 0
            self._changed.notify_all()
        if self._manner is Manner.SLOW:
            self._stopped.wait(0.005)  # 50 kB/s at 256 bytes a time: a pseudo-terminal takes 20 kB before it waits
        if self._taken < _MIDDLE:
            return
        if self._manner is Manner.STOPS_READING:
            while self._manner is Manner.STOPS_READING and not self._stopped.wait(0.02):
                pass
        elif self._manner in (Manner.DROPS, Manner.RESETS, Manner.REBOOTS):
            raise _Gone

    def _answer(self, question: Ask) -> bytes:
        manner, printing = self._manner, self._printing
        if manner is Manner.MUTE or (manner is Manner.FALLS_SILENT and printing):
            return b""
        if manner is Manner.WRONG_BITS:
            return b"\x93"
        noise = b"\xff" + _AUTOMATIC if manner is Manner.NOISY else b""
        if not question.at_once:
            if manner in (Manner.UNCONFIRMING, Manner.PAPER_ENDS):
                return b""
            return noise + (b"\x03" if manner is Manner.PAPER_LOW else b"\x00")
        if manner is Manner.PAPER_ENDS:
            manner = Manner.PAPER_OUT if printing else Manner.HEALTHY
        return noise + bytes((ILL.get(manner, {}).get(question.subject, WELL[question.subject]),))


class NetworkPrinter(FakePrinter):
    """At a TCP port of 127.0.0.1: `port`."""

    def __init__(self, width: int = 80, manner: Manner = Manner.HEALTHY) -> None:
        super().__init__(width, manner)
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port: int = probe.getsockname()[1]
        self._listener: socket.socket | None = None
        self._open: list[socket.socket] = []

    def _plug_in(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self._start(lambda listener=self._listener: self._accept(listener))  # type: ignore[misc]

    def _unplug(self) -> None:
        for one in (self._listener, *self._open):
            if one is not None:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
        if self._listener is not None:
            self._listener.close()

    def _accept(self, listener: socket.socket) -> None:
        while not self._stopped.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self._open.append(connection)
            self._start(lambda connection=connection: self._serve(connection))  # type: ignore[misc]

    def _serve(self, connection: socket.socket) -> None:
        self._begin()
        reader = Reader()
        with connection:
            try:
                while data := connection.recv(1024):
                    self._take(data, reader, connection.sendall)
            except _Gone:
                if self._manner is not Manner.DROPS:
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            except OSError:  # the other side is gone: its tests know
                pass
            except Exception as error:
                self.problems.append(error)


class SerialPrinter(FakePrinter):
    """At a pseudo-terminal, by a path that stays the same when the line is plugged in anew: `path`.

    A serial printer does not notice that nobody holds the line any more: what it was reading, it goes on reading.
    """

    def __init__(self, path: Path, width: int = 80, manner: Manner = Manner.HEALTHY) -> None:
        super().__init__(width, manner)
        self.path = path
        self._master: int | None = None
        self._leave: tuple[int, int] | None = None

    def _plug_in(self) -> None:
        master, slave = pty.openpty()
        tty.setraw(slave)
        self.path.unlink(missing_ok=True)
        self.path.symlink_to(os.ttyname(slave))
        self._master = master
        leave = self._leave = os.pipe()
        self._begin()
        self._start(lambda: self._serve(master, slave, leave[0]))

    def _unplug(self) -> None:
        self.path.unlink(missing_ok=True)
        if self._leave is not None:
            os.close(self._leave[1])
            self._leave = None

    def _serve(self, master: int, slave: int, leave: int) -> None:
        """`slave` is kept open: a line with nobody at its other end is not a line that was pulled out."""
        reader = Reader()
        try:
            while True:
                ready, _, _ = select.select([master, leave], [], [])
                if leave in ready:
                    return
                try:
                    self._take(os.read(master, 256), reader, lambda answer: os.write(master, answer))
                except _Gone:
                    if self._manner is not Manner.REBOOTS:
                        self.path.unlink(missing_ok=True)
                        return
                    reader = Reader()
                    self._forget(master)
        except OSError as error:
            if error.errno != errno.EIO:
                self.problems.append(error)
        except Exception as error:
            self.problems.append(error)
        finally:
            os.close(leave)
            os.close(slave)
            os.close(master)

    def _forget(self, master: int) -> None:
        """What comes while it starts anew is lost."""
        while self._manner is Manner.REBOOTS and not self._stopped.wait(0.02):
            termios.tcflush(master, termios.TCIFLUSH)
