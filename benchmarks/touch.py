"""The kiosk under a finger: from a tap to the painted next page, and what a thousand visitors leave in memory.

The kiosk is a process of its own, `python -m benchmarks.touch QUEUE WHAT COUNT`: the real window and a visitor's
finger, in a time that is moved by hand, so that nobody waits for a page to settle.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

from benchmarks.boards import resident_kilobytes
from benchmarks.measure import Result, big_catalogue, line, percentile, python
from hall import Hall

ROUNDS, LETTERS = 25, "certif"
VISITS, EARLY = 1_000, 50


def kiosk_page_change_p95_ms(folder: Path) -> Iterator[Result]:
    """From the finger that leaves a tile to the painted page behind it, letters of a search among them."""
    heard = told(folder, "pages", ROUNDS)
    pages = heard["pages"]
    taken = [one for times in pages.values() for one in times]
    slowest = max(pages, key=lambda name: median(pages[name]))
    beside = f"p50 {median(taken):.0f} ms, {len(taken)} changes; slowest {slowest}, p50 {median(pages[slowest]):.0f} ms"
    yield Result("kiosk_page_change_p95_ms", percentile(taken, 0.95), "ms", "< 100", beside)
    views = heard["thinking"]
    beside = f"of CPU; p50 {median(views):.1f}, max {max(views):.1f} ms, {len(views)} views"
    yield Result("kiosk_thinking_p95_ms", percentile(views, 0.95), "ms", "< 5", beside)


def kiosk_memory_growth(folder: Path) -> Iterator[Result]:
    """What the kiosk holds in memory after a thousand visits, over that after fifty."""
    early, late = told(folder, "visits", VISITS)["memory"]
    yield Result(
        "kiosk_memory_growth", late / early, "times", "< 1.05", f"{early / 1024:.0f} MB, then {late / 1024:.0f} MB"
    )


def told(folder: Path, what: str, number: int) -> dict[str, Any]:
    """What a kiosk in a process of its own measured: milliseconds by the change, kilobytes, and those of its views."""
    with Hall.open(folder / "queue.db", always_open=True) as hall:
        hall.load_catalogue(big_catalogue(folder / "big.toml"))
        for agency in range(45):  # so that priority is asked for, and something is taken most
            hall.issue(f"agency-{agency}.service-0", printer=None)
    with python("-m", "benchmarks.touch", str(folder / "queue.db"), what, str(number)) as process:
        heard: dict[str, Any] = json.loads(line(process, "{", patience=1_800.0))
        return heard


def _main(queue: Path, what: str, number: int) -> None:
    """In the process of its own. Qt is read in here and nowhere else."""
    import os

    from PySide6.QtCore import QEventLoop, QPoint
    from PySide6.QtQuick import QQuickItem
    from PySide6.QtTest import QTest

    from assets import qt
    from kiosk.guidance import controls
    from kiosk.pages import Agencies, Asking, Easier, Page, Printing, Search, Services, Speak, Taken
    from kiosk.room import Room, Setup
    from kiosk.views import derive
    from kiosk.visit import LONGEST

    app, now = qt.application("kiosk"), [0.0]
    thinking: list[float] = []
    swaps, derived_at = [0], [0]
    """Frames painted so far, and when the last view was made."""

    def thought(*given: Any) -> dict[str, Any]:
        start = time.thread_time()
        view: dict[str, Any] = derive(*given)
        thinking.append((time.thread_time() - start) * 1000)
        derived_at[0] = swaps[0]
        return view

    patch("kiosk.room.derive", thought).start()
    if what == "search":
        _with_many_words()
    setup = Setup(qt.Screen(1080, 1920, 268.0), printer=None)
    room = Room(lambda: Hall.open(queue, always_open=True), setup, clock=lambda: now[0])
    loop, finger = QEventLoop(), QTest.createTouchDevice()

    def swapped() -> None:
        swaps[0] += 1
        loop.quit()

    room.window.frameSwapped.connect(swapped)
    room.window.show()

    def until(held: Callable[[], bool]) -> None:
        while not held():
            loop.exec()

    def painted(views: int) -> bool:
        """Whether a view made after so many is on the screen."""
        return len(thinking) > views and swaps[0] > derived_at[0]

    def place(name: str) -> QPoint:
        item: QQuickItem = room.window.contentItem()
        one = next(one for one in controls(item) if one.key.startswith(name) and one.open)
        return QPoint(int(one.left + one.width / 2), int(one.top + one.height / 2))

    def tap(name: str, *kinds: type[Page]) -> float:
        """Milliseconds until a page of these kinds was painted."""
        at = place(name)
        now[0] += 1
        QTest.touchEvent(room.window, finger).press(0, at, room.window).commit()
        app.processEvents()
        views, start = len(thinking), time.perf_counter()
        QTest.touchEvent(room.window, finger).release(0, at, room.window).commit(False)
        until(lambda: painted(views) and isinstance(room.visit.page, kinds))
        return (time.perf_counter() - start) * 1000

    until(lambda: isinstance(room.visit.page, Agencies) and room._look is not None)
    app.processEvents()
    found: dict[str, list[float]] = {}

    def timed(name: str, control: str, *kinds: type[Page]) -> None:
        found.setdefault(name, []).append(tap(control, *kinds))

    def ticket() -> None:
        timed("asking", "service-", Asking, Printing, Taken)
        if isinstance(room.visit.page, Asking):
            timed("printing", "answer-elderly", Printing, Taken)
        until(lambda: isinstance(room.visit.page, Taken))
        app.processEvents()
        timed("done", "done", Agencies)

    def letter_typed(letter: str) -> None:
        views, start = len(thinking), time.perf_counter()
        room.choose("type", letter)
        until(lambda: painted(views))
        found.setdefault("letter", []).append((time.perf_counter() - start) * 1000)

    def type_(word: str, language: str) -> None:
        room.happen(Speak(language))
        for letter in word:
            letter_typed(letter)
        for _ in word:
            room.choose("erase", "")
        app.processEvents()

    memory = []
    if what == "search":
        from benchmarks.finding import queries

        tap("search", Search)
        for language, word in queries()[::number]:
            type_(word[:LONGEST], language)
        number = 0
    for turn, language in zip(range(number), cycle(("id", "en", "az", "ru")), strict=False):
        if what == "visits":
            if turn in (EARLY, number - 1):
                memory.append(resident_kilobytes(os.getpid()))
            tap(f"language-{language}", Agencies)
            timed("services", "agency-", Services)
            ticket()
            continue
        timed("language", f"language-{language}", Agencies)
        timed("more", "next", Agencies)
        timed("services", "agency-", Services)
        timed("back", "back", Agencies)
        timed("easier", "easier", Easier)
        timed("eased", "adapt-contrast", Easier)
        timed("easier", "back", Agencies)
        timed("search", "search", Search)
        for letter in LETTERS:
            if language == "ru":
                break  # its own letters find nothing here
            timed("letter", f"type-{letter}", Search)
        if language == "ru":
            timed("back", "back", Agencies)
            timed("services", "agency-", Services)
        ticket()
    print(json.dumps({"pages": found, "memory": memory, "thinking": thinking}), flush=True)
    room.close()


def _with_many_words() -> None:
    """The hall has the services of real ones, in all their words."""
    from msgspec.structs import replace

    from benchmarks.finding import large
    from hall.search import Index
    from kiosk.look import Look, Watch

    catalogue, look = large(), Watch.look
    index = Index.of(catalogue)

    def looked(watch: Watch) -> Look:
        def find(words: str, language: str, most: int) -> list[str]:
            return [one.service for one in index.find(words, language, most)]

        return replace(look(watch), catalogue=catalogue, refusals={}, popular=(), find=find)

    patch.object(Watch, "look", looked).start()


if __name__ == "__main__":
    _main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
