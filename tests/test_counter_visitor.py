"""What a visitor's phone and the hall's page show, as plain values."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from counter import lobby, visitor
from counter.visitor import Back, Place
from hall import Refusal, Ticket, TicketState
from hall.catalogue import Catalogue, build
from hall.reception import Outlook
from hall.tickets import TicketId
from hall.waiting import Estimate
from tests.counter_server import catalogue

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def offices() -> Catalogue:
    return build(tomllib.loads(catalogue()))


def ticket(state: TicketState = TicketState.WAITING, **more: object) -> Ticket:
    came = NOW - timedelta(minutes=5)
    plain = Ticket(TicketId(1), "t" * 22, "2026-11-23", "A", 1, "o1.s", "ru", None, state, came, 1, 0, None)
    return replace(plain, **more)  # type: ignore[arg-type]


def shown(offices: Catalogue, of: Ticket) -> visitor.Phone:
    return visitor.phone(offices, of, 3, Estimate(5, 10), "en", NOW)


def test_a_phone_names_no_counter_before_the_call(offices: Catalogue) -> None:
    phone = shown(offices, ticket(counter="1"))
    assert (phone.counter, phone.ahead, phone.estimate, phone.call) == (None, 3, Estimate(5, 10), 0)


def test_a_called_phone_says_where_to_go_and_no_wait(offices: Catalogue) -> None:
    phone = shown(offices, ticket(TicketState.CALLED, counter="1", times=2, called_sequence=77))
    assert (phone.counter, phone.places) == ("1", (Place("Zone A en", "", ""),))
    assert (phone.times, phone.call, phone.ahead, phone.estimate) == (2, 77, 0, None)


def test_area_and_arrow_are_the_counters_own(offices: Catalogue) -> None:
    written = catalogue().replace(
        'code = "1"\nzone = "a"', 'code = "1"\nzone = "a"\narrow = "left"\narea = { en = "Floor 2" }'
    )
    halls = build(tomllib.loads(written))
    assert shown(halls, ticket(TicketState.CALLED, counter="1")).places == (Place("Zone A en", "Floor 2", "←"),)


def test_a_phone_whose_counter_has_left_the_catalogue_still_shows(offices: Catalogue) -> None:
    assert shown(offices, ticket(TicketState.DONE, counter="gone")).over


def test_a_parked_phone_says_until_when(offices: Catalogue) -> None:
    parked = ticket(TicketState.PARKED, counter="1", parked_until=NOW + timedelta(minutes=40))
    assert shown(offices, parked).until == "12:40"


@pytest.mark.parametrize(
    ("missed", "back", "until"),
    [
        ({"ended_at": NOW - timedelta(minutes=10)}, Back.IN_TIME, "12:20"),
        ({"ended_at": NOW - timedelta(minutes=31)}, Back.TOO_LATE, ""),
        ({"ended_at": NOW, "returned": True}, Back.ONCE_ONLY, ""),
        ({"ended_at": NOW, "day": "2026-11-22"}, Back.TOO_LATE, ""),
    ],
)
def test_a_missed_phone_says_whether_and_until_when_it_may_come_back(
    offices: Catalogue, missed: dict[str, object], back: Back, until: str
) -> None:
    phone = shown(offices, ticket(TicketState.NO_SHOW, counter="1", **missed))
    assert (phone.back, phone.until) == (back, until)


def test_who_has_come_back_once_is_not_promised_it_again(offices: Catalogue) -> None:
    assert shown(offices, ticket(returned=True)).kept == 0
    assert shown(offices, ticket()).kept == 30


@pytest.mark.parametrize("state", TicketState)
def test_a_ticket_can_be_given_back_only_while_it_is_wanted(offices: Catalogue, state: TicketState) -> None:
    phone = shown(offices, ticket(state, counter="1"))
    assert phone.returnable == (state in {"waiting", "called", "parked"})
    assert phone.over == (state in {"done", "cancelled", "expired"})


def test_two_who_see_the_same_are_equal_whatever_their_numbers(offices: Catalogue) -> None:
    assert shown(offices, ticket()) == shown(offices, ticket(count=9, token="u" * 22))


def test_an_agency_tells_the_sum_of_its_services_and_the_widest_range(offices: Catalogue) -> None:
    outlook = {code: Outlook(2, Estimate(5, 10), None) for code in offices.services}
    first = lobby.agencies(offices, outlook, "en")[0]
    assert (first.name, first.waiting, first.estimate, first.zones) == ("Office 1 en", 2, Estimate(5, 10), "Zone A en")


def test_a_closed_service_says_why_and_until_when(offices: Catalogue) -> None:
    shut = Refusal("break", opens=NOW + timedelta(hours=1))
    (line,) = lobby.services(offices, ["o1.s", "unknown"], {"o1.s": Outlook(0, None, shut)}, "en")
    assert line.shut == "Break until 13:00."


def test_the_hours_of_today_are_those_of_any_service(offices: Catalogue) -> None:
    assert lobby.hours(offices, NOW) == "00:00–23:59"
