"""Who is next: arrival, priority, overflow, what was sent to a counter, and a fair place for those who come back."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from hall import Hall, Priority, Refusal, Ticket
from hall.ordering import MINUTE, rank, rank_after_absence
from tests.halls import SMALL, Clock, opened

CARD, BIRTH, PAY = "civil.card", "civil.birth", "tax.pay"


def in_line(hall: Hall, counter: str) -> list[str]:
    return [ticket.number for ticket in hall.line(counter)]


def called(hall: Hall, counter: str) -> Ticket:
    ticket = hall.call_next(counter)
    assert ticket is not None
    return ticket


def gone(hall: Hall, clock: Clock, ticket: Ticket) -> Ticket:
    """Called twice, and nobody came."""
    clock.on(seconds=20)
    hall.recall(ticket.id)
    return hall.no_show(ticket.id)


def test_who_came_first_is_called_first(hall: Hall, clock: Clock) -> None:
    given = []
    for service in (CARD, BIRTH, CARD):
        given.append(hall.issue(service).number)
        clock.on(seconds=1)
    assert in_line(hall, "1") == given
    assert [called(hall, "1").number for _ in given] == given
    assert hall.call_next("1") is None


def test_of_those_who_came_in_the_same_instant_the_first_ticket_goes_first(hall: Hall) -> None:
    given = [hall.issue(CARD).number for _ in range(5)]
    assert in_line(hall, "1") == given


def test_a_priority_visitor_goes_before_those_who_came_up_to_the_credit_earlier(hall: Hall, clock: Clock) -> None:
    early = hall.issue(CARD)
    clock.on(seconds=1)
    late = hall.issue(CARD)
    clock.on(minutes=15, seconds=-0.5)
    urgent = hall.issue(CARD, priority="elderly")
    assert in_line(hall, "1") == [early.number, urgent.number, late.number]


def test_the_credit_is_what_the_catalogue_says(clock: Clock, tmp_path_factory: pytest.TempPathFactory) -> None:
    with opened(
        tmp_path_factory.mktemp("hall"), clock, SMALL.replace("credit_minutes = 15", "credit_minutes = 0")
    ) as hall:
        plain, urgent = hall.issue(CARD), hall.issue(CARD, priority="disabled")
        assert in_line(hall, "1") == [plain.number, urgent.number]


def test_a_counter_takes_over_another_service_only_after_the_overflow_time(hall: Hall, clock: Clock) -> None:
    waiting = hall.issue(PAY)
    clock.on(minutes=10, seconds=-0.001)
    assert in_line(hall, "2") == []
    assert hall.call_next("2") is None
    clock.on(seconds=0.001)
    assert in_line(hall, "2") == [waiting.number]
    assert called(hall, "2").id == waiting.id


def test_overflow_keeps_the_order_of_arrival(hall: Hall, clock: Clock) -> None:
    overflowing = hall.issue(PAY)
    clock.on(minutes=1)
    own = hall.issue(CARD)
    assert in_line(hall, "2") == [own.number]
    clock.on(minutes=9)
    assert in_line(hall, "2") == [overflowing.number, own.number]


def test_a_counter_calls_nobody_it_does_not_offer(hall: Hall) -> None:
    hall.issue(PAY)
    birth = hall.issue(BIRTH)
    assert hall.call_next("2") is None
    with pytest.raises(Refusal) as no:
        hall.call(birth.id, "2")
    assert (no.value.code, no.value.data) == ("not_offered", {"counter": "2", "service": BIRTH})


def test_a_ticket_called_by_name_may_be_of_an_overflow_service_at_once(hall: Hall) -> None:
    assert hall.call(hall.issue(PAY).id, "2").counter == "2"


def test_a_ticket_sent_to_a_counter_is_called_there_and_nowhere_else(hall: Hall) -> None:
    sent, other = hall.issue(CARD), hall.issue(CARD)
    hall.transfer(sent.id, counter="3")
    assert in_line(hall, "3") == [sent.number]
    assert in_line(hall, "1") == in_line(hall, "2") == [other.number]
    with pytest.raises(Refusal) as no:
        hall.call(sent.id, "1")
    assert (no.value.code, no.value.data) == ("other_counter", {"number": sent.number, "counter": "3"})
    assert called(hall, "3").id == sent.id


def test_a_transfer_keeps_the_place_of_the_arrival(hall: Hall, clock: Clock) -> None:
    first = hall.issue(CARD)
    clock.on(minutes=5)
    local = hall.issue(PAY)
    clock.on(minutes=5)
    called(hall, "1")
    moved = hall.transfer(first.id, service=PAY)
    assert (moved.rank, moved.issued_at, moved.number) == (first.rank, first.issued_at, first.number)
    assert in_line(hall, "3") == [first.number, local.number]


def test_a_transfer_to_a_service_frees_a_ticket_from_its_counter(hall: Hall) -> None:
    ticket = hall.issue(CARD)
    hall.transfer(ticket.id, counter="3")
    hall.transfer(ticket.id, service=CARD)
    assert in_line(hall, "3") == []
    assert in_line(hall, "1") == [ticket.number]


def test_a_no_show_who_comes_back_does_not_gain_by_the_time_away(hall: Hall, clock: Clock) -> None:
    absent = hall.issue(CARD)  # waits 10 minutes before the call
    clock.on(minutes=5)
    patient = hall.issue(CARD)
    clock.on(minutes=5)
    assert called(hall, "1").id == absent.id
    gone(hall, clock, absent)
    clock.on(minutes=4, seconds=-20)  # away for 4 minutes since the last call
    back = hall.readmit(absent.id)
    assert back.rank - absent.rank == pytest.approx(4 * MINUTE, abs=20_000)
    assert in_line(hall, "1") == [absent.number, patient.number]
    assert called(hall, "1").id == absent.id


def test_a_no_show_who_stays_away_longer_falls_behind_those_who_waited(hall: Hall, clock: Clock) -> None:
    absent = hall.issue(CARD)
    clock.on(minutes=5)
    patient = hall.issue(CARD)
    called(hall, "1")
    gone(hall, clock, absent)
    clock.on(minutes=10)
    hall.readmit(absent.id)
    assert in_line(hall, "1") == [patient.number, absent.number]


def test_a_parked_ticket_whose_time_is_over_is_back_at_its_old_place(hall: Hall, clock: Clock) -> None:
    first = hall.issue(CARD)
    clock.on(seconds=1)
    second = hall.issue(CARD)
    hall.park(called(hall, "1").id)
    clock.on(minutes=60)
    assert called(hall, "1").id == first.id
    assert in_line(hall, "1") == [second.number]


def test_a_stale_ticket_never_hides_those_of_today(hall: Hall, clock: Clock) -> None:
    for _ in range(3):
        hall.issue(CARD)
    clock.on(days=1)
    today = hall.issue(CARD)
    assert in_line(hall, "1") == [today.number]
    assert called(hall, "1").id == today.id


def test_a_hall_founded_while_utc_is_a_day_ahead_forgets_nobody_the_next_day(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    clock = Clock(datetime(2026, 11, 23, 20, 0, tzinfo=ZoneInfo("America/New_York")))  # already the 24th in UTC
    text = SMALL.replace("Asia/Jakarta", "America/New_York")
    with opened(tmp_path_factory.mktemp("hall"), clock, text, always_open=True) as hall:
        yesterday = hall.issue(CARD)
        clock.at("2026-11-24 09:00")
        today = hall.issue(CARD)
        assert called(hall, "1").id == today.id
        assert hall.ticket(yesterday.id).state == "expired"


def test_a_clock_that_was_a_year_ahead_for_a_moment_does_not_stop_the_days(hall: Hall, clock: Clock) -> None:
    clock.on(days=365)
    hall.open_counter("1")
    clock.on(days=-365)
    hall.issue(CARD)
    clock.on(days=1)
    today = hall.issue(CARD)
    assert called(hall, "1").id == today.id


def test_a_no_show_of_before_midnight_does_not_hide_those_of_today(
    clock: Clock, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with opened(tmp_path_factory.mktemp("hall"), clock, always_open=True) as hall:
        clock.at("2026-11-23 23:50")
        absent = hall.issue(CARD)
        called(hall, "1")
        gone(hall, clock, absent)
        clock.at("2026-11-24 00:05")
        with pytest.raises(Refusal) as no:
            hall.readmit(absent.id)
        assert no.value.code == "grace_over"
        today = hall.issue(CARD)
        assert called(hall, "1").id == today.id


# -- properties --------------------------------------------------------------------------------------------------------

_arrivals = some.integers(0, 24 * 60 * MINUTE)
_needs = some.none() | some.sampled_from(Priority)


@given(_arrivals, _needs, _arrivals, some.integers(0, 120))
def test_nobody_is_passed_by_who_comes_later_than_the_credit(
    arrived: int, need: Priority | None, other: int, credit: int
) -> None:
    mine = rank(arrived, None, credit)
    if other > arrived + credit * MINUTE:
        assert rank(other, need, credit) > mine


@given(_arrivals, _arrivals, _needs, some.integers(0, 120))
def test_of_two_with_equal_needs_who_came_first_goes_first(
    first: int, second: int, need: Priority | None, credit: int
) -> None:
    assert (first < second) == (rank(first, need, credit) < rank(second, need, credit))


@given(_arrivals, _arrivals, _arrivals)
def test_coming_back_never_gains_a_place(before: int, called_at: int, now: int) -> None:
    after = rank_after_absence(before, called_at, now)
    assert after >= before
    assert after - before == max(0, now - called_at)


@given(some.lists(some.tuples(some.integers(0, 600), _needs), min_size=1, max_size=12))
def test_everybody_is_called_at_last_whoever_else_keeps_coming(visitors: list[tuple[int, Priority | None]]) -> None:
    """One is called for each who comes; whoever waits is passed only by those who came within the credit after."""
    credit = 15
    waiting: list[tuple[int, int]] = []
    minute = 0
    for name, (pause, need) in enumerate(visitors):
        minute += pause
        waiting.append((rank(minute * MINUTE, need, credit), name))
    order = [name for _, name in sorted(waiting)]
    assert sorted(order) == list(range(len(visitors)))
    arrivals = [sum(pause for pause, _ in visitors[: i + 1]) for i in range(len(visitors))]
    for name in order:
        passed_by = [other for other in order[: order.index(name)] if other > name]
        assert all(arrivals[other] - arrivals[name] <= credit for other in passed_by)
