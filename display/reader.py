"""Reads the hall on a thread of its own and tells the GUI: the only part of the board that waits for anything.

Woken by the hall's bell; a look a second besides makes a lost ring good and sees midnight come.
"""

from __future__ import annotations

import contextlib
import select
import socket
import threading
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from display.views import UNKNOWN, Face
from hall import Fault, Hall, Refusal
from hall.bell import Listener
from hall.board import LENGTH, Board, BoardCall
from hall.tickets import Deed

SECOND = 1.0
"""Between looks without a bell, and between attempts to reach a hall that is gone."""
CALLS = frozenset({Deed.CALL, Deed.RECALL, Deed.RESUME})
"""Events that bring a visitor to a counter."""
BACKLOG = 500
"""How far back in the journal a starting board looks for calls that did not fit on the hall's board."""


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
        self, open_hall: Callable[[], Hall], zone: str | None, also: Callable[[Hall], None] | None = None
    ) -> None:
        """`also` is given the hall after each look, once the board is on its way."""
        super().__init__()
        self._also = also
        self._open = open_hall
        self._zone = zone
        self._stopped, self._stopper = socket.socketpair()
        self._face: Face | None = None
        self._last: Board | None = None
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
        ready, _, _ = select.select(handles, [], [], SECOND)
        return handles[0] in ready

    def _look(self, hall: Hall) -> None:
        board = read(hall, self._zone, self._last)
        if self._face is None:
            self._describe(hall)
        if self._last is None or (board.sequence, board.calls) != (self._last.sequence, self._last.calls):
            self._last = board
            self.seen.emit(board)
            self._describe(hall)
        else:
            self.alive.emit()
        if self._also:
            self._also(hall)

    def _describe(self, hall: Hall) -> None:
        face = describe(hall, self._zone)
        if face != self._face:
            self._face = face
            self.known.emit(face)


def describe(hall: Hall, zone: str | None) -> Face:
    """The hall's names; a hall with no catalogue has none yet."""
    try:
        catalogue = hall.catalogue
    except Refusal:
        return UNKNOWN
    if zone and zone not in catalogue.zones:
        raise Refusal("unknown_zone", zone=zone)
    return Face(
        name=catalogue.name,
        agencies={agency.code: agency.name for agency in catalogue.agencies},
        languages=catalogue.languages,
        timezone=catalogue.timezone,
        zone=catalogue.zones[zone].name if zone else None,
    )


def read(hall: Hall, zone: str | None, last: Board | None = None) -> Board:
    """The hall's board, with the calls since the last one that no longer fit on it out of the journal.

    Fault; Refusal unknown_zone. A hall with no catalogue has called nobody.
    """
    try:
        board = hall.board(zone)
    except Refusal as refusal:
        if refusal.code != "no_catalogue":
            raise
        return Board(hall.sequence(), hall.now(), ())
    after = last.sequence if last and last.sequence <= board.sequence else max(0, board.sequence - BACKLOG)
    if len(board.calls) < LENGTH or board.calls[-1].sequence <= after:
        return board
    return replace(board, calls=board.calls + _missed(hall, zone, after, board))


def _missed(hall: Hall, zone: str | None, after: int, board: Board) -> tuple[BoardCall, ...]:
    counters = hall.catalogue.counters
    calls = {call.ticket: call for call in board.calls}
    missed = []
    for event in reversed(hall.events(after)):
        if event.kind not in CALLS or event.ticket is None or event.ticket in calls or event.sequence > board.sequence:
            continue
        counter = event.counter or ""
        area = counters[counter].zone if counter in counters else ""
        if zone is not None and area != zone:
            continue
        agency = (event.service or "").partition(".")[0]
        call = BoardCall(event.sequence, event.ticket, event.number or "", counter, area, agency, event.at, 1)
        calls[event.ticket] = call
        missed.append(call)
    return tuple(missed)
