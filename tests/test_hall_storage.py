"""The file under the queue: what is refused, what a full, locked or read-only disk does, which index serves whom."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hall import Fault, Hall
from hall.popular import DAYS
from hall.printing import JobState
from hall.storage import open_storage
from hall.storage import sqlite as engine
from hall.storage.schema import MIGRATIONS
from hall.storage.sqlite import wal_is_unsafe
from tests.halls import Clock, opened, sqlite3

CARD, PAY = "civil.card", "tax.pay"


def fault_of(open_it: Callable[[], object]) -> Fault:
    with pytest.raises(Fault) as fault:
        open_it()
    assert "\n" not in fault.value.said()
    return fault.value


def whole(queue: Path) -> bool:
    """The file is sound: its pages, its keys, and its journal against its tickets."""
    raw = sqlite3.connect(queue)
    try:
        sound = raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        keys = raw.execute("PRAGMA foreign_key_check").fetchall() == []
        last = raw.execute("SELECT sequence FROM hall").fetchone()[0]
        events = raw.execute("SELECT count(*), max(sequence) FROM event").fetchone() == (last, last)
        issued = raw.execute("SELECT count(*) FROM event WHERE kind = 'issued'").fetchone()
        return bool(sound and keys and events and issued == raw.execute("SELECT count(*) FROM ticket").fetchone())
    finally:
        raw.close()


# -- what is no queue of ours ------------------------------------------------------------------------------------------


def test_a_queue_of_a_newer_version_is_refused_and_left_alone(hall: Hall, tmp_path: Path) -> None:
    hall.close()
    raw = sqlite3.connect(tmp_path / "queue.db")
    raw.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('antrean', 'tomorrow', '2030')"
    )
    raw.commit()
    raw.close()
    before = (tmp_path / "queue.db").read_bytes()
    fault = fault_of(lambda: Hall.open(tmp_path / "queue.db"))
    assert fault.code == "database_newer"
    assert (fault.data["found"], fault.data["known"]) == (len(MIGRATIONS) + 1, len(MIGRATIONS))
    assert "Update Antrean" in fault.said()
    assert (tmp_path / "queue.db").read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Dear diary, " * 500)
    assert fault_of(lambda: Hall.open(file)).code == "database_foreign"
    assert file.read_text() == "Dear diary, " * 500
    assert list(tmp_path.iterdir()) == [file]


def test_somebody_elses_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    raw = sqlite3.connect(tmp_path / "browser.db")
    raw.execute("CREATE TABLE bookmark (url TEXT)")
    raw.commit()
    raw.close()
    before = (tmp_path / "browser.db").read_bytes()
    fault = fault_of(lambda: Hall.open(tmp_path / "browser.db"))
    assert (fault.code, "is not a queue of Antrean" in fault.said()) == ("database_foreign", True)
    assert (tmp_path / "browser.db").read_bytes() == before


def test_a_damaged_queue_is_a_fault(hall: Hall, tmp_path: Path) -> None:
    for _ in range(50):
        hall.issue(CARD)
    hall.close()
    queue = tmp_path / "queue.db"
    text = bytearray(queue.read_bytes())
    text[4096:] = b"\x5a" * (len(text) - 4096)
    queue.write_bytes(bytes(text))

    def use() -> None:
        with Hall.open(queue) as hall:
            hall.issue(CARD)

    assert fault_of(use).code == "database_failed"


@pytest.mark.parametrize("url", ["postgresql://localhost/q", "mysql://x", "file:///q.db", "http://x/q.db"])
def test_an_engine_nobody_knows_is_refused(url: str) -> None:
    fault = fault_of(lambda: Hall.open(url))
    assert (fault.code, url in fault.said()) == ("unknown_engine", True)


@pytest.mark.parametrize("url", ["", "sqlite://", "sqlite:///", "/dev/null/queue.db", "/proc/nowhere/queue.db", "/"])
def test_a_place_where_no_file_can_be_is_a_fault(url: str) -> None:
    assert fault_of(lambda: Hall.open(url)).code in {"database_unreachable", "database_failed"}


def test_a_queue_that_must_be_there_is_not_made(tmp_path: Path, hall: Hall, clock: Clock) -> None:
    fault = fault_of(lambda: Hall.open(tmp_path / "other" / "queue.db", create=False))
    assert (fault.code, "There is no queue at" in fault.said()) == ("database_missing", True)
    assert not (tmp_path / "other").exists()
    with Hall.open(tmp_path / "queue.db", clock=clock, create=False) as again:
        assert again.sequence() == hall.sequence()


@pytest.mark.parametrize("how", ["removed", "replaced"])
def test_a_queue_that_was_taken_away_is_a_fault_and_nobody_gets_a_number_out_of_it(
    hall: Hall, tmp_path: Path, how: str
) -> None:
    hall.issue(CARD)
    queue = tmp_path / "queue.db"
    if how == "removed":
        for file in tmp_path.glob("queue.db*"):
            if file.is_file():
                file.unlink()
    else:
        shutil.copyfile(queue, tmp_path / "copy.db")
        (tmp_path / "copy.db").replace(queue)
    for act in (lambda: hall.issue(CARD), hall.board, hall.sequence, lambda: hall.call_next("1")):
        assert fault_of(act).code == "database_gone"
    assert queue.exists() == (how == "replaced")


def test_an_empty_file_becomes_a_queue(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "queue.db").touch()
    with opened(tmp_path, clock) as hall:
        assert hall.issue(CARD).number == "A001"


def test_many_processes_may_found_the_same_queue_at_once(tmp_path: Path) -> None:
    code = "import sys\nfrom hall import Hall\nwith Hall.open(sys.argv[1]) as hall:\n    hall.add_staff(sys.argv[2])\n"
    queue = tmp_path / "queue.db"
    processes = [subprocess.Popen([sys.executable, "-c", code, str(queue), f"s{i}"]) for i in range(6)]
    assert [process.wait(30) for process in processes] == [0] * 6
    with Hall.open(queue) as hall:
        assert sorted(event.details["name"] for event in hall.events()) == [f"s{i}" for i in range(6)]
    assert whole(queue)


# -- a world that fails ------------------------------------------------------------------------------------------------


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PATIENCE", 0.05)


def test_a_queue_locked_too_long_is_a_fault_and_works_once_it_is_free(
    hall: Hall, tmp_path: Path, impatient: None
) -> None:
    other = sqlite3.connect(tmp_path / "queue.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    before = hall.sequence()
    fault = fault_of(lambda: hall.issue(CARD))
    assert (fault.code, "busy" in fault.said()) == ("database_locked", True)
    assert hall.sequence() == before
    assert hall.board().calls == ()
    other.execute("ROLLBACK")
    other.close()
    assert hall.issue(CARD).number == "A001"
    assert whole(tmp_path / "queue.db")


def test_a_queue_locked_for_a_moment_is_waited_for(hall: Hall, tmp_path: Path) -> None:
    code = (
        "import sys\nfrom hall.storage.sqlite import sqlite3\n"
        "other = sqlite3.connect(sys.argv[1], isolation_level=None)\nother.execute('BEGIN IMMEDIATE')\n"
        "print('locked', flush=True)\nsys.stdin.readline()\nother.execute('COMMIT')\n"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "queue.db")], stdin=pipe, stdout=pipe, text=True
    ) as locker:
        assert locker.stdout is not None
        assert locker.stdin is not None
        assert locker.stdout.readline() == "locked\n"
        with Hall.open(tmp_path / "queue.db") as reader:
            assert reader.waiting() == {}
        locker.stdin.write("\n")
        locker.stdin.flush()
        assert hall.issue(CARD).number == "A001"


@pytest.mark.parametrize("acts", ["issue", "call"])
def test_a_full_disk_is_a_fault_and_nothing_is_half_written(hall: Hall, tmp_path: Path, acts: str) -> None:
    connection: Any = hall._storage.engine._connection  # type: ignore[attr-defined]
    for _ in range(150):
        hall.issue(CARD)
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    before = None

    def until_full() -> None:
        nonlocal before
        for _ in range(500):
            before = hall.sequence(), hall.waiting(), hall.in_hand("1")
            hall.issue(CARD) if acts == "issue" else hall.call_next("1")

    fault = fault_of(until_full)
    assert (fault.code, "full" in fault.said()) == ("disk_full", True)
    assert (hall.sequence(), hall.waiting(), hall.in_hand("1")) == before
    assert whole(tmp_path / "queue.db")
    connection.execute("PRAGMA max_page_count = 1000000")
    assert hall.issue(CARD).state == "waiting"
    assert hall.call_next("1") is not None
    assert whole(tmp_path / "queue.db")


_MOUNTED = """
set -eu
mount -t tmpfs -o size={size} none "$1"
exec "$2" -c "$3" "$1"
"""
_can_mount = (
    shutil.which("unshare") is not None
    and subprocess.run(["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True).returncode == 0
)
mounting = pytest.mark.skipif(not _can_mount, reason="needs the right to mount a small disk (root)")


def on_a_disk_of(size: str, folder: Path, code: str) -> list[str]:
    """What a program says that runs with a small disk of its own at a folder."""
    command = ["unshare", "-m", "sh", "-c", _MOUNTED.format(size=size), "sh", str(folder), sys.executable, code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@mounting
def test_a_disk_that_is_really_full_is_a_fault_and_the_queue_goes_on_when_there_is_room(tmp_path: Path) -> None:
    code = """
