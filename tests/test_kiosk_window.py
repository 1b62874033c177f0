"""The real window with a real hall: fingers on the screen, tickets in the queue."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QGuiApplication, QPointingDevice
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from assets import qt
from hall import Fault, Hall, TicketState
from hall.printing import JobState
from kiosk import pages
from kiosk import visit as visits
from kiosk.pages import Agencies, Lost, Printing, Services, Slip, Taken
from kiosk.room import Room, Setup
from tests.halls import Clock

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SETUP = Setup(qt.Screen(1080, 1920, 268.0), public_url="http://hall.example")


class Fingers:
    """One visitor's fingers; time moves only when it is told to."""

    def __init__(self, bot: QtBot, room: Room, hall: Hall) -> None:
        self.bot, self.room, self.hall = bot, room, hall

    def item(self, name: str) -> QQuickItem | None:
        return next((one for one in _visible(self.room.window.contentItem()) if one.objectName() == name), None)

    def place(self, name: str) -> QPointF:
        self.bot.waitUntil(lambda: self.item(name) is not None)
        self.room.window.grabWindow()  # whatever just came up is laid out before it is painted, not earlier
        item = self.item(name)
        assert item is not None
        return item.mapToScene(QPointF(item.width() / 2, item.height() / 2))

    def tap(self, name: str, times: int = 1) -> None:
        place = self.place(name).toPoint()
        STEADY.now += 2 * visits.SETTLING
        for _ in range(times):
            QTest.touchEvent(self.room.window, _device()).press(0, place, self.room.window).commit()
            QTest.touchEvent(self.room.window, _device()).release(0, place, self.room.window).commit()

    def until(self, page: type[pages.Page]) -> pages.Page:
        self.bot.waitUntil(lambda: isinstance(self.room.visit.page, page))
        return self.room.visit.page

    def pass_time(self, seconds: float) -> None:
        STEADY.now += seconds
        self.room.happen(pages.Tick())


class Steady:
    """Steady seconds, moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


STEADY = Steady()


class Opens(Protocol):
    def __call__(self, setup: Setup = SETUP, open_hall: Callable[[], Hall] | None = None) -> Fingers: ...


@functools.cache
def _device() -> QPointingDevice:
    return QTest.createTouchDevice()


def _visible(item: QQuickItem) -> Iterator[QQuickItem]:
    if item.isVisible() and item.opacity() > 0:
        yield item
        for child in item.childItems():
            yield from _visible(child)


@pytest.fixture(scope="session")
def qapp() -> QGuiApplication:
    """The rooms' own application, where pytest-qt would make one with widgets."""
    return qt.application("kiosk")


@pytest.fixture
def kiosk(qtbot: QtBot, tmp_path: Path, hall: Hall, clock: Clock) -> Iterator[Opens]:
    """Opens the kiosk of the small hall on its start page."""
    rooms: list[Room] = []

    def opens(setup: Setup = SETUP, open_hall: Callable[[], Hall] | None = None) -> Fingers:
        room = Room(open_hall or (lambda: Hall.open(tmp_path / "queue.db", clock=clock)), setup, clock=STEADY)
        rooms.append(room)
        room.window.show()
        return Fingers(qtbot, room, hall)

    yield opens
    for room in rooms:
        room.close()


def issued(hall: Hall) -> list[str]:
    return [event.service or "" for event in hall.events() if event.kind == "issued"]


def test_two_taps_take_a_ticket_that_stands_in_the_queue(kiosk: Opens, hall: Hall) -> None:
    visitor = kiosk()
    visitor.tap("agency-civil")
    visitor.until(Services)
    visitor.tap("service-civil.card")
    page = visitor.until(Taken)
    assert isinstance(page, Taken)
    assert hall.ticket(page.ticket.id).state is TicketState.WAITING
    assert hall.ticket(page.ticket.id).language == "id"
    number = visitor.item("number")
    assert number is not None
    assert number.property("text") == "A001"


def test_a_double_tap_on_a_service_gives_one_ticket(kiosk: Opens, hall: Hall) -> None:
    visitor = kiosk()
    visitor.tap("agency-civil")
    visitor.tap("service-civil.card", times=2)
    visitor.until(Taken)
    visitor.bot.waitUntil(lambda: len(issued(hall)) == 1)
    visitor.tap("done")
    visitor.until(Agencies)
    assert issued(hall) == ["civil.card"]


def test_a_double_tap_on_an_agency_takes_no_ticket(kiosk: Opens, hall: Hall) -> None:
    visitor = kiosk()
    visitor.tap("agency-civil", times=2)
    assert isinstance(visitor.until(Services), Services)
    assert issued(hall) == []


def test_a_closed_service_can_be_seen_but_gives_no_ticket(kiosk: Opens, hall: Hall) -> None:
    hall.pause_service("civil.card", reason="rapat")
    visitor = kiosk()
    visitor.tap("agency-civil")
    visitor.tap("service-civil.card")
    assert isinstance(visitor.until(Services), Services)
    visitor.tap("service-civil.birth")
    visitor.until(Taken)
    assert issued(hall) == ["civil.birth"]


