"""The call-board: from a call to the painted frame and page, and what a whole day leaves in memory."""

from __future__ import annotations

import json
import random
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import IO, Any
from zoneinfo import ZoneInfo

from benchmarks.measure import MPP, Result, demo, environment, free_port, line, percentile, python, room
from display.clock import Clock
from hall import Hall, Refusal
from hall.journal import Event

CALLS, WEB_CALLS = 1_000, 80
VOICE = "voice.log"
HOLD, GAP = 0.2, 0.2
"""Seconds a call is lit while calls are timed, so that none waits for a place; and between two calls, on average."""

_BOARD = """
import sys
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from assets import sounds
from assets.voice.speech import silence
from display import loudspeaker, reader
from msgspec.structs import replace
from display.__main__ import run
from display.clock import Clock
from hall.settings import load
pace, start, since, hold, log = sys.argv[1:]
clock = Clock(float(pace), datetime.fromisoformat(start), float(since))
settings = load()
display = replace(settings.display, hold_seconds=float(hold), sound=bool(log), voice_log=Path(log) if log else None)

class Mute:
    # Takes as long as a sound of its length, and is not heard.
    engine = SimpleNamespace(start=lambda: None, close=lambda: None)

    def sound(self, words, language):
        return silence(0.07 * len(words))  # about what the voices take

    def play(self, sound, volume, name, stopped):
        stopped.wait(clock.real(len(sound) / sounds.RATE))

look = reader.read

def noted(*asked):
    board = look(*asked)
    if asked[2] is None or board.sequence != asked[2].sequence:
        sys.stdout.write(f"read {board.sequence}\\n")
        sys.stdout.flush()
    return board

reader.read = noted
loudspeaker.Speech, loudspeaker.player = (lambda *_: Mute()), (lambda _: Mute())
sys.exit(run(replace(settings, display=display), announce=True, clock=clock))
"""


def clock(pace: float, start: datetime | None = None) -> Clock:
    """A clock that begins to run faster now."""
    return Clock(pace, start or datetime.now(UTC), time.monotonic())


def board(
    folder: Path, time: Clock, hold: float = 8.0, log: Path | None = None
) -> AbstractContextManager[subprocess.Popen[str]]:
    """The board of a folder's queue as a process that lives in this time and lights each call so long.

    With a log it also speaks, in the time that takes, unheard.
    """
    assert time.start is not None
    told = (str(time.pace), time.start.isoformat(), str(time.since), str(hold), str(log or ""))
    return python("-c", _BOARD, *told, **environment(folder))


def call_to_board_p95_ms(folder: Path) -> Iterator[Result]:
    """From the call in one process to the painted frame of the board in another, at random moments and counters."""
    with Hall.open(folder / "queue.db", always_open=True) as hall:
        hall.load_catalogue(demo(folder))
        with board(folder, clock(1.0), HOLD) as process:
            line(process, "first frame")

            def shown(sequence: int) -> None:
                while int(line(process, "shown").split()[1]) < sequence:
                    pass

            taken = timed(hall, CALLS, shown)
        polled = polls(hall, 200)
    beside = f"p50 {median(taken):.1f} ms; a poll each 2 s p95 {percentile(polled, 0.95):.0f} ms"
    yield Result("call_to_board_p95_ms", percentile(taken, 0.95), "ms", "< 20", beside)
    yield Result("call_to_board_p99_ms", percentile(taken, 0.99), "ms", "< 35", f"{len(taken)} calls")


def timed(hall: Hall, count: int, shown: Callable[[int], None]) -> list[float]:
    """Milliseconds of so many calls, each until `shown` has returned for it."""
    chance = random.Random(1)
    desks = list(uncapped(hall).items())
    chance.shuffle(desks)
    taken = []
    for place in range(count):
        desk, service = desks[place % len(desks)]
        hall.issue(service, printer=None)
        time.sleep(chance.expovariate(1 / GAP))
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


