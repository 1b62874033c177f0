"""What may be done to a ticket in which state, what follows, and that a refused act changes nothing at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from hall import Hall, Refusal, Ticket, TicketState
from hall.counters import CounterStanding
from hall.tickets import TRANSITIONS, Deed, moved
from hall.waiting import Estimate, estimate, pace
from tests.halls import Clock, sqlite3

CARD, BIRTH, PAY = "civil.card", "civil.birth", "tax.pay"
S = TicketState


def called(hall: Hall, counter: str = "1") -> Ticket:
    ticket = hall.call_next(counter)
    assert ticket is not None
    return ticket


def brought_to(hall: Hall, clock: Clock, state: TicketState) -> Ticket:
    """A ticket in a state, with its counter free again where it can be."""
    ticket = hall.issue(CARD)
    if state is S.WAITING:
        return ticket
    if state is S.CANCELLED:
        return hall.cancel(ticket.id)
    if state is S.EXPIRED:
        clock.on(days=1)
        hall.open_counter("3")
        return hall.ticket(ticket.id)
    hall.call(ticket.id, "1")
    clock.on(seconds=30)
    if state is S.SERVING:
        return hall.serve(ticket.id)
    if state is S.PARKED:
        return hall.park(ticket.id)
    if state is S.DONE:
        return hall.finish(ticket.id)
    if state is S.NO_SHOW:
        hall.recall(ticket.id)
        return hall.no_show(ticket.id)
    return hall.ticket(ticket.id)


def everything(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the queue."""
    raw = sqlite3.connect(folder / "queue.db")
    try:
        tables = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: raw.execute(f"SELECT * FROM {table}").fetchall() for table in tables}  # noqa: S608
    finally:
        raw.close()


DEEDS: dict[Deed, Callable[[Hall, int], object]] = {
    Deed.CALL: lambda hall, ticket: hall.call(ticket, "2"),
    Deed.RECALL: lambda hall, ticket: hall.recall(ticket),
    Deed.SERVE: lambda hall, ticket: hall.serve(ticket),
    Deed.NO_SHOW: lambda hall, ticket: hall.no_show(ticket),
    Deed.READMIT: lambda hall, ticket: hall.readmit(ticket),
    Deed.PARK: lambda hall, ticket: hall.park(ticket),
    Deed.RESUME: lambda hall, ticket: hall.resume(ticket, "2"),
    Deed.TRANSFER: lambda hall, ticket: hall.transfer(ticket, service=PAY),
    Deed.FINISH: lambda hall, ticket: hall.finish(ticket),
    Deed.CANCEL: lambda hall, ticket: hall.cancel(ticket),
}
"""What people can do to a ticket; the clock does the rest."""
ALLOWED = [(state, deed) for deed in DEEDS for state in S if state in TRANSITIONS[deed][0]]
FORBIDDEN = [(state, deed) for deed in DEEDS for state in S if state not in TRANSITIONS[deed][0]]


def test_every_deed_is_in_the_table_and_done_by_somebody() -> None:
    assert set(TRANSITIONS) == set(Deed) - {Deed.ISSUE}
    assert set(DEEDS) == set(TRANSITIONS) - {Deed.RETURN, Deed.EXPIRE}
    assert all(who for _, _, who in TRANSITIONS.values())


def test_a_ticket_that_is_over_stays_over_but_for_a_no_show() -> None:
    for state in (S.DONE, S.CANCELLED, S.EXPIRED):
        assert not [deed for deed, (sources, _, _) in TRANSITIONS.items() if state in sources]
    assert [deed for deed, (sources, _, _) in TRANSITIONS.items() if S.NO_SHOW in sources] == [Deed.READMIT]


@pytest.mark.parametrize(("state", "deed"), ALLOWED)
def test_what_the_table_allows_is_done_and_written_down(
    hall: Hall, clock: Clock, state: TicketState, deed: Deed
) -> None:
    ticket = brought_to(hall, clock, state)
    if deed is Deed.NO_SHOW:
        hall.recall(ticket.id)
    assert ticket.state is state
    before = hall.sequence()
    DEEDS[deed](hall, ticket.id)
    after = hall.ticket(ticket.id)
    assert after.state is TRANSITIONS[deed][1] is moved(ticket, deed)
    written = [event for event in hall.events(before) if event.ticket == ticket.id]
    assert [(event.kind, event.number, event.service) for event in written] == [(deed, after.number, after.service)]
    assert (after.number, after.token, after.issued_at) == (ticket.number, ticket.token, ticket.issued_at)


