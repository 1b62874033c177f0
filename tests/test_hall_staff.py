"""Signing in: PINs nobody can read back, guesses that get slower, sessions that end."""

from __future__ import annotations

from pathlib import Path

import pytest

from hall import Hall, Refusal
from hall import staff as rules
from hall.counters import CounterStanding
from hall.staff import Session
from tests.halls import Clock

PIN = "482913"


@pytest.fixture
def ani(hall: Hall) -> str:
    hall.add_staff("ani", PIN)
    return "ani"


def refused(hall: Hall, name: str, pin: str) -> Refusal:
    with pytest.raises(Refusal) as no:
        hall.sign_in(name, pin)
    return no.value


def test_who_knows_the_pin_is_signed_in(hall: Hall, ani: str) -> None:
    assert hall.session(hall.sign_in(ani, PIN)) == Session("ani", None)


@pytest.mark.parametrize(
    ("name", "pin"),
    [("ani", "482914"), ("ani", ""), ("ANI", PIN), ("", PIN), ("budi", PIN), ("' OR 1=1 --", PIN), ("\ud800", PIN)],
)
def test_a_wrong_name_and_a_wrong_pin_are_refused_alike(hall: Hall, ani: str, name: str, pin: str) -> None:
    no = refused(hall, name, pin)
    assert (no.code, no.data) == ("bad_sign_in", {})


def test_a_pin_that_is_no_text_at_all_is_wrong_too(hall: Hall, ani: str) -> None:
    assert refused(hall, ani, "\ud800").code == "bad_sign_in"


def test_neither_pin_nor_session_stands_in_the_queues_files(hall: Hall, ani: str, tmp_path: Path) -> None:
    token = hall.sign_in(ani, PIN)
    given = hall.add_staff("budi")
    hall.new_pin("budi")
    for file in tmp_path.glob("queue.db*"):
        if file.is_file():
            stored = file.read_bytes()
            for secret in (PIN, given, token):
                assert secret.encode() not in stored
    assert b"argon2id" in b"".join(file.read_bytes() for file in tmp_path.glob("queue.db*") if file.is_file())


def test_a_pin_that_is_not_chosen_is_random_and_six_digits_long(hall: Hall) -> None:
    pins = {hall.add_staff(f"staff-{i}") for i in range(20)}
    assert all(len(pin) == 6 and pin.isdecimal() for pin in pins)
    assert len(pins) > 15


def test_a_short_pin_is_refused(hall: Hall) -> None:
    with pytest.raises(Refusal) as no:
        hall.add_staff("ani", "12345")
    assert (no.value.code, no.value.data) == ("weak_pin", {"digits": 6})
    assert not hall.has_staff()


def test_a_name_is_had_once(hall: Hall, ani: str) -> None:
    with pytest.raises(Refusal) as no:
        hall.add_staff(ani, "999999")
    assert (no.value.code, no.value.data) == ("staff_exists", {"name": "ani"})
    assert hall.sign_in(ani, PIN)


def test_nobody_gets_a_new_pin_who_is_not_there(hall: Hall) -> None:
    with pytest.raises(Refusal) as no:
        hall.new_pin("budi")
    assert (no.value.code, no.value.data) == ("unknown_staff", {"name": "budi"})


def test_from_the_fifth_wrong_pin_on_each_locks_twice_as_long_up_to_sixteen_minutes(
    hall: Hall, clock: Clock, ani: str
) -> None:
    for _ in range(5):
        assert refused(hall, ani, "000000").code == "bad_sign_in"
    locks = []
    for _ in range(8):
        no = refused(hall, ani, PIN)
        assert no.code == "sign_in_locked"
        locks.append(no.data["seconds"])
        clock.on(seconds=no.data["seconds"] - 0.001)
        assert refused(hall, ani, PIN).code == "sign_in_locked"
        clock.on(seconds=0.001)
        assert refused(hall, ani, "000000").code == "bad_sign_in"
    assert locks == [30, 60, 120, 240, 480, 960, 960, 960]


def test_a_good_sign_in_forgets_the_wrong_ones(hall: Hall, ani: str) -> None:
    for _ in range(3):
        for _ in range(4):
            refused(hall, ani, "000000")
        assert hall.sign_in(ani, PIN)


def test_a_lock_holds_in_every_process(hall: Hall, ani: str, tmp_path: Path, clock: Clock) -> None:
    for _ in range(5):
        refused(hall, ani, "000000")
    with Hall.open(tmp_path / "queue.db", clock=clock) as other:
        assert refused(other, ani, PIN).code == "sign_in_locked"


