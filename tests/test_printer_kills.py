"""`kill -9` at any moment: each ticket has exactly one slip or its job is unknown; never two, never lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import zxingcpp

from hall.printing import JobState
from tests.fake_printer import FakePrinter, NetworkPrinter, SerialPrinter
from tests.printer_desks import SERVICE, URL, ended, opened, until

KILLS = 200 if os.environ.get("ANTREAN_LONG") else 12
SLIP_BYTES = 20_000
"""About as many as a slip has: the moments lie before, in and after its printing."""


class Room:
    """The printer room as a process, to be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self._environ = {**os.environ, "ANTREAN_SETTINGS": str(folder / "antrean.toml")}
        self.process = self._started()

    def kill(self) -> None:
        """The whole room, without a word; its device's process ends by itself."""
        self.process.kill()
        self.process.communicate()
        self.process = self._started()

    def kill_device(self) -> None:
        """Only the process of the device, if there is one just now."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        threads = Path(f"/proc/{self.process.pid}/task").iterdir()
        children += [pid for thread in threads for pid in (thread / "children").read_text().split()]
        for pid in set(children):
            os.kill(int(pid), signal.SIGKILL)

    def end(self) -> None:
        self.process.terminate()
        self.process.communicate(timeout=20)

    def _started(self) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "printer", "--announce"],
            env=self._environ,
            cwd=Path(__file__).parent.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process


@pytest.mark.parametrize("line", ["network", "serial"])
def test_whatever_is_killed_no_slip_comes_twice_and_none_is_lost(line: str, tmp_path: Path) -> None:
    chance = random.Random(line)
    printer: FakePrinter = NetworkPrinter() if line == "network" else SerialPrinter(tmp_path / "line")
    with printer, opened(tmp_path / "queue.db", load=True) as hall:
        where = (
            f'host = "127.0.0.1"\nport = {printer.port}'
            if isinstance(printer, NetworkPrinter)
            else f'path = "{tmp_path / "line"}"\nbaud = 230400\nflow = "none"'
        )
        (tmp_path / "antrean.toml").write_text(
            f'hall = "{tmp_path / "queue.db"}"\nalways_open = true\n'
            f'[printers.main]\ndevice = "{line}"\ntimeout = 3.0\n{where}\n'
        )
        room = Room(tmp_path)
        tickets = []
        for _ in range(KILLS):
            ticket = hall.issue(SERVICE)
            tickets.append(ticket)
            moment = _received(printer) + chance.randrange(SLIP_BYTES)
            printer.reached(lambda one, moment=moment: _received(one) >= moment, 0.3)  # type: ignore[misc]
            chance.choice((room.kill, room.kill_device))()
            until(hall, lambda ticket=ticket: ended(hall, ticket.id), 60)  # type: ignore[misc]
        room.end()
        jobs = {ticket.token: hall.slip(ticket.id) for ticket in tickets}
    read = [code.text for piece in printer.slips for code in zxingcpp.read_barcodes(piece.convert("L"))]
    slips = Counter(text.removeprefix(f"{URL}/t/") for text in read)
    states = Counter(job.state for job in jobs.values() if job)
    reasons = Counter((job.state, job.reason) for job in jobs.values() if job)
    # A machine too busy to answer in time makes a job "sent" that does not count: that too promises nothing.
    assert set(states) <= {JobState.CONFIRMED, JobState.UNKNOWN, JobState.SENT}, reasons
    assert all(job.came is not True for job in jobs.values() if job and job.state is JobState.SENT)
    assert min(states[JobState.CONFIRMED], states[JobState.UNKNOWN]) > KILLS // 10, (
        f"the moments were all alike: {states}"
    )
    for token, job in jobs.items():
        assert job is not None
        assert slips[token] == 1 if job.state is JobState.CONFIRMED else slips[token] <= 1, job
    assert set(slips) <= set(jobs)


def _received(printer: FakePrinter) -> int:
    return sum(map(len, printer.received))
