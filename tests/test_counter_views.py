"""What the phone shows, as plain values."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from counter import views
from hall import Ticket, TicketState
from hall.catalogue import Catalogue, build
from hall.tickets import TicketId
from hall.waiting import Estimate
from tests.counter_server import catalogue

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def offices() -> Catalogue:
    return build(tomllib.loads(catalogue()))


def ticket(count: int = 1, state: TicketState = TicketState.WAITING, minutes: int = 0) -> Ticket:
    came = NOW - timedelta(minutes=minutes)
    return Ticket(TicketId(count), "t" * 22, "2026-11-23", "A", count, "o1.s", "ru", None, state, came, count, 0, None)


def test_a_phone_names_no_counter_before_the_call(offices: Catalogue) -> None:
    directed = replace(ticket(), counter="1")
    assert views.phone(offices, directed, 3, Estimate(5, 10), "en").counter is None


def test_a_called_phone_says_where_to_go_and_no_wait(offices: Catalogue) -> None:
    called = replace(ticket(state=TicketState.CALLED), counter="1")
    phone = views.phone(offices, called, 0, Estimate(5, 10), "en")
    assert (phone.counter, phone.zones, phone.estimate) == ("1", ("Zone A en",), None)


def test_a_phone_whose_counter_has_left_the_catalogue_still_shows(offices: Catalogue) -> None:
    done = replace(ticket(state=TicketState.DONE), counter="gone")
    assert views.phone(offices, done, 0, None, "en").over