@pytest.mark.parametrize(("state", "deed"), FORBIDDEN)
def test_what_the_table_forbids_is_refused_and_changes_nothing(
    hall: Hall, clock: Clock, tmp_path: Path, state: TicketState, deed: Deed
) -> None:
    ticket = brought_to(hall, clock, state)
    busy = hall.issue(CARD)
    hall.call(busy.id, "2")
    before = everything(tmp_path)
    with pytest.raises(Refusal) as no:
        DEEDS[deed](hall, ticket.id)
    assert no.value.code == "illegal_act"
    assert no.value.data == {"number": ticket.number, "state": state, "act": deed}
    assert ticket.number in no.value.said()
    assert everything(tmp_path) == before
    assert hall.in_hand("2") == hall.ticket(busy.id)


def test_every_refused_act_leaves_the_queue_as_it_was(hall: Hall, clock: Clock, tmp_path: Path) -> None:
    first, second = hall.issue(CARD), hall.issue(BIRTH)
    called(hall)
    hall.pause_counter("2", reason="lunch")
    parked = hall.park(hall.call(hall.issue(PAY).id, "3").id)
    before = everything(tmp_path)
    acts: list[tuple[Callable[[], object], str]] = [
        (lambda: hall.recall(first.id), "recall_too_soon"),
        (lambda: hall.no_show(first.id), "no_show_too_soon"),
        (lambda: hall.call(second.id, "3"), "not_offered"),
        (lambda: hall.call(second.id, "2"), "counter_paused"),
        (lambda: hall.call_next("2"), "counter_paused"),
        (lambda: hall.resume(parked.id, "2"), "counter_paused"),
        (lambda: hall.call(second.id, "9"), "unknown_counter"),
        (lambda: hall.call_next("9"), "unknown_counter"),
        (lambda: hall.resume(parked.id, "9"), "unknown_counter"),
        (lambda: hall.line("9"), "unknown_counter"),
        (lambda: hall.in_hand("9"), "unknown_counter"),
        (lambda: hall.counter("9"), "unknown_counter"),
        (lambda: hall.parked("9"), "unknown_counter"),
        (lambda: hall.open_counter("9"), "unknown_counter"),
        (lambda: hall.pause_counter("9", reason="x"), "unknown_counter"),
        (lambda: hall.close_counter("9"), "unknown_counter"),
        (lambda: hall.pause_service("9", reason="x"), "unknown_service"),
        (lambda: hall.open_service("9"), "unknown_service"),
        (lambda: hall.transfer(second.id), "nowhere_to_transfer"),
        (lambda: hall.transfer(second.id, service=PAY, counter="3"), "nowhere_to_transfer"),
        (lambda: hall.transfer(second.id, service="x"), "unknown_service"),
        (lambda: hall.transfer(second.id, counter="9"), "unknown_counter"),
        (lambda: hall.board("nowhere"), "unknown_zone"),
        (lambda: hall.call(9999, "1"), "unknown_ticket"),
    ]
    for act, code in acts:
        with pytest.raises(Refusal) as no:
            act()
        assert no.value.code == code
        assert no.value.said()
        assert everything(tmp_path) == before


# -- in hand -----------------------------------------------------------------------------------------------------------


def test_next_finishes_the_ticket_in_hand_and_calls_the_next_one(hall: Hall) -> None:
    first, second = hall.issue(CARD), hall.issue(CARD)
    assert called(hall).id == first.id
    before = hall.sequence()
    assert called(hall).id == second.id
    assert hall.ticket(first.id).state is S.DONE
    assert [event.kind for event in hall.events(before)] == [Deed.FINISH, Deed.CALL]
    assert hall.in_hand("1") == hall.ticket(second.id)


def test_next_with_nobody_waiting_still_finishes_the_ticket_in_hand(hall: Hall) -> None:
    ticket = hall.issue(CARD)
    called(hall)
    assert hall.call_next("1") is None
    assert hall.ticket(ticket.id).state is S.DONE
    assert hall.in_hand("1") is None


def test_next_with_nothing_to_do_writes_nothing(hall: Hall) -> None:
    hall.call_next("1")
    before = hall.sequence()
    assert hall.call_next("1") is None
    assert hall.sequence() == before


