"""What staff do for a visitor beside calling: a note, another service, the priority; and one person a counter."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hall import Hall, Priority, Refusal, TicketState
from hall.floor import Stand
from hall.tickets import read_number
from tests.halls import SMALL, Clock, described, opened

CARD, BIRTH, PAY = "civil.card", "civil.birth", "tax.pay"


def refused(act: Callable[..., Any], *told: object, **more: object) -> Refusal:
    with pytest.raises(Refusal) as no:
        act(*told, **more)
    return no.value


def test_a_visitor_is_parked_with_a_note_that_the_journal_and_the_ticket_keep(hall: Hall) -> None:
    ticket = hall.issue(CARD)
    hall.call_next("1")
    assert hall.park(ticket.id, note="copy", staff="ani").note == "copy"
    assert hall.events()[-1].details == {"note": "copy"}
    assert hall.parked("1")[0].note == "copy"
    assert hall.resume(ticket.id, "1").note == "copy"
    assert hall.transfer(ticket.id, service=PAY).note is None


def test_a_note_that_the_hall_does_not_have_is_refused(hall: Hall, tmp_path: Path) -> None:
    ticket = hall.issue(CARD)
    hall.call_next("1")
    assert refused(hall.park, ticket.id, note="coffee").code == "unknown_note"
    own = '[rules]\nnotes = { stamp = { id = "Meterai", az = "Möhür", en = "Stamp", ru = "Марка" } }\n'
    hall.load_catalogue(described(tmp_path / "own.toml", SMALL.replace("[rules]\n", own)))
    assert refused(hall.park, ticket.id, note="copy").code == "unknown_note"
    assert hall.park(ticket.id, note="stamp").state is TicketState.PARKED


@pytest.mark.parametrize(
    ("notes", "problem"),
    [
        ("notes = {}", "should not be empty"),
        ('notes = { stamp = { id = "Meterai" } }', "the name is missing in this language"),
        ('notes = { "a b" = { id = "x", az = "x", en = "x", ru = "x" } }', "is not allowed here"),
    ],
)
def test_a_wrong_note_in_the_catalogue_is_named(tmp_path: Path, hall: Hall, notes: str, problem: str) -> None:
    wrong = refused(hall.load_catalogue, described(tmp_path / "x.toml", SMALL.replace("[rules]", f"[rules]\n{notes}")))
    assert problem in str(wrong.data["mistakes"][0])


def test_another_service_for_the_same_visitor_keeps_arrival_language_and_priority(hall: Hall, clock: Clock) -> None:
    first = hall.issue(CARD, language="en", priority="elderly")
    clock.on(minutes=40)
    later = hall.issue(PAY, priority="elderly")
    hall.call_next("1")
    other = hall.add_service(first.id, PAY, staff="ani", request_id="press")
    assert (other.rank, other.language, other.priority) == (first.rank, "en", Priority.ELDERLY)
    assert other.number == "T002"
    assert hall.add_service(first.id, PAY, staff="ani", request_id="press") == other
    assert [one.id for one in hall.line("3")] == [other.id, later.id]
    event = hall.events()[-1]
    assert (event.kind, event.staff, event.details) == ("issued", "ani", {"beside": first.number})
    assert hall.slip(other.id) is not None


def test_another_service_is_not_given_beyond_a_cap_or_a_pause_or_to_who_has_gone(hall: Hall, clock: Clock) -> None:
    first = hall.issue(CARD)
    clock.at("2026-11-23 15:45")  # beyond the cut-off, and the visitor is here
    assert hall.add_service(first.id, PAY).state is TicketState.WAITING
    for _ in range(3):
        hall.add_service(first.id, BIRTH)
    assert refused(hall.add_service, first.id, BIRTH).code == "cap_reached"
    hall.pause_service(PAY, reason="No forms")
    assert refused(hall.add_service, first.id, PAY).code == "service_paused"
    clock.at("2026-11-23 16:30")
    assert refused(hall.add_service, first.id, CARD).code == "closed"
    hall.cancel(first.id)
    assert refused(hall.add_service, first.id, CARD).code == "illegal_act"


def test_a_priority_is_given_and_taken_and_the_place_follows(hall: Hall, clock: Clock) -> None:
    first = hall.issue(CARD)
    clock.on(minutes=10)
    second = hall.issue(CARD)
    assert hall.correct_priority(second.id, "disabled", staff="ani").rank < first.rank
    assert [one.id for one in hall.line("1")] == [second.id, first.id]
    assert hall.correct_priority(second.id, "elderly").rank == second.rank - 15 * 60_000
    assert hall.correct_priority(second.id, None).rank == second.rank
    assert [one.id for one in hall.line("1")] == [first.id, second.id]
    assert refused(hall.correct_priority, second.id, "rich").code == "unknown_priority"


def test_the_journal_never_says_why_somebody_has_priority(hall: Hall) -> None:
    ticket = hall.issue(CARD)
    hall.correct_priority(ticket.id, "pregnant", staff="ani")
    assert hall.events()[-1].details == {"priority": True}
    assert "pregnant" not in repr(hall.events())
    hall.cancel(ticket.id)
    assert refused(hall.correct_priority, ticket.id, None).code == "illegal_act"


def test_a_counter_is_taken_over_only_on_purpose_and_the_journal_names_both(hall: Hall) -> None:
    for name in ("ani", "budi"):
        hall.add_staff(name, "482913")
    ani, budi = hall.sign_in("ani", "482913"), hall.sign_in("budi", "482913")
    hall.take_counter(ani, "1")
    no = refused(hall.take_counter, budi, "1")
    assert (no.code, no.data) == ("counter_taken", {"counter": "1", "staff": "ani"})
    assert hall.session(ani).counter == "1"
    hall.take_counter(budi, "1", over=True)
    assert (hall.session(ani).counter, hall.session(budi).counter) == (None, "1")
    taken = next(event for event in hall.events() if event.kind == "counter_taken_over")
    assert (taken.counter, taken.staff, taken.details) == ("1", "budi", {"taken_from": ["ani"]})
    again = hall.sign_in("budi", "482913")
    assert hall.take_counter(again, "1").staff == "budi"
    assert (hall.session(budi).counter, hall.session(again).counter) == (None, "1")
    assert [event.kind for event in hall.events()].count("counter_taken_over") == 1


def test_who_lost_a_counter_is_told_of_it_until_they_work_again_and_on_that_day_alone(hall: Hall, clock: Clock) -> None:
    for name in ("ani", "budi"):
        hall.add_staff(name, "482913")
    ani, budi = hall.sign_in("ani", "482913"), hall.sign_in("budi", "482913")
    hall.take_counter(ani, "1")
    assert hall.taken_over("ani") is None
    hall.take_counter(budi, "1", over=True)
    taken = hall.taken_over("ani")
    assert taken is not None
    assert (taken.staff, taken.counter, taken.at) == ("budi", "1", clock.now)
    assert hall.taken_over("budi") is None
    hall.take_counter(ani, "2")
    hall.leave_counter(ani)
    assert hall.taken_over("ani") is None
    hall.take_counter(ani, "1", over=True)
    assert hall.taken_over("budi") is not None
    clock.on(days=1)
    assert hall.taken_over("budi") is None


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("A015", ("A", 15)),
        (" a15 ", ("A", 15)),
        ("а-015", ("A", 15)),
        ("AD1203", ("AD", 1203)),
        ("15", ("", 15)),
        ("", None),
        ("A", None),
        ("A0", None),
        ("15A", None),
        ("ABCD1", None),
        ("A" + "9" * 30, None),
    ],
)
def test_a_number_is_read_as_people_type_it(written: str, number: tuple[str, int] | None) -> None:
    assert read_number(written) == number


def test_a_ticket_is_found_by_its_number_of_today(hall: Hall, clock: Clock) -> None:
    ticket = hall.issue(CARD)
    assert hall.ticket_numbered("a1").id == ticket.id
    for unknown in ("A002", "1", "nonsense", "x" * 500):
        assert refused(hall.ticket_numbered, unknown).code == "unknown_number"
    clock.on(days=1)
    assert refused(hall.ticket_numbered, "A001").code == "unknown_number"


def test_the_floor_shows_each_counter_what_the_counter_would_call(tmp_path: Path, clock: Clock) -> None:
    chance = random.Random(5)
    with opened(tmp_path, clock, SMALL.replace("cap = 3\n", ""), always_open=True) as hall:
        floor = hall.floor()
        for _ in range(300):
            clock.on(seconds=chance.randrange(90))
            counter = chance.choice("123")
            hand = hall.in_hand(counter)
            deed = chance.choice(["issue", "issue", "issue", "next", "park", "transfer", "finish"])
            if deed == "issue":
                hall.issue(chance.choice([CARD, BIRTH, PAY]), priority=chance.choice([None, "elderly"]), printer=None)
            elif deed == "next":
                hall.call_next(counter)
            elif hand and deed == "transfer":
                hall.transfer(hand.id, counter=chance.choice("123"))
            elif hand:
                hall.park(hand.id) if deed == "park" else hall.finish(hand.id)
            floor, whole = hall.floor(floor), hall.floor()
            assert floor.sequence == hall.sequence()
            for code in "123":
                assert list(floor.line(code, hall.now())) == hall.line(code, 1000)
                assert floor.in_hand(code) == hall.in_hand(code)
                assert list(floor.at(Stand.PARKED, code)) == hall.parked(code)
            assert floor == replace(whole, standing=floor.standing)


def test_the_floor_knows_who_may_come_back_and_who_is_signed_in(hall: Hall, clock: Clock) -> None:
    hall.add_staff("ani", "482913")
    hall.take_counter(hall.sign_in("ani", "482913"), "1")
    ticket = hall.issue(CARD)
    hall.call_next("1")
    clock.on(seconds=20)
    hall.recall(ticket.id)
    hall.no_show(ticket.id)
    floor = hall.floor()
    assert [one.id for one in floor.absent("1", hall.now())] == [ticket.id]
    assert [(one.staff, one.counter) for one in floor.sessions.values()] == [("ani", "1")]
    assert floor.counter("2").staff is None
    clock.now += timedelta(minutes=31)
    assert hall.floor().absent("1", hall.now()) == ()