import os, sys
from pathlib import Path
from hall import Fault, Hall
from tests.halls import Clock, opened, sqlite3
folder = Path(sys.argv[1])
clock = Clock()
hall = opened(folder, clock)
(folder / "ballast").write_bytes(bytes(200_000))
with (folder / "filler").open("wb", buffering=0) as filler:
    try:
        while filler.write(bytes(4096)): pass
    except OSError: pass
given = []
try:
    while len(given) < 5000: given.append(hall.issue("civil.card").number)
except Fault as fault:
    print(fault.code)
print(hall.waiting().get("civil.card", 0) == len(given), hall.sequence() == hall.events()[-1].sequence)
try:
    hall.issue("civil.card")
except Fault as fault:
    print(fault.code)
(folder / "ballast").unlink()
(folder / "filler").unlink()
print(hall.issue("civil.card").count == len(given) + 1)
raw = hall._storage.engine._connection
print(raw.execute("PRAGMA integrity_check").fetchone()[0])
"""
    assert on_a_disk_of("3m", tmp_path, code) == ["disk_full", "True True", "disk_full", "True", "ok"]


@mounting
def test_a_disk_with_no_room_for_a_queue_at_all_is_a_fault(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from hall import Fault, Hall
try:
    Hall.open(Path(sys.argv[1]) / "queue.db")
except Fault as fault:
    print(fault.code)
"""
    assert on_a_disk_of("8k", tmp_path, code) == ["disk_full"]