@pytest.mark.parametrize("way", ["call", "resume"])
def test_calling_one_by_name_or_back_finishes_the_ticket_in_hand(hall: Hall, way: str) -> None:
    wanted, busy = hall.issue(CARD), hall.issue(CARD)
    if way == "resume":
        hall.park(hall.call(wanted.id, "1").id)
    hall.serve(hall.call(busy.id, "1").id)
    ticket = hall.call(wanted.id, "1") if way == "call" else hall.resume(wanted.id, "1")
    assert (ticket.state, ticket.counter, ticket.times) == (S.CALLED, "1", 1)
    assert hall.ticket(busy.id).state is S.DONE
    assert hall.in_hand("1") == ticket


def test_calling_the_ticket_in_hand_once_more_by_name_is_refused_and_keeps_it_in_hand(hall: Hall) -> None:
    ticket = called_after_issue(hall)
    with pytest.raises(Refusal) as no:
        hall.call(ticket.id, "1")
    assert no.value.code == "illegal_act"
    assert hall.in_hand("1") == ticket


def called_after_issue(hall: Hall) -> Ticket:
    hall.issue(CARD)
    return called(hall)


def test_a_parked_visitor_may_be_called_back_to_another_counter(hall: Hall) -> None:
    ticket = hall.park(called_after_issue(hall).id)
    assert hall.parked("1") == [ticket]
    back = hall.resume(ticket.id, "3")
    assert (back.counter, back.times, back.parked_until, back.served_at) == ("3", 1, None, None)
    assert hall.parked("1") == []


def test_who_does_a_deed_stands_in_the_journal(hall: Hall) -> None:
    hall.issue(CARD)
    before = hall.sequence()
    ticket = hall.call_next("1", staff="ani")
    assert ticket is not None
    hall.serve(ticket.id, staff="budi")
    hall.finish(ticket.id)
    assert [(event.kind, event.staff, event.counter) for event in hall.events(before)] == [
        ("counter_opened", "ani", "1"),
        (Deed.CALL, "ani", "1"),
        (Deed.SERVE, "budi", "1"),
        (Deed.FINISH, None, "1"),
    ]


# -- calling again, not coming -----------------------------------------------------------------------------------------


def test_a_recall_waits_for_its_spacing(hall: Hall, clock: Clock) -> None:
    ticket = called_after_issue(hall)
    clock.on(seconds=19.999)
    with pytest.raises(Refusal) as no:
        hall.recall(ticket.id)
    assert (no.value.code, no.value.data) == ("recall_too_soon", {"number": ticket.number, "seconds": 1})
    clock.on(seconds=0.001)
    assert hall.recall(ticket.id).times == 2
    with pytest.raises(Refusal) as no:
        hall.recall(ticket.id)
    assert no.value.data["seconds"] == 20


def test_a_ticket_is_called_no_more_often_than_the_limit(hall: Hall, clock: Clock) -> None:
    ticket = called_after_issue(hall)
    for times in (2, 3):
        clock.on(seconds=20)
        assert hall.recall(ticket.id).times == times
    clock.on(seconds=20)
    with pytest.raises(Refusal) as no:
        hall.recall(ticket.id)
    assert (no.value.code, no.value.data) == ("recall_limit", {"number": ticket.number, "times": 3})


def test_a_clock_set_back_does_not_forbid_recalls_until_it_has_caught_up(hall: Hall, clock: Clock) -> None:
    ticket = called_after_issue(hall)
    clock.on(minutes=-60)
    try:
        hall.recall(ticket.id)
    except Refusal as no:
        assert no.data["seconds"] <= 20
    clock.on(seconds=20)
    assert hall.recall(ticket.id).times >= 2


def test_a_no_show_takes_the_set_number_of_calls(hall: Hall, clock: Clock) -> None:
    ticket = called_after_issue(hall)
    with pytest.raises(Refusal) as no:
        hall.no_show(ticket.id)
    assert (no.value.code, no.value.data["times"], no.value.data["needed"]) == ("no_show_too_soon", 1, 2)
    clock.on(seconds=20)
    hall.recall(ticket.id)
    assert hall.no_show(ticket.id).state is S.NO_SHOW
    assert hall.in_hand("1") is None


def test_a_no_show_may_come_back_once_within_the_grace_time(hall: Hall, clock: Clock) -> None:
    ticket = brought_to(hall, clock, S.NO_SHOW)
    clock.on(minutes=30)
    back = hall.readmit(ticket.id)
    assert (back.state, back.returned, back.times, back.counter) == (S.WAITING, True, 0, None)
    assert (back.called_at, back.ended_at) == (None, None)
    hall.call(ticket.id, "1")
    clock.on(seconds=20)
    hall.recall(ticket.id)
    hall.no_show(ticket.id)
    with pytest.raises(Refusal) as no:
        hall.readmit(ticket.id)
    assert no.value.code == "readmitted_before"