def test_a_refusal_that_comes_after_the_tap_is_explained_on_the_page(kiosk: Opens, hall: Hall) -> None:
    visitor = kiosk()
    visitor.tap("agency-civil")
    visitor.until(Services)
    visitor.room.happen(pages.ChooseService("civil.card"))  # too early: within the settling time
    assert isinstance(visitor.room.visit.page, Services)
    hall.pause_service("civil.card", reason="rapat")
    STEADY.now += 2 * visits.SETTLING
    visitor.room.happen(pages.ChooseService("civil.card"))
    visitor.bot.waitUntil(lambda: _refused(visitor.room))
    hint = visitor.item("hint")
    assert hint is not None
    assert "rapat" in hint.property("text")


def _refused(room: Room) -> bool:
    return isinstance(room.visit.page, Services) and room.visit.page.refusal is not None


def test_a_tap_on_a_language_changes_every_word_and_the_ticket_s_language(kiosk: Opens, hall: Hall) -> None:
    visitor = kiosk()
    visitor.until(Agencies)
    visitor.tap("language-en")
    title = visitor.item("title")
    assert title is not None
    visitor.bot.waitUntil(lambda: title.property("text") == "What brings you here today?")
    visitor.tap("agency-tax")
    visitor.tap("service-tax.pay")
    page = visitor.until(Taken)
    assert isinstance(page, Taken)
    assert hall.ticket(page.ticket.id).language == "en"


def test_a_kiosk_left_alone_goes_back_to_the_start_in_the_hall_s_language(kiosk: Opens) -> None:
    visitor = kiosk()
    visitor.until(Agencies)
    visitor.tap("language-en")
    visitor.tap("agency-tax")
    visitor.until(Services)
    visitor.pass_time(75)
    assert visitor.item("stay") is not None
    visitor.pass_time(15)
    assert visitor.until(Agencies) == Agencies()
    assert visitor.room.visit.language == "id"


def test_a_touch_anywhere_during_the_countdown_stays(kiosk: Opens) -> None:
    visitor = kiosk()
    visitor.tap("agency-tax")
    visitor.until(Services)
    visitor.pass_time(75)
    visitor.tap("title")
    visitor.bot.waitUntil(lambda: visitor.item("stay") is None)
    visitor.pass_time(30)
    assert isinstance(visitor.room.visit.page, Services)


def test_back_and_start_over_lead_back(kiosk: Opens) -> None:
    visitor = kiosk()
    for key in ("back", "start-over"):
        visitor.tap("agency-tax")
        visitor.until(Services)
        visitor.tap(key)
        visitor.until(Agencies)


@pytest.mark.parametrize(("state", "told"), [(JobState.CONFIRMED, Slip.READY), (JobState.UNKNOWN, Slip.FAILED)])
def test_the_page_tells_the_truth_about_the_slip(kiosk: Opens, hall: Hall, state: JobState, told: Slip) -> None:
    visitor = kiosk()
    visitor.tap("agency-tax")
    visitor.tap("service-tax.pay")
    visitor.until(Taken)
    job = hall.take_job("main")
    assert job is not None
    hall.end_job(job.id, state)
    visitor.bot.waitUntil(lambda: _slip(visitor.room) is told)


def _slip(room: Room) -> Slip | None:
    return room.visit.page.slip if isinstance(room.visit.page, Taken) else None


def test_people_waiting_are_counted_while_the_page_is_open(kiosk: Opens, hall: Hall) -> None:
    visitor = kiosk()
    visitor.until(Agencies)
    visitor.tap("language-en")
    visitor.tap("agency-tax")
    visitor.until(Services)
    tile = visitor.item("service-tax.pay")
    assert tile is not None
    assert tile.property("explained") == "Nobody is waiting"
    hall.issue("tax.pay")
    visitor.bot.waitUntil(lambda: tile.property("explained") == "1 person waiting")


def test_a_lost_hall_is_said_calmly_and_the_ticket_asked_for_is_given_when_it_is_back(
    kiosk: Opens, hall: Hall, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.clerk.RETRY", 0.05)
    broken = [False]

    class Fragile(Hall):
        def issue(self, *arguments: object, **named: object) -> object:  # type: ignore[override]
            if broken[0]:
                raise Fault("disk_full", path="queue.db")
            return super().issue(*arguments, **named)  # type: ignore[arg-type]

    visitor = kiosk(open_hall=lambda: Fragile.open(tmp_path / "queue.db", clock=clock))
    visitor.tap("agency-tax")
    visitor.until(Services)
    broken[0] = True
    visitor.tap("service-tax.pay")
    page = visitor.until(Lost)
    assert isinstance(page, Lost)
    assert isinstance(page.printing, Printing)
    assert issued(hall) == []
    broken[0] = False
    visitor.until(Taken)
    assert issued(hall) == ["tax.pay"]


def test_a_hall_without_a_catalogue_is_waited_for(
    kiosk: Opens, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.clerk.RETRY", 0.05)
    empty = tmp_path / "empty.db"
    visitor = kiosk(open_hall=lambda: Hall.open(empty, clock=clock))
    visitor.until(Lost)
    with Hall.open(empty, clock=clock) as hall:
        hall.load_catalogue(tmp_path / "hall.toml")
    visitor.until(Agencies)


def test_a_hall_that_cannot_be_opened_at_all_is_a_fault(kiosk: Opens, tmp_path: Path) -> None:
    (tmp_path / "not.db").write_bytes(b"this is not a queue " * 100)
    faults: list[Fault] = []
    visitor = kiosk(open_hall=lambda: Hall.open(tmp_path / "not.db"))
    visitor.room.failed.connect(faults.append)
    visitor.bot.waitUntil(lambda: bool(faults))
    assert faults[0].code == "database_foreign"
