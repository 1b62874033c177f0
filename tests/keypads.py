"""Visitors who press keys, and who listen: a real window, an ear that keeps what it is told, time moved by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from assets import qt
from hall import Hall
from kiosk import pages
from kiosk import visit as visits
from kiosk.focus import Control, Way, moved
from kiosk.guidance import controls
from kiosk.room import Room, Setup
from kiosk.voice import Voice
from tests.halls import Clock

P = TypeVar("P", bound=pages.Page)
LEFT, RIGHT, UP, DOWN = Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down
ENTER, BACK, HOME = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Home
TAB, BACKTAB, F9, F10 = Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_F9, Qt.Key.Key_F10
ARROWS = {Way.LEFT: LEFT, Way.RIGHT: RIGHT, Way.UP: UP, Way.DOWN: DOWN}
PORTRAIT, LANDSCAPE = qt.Screen(1080, 1920, 268.0), qt.Screen(1920, 1080, 476.0)


@dataclass
class Ear:
    """A voice that only keeps what it was to say."""

    heard: list[tuple[str, str]] = field(default_factory=list)
    speaking: bool = False
    silenced: int = 0
    closed: bool = False

    volume = 0.8

    def say(self, text: str, language: str) -> None:
        self.heard.append((text, language))

    def stop(self) -> None:
        self.silenced += 1

    def close(self) -> None:
        self.closed = True

    @property
    def last(self) -> str:
        return self.heard[-1][0] if self.heard else ""


class Steady:
    """Steady seconds, moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Keypad:
    """One visitor's keypad; each key comes later than a change of page takes to settle."""

    bot: QtBot
    room: Room
    ear: Ear
    steady: Steady

    @property
    def focus(self) -> Control | None:
        return self.room.guidance.focus

    @property
    def at(self) -> str:
        return self.focus.key if self.focus else ""

    def press(self, *keys: Qt.Key, after: float = 2 * visits.SETTLING) -> None:
        for key in keys:
            self.room.window.grabWindow()  # what just came up is laid out before it is painted, not earlier
            self.steady.now += after
            QTest.keyClick(self.room.window, key)

    def go(self, to: str) -> None:
        """Bring the focus to a control by the arrows, on the shortest way, as who sees does."""
        self.room.window.grabWindow()
        there = list(controls(self.room.window.contentItem()))
        for way in path(there, self.at, to):
            self.press(ARROWS[way])
        assert self.at == to

    def choose(self, what: str) -> None:
        self.go(what)
        self.press(ENTER)

    def until(self, page: type[P]) -> P:
        self.bot.waitUntil(lambda: isinstance(self.room.visit.page, page))
        found = self.room.visit.page
        assert isinstance(found, page)
        return found

    def pass_time(self, seconds: float) -> None:
        self.steady.now += seconds
        self.room.tick()


def path(there: list[Control], at: str, to: str) -> list[Way]:
    """The fewest arrows from one control to another."""
    ways: dict[str, list[Way]] = {at: []}
    found = [at]
    for here in found:
        for way in ARROWS:
            after = moved(there, here, way)
            if after not in ways:
                ways[after] = [*ways[here], way]
                found.append(after)
    assert to in ways, f"no way from {at} to {to} among {sorted(ways)}"
    return ways[to]


@contextmanager
def keypad(
    bot: QtBot,
    open_hall: Callable[[], Hall],
    setup: Setup | None = None,
    voice: Voice | None = None,
) -> Iterator[Keypad]:
    """A kiosk on its start page, and who stands before it."""
    ear, steady = Ear(), Steady()
    room = Room(open_hall, setup or Setup(PORTRAIT), clock=steady, voice=voice or ear)
    room.window.show()
    try:
        visitor = Keypad(bot, room, ear, steady)
        visitor.until(pages.Agencies)
        yield visitor
    finally:
        room.close()


def opens(folder: Path, clock: Clock) -> Callable[[], Hall]:
    """How a kiosk opens the small hall of a test's folder."""
    return lambda: Hall.open(folder / "queue.db", clock=clock)