def test_a_no_show_who_comes_after_the_grace_time_is_too_late(hall: Hall, clock: Clock) -> None:
    ticket = brought_to(hall, clock, S.NO_SHOW)
    clock.on(minutes=30, seconds=0.001)
    with pytest.raises(Refusal) as no:
        hall.readmit(ticket.id)
    assert (no.value.code, no.value.data) == ("grace_over", {"number": ticket.number})


# -- the clock's own deeds ---------------------------------------------------------------------------------------------


def test_a_parked_ticket_waits_again_when_its_time_is_over(hall: Hall, clock: Clock) -> None:
    ticket = hall.park(called_after_issue(hall).id)
    assert ticket.parked_until is not None
    clock.on(minutes=60, seconds=-0.001)
    hall.issue(CARD)
    assert hall.ticket(ticket.id).state is S.PARKED
    clock.on(seconds=0.001)
    before = hall.sequence()
    hall.issue(CARD)
    after = hall.ticket(ticket.id)
    assert (after.state, after.counter, after.parked_until, after.times) == (S.WAITING, None, None, 0)
    assert hall.events(before)[0].kind == Deed.RETURN


def test_parked_tickets_return_each_at_its_own_time(hall: Hall, clock: Clock) -> None:
    tickets = []
    for _ in range(3):
        tickets.append(hall.park(called_after_issue(hall).id))
        clock.on(minutes=10)
    clock.on(minutes=30)
    seen = []
    for _ in tickets:
        hall.open_counter("3")
        seen.append([hall.ticket(ticket.id).state for ticket in tickets].count(S.WAITING))
        clock.on(minutes=10)
    assert seen == [1, 2, 3]


def test_a_parked_ticket_called_back_in_time_does_not_wait_again(hall: Hall, clock: Clock) -> None:
    ticket = hall.park(called_after_issue(hall).id)
    hall.resume(ticket.id, "1")
    clock.on(minutes=61)
    hall.issue(CARD)
    assert hall.ticket(ticket.id).state is S.CALLED


def test_whatever_is_open_at_the_end_of_the_day_expires_with_the_first_act_of_the_next(
    hall: Hall, clock: Clock
) -> None:
    tickets = {state: brought_to(hall, clock, state) for state in (S.CALLED, S.WAITING, S.PARKED, S.DONE, S.NO_SHOW)}
    tickets[S.SERVING] = hall.serve(hall.call(hall.issue(CARD).id, "2").id)
    tickets[S.CALLED] = hall.call(hall.issue(PAY).id, "3")
    clock.at("2026-11-24 00:00")
    before = hall.sequence()
    hall.open_counter("1")
    states = {state: hall.ticket(ticket.id).state for state, ticket in tickets.items()}
    assert states == {
        S.WAITING: S.EXPIRED,
        S.CALLED: S.EXPIRED,
        S.SERVING: S.EXPIRED,
        S.PARKED: S.EXPIRED,
        S.DONE: S.DONE,
        S.NO_SHOW: S.NO_SHOW,
    }
    assert {event.kind for event in hall.events(before)} == {Deed.EXPIRE, "counter_opened"}


def test_a_day_later_no_counter_has_anything_in_hand_and_nobody_waits_even_before_the_first_act(
    hall: Hall, clock: Clock
) -> None:
    first = hall.issue(CARD)
    called(hall)
    waiting = hall.issue(CARD)
    clock.on(days=1)
    assert hall.in_hand("1") is None
    assert hall.waiting() == {}
    assert hall.line("1") == []
    assert hall.ahead(waiting.id) == hall.ahead(first.id) == 0
    assert hall.board().calls == ()
    assert hall.counter("1").state is CounterStanding.CLOSED


def test_an_expired_ticket_cannot_be_called_by_the_first_act_of_the_day(hall: Hall, clock: Clock) -> None:
    ticket = hall.issue(CARD)
    clock.on(days=1)
    acts: list[Callable[[], object]] = [lambda: hall.call(ticket.id, "1"), lambda: hall.cancel(ticket.id)]
    for act in acts:
        with pytest.raises(Refusal) as no:
            act()
        assert (no.value.code, no.value.data["state"]) == ("illegal_act", S.EXPIRED)


# -- counters ----------------------------------------------------------------------------------------------------------


