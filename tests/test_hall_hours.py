"""The rules of the clock by themselves: reading written hours, and when they let somebody in."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from hall.hours import Opening, business_day, refusal, week

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
