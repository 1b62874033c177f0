"""What a call-board shows and for how long: pure rules from (hall's board, time, what was shown) to a stage.

Knows no screen, no sizes and no words. A call is recognised by the sequence of its event, so a recall is a new call.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from hall.board import Board, BoardCall


@dataclass(frozen=True, slots=True)
class Rules:
    """How a board behaves."""

    hold: float = 8.0
    """Seconds a new call is lit, at the least."""
    replay: timedelta = timedelta(seconds=60)
    """A call first seen when it is older than this is listed, neither lit nor announced."""
    room: int = 3
    """How many calls may share the stage."""
    listed: int = 8
    """How many calls the list has room for."""

    @property
    def first(self) -> timedelta:
        """The `replay` of a board that starts: it cannot know what was lit before, so only what would still be lit."""
        return min(self.replay, timedelta(seconds=self.hold))


@dataclass(frozen=True, slots=True)
class Held:
    """A call in its place. It is lit until the tick `until`."""

    call: BoardCall
    until: float


@dataclass(frozen=True, slots=True)
class Stage:
    """What is shown now, and what must be remembered to show the next thing."""

    held: tuple[Held, ...] = ()
    """On the stage, newest first."""
    marked: tuple[Held, ...] = ()
    """Lit in the list, oldest first: the stage was full when they came."""
    lit: frozenset[int] = frozenset()
    """Sequences of the calls that are still in their time, on the stage or in the list."""
    recent: tuple[BoardCall, ...] = ()
    """In the list, newest first; never what is on the stage."""
    queue: tuple[BoardCall, ...] = ()
    """Wait until a place is free, in order: stage and list are full of lit calls."""
    passed: tuple[int, ...] = ()
    """Sequences that were taken in and will never be seen: they came too late, or were overtaken."""
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
    """The next stage. `now` (aware) tells how old calls are; `tick` (monotonic seconds) how long they were lit.

    Of a ticket called twice between two looks the board knows only the newer call: the older one is never shown.
    Each new call is lit for the whole hold: on the stage if it has a free place, otherwise in the list, from where it
    moves up as soon as the stage has one. Only while stage and list are full of lit calls does a call wait, in order.
    A board that starts begins with the newest call and only lists those whose time is over, since it cannot know which
    were seen.
    Who waits, or is lit in the list, while the same counter calls somebody else has been served, and moves up no more.
    Calls whose time is over stay on the stage while others are in theirs and nobody needs the place, so that a burst
    does not make the board jump; when all are over the newest call alone remains, unlit.
    """
    if board.sequence < stage.sequence:  # the journal ran backwards: another queue, or one restored from a backup
        stage = Stage()
    new = sorted((call for call in board.calls if call.sequence > stage.seen), key=_sequence)
    again = {call.ticket for call in new}
    known = (*(held.call for held in (*stage.held, *stage.marked)), *stage.queue, *board.calls)
    newest: dict[str, int] = {}
    for call in known:
        newest[call.counter] = max(call.sequence, newest.get(call.counter, 0))
    there = {call.sequence for call in board.calls}
    oldest = min(there, default=0)

    def is_wanted(call: BoardCall) -> bool:
        return call.ticket not in again and call.sequence == newest[call.counter]

    queue = [call for call in stage.queue if is_wanted(call) and (call.sequence in there or call.sequence < oldest)]
    replay = rules.replay if stage.sequence else rules.first
    queue += [call for call in new if now - call.called_at <= replay and call.sequence == newest[call.counter]]
    if not stage.sequence:
        queue.reverse()
    before = [held for held in stage.held if held.call.ticket not in again]
    lit = [held for held in before if tick < held.until]
    marked = [held for held in stage.marked if held.call.ticket not in again and tick < held.until]
    free = max(0, rules.room - len(lit))
    came = [held.call for held in stage.marked if is_wanted(held.call)]
    placed = [Held(call, tick + rules.hold) for call in (*came, *queue)[:free]]
    moved = {held.call.sequence for held in placed}
    marked = [held for held in marked if held.call.sequence not in moved]
    queue = [call for call in queue if call.sequence not in moved]
    places = max(0, rules.listed - len(marked))
    marked += [Held(call, tick + rules.hold) for call in queue[:places]]
    queue = queue[places:]
    over = [held for held in before if tick >= held.until and held.call.sequence in there and is_wanted(held.call)]
    resting = over[: free - len(placed)] if lit else []
    if not (lit or placed):
        listed = {held.call.ticket for held in marked}
        resting = [Held(call, tick) for call in board.calls if call.ticket not in listed][:1]
    lit += placed
    held = tuple(sorted(lit + resting, key=lambda held: -held.call.sequence))
    recent = _listed(board, held, marked, queue, rules.listed)
    now_lit = frozenset(held.call.sequence for held in (*lit, *marked))
    visible = {held.call.sequence for held in held} | {call.sequence for call in recent}
    waiting = {call.sequence for call in queue}
    return Stage(
        held=held,
        marked=tuple(marked),
        lit=now_lit,
        recent=recent,
        queue=tuple(queue),
        passed=tuple(sorted({call.sequence for call in (*stage.queue, *new)} - visible - waiting)),
        seen=max([stage.seen, *(call.sequence for call in new)]),
        sequence=board.sequence,
        wake=min((held.until for held in (*lit, *marked)), default=None),
    )


def _listed(
    board: Board, held: tuple[Held, ...], marked: list[Held], queue: list[BoardCall], most: int
) -> tuple[BoardCall, ...]:
    """Those lit in the list, and of the others as many of the newest as fit."""
    elsewhere = {one.call.ticket for one in held} | {one.call.ticket for one in marked}
    elsewhere |= {call.ticket for call in queue}
    others = [call for call in board.calls if call.ticket not in elsewhere]
    listed = [one.call for one in marked] + others[: most - len(marked)]
    return tuple(sorted(listed, key=_sequence, reverse=True))


def _sequence(call: BoardCall) -> int:
    return call.sequence
