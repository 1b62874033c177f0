"""Fifty fingers and a wet sleeve: whatever is done to the kiosk, no ticket is lost or doubled, and it goes on."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QTouchEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from assets import qt
from hall import Fault, Hall, Ticket, staff
from hall.bookings_file import Written
from hall.printers import Trouble
from hall.printing import JobState
from kiosk import pages
from kiosk import visit as visits
from kiosk.guidance import controls
from kiosk.pages import Agencies, Asking, Lost, Opening, Printing, Taken
from kiosk.room import Room, Setup
from kiosk.visit import Rules, Visit
from tests.halls import SMALL, Clock, opened
from tests.keypads import Ear
from tests.test_kiosk_window import SETUP, STEADY, Fingers, _device, qapp  # noqa: F401 - a fixture

ACTS = 1_800
LONG = 600.0
"""Seconds."""
FINGERS = 10
PIN = "271828"
TODAY = "2026-11-23"
CODES = [f"MPP-{number}" for number in range(200)]
KEYS = (
    *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Backtab),
    *(Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Home, Qt.Key.Key_Backspace),
    *(Qt.Key.Key_F1, Qt.Key.Key_F4, Qt.Key.Key_F5, Qt.Key.Key_F9, Qt.Key.Key_F11, Qt.Key.Key_F12),
    *(Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_Menu, Qt.Key.Key_Meta, Qt.Key.Key_Print, Qt.Key.Key_unknown),
)
NONE, ALT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)
HELD = (
    *((Qt.Key.Key_F4, ALT), (Qt.Key.Key_Tab, ALT), (Qt.Key.Key_Q, CONTROL), (Qt.Key.Key_W, CONTROL)),
    *((Qt.Key.Key_C, CONTROL), (Qt.Key.Key_Delete, CONTROL | ALT), (Qt.Key.Key_F2, CONTROL | ALT)),
)
SCANS = ("MPP-0000000", "x" * 10_000, "MPP\x00\x1b\x07-1", "\x02MPP-1\x03", "https://hall.example/t/1", "ab", "Ж" * 40)


@dataclass
class Weather:
    """What the world does to the hall: it can be out of reach, or answer so that nobody hears it."""

    away: bool = False
    deaf: bool = False
    accepted: set[str] = field(default_factory=set)
    """Requests that the hall took in, heard or not."""


@dataclass
class Watched:
    """What the visit machine was seen to do, from outside."""

    wished: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    """Given up: who wanted a ticket had gone before the hall was back."""
    taken: set[int] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)


@dataclass
class Noise:
    """Everything that can be done to one kiosk, by chance that repeats."""

    chance: random.Random
    visitor: Fingers
    hall: Hall
    clock: Clock
    weather: Weather
    down: set[int] = field(default_factory=set)

    def act(self) -> None:
        """One thing, and what comes of it."""
        acts: tuple[tuple[Callable[[], None], int], ...] = (
            (self.tap, 30),
            (self.touch, 40),
            (self.cancel, 3),
            (self.mouse, 4),
            (self.key, 25),
            (self.held, 4),
            (self.scan, 4),
            (self.corner, 1),
            (self.printer, 8),
            (self.lose, 2),
            (self.find, 4),
            (self.look, 6),
            (self.wait, 14),
            (self.long, 1),
            (self.call, 5),
        )
        self.chance.choices([one for one, _ in acts], [weight for _, weight in acts])[0]()
        QCoreApplication.processEvents()

    def place(self) -> QPoint:
        """Anywhere, on the rim and beyond too; mostly on what can be chosen."""
        window = self.visitor.room.window
        if self.chance.random() < 0.7 and (seen := list(controls(window.contentItem()))):
            one = self.chance.choice([one for one in seen if one.what in ("service", "answer")] * 3 + seen)
            return QPoint(int(one.left + one.width / 2), int(one.top + one.height / 2))
        return QPoint(self.chance.randint(-5, window.width() + 5), self.chance.randint(-5, window.height() + 5))

    def tap(self) -> None:
        """A finger, once or several times, as people do."""
        STEADY.now += self.chance.choice((0.1, 0.5))
        place = self.place()
        finger = self.chance.randrange(FINGERS, 2 * FINGERS)
        for _ in range(self.chance.choice((1, 1, 2, 5))):
            self._touch(finger, place, "press")
            self._touch(finger, place, "release")

    def touch(self) -> None:
        """One of many fingers comes, moves or goes."""
        finger = self.chance.randrange(FINGERS)
        if finger not in self.down:
            self.down.add(finger)
            self._touch(finger, self.place(), "press")
        elif self.chance.random() < 0.4:
            self._touch(finger, self.place(), "move")
        else:
            self.down.remove(finger)
            self._touch(finger, self.place(), "release")

    def cancel(self) -> None:
        """The touch screen takes back what it said."""
        cancelled = QTouchEvent(QEvent.Type.TouchCancel, _device(), NONE, [])
        QGuiApplication.sendEvent(self.visitor.room.window, cancelled)

    def mouse(self) -> None:
        """A touch screen that says it is a mouse, which never leaves the screen."""
        button = self.chance.choice((Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton))
        window, place = self.visitor.room.window, self.place()
        inside = QPoint(min(max(place.x(), 0), window.width() - 1), min(max(place.y(), 0), window.height() - 1))
        QTest.mouseClick(window, button, NONE, inside)

    def key(self) -> None:
        """Any key, some held down."""
        key = self.chance.choice(KEYS) if self.chance.random() < 0.8 else Qt.Key(self.chance.randrange(32, 127))
        text = chr(self.chance.randrange(0, 0x530)) if self.chance.random() < 0.4 else ""
        self._press(key, NONE, text, held=self.chance.random() < 0.2)

    def held(self) -> None:
        """What ends a program anywhere else."""
        key, modifiers = self.chance.choice(HELD)
        self._press(key, modifiers, self.chance.choice(("", "\x11", "\x03")))

    def scan(self) -> None:
        """A code of today, one that is none, or what no code is."""
        code = self.chance.choice(CODES) if self.chance.random() < 0.5 else self.chance.choice(SCANS)
        STEADY.now += 1
        for letter in code:
            STEADY.now += 0.004
            self._press(Qt.Key.Key_unknown, NONE, letter)
        self._press(Qt.Key.Key_Return, NONE, "\r")

    def corner(self) -> None:
        """Somebody has heard of the hidden corner."""
        for _ in range(visits.KNOCKS):
            STEADY.now += 0.1
            self._touch(FINGERS, QPoint(20, 20), "press")
            self._touch(FINGERS, QPoint(20, 20), "release")

    def printer(self) -> None:
        """The printer fails, recovers, or does what it should."""
        troubles = self.chance.choice(((), (Trouble.PAPER_OUT,), (Trouble.UNREACHABLE,)))
        self.hall.report_printer("main", "network 192.0.2.10:9100", frozenset(troubles))
        if (job := self.hall.take_job("main")) is not None:
            state = self.chance.choice((JobState.CONFIRMED, JobState.CONFIRMED, JobState.FAILED, JobState.UNKNOWN))
            self.hall.end_job(job.id, state, "offline" if state is JobState.FAILED else None)

    def lose(self) -> None:
        """The hall cannot be reached, or what it answers is not heard."""
        if self.chance.random() < 0.5:
            self.weather.away = True
        else:
            self.weather.deaf = True

    def find(self) -> None:
        """It is back."""
        self.weather.away = False

    def look(self) -> None:
        """It is painted now, whole."""
        self.visitor.room.window.grabWindow()

    def wait(self) -> None:
        """Some seconds."""
        STEADY.now += self.chance.choice((0.05, 0.5, 2, 9))
        self.clock.on(seconds=1)
        self.visitor.room.tick()

    def long(self) -> None:
        """A while."""
        for seconds in (61, 20, 12, 70):
            STEADY.now += seconds
            self.visitor.room.tick()
        self.clock.on(minutes=2)

    def call(self) -> None:
        """The hall works, and with it what tiles say; a service is closed for a while."""
        for counter in ("1", "2", "3"):
            self.hall.call_next(counter)
        service = self.chance.choice(("civil.birth", "tax.pay"))
        if self.chance.random() < 0.3:
            self.hall.pause_service(service, reason="rapat")
        else:
            self.hall.open_service(service)

    def end(self) -> None:
        """All is well again, and nobody is there."""
        self.weather.away = self.weather.deaf = False
        while self.down:
            self._touch(self.down.pop(), self.place(), "release")

    def _touch(self, finger: int, place: QPoint, what: str) -> None:
        window = self.visitor.room.window
        touched = QTest.touchEvent(window, _device())
        for other in self.down - {finger}:
            touched.stationary(other)
        getattr(touched, what)(finger, place, window).commit()

    def _press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str, *, held: bool = False) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, modifiers, text, held)
            QGuiApplication.sendEvent(self.visitor.room.window, event)


def shaky(folder: Path, clock: Clock, weather: Weather) -> Hall:
    """The kiosk's own way to the hall, in that weather."""

    class Shaky(Hall):
        def sequence(self) -> int:
            self._reached()
            return super().sequence()

        def issue(self, *arguments: object, **named: object) -> Ticket:
            return self._heard(super().issue, *arguments, **named)

        def check_in(self, *arguments: object, **named: object) -> Ticket:
            return self._heard(super().check_in, *arguments, **named)

        def _heard(self, act: Callable[..., Ticket], *arguments: object, **named: object) -> Ticket:
            self._reached()
            ticket = act(*arguments, **named)
            weather.accepted.add(str(named["request_id"]))
            if weather.deaf:
                weather.deaf = False
                raise Fault("disk_full", path="queue.db")
            return ticket

        @staticmethod
        def _reached() -> None:
            if weather.away:
                raise Fault("disk_full", path="queue.db")

    return Shaky.open(folder / "queue.db", clock=clock, always_open=True)


