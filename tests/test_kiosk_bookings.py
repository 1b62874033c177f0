"""Checking in at the kiosk: a code held under a scanner, which types like a keyboard, or typed on the screen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from hall import Hall
from hall.bookings_file import Written
from kiosk.pages import Agencies, CheckIn, Services, Taken
from kiosk.visit import SETTLING
from tests.halls import Clock
from tests.test_kiosk_window import STEADY, Fingers, Opens, kiosk, qapp  # noqa: F401 - fixtures

TODAY = "2026-11-23"


@pytest.fixture
def visitor(kiosk: Opens, hall: Hall) -> Fingers:
    """In front of a kiosk of a hall with one booking, from nine to half past."""
    hall.import_bookings([Written(2, "MPP-17", "civil.card", TODAY, "09:00", "09:30")])
    visitor = kiosk()
    visitor.until(Agencies)
    visitor.bot.waitUntil(lambda: visitor.item("booking") is not None)
    return visitor


def scans(visitor: Fingers, code: str, gap: float = 0.004) -> None:
    """As a scanner does: letter after letter, then Enter."""
    STEADY.now += 2 * SETTLING
    for letter in code:
        STEADY.now += gap
        key = Qt.Key(ord(letter.upper())) if letter.isprintable() else Qt.Key.Key_unknown
        _press(visitor, key, letter)
    STEADY.now += gap
    _press(visitor, Qt.Key.Key_Return, "\r")


def _press(visitor: Fingers, key: Qt.Key, text: str) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text)
    QGuiApplication.sendEvent(visitor.room.window, event)


def said(visitor: Fingers) -> str:
    hint = visitor.item("hint")
    assert hint is not None
    return str(hint.property("text"))


def refused(visitor: Fingers, code: str) -> bool:
    page = visitor.room.visit.page
    return isinstance(page, CheckIn) and page.refusal is not None and page.refusal.code == code


def test_a_scanned_code_gives_the_ticket_of_the_booking_from_any_page(
    visitor: Fingers, hall: Hall, clock: Clock
) -> None:
    clock.now = hall.now().replace(hour=9, minute=5)
    visitor.tap("agency-civil")
    visitor.until(Services)
    scans(visitor, "MPP-17")
    page = visitor.until(Taken)
    assert isinstance(page, Taken)
    assert page.ticket.service == "civil.card"
    assert hall.booking("MPP-17").ticket == page.ticket.id


def test_a_code_typed_on_the_screen_does_too(visitor: Fingers, hall: Hall, clock: Clock) -> None:
    clock.now = hall.now().replace(hour=9, minute=5)
    visitor.tap("booking")
    visitor.until(CheckIn)
    for letter in "mpp17":
        visitor.tap(f"type-{letter}")
    visitor.tap("enter")
    visitor.until(Taken)


@pytest.mark.parametrize(
    ("at", "code", "reason"),
    [
        (timedelta(hours=8, minutes=30), "MPP-17", "booking_too_early"),
        (timedelta(hours=10), "MPP-17", "booking_late"),
        (timedelta(hours=9, minutes=5), "MPP-18", "unknown_booking"),
        (timedelta(hours=9, minutes=5), "A" * 10_000, "unknown_booking"),
        (timedelta(hours=9, minutes=5), "MPP\x07-17", "unknown_booking"),
    ],
)
def test_a_code_that_gives_no_ticket_is_explained(
    visitor: Fingers, hall: Hall, clock: Clock, at: timedelta, code: str, reason: str
) -> None:
    clock.now = hall.now().replace(hour=0, minute=0) + at
    scans(visitor, code)
    visitor.bot.waitUntil(lambda: refused(visitor, reason))
    page = visitor.room.visit.page
    assert isinstance(page, CheckIn)
    assert page.refusal is not None
    assert said(visitor) == page.refusal.said("id")
    assert [event for event in hall.events() if event.kind == "issued"] == []


def test_a_booking_used_twice_says_its_number(visitor: Fingers, hall: Hall, clock: Clock) -> None:
    clock.now = hall.now().replace(hour=9, minute=5)
    scans(visitor, "MPP-17")
    visitor.until(Taken)
    visitor.tap("done")
    visitor.until(Agencies)
    scans(visitor, "MPP-17")
    visitor.bot.waitUntil(lambda: refused(visitor, "booking_used"))
    assert "A001" in said(visitor)


def test_who_comes_too_late_can_take_an_ordinary_ticket(visitor: Fingers, hall: Hall, clock: Clock) -> None:
    clock.now = hall.now().replace(hour=10, minute=0)
    scans(visitor, "MPP-17")
    visitor.bot.waitUntil(lambda: refused(visitor, "booking_late"))
    visitor.tap("service-civil.card")
    visitor.until(Taken)


def test_letters_pressed_slowly_by_a_person_are_no_code(visitor: Fingers) -> None:
    scans(visitor, "MPP-17", gap=0.5)
    assert isinstance(visitor.room.visit.page, Agencies | Services)
