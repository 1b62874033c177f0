"""The rules of the clock by themselves: reading written hours, and when they let somebody in."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from hall import Refusal
from hall.hours import AHEAD, Opening, business_day, first_to_end, minutes_to_doors, opens_again, refusal, week

MONDAY = datetime(2026, 11, 23, tzinfo=ZoneInfo("Asia/Baku"))


def test_a_range_of_days_and_a_single_day_are_read() -> None:
    assert week({"mon-wed": "08:00-12:00, 13:00-16:00", "sun": "09:00-10:00"}) == {
        **dict.fromkeys(range(3), ((time(8), time(12)), (time(13), time(16)))),
        6: ((time(9), time(10)),),
    }
    assert week({}) == {}


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ({"mon": "16:00-08:00"}, "run backwards"),
        ({"mon": "08:00-08:00"}, "run backwards"),
        ({"mon": "08:00-12:00, 11:00-16:00"}, "overlap"),
        ({"mon": "13:00-16:00, 08:00-12:00"}, "overlap"),
        ({"mon": ""}, "not a time window"),
        ({"mon": "8-16"}, "not a time window"),
        ({"mon": "08:00-24:00"}, "not a time window"),
        ({"mon": "08:60-09:00"}, "not a time window"),
        ({"mon": "08:00-12:00,"}, "not a time window"),
        ({"fri-mon": "08:00-12:00"}, "run backwards"),
        ({"monday": "08:00-12:00"}, "not a day"),
        ({"": "08:00-12:00"}, "not a day"),
        ({"mon-": "08:00-12:00", "xyz-tue": "08:00-12:00"}, "not a day"),
        ({"mon-fri": "08:00-12:00", "fri": "08:00-11:00"}, "fri is given twice"),
    ],
)
def test_hours_that_make_no_sense_are_named(written: dict[str, str], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        week(written)


def test_a_window_may_begin_where_the_one_before_ends() -> None:
    assert len(week({"mon": "08:00-12:00, 12:00-16:00"})[0]) == 2


@given(some.dictionaries(some.text(max_size=9), some.text(max_size=24), max_size=4))
def test_whatever_is_written_is_read_or_named(written: dict[str, str]) -> None:
    try:
        week(written)
    except ValueError as error:
        assert str(error)


@given(some.integers(0, 24 * 60 * 60 - 1))
def test_at_every_second_of_a_day_the_answer_is_the_one_the_windows_give(second: int) -> None:
    opening = Opening(week({"mon": "08:00-12:00, 13:00-16:00"}), week({"mon": "10:00-10:15"}), doors=30, cutoff=20)
    now = MONDAY + timedelta(seconds=second)
    minute = second / 60
    no = refusal(opening, now)
    if minute < 7.5 * 60:
        expected = "not_yet_open"
    elif minute >= 16 * 60:
        expected = "closed"
    elif minute >= 15 * 60 + 40:
        expected = "cutoff"
    elif 10 * 60 <= minute < 10 * 60 + 15 or 12 * 60 <= minute < 13 * 60:
        expected = "break"
    else:
        assert no is None
        return
    assert no is not None
    assert no.code == expected


def test_a_cutoff_longer_than_the_day_gives_no_ticket_at_all() -> None:
    opening = Opening(week({"mon": "08:00-09:00"}), cutoff=120)
    no = refusal(opening, MONDAY.replace(hour=8, minute=30))
    assert no is not None
    assert no.code == "cutoff"


def test_a_holiday_closes_a_day_that_has_hours() -> None:
    opening = Opening(week({"mon-sun": "00:00-23:59"}), closed=frozenset({date(2026, 11, 23)}))
    no = refusal(opening, MONDAY.replace(hour=9))
    assert no is not None
    assert no.code == "closed_today"
    assert refusal(opening, MONDAY.replace(hour=9) + timedelta(days=1)) is None


def test_hours_hold_on_the_wall_clock_when_it_is_put_back() -> None:
    opening = Opening(week({"sun": "08:00-16:00"}), doors=30)
    berlin = ZoneInfo("Europe/Berlin")
    assert refusal(opening, datetime(2026, 10, 25, 7, 30, tzinfo=berlin)) is None
    no = refusal(opening, datetime(2026, 10, 25, 7, 29, tzinfo=berlin))
    assert no is not None
    assert no.code == "not_yet_open"


def test_the_business_day_is_the_local_date() -> None:
    assert business_day(datetime(2026, 11, 23, 23, 59, tzinfo=ZoneInfo("Asia/Jakarta"))) == date(2026, 11, 23)


# -- when tickets are given again --------------------------------------------------------------------------------------

ZONES = ("Asia/Jakarta", "Asia/Baku", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
QUARTERS = some.integers(0, 24 * 4 - 1).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))


@some.composite
def openings(draw: some.DrawFn) -> Opening:
    """Any week, most of them odd: windows, breaks in and out of them, long doors and cut-offs, rows of holidays."""

    def windows(most: int) -> dict[int, tuple[tuple[time, time], ...]]:
        days = draw(some.sets(some.integers(0, 6)))
        ends = {day: sorted(draw(some.sets(QUARTERS, max_size=2 * most))) for day in sorted(days)}
        return {day: tuple(zip(ends[day][::2], ends[day][1::2], strict=False)) for day in ends if len(ends[day]) > 1}

    first = MONDAY.date() + timedelta(draw(some.integers(-2, 6)))
    return Opening(
        windows(3),
        windows(2),
        doors=draw(some.sampled_from((0, 30, 90, 300))),
        cutoff=draw(some.sampled_from((0, 15, 60, 600))),
        closed=frozenset(first + timedelta(days) for days in range(draw(some.integers(0, 16)))),
    )


def minutes_of(day: datetime) -> list[datetime]:
    return [day.replace(hour=minute // 60, minute=minute % 60) for minute in range(0, 24 * 60, 5)]


@settings(max_examples=60)
@given(openings(), some.sampled_from(ZONES), some.integers(0, 24 * 12 - 1), some.integers(-40, 0))
def test_the_next_opening_is_the_first_minute_that_gives_a_ticket(
    opening: Opening, zone: str, minute: int, shift: int
) -> None:
    day = datetime(2026, 11, 5, tzinfo=ZoneInfo(zone)) + timedelta(shift)  # over both ends of summer time
    now = minutes_of(day)[minute]
    days = [day + timedelta(days) for days in range(AHEAD + 1)]
    giving = (at for one in days for at in minutes_of(one) if at >= now and refusal(opening, at) is None)
    assert opens_again(opening, now) == next(giving, None)


@settings(max_examples=60)
@given(openings(), some.integers(0, 7 * 24 * 12 - 1))
def test_a_refusal_tells_the_next_opening_and_how_many_days_away_it_is(opening: Opening, minute: int) -> None:
    now = minutes_of(MONDAY + timedelta(minute // (24 * 12)))[minute % (24 * 12)]
    no = refusal(opening, now)
    if no is None:
        return
    opens = no.data.get("opens")
    assert opens == opens_again(opening, now)
    if no.code in ("not_yet_open", "break"):
        assert opens
        assert opens.date() == now.date()
    elif opens:
        assert no.data["days"] == (opens.date() - now.date()).days > 0
    assert no.said()


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-11-23 18:00", "Closed for today. Opens again tomorrow 07:45."),
        ("2026-11-27 18:00", "Closed for today. Opens again on Monday 07:45."),
        ("2026-11-28 10:00", "Closed today. Opens again on Monday 07:45."),
        ("2026-12-23 18:00", "Closed for today. Opens again on Monday 4 January, 07:45."),
        ("2026-11-23 15:50", "No more tickets today: the service closes at 16:00. Opens again tomorrow 07:45."),
    ],
)
def test_holidays_weekends_and_doors_are_counted(now: str, said: str) -> None:
    holidays = frozenset(date(2026, 12, 24) + timedelta(days) for days in range(9))
    opening = Opening(week({"mon-fri": "08:00-16:00"}), doors=15, cutoff=15, closed=holidays)
    no = refusal(opening, datetime.fromisoformat(now).replace(tzinfo=MONDAY.tzinfo))
    assert no is not None
    assert no.said() == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", "Hari ini tutup. Buka lagi hari Senin pukul 07:45."),
        ("az", "Bu gün bağlıdır. Açılır: bazar ertəsi, saat 07:45."),
        ("ru", "Сегодня закрыто. Откроется: понедельник, 07:45."),
    ],
)
def test_the_day_is_said_in_the_visitor_s_language(language: str, said: str) -> None:
    opens = (MONDAY + timedelta(7)).replace(hour=7, minute=45)
    assert Refusal("closed_today", opens=opens, days=2).said(language) == said


def test_hours_that_never_come_again_promise_nothing() -> None:
    opening = Opening(week({"mon": "08:00-09:00"}), closed=frozenset({date(2026, 11, 30), date(2026, 12, 7)}))
    no = refusal(opening, MONDAY.replace(hour=10))
    assert no is not None
    assert (no.code, no.data, no.said()) == ("closed", {}, "Closed for today.")


def test_a_break_that_lasts_into_the_cut_off_is_the_end_of_the_day() -> None:
    opening = Opening(week({"mon-tue": "08:00-16:00"}), week({"mon": "14:00-15:30"}), cutoff=60)
    no = refusal(opening, MONDAY.replace(hour=14, minute=30))
    assert no is not None
    assert no.said() == "No more tickets today: the service closes at 16:00. Opens again tomorrow 08:00."


def test_of_several_reasons_the_one_that_ends_first_is_told() -> None:
    tomorrow = Refusal("closed", opens=MONDAY + timedelta(1, hours=8), days=1)
    lunch = Refusal("break", opens=MONDAY.replace(hour=13))
    paused = Refusal("service_paused", service="a.b", reason="x")
    hall = Refusal("hall_paused", reason="x", until=None)
    assert first_to_end([tomorrow, paused, lunch]) is lunch
    assert first_to_end([tomorrow, paused]) is paused
    assert first_to_end([lunch, hall]) is hall
    assert first_to_end([]) is None


def test_the_minutes_to_the_doors_are_counted_while_the_whole_hall_is_shut() -> None:
    now = MONDAY.replace(hour=7, minute=20, second=30)
    soon, later = (Refusal("not_yet_open", opens=MONDAY.replace(hour=hour)) for hour in (8, 9))
    assert minutes_to_doors([later, soon], now) == 40
    assert minutes_to_doors([soon, None], now) is None, "one service is open"
    assert minutes_to_doors([Refusal("closed", opens=MONDAY + timedelta(1), days=1)], now) is None
    assert minutes_to_doors([Refusal("hall_paused", reason="x", until=None), soon], now) is None
    assert minutes_to_doors([], now) is None
