"""Many processes at one file at the same time, and processes that are killed in the middle of what they do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from hall import Hall, TicketState
from tests.halls import SMALL, Clock, described, opened, replayed, sqlite3, standing

LONG = bool(os.environ.get("ANTREAN_LONG"))  # ./check --long
CROWD, EACH = 32, 250 if LONG else 25
KILLS = 400 if LONG else 40
PATIENCE = 1200 if LONG else 120

_MANY = """
import json, multiprocessing, random, sys
from hall import Hall
from tests.halls import Clock, sqlite3

queue, crowd, each = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
fork = multiprocessing.get_context("fork")
begin, told = fork.Barrier(crowd), fork.SimpleQueue()

def work(me):
    issued, called, errors = [], [], []
    chance = random.Random(me)
    with Hall.open(queue, clock=Clock()) as hall:
        begin.wait(60)
        for turn in range(each):
            try:
                service = chance.choice(["civil.card", "tax.pay"])
                issued.append(hall.issue(service, request_id=f"{me}-{turn}").number)
                ticket = hall.call_next(str(me + 1))
                if ticket is not None:
                    called.append(ticket.number)
            except Exception as error:
                errors.append(repr(error))
    told.put([issued, called, errors])

workers = [fork.Process(target=work, args=(me,)) for me in range(crowd)]
for worker in workers: worker.start()
print(json.dumps([told.get() for _ in workers]))
for worker in workers: worker.join()
"""

_KILLED = """
import os, random, signal, sys, time
from hall import Hall, Refusal
from tests.halls import Clock, sqlite3

queue, rounds = sys.argv[1], int(sys.argv[2])
chance = random.Random(20261123)

def act(said, seed):
    mine = random.Random(seed)
    hall = Hall.open(queue, clock=Clock())
    tickets = []
    while True:
        try:
            what = mine.randrange(5)
            if what < 2:
                ticket = hall.issue(mine.choice(["civil.card", "tax.pay"]))
                tickets.append(ticket.id)
                os.write(said, b"%d\\n" % ticket.id)
            elif what == 2: hall.call_next(mine.choice("123"))
            elif what == 3 and tickets: hall.park(mine.choice(tickets))
            elif tickets: hall.transfer(mine.choice(tickets), service="tax.pay")
        except Refusal: pass

for turn in range(rounds):
    heard, said = os.pipe()
    child = os.fork()
    if not child:
        act(said, turn)
    os.close(said)
    text = b""
    wanted = chance.randrange(1, 12)
    while text.count(b"\\n") < wanted:
        text += os.read(heard, 4096)
    until = time.perf_counter() + chance.uniform(0, 0.004)
    while time.perf_counter() < until: pass
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(heard, 4096): text += more
    os.close(heard)
    print(text.decode().replace("\\n", " "), flush=True)
"""


def crowded(counters: int) -> str:
    """The small hall with many counters that all offer everything."""
    more = [f'[[counter]]\ncode = "{code}"\nzone = "a"\noffers = ["civil", "tax"]\n' for code in range(1, counters + 1)]
    return SMALL[: SMALL.index("[[counter]]")] + "\n".join(more)


def run(code: str, *arguments: object) -> str:
    """What a program says that ends well."""
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def sound(queue: Path) -> None:
    raw = sqlite3.connect(queue)
    assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    raw.close()


def agreeing(hall: Hall) -> None:
    """No gap in the journal, and the tickets are as it says."""
    events = hall.events()
    assert [event.sequence for event in events] == list(range(1, hall.sequence() + 1))
    assert replayed(events) == standing(hall)


def test_thirty_two_processes_get_no_error_no_number_twice_and_no_ticket_at_two_counters(tmp_path: Path) -> None:
    opened(tmp_path, Clock(), crowded(CROWD)).close()
    queue = tmp_path / "queue.db"
    told: list[tuple[list[str], list[str], list[str]]] = json.loads(run(_MANY, queue, CROWD, EACH))

    assert [error for _, _, errors in told for error in errors] == []
    assert [len(issued) for issued, _, _ in told] == [EACH] * CROWD
    numbers = Counter(number for issued, _, _ in told for number in issued)
    assert len(numbers) == CROWD * EACH
    by_series = Counter(number[0] for number in numbers)
    assert set(numbers) == {f"{series}{count:03d}" for series in by_series for count in range(1, by_series[series] + 1)}
    calls = Counter(number for _, called, _ in told for number in called)
    assert max(calls.values()) == 1
    assert len(calls) > CROWD

    with Hall.open(queue, clock=Clock()) as hall:
        agreeing(hall)
        in_hand = [ticket for counter in hall.catalogue.counters if (ticket := hall.in_hand(counter))]
        done = [state for state, *_ in standing(hall).values() if state is TicketState.DONE]
        assert len(in_hand) + len(done) == len(calls)
        assert len(calls) + sum(hall.waiting().values()) == CROWD * EACH
    sound(queue)


def test_a_process_killed_at_any_moment_loses_nothing_it_told_of_and_leaves_nothing_half_done(tmp_path: Path) -> None:
    clock = Clock()
    with opened(tmp_path, clock) as hall:
        queue = tmp_path / "queue.db"
        told = [int(ticket) for line in run(_KILLED, queue, KILLS).splitlines() for ticket in line.split()]
        assert len(told) == len(set(told)) > KILLS
        issued = set(standing(hall))
        assert set(told) <= issued
        assert len(issued) - len(told) <= KILLS  # one at most was given and not told in each round
        agreeing(hall)
        for counter in hall.catalogue.counters:
            held = [one for one in standing(hall).values() if one[0] in ("called", "serving") and one[2] == counter]
            assert len(held) <= 1
        jobs = []
        while job := hall.take_job("main"):
            assert job.ticket
            jobs.append(job.ticket.id)
        assert sorted(jobs) == sorted(issued)
        hall.load_catalogue(described(tmp_path / "hall.toml"))
        assert hall.issue("civil.card").state is TicketState.WAITING
    sound(queue)
