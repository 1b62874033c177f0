"""The pause of a whole hall: no ticket for anybody, calls go on, and an end that comes by itself."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from hall import Hall, Refusal, TicketState
from hall.journal import Happening
from tests.halls import Clock, opened

CARD, PAY = "civil.card", "tax.pay"


def refused(hall: Hall, service: str = CARD) -> Refusal:
    with pytest.raises(Refusal) as no:
        hall.issue(service)
    return no.value


def kinds(hall: Hall) -> list[str]:
    return [event.kind for event in hall.events()]


def test_a_paused_hall_gives_no_ticket_for_any_service_until_it_is_opened(hall: Hall) -> None:
    hall.pause_hall("Fire drill", staff="Sari")
    for service in hall.catalogue.services:
        assert refused(hall, service).said() == "The hall is paused: Fire drill."
    assert hall.pause is not None
    assert (hall.pause.reason, hall.pause.staff, hall.pause.until) == ("Fire drill", "Sari", None)
    hall.open_hall()
    assert hall.pause is None
    assert hall.issue(CARD).number == "A001"


def test_those_who_wait_are_called_while_the_hall_is_paused(hall: Hall) -> None:
    ticket = hall.issue(CARD)
    hall.pause_hall("Fire drill")
    called = hall.call_next("1")
    assert called is not None
    assert called.id == ticket.id
    assert hall.transfer(ticket.id, service=PAY).state is TicketState.WAITING


def test_a_pause_with_an_end_is_over_by_the_clock_and_the_journal_says_so(hall: Hall, clock: Clock) -> None:
    hall.pause_hall("Power", clock.now + timedelta(minutes=30))
    no = refused(hall)
    assert no.said() == "The hall is paused: Power. Opens again at 09:30."
    clock.on(minutes=29)
    assert hall.rest() is not None
    clock.on(minutes=1)
    assert hall.pause is None
    assert hall.rest() is None, "without anybody having written anything"
    hall.issue(CARD)
    assert kinds(hall)[-3:] == [Happening.HALL_PAUSE, Happening.HALL_OPEN, "issued"]
    hall.issue(CARD)
    assert kinds(hall).count(Happening.HALL_OPEN) == 1


def test_a_hall_is_opened_before_the_pause_would_end(hall: Hall, clock: Clock) -> None:
    hall.pause_hall("Power", clock.now + timedelta(minutes=30))
    hall.open_hall(staff="Sari")
    clock.on(minutes=40)
    hall.issue(CARD)
    assert kinds(hall).count(Happening.HALL_OPEN) == 1


def test_opening_a_hall_that_is_not_paused_changes_nothing(hall: Hall) -> None:
    before = hall.sequence()
    hall.open_hall()
    assert hall.sequence() == before


def test_a_pause_that_would_be_over_already_is_refused(hall: Hall, clock: Clock) -> None:
    before = hall.sequence()
    with pytest.raises(Refusal) as no:
        hall.pause_hall("Power", clock.now)
    assert no.value.said() == "A pause cannot end at 09:00: that time is over."
    assert hall.sequence() == before


def test_a_second_pause_stands_in_for_the_first(hall: Hall, clock: Clock) -> None:
    hall.pause_hall("Power", clock.now + timedelta(minutes=30))
    hall.pause_hall("Fire drill")
    clock.on(minutes=40)
    assert refused(hall).data["reason"] == "Fire drill"


def test_a_pause_that_ends_out_of_hours_promises_the_next_opening(hall: Hall, clock: Clock) -> None:
    hall.pause_hall("Power", clock.now + timedelta(hours=9))
    assert refused(hall).said() == "The hall is paused: Power. Opens again tomorrow 07:30."


@pytest.mark.parametrize(
    ("moment", "until", "said"),
    [
        ("2026-11-23 06:00", None, "The hall is paused: Power."),
        ("2026-11-23 06:00", "07:00", "Tickets are given from 07:30."),
        ("2026-11-23 06:00", "09:00", "The hall is paused: Power. Opens again at 09:00."),
        ("2026-11-23 18:00", "20:00", "Closed for today. Opens again tomorrow 07:30."),
    ],
)
def test_out_of_hours_the_reason_that_lasts_longer_is_told(
    hall: Hall, clock: Clock, moment: str, until: str | None, said: str
) -> None:
    clock.at(moment)
    ends = until and clock.now.replace(hour=int(until[:2]))
    hall.pause_hall("Power", ends or None)
    assert refused(hall).said() == said


def test_a_hall_that_is_always_open_can_be_paused_too(tmp_path: Path, clock: Clock) -> None:
    clock.at("2026-11-29 03:00")
    with opened(tmp_path, clock, always_open=True) as hall:
        hall.pause_hall("Power", clock.now + timedelta(minutes=30))
        assert refused(hall).said() == "The hall is paused: Power. Opens again at 03:30."


def test_a_pause_outlives_the_process_that_made_it(tmp_path: Path, clock: Clock) -> None:
    with opened(tmp_path, clock) as hall:
        hall.pause_hall("Power", clock.now + timedelta(minutes=30), staff="Sari")
        made = hall.pause
    with Hall.open(tmp_path / "queue.db", clock=clock) as again:
        assert again.pause == made


def test_another_process_sees_the_pause_at_its_next_act(tmp_path: Path, hall: Hall, clock: Clock) -> None:
    with Hall.open(tmp_path / "queue.db", clock=clock) as other:
        assert other.refusal(CARD) is None
        hall.pause_hall("Power")
        no = other.refusal(CARD)
        assert no is not None
        assert no.code == "hall_paused"


def test_the_board_rests_with_the_hall_whatever_else_is_closed(hall: Hall) -> None:
    for service in hall.catalogue.services:
        hall.pause_service(service, reason="Meeting")
    hall.pause_hall("Power")
    rest = hall.rest()
    assert rest is not None
    assert rest.code == "hall_paused"