_READ_ONLY = """
import os, subprocess, sys
from pathlib import Path
from hall import Fault, Hall
from tests.halls import Clock, opened, sqlite3
folder = Path(sys.argv[1])
clock = Clock()
hall = opened(folder, clock)
hall.issue("civil.card")
before = hall.sequence()
{when}
subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
try:
    {what}
except Fault as fault:
    print(fault.code, fault.said())
subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)
hall = Hall.open(folder / "queue.db", clock=clock)
print(hall.sequence() == before, hall.issue("civil.card").number)
"""


@mounting
def test_a_queue_on_a_read_only_disk_is_a_fault_and_unchanged(tmp_path: Path) -> None:
    code = _READ_ONLY.format(
        when="hall.close()", what='Hall.open(folder / "queue.db", clock=clock).issue("civil.card")'
    )
    said = on_a_disk_of("3m", tmp_path, code)
    assert said[0] == f"read_only {tmp_path}/queue.db cannot be written: it is read-only."
    assert said[1:] == ["True A002"]


@mounting
def test_no_queue_can_be_founded_on_a_read_only_disk(tmp_path: Path) -> None:
    code = _READ_ONLY.format(when="hall.close()", what='Hall.open(folder / "new.db", clock=clock)')
    said = on_a_disk_of("3m", tmp_path, code)
    assert said[0].split()[0] in {"database_unreachable", "database_failed", "read_only"}
    assert said[1:] == ["True A002"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_queue_a_user_may_read_but_not_write_is_a_fault_and_unchanged(clock: Clock) -> None:
    """As root every file can be written, so the queue is opened by somebody else."""
    with tempfile.TemporaryDirectory() as name:  # pytest's own folder lets nobody else in
        folder = Path(name)
        folder.chmod(0o755)
        with opened(folder, clock) as hall:
            before = hall.sequence()
        said = said_by_nobody(folder / "queue.db")
        assert said == f"read_only {name}/queue.db cannot be written: it is read-only.\n"
        with Hall.open(folder / "queue.db", clock=clock) as hall:
            assert hall.sequence() == before
            assert hall.issue(CARD).number == "A001"


def said_by_nobody(queue: Path) -> str:
    """What happens to somebody else who wants to work at the queue."""
    code = (
        "import os, sys\nfrom hall import Fault, Hall\nHall.open(sys.argv[1]).close()\n"  # reads in all it needs,
        "Fault('no_screen').said()\n"  # and the words: somebody else may not be let in where they lie
        "os.setgid(65534); os.setuid(65534)\n"
        "try:\n    with Hall.open(sys.argv[1]) as hall:\n        hall.open_counter('1')\n"
        "except Fault as fault:\n    print(fault.code, fault.said())\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(queue)], capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_a_process_killed_while_it_writes_leaves_nothing_half_written(hall: Hall, tmp_path: Path) -> None:
    code = (
        "import os, signal, sys\nfrom hall import Hall\nfrom hall.storage.queue import Storage\n"
        "hall = Hall.open(sys.argv[1], always_open=True)\n"
        "Storage.events_added = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\nhall.issue('civil.card')\n"
    )
    before = hall.sequence()
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "queue.db")], timeout=30)
    assert done.returncode == -signal.SIGKILL
    assert (hall.sequence(), hall.waiting()) == (before, {})
    assert hall.issue(CARD).number == "A001"
    assert whole(tmp_path / "queue.db")