_WATCH = """
() => {
  window.painted = new Map();
  const look = () => {
    const now = [...document.querySelectorAll(".lit .number")].map((one) => one.textContent);
    // The frame that follows carries the change; the task after it runs when it has been painted.
    requestAnimationFrame(() => {
      const after = new MessageChannel();
      after.port1.onmessage = () => {
        const at = performance.timeOrigin + performance.now();
        for (const number of now) if (!painted.has(number)) painted.set(number, at);
      };
      after.port2.postMessage(0);
    });
  };
  new MutationObserver(look).observe(document.querySelector(".board"), { childList: true, subtree: true });
}
"""
_WAIT = """
(number) => new Promise((told) => {
  const look = () => painted.has(number) ? told(painted.get(number)) : setTimeout(look, 5);
  look();
})
"""


def call_to_web_board_p95_ms(folder: Path) -> Iterator[Result]:
    """From the call to the painted page of the board in a real browser, each at another counter."""
    from playwright.sync_api import sync_playwright

    with Hall.open(folder / "queue.db", always_open=True) as hall, sync_playwright() as playwright:
        hall.load_catalogue(demo(folder))
        told = environment(folder, ANTREAN_COUNTER_PORT=str(free_port()))
        with room("counter", "--announce", **told) as process:
            address = line(process, "ready").split()[1]
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1920, "height": 1080})
            page.goto(f"{address}/board")
            page.wait_for_selector("[data-health=live]")
            page.evaluate(_WATCH)
            taken = []
            chance = random.Random(3)
            for desk, service in islice(cycle(uncapped(hall).items()), WEB_CALLS):
                hall.issue(service, printer=None)
                time.sleep(chance.uniform(2.0, 2.4))
                start = time.time()
                ticket = hall.call_next(desk)
                assert ticket is not None
                taken.append(page.evaluate(_WAIT, ticket.number) - start * 1000)
            browser.close()
        polled = polls(hall, 200)
    beside = f"p50 {median(taken):.1f} ms; {len(taken)} calls; a poll each 2 s p95 {percentile(polled, 0.95):.0f} ms"
    yield Result("call_to_web_board_p95_ms", percentile(taken, 0.95), "ms", "< 25", beside)


@dataclass
class Day:
    """What became of a day: the journal, what each board said it showed, and how large the last board was."""

    events: list[Event] = field(default_factory=list)
    told: list[tuple[int, str, int]] = field(default_factory=list)
    """Which board (0 is the first), its word, the call's sequence."""
    looks: list[tuple[int, int]] = field(default_factory=list)
    """Which board, and the hall's last event in each of its looks that found a new one."""
    passed: dict[int, datetime] = field(default_factory=dict)
    """When a call was last said to be passed over, by its sequence."""
    started: list[tuple[datetime, datetime]] = field(default_factory=list)
    """When each board was started, and when it had its first frame."""
    stopped: list[datetime] = field(default_factory=list)
    """When each board was told to end."""
    voice: list[dict[str, Any]] = field(default_factory=list)
    """The voice's log: what became of each call."""
    memory: list[tuple[float, int]] = field(default_factory=list)
    """Hours since the morning, resident kilobytes."""


class Boards:
    """The boards of a day, one after the other, and what they say."""

    def __init__(self, folder: Path, fast: Clock, day: Day, *, voice: bool) -> None:
        self._folder, self._fast, self._day = folder, fast, day
        self._log = folder / VOICE if voice else None

    def start(self) -> None:
        """The next board."""
        begun = self._fast.now()
        self._entered = board(self._folder, self._fast, log=self._log)
        self.process = self._entered.__enter__()
        line(self.process, "first frame")
        number = len(self._day.started)
        self._day.started.append((begun, self._fast.now()))
        self._listener = threading.Thread(target=self._listen, args=(number, self.process.stdout))
        self._listener.start()

    def _listen(self, number: int, said: IO[str]) -> None:
        for text in said:
            word, sequence = text.split()
            if word == "read":
                self._day.looks.append((number, int(sequence)))
                continue
            self._day.told.append((number, word, int(sequence)))
            if word == "passed":
                self._day.passed[int(sequence)] = self._fast.now()

    def stop(self) -> None:
        """End the board, and hear it out."""
        self._day.stopped.append(self._fast.now())
        self.process.terminate()
        self._listener.join()
        self._entered.__exit__(None, None, None)


