"""Acts that are safe to repeat: a request that comes twice, late or out of order is done once."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from hall import Hall, Refusal, TicketState
from tests.halls import SMALL, Clock, opened, replayed, standing

CARD, PAY = "civil.card", "tax.pay"

Told = tuple[list[Any], dict[str, Any]]


def asked(act: Callable[..., Any], *told: object, **more: object) -> str:
    """The code of the refusal that an act ends in."""
    with pytest.raises(Refusal) as no:
        act(*told, **more)
    return no.value.code


def test_the_same_next_gives_the_same_ticket_and_calls_nobody_else(hall: Hall) -> None:
    hall.issue(CARD)
    hall.issue(CARD)
    first = hall.call_next("1", request_id="press")
    before = hall.sequence()
    assert hall.call_next("1", request_id="press") == first
    assert hall.sequence() == before
    assert hall.call_next("1", request_id="another press") != first


def test_a_next_that_found_nobody_still_finds_nobody_when_it_is_repeated(hall: Hall) -> None:
    assert hall.call_next("1", request_id="press") is None
    waiting = hall.issue(CARD)
    assert hall.call_next("1", request_id="press") is None
    assert hall.ticket(waiting.id).state is TicketState.WAITING


def test_a_repeated_request_gives_its_ticket_as_it_stands_now(hall: Hall) -> None:
    hall.issue(CARD)
    first = hall.call_next("1", request_id="press")
    assert first
    hall.finish(first.id)
    again = hall.call_next("1", request_id="press")
    assert again
    assert (again.id, again.state) == (first.id, TicketState.DONE)


def test_an_id_used_for_another_act_or_another_thing_is_refused(hall: Hall) -> None:
    ticket = hall.issue(CARD, request_id="one")
    hall.call_next("1", staff="ani", request_id="two")
    before = hall.sequence()
    assert asked(hall.issue, PAY, request_id="one") == "request_reused"
    assert asked(hall.issue, CARD, priority="elderly", request_id="one") == "request_reused"
    assert asked(hall.cancel, ticket.id, request_id="one") == "request_reused"
    assert asked(hall.call_next, "2", staff="ani", request_id="two") == "request_reused"
    assert asked(hall.call_next, "1", staff="budi", request_id="two") == "request_reused"
    assert asked(hall.recall, ticket.id, staff="ani", request_id="two") == "request_reused"
    assert hall.sequence() == before


def test_a_refused_request_may_be_tried_again_under_its_id(hall: Hall, clock: Clock) -> None:
    hall.issue(CARD)
    called = hall.call_next("1")
    assert called
    assert asked(hall.recall, called.id, request_id="press") == "recall_too_soon"
    clock.on(seconds=20)
    assert hall.recall(called.id, request_id="press").times == 2
    assert hall.recall(called.id, request_id="press").times == 2


def test_another_process_knows_the_request_too(hall: Hall, tmp_path: Path, clock: Clock) -> None:
    hall.issue(CARD)
    hall.issue(CARD)
    called = hall.call_next("1", request_id="press")
    with Hall.open(tmp_path / "queue.db", clock=clock) as other:
        assert other.was_done("press")
        assert other.call_next("1", request_id="press") == called


def test_a_copy_of_a_slip_and_a_test_page_asked_for_twice_come_once(hall: Hall) -> None:
    ticket = hall.issue(CARD, printer=None)
    copies = {hall.reprint(ticket.id, request_id="copy").id for _ in range(2)}
    tests = {hall.test_printer("main", request_id="test").id for _ in range(2)}
    assert len(copies) == len(tests) == 1
    assert hall.take_job("main")
    assert hall.take_job("main")
    assert hall.take_job("main") is None


def test_counters_and_services_pause_and_open_once(hall: Hall) -> None:
    for _ in range(2):
        hall.open_counter("1", request_id="a")
        hall.pause_counter("1", reason="Prayer", request_id="b")
        hall.close_counter("1", request_id="c")
        hall.pause_service(CARD, reason="No forms", request_id="d")
        hall.open_service(CARD, request_id="e")
    kinds = [event.kind for event in hall.events()][1:]
    assert kinds == ["counter_opened", "counter_paused", "counter_closed", "service_paused", "service_opened"]


def test_requests_are_known_for_a_day_at_least_and_then_forgotten(hall: Hall, clock: Clock) -> None:
    ticket = hall.issue(CARD, request_id="tap")
    clock.on(days=1)
    assert hall.issue(CARD, request_id="tap").id == ticket.id
    clock.on(days=1)
    assert hall.issue(CARD, request_id="other tap").number == "A001"
    assert not hall.was_done("tap")


def test_a_thousand_requests_twice_or_more_and_out_of_order_are_each_done_once(tmp_path: Path, clock: Clock) -> None:
    chance = random.Random(7)
    with opened(tmp_path, clock, SMALL.replace("cap = 3\n", ""), always_open=True) as hall:
        hall._storage.engine.rows("PRAGMA synchronous = OFF")
        tickets = [hall.issue(chance.choice([CARD, PAY]), printer=None).id for _ in range(150)]
        requests = [_request(chance, tickets, f"r{n}") for n in range(1000)]
        sent = [request for request in requests for _ in range(chance.choice([2, 2, 3]))]
        for place in range(len(sent)):  # the network hands them over late, each up to forty places from where it was
            other = min(len(sent) - 1, place + chance.randrange(40))
            sent[place], sent[other] = sent[other], sent[place]
        outcomes: dict[str, tuple[str, int | None]] = {}
        done = 0
        for act, told, request in sent:
            clock.on(seconds=chance.randrange(30))
            before = hall.sequence()
            try:
                outcome = getattr(hall, act)(*told[0], **told[1], request_id=request)
            except Refusal:
                assert request not in outcomes
                assert hall.sequence() == before
                continue
            key = getattr(outcome, "id", None)
            if request in outcomes:
                assert outcomes[request] == (act, key)
                assert all(event.kind in ("returned", "expired") for event in hall.events(before))  # the clock's
            else:
                done += 1
                outcomes[request] = (act, key)
        assert done > 300
        assert replayed(hall.events()) == standing(hall)
        deeds = [event.kind for event in hall.events()]
        for act, kind in (("serve", "serving"), ("recall", "recalled"), ("park", "parked"), ("cancel", "cancelled")):
            assert deeds.count(kind) == sum(one == act for one, _ in outcomes.values()), act


def _request(
    chance: random.Random, tickets: Sequence[int], name: str
) -> tuple[str, tuple[list[Any], dict[str, Any]], str]:
    counter, ticket = chance.choice("123"), chance.choice(tickets)
    deeds = ["recall", "serve", "no_show", "readmit", "park", "finish"]
    act = chance.choices(
        ["call_next", "call", "resume", "transfer", "issue", "cancel", "open_counter", "pause_counter", *deeds],
        [8, 8, 4, 1, 2, 1, 4, 1, *(3 for _ in deeds)],
    )[0]
    told: dict[str, Told] = {
        "call_next": ([counter], {"staff": "ani"}),
        "call": ([ticket, counter], {}),
        "resume": ([ticket, counter], {}),
        "transfer": ([ticket], {"counter": counter}),
        "issue": ([CARD], {"printer": None}),
        "open_counter": ([counter], {}),
        "pause_counter": ([counter], {"reason": "Prayer"}),
    }
    return act, told.get(act, ([ticket], {})), name
