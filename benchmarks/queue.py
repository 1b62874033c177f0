"""The queue itself against bare SQLite: throughput, latency under load, and whether history makes it slower."""

from __future__ import annotations

import gc
import multiprocessing
import os
import random
import secrets
import sqlite3 as _sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.measure import Result, demo, percentile
from hall import Hall

try:
    from pysqlite3 import dbapi2 as sqlite3
except ImportError:
    sqlite3 = _sqlite3

ROUNDS, BATCH = 30, 60
DAY = "2026-01-01"
CLIENTS, RATE, SECONDS = 8, 40.0, 15.0


def _hall(folder: Path, name: str) -> Hall:
    hall = Hall.open(folder / f"{name}.db", always_open=True)
    hall.load_catalogue(demo(folder))
    return hall


def _uncapped(hall: Hall) -> list[str]:
    return [code for code, service in hall.catalogue.services.items() if service.cap is None]


class Bare:
    """The floor: the rows of an act written by bare SQLite, with the same schema, columns and durability, and no rules.

    Every value is bound, as in any program; nothing is read but the number that the series gives.
    """

    def __init__(self, path: Path, services: Sequence[str]) -> None:
        self._connection = sqlite3.connect(path, timeout=30, isolation_level=None)
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("PRAGMA foreign_keys = ON")
        self._services = cycle(services)
        self.sequence = 1_000
        self._tickets: deque[tuple[int, str]] = deque()

    def issue(self) -> None:
        """One ticket, its print job, its event, its series, and the head of the hall."""
        run = self._connection.execute
        self.sequence += 1
        sequence, now, service = self.sequence, _now(), next(self._services)
        series = service.partition(".")[0]
        run("BEGIN IMMEDIATE")
        count = run(
            "INSERT INTO series (hall, day, series, last) VALUES (?, ?, ?, 1)"
            " ON CONFLICT (hall, day, series) DO UPDATE SET last = series.last + 1 RETURNING last",
            ("main", DAY, series),
        ).fetchall()[0][0]
        run(
            "INSERT INTO ticket (hall, id, token, day, series, number, asked, service, language, priority,"
            " state, issued_at, rank, ahead, low, high, times, returned)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)",
            (
                *("main", sequence, secrets.token_urlsafe(16), DAY, series, count, service, service, "id", None),
                *("waiting", now, now, 0, None, None),
            ),
        )
        run(
            "INSERT INTO print_job (hall, id, ticket, printer, spare, kind, large, state, created_at, changed_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ("main", sequence, sequence, "main", None, "slip", 0, "queued", now, now),
        )
        self._event(sequence, now, "issued", sequence, service, None)
        self._head(sequence)
        run("COMMIT")
        self._tickets.append((sequence, service))

    def call_next(self, request: str | None = None) -> None:
        """One ticket finished, one called, two events, the head of the hall, and what is kept of a request."""
        self.sequence += 2
        sequence, now = self.sequence, _now()
        done, called = self._tickets.popleft(), self._tickets[0]
        self._connection.execute("BEGIN IMMEDIATE")
        run = self._connection.execute
        run("UPDATE ticket SET ended_at = ?, state = ? WHERE hall = ? AND id = ?", (now, "done", "main", done[0]))
        self._event(sequence - 1, now, "finished", *done, "3")
        run(
            "UPDATE ticket SET counter = ?, called_at = ?, called_sequence = ?, times = ?, state = ?"
            " WHERE hall = ? AND id = ?",
            ("3", now, sequence, 1, "called", "main", called[0]),
        )
        self._event(sequence, now, "called", *called, "3")
        if request:
            row = ("main", request, '["call_next", "3", null]', called[0], now)
            run("INSERT INTO request (hall, id, asked, outcome, at) VALUES (?, ?, ?, ?, ?)", row)
        self._head(sequence)
        self._connection.execute("COMMIT")

    def _event(self, sequence: int, now: int, kind: str, ticket: int, service: str, counter: str | None) -> None:
        self._connection.execute(
            "INSERT INTO event (hall, sequence, at, kind, ticket, service, counter, staff, details)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ("main", sequence, now, kind, ticket, service, counter, None, None),
        )

    def _head(self, sequence: int) -> None:
        self._connection.execute(
            "UPDATE hall SET sequence = ?, day = ?, revision = ?, edition = ?, due = ? WHERE hall = ?",
            (sequence, DAY, 0, 1, None, "main"),
        )


def _now() -> int:
    return time.time_ns() // 1_000_000


def _rate(act: Callable[[], Any]) -> float:
    start = time.perf_counter()
    for _ in range(BATCH):
        act()
    return BATCH / (time.perf_counter() - start)


def _against(ours: Callable[[], Any], bare: Callable[[], Any], name: str) -> Result:
    """Short rounds of both by turns, so that a noisy neighbour meets both; the median of the rounds' ratios.

    On one core: at each wait for the disk a busy machine may move the process to another, and cold caches cost the
    longer program more than the shorter.
    """
    gc.freeze()  # as the rooms do: what was made at the start is not looked through again and again
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    pairs = [(_rate(ours), _rate(bare)) for _ in range(ROUNDS)]
    os.sched_setaffinity(0, cores)
    ratio = median(mine / floor for mine, floor in pairs)
    mine, floor = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    return Result(name, ratio, "times", ">= 0.7", f"{mine:.0f}/s over bare {floor:.0f}/s")