def lived(
    folder: Path,
    *,
    hours: float,
    calls: int,
    pace: float,
    restarts: Sequence[float],
    away: float | None,
    voice: bool = False,
) -> Day:
    """A day of so many hours and calls in a faster time; boards are restarted, and at one hour the queue's file is
    gone for a minute.
    """
    day, chance = Day(), random.Random(5)
    fast = clock(pace, datetime.now(ZoneInfo("Asia/Jakarta")).replace(hour=8, minute=0, second=0, microsecond=0))
    hall = Hall.open(folder / "queue.db", clock=fast.now, always_open=True)
    hall.load_catalogue(MPP)
    desks = list(uncapped(hall).items())
    boards = Boards(folder, fast, day, voice=voice)
    boards.start()
    morning = fast.now()
    due = sorted(
        [(chance.uniform(0, hours), "call") for _ in range(calls)]
        + [(hour, "restart") for hour in restarts]
        + ([(away, "away")] if away is not None else [])
        + [(tenth * 0.1, "weigh") for tenth in range(1, int(hours * 10) + 1)]
    )
    for hour, what in due:
        time.sleep(fast.real(hour * 3600 - (fast.now() - morning).total_seconds()))
        if what == "call":
            desk, service = chance.choice(desks)
            hand = hall.in_hand(desk)
            if hand and chance.random() < 0.2 and fast.now() - (hand.called_at or morning) > timedelta(seconds=21):
                with suppress(Refusal):  # as often as a ticket may be called
                    hall.recall(hand.id)
                    continue
            hall.issue(service, printer=None)
            hall.call_next(desk)
        elif what == "restart":
            boards.stop()
            time.sleep(fast.real(20))
            boards.start()
        elif what == "away":
            hall.close()
            _moved(folder, folder / "elsewhere")
            time.sleep(fast.real(60))
            _moved(folder / "elsewhere", folder)
            hall = Hall.open(folder / "queue.db", clock=fast.now, always_open=True)
        else:
            day.memory.append((hour, resident_kilobytes(boards.process.pid)))
    time.sleep(fast.real(120))
    boards.stop()
    day.events = hall.events()
    files = (folder / f"{VOICE}.1", folder / VOICE)
    day.voice = [json.loads(line) for file in files if file.exists() for line in file.read_text("utf-8").splitlines()]
    hall.close()
    return day


def _moved(source: Path, target: Path) -> None:
    target.mkdir(exist_ok=True)
    for file in source.glob("queue.db*"):
        if file.is_file():
            file.rename(target / file.name)


def resident_kilobytes(pid: int) -> int:
    """What a process holds in memory (proc(5))."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(text.split()[1] for text in status.splitlines() if text.startswith("VmRSS")))


def growth(day: Day, hours: float) -> float:
    """Memory in the last eighth of the day over that in the first, the start left out."""
    eighth = hours / 8
    first = [size for hour, size in day.memory if eighth * 0.3 <= hour <= eighth * 1.3]
    last = [size for hour, size in day.memory if hour >= hours - eighth]
    return median(last) / median(first)


def board_memory_growth(folder: Path) -> Iterator[Result]:
    """What the board holds in memory in the last of eight hours with 5,000 calls, over the first."""
    day = lived(folder, hours=8, calls=5_000, pace=120, restarts=(), away=None)
    beside = f"{day.memory[3][1] / 1024:.0f} MB, then {day.memory[-1][1] / 1024:.0f} MB"
    yield Result("board_memory_growth", growth(day, 8), "times", "< 1.05", beside)
