"""The kiosk without a finger: an assistive keypad is a plain keyboard with arrows, Enter, Home and Back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from assets import qt
from assets.theme import palettes
from hall import Hall
from hall.bookings_file import Written
from kiosk.pages import Agencies, Asking, CheckIn, Ease, Easier, Saver, Search, Services, Taken
from kiosk.room import Setup
from kiosk.visit import SETTLING
from tests.halls import SMALL, Clock, opened
from tests.keypads import (
    BACK,
    BACKTAB,
    DOWN,
    ENTER,
    F9,
    HOME,
    LANDSCAPE,
    LEFT,
    PORTRAIT,
    RIGHT,
    TAB,
    UP,
    Keypad,
    keypad,
    opens,
)

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
WORLD = SMALL.replace('languages = ["id", "en"]', 'languages = ["id", "en", "az", "ru"]')


@pytest.fixture(scope="session")
def qapp() -> QGuiApplication:
    """The rooms' own application, where pytest-qt would make one with widgets."""
    return qt.application("kiosk")


@pytest.fixture
def hall(tmp_path: Path, clock: Clock) -> Iterator[Hall]:
    """The small hall, in all languages."""
    with opened(tmp_path, clock, WORLD) as hall:
        yield hall


def ring(visitor: Keypad) -> QQuickItem | None:
    """The ring that is seen, around whatever it is."""

    def rings(item: QQuickItem) -> list[QQuickItem]:
        mine = [item] if item.objectName() == "ring" else []
        return [*mine, *(one for child in item.childItems() if child.isVisible() for one in rings(child))]

    seen = [one for one in rings(visitor.room.window.contentItem()) if one.isVisible()]
    assert len(seen) <= 1
    return seen[0] if seen else None