def issue_vs_sqlite(folder: Path) -> Iterator[Result]:
    """Tickets a second, one process, durable, over a hall's services by turns."""
    with _hall(folder, "bare") as hall:
        bare = Bare(folder / "bare.db", _uncapped(hall))
    with _hall(folder, "ours") as hall:
        services = cycle(_uncapped(hall))
        yield _against(lambda: hall.issue(next(services)), bare.issue, "issue_vs_sqlite")


def call_vs_sqlite(folder: Path) -> Iterator[Result]:
    """Next at a counter with a ticket in hand, and the same with a request id that makes it safe to repeat."""
    _hall(folder, "bare").close()
    bare = Bare(folder / "bare.db", ["dukcapil.ktp-el"])
    with _hall(folder, "ours") as hall:
        for _ in range(2 * ROUNDS * BATCH + 1):
            bare.issue()
            hall.issue("dukcapil.ktp-el")
        hall.call_next("3")
        yield _against(lambda: hall.call_next("3"), bare.call_next, "call_vs_sqlite")
        yield _against(
            lambda: hall.call_next("3", request_id=secrets.token_hex(12)),
            lambda: bare.call_next(secrets.token_hex(12)),
            "call_repeatable_vs_sqlite",
        )


def tap_to_commit_p99_ms(folder: Path) -> Iterator[Result]:
    """From the request to the committed ticket, 8 clients at 40 tickets a second together."""
    _hall(folder, "ours").close()
    _hall(folder, "bare").close()
    floor = _paced(_bare_client, folder / "bare.db")
    ours = _paced(_hall_client, folder / "ours.db")
    beside = f"bare p99 {percentile(floor, 0.99):.1f} ms; ours p50 {percentile(ours, 0.5):.1f} ms, {len(ours)} tickets"
    yield Result("tap_to_commit_p99_ms", percentile(ours, 0.99), "ms", "< 10", beside)


def _paced(client: Callable[[Path, int, Any], None], path: Path) -> list[float]:
    context = multiprocessing.get_context("spawn")
    results = context.SimpleQueue()
    clients = [context.Process(target=client, args=(path, seed, results)) for seed in range(CLIENTS)]
    for process in clients:
        process.start()
    taken = [value for _ in clients for value in results.get()]
    for process in clients:
        process.join()
    return taken


def _pace(act: Callable[[], Any], seed: int) -> list[float]:
    """Milliseconds of each act, started at random moments (a Poisson stream) whatever the others do."""
    chance = random.Random(seed)
    taken = []
    end = time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        time.sleep(chance.expovariate(RATE / CLIENTS))
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def _hall_client(path: Path, seed: int, results: Any) -> None:
    with Hall.open(path, always_open=True) as hall:
        services = cycle(_uncapped(hall))
        results.put(_pace(lambda: hall.issue(next(services)), seed))


def _bare_client(path: Path, seed: int, results: Any) -> None:
    bare = Bare(path, ["dukcapil.ktp-el"])
    bare.sequence = 1_000_000 * (seed + 1)
    results.put(_pace(bare.issue, seed))


def call_next_growth(folder: Path) -> Iterator[Result]:
    """Call-next and the board in a hall with a million past tickets over one with a thousand."""
    halls = [_history(folder, past) for past in (1_000, 1_000_000)]
    try:
        calls: list[list[float]] = [[], []]
        boards: list[list[float]] = [[], []]
        for hall in halls:
            for _ in range(400):
                hall.issue("dukcapil.ktp-el")
        for _ in range(350):
            for i, hall in enumerate(halls):
                calls[i].append(_taken(partial(hall.call_next, "3")))
                boards[i].append(_taken(hall.board))
        for name, times in (("call_next_growth", calls), ("board_growth", boards)):
            few, many = median(times[0]), median(times[1])
            yield Result(name, many / few, "times", "< 1.5", f"{many:.2f} ms over {few:.2f} ms")
    finally:
        for hall in halls:
            hall.close()


def _taken(act: Callable[[], Any]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def _history(folder: Path, past: int) -> Hall:
    """A hall that has served so many tickets on earlier days."""
    hall = _hall(folder, f"past-{past}")
    connection = sqlite3.connect(folder / f"past-{past}.db")
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {past})"
    connection.execute(
        f"{numbers} INSERT INTO ticket (hall, id, token, day, series, number, asked, service, language, state,"
        " issued_at, rank, ahead, counter, called_at, called_sequence, times, ended_at, returned)"
        " SELECT 'main', i + 10, 'token-' || i, date('2020-01-01', '+' || (i / 1000) || ' days'), 'A', i,"
        " 'dukcapil.ktp-el', 'dukcapil.ktp-el', 'id', 'done', i, i, 0, '3', i, i + 10, 1, i, 0 FROM n"
    )
    connection.execute(
        f"{numbers} INSERT INTO event (hall, sequence, at, kind, ticket)"
        " SELECT 'main', i + 10, i, 'finished', i + 10 FROM n"
    )
    connection.execute(f"UPDATE hall SET sequence = {past + 100}")
    connection.commit()
    connection.close()
    return hall
