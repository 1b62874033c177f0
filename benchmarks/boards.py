"""The call-board: from a call to the painted frame and page, and what a whole day leaves in memory."""

from __future__ import annotations

import random
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks.measure import MPP, Result, environment, line, percentile, python
from display.clock import Clock
from hall import Hall

CALLS = 1_000
PACE = 20.0
"""How much faster the board's clock runs while calls are timed: a call is held 8 s, and none is to wait for a place."""
GAP = 2.0
"""Seconds of that clock between two calls, on average; the busiest halls make one in 6 s."""

_BOARD = """
import sys
from datetime import datetime
from display.__main__ import run
from display.clock import Clock
from hall.settings import load
pace, start, since = sys.argv[1:]
sys.exit(run(load(), announce=True, clock=Clock(float(pace), datetime.fromisoformat(start), float(since))))
"""


def clock(pace: float, start: datetime | None = None) -> Clock:
    """A clock that begins to run faster now."""
    return Clock(pace, start or datetime.now(UTC), time.monotonic())


def board(folder: Path, time: Clock, **environ: str) -> AbstractContextManager[subprocess.Popen[str]]:
    """The board of a folder's queue as a process that lives in this time."""
    assert time.start is not None
    told = (str(time.pace), time.start.isoformat(), str(time.since))
    return python("-c", _BOARD, *told, **environment(folder, **environ))


def call_to_board_p95_ms(folder: Path) -> Iterator[Result]:
    """From the call in one process to the painted frame of the board in another, at random moments and counters."""
    fast = clock(PACE)
    with Hall.open(folder / "queue.db", clock=fast.now, always_open=True) as hall:
        hall.load_catalogue(MPP)
        with board(folder, fast) as process:
            line(process, "first frame")

            def shown(sequence: int) -> None:
                while int(line(process, "shown").split()[1]) < sequence:
                    pass

            taken = timed(hall, CALLS, shown, lambda: fast.real(GAP))
        polled = polls(hall, 200)
    beside = f"p50 {median(taken):.1f} ms; a poll each 2 s p95 {percentile(polled, 0.95):.0f} ms"
    yield Result("call_to_board_p95_ms", percentile(taken, 0.95), "ms", "< 20", beside)
    yield Result("call_to_board_p99_ms", percentile(taken, 0.99), "ms", "< 35", f"{len(taken)} calls")


def timed(hall: Hall, count: int, shown: Callable[[int], None], gap: Callable[[], float]) -> list[float]:
    """Milliseconds of so many calls, each until `shown` has returned for it."""
    chance = random.Random(1)
    desks = list(uncapped(hall).items())
    chance.shuffle(desks)
    taken = []
    for place in range(count):
        desk, service = desks[place % len(desks)]
        hall.issue(service, printer=None)
        time.sleep(chance.expovariate(1 / gap()))
        start = time.perf_counter()
        ticket = hall.call_next(desk)
        assert ticket is not None
        shown(ticket.called_sequence or 0)
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def uncapped(hall: Hall) -> dict[str, str]:
    """Counter -> a service it offers that gives any number of tickets."""
    services, counters = hall.catalogue.services, hall.catalogue.counters.values()
    open_ended = {desk.code: [code for code in desk.offers if services[code].cap is None] for desk in counters}
    return {code: offers[0] for code, offers in open_ended.items() if offers}


def polls(hall: Hall, count: int, every: float = 2.0) -> list[float]:
    """What a board that asks each 2 s takes to learn of so many calls at random moments, the asking measured once."""
    chance = random.Random(2)
    start = time.perf_counter()
    hall.board()
    asking = time.perf_counter() - start
    return [(chance.uniform(0, every) + asking) * 1000 for _ in range(count)]
