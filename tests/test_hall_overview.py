"""The hall as its manager sees it: lines, devices that fall silent, alarms, messages on the boards."""

from __future__ import annotations

import select
from datetime import timedelta

import pytest

from hall import Hall, Refusal
from hall.alarms import Alarm, AlarmCode, alarms
from hall.devices import MOST, DeviceKind, Pulse
from hall.face import Choice, derive
from hall.look import describe
from hall.printers import Trouble
from hall.stage import Stage
from tests.halls import Clock


def told(hall: Hall) -> list[Alarm]:
    return alarms(hall.overview(), hall.catalogue.rules)


def codes(hall: Hall) -> list[AlarmCode]:
    return [one.code for one in told(hall) if one.code is not AlarmCode.DISK]


def test_people_without_an_open_counter_are_an_alarm_until_one_opens(hall: Hall, clock: Clock) -> None:
    hall.issue("civil.card", printer=None)
    (alarm,) = [one for one in told(hall) if one.code is not AlarmCode.DISK]
    assert (alarm.code, alarm.agency, alarm.data) == (
        AlarmCode.UNSERVED,
        "civil",
        {"service": "civil.card", "waiting": 1},
    )
    assert alarm.since == hall.now()
    hall.open_counter("1")
    assert codes(hall) == []
    line = hall.overview().lines["civil.card"]
    assert (line.waiting, line.serving) == (1, 1)


def test_a_wait_is_an_alarm_from_the_hall_s_own_limit_on(hall: Hall, clock: Clock) -> None:
    hall.open_counter("1")
    ticket = hall.issue("civil.card", printer=None)
    clock.on(minutes=44)
    assert codes(hall) == []
    clock.on(minutes=1)
    (alarm,) = [one for one in told(hall) if one.code is AlarmCode.LONG_WAIT]
    assert alarm.since == ticket.issued_at + timedelta(minutes=45)
    assert alarm.said(hall.catalogue, "en") == "“Card”: the longest wait is 45 min"
    hall.call_next("1")
    assert codes(hall) == []
    assert hall.overview().desks["1"].number == ticket.number


def test_a_device_that_falls_silent_is_missed_until_it_speaks_or_is_forgotten(hall: Hall, clock: Clock) -> None:
    before = hall.sequence()
    hall.beat(DeviceKind.KIOSK, "kiosk-1", {"machine": "door"})
    assert hall.sequence() == before, "that a device is there is no event"
    since = hall.overview().devices[0].since
    clock.on(seconds=20)
    hall.beat(DeviceKind.KIOSK, "kiosk-1", {"machine": "door"})
    assert hall.overview().devices[0].since == since
    clock.on(minutes=3)
    (alarm,) = [one for one in told(hall) if one.code is AlarmCode.SILENT]
    assert alarm.said(hall.catalogue, "en") == "Nothing is heard of kiosk kiosk-1"
    hall.beat(DeviceKind.KIOSK, "kiosk-1", {})
    assert codes(hall) == []
    assert hall.overview().devices[0].since == hall.now()
    clock.on(minutes=3)
    hall.forget_device("kiosk", "kiosk-1", staff="ani")
    assert codes(hall) == []
    assert hall.overview().devices == ()


def test_a_counter_s_page_is_missed_only_while_the_counter_is_open(hall: Hall, clock: Clock) -> None:
    hall.open_counter("1")
    hall.beat(DeviceKind.CONSOLE, "1", {})
    clock.on(minutes=3)
    assert codes(hall) == [AlarmCode.SILENT]
    hall.close_counter("1")
    assert codes(hall) == []


def test_a_printer_in_trouble_is_an_alarm_and_low_paper_is_none(hall: Hall, clock: Clock) -> None:
    hall.report_printer("main", "network", frozenset({Trouble.PAPER_LOW}))
    assert codes(hall) == []
    hall.report_printer("main", "network", frozenset({Trouble.PAPER_OUT}))
    assert codes(hall) == [AlarmCode.PRINTER]


def test_a_room_speaks_every_twenty_seconds_and_rings_nobody(hall: Hall) -> None:
    moment = 0.0
    pulse = Pulse(DeviceKind.BOARD, "hall", {}, lambda: moment)
    with hall.listen() as bell:
        for moment in (0.0, 19.0, 20.0, 21.0):  # noqa: B007 - read by the pulse
            pulse.beat(hall)
        assert select.select([bell.fileno()], [], [], 0)[0] == []
    assert [one.name for one in hall.overview().devices] == ["hall"]


def test_strangers_cannot_fill_the_hall_with_devices(hall: Hall) -> None:
    for n in range(MOST + 3):
        hall.beat(DeviceKind.WEB_BOARD, f"tv-{n}", {})
    assert len(hall.overview().devices) == MOST
    with pytest.raises(Refusal, match="letters"):
        hall.beat(DeviceKind.WEB_BOARD, "x" * 61, {})


def test_a_message_stands_on_the_boards_alone_and_goes_at_its_time(hall: Hall, clock: Clock) -> None:
    choice = Choice(messages=({"en": "Every day"},))

    def shown() -> object:
        return derive(describe(hall, (), choice), Stage(), hall.now(), hall.now(), choice=choice).page["title"]

    assert shown() == "Every day"
    revision = hall.board().revision
    later = hall.messages.add(
        {"en": "Lift out of order", "id": "Lift rusak", "ru": " "}, until=hall.now() + timedelta(minutes=5), staff="ani"
    )
    assert hall.board().revision > revision, "so that boards read it at once"
    assert {"Lift rusak", "Lift out of order"} >= {shown()}
    assert later.texts == {"en": "Lift out of order", "id": "Lift rusak"}
    clock.on(minutes=5)
    assert shown() == "Every day"
    assert hall.messages.all() == []


def test_a_message_that_makes_no_sense_is_refused_and_changes_nothing(hall: Hall, clock: Clock) -> None:
    before = hall.sequence()
    for texts, until, code in (
        ({"en": " "}, None, "no_text"),
        ({"en": "x" * 201}, None, "long_text"),
        ({"en": "a\x00b"}, None, "long_text"),
        ({"xx": "Hi"}, None, "unknown_language"),
        ({"en": "Hi"}, hall.now(), "message_over"),
    ):
        with pytest.raises(Refusal) as no:
            hall.messages.add(texts, until=until)
        assert no.value.code == code
    assert hall.sequence() == before
    for _ in range(8):
        hall.messages.add({"en": "Hi"})
    with pytest.raises(Refusal) as no:
        hall.messages.add({"en": "Hi"})
    assert no.value.code == "too_many_messages"
    hall.messages.remove(hall.messages.all()[0].id, staff="ani")
    assert len(hall.messages.all()) == 7
