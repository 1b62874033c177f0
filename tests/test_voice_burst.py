"""Forty calls in ten seconds at forty counters, in a real hall: what was shown and what was said, call by call.

Time is simulated; how long each announcement takes is measured on its real sound.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from assets import sounds
from assets.voice.phrases import announcement
from assets.voice.player import TAIL
from assets.voice.speech import Speech
from display.announcements import (
    Announcements,
    Call,
    Decision,
    Form,
    News,
    Rules,
    Saying,
    Why,
    heard,
    spoken,
    upcoming,
)
from display.hearing import CALLS, Hearing
from display.loudspeaker import GAP
from hall import Hall, stage
from hall.board import Board
from hall.journal import Event
from hall.look import read
from hall.stage import Stage, advance
from tests.halls import SMALL, Clock, opened

COUNTERS = 40
BURST = timedelta(seconds=10)
START = datetime(2026, 1, 1, tzinfo=UTC)
"""Where the board's ticks begin."""
SHOWN = stage.Rules(room=2, listed=6)
"""Of a board on a 55 inch screen, ten metres away."""
HOLD = timedelta(seconds=SHOWN.hold)


def catalogue() -> str:
    """The small hall with forty counters."""
    described = SMALL.partition("[[counter]]")[0]
    return described + "".join(
        f'[[counter]]\ncode = "{code}"\nzone = "a"\noffers = ["civil.card", "tax", "civil.birth"]\n\n'
        for code in range(1, COUNTERS + 1)
    )


class Scene:
    """A hall, its journal's reader, and a loudspeaker that takes as long as the real sound."""

    def __init__(self, hall: Hall, clock: Clock, speech: Speech, rules: Rules) -> None:
        self.hall = hall
        self.clock = clock
        self.rules = rules
        self.state = Announcements()
        self.decisions: list[Decision] = []
        self.said: list[tuple[datetime, datetime, Saying]] = []
        self.hearing = Hearing((), self._hear)
        self.plan: list[tuple[datetime, str, str]] = []
        """What staff will do: when, what, at which counter."""
        self.stage = Stage()
        self.board: Board | None = None
        self.lit: dict[int, tuple[datetime, datetime]] = {}
        """From when to when each call was lit, by its sequence."""
        self.shown: dict[int, datetime] = {}
        """When each call was first seen, lit or not."""
        self._look()

        @cache
        def length(number: str, counter: str, language: str, form: Form, part: int) -> timedelta:
            words = announcement(number, counter, language, short=form is Form.SHORT)
            chime = 0.0 if part else sounds.SECONDS
            return timedelta(seconds=chime + GAP + len(speech.sound(words, language)) / sounds.RATE + TAIL)

        self._length = length

    def run(self) -> None:
        """Until everything planned is done and everything is said."""
        while True:
            self._until(self.clock.now)
            state, saying = upcoming(self.state, self.clock.now, self.rules, quiet=False)
            self._keep(state)
            if saying is not None:
                begun = self.clock.now
                call = saying.call
                over = begun + self._length(call.number, call.counter, saying.language, saying.form, saying.part)
                self._until(over)
                self.said.append((begun, over, saying))
                self._keep(spoken(self.state, saying.language, saying.form))
            elif self.plan:
                self._until(self.plan[0][0])
            else:
                return

    def _until(self, moment: datetime) -> None:
        while self.plan and self.plan[0][0] <= moment:
            due, act, counter = self.plan.pop(0)
            self._live(due)
            if act == "call":
                assert self.hall.call_next(counter) is not None
            elif (held := self.hall.in_hand(counter)) is not None:
                self.hall.serve(held.id)
            self.hearing(self.hall)
            self._look()
        self._live(moment)

    def _live(self, moment: datetime) -> None:
        """Let time pass for the board: it looks whenever a call's time is over."""
        while self.stage.wake is not None and (wake := START + timedelta(seconds=self.stage.wake)) <= moment:
            self.clock.now = wake
            self._look()
        self.clock.now = moment

    def _look(self) -> None:
        """What the board shows now."""
        now = self.clock.now
        self.board = read(self.hall, (), self.board, SHOWN.first)
        self.stage = advance(self.stage, self.board, now, (now - START).total_seconds(), SHOWN)
        for sequence in self.stage.lit:
            self.lit.setdefault(sequence, (now, now))
        for sequence, (begun, over) in self.lit.items():
            if over == begun and sequence not in self.stage.lit:
                self.lit[sequence] = (begun, now)
        for sequence in self.stage.shown:
            self.shown.setdefault(sequence, now)

    def _hear(self, news: list[News]) -> None:
        self._keep(heard(self.state, news, self.clock.now))

    def _keep(self, state: Announcements) -> None:
        self.state = state
        self.decisions += state.decided


@pytest.fixture(scope="module")
def speech() -> Iterator[Speech]:
    speech = Speech()
    yield speech
    speech.engine.close()


@pytest.fixture
def scene(tmp_path: Path, clock: Clock, speech: Speech, request: pytest.FixtureRequest) -> Iterator[Scene]:
    with opened(tmp_path, clock, catalogue(), always_open=True) as hall:
        for place in range(COUNTERS):
            hall.issue("civil.card", language=("id", "en")[place % 2], printer=None)
        yield Scene(hall, clock, speech, Rules(times=2))


