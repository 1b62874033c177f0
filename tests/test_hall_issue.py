"""Giving tickets: numbers, days, caps, hours, pauses, languages, priorities, and a request that is made twice."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from hall import Hall, Priority, Refusal, TicketState
from hall.tickets import number
from tests.halls import SMALL, Clock, opened, sqlite3

CARD, BIRTH, PAY = "civil.card", "civil.birth", "tax.pay"


def refused(hall: Hall, service: str = CARD) -> Refusal:
    """The refusal of a ticket, told alike by asking first and by trying."""
    asked = hall.refusal(service)
    with pytest.raises(Refusal) as tried:
        hall.issue(service)
    assert asked is not None
    assert (asked.code, asked.data) == (tried.value.code, tried.value.data)
    return asked


# -- numbers -----------------------------------------------------------------------------------------------------------


def test_the_first_ticket_of_a_series_is_001_and_the_next_follow(hall: Hall) -> None:
    assert [hall.issue(CARD).number for _ in range(3)] == ["A001", "A002", "A003"]


def test_each_series_counts_by_itself(hall: Hall) -> None:
    given = [hall.issue(service).number for service in (CARD, BIRTH, PAY, CARD)]
    assert given == ["A001", "B001", "T001", "A002"]


def test_after_999_comes_1000_without_wrapping(hall: Hall, tmp_path: Path) -> None:
    hall.issue(CARD)
    raw = sqlite3.connect(tmp_path / "queue.db")
    raw.execute("UPDATE series SET last = 998 WHERE series = 'A'")
    raw.commit()
    raw.close()
    assert [hall.issue(CARD).number for _ in range(3)] == ["A999", "A1000", "A1001"]


@pytest.mark.parametrize(("count", "shown"), [(1, "A001"), (42, "A042"), (999, "A999"), (1000, "A1000")])
def test_a_number_has_at_least_three_digits(count: int, shown: str) -> None:
    assert number("A", count) == shown


def test_numbers_start_again_at_midnight_of_the_hall_and_not_of_utc(tmp_path: Path) -> None:
    clock = Clock()
    with opened(tmp_path, clock, always_open=True) as hall:
        clock.at("2026-11-23 06:59")  # 23:59 UTC of the day before
        before_utc_midnight = hall.issue(CARD)
        clock.at("2026-11-23 07:01")  # 00:01 UTC
        after_utc_midnight = hall.issue(CARD)
        clock.at("2026-11-23 23:59")
        last = hall.issue(CARD)
        clock.at("2026-11-24 00:01")
        first = hall.issue(CARD)
    assert [one.number for one in (before_utc_midnight, after_utc_midnight, last, first)] == [
        "A001",
        "A002",
        "A003",
        "A001",
    ]
    assert [one.day for one in (before_utc_midnight, last, first)] == ["2026-11-23", "2026-11-23", "2026-11-24"]


def test_numbers_start_again_at_midnight_west_of_greenwich_too(tmp_path: Path) -> None:
    clock = Clock(datetime(2026, 11, 23, 19, 1, tzinfo=ZoneInfo("America/New_York")))  # 00:01 UTC of the next day
    text = SMALL.replace("Asia/Jakarta", "America/New_York")
    with opened(tmp_path, clock, text, always_open=True) as hall:
        assert (hall.issue(CARD).day, hall.issue(CARD).number) == ("2026-11-23", "A002")
        clock.at("2026-11-24 00:01")
        assert (hall.issue(CARD).day, hall.issue(CARD).number) == ("2026-11-24", "A002")


def test_a_series_of_another_day_is_not_taken_up_again_when_the_clock_is_set_back(tmp_path: Path) -> None:
    clock = Clock()
    with opened(tmp_path, clock, always_open=True) as hall:
        hall.issue(CARD)
        clock.on(days=1)
        assert hall.issue(CARD).number == "A001"
        clock.on(days=-1)
        assert hall.issue(CARD).number == "A002"


def test_a_ticket_says_all_that_the_visitor_needs(hall: Hall, clock: Clock) -> None:
    ticket = hall.issue(CARD, language="en", priority="elderly")
    assert (ticket.number, ticket.series, ticket.count) == ("A001", "A", 1)
    assert (ticket.service, ticket.language, ticket.priority) == (CARD, "en", Priority.ELDERLY)
    assert (ticket.state, ticket.ahead_at_issue) == (TicketState.WAITING, 0)
    assert ticket.issued_at == clock.now
    assert ticket.issued_at.utcoffset() == clock.now.utcoffset()
    assert hall.ticket(ticket.id) == ticket


def test_every_ticket_has_its_own_token_of_128_bits(hall: Hall) -> None:
    tickets = [hall.issue(CARD) for _ in range(50)]
    assert len({ticket.token for ticket in tickets}) == 50
    assert {len(ticket.token) for ticket in tickets} == {22}  # 16 bytes in base64url
    assert all(hall.ticket_by_token(ticket.token) == ticket for ticket in tickets)


# -- the same request --------------------------------------------------------------------------------------------------


def test_the_same_request_gives_the_same_ticket_and_one_slip(hall: Hall) -> None:
    first = hall.issue(CARD, request_id="tap-1")
    before = hall.sequence()
    assert hall.issue(CARD, request_id="tap-1") == first
    assert hall.sequence() == before
    assert hall.take_job("main") is not None
    assert hall.take_job("main") is None


def test_the_same_request_gives_its_ticket_even_when_no_more_are_given(hall: Hall, clock: Clock) -> None:
    first = hall.issue(CARD, request_id="tap-1")
    clock.at("2026-11-23 16:30")
    assert hall.issue(CARD, request_id="tap-1") == first


def test_another_process_gives_the_same_request_the_same_ticket(hall: Hall, tmp_path: Path, clock: Clock) -> None:
    first = hall.issue(CARD, request_id="tap-1")
    with Hall.open(tmp_path / "queue.db", clock=clock) as other:
        assert other.issue(CARD, request_id="tap-1") == first


def test_other_requests_and_none_give_other_tickets(hall: Hall) -> None:
    tickets = [hall.issue(CARD, request_id=request) for request in ("tap-1", "tap-2", None, None)]
    assert len({ticket.id for ticket in tickets}) == 4


# -- caps --------------------------------------------------------------------------------------------------------------


def test_after_the_cap_no_ticket_of_that_service_is_given_that_day(tmp_path: Path) -> None:
    clock = Clock()
    with opened(tmp_path, clock) as hall:
        for _ in range(3):
            hall.issue(BIRTH)
        no = refused(hall, BIRTH)
        assert (no.code, no.data["cap"]) == ("cap_reached", 3)
        assert no.said() == "All 3 tickets for today have been given. Opens again tomorrow 07:30."
        assert hall.issue(CARD).number == "A001"
        clock.on(days=1)
        assert hall.issue(BIRTH).number == "B001"


def test_a_cancelled_ticket_still_counts_for_the_cap(hall: Hall) -> None:
    tickets = [hall.issue(BIRTH) for _ in range(3)]
    hall.cancel(tickets[0].id)
    assert refused(hall, BIRTH).code == "cap_reached"


def test_a_transfer_is_not_held_up_by_a_cap(hall: Hall) -> None:
    for _ in range(3):
        hall.issue(BIRTH)
    assert hall.transfer(hall.issue(CARD).id, service=BIRTH).service == BIRTH


# -- hours -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "code", "data"),
    [
        ("2026-11-23 00:00:00", "not_yet_open", {"opens": "07:30"}),
        ("2026-11-23 07:29:59.999", "not_yet_open", {"opens": "07:30"}),
        ("2026-11-23 12:00:00", "break", {"opens": "13:00"}),
        ("2026-11-23 12:59:59.999", "break", {"opens": "13:00"}),
        ("2026-11-27 11:30:00", "break", {"opens": "13:00"}),
        ("2026-11-23 15:30:00", "cutoff", {"closes": "16:00", "opens": "07:30"}),
        ("2026-11-23 15:59:59.999", "cutoff", {"closes": "16:00", "opens": "07:30"}),
        ("2026-11-23 16:00:00", "closed", {"opens": "07:30"}),
        ("2026-11-23 23:59:59", "closed", {"opens": "07:30"}),
        ("2026-11-28 07:00:00", "not_yet_open", {"opens": "07:30"}),
        ("2026-11-28 10:00:00", "break", {"opens": "11:00"}),
        ("2026-11-28 11:30:00", "cutoff", {"closes": "12:00", "opens": "07:30"}),
        ("2026-11-29 09:00:00", "closed_today", {"opens": "07:30"}),
        ("2026-12-25 09:00:00", "closed_today", {"opens": "07:30"}),
    ],
)
def test_no_ticket_is_given_out_of_hours(
    hall: Hall, clock: Clock, moment: str, code: str, data: dict[str, str]
) -> None:
    clock.at(moment)
    no = refused(hall)
    assert no.code == code
    assert {name: f"{value:%H:%M}" for name, value in no.data.items() if isinstance(value, datetime)} == data
    assert all(value in no.said() for value in data.values())


@pytest.mark.parametrize(
    "moment",
    [
        "2026-11-23 07:30:00",
        "2026-11-23 11:59:59.999",
        "2026-11-23 13:00:00",
        "2026-11-23 15:29:59.999",
        "2026-11-27 11:29:59.999",
        "2026-11-28 09:59:59",
        "2026-11-28 11:00:00",
        "2026-12-28 09:00:00",
    ],
)
def test_tickets_are_given_from_the_doors_to_the_cutoff(hall: Hall, clock: Clock, moment: str) -> None:
    clock.at(moment)
    assert hall.refusal(CARD) is None
    assert hall.issue(CARD).number == "A001"


def test_an_always_open_hall_gives_tickets_at_any_hour_but_keeps_caps_and_pauses(tmp_path: Path) -> None:
    clock = Clock()
    with opened(tmp_path, clock, always_open=True) as hall:
        for moment in ("2026-11-23 03:00", "2026-11-23 12:30", "2026-11-29 09:00", "2026-12-25 23:59"):
            clock.at(moment)
            assert hall.refusal(CARD) is None
            hall.issue(CARD)
        for _ in range(3):
            hall.issue(BIRTH)
        assert refused(hall, BIRTH).code == "cap_reached"
        hall.pause_service(CARD, reason="no forms")
        assert refused(hall).code == "service_paused"


def test_a_service_keeps_its_own_hours_over_those_of_agency_and_hall(tmp_path: Path) -> None:
    clock = Clock()
    text = SMALL.replace("minutes = 5\n", 'minutes = 5\nhours = { tue = "09:00-11:00" }\nbreaks = {}\ncutoff = 0\n')
    with opened(tmp_path, clock, text) as hall:
        assert refused(hall, PAY).code == "closed_today"
        clock.at("2026-11-24 10:59:59")
        assert hall.issue(PAY).number == "T001"
        clock.at("2026-11-24 11:00")
        assert refused(hall, PAY).code == "closed"


# -- pauses ------------------------------------------------------------------------------------------------------------


def test_a_paused_service_gives_no_tickets_until_it_is_opened_again(hall: Hall) -> None:
    hall.pause_service(CARD, reason="no forms")
    no = refused(hall)
    assert (no.code, no.data["reason"], no.said()) == ("service_paused", "no forms", "Paused: no forms.")
    assert hall.issue(PAY).number == "T001"
    hall.open_service(CARD)
    assert hall.issue(CARD).number == "A001"


def test_a_pause_holds_in_every_process_at_once(hall: Hall, tmp_path: Path, clock: Clock) -> None:
    with Hall.open(tmp_path / "queue.db", clock=clock) as other:
        other.issue(CARD)
        hall.pause_service(CARD, reason="no forms")
        assert refused(other).code == "service_paused"
        other.open_service(CARD)
        assert hall.refusal(CARD) is None


def test_those_who_wait_for_a_paused_service_are_still_called(hall: Hall) -> None:
    ticket = hall.issue(CARD)
    hall.pause_service(CARD, reason="no forms")
    called = hall.call_next("1")
    assert called is not None
    assert called.id == ticket.id


# -- what a visitor may say --------------------------------------------------------------------------------------------


def test_a_ticket_is_in_the_halls_first_language_unless_said(hall: Hall) -> None:
    assert (hall.issue(CARD).language, hall.issue(CARD, language="en").language) == ("id", "en")


@pytest.mark.parametrize("language", ["ru", "xx", "EN", "id-ID"])
def test_a_language_the_hall_does_not_offer_is_refused(hall: Hall, language: str) -> None:
    with pytest.raises(Refusal) as no:
        hall.issue(CARD, language=language)
    assert (no.value.code, no.value.data["language"]) == ("unknown_language", language)


@pytest.mark.parametrize("priority", [*Priority])
def test_every_priority_counts_as_having_come_earlier(hall: Hall, priority: Priority) -> None:
    first, urgent = hall.issue(CARD), hall.issue(CARD, priority=priority)
    assert urgent.priority is priority
    assert urgent.rank == first.rank - 15 * 60_000
    assert [ticket.id for ticket in hall.line("1")] == [urgent.id, first.id]


def test_an_unknown_priority_is_refused(hall: Hall) -> None:
    with pytest.raises(Refusal) as no:
        hall.issue(CARD, priority="vip")
    assert (no.value.code, no.value.data["priority"]) == ("unknown_priority", "vip")


@pytest.mark.parametrize("service", ["civil", "card", "civil.nothing", "", "civil.card ", "'; DROP TABLE ticket; --"])
def test_an_unknown_service_is_refused(hall: Hall, service: str) -> None:
    for ask in (hall.issue, hall.refusal, hall.estimate):
        with pytest.raises(Refusal) as no:
            ask(service)
        assert (no.value.code, no.value.data["service"]) == ("unknown_service", service)


def test_a_refused_ticket_takes_no_number_and_leaves_no_trace(hall: Hall) -> None:
    before = hall.sequence()
    for language, priority in (("xx", None), (None, "vip")):
        with pytest.raises(Refusal):
            hall.issue(CARD, language, priority, request_id="tap-1")
    assert hall.sequence() == before
    assert hall.waiting() == {}
    assert hall.issue(CARD, request_id="tap-1").number == "A001"


def test_a_hall_without_a_catalogue_gives_nothing(tmp_path: Path, clock: Clock) -> None:
    with Hall.open(tmp_path / "queue.db", clock=clock) as hall:
        for ask in (hall.issue, hall.refusal, hall.call_next, hall.board, hall.counter, hall.line, hall.in_hand):
            with pytest.raises(Refusal) as no:
                ask("1")
            assert no.value.code == "no_catalogue"
        assert hall.sequence() == 0
        assert hall.events() == []


def test_a_path_its_text_and_its_url_are_the_same_queue(tmp_path: Path, clock: Clock) -> None:
    with opened(tmp_path, clock) as hall:
        hall.issue(CARD)
    for url in (tmp_path / "queue.db", str(tmp_path / "queue.db"), f"sqlite:///{tmp_path / 'queue.db'}"):
        with Hall.open(url, clock=clock) as again:
            assert again.waiting() == {CARD: 1}


@pytest.mark.parametrize("junk", ["", "x" * 22, "../../etc/passwd", "' OR 1=1 --", "\0", "\ud800", "A001", "é" * 4000])
def test_a_malformed_token_is_an_unknown_ticket(hall: Hall, junk: str) -> None:
    hall.issue(CARD)
    with pytest.raises(Refusal) as no:
        hall.ticket_by_token(junk)
    assert no.value.code == "unknown_ticket"


@pytest.mark.parametrize("junk", [0, -1, 999_999, 2**63, -(2**63) - 1, 10**40])
def test_a_ticket_nobody_has_is_an_unknown_ticket(hall: Hall, junk: int) -> None:
    hall.issue(CARD)
    for act in (hall.ticket, hall.ahead, hall.recall, hall.finish, hall.cancel, hall.reprint):
        with pytest.raises(Refusal) as no:
            act(junk)
        assert no.value.code == "unknown_ticket"


def test_the_halls_time_is_in_its_own_zone(hall: Hall, clock: Clock) -> None:
    clock.now = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    assert hall.now().isoformat() == "2026-11-23T09:00:00+07:00"
