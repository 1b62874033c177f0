"""The kiosk under a finger: from a tap to the painted next page, and what a thousand visitors leave in memory.

The kiosk is a process of its own, `python -m benchmarks.touch QUEUE WHAT COUNT`: the real window and a visitor's finger,
in a time that is moved by hand, so that nobody waits for a page to settle.
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

from benchmarks.boards import resident_kilobytes
from benchmarks.measure import Result, big_catalogue, line, percentile, python
from hall import Hall

ROUNDS, LETTERS = 25, "certif"
VISITS, EARLY = 1_000, 50


def kiosk_page_change_p95_ms(folder: Path) -> Iterator[Result]:
    """From the finger that leaves a tile to the painted page behind it, and to the results of each letter typed."""
    told = _told(folder, "pages", ROUNDS)
    pages = {name: times for name, times in told["pages"].items() if name != "letter"}
    taken = [one for times in pages.values() for one in times]
    slowest = max(pages, key=lambda name: median(pages[name]))
    beside = f"p50 {median(taken):.0f} ms, {len(taken)} changes; slowest {slowest}, p50 {median(pages[slowest]):.0f} ms"
    yield Result("kiosk_page_change_p95_ms", percentile(taken, 0.95), "ms", "< 100", beside)
    letters = told["pages"]["letter"]
    beside = f"p50 {median(letters):.0f} ms, {len(letters)} letters"
    yield Result("kiosk_letter_p95_ms", percentile(letters, 0.95), "ms", "< 50", beside)
    beside = f"p50 {median(told['thinking']):.1f}, max {max(told['thinking']):.1f} ms, {len(told['thinking'])} views"
    yield Result("kiosk_thinking_p95_ms", percentile(told["thinking"], 0.95), "ms", "< 5", beside)


def kiosk_memory_growth(folder: Path) -> Iterator[Result]:
    """What the kiosk holds in memory after a thousand visits, over that after fifty."""
    early, late = _told(folder, "visits", VISITS)["memory"]
    yield Result(
        "kiosk_memory_growth", late / early, "times", "< 1.05", f"{early / 1024:.0f} MB, then {late / 1024:.0f} MB"
    )


def _told(folder: Path, what: str, number: int) -> dict[str, Any]:
    with Hall.open(folder / "queue.db", always_open=True) as hall:
        hall.load_catalogue(big_catalogue(folder / "big.toml"))
        for agency in range(45):  # so that priority is asked for, and something is taken most
            hall.issue(f"agency-{agency}.service-0", printer=None)
    with python("-m", "benchmarks.touch", str(folder / "queue.db"), what, str(number)) as process:
        told: dict[str, Any] = json.loads(line(process, "{", patience=1_800.0))
        return told


def _main(queue: Path, what: str, number: int) -> None:
    """In the process of its own. Qt is read in here and nowhere else."""
    import os

    from PySide6.QtCore import QEventLoop, QPoint
    from PySide6.QtQuick import QQuickItem
    from PySide6.QtTest import QTest

    from assets import qt
    from kiosk import room as rooms
    from kiosk.guidance import controls
    from kiosk.pages import Agencies, Asking, Easier, Page, Printing, Search, Services, Taken
    from kiosk.room import Room, Setup

    app, now = qt.application("kiosk"), [0.0]
    thinking: list[float] = []
    derive = rooms.derive

    def thought(*given: Any) -> dict[str, Any]:
        start = time.perf_counter()
        view = derive(*given)
        thinking.append((time.perf_counter() - start) * 1000)
        return view

    rooms.derive = thought
    room = Room(
        lambda: Hall.open(queue, always_open=True),
        Setup(qt.Screen(1080, 1920, 268.0), printer=None),
        clock=lambda: now[0],
    )
    loop, finger = QEventLoop(), QTest.createTouchDevice()
    swaps = [0]

    def swapped() -> None:
        swaps[0] += 1
        loop.quit()

    room.window.frameSwapped.connect(swapped)
    room.window.show()

    def until(held: Callable[[], bool]) -> None:
        while not held():
            loop.exec()

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
        before, start = swaps[0], time.perf_counter()
        QTest.touchEvent(room.window, finger).release(0, at, room.window).commit(False)
        until(lambda: swaps[0] > before and isinstance(room.visit.page, kinds))
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

    memory = []
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


if __name__ == "__main__":
    _main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
