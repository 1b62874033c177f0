"""A board at work: the reader's news and the clock come in, views go out; `stage` decides what is shown."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from display.loudspeaker import Sound
from display.reader import Reader
from display.stage import Rules, Stage, advance
from display.views import UNKNOWN, derive
from display.window import BoardWindow
from hall import Fault, Refusal
from hall.board import Board

STALE = 5.0
"""Seconds without a word of the reader after which the board calls itself lost: the queue may be locked."""


class LiveBoard(QObject):
    """Lives on the GUI thread. The reader's word once a second, good or bad, also moves the clock on."""

    stillborn = Signal(object)
    """Fault or Refusal: the hall could not be read even once."""
    broken = Signal()
    """The reader ended by itself, by a bug of ours."""

    heard = Signal(object)
    """Sound: whether the hall can hear this board; emitted by the loudspeaker, from its thread."""

    def __init__(self, reader: Reader, window: BoardWindow, rules: Rules) -> None:
        super().__init__()
        self.sound = Sound.WORKS
        self._window = window
        self._rules = rules
        self._face = UNKNOWN
        self._board: Board | None = None
        self._stage = Stage()
        self._read_at: datetime | None = None
        self._lost = False
        self._hold = self._timer(self._turn)
        self._silence = self._timer(self._gone)
        reader.known.connect(self._described)
        reader.seen.connect(self._came)
        reader.alive.connect(self._heard)
        reader.lost.connect(self._failed)
        reader.ended.connect(self._ended)
        self.heard.connect(self._sounds)

    def _described(self, face: object) -> None:
        self._face = face  # type: ignore[assignment]
        if self._board is not None:
            self._show()

    def _came(self, board: Board) -> None:
        first = self._board is None
        self._board = board
        self._is_fresh()
        self._turn()
        if first:
            self._window.open()

    def _heard(self) -> None:
        self._is_fresh()
        self._show()

    def _is_fresh(self) -> None:
        self._lost = False
        self._read_at = datetime.now(UTC)
        self._after(self._silence, STALE)

    def _failed(self, error: Fault | Refusal) -> None:
        if self._board is None:
            self.stillborn.emit(error)
        else:
            self._gone()

    def _ended(self) -> None:
        self.broken.emit()

    def _gone(self) -> None:
        self._lost = True
        self._show()

    def _sounds(self, sound: Sound) -> None:
        self.sound = sound
        self._show()

    def _turn(self) -> None:
        """Move the stage on: a board came, or a hold is over."""
        if self._board is None:
            return
        self._stage = advance(self._stage, self._board, self._board.at, time.monotonic(), self._rules)
        self._show()
        if self._stage.wake is not None:
            self._after(self._hold, self._stage.wake - time.monotonic())

    def _show(self) -> None:
        view = derive(self._face, self._stage, datetime.now(UTC), self._read_at, self._lost)
        self._window.show(view, self._stage.shown)

    def _timer(self, due: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(due)
        return timer

    def _after(self, timer: QTimer, seconds: float) -> None:
        timer.start(max(0, int(seconds * 1000)) + 1)
