"""The clerk: the one thread that owns the hall. Every look at it and every act on it happens here, never while drawing.

Woken by the hall's bell and by the window's orders; once a second it makes sure that no ring was missed.
"""

from __future__ import annotations

import select
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from hall import Fault, Hall, Refusal
from hall.bell import Listener
from hall.devices import Pulse
from hall.logo import Logo
from kiosk.logo import ready
from kiosk.look import Watch
from kiosk.pages import Slip, Wish

RETRY = 2.0
"""Seconds between attempts to reach a hall that is lost."""
SAFETY_NET = 1.0
"""Seconds after which the hall is looked at even if the bell is silent."""
GAP = 0.25
"""Seconds between two looks, however often the bell rings: a busy hall must not keep the kiosk busy."""


@dataclass(frozen=True)
class Order:
    """A ticket the visitor wants, and in which language and letters."""

    wish: Wish
    language: str
    large: bool = False


@dataclass(frozen=True)
class TestPage:
    """A technician wants to see the printer print."""


class Clerk(QObject):
    """Signals come out of the clerk's thread: receivers must be QObjects, so that Qt carries them over."""

    dressed = Signal(QImage)
    """The logo of the Looks to come."""
    looked = Signal(object)
    """A Look."""
    found = Signal()
    """The hall answers (again); a Look came before."""
    lost = Signal(object)
    """The Fault, or the Refusal (no catalogue yet), for which the hall cannot be used."""
    issued = Signal(str, object)
    """Request, Ticket."""
    refused = Signal(str, object)
    """Request, Refusal."""
    slip_told = Signal(int, str)
    """Ticket id, Slip."""
    tested = Signal(str)
    """JobState of the test page, once that is known."""
    stopped = Signal()
    """The thread has ended, asked or not."""

    def __init__(
        self, open_hall: Callable[[], Hall], printer: str | None, spare: str | None = None, pulse: Pulse | None = None
    ) -> None:
        super().__init__()
        self._pulse = pulse
        self._open_hall = open_hall
        self._printer = printer
        self._spare = spare
        self._orders: deque[Order | TestPage] = deque()
        self._watched: int | None = None
        self._testing: int | None = None
        self._ending = False
        self._waker, self._woken = socket.socketpair()
        self._woken.setblocking(False)
        self._thread = threading.Thread(target=self._run, name="clerk", daemon=True)

    def start(self) -> None:
        """Go to the hall."""
        self._thread.start()

    def issue(self, order: Order) -> None:
        """Ask for a ticket; `issued`, `refused` or `lost` answers."""
        self._orders.append(order)
        self._waker.send(b"!")

    def test(self) -> None:
        """Ask for a test page; `tested`, `refused` or `lost` answers."""
        self._orders.append(TestPage())
        self._waker.send(b"!")

    def stop(self) -> None:
        """Leave the hall, and wait until it is left."""
        self._ending = True
        self._waker.send(b"!")
        if self._thread.ident is not None:
            self._thread.join()
        self._waker.close()
        self._woken.close()

    def _run(self) -> None:
        try:
            while not self._ending:
                try:
                    with self._open_hall() as hall, hall.listen() as bell:
                        self._attend(hall, bell)
                except (Fault, Refusal) as trouble:
                    self._orders.clear()  # the window asks again, with the same request, once the hall is found
                    self.lost.emit(trouble)
                    self._wait([], RETRY)
        finally:
            self.stopped.emit()

    def _attend(self, hall: Hall, bell: Listener) -> None:
        seen: tuple[int, int] | None = None
        looked_at = 0.0
        watch = Watch(hall, self._printer)
        worn: Logo | None = None
        while not self._ending:
            while self._orders:
                match self._orders.popleft():
                    case Order() as order:
                        self._issue(hall, order)
                    case TestPage():
                        self._testing = hall.test_printer(self._printer or "main").id
            now = (hall.sequence(), hall.now().minute)
            due = looked_at + GAP - time.monotonic()
            if now != seen:
                self._tell_slip(hall)
                self._tell_test(hall)
                if due <= 0:
                    look = watch.look()
                    if look.logo is not None and look.logo is not worn:
                        worn = look.logo
                        self.dressed.emit(ready(worn.picture))
                    self.looked.emit(look)
                    if seen is None:
                        self.found.emit()
                    seen, looked_at = now, time.monotonic()
            if self._pulse:
                self._pulse.beat(hall)
            self._wait([bell], due if now != seen else SAFETY_NET)
            bell.clear()

    def _issue(self, hall: Hall, order: Order) -> None:
        wish = order.wish
        act = partial(hall.check_in, wish.booking) if wish.booking else partial(hall.issue, wish.service)
        try:
            ticket = act(
                language=order.language,
                priority=wish.priority,
                request_id=wish.request,
                printer=self._printer,
                spare=self._spare,
                large=order.large,
            )
        except Refusal as refusal:
            self.refused.emit(wish.request, refusal)
            return
        self._watched = ticket.id if self._printer is not None else None
        self.issued.emit(wish.request, ticket)

    def _tell_slip(self, hall: Hall) -> None:
        if self._watched is None:
            return
        job = hall.slip(self._watched)
        if job is not None and job.came is not None:
            self.slip_told.emit(self._watched, Slip.READY if job.came else Slip.FAILED)
            self._watched = None

    def _tell_test(self, hall: Hall) -> None:
        if self._testing is None:
            return
        job = hall.job(self._testing)
        if job.came is not None:
            self.tested.emit(job.state.value)
            self._testing = None

    def _wait(self, listened: list[Listener], seconds: float) -> None:
        listening = [one.fileno() for one in listened]
        woken, _, _ = select.select([*listening, self._woken.fileno()], [], [], max(0.0, seconds))
        if self._woken.fileno() in woken:
            self._woken.recv(4096)
