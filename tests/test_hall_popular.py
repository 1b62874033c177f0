"""Which services are offered first: those people take most at this hour, and nothing while nothing is known."""

from __future__ import annotations

from hall import Hall
from hall.popular import ENOUGH, popular
from tests.halls import Clock

CARD, BIRTH, PAY = "civil.card", "civil.birth", "tax.pay"
ALL = (CARD, BIRTH, PAY)


def test_the_service_taken_most_at_this_hour_stands_first() -> None:
    monday = {CARD: (ENOUGH, 30), PAY: (ENOUGH + 1, 31)}
    assert popular([monday], ALL, 8) == [PAY, CARD]


def test_many_days_are_counted_together() -> None:
    assert popular([{CARD: (12, 12), PAY: (10, 10)}, {PAY: (9, 9)}], ALL, 8) == [PAY, CARD]


def test_while_an_hour_has_few_tickets_the_whole_day_decides() -> None:
    assert popular([{CARD: (2, 2), PAY: (1, 60)}], ALL, 8) == [PAY, CARD]
    assert popular([{CARD: (ENOUGH, ENOUGH), PAY: (1, 60)}], ALL, 8) == [CARD, PAY]


def test_a_service_nobody_took_at_an_hour_that_is_known_is_left_out() -> None:
    assert popular([{CARD: (ENOUGH, 90), PAY: (0, 60)}], ALL, 8) == [CARD]


def test_of_two_taken_alike_the_busier_day_and_then_the_catalogue_decides() -> None:
    assert popular([{CARD: (20, 30), PAY: (20, 40)}], ALL, 8) == [PAY, CARD]
    assert popular([{PAY: (20, 30), CARD: (20, 30)}], ALL, 8) == [CARD, PAY]


def test_a_service_that_has_left_the_catalogue_is_not_offered_and_does_not_count() -> None:
    assert popular([{"gone.service": (500, 500), CARD: (1, 5), PAY: (2, 3)}], ALL, 8) == [CARD, PAY]


def test_nothing_known_is_nothing_offered() -> None:
    assert popular([], ALL, 8) == []
    assert popular([{}, {}], ALL, 8) == []


def test_no_more_are_offered_than_asked_for() -> None:
    assert popular([{CARD: (20, 20), BIRTH: (21, 21), PAY: (22, 22)}], ALL, 2) == [PAY, BIRTH]


def take(hall: Hall, service: str, times: int) -> None:
    for _ in range(times):
        hall.issue(service, printer=None)


def test_a_hall_offers_other_services_in_the_morning_than_in_the_afternoon(hall: Hall, clock: Clock) -> None:
    for day in ("2026-11-18", "2026-11-19", "2026-11-20"):
        clock.at(f"{day} 09:30")
        take(hall, CARD, 9)
        take(hall, PAY, 2)
        clock.at(f"{day} 14:30")
        take(hall, PAY, 8)
    clock.at("2026-11-23 09:10")
    assert hall.popular() == [CARD, PAY]
    assert hall.popular(1) == [CARD]
    clock.at("2026-11-23 14:59")
    assert hall.popular() == [PAY]
    clock.at("2026-11-23 11:00")
    assert hall.popular() == [PAY, CARD]


def test_what_is_taken_today_counts_at_once(hall: Hall) -> None:
    assert hall.popular() == []
    take(hall, PAY, 2)
    assert hall.popular() == [PAY]
    take(hall, CARD, 3)
    assert hall.popular() == [CARD, PAY]


def test_what_was_taken_more_than_four_weeks_ago_is_forgotten(hall: Hall, clock: Clock) -> None:
    take(hall, PAY, 3)
    clock.on(days=28)
    assert hall.popular() == [PAY]
    clock.on(days=1)
    assert hall.popular() == []


def test_a_ticket_sent_elsewhere_counts_for_what_the_visitor_asked_for(hall: Hall) -> None:
    ticket = hall.issue(CARD, printer=None)
    hall.call_next("1")
    hall.transfer(ticket.id, service=PAY)
    assert hall.popular() == [CARD]
