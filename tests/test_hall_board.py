"""What a call-board shows: today's newest calls, of its zone, and nothing that has left the counters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import pytest

from hall import Hall, Refusal, Ticket
from hall.board import LENGTH, BoardCall
from tests.halls import Clock

CARD, PAY = "civil.card", "tax.pay"


def called(hall: Hall, counter: str = "1", service: str = CARD) -> Ticket:
    return hall.call(hall.issue(service).id, counter)


def shown(hall: Hall, *zones: str) -> list[tuple[str, str]]:
    return [(call.number, call.counter) for call in hall.board(*zones).calls]


def test_the_newest_call_stands_first(hall: Hall) -> None:
    called(hall, "1")
    called(hall, "3", PAY)
    called(hall, "2")
    assert shown(hall) == [("A002", "2"), ("T001", "3"), ("A001", "1")]


def test_calls_of_one_instant_stand_in_the_order_of_the_journal(hall: Hall) -> None:
    for _ in range(5):
        called(hall)
    sequences = [call.sequence for call in hall.board().calls]
    assert sequences == sorted(sequences, reverse=True)


def test_a_call_says_number_counter_zone_agency_and_time_and_nothing_more_of_the_visitor(
    hall: Hall, clock: Clock
) -> None:
    ticket = hall.issue(CARD, priority="disabled")
    clock.on(minutes=3)
    hall.call(ticket.id, "1")
    board = hall.board()
    assert (board.sequence, board.at) == (hall.sequence(), clock.now)
    assert board.calls == (BoardCall(board.sequence, ticket.id, "A001", "1", "a", "civil", clock.now, 1),)
    assert {field.name for field in fields(BoardCall)}.isdisjoint({"priority", "token", "service", "language"})


def test_a_recall_brings_a_call_to_the_top_again(hall: Hall, clock: Clock) -> None:
    first = called(hall, "1")
    called(hall, "2")
    clock.on(seconds=20)
    hall.recall(first.id)
    assert [(call.number, call.times) for call in hall.board().calls] == [("A001", 2), ("A002", 1)]
    assert hall.board().calls[0].called_at == clock.now
    assert hall.board().calls[0].sequence == hall.sequence()


def test_a_board_shows_its_own_zone_only(hall: Hall) -> None:
    called(hall, "1")
    called(hall, "3", PAY)
    called(hall, "2")
    assert shown(hall, "a") == [("A002", "2"), ("A001", "1")]
    assert shown(hall, "b") == [("T001", "3")]


def test_a_board_shows_several_zones_together(hall: Hall) -> None:
    called(hall, "1")
    called(hall, "3", PAY)
    assert shown(hall, "b", "a") == shown(hall) == [("T001", "3"), ("A001", "1")]


def test_a_zone_the_hall_does_not_have_is_refused(hall: Hall) -> None:
    for ask in (hall.board, hall.next_up, hall.rest):
        with pytest.raises(Refusal) as refusal:
            ask("a", "cellar")
        assert (refusal.value.code, refusal.value.data) == ("unknown_zone", {"zone": "cellar"})


def test_a_board_shows_the_newest_calls_only(hall: Hall) -> None:
    for _ in range(LENGTH + 3):
        called(hall)
    assert [call.number for call in hall.board().calls] == [f"A{count:03d}" for count in range(LENGTH + 3, 3, -1)]


def test_a_board_that_was_away_is_told_of_every_call_since(hall: Hall) -> None:
    for _ in range(5):
        called(hall)
    known = hall.sequence()
    for _ in range(LENGTH + 30):
        called(hall)
    assert len(hall.board(after=known).calls) == LENGTH + 30
    assert len(hall.board(after=hall.sequence()).calls) == LENGTH
    assert len(hall.board("a", after=0).calls) == LENGTH + 35


def test_a_board_that_starts_is_told_of_every_call_that_is_still_fresh(hall: Hall, clock: Clock) -> None:
    for _ in range(5):
        called(hall)
    clock.on(minutes=10)
    for _ in range(LENGTH + 3):
        called(hall)
    assert len(hall.board(since=clock.now - timedelta(minutes=1)).calls) == LENGTH + 3


def test_the_next_numbers_are_those_the_counters_would_call_and_none_of_another_zone(hall: Hall, clock: Clock) -> None:
    hall.issue(CARD)
    clock.on(minutes=1)
    hall.issue(PAY)
    hall.issue(CARD, priority="elderly")
    assert hall.next_up() == ["A002", "A001", "T001"]
    assert hall.next_up("b") == ["T001"]
    assert hall.next_up("a", most=1) == ["A002"]
    clock.on(days=1)
    assert hall.next_up() == []


def test_a_hall_rests_while_no_ticket_at_all_is_given_and_says_until_when(hall: Hall, clock: Clock) -> None:
    assert hall.rest() is None
    for service in (CARD, "civil.birth"):
        hall.pause_service(service, reason="Meeting")
    assert hall.rest() is None, "there are still tickets for the other agency"
    assert (refusal := hall.rest("a")) is not None
    assert refusal.code == "service_paused"
    clock.at("2026-11-23 12:10")
    assert (refusal := hall.rest()) is not None
    assert (refusal.code, f"{refusal.data['opens']:%H:%M}") == ("break", "13:00")
    clock.at("2026-11-23 18:00")
    assert (refusal := hall.rest()) is not None
    assert refusal.code == "closed"


def test_a_visitor_who_is_served_or_done_stays_on_the_board(hall: Hall) -> None:
    ticket = called(hall)
    hall.serve(ticket.id)
    assert shown(hall) == [("A001", "1")]
    hall.finish(ticket.id)
    assert shown(hall) == [("A001", "1")]


def _no_show(hall: Hall, ticket: Ticket, clock: Clock) -> None:
    clock.on(seconds=20)
    hall.recall(ticket.id)
    hall.no_show(ticket.id)


@pytest.mark.parametrize(
    "leave",
    [
        pytest.param(_no_show, id="no-show"),
        pytest.param(lambda hall, ticket, _: hall.park(ticket.id), id="parked"),
        pytest.param(lambda hall, ticket, _: hall.cancel(ticket.id), id="cancelled"),
        pytest.param(lambda hall, ticket, _: hall.transfer(ticket.id, service=PAY), id="sent to a service"),
        pytest.param(lambda hall, ticket, _: hall.transfer(ticket.id, counter="3"), id="sent to a counter"),
    ],
)
def test_who_need_not_come_to_the_counter_leaves_the_board(
    hall: Hall, clock: Clock, leave: Callable[[Hall, Ticket, Clock], object]
) -> None:
    ticket = called(hall)
    leave(hall, ticket, clock)
    assert shown(hall) == []


def test_who_is_called_again_after_parking_is_on_the_board_again_at_the_new_counter(hall: Hall) -> None:
    ticket = called(hall)
    hall.park(ticket.id)
    hall.resume(ticket.id, "3")
    assert shown(hall) == [("A001", "3")]
    assert shown(hall, "a") == []


def test_yesterdays_calls_are_not_shown(hall: Hall, clock: Clock) -> None:
    called(hall)
    clock.on(days=1)
    assert shown(hall) == []
    hall.open_counter("1")
    assert shown(hall) == []
    called(hall)
    assert shown(hall) == [("A001", "1")]


def test_another_process_sees_the_same_board(hall: Hall, tmp_path: Path, clock: Clock) -> None:
    called(hall)
    with Hall.open(tmp_path / "queue.db", clock=clock) as other:
        assert other.board() == hall.board()