# -- how it is kept ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "unsafe"),
    [
        ((3, 40, 1), True),
        ((3, 43, 2), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 44, 7), False),
        ((3, 45, 0), True),
        ((3, 46, 1), True),
        ((3, 49, 9), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 0), True),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 52, 0), False),
        ((3, 53, 4), False),
        ((4, 0, 0), False),
    ],
)
def test_wal_is_used_only_where_it_cannot_damage_the_file(version: tuple[int, ...], unsafe: bool) -> None:
    assert wal_is_unsafe(version) is unsafe


def test_every_commit_is_on_the_disk_and_every_key_is_checked(hall: Hall) -> None:
    rows = hall._storage.engine.rows
    assert rows("PRAGMA synchronous") == [(2,)]  # FULL
    assert rows("PRAGMA foreign_keys") == [(1,)]
    safe = not wal_is_unsafe(sqlite3.sqlite_version_info)
    assert rows("PRAGMA journal_mode") == [("wal" if safe else "delete",)]
    assert sqlite3.sqlite_version in hall.engine


def test_with_an_unsafe_sqlite_a_queue_works_without_wal(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "wal_is_unsafe", lambda _: True)
    with opened(tmp_path, clock) as hall:
        assert "journal delete" in hall.engine
        hall.issue(CARD)
        with Hall.open(tmp_path / "queue.db", clock=clock) as other:
            assert other.call_next("1") is not None
            assert other.sequence() == hall.sequence()
    assert whole(tmp_path / "queue.db")