def touch(visitor: Keypad, *, x: int = 500, y: int = 100) -> None:
    place = visitor.room.window.contentItem().mapToScene(visitor.room.window.contentItem().position()).toPoint()
    place.setX(x)
    place.setY(y)
    QTest.mouseClick(visitor.room.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


@pytest.mark.parametrize(
    ("language", "screen", "eases"),
    [
        ("id", PORTRAIT, ()),
        ("az", PORTRAIT, (Ease.LARGE,)),
        ("en", PORTRAIT, (Ease.LOWER, Ease.LARGE)),
        ("ru", LANDSCAPE, ()),
        ("az", LANDSCAPE, (Ease.LOWER,)),
        ("id", LANDSCAPE, (Ease.LARGE, Ease.CONTRAST)),
    ],
)
def test_a_ticket_is_taken_by_keys_alone(
    qtbot: QtBot, tmp_path: Path, clock: Clock, hall: Hall, language: str, screen: qt.Screen, eases: tuple[Ease, ...]
) -> None:
    hall.issue("civil.card")  # somebody waits, so that priority is asked for
    with keypad(qtbot, opens(tmp_path, clock), Setup(screen)) as visitor:
        visitor.press(DOWN)
        visitor.choose(f"language-{language}")
        visitor.choose("easier")
        for ease in eases:
            visitor.choose(f"adapt-{ease}")
        visitor.choose("back")
        visitor.until(Agencies)
        assert visitor.at == "easier"
        visitor.choose("agency-civil")
        visitor.until(Services)
        assert visitor.at == "service-civil.card"
        visitor.press(ENTER)
        visitor.until(Asking)
        assert visitor.at == "answer"
        visitor.choose("answer-elderly")
        ticket = visitor.until(Taken).ticket
        assert hall.ticket(ticket.id).language == language
        assert hall.ticket(ticket.id).priority == "elderly"
        assert visitor.at == "done"
        visitor.press(ENTER)
        visitor.until(Agencies)
        assert visitor.room.visit.language == "id"


def test_the_first_key_shows_the_focus_and_does_nothing_else(
    qtbot: QtBot, tmp_path: Path, clock: Clock, hall: Hall
) -> None:
    for key in (RIGHT, TAB, ENTER):
        with keypad(qtbot, opens(tmp_path, clock)) as visitor:
            assert ring(visitor) is None
            visitor.press(key)
            assert visitor.at == "agency-civil"
            assert ring(visitor) is not None
            assert isinstance(visitor.room.visit.page, Agencies)


def test_a_touch_hides_the_focus_and_the_next_key_shows_it(
    qtbot: QtBot, tmp_path: Path, clock: Clock, hall: Hall
) -> None:
    with keypad(qtbot, opens(tmp_path, clock)) as visitor:
        visitor.press(RIGHT, RIGHT)
        touch(visitor)
        assert ring(visitor) is None
        visitor.press(RIGHT)
        assert ring(visitor) is not None


def test_tab_goes_through_everything_and_round_again(qtbot: QtBot, tmp_path: Path, clock: Clock, hall: Hall) -> None:
    with keypad(qtbot, opens(tmp_path, clock)) as visitor:
        visitor.press(TAB)
        there = [visitor.at]
        visitor.press(TAB)
        while visitor.at != there[0]:
            there.append(visitor.at)
            visitor.press(TAB)
        assert there[:3] == ["agency-civil", "agency-tax", "language-id"]
        assert there[-1] == "search"
        QTest.keyClick(visitor.room.window, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
        assert visitor.at == "search"
        visitor.press(BACKTAB)
        assert visitor.at == "easier"


def test_the_focus_stays_at_its_control_whatever_the_screen_becomes(
    qtbot: QtBot, tmp_path: Path, clock: Clock, hall: Hall
) -> None:
    with keypad(qtbot, opens(tmp_path, clock)) as visitor:
        visitor.press(DOWN)
        visitor.choose("language-ru")
        assert visitor.at == "language-ru"
        visitor.choose("agency-tax")
        hall.issue("tax.pay")
        qtbot.waitUntil(
            lambda: visitor.room.guidance.focus is not None and "1" in visitor.room.guidance.focus.explained
        )
        assert visitor.at == "service-tax.pay"
        visitor.choose("easier")
        for ease in Ease:
            visitor.choose(f"adapt-{ease}")
            assert visitor.at == f"adapt-{ease}"


def test_who_comes_back_finds_the_focus_where_it_was(qtbot: QtBot, tmp_path: Path, clock: Clock, hall: Hall) -> None:
    with keypad(qtbot, opens(tmp_path, clock)) as visitor:
        visitor.press(DOWN)
        visitor.choose("agency-tax")
        visitor.until(Services)
        visitor.press(BACK)
        visitor.until(Agencies)
        assert visitor.at == "agency-tax"


def test_a_key_too_early_after_a_change_of_page_chooses_nothing(
    qtbot: QtBot, tmp_path: Path, clock: Clock, hall: Hall
) -> None:
    with keypad(qtbot, opens(tmp_path, clock)) as visitor:
        visitor.press(DOWN, ENTER)
        visitor.until(Services)
        visitor.press(ENTER, after=SETTLING / 2)
        assert isinstance(visitor.room.visit.page, Services)
        assert [event for event in hall.events() if event.kind == "issued"] == []


def test_home_leads_to_the_start_and_the_visit_goes_on(qtbot: QtBot, tmp_path: Path, clock: Clock, hall: Hall) -> None:
    with keypad(qtbot, opens(tmp_path, clock)) as visitor:
        visitor.press(DOWN)
        visitor.choose("language-en")
        for way in ("agency-tax", "search", "easier"):
            visitor.choose(way)
            visitor.press(HOME)
            visitor.until(Agencies)
            assert visitor.room.visit.language == "en"
        visitor.choose("agency-tax")
        visitor.press(ENTER)
        visitor.until(Taken)
        visitor.press(HOME)
        visitor.until(Agencies)
        assert visitor.room.visit.language == "en"


@pytest.mark.parametrize("key", [BACK, Qt.Key.Key_Backspace, Qt.Key.Key_Back])
def test_back_is_one_step_back(qtbot: QtBot, tmp_path: Path, clock: Clock, hall: Hall, key: Qt.Key) -> None:
    with keypad(qtbot, opens(tmp_path, clock)) as visitor:
        visitor.press(DOWN, ENTER)
        visitor.until(Services)
        visitor.choose("easier")
        visitor.until(Easier)
        visitor.press(key)
        visitor.until(Services)
        visitor.press(key)
        visitor.until(Agencies)


def test_a_closed_service_can_be_read_but_not_chosen(qtbot: QtBot, tmp_path: Path, clock: Clock, hall: Hall) -> None:
    hall.pause_service("civil.card", reason="rapat")
    with keypad(qtbot, opens(tmp_path, clock)) as visitor:
        visitor.press(DOWN, ENTER)
        visitor.until(Services)
        assert visitor.focus is not None
        assert not visitor.focus.open
        assert "rapat" in visitor.focus.explained
        visitor.press(ENTER)
        assert isinstance(visitor.room.visit.page, Services)


@pytest.mark.parametrize("screen", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def test_a_service_is_found_by_letters_typed_with_arrows(
    qtbot: QtBot, tmp_path: Path, clock: Clock, hall: Hall, screen: qt.Screen
) -> None:
    with keypad(qtbot, opens(tmp_path, clock), Setup(screen)) as visitor:
        visitor.press(DOWN)
        visitor.choose("search")
        visitor.until(Search)
        assert visitor.at == "type-q"
        for letter in ("type-k", "type-a", "type-e", "erase", "type-r", "type-t", "type-u"):
            visitor.choose(letter)
        assert visitor.until(Search).typed == "kartu"
        visitor.choose("service-civil.card")
        assert visitor.until(Taken).ticket.service == "civil.card"


def test_a_booking_is_checked_in_by_keys(qtbot: QtBot, tmp_path: Path, clock: Clock, hall: Hall) -> None:
    hall.import_bookings([Written(2, "AB-1", "civil.card", "2026-11-23", "09:00", "09:30")])
    with keypad(qtbot, opens(tmp_path, clock)) as visitor:
        visitor.press(DOWN)
        visitor.choose("booking")
        visitor.until(CheckIn)
        for letter in "ab1":
            visitor.choose(f"type-{letter}")
        visitor.choose("enter")
        assert visitor.until(Taken).ticket.service == "civil.card"


def test_a_key_is_a_touch_it_wakes_the_saver_and_stays(qtbot: QtBot, tmp_path: Path, clock: Clock, hall: Hall) -> None:
    with keypad(qtbot, opens(tmp_path, clock)) as visitor:
        visitor.press(DOWN, ENTER)
        visitor.until(Services)
        visitor.pass_time(50)
        visitor.press(RIGHT)
        visitor.pass_time(50)
        assert isinstance(visitor.room.visit.page, Services)
        visitor.pass_time(25)
        assert visitor.room.guidance.counting
        visitor.press(ENTER)  # any key stays, and does no more
        assert not visitor.room.guidance.counting
        assert isinstance(visitor.room.visit.page, Services)
        visitor.pass_time(90)
        visitor.until(Agencies)
        assert ring(visitor) is None
        visitor.room._rules = replace(visitor.room._rules, saver_seconds=60)
        visitor.pass_time(60)
        visitor.until(Saver)
        visitor.press(ENTER)
        visitor.until(Agencies)


def test_the_ring_is_over_its_neighbours_and_on_the_screen(
    qtbot: QtBot, tmp_path: Path, clock: Clock, hall: Hall
) -> None:
    """Its colour is there in all four corners of what was painted, whatever stands beside."""
    hall.import_bookings([Written(2, "AB-1", "civil.card", "2026-11-23", "09:00", "09:30")])
    for palette in ("light", "dark", "contrast"):
        with keypad(qtbot, opens(tmp_path, clock), Setup(PORTRAIT, palette=palette)) as visitor:
            visitor.press(DOWN)
            hidden = _hidden(visitor, palettes()[palette]["focus"])
            visitor.choose("search")
            hidden += _hidden(visitor, palettes()[palette]["focus"])
            assert not hidden, palette


def _hidden(visitor: Keypad, colour: str) -> list[str]:
    """Controls of this page whose ring is not seen all round."""
    hidden, start = [], visitor.at
    while True:
        picture, seen = visitor.room.window.grabWindow(), ring(visitor)
        assert seen is not None
        edge = PORTRAIT.dots_per_mm
        box = seen.mapRectToScene(seen.boundingRect())
        middles = [
            (box.center().x(), box.top() + edge),
            (box.center().x(), box.bottom() - edge),
            (box.left() + edge, box.center().y()),
            (box.right() - edge, box.center().y()),
        ]
        if any(picture.pixelColor(int(x), int(y)) != QColor(colour) for x, y in middles):
            hidden.append(visitor.at)
        visitor.press(TAB)
        if visitor.at == start:
            return hidden


def test_letters_of_a_scanner_and_the_enter_after_them_are_not_the_keypad_s(
    qtbot: QtBot, tmp_path: Path, clock: Clock, hall: Hall
) -> None:
    with keypad(qtbot, opens(tmp_path, clock)) as visitor:
        typed: list[str] = []

        def scans(text: str) -> bool:
            typed.append(text)
            return True

        visitor.room.keys.typed = scans
        visitor.room.keys.entered = lambda: True
        visitor.press(DOWN)
        for letter in "AB-1":
            key = QKeyEvent(QEvent.Type.KeyPress, ord(letter), Qt.KeyboardModifier.NoModifier, letter)
            QCoreApplication.sendEvent(visitor.room.window, key)
        visitor.press(ENTER)
        assert "".join(typed) == "AB-1"
        assert isinstance(visitor.room.visit.page, Agencies)
        visitor.room.keys.entered = lambda: False
        visitor.press(ENTER)
        visitor.until(Services)


def test_a_key_nobody_knows_does_nothing(qtbot: QtBot, tmp_path: Path, clock: Clock, hall: Hall) -> None:
    with keypad(qtbot, opens(tmp_path, clock)) as visitor:
        visitor.press(DOWN)
        for number in (0, 0x01FFFFFF, 0x7FFFFFFF):
            key = QKeyEvent(QEvent.Type.KeyPress, number, Qt.KeyboardModifier.NoModifier, "")
            QCoreApplication.sendEvent(visitor.room.window, key)
        assert visitor.at == "agency-civil"
        assert isinstance(visitor.room.visit.page, Agencies)


def test_a_key_held_down_moves_but_chooses_once(qtbot: QtBot, tmp_path: Path, clock: Clock, hall: Hall) -> None:
    with keypad(qtbot, opens(tmp_path, clock)) as visitor:
        visitor.press(DOWN)
        for key in (ENTER, RIGHT):
            held = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", True)
            QCoreApplication.sendEvent(visitor.room.window, held)
        assert isinstance(visitor.room.visit.page, Agencies)
        assert visitor.at == "agency-tax"
        assert visitor.ear.heard == []
        visitor.press(LEFT, UP, F9)
        assert visitor.ear.heard != []