def watch(monkeypatch: pytest.MonkeyPatch) -> Watched:
    """See every step of the visit machine."""
    watched, step = Watched(), visits.step

    def spied(visit: Visit, event: pages.Event, now: float, rules: Rules) -> Visit:
        after = step(visit, event, now, rules)
        wanted, before = visits.wanted(after), visits.wanted(visit)
        watched.pages.add(type(after.page).__name__)
        if wanted is not None:
            watched.wished.add(wanted.request)
        if isinstance(after.page, Taken):
            watched.taken.add(after.page.ticket.id)
        if isinstance(event, pages.Refused):
            watched.refused.add(event.request)
        elif before is not None and wanted != before and not isinstance(event, pages.Issued):
            assert isinstance(visit.page, Lost), f"{event} took a visitor's ticket away"
            watched.left.add(before.request)
        return after

    monkeypatch.setattr(visits, "step", spied)
    return watched


@contextmanager
def noise(bot: QtBot, folder: Path, clock: Clock, setup: Setup, seed: int) -> Iterator[Noise]:
    weather = Weather()
    text = SMALL.replace('languages = ["id", "en"]', 'languages = ["id", "en", "az", "ru"]')
    with opened(folder, clock, text, always_open=True) as hall:
        hall.import_bookings([Written(2, code, "civil.card", TODAY, "09:00", "09:30") for code in CODES])
        room = Room(lambda: shaky(folder, clock, weather), setup, clock=STEADY, voice=Ear())
        try:
            room.window.show()
            yield Noise(random.Random(seed), Fingers(bot, room, hall), hall, clock, weather)
        finally:
            room.close()


