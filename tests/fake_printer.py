"""An ESC/POS printer on a real TCP port that can be told to misbehave; it prints pictures and keeps every byte."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable
from enum import StrEnum
from types import TracebackType
from typing import Self

from PIL import Image

from printer.decode import Ask, Raster, Reader, Roll
from printer.ink import PAPERS


class Manner(StrEnum):
    """How the printer takes a job."""

    HEALTHY = "healthy"
    MUTE = "mute"
    """Prints, and never answers."""
    UNCONFIRMING = "unconfirming"
    """Prints and answers DLE EOT, but never GS r."""
    FALLS_SILENT = "falls_silent"
    """Answers until the job begins, then prints and says nothing more."""
    PAPER_OUT = "paper_out"
    """No paper from the start."""
    COVER_OPEN = "cover_open"
    PAPER_ENDS = "paper_ends"
    """The paper ends while it prints."""
    DROPS = "drops"
    """Closes the connection in the middle of the picture."""
    RESETS = "resets"
    """The same with a reset."""
    STOPS_READING = "stops_reading"
    """Takes the beginning of the picture, then nothing more, and stays connected."""
    NOISY = "noisy"
    """Healthy, with automatic status and noise among its answers."""


WELL = {1: 0x16, 2: 0x12, 4: 0x12}
"""DLE EOT n -> the answer of a printer that is well."""
_AUTOMATIC = bytes((0x10, 0x00, 0x00, 0x0F))
_MIDDLE = 4000


class FakePrinter:
    """Listens on 127.0.0.1 while entered; `port`, `received` (a byte string for each connection), `slips`, `manner`."""

    def __init__(self, width: int = 80, manner: Manner = Manner.HEALTHY) -> None:
        self.manner = manner
        self.received: list[bytes] = []
        self.problems: list[Exception] = []
        self._roll = Roll(PAPERS[width])
        self._changed = threading.Condition()
        self._stopped = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._threads: list[threading.Thread] = []
        self._open: list[socket.socket] = []

    @property
    def slips(self) -> list[Image.Image]:
        """What was cut off so far, black on white."""
        return self._roll.slips

    def until(self, condition: Callable[[FakePrinter], bool], seconds: float = 10) -> None:
        """Wait until something about this printer is so; AssertionError when it does not come."""
        with self._changed:
            assert self._changed.wait_for(lambda: condition(self), seconds), f"not within {seconds} s: {self}"

    def __repr__(self) -> str:
        return f"FakePrinter({self.manner}, {len(self.slips)} slips, {[len(one) for one in self.received]} bytes)"

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stopped.set()
        self.refuse()
        with self._changed:
            for connection in self._open:
                _shut(connection)
        for thread in self._threads:
            thread.join(10)
        if kind is None and self.problems:
            raise self.problems[0]

    def refuse(self) -> None:
        """From now on nobody listens at the port."""
        _shut(self._listener)
        self._listener.close()

    def _start(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._stopped.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with self._changed:
                self._open.append(connection)
                self.received.append(b"")
                at = len(self.received) - 1
                self._changed.notify_all()
            self._start(lambda connection=connection, at=at: self._serve(connection, at))  # type: ignore[misc]

    def _serve(self, connection: socket.socket, at: int) -> None:
        with connection:
            try:
                self._converse(connection, at)
            except OSError:  # the other side is gone: its tests know
                pass
            except Exception as error:
                self.problems.append(error)

    def _converse(self, connection: socket.socket, at: int) -> None:
        reader = Reader()
        printing = False
        while data := connection.recv(1024):
            with self._changed:
                self.received[at] += data
                for command in reader.feed(data):
                    printing = printing or isinstance(command, Raster)
                    if isinstance(command, Ask):
                        connection.sendall(self._answer(command, printing))
                    else:
                        self._roll.print(command)
                self._changed.notify_all()
            if len(self.received[at]) < _MIDDLE:
                continue
            if self.manner is Manner.STOPS_READING:
                self._stopped.wait()
                return
            if self.manner is Manner.DROPS:
                return
            if self.manner is Manner.RESETS:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return

    def _answer(self, question: Ask, printing: bool) -> bytes:
        manner = self.manner
        if manner is Manner.MUTE or (manner is Manner.FALLS_SILENT and printing):
            return b""
        if not question.at_once:
            stuck = manner in (Manner.UNCONFIRMING, Manner.PAPER_ENDS)
            return b"" if stuck else (_AUTOMATIC if manner is Manner.NOISY else b"") + b"\x00"
        status = WELL[question.subject]
        out = manner is Manner.PAPER_OUT or (manner is Manner.PAPER_ENDS and printing)
        if question.subject == 4 and out:
            status |= 0x60
        if question.subject == 2 and manner is Manner.COVER_OPEN:
            status |= 0x04
        return (b"\xff" + _AUTOMATIC if manner is Manner.NOISY else b"") + bytes((status,))


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
