"""What the board shows and for how long: pure rules from (hall's board, time, what was shown) to a stage.

Knows no Qt, no sizes and no words. A call is recognised by the sequence of its event, so a recall is a new call.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from hall.board import Board, BoardCall


@dataclass(frozen=True, slots=True)
class Rules:
    """How a board behaves."""

    hold: float = 8.0
    """Seconds a new call is lit on the stage, at the least."""
    replay: timedelta = timedelta(seconds=60)
    """A call first seen when it is older than this is listed, neither lit nor chimed."""
    room: int = 3
    """How many calls may share the stage."""
    listed: int = 5
    """How many recent calls the list has room for."""


@dataclass(frozen=True, slots=True)
class Held:
    """A call on the stage. It is lit until the tick `until`."""

    call: BoardCall
    until: float


@dataclass(frozen=True, slots=True)
class Stage:
    """What is shown now, and what must be remembered to show the next thing."""

    held: tuple[Held, ...] = ()
    """On the stage, newest first."""
    lit: frozenset[int] = frozenset()
    """Sequences of the calls on the stage that are still in their time."""
    recent: tuple[BoardCall, ...] = ()
    """In the list, newest first; never what is on the stage."""
    queue: tuple[BoardCall, ...] = ()
    """Wait for a place on the stage, oldest first; they stand in the list meanwhile."""
    arrived: tuple[int, ...] = ()
    """Sequences that came on the stage in this very step: one chime for them together."""
    seen: int = 0
    """The newest call taken in."""
    sequence: int = 0
    """The hall's last event when this stage was made."""
    wake: float | None = None
    """The tick at which something changes by itself."""

    @property
    def shown(self) -> frozenset[int]:
        """Sequences of every call a visitor can see."""
        return frozenset(held.call.sequence for held in self.held) | {call.sequence for call in self.recent}


def advance(stage: Stage, board: Board, now: datetime, tick: float, rules: Rules) -> Stage:
    """The next stage. `now` (aware) tells how old calls are; `tick` (monotonic seconds) how long they were held.

    A new call takes a free place, or waits in order until one is free: none is shorter on the stage than the hold.
    Who waits for a place while the same counter calls somebody else has been served: that call stays in the list only,
    so no more than one call a counter ever waits.
    Calls whose time is over stay while others are in theirs and nobody needs the place, so that a burst does not make
    the board jump; when all are over the newest call alone remains, unlit.
    """
    if board.sequence < stage.sequence:  # the journal ran backwards: another queue, or one restored from a backup
        stage = Stage()
    new = sorted((call for call in board.calls if call.sequence > stage.seen), key=_sequence)
    again = {call.ticket for call in new}
    queue = [call for call in stage.queue if call.ticket not in again]
    queue += [call for call in new if now - call.called_at <= rules.replay]
    latest = {call.counter: call.sequence for call in (*queue, *new)}
    queue = [call for call in queue if call.sequence >= latest[call.counter]]
    before = [held for held in stage.held if held.call.ticket not in again]
    lit = [held for held in before if tick < held.until]
    free = max(0, rules.room - len(lit))
    placed = [Held(call, tick + rules.hold) for call in queue[:free]]
    queue = queue[free:]
    there = {call.sequence for call in board.calls}
    over = [held for held in before if tick >= held.until and held.call.sequence in there]
    valid = [held for held in over if held.call.sequence >= latest.get(held.call.counter, 0)]
    resting = valid[: free - len(placed)] if lit else []
    if not (lit or placed):
        resting = [Held(call, tick) for call in board.calls[:1]]
    lit += placed
    held = tuple(sorted(lit + resting, key=lambda held: -held.call.sequence))
    return Stage(
        held=held,
        lit=frozenset(held.call.sequence for held in lit),
        recent=_listed(board, queue, held)[: rules.listed],
        queue=tuple(queue),
        arrived=tuple(held.call.sequence for held in placed),
        seen=max([stage.seen, *(call.sequence for call in new)]),
        sequence=board.sequence,
        wake=min((held.until for held in lit), default=None),
    )


def _listed(board: Board, queue: list[BoardCall], held: tuple[Held, ...]) -> tuple[BoardCall, ...]:
    on_stage = {held.call.ticket for held in held}
    known = {call.sequence: call for call in (*board.calls, *queue) if call.ticket not in on_stage}
    return tuple(known[sequence] for sequence in sorted(known, reverse=True))


def _sequence(call: BoardCall) -> int:
    return call.sequence
