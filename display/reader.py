"""Reads the hall on a thread of its own and tells the GUI: the only part of the board that waits for anything.

Woken by the hall's bell; a look a second besides makes a lost ring good and sees midnight come.
"""

from __future__ import annotations

import contextlib
import select
import socket
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta

from PySide6.QtCore import QObject, Signal

from display.clock import Clock
from hall import Fault, Hall, Refusal
from hall.bell import Listener
from hall.board import Board
from hall.devices import Pulse
from hall.face import Choice, Face
from hall.look import describe, read

SECOND = 1.0
"""Between looks without a bell, between attempts to reach a hall that is gone, and between two descriptions of it."""
BUSY = 5.0
"""Between two descriptions of a hall in which something happens at every look."""


class Reader(QObject):
    """Emits from its thread; receivers in the GUI thread get it queued."""

    known = Signal(object)
    """Face: the hall as it is described, before the first board and whenever it changes."""
    seen = Signal(object)
    """Board: whenever it differs from the last one; every call since that one is in it."""
    alive = Signal()
    """The queue was read and nothing was new."""
    lost = Signal(object)
    """Fault or Refusal: the queue cannot be read; a second later the reader tries again."""
    ended = Signal()
    """The thread is over: stopped, or broken by a bug."""

    def __init__(
        self,
        open_hall: Callable[[], Hall],
        zones: Sequence[str],
        choice: Choice,
        first: timedelta,
        clock: Clock,
        also: Callable[[Hall], None] | None = None,
        pulse: Pulse | None = None,
    ) -> None:
        """A first look tells of every call not older than `first`. `also` is given the hall after each look, once the
        board is on its way; `pulse` says in between that the board is there.
        """
        super().__init__()
        self._pulse = pulse
        self._also = also
        self._open = open_hall
        self._zones = zones
        self._choice = choice
        self._first = first
        self._clock = clock
        self._stopped, self._stopper = socket.socketpair()
        self._face: Face | None = None
        self._last: Board | None = None
        self._described = 0.0
        self._thread = threading.Thread(target=self._run, name="reader", daemon=True)

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def stop(self, patience: float = 2.0) -> None:
        """End the thread; one that waits for a locked queue is left behind."""
        with contextlib.suppress(OSError):
            self._stopper.send(b"!")
        self._thread.join(patience)
        if not self._thread.is_alive():
            self._stopper.close()
            self._stopped.close()

    def _run(self) -> None:
        try:
            while True:
                try:
                    with self._open() as hall, hall.listen() as bell:
                        self._watch(hall, bell)
                        return
                except (Fault, Refusal) as error:
                    self.lost.emit(error)
                    if self._wait():
                        return
        finally:
            self.ended.emit()

    def _watch(self, hall: Hall, bell: Listener) -> None:
        self._look(hall)
        while not self._wait(bell):
            bell.clear()  # before reading: what rings from here on is news
            self._look(hall)

    def _wait(self, *bells: Listener) -> bool:
        """Until a bell rings or a second is over; whether to stop."""
        handles = [self._stopped.fileno(), *(bell.fileno() for bell in bells)]
        ready, _, _ = select.select(handles, [], [], self._clock.real(SECOND))
        return handles[0] in ready

    def _look(self, hall: Hall) -> None:
        board = read(hall, self._zones, self._last, self._first)
        if self._face is None:
            self._describe(hall)
        news = self._last is None or (board.sequence, board.calls) != (self._last.sequence, self._last.calls)
        turned = self._last is not None and board.revision != self._last.revision
        if news:
            self._last = board
            self.seen.emit(board)
        else:
            self.alive.emit()
        if self._also:
            self._also(hall)
        # Rather not right after a call: the frame needs the core now.
        if turned or self._clock.tick() - self._described >= (BUSY if news else SECOND):
            self._describe(hall)
        if self._pulse and not news:
            self._pulse.beat(hall)

    def _describe(self, hall: Hall) -> None:
        self._described = self._clock.tick()
        face = describe(hall, self._zones, self._choice)
        if face != self._face:
            self._face = face
            self.known.emit(face)