def test_each_of_forty_calls_in_ten_seconds_is_shown_in_its_time_and_said_or_degraded_by_the_rule(
    scene: Scene,
) -> None:
    start = scene.clock.now
    scene.plan = [(start + BURST * place / COUNTERS, "call", str(place + 1)) for place in range(COUNTERS)]
    scene.plan += [(start + timedelta(seconds=30), "serve", str(code)) for code in (20, 21, 22)]
    scene.run()
    log = {decision.call.sequence: decision for decision in scene.decisions}
    journal = {event.sequence: event for event in scene.hall.events() if event.kind in CALLS}
    assert len(journal) == len(scene.decisions) == COUNTERS
    assert log.keys() == journal.keys()
    for sequence, decision in log.items():
        event = journal[sequence]
        assert (decision.call.number, decision.call.counter, decision.call.at) == (
            event.number,
            event.counter,
            event.at,
        )
        assert decision.call.languages[0] == scene.hall.ticket(decision.call.ticket).language
    _never_overlapping_and_in_order(scene)
    for decision in scene.decisions:
        _by_the_rule(scene, decision)
    whys = [decision.why for decision in scene.decisions]
    assert whys.count(Why.OVER) == 3
    assert set(whys) >= {Why.SHORTENED, Why.TOO_OLD, Why.OVER}
    assert sum(bool(decision.said) for decision in scene.decisions) >= 10, "as many as a minute has room for"
    _shown_by_the_rule(scene, journal)


def _shown_by_the_rule(scene: Scene, journal: Mapping[int, Event]) -> None:
    """Each call was lit for its whole time, in order, at once while there was a place and otherwise as the next."""
    scene._live(scene.clock.now + timedelta(minutes=2))
    places = SHOWN.room + SHOWN.listed
    for sequence, event in journal.items():
        begun, over = scene.lit[sequence]
        assert over - begun >= HOLD, f"call {sequence} flashed past"
        assert scene.shown[sequence] == begun
        ahead = sum(one < sequence and scene.lit[one][1] > event.at for one in journal)
        # One that moves up on the stage has its time there once more.
        assert begun - event.at <= 2 * HOLD * (ahead // places)
    assert sorted(journal, key=lambda sequence: (scene.lit[sequence][0], sequence)) == sorted(journal)
    for begun, _ in scene.lit.values():
        assert sum(one[0] <= begun < one[1] for one in scene.lit.values()) <= places


def _never_overlapping_and_in_order(scene: Scene) -> None:
    for (_, over, before), (begun, _, after) in zip(scene.said, scene.said[1:], strict=False):
        assert over <= begun
        assert before.call.sequence <= after.call.sequence


def _by_the_rule(scene: Scene, decision: Decision) -> None:
    """What a person would work out from the calls and the sayings alone."""
    said = [(begun, over, saying) for begun, over, saying in scene.said if saying.call == decision.call]
    assert [(saying.language, saying.form) for _, _, saying in said] == list(decision.said)
    if not said:
        assert decision.why in {Why.TOO_OLD, Why.OVER}
        assert (decision.why is Why.TOO_OLD) == (decision.at - decision.call.at > timedelta(seconds=60))
        return
    begun, _, first = said[0]
    assert begun - decision.call.at <= timedelta(seconds=60)
    assert (first.form is Form.SHORT) == (_waiting(scene, begun, decision.call) >= 4)
    if first.form is Form.FULL:
        backlog = _waiting(scene, said[-1][1], decision.call)
        whole = len(decision.call.languages) * 2
        assert len(said) == whole or backlog >= (2 if len(said) < len(decision.call.languages) else 1)


def _waiting(scene: Scene, moment: datetime, besides: Call) -> int:
    """How many other calls had been made by then and had neither begun nor been dropped."""
    return sum(
        decision.call.at <= moment
        and decision.call.sequence > besides.sequence
        and not (decision.began is None and decision.at <= moment)
        for decision in scene.decisions
    )


def test_in_a_usual_hour_every_call_is_said_whole_or_nearly(scene: Scene) -> None:
    """Forty counters at eight minutes a visitor are five calls a minute; here they come in clumps of two."""
    start = scene.clock.now
    scene.plan = [(start + timedelta(seconds=24 * (place // 2)), "call", str(place + 1)) for place in range(COUNTERS)]
    scene.run()
    assert len(scene.decisions) == COUNTERS
    assert all(decision.said for decision in scene.decisions)
    assert {decision.why for decision in scene.decisions} <= {Why.COMPLETE, Why.NOT_REPEATED, Why.ONE_LANGUAGE}
    _never_overlapping_and_in_order(scene)
    for decision in scene.decisions:
        _by_the_rule(scene, decision)


def test_a_restarted_board_says_the_newest_calls_and_not_the_old_ones(scene: Scene, speech: Speech) -> None:
    start = scene.clock.now
    scene.plan = [(start, "call", "1"), (start + timedelta(seconds=30), "call", "2")]
    scene._until(start + timedelta(seconds=38))
    again = Scene(scene.hall, scene.clock, speech, Rules())
    again.hearing(scene.hall)
    again.run()
    assert [(decision.call.counter, decision.why) for decision in again.decisions] == [("2", Why.COMPLETE)]
