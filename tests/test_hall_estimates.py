"""The wait for every service at once: the same as one by one, in a bounded number of statements."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hall import Hall
from tests.halls import Clock, opened

CARD, BIRTH, PAY = "civil.card", "civil.birth", "tax.pay"


def one_by_one(hall: Hall) -> dict[str, Any]:
    found = {code: hall.estimate(code) for code in hall.catalogue.services}
    return {code: wait for code, wait in found.items() if wait is not None}


def test_a_service_of_no_open_counter_has_no_estimate(hall: Hall) -> None:
    assert hall.estimates() == {}
    hall.open_counter("3")
    assert set(hall.estimates()) == {PAY}
    hall.pause_counter("3", reason="Prayer")
    assert hall.estimates() == {}


def test_they_are_those_that_each_service_has_by_itself(tmp_path: Path, clock: Clock) -> None:
    with opened(tmp_path, clock) as hall:
        for counter in ("1", "2", "3"):
            hall.open_counter(counter)
        for place in range(40):
            hall.issue((CARD, PAY)[place % 2])
        for _ in range(8):  # enough for a pace of their own
            for counter in ("1", "3"):
                hall.call_next(counter)
            clock.on(minutes=7)
        expected = one_by_one(hall)
    with Hall.open(tmp_path / "queue.db", clock=clock) as fresh:
        assert fresh.estimates() == expected
        assert fresh.estimates() == one_by_one(fresh), "when the pace is remembered, too"
        assert set(expected) == {CARD, BIRTH, PAY}


def test_three_statements_are_enough_for_any_hall(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    for counter in ("1", "2", "3"):
        hall.open_counter(counter)
    hall.issue(CARD)
    run: list[str] = []
    real: Callable[..., Any] = hall._storage._rows

    def counted(statement: str, **values: Any) -> Any:
        run.append(statement)
        return real(statement, **values)

    monkeypatch.setattr(hall._storage, "_rows", counted)
    hall.estimates()
    assert len(run) == 3, "the head, the paces, who waits"
    run.clear()
    hall.estimates()
    assert len(run) == 2, "the paces are believed for a while"
