"""A working day of a real board in a faster time: restarts, a queue that disappears, and no call missed or doubled."""

import os
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from benchmarks.boards import Day, growth, lived
from hall.journal import Event
from hall.tickets import Deed

REPLAY = timedelta(seconds=60)
HOLD = timedelta(seconds=8)


def checked(day: Day) -> int:
    """What the boards said, against the journal; how many calls there were."""
    called = {event.sequence: event for event in day.events if event.kind in (Deed.CALL, Deed.RECALL)}
    told = {sequence for _, _, sequence in day.told}
    assert told <= set(called), "a board showed what nobody called"
    for sequence in set(called) - told:
        assert _called_again_in_one_look(day, called, sequence), f"call {sequence} was missed"
    seen = {sequence for _, word, sequence in day.told if word != "passed"}
    for sequence in set(day.passed) - seen:
        call, at = called[sequence], day.passed[sequence]
        # A machine too busy for a minute of its fast day may learn of it late: then the rule is that it is listed only.
        overtaken = any(one.counter == call.counter and call.at < one.at <= at for one in called.values())
        assert overtaken or at - call.at > REPLAY, "a call was never seen, though a board was on"
    twice = [one for one, times in Counter(day.told).items() if times > 1]
    assert twice == [], "a board showed a call twice"
    shown = [(number, sequence) for number, word, sequence in day.told if word == "shown"]
    for sequence, times in Counter(sequence for _, sequence in shown).items():
        later = [number for number, other in shown if other == sequence][1:]
        ages = [day.started[number][0] - called[sequence].at for number in later]
        assert all(age <= HOLD for age in ages), f"{times} boards lit call {sequence}, the last after its time"
    _said(day, called)
    return len(called)


def _called_again_in_one_look(day: Day, called: Mapping[int, Event], sequence: int) -> bool:
    """Whether a board that was on learnt of a call and of the same ticket's next in one look, as on a busy machine."""
    again = [other for other, event in called.items() if event.ticket == called[sequence].ticket and other > sequence]
    looks = [(before, now) for (one, before), (other, now) in pairwise(day.looks) if one == other]
    return bool(again) and any(before < sequence < min(again) <= now for before, now in looks)


def _said(day: Day, called: Mapping[int, Event]) -> None:
    """What the voice's log tells, against the journal."""
    logged: dict[int, list[dict[str, Any]]] = {}
    for decision in day.voice:
        logged.setdefault(decision["sequence"], []).append(decision)
    assert logged.keys() <= called.keys(), "the voice said what nobody called"
    for sequence, call in called.items():
        decisions = logged.get(sequence, [])
        assert sum(bool(decision["said"]) for decision in decisions) <= 1, f"call {sequence} was said twice"
        for decision in decisions:
            assert (decision["number"], decision["counter"]) == (call.number, call.counter)
            late = datetime.fromisoformat(decision["decided"]) - call.at
            if not decision["said"]:
                assert decision["why"] in {"over", "called again", "stopped"} or late > REPLAY, decision
        assert decisions or _nobody_heard(day, call), f"call {sequence} was neither said nor left out by the rule"


def _nobody_heard(day: Day, call: Event) -> bool:
    """Whether a call was made while no board was on, and too long before the next one for it to be said."""
    edge = timedelta(seconds=60)  # half a second of the machine's
    ends = [begun for begun, _ in day.started[1:]]
    return any(stop - edge <= call.at <= begun + edge for stop, begun in zip(day.stopped, ends, strict=False))


def test_in_a_short_day_no_call_is_missed_or_doubled(tmp_path: Path) -> None:
    day = lived(tmp_path, hours=0.2, calls=120, pace=60, restarts=(0.05, 0.15), away=0.1, voice=True)
    assert checked(day) == 120
    assert len(day.started) == 3


@pytest.mark.skipif(os.environ.get("ANTREAN_LONG") != "1", reason="four minutes long: ANTREAN_LONG=1 runs it")
def test_in_eight_hours_with_five_thousand_calls_no_call_is_missed_and_memory_stays(tmp_path: Path) -> None:
    day = lived(tmp_path, hours=8, calls=5_000, pace=120, restarts=(0.2, 0.6), away=4.0, voice=True)
    assert checked(day) == 5_000
    day.memory = [(hour - 1, size) for hour, size in day.memory if hour > 1]
    assert (grown := growth(day, 7)) < 1.05, grown
