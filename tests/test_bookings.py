"""Checking in with a booking: the code, the time, the place it gives, what is refused, and the end of its day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assets.words import LANGUAGES
from hall import Booking, Hall, Priority, Refusal, Ticket, TicketState
from hall.bookings import LONGEST_CODE, code_of, welcome
from hall.bookings_file import Written
from hall.catalogue import Rules
from hall.journal import Happening
from hall.tickets import Deed
from tests.halls import MONDAY, SMALL, Clock, opened

CARD, BIRTH, PAY = "civil.card", "civil.birth", "tax.pay"
TODAY = "2026-11-23"


def row(code: str = "AB-1", start: str = "09:00", end: str = "09:30", **more: str) -> Written:
    return Written(2, code, more.pop("service", CARD), more.pop("day", TODAY), start, end, **more)


def booked(hall: Hall, *rows: Written) -> None:
    hall.import_bookings(rows or [row()])


def refused(hall: Hall, code: str = "AB-1") -> Refusal:
    """The refusal of a check-in, told alike by asking first and by trying; it changes nothing."""
    before = hall.sequence()
    asked = hall.booking_refusal(code)
    with pytest.raises(Refusal) as tried:
        hall.check_in(code)
    assert asked is not None
    assert (asked.code, asked.data) == (tried.value.code, tried.value.data)
    assert all(asked.said(language) for language in LANGUAGES)
    assert hall.sequence() == before
    return asked


def called(hall: Hall, counter: str = "2") -> Ticket:
    ticket = hall.call_next(counter)
    assert ticket is not None
    return ticket


# -- codes -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["AB12", "ab12", "ab-12", " a b 1 2 ", "AB\u20131\u20142", "AB12\r\n", "\tab12", "AB\u00a012", "ＡＢ１２"]
)
def test_a_code_is_known_however_it_is_typed_or_scanned(typed: str) -> None:
    assert code_of(typed) == "AB12"


@pytest.mark.parametrize("typed", ["ix", "IX", "İX", "ıx"])
def test_the_two_i_of_an_azerbaijani_keyboard_are_one(typed: str) -> None:
    assert code_of(typed) == "IX"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "--",
        "A\x00B",
        "A\x1b[2J",
        "A\nB",
        "A\u200bB",
        "A\u202eB",
        "é",
        "Щ1",
        "\ud800",
        "A" * 65,
        " " * 300,
        "A" * 10**6,
    ],
)
def test_what_can_be_no_code_is_unknown_without_a_look_at_the_queue(hall: Hall, typed: str) -> None:
    hall.close()  # any look would fail
    for ask in (hall.check_in, hall.booking, hall.booking_refusal):
        with pytest.raises(Refusal) as no:
            ask(typed)
        assert no.value.code == "unknown_booking"


@given(some.text() | some.text("aIıİ1 -\u2013_."))
def test_a_code_read_again_is_the_same_code(typed: str) -> None:
    code = code_of(typed)
    if code is not None:
        assert code_of(code) == code
        assert code.isascii()
        assert code.isprintable()
        assert len(code) <= LONGEST_CODE


def test_a_code_nobody_booked_is_unknown(hall: Hall) -> None:
    booked(hall)
    with pytest.raises(Refusal) as no:
        hall.check_in("AB-2")
    assert no.value.code == "unknown_booking"


# -- the time to check in ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "opens", "until"),
    [
        ("09:00", "09:30", "09:00", "09:40"),
        ("09:15", "09:30", "09:00", "09:40"),
        ("09:00", "11:00", "09:00", "11:10"),  # who comes within a long slot is not too early
    ],
)
def test_from_half_an_hour_before_the_end_to_ten_minutes_after_it(start: str, end: str, opens: str, until: str) -> None:
    at = [MONDAY.replace(hour=int(text[:2]), minute=int(text[3:])) for text in (start, end, opens, until)]
    assert welcome(Booking("A", TODAY, CARD, at[0], at[1]), Rules()) == (at[2], at[3])


@pytest.mark.parametrize(
    ("now", "code"),
    [("08:59", "booking_too_early"), ("09:00", None), ("09:30", None), ("09:40", None), ("09:41", "booking_late")],
)
def test_both_ends_of_the_time_are_in_it(hall: Hall, clock: Clock, now: str, code: str | None) -> None:
    booked(hall)
    clock.at(f"{TODAY} {now}")
    if code is None:
        assert hall.booking_refusal("AB-1") is None
        assert hall.check_in("AB-1").number == "A001"
        return
    refusal = refused(hall)
    assert refusal.code == code
    named = "opens" if code == "booking_too_early" else "until"
    assert f"{refusal.data[named]:%H:%M}" == ("09:00" if named == "opens" else "09:40")
    assert f"{refusal.data[named]:%H:%M}" in refusal.said()
    assert hall.issue(CARD).number == "A001"  # an ordinary ticket can still be had


def test_a_hall_sets_the_time_itself(tmp_path: Path, clock: Clock) -> None:
    text = SMALL.replace("[rules]", "[rules]\nearly_minutes = 120\nlate_minutes = 0")
    with opened(tmp_path, clock, text) as hall:
        booked(hall, row(start="10:30", end="11:00"))
        assert hall.booking_refusal("AB-1") is None
        clock.at(f"{TODAY} 11:01")
        assert refused(hall).code == "booking_late"


# -- what else is refused ----------------------------------------------------------------------------------------------


def test_a_booking_is_used_once_and_then_names_its_ticket(hall: Hall) -> None:
    booked(hall)
    ticket = hall.check_in("ab 1")
    refusal = refused(hall)
    assert (refusal.code, refusal.data) == ("booking_used", {"number": "A001", "ticket": hall.ticket(ticket.id)})
    assert "A001" in refusal.said()
    assert hall.booking("AB-1").ticket == ticket.id
    assert hall.reprint(ticket.id).ticket == ticket


def test_the_same_request_gives_the_same_ticket(hall: Hall) -> None:
    booked(hall)
    assert hall.check_in("AB-1", request_id="tap") == hall.check_in("AB-1", request_id="tap")


def test_a_cancelled_booking_is_refused(hall: Hall) -> None:
    booked(hall, row(cancelled="yes"))
    assert refused(hall).code == "booking_cancelled"


def test_a_booking_for_another_day_says_which(hall: Hall) -> None:
    booked(hall, row(day="2026-11-25"))
    refusal = refused(hall)
    assert (refusal.code, refusal.data) == ("booking_other_day", {"day": date(2026, 11, 25)})
    assert {language: refusal.said(language).partition(": ")[2] for language in LANGUAGES} == {
        "id": "Rabu, 25 November.",
        "az": "çərşənbə, 25 noyabr.",
        "en": "Wednesday, 25 November.",
        "ru": "среда, 25 ноября.",
    }


def test_a_pause_and_closed_doors_hold_for_a_booking_too(hall: Hall, clock: Clock) -> None:
    booked(hall, row("early", "08:00", "08:20"), row("late", "15:40", "16:00"), row())
    hall.pause_service(CARD, reason="no power")
    assert (refused(hall).code, refused(hall).data["reason"]) == ("service_paused", "no power")
    hall.open_service(CARD)
    clock.at(f"{TODAY} 16:05")
    assert refused(hall, "late").code == "closed"


def test_before_the_doors_open_a_booking_waits_too(tmp_path: Path, clock: Clock) -> None:
    with opened(tmp_path, clock, SMALL.replace("doors = 30", "doors = 0")) as hall:
        booked(hall, row("early", "08:00", "08:20", day="2026-11-24"))
        clock.at("2026-11-24 07:55")
        assert refused(hall, "early").code == "not_yet_open"


def test_a_break_the_cut_off_and_a_cap_do_not_take_a_place_that_was_given_before(hall: Hall, clock: Clock) -> None:
    booked(
        hall,
        row("noon", "11:30", "12:00"),
        row("evening", "15:40", "16:00"),
        *(row(f"b{i}", "09:00", "09:30", service=BIRTH) for i in range(5)),
    )
    assert [hall.check_in(f"b{i}").number for i in range(5)] == ["B001", "B002", "B003", "B004", "B005"]
    assert (no := hall.refusal(BIRTH)) is not None
    assert no.code == "cap_reached"  # they count among the tickets of the day
    for now, code, ordinary in (("12:05", "noon", "break"), ("15:50", "evening", "cutoff")):
        clock.at(f"{TODAY} {now}")
        assert (no := hall.refusal(CARD)) is not None
        assert no.code == ordinary
        assert hall.check_in(code).state is TicketState.WAITING


def test_a_service_that_has_left_the_catalogue_is_refused(hall: Hall, tmp_path: Path) -> None:
    booked(hall, row(service=PAY))
    other = SMALL.replace('code = "pay"', 'code = "file"')
    (tmp_path / "other.toml").write_text(other, "utf-8")
    hall.load_catalogue(tmp_path / "other.toml")
    for ask in (hall.check_in, hall.booking_refusal):
        with pytest.raises(Refusal) as no:
            ask("AB-1")
        assert no.value.code == "unknown_service"


# -- the place in the line ---------------------------------------------------------------------------------------------


def test_whoever_checks_in_stands_where_their_slot_begins(hall: Hall, clock: Clock) -> None:
    booked(hall, row("late", "09:00", "09:30"), row("early", "09:45", "10:00"))
    clock.at(f"{TODAY} 08:50")
    before = hall.issue(CARD)
    clock.at(f"{TODAY} 09:20")
    after = hall.issue(CARD)
    clock.at(f"{TODAY} 09:35")
    late, early = hall.check_in("late"), hall.check_in("early")
    clock.at(f"{TODAY} 09:40")
    between = hall.issue(CARD)
    order = [before, late, after, between, early]
    assert hall.line("2") == order
    assert [hall.ahead(ticket.id) for ticket in order] == [0, 1, 2, 3, 4]
    assert (late.ahead_at_issue, early.ahead_at_issue) == (1, 3)
    assert [called(hall).number for _ in order] == [ticket.number for ticket in order]


def test_nobody_who_came_before_the_slot_is_passed(hall: Hall, clock: Clock) -> None:
    booked(hall, *(row(f"c{i}") for i in range(20)))
    clock.at(f"{TODAY} 08:59")
    walked_in = hall.issue(CARD)
    clock.at(f"{TODAY} 09:30")
    for i in range(20):
        hall.check_in(f"c{i}")
    assert called(hall) == hall.ticket(walked_in.id)


def test_an_empty_hall_calls_who_is_early_at_once(hall: Hall) -> None:
    booked(hall, row(start="09:10"))
    ticket = hall.check_in("AB-1")
    assert called(hall).id == ticket.id


def test_the_wait_is_told_of_a_booking_as_of_any_ticket(hall: Hall, clock: Clock) -> None:
    booked(hall)
    hall.open_counter("2")
    clock.on(minutes=1)
    hall.issue(CARD)
    clock.on(minutes=5)
    ticket = hall.check_in("AB-1")
    assert ticket.ahead_at_issue == 0
    wait = hall.estimate(CARD, 0)
    assert wait is not None
    assert ticket.estimate_at_issue == (wait.low, wait.high)
    assert hall.waiting() == {CARD: 2}


def test_language_and_priority_are_the_bookings_own_unless_said(hall: Hall) -> None:
    booked(hall, *(row(f"c{i}", language="en", priority="elderly") for i in range(2)), row("plain"))
    own, said, plain = hall.check_in("c0"), hall.check_in("c1", "id", "pregnant"), hall.check_in("plain")
    assert [(one.language, one.priority) for one in (own, said, plain)] == [
        ("en", Priority.ELDERLY),
        ("id", Priority.PREGNANT),
        ("id", None),
    ]
    assert plain.rank - own.rank == 15 * 60_000
    for language, priority in (("az", None), (None, "rich")):
        with pytest.raises(Refusal):
            hall.check_in("plain", language, priority)


# -- in one transaction, and gone with its day -------------------------------------------------------------------------


def test_a_check_in_asks_for_a_slip_and_is_an_event_that_does_not_name_the_code(hall: Hall) -> None:
    booked(hall)
    ticket = hall.check_in("AB-1", large=True, spare="other")
    slip = hall.slip(ticket.id)
    assert slip is not None
    assert (slip.printer, slip.spare, slip.large) == ("main", "other", True)
    [imported, issued] = hall.events()[-2:]
    assert (imported.kind, imported.details) == (Happening.BOOKINGS, {"added": 1, "changed": 0})
    assert (issued.kind, issued.ticket, issued.details) == (Deed.ISSUE, ticket.id, {"booked": True})
    rows = hall._storage.engine.rows
    told = str([rows("SELECT * FROM event"), rows("SELECT * FROM ticket"), rows("SELECT * FROM print_job")])
    assert "AB1" not in told


def test_bookings_go_with_their_day_and_their_tickets_stay(hall: Hall, clock: Clock) -> None:
    booked(hall, row("used"), row("unused"), row("tomorrow", day="2026-11-24"))
    ticket = hall.check_in("used")
    clock.at("2026-11-24 08:45")
    for code in ("used", "unused"):
        with pytest.raises(Refusal) as no:
            hall.booking(code)  # even before anything is written on the new day
        assert no.value.code == "unknown_booking"
    hall.issue(PAY)
    rows = hall._storage.engine.rows("SELECT code FROM booking")
    assert rows == [("TOMORROW",)]
    assert hall.ticket(ticket.id) == replace(ticket, state=TicketState.EXPIRED, ended_at=clock.now)
    assert [one.code for one in hall.bookings()] == ["TOMORROW"]


def test_a_clock_that_was_behind_for_a_moment_takes_no_booking_away(hall: Hall, clock: Clock) -> None:
    booked(hall)
    clock.at("2026-11-20 09:00")
    hall.issue(PAY)
    clock.at(f"{TODAY} 09:10")
    assert hall.check_in("AB-1").day == TODAY


def test_bookings_are_listed_by_day_and_slot(hall: Hall) -> None:
    booked(hall, row("c", day="2026-11-24"), row("b", "10:00", "10:30"), row("a", "10:00", "10:30"), row("d"))
    assert [one.code for one in hall.bookings()] == ["D", "A", "B", "C"]
    assert [one.code for one in hall.bookings(TODAY)] == ["D", "A", "B"]
    assert hall.bookings("2026-11-22") == []


@pytest.mark.parametrize("ask", [Hall.check_in, Hall.booking_refusal])
def test_without_a_catalogue_no_booking_can_be(tmp_path: Path, ask: Callable[[Hall, str], object]) -> None:
    with Hall.open(tmp_path / "q.db", clock=Clock()) as hall, pytest.raises(Refusal) as no:
        ask(hall, "AB1")
    assert no.value.code == "unknown_booking"


def test_the_days_first_ticket_does_not_search_for_bookings_that_are_over(hall: Hall) -> None:
    plans = hall._storage.engine.rows("EXPLAIN QUERY PLAN DELETE FROM booking WHERE hall = 'main' AND day < '2026'")
    assert ["booking_day" in plan[3] for plan in plans] == [True]
