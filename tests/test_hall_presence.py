"""The code that proves presence: what holds, for how long, and how often one may guess."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hall import Hall, Refusal, presence
from hall.presence import ALL_TRIES, FORGIVEN, PASS, SLOT, TRIES, Tries
from tests.halls import Clock, opened

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SECRET = "s" * 43


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    return opened(tmp_path, Clock())


def test_a_code_is_six_digits_and_stays_for_its_slot() -> None:
    start = datetime.fromtimestamp(int(NOW.timestamp() // SLOT.total_seconds()) * SLOT.total_seconds(), UTC)
    code = presence.code(SECRET, start)
    assert re.fullmatch(r"\d{6}", code)
    assert presence.code(SECRET, start + SLOT - timedelta(seconds=1)) == code
    assert presence.code(SECRET, start + SLOT) != code


def test_the_code_now_and_the_one_before_hold_and_no_older_one() -> None:
    codes = [presence.code(SECRET, NOW - SLOT * back) for back in range(4)]
    assert [presence.present(SECRET, code, NOW) for code in codes] == [True, True, False, False]
    assert not presence.present(SECRET, presence.code(SECRET, NOW + SLOT), NOW)


def test_a_code_may_be_typed_as_it_is_shown() -> None:
    code = presence.code(SECRET, NOW)
    assert presence.present(SECRET, presence.spaced(code), NOW)
    assert presence.spaced("012345").split() == ["012", "345"]


@pytest.mark.parametrize("typed", ["", "0", "abcdef", "\ud800", "٣٣٣٣٣٣", "1" * 400])
def test_anything_else_is_no_code(typed: str) -> None:
    assert not presence.present(SECRET, typed, NOW)


def test_every_hall_has_codes_of_its_own() -> None:
    assert presence.code(SECRET, NOW) != presence.code("t" * 43, NOW)


def test_a_pass_holds_for_a_quarter_of_an_hour_and_cannot_be_made_up() -> None:
    given = presence.sealed(SECRET, NOW, "one")
    assert presence.unsealed(SECRET, given, NOW + PASS - timedelta(seconds=1)) == "one"
    assert presence.unsealed(SECRET, given, NOW + PASS) is None
    assert presence.unsealed("t" * 43, given, NOW) is None
    for other in ("", "..", "a.b.c", given.replace("one", "two"), given[:-1], "9" + given, "\ud800"):
        assert presence.unsealed(SECRET, other, NOW) is None


def test_an_address_that_is_wrong_too_often_waits_and_no_other_does() -> None:
    tries = Tries()
    for _ in range(TRIES):
        assert tries.wait("a", NOW) == 0
        tries.wrong("a", NOW)
    assert tries.wait("a", NOW) == FORGIVEN.total_seconds()
    assert tries.wait("b", NOW) == 0
    assert tries.wait("a", NOW + FORGIVEN) == 0


def test_guessing_from_everywhere_shuts_nobody_out_who_has_not_guessed() -> None:
    tries = Tries()
    for place in range(ALL_TRIES):
        tries.wrong(f"guesser {place}", NOW)
    assert tries.wait("guesser 7", NOW) > 0
    assert tries.wait("somebody", NOW) == 0
    assert tries.wait("guesser 7", NOW + FORGIVEN) == 0


def test_a_clock_set_back_locks_nobody_for_long() -> None:
    tries = Tries()
    for _ in range(TRIES):
        tries.wrong("a", NOW)
    assert tries.wait("a", NOW - timedelta(days=1)) == 0


def test_the_hall_keeps_one_secret_for_all_its_rooms(hall: Hall, tmp_path: Path) -> None:
    clock = Clock()
    with hall, Hall.open(tmp_path / "queue.db", clock=clock) as board:
        code = board.join_code()
        assert hall.join_code() == code
        given = hall.join(code)
        assert board.joined(given)
        assert board.joined(given) != board.joined(hall.join(code))
        with pytest.raises(Refusal, match="call-board"):
            hall.join("000000" if code != "000000" else "111111")


def test_a_hall_nobody_has_described_has_no_code(tmp_path: Path) -> None:
    with Hall.open(tmp_path / "queue.db") as hall, pytest.raises(Refusal) as refused:
        hall.join_code()
    assert refused.value.code == "no_catalogue"