def storm(noise: Noise, watched: Watched, go_on: Callable[[int], bool]) -> None:
    """So much noise, and then: every wish has its one ticket, and the next visitor takes one as if nothing had been."""
    visitor, room = noise.visitor, noise.visitor.room
    for number in count():
        if not go_on(number):
            break
        noise.act()
        assert "Workshop" not in watched.pages, "the technician's page was reached without the PIN"
        assert room.window.isVisible()
    noise.end()
    visitor.bot.waitUntil(lambda: not isinstance(room.visit.page, Opening | Lost | Printing), timeout=20_000)
    given = {event.ticket for event in noise.hall.events() if event.kind == "issued"}
    assert len(given) == len(noise.weather.accepted), "a wish has two tickets, or none"
    assert noise.weather.accepted <= watched.wished, "a ticket was given that nobody wished for"
    assert watched.taken <= given
    assert watched.wished - noise.weather.accepted <= watched.refused | watched.left, "a wish was forgotten"
    assert len(given - watched.taken) <= len(watched.left), "a visitor has not seen the ticket"
    assert len(given) > 10, "the noise took hardly a ticket"
    _takes_a_ticket(visitor)


def complaints(log: Any) -> list[str]:
    """What Qt and QML had to say, but for touches that were taken back."""
    return [one.message for one in log.records if "is missing from current event" not in one.message]


def _takes_a_ticket(visitor: Fingers) -> None:
    while visitor.room.visit.page != Agencies():
        visitor.pass_time(visits.READING)
    before = len([event for event in visitor.hall.events() if event.kind == "issued"])
    visitor.tap("agency-civil")
    visitor.until(pages.Services)
    visitor.tap("service-civil.card")
    visitor.bot.waitUntil(lambda: isinstance(visitor.room.visit.page, Asking | Taken))
    if isinstance(visitor.room.visit.page, Asking):
        visitor.tap("answer")
    visitor.until(Taken)
    assert len([event for event in visitor.hall.events() if event.kind == "issued"]) == before + 1


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> Setup:
    monkeypatch.setattr("kiosk.clerk.RETRY", 0.05)
    return replace(SETUP, pin=staff.secret(PIN), saver_seconds=45)


def test_noise_takes_and_loses_no_ticket_and_the_kiosk_goes_on(
    qtbot: QtBot, qtlog: Any, tmp_path: Path, clock: Clock, locked: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = watch(monkeypatch)
    with qtbot.captureExceptions() as broken, noise(qtbot, tmp_path, clock, locked, seed=1) as sleeve:
        storm(sleeve, watched, lambda number: number < ACTS)
    assert broken == []
    assert complaints(qtlog) == []


@pytest.mark.skipif(os.environ.get("ANTREAN_LONG") != "1", reason="ten minutes long: ANTREAN_LONG=1 runs it")
def test_ten_minutes_of_noise_on_a_wide_screen_do_no_harm_either(
    qtbot: QtBot, qtlog: Any, tmp_path: Path, clock: Clock, locked: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched, until = watch(monkeypatch), time.monotonic() + LONG
    wide = replace(locked, screen=qt.Screen(1920, 1080, 476.0))
    with qtbot.captureExceptions() as broken, noise(qtbot, tmp_path, clock, wide, seed=2) as sleeve:
        storm(sleeve, watched, lambda _: time.monotonic() < until)
    assert broken == []
    assert complaints(qtlog) == []
