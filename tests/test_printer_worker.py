"""The device's process, watched: killed, stopped, and what is cleaned up between two of them."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from hall.printers import Trouble
from hall.printing import JobState
from hall.settings import PrinterSettings
from printer.ink import PAPERS
from printer.sample import sample
from printer.slip import draw
from printer.template import read
from printer.wire import CUT, encoded
from printer.worker import Worker
from tests.fake_printer import Manner, NetworkPrinter
from tests.printer_desks import opened


@pytest.fixture(scope="module")
def job() -> bytes:
    return encoded(draw(sample("id"), PAPERS[80], read()), PAPERS[80])


@pytest.fixture
def printer() -> Iterator[NetworkPrinter]:
    with NetworkPrinter() as printer:
        yield printer


@pytest.fixture
def worker(tmp_path: Path, printer: NetworkPrinter) -> Iterator[Worker]:
    with opened(tmp_path / "queue.db") as hall:
        hold = hall.hold("printer main")
        assert hold is not None
        worker = Worker(PrinterSettings("network", host="127.0.0.1", port=printer.port, timeout=1), hold)
        worker.start()
        yield worker
        worker.close()
        hold.close()


def test_a_process_that_hangs_before_the_first_byte_fails_the_job_at_once(worker: Worker, job: bytes) -> None:
    worker.look()
    assert worker.pid is not None
    before = worker.pid
    os.kill(before, signal.SIGSTOP)
    outcome = worker.print("A001-1-2", job)
    assert (outcome.state, outcome.reason) == (JobState.FAILED, Trouble.UNREACHABLE)
    assert worker.print("A001-1-3", job).state is JobState.CONFIRMED
    assert worker.pid != before


def test_a_process_that_was_killed_between_jobs_is_replaced_and_prints_once(
    worker: Worker, printer: NetworkPrinter, job: bytes
) -> None:
    worker.look()
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGKILL)
    assert worker.print("A001-1-2", job).state is JobState.CONFIRMED
    assert len(printer.slips) == 1


@pytest.mark.parametrize("manner", [Manner.HEALTHY, Manner.PAPER_LOW])
def test_paper_is_cut_clean_once_and_not_at_every_look(worker: Worker, printer: NetworkPrinter, manner: Manner) -> None:
    printer.manner = manner
    for _ in range(3):
        worker.look()
    assert b"".join(printer.received).count(CUT) == 1