def test_a_queue_made_with_wal_leaves_it_when_an_unsafe_sqlite_opens_it(
    hall: Hall, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall.issue(CARD)
    hall.close()
    monkeypatch.setattr(engine, "wal_is_unsafe", lambda _: True)
    with Hall.open(tmp_path / "queue.db", clock=clock) as again:
        assert "journal delete" in again.engine
        assert again.waiting() == {CARD: 1}


def test_the_schema_refuses_a_number_twice(hall: Hall, tmp_path: Path) -> None:
    hall.issue(CARD)
    raw = sqlite3.connect(tmp_path / "queue.db", isolation_level=None)
    with pytest.raises(sqlite3.IntegrityError):
        columns = ", ".join(row[1] for row in raw.execute("PRAGMA table_info(ticket)") if row[1] not in ("id", "token"))
        raw.execute(f"INSERT INTO ticket (id, token, {columns}) SELECT 99, 'x', {columns} FROM ticket")  # noqa: S608
    raw.close()


def test_a_queue_from_before_printers_were_watched_keeps_its_print_jobs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(engine, "MIGRATIONS", {"first": MIGRATIONS["first"]})
        open_storage(tmp_path / "old.db", create=True).engine.close()
    raw = sqlite3.connect(tmp_path / "old.db")
    raw.execute(
        "INSERT INTO ticket (hall, id, token, day, series, number, asked, service, language, state, issued_at, rank,"
        " ahead, times, returned)"
        " VALUES ('main', 3, 't', '2026-11-23', 'A', 1, 's', 's', 'id', 'waiting', 1, 1, 0, 0, 0)"
    )
    raw.execute(
        "INSERT INTO print_job (hall, id, ticket, printer, kind, state, reason, created_at, changed_at)"
        " VALUES ('main', 3, 3, 'main', 'slip', 'unknown', 'stuck', 1, 2)"
    )
    raw.commit()
    raw.close()
    with Hall.open(tmp_path / "old.db") as hall:
        job = hall.slip(3)
        assert job is not None
        assert (job.id, job.state, job.reason, job.spare, job.large) == (3, JobState.UNKNOWN, "stuck", None, False)
        assert hall.printers() == []
    raw = sqlite3.connect(tmp_path / "old.db")
    assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    raw.close()


# -- which index -------------------------------------------------------------------------------------------------------


@pytest.fixture
def plans(hall: Hall, clock: Clock) -> Iterator[Callable[[Callable[[], object]], list[str]]]:
    """What SQLite does for the statements that an act runs: the steps of its query plans."""
    for day in range(2):
        for _ in range(8):
            hall.issue(CARD, printer="main")
            hall.issue(PAY, printer=None)
        for counter in ("1", "2", "3"):
            hall.call_next(counter)
        hall.park(hall.call_next("1").id)  # type: ignore[union-attr]
        clock.on(days=1 - day)
    connection: Any = hall._storage.engine._connection  # type: ignore[attr-defined]

    def steps(act: Callable[[], object]) -> list[str]:
        ran: list[str] = []
        connection.set_trace_callback(ran.append)  # with every value in its place
        act()
        connection.set_trace_callback(None)
        found = []
        for statement in ran:
            if statement.split(None, 1)[0] in {"SELECT", "UPDATE", "INSERT", "DELETE"}:
                found += [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
        return found

    yield steps


HOT: dict[str, tuple[Callable[[Hall], object], str | None]] = {
    "line": (lambda hall: hall._storage.line("2", (CARD,), {PAY: hall.now()}, 1), "ticket_next"),
    "line without overflow": (lambda hall: hall._storage.line("1", (CARD, "civil.birth"), {}, 1), "ticket_next"),
    "ahead": (lambda hall: hall._storage.ahead((CARD, PAY), 2**60, 2**60), "ticket_line"),
    "shown": (lambda hall: hall.board(), "ticket_shown"),
    "shown in a zone": (lambda hall: hall.board("a"), "ticket_shown"),
    "in_hand": (lambda hall: hall._storage.in_hand("1"), "ticket_in_hand"),
    "parked_due": (lambda hall: hall._storage.parked_due(hall.now()), "ticket_parked"),
    "parked_first": (lambda hall: hall._storage.parked_first(), "ticket_parked"),
    "jobs_open": (lambda hall: hall._storage.jobs_open("main"), "print_job_open"),
    "slip": (lambda hall: hall.slip(3), "print_job_ticket"),
    "slips_in_doubt": (lambda hall: hall.slips_in_doubt(), "print_job_doubtful"),
    "printers": (lambda hall: hall.printers(), None),
    "events": (lambda hall: hall.events(after=50), "sqlite_autoindex_event_1"),
    "token": (lambda hall: hall._storage.ticket_by_token("x"), "ticket_token"),
    "request": (lambda hall: hall._storage.request("x"), "sqlite_autoindex_request_1"),
    "program": (lambda hall: hall._storage.token("x"), "token_fingerprint"),
    "cap": (lambda hall: hall._storage.issued("2026-11-24", CARD), "ticket_asked"),
    "taken": (lambda hall: hall._storage.taken("2026-11-24", hall.now(), hall.now()), "ticket_asked"),
    "popular": (lambda hall: hall.popular(), "ticket_asked"),
    "pace": (lambda hall: hall._storage.minutes_finished("2026-11-24", CARD), "ticket_done"),
    "waiting": (lambda hall: hall.waiting(), None),
    "estimate": (lambda hall: hall.estimate(CARD), None),
    "parked": (lambda hall: hall.parked("1"), None),
    "open_before": (lambda hall: hall._storage.open_before("2026-11-24"), None),
    "issue": (lambda hall: hall.issue(CARD), None),
    "call_next": (lambda hall: hall.call_next("2"), None),
    "take_job": (lambda hall: hall.end_job(hall.take_job("main").id, JobState.SENT), None),  # type: ignore[union-attr]
}


@pytest.mark.parametrize("name", HOT)
def test_a_hot_statement_uses_its_index_and_reads_no_whole_table(
    hall: Hall, plans: Callable[[Callable[[], object]], list[str]], name: str
) -> None:
    act, index = HOT[name]
    steps = plans(lambda: act(hall))
    assert steps
    for table in ("ticket", "event", "print_job", "series", "request"):
        assert f"SCAN {table}" not in steps
    assert not [step for step in steps if step.startswith("SCAN ticket USING") and "ticket_" not in step]
    if index is not None:
        assert any(f"INDEX {index}" in step for step in steps)


def test_the_next_ticket_and_the_board_come_out_of_their_index_in_order(
    hall: Hall, plans: Callable[[Callable[[], object]], list[str]]
) -> None:
    for name in ("line", "line without overflow", "shown", "shown in a zone", "events", "jobs_open", "slips_in_doubt"):
        act, _ = HOT[name]
        assert not [step for step in plans(lambda act=act: act(hall)) if "TEMP B-TREE" in step]  # type: ignore[misc]


def test_a_day_is_counted_out_of_its_index_alone(
    hall: Hall, plans: Callable[[Callable[[], object]], list[str]]
) -> None:
    counted = [step for step in plans(hall.popular) if "ticket_asked" in step]
    assert len(counted) == DAYS + 1
    assert all(step.startswith("SEARCH ticket USING COVERING INDEX") for step in counted)
