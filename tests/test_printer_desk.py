"""From the hall to the paper: one job, one slip, and the truth about it, whatever happens in between."""

import os
import selectors
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zxingcpp

from assets import ROOT
from hall import Fault, Hall
from hall.printing import JobKind, JobState
from printer.desk import Desk
from printer.devices import Device, Outcome, OverNetwork, Paper
from printer.template import read
from tests.fake_printer import FakePrinter, Manner

SERVICE = "dukcapil.ktp-el"
URL = "http://127.0.0.1:8080"


@pytest.fixture
def queue(tmp_path: Path) -> Path:
    with opened(tmp_path / "queue.db") as hall:
        hall.load_catalogue(ROOT / "catalogues" / "mpp.toml")
    return tmp_path / "queue.db"


def opened(queue: Path) -> Hall:
    return Hall.open(queue, always_open=True)


def until(hall: Hall, condition: Callable[[], bool], seconds: float = 15) -> None:
    """Wait on the hall's bell until something is so."""
    ends = datetime.now(UTC).timestamp() + seconds
    with hall.listen() as listener, selectors.DefaultSelector() as selector:
        selector.register(listener, selectors.EVENT_READ)
        while not condition():
            assert datetime.now(UTC).timestamp() < ends, "it never came"
            selector.select(0.5)
            listener.clear()


def ended(hall: Hall, ticket: int) -> bool:
    job = hall.slip(ticket)
    return job is not None and job.state not in (JobState.QUEUED, JobState.PRINTING)


@contextmanager
def serving(queue: Path, device: Device, printer: str = "main") -> Iterator[Desk]:
    desk = Desk(printer, 80, device, URL, read())
    thread = threading.Thread(target=desk.serve, args=(lambda: opened(queue),))
    thread.start()
    try:
        yield desk
    finally:
        desk.stop()
        thread.join(20)
        assert not thread.is_alive()
        desk.close()


def network(printer: FakePrinter, timeout: float = 2) -> OverNetwork:
    return OverNetwork("127.0.0.1", printer.port, timeout)


def test_a_ticket_ends_with_exactly_one_slip_and_a_confirmed_job(queue: Path) -> None:
    with FakePrinter() as printer, serving(queue, network(printer)), opened(queue) as hall:
        ticket = hall.issue(SERVICE, language="ru", request_id="tap")
        hall.issue(SERVICE, language="ru", request_id="tap")
        until(hall, lambda: ended(hall, ticket.id))
        job = hall.slip(ticket.id)
    assert job is not None
    assert job.state is JobState.CONFIRMED
    (slip,) = printer.slips
    (code,) = zxingcpp.read_barcodes(slip.convert("L"))
    assert code.text == f"{URL}/t/{ticket.token}"


def test_every_ticket_of_a_rush_is_printed_once_and_in_order(queue: Path, tmp_path: Path) -> None:
    with serving(queue, Paper(tmp_path / "paper", 80)), opened(queue) as hall:
        tickets = [hall.issue(SERVICE) for _ in range(12)]
        until(hall, lambda: all(ended(hall, ticket.id) for ticket in tickets))
    names = [file.stem for file in sorted((tmp_path / "paper").iterdir(), key=lambda file: file.stat().st_mtime_ns)]
    assert [name.split("-")[:2] for name in names] == [[ticket.number, str(ticket.id)] for ticket in tickets]


def test_a_copy_has_the_same_number_and_is_a_job_of_its_own(queue: Path, tmp_path: Path) -> None:
    with serving(queue, Paper(tmp_path / "paper", 80)), opened(queue) as hall:
        ticket = hall.issue(SERVICE)
        until(hall, lambda: ended(hall, ticket.id))
        copy = hall.reprint(ticket.id)
        until(hall, lambda: ended(hall, ticket.id))
    assert copy.kind is JobKind.COPY
    assert len(list((tmp_path / "paper").glob(f"{ticket.number}-{ticket.id}-*.png"))) == 2