def test_a_counter_is_closed_until_somebody_opens_it_or_calls(hall: Hall, clock: Clock) -> None:
    assert hall.counter("1").state is CounterStanding.CLOSED
    assert hall.open_counter("1", staff="ani") == hall.counter("1")
    assert (hall.counter("1").state, hall.counter("1").staff) == (CounterStanding.OPEN, "ani")
    assert hall.counter("1").since == clock.now
    hall.close_counter("1")
    hall.issue(CARD)
    hall.call_next("1", staff="budi")
    assert (hall.counter("1").state, hall.counter("1").staff) == (CounterStanding.OPEN, "budi")


def test_a_paused_counter_calls_nobody_until_it_opens(hall: Hall) -> None:
    ticket = hall.issue(CARD)
    hall.pause_counter("1", reason="lunch", staff="ani")
    with pytest.raises(Refusal) as no:
        hall.call_next("1")
    assert no.value.said() == "Counter 1 is paused: lunch."
    hall.open_counter("1")
    assert called(hall).id == ticket.id


def test_how_a_counter_stands_is_seen_by_every_process_at_once(hall: Hall, tmp_path: Path, clock: Clock) -> None:
    with Hall.open(tmp_path / "queue.db", clock=clock) as other:
        assert other.counter("1").state is CounterStanding.CLOSED
        hall.pause_counter("1", reason="lunch")
        assert other.counter("1").reason == "lunch"


# -- people ahead and how long it takes --------------------------------------------------------------------------------


def test_people_ahead_are_those_called_before_at_the_same_counters(hall: Hall, clock: Clock) -> None:
    tickets = []
    for service in (CARD, PAY, BIRTH, CARD):
        tickets.append(hall.issue(service))
        clock.on(seconds=1)
    assert [hall.ahead(ticket.id) for ticket in tickets] == [0, 0, 1, 2]
    assert [ticket.ahead_at_issue for ticket in tickets] == [0, 0, 1, 2]
    urgent = hall.issue(CARD, priority="elderly")
    assert urgent.ahead_at_issue == 0
    assert [hall.ahead(ticket.id) for ticket in tickets] == [1, 0, 2, 3]
    called(hall)
    assert [hall.ahead(ticket.id) for ticket in tickets] == [0, 0, 1, 2]
    assert hall.ahead(urgent.id) == 0


def test_the_wait_is_unknown_while_no_counter_is_open(hall: Hall) -> None:
    assert hall.estimate(CARD) is None
    assert hall.issue(CARD).estimate_at_issue is None
    hall.pause_counter("1", reason="lunch")
    assert hall.estimate(CARD) is None


def test_the_wait_grows_with_the_people_ahead_and_shrinks_with_the_counters(hall: Hall) -> None:
    hall.open_counter("1")
    alone = hall.estimate(CARD)
    for _ in range(6):
        ticket = hall.issue(CARD)
    assert ticket.estimate_at_issue is not None
    behind = hall.estimate(CARD)
    hall.open_counter("2")
    shared = hall.estimate(CARD)
    assert alone is not None
    assert behind is not None
    assert shared is not None
    assert alone.high < shared.high < behind.high
    assert hall.estimate(CARD, ahead=0) is not None


def test_an_estimate_is_a_range_of_whole_minutes_and_coarse_when_long() -> None:
    assert estimate(0, 0, 10) is None
    assert estimate(3, 0, 10) is None
    assert estimate(0, 1, 10) == Estimate(3, 8)
    assert estimate(10, 2, 10) == Estimate(30, 80)
    for ahead in range(60):
        for counters in (1, 2, 7):
            found = estimate(ahead, counters, 7.5)
            assert found is not None
            assert 0 <= found.low < found.high
            assert found.high <= 10 or (found.low % 5, found.high % 5) == (0, 0)


def test_the_pace_is_the_catalogues_until_enough_were_finished() -> None:
    assert pace([], 8) == pace([1, 1, 1, 1], 8) == 8
    assert pace([1, 2, 3, 4, 100], 8) == 3
    assert pace([0.0] * 9, 8) == 0.5


def test_the_measured_pace_of_today_is_believed_over_the_catalogue(hall: Hall, clock: Clock) -> None:
    for _ in range(6):
        hall.issue(CARD)
        called(hall)
        clock.on(minutes=2)
        hall.call_next("1")
    assert hall.estimate(CARD, ahead=3) == estimate(3, 1, 2)


def test_times_of_a_ticket_are_in_the_halls_zone(hall: Hall, clock: Clock) -> None:
    ticket = hall.serve(called_after_issue(hall).id)
    for moment in (ticket.issued_at, ticket.called_at, ticket.served_at):
        assert isinstance(moment, datetime)
        assert moment == clock.now
        assert moment.utcoffset() == clock.now.utcoffset()