def test_guessing_many_at_once_does_not_get_round_the_lock(
    hall: Hall, ani: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one PIN is being hashed, five other guesses go wrong: the name is locked when the hash is done."""
    right = rules.right

    def slow(hashed: str | None, pin: str) -> bool:
        monkeypatch.setattr(rules, "right", right)
        for _ in range(5):
            refused(hall, ani, "000000")
        return right(hashed, pin)

    monkeypatch.setattr(rules, "right", slow)
    assert refused(hall, ani, PIN).code == "sign_in_locked"


def test_a_new_pin_ends_what_was_signed_in_with_the_old_one(hall: Hall, ani: str) -> None:
    hall.add_staff("budi", PIN)
    mine, others = hall.sign_in(ani, PIN), hall.sign_in("budi", PIN)
    pin = hall.new_pin(ani)
    with pytest.raises(Refusal) as no:
        hall.session(mine)
    assert no.value.code == "signed_out"
    assert hall.session(others).staff == "budi"
    assert refused(hall, ani, PIN).code == "bad_sign_in"
    assert hall.session(hall.sign_in(ani, pin)).staff == ani


def test_a_new_pin_while_the_old_one_is_being_checked_lets_nobody_in(
    hall: Hall, ani: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = rules.right

    def slow(hashed: str | None, pin: str) -> bool:
        well = right(hashed, pin)
        hall.new_pin(ani)
        return well

    monkeypatch.setattr(rules, "right", slow)
    assert refused(hall, ani, PIN).code == "bad_sign_in"


def test_a_new_pin_opens_a_locked_name(hall: Hall, ani: str) -> None:
    for _ in range(5):
        refused(hall, ani, "000000")
    assert hall.sign_in(ani, hall.new_pin(ani))


def test_a_session_ends_after_twelve_hours(hall: Hall, clock: Clock, ani: str) -> None:
    token = hall.sign_in(ani, PIN)
    clock.on(minutes=12 * 60, seconds=-0.001)
    assert hall.session(token).staff == ani
    clock.on(seconds=0.001)
    for act in (hall.session, hall.leave_counter, lambda token: hall.take_counter(token, "1")):
        with pytest.raises(Refusal) as no:
            act(token)
        assert no.value.code == "signed_out"


def test_signing_out_ends_this_session_only(hall: Hall, ani: str) -> None:
    one, two = hall.sign_in(ani, PIN), hall.sign_in(ani, PIN)
    hall.sign_out(one)
    with pytest.raises(Refusal):
        hall.session(one)
    assert hall.session(two).staff == ani


@pytest.mark.parametrize("junk", ["", "x", "\ud800", "\0", "A" * 43])
def test_a_made_up_session_is_signed_out(hall: Hall, ani: str, junk: str) -> None:
    with pytest.raises(Refusal) as no:
        hall.session(junk)
    assert no.value.code == "signed_out"


def test_taking_a_counter_opens_it_and_leaving_closes_it(hall: Hall, ani: str) -> None:
    token = hall.sign_in(ani, PIN)
    assert hall.take_counter(token, "1").state is CounterStanding.OPEN
    assert hall.session(token) == Session("ani", "1")
    assert hall.counter("1").staff == "ani"
    hall.leave_counter(token)
    assert hall.session(token) == Session("ani", None)
    assert hall.counter("1").state is CounterStanding.CLOSED
    hall.leave_counter(token)


def test_taking_another_counter_closes_the_one_before(hall: Hall, ani: str) -> None:
    token = hall.sign_in(ani, PIN)
    hall.take_counter(token, "1")
    hall.take_counter(token, "2")
    assert hall.session(token).counter == "2"
    assert hall.counter("1").state is CounterStanding.CLOSED


def test_an_unknown_counter_cannot_be_taken(hall: Hall, ani: str) -> None:
    token = hall.sign_in(ani, PIN)
    with pytest.raises(Refusal) as no:
        hall.take_counter(token, "9")
    assert no.value.code == "unknown_counter"
    assert hall.session(token).counter is None


def test_who_was_let_in_stands_in_the_journal_without_a_secret(hall: Hall) -> None:
    before = hall.sequence()
    pin = hall.add_staff("ani")
    hall.new_pin("ani")
    events = hall.events(before)
    assert [(event.kind, event.details) for event in events] == [
        ("staff_added", {"name": "ani", "role": "clerk"}),
        ("pin_changed", {"name": "ani"}),
    ]
    assert pin not in repr(events)
