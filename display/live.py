"""A board at work: the reader's news and the clock come in, views go out; the rules are the hall's."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from display.clock import Clock
from display.loudspeaker import Sound
from display.playlist import Playlist
from display.reader import Reader
from display.start import stranger
from display.window import BoardWindow
from hall import Fault, Refusal
from hall.board import Board
from hall.face import STALE, Choice, Face, derive, health, turns_in
from hall.stage import Rules, Stage, advance

LASTING = frozenset({"database_foreign", "database_newer", "unknown_engine"})
"""Faults that no waiting heals."""


class LiveBoard(QObject):
    """Lives on the GUI thread. The reader's word once a second, good or bad, also moves the clock on."""

    stillborn = Signal(object)
    """Fault or Refusal: the hall could not be read at the very start, and never will be by waiting."""
    broken = Signal()
    """The reader ended by itself, by a bug of ours."""

    heard = Signal(object)
    """Sound: whether the hall can hear this board; emitted by the loudspeaker, from its thread."""

    def __init__(
        self,
        reader: Reader,
        window: BoardWindow,
        rules: Rules,
        choice: Choice,
        clock: Clock,
        playlist: Playlist | None = None,
    ) -> None:
        super().__init__()
        self.sound = Sound.WORKS
        self._window = window
        self._rules = rules
        self._choice = choice
        self._clock = clock
        self._playlist = playlist or Playlist(None, clock)
        window.window.unreadable.connect(self._playlist.refuse)  # type: ignore[attr-defined]
        self._face = stranger(clock.now())
        self._board: Board | None = None
        self._stage = Stage()
        self._read_at: datetime | None = None
        self._failed = False
        self._opened = False
        self._complained = ""
        """The sentence of the fault that lasts until somebody mends it, once it is told."""
        self._hold = self._timer(self._turn)
        self._silence = self._timer(self._show)
        self._page = self._timer(self._show)
        reader.known.connect(self._described)
        reader.seen.connect(self._came)
        reader.alive.connect(self._heard)
        reader.lost.connect(self._missed)
        reader.ended.connect(self.broken)
        self.heard.connect(self._sounds)

    def fit(self, rules: Rules, choice: Choice) -> None:
        """The screen is another now: other room for calls and lines."""
        self._rules, self._choice = rules, choice
        self._turn()

    def _described(self, face: Face) -> None:
        self._face = face
        if self._board is not None:
            self._show()

    def _came(self, board: Board) -> None:
        self._board = board
        self._is_fresh()
        self._turn()
        self._open()

    def _heard(self) -> None:
        self._is_fresh()
        self._show()

    def _is_fresh(self) -> None:
        self._failed = False
        self._complained = ""
        self._read_at = self._clock.now()
        self._after(self._silence, STALE.total_seconds())

    def _missed(self, error: Fault | Refusal) -> None:
        if isinstance(error, Refusal) or error.code in LASTING:
            if not self._opened:
                self.stillborn.emit(error)
                return
            self._complain(str(error))
        self._failed = True
        self._show()
        self._open()

    def _open(self) -> None:
        self._opened = True
        self._window.open()

    def _complain(self, sentence: str) -> None:
        if sentence != self._complained:
            self._complained = sentence
            sys.stderr.write(f"{sentence}\n")
            sys.stderr.flush()

    def _sounds(self, sound: Sound) -> None:
        self.sound = sound
        self._show()

    def _turn(self) -> None:
        """Move the stage on: a board came, or a hold is over."""
        if self._board is None:
            return
        self._stage = advance(self._stage, self._board, self._clock.now(), self._clock.tick(), self._rules)
        self._show()
        if self._stage.wake is not None:
            self._after(self._hold, self._stage.wake - self._clock.tick())

    def _show(self) -> None:
        now = self._clock.now()
        state = health(now, self._read_at, failed=self._failed)
        choice = replace(self._choice, pictures=self._playlist.pictures())
        unheard = self.sound is not Sound.WORKS
        view = derive(self._face, self._stage, now, self._read_at, state, choice, unheard=unheard)
        self._window.show(view, self._stage)
        self._after(self._page, turns_in(now, self._choice.turn))

    def _timer(self, due: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(due)
        return timer

    def _after(self, timer: QTimer, seconds: float) -> None:
        timer.start(self._clock.milliseconds(max(0.0, seconds)) + 1)