def test_a_stuck_printer_does_not_hold_up_another(queue: Path, tmp_path: Path) -> None:
    with (
        FakePrinter(manner=Manner.STOPS_READING) as stuck,
        serving(queue, network(stuck, 3), "stuck"),
        serving(queue, Paper(tmp_path / "paper", 80), "main"),
        opened(queue) as hall,
    ):
        held = hall.issue(SERVICE, printer="stuck")
        stuck.until(lambda printer: any(printer.received))
        free = hall.issue(SERVICE, printer="main")
        until(hall, lambda: ended(hall, free.id))
        assert not ended(hall, held.id)
        until(hall, lambda: ended(hall, held.id))
        job = hall.slip(held.id)
    assert job is not None
    assert job.state is JobState.UNKNOWN


def test_a_hall_that_was_lost_is_found_again_and_told_what_became_of_the_job(queue: Path) -> None:
    class Losing:
        """A printer during whose printing the hall goes away."""

        def print(self, name: str, job: bytes) -> Outcome:  # noqa: ARG002 - the slip itself is of no interest
            printed.append(name)
            halls[-1].close()
            return Outcome(JobState.SENT, "no_answer")

    class Lost(Hall):
        def end_job(self, job: int, state: JobState, reason: str | None = None) -> None:
            if len(halls) == 1:
                raise Fault("database_unreachable", path="queue.db", problem="it went away")
            super().end_job(job, state, reason)

    def open_again() -> Hall:
        halls.append(Lost.open(queue, always_open=True))
        return halls[-1]

    printed: list[str] = []
    halls: list[Hall] = []
    with opened(queue) as hall:
        ticket = hall.issue(SERVICE)
        desk = Desk("main", 80, Losing(), URL, read())
        thread = threading.Thread(target=desk.serve, args=(open_again,))
        thread.start()
        until(hall, lambda: ended(hall, ticket.id))
        desk.stop()
        thread.join(20)
        desk.close()
        job = hall.slip(ticket.id)
    assert job is not None
    assert (job.state, job.reason) == (JobState.SENT, "no_answer")
    assert len(printed) == 1


@contextmanager
def room(queue: Path, settings: str) -> Iterator[subprocess.Popen[str]]:
    """The printer room as a process of its own, ready."""
    file = queue.with_name("antrean.toml")
    file.write_text(f'hall = "{queue}"\nalways_open = true\n{settings}')
    with started("--announce", settings=file) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process


@contextmanager
def started(*arguments: str, settings: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "printer", *arguments],
        env={**os.environ, "ANTREAN_SETTINGS": str(settings)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent.parent,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def main_at(printer: FakePrinter) -> str:
    return f'[printers.main]\ndevice = "network"\nhost = "127.0.0.1"\nport = {printer.port}\n'


def test_a_room_killed_in_mid_job_leaves_it_unknown_and_prints_nothing_twice(queue: Path) -> None:
    with FakePrinter(manner=Manner.MUTE) as printer, opened(queue) as hall:
        with room(queue, main_at(printer)) as process:
            ticket = hall.issue(SERVICE)
            printer.until(lambda one: len(one.slips) == 1)  # printed, and the room still waits for the answer
            process.send_signal(signal.SIGKILL)
            process.wait()
        job = hall.slip(ticket.id)
        assert job is not None
        assert job.state is JobState.PRINTING
        printer.manner = Manner.HEALTHY
        with room(queue, main_at(printer)):
            after = hall.issue(SERVICE)
            until(hall, lambda: ended(hall, after.id))
        jobs = hall.slip(ticket.id), hall.slip(after.id)
        assert [job and job.state for job in jobs] == [JobState.UNKNOWN, JobState.CONFIRMED]
        assert len(printer.slips) == 2


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_room_ends_cleanly_when_told_to(queue: Path, number: signal.Signals) -> None:
    with room(queue, f'[printers.main]\nfolder = "{queue.with_name("paper")}"\n') as process:
        process.send_signal(number)
        assert process.communicate(timeout=10) == ("", "")
        assert process.returncode == 0


def test_a_fault_at_the_start_is_one_sentence_and_status_3(tmp_path: Path) -> None:
    (tmp_path / "queue.db").write_text("this is a letter, not a queue" * 100)
    (tmp_path / "antrean.toml").write_text(f'hall = "{tmp_path / "queue.db"}"\n')
    with started(settings=tmp_path / "antrean.toml") as process:
        _, said = process.communicate(timeout=20)
    assert process.returncode == 3
    assert said.count("\n") == 1
    assert "Traceback" not in said
