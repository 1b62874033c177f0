"""Every fault of a printer on every line: what the job says, how many slips there are, what the visitor is told."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import zxingcpp
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from assets import qt
from hall import Hall
from hall.printers import Trouble
from hall.printing import JobState
from hall.settings import PrinterSettings
from kiosk.clerk import Clerk, Order
from kiosk.pages import Slip, Wish
from tests.fake_printer import FakePrinter, Manner, NetworkPrinter, SerialPrinter
from tests.printer_desks import SERVICE, URL, ended, opened, serving, until

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

TIMEOUT = 1.0
"""Seconds the device is given: the shortest that settings allow."""
WITHIN = 15.0
"""Seconds in which every fault is known, and in which a mended printer prints again. The mean is below 3."""

Plugged = tuple[FakePrinter, PrinterSettings]


@contextmanager
def network(folder: Path, manner: Manner) -> Iterator[Plugged]:
    with NetworkPrinter(manner=manner) as printer:
        yield printer, PrinterSettings("network", host="127.0.0.1", port=printer.port, timeout=TIMEOUT, look_seconds=1)


@contextmanager
def serial(folder: Path, manner: Manner) -> Iterator[Plugged]:
    with SerialPrinter(folder / "line", manner=manner) as printer:
        path = str(printer.path)
        yield (
            printer,
            PrinterSettings("serial", path=path, baud=115200, flow="none", timeout=TIMEOUT, look_seconds=1),
        )


LINES = {"network": network, "serial": serial}


@dataclass(frozen=True)
class Told:
    """What becomes of a job, for which of these reasons, how many slips come out, and what stays wrong meanwhile.

    Where a printer stops reading, what it had taken in may come out once it goes on.
    """

    state: JobState
    reasons: frozenset[str | None]
    slips: frozenset[int]
    troubles: frozenset[Trouble]
    screen: Slip


def told(state: JobState, reasons: str | None, slips: int | frozenset[int], *troubles: Trouble) -> Told:
    screen = Slip.READY if state is JobState.CONFIRMED else Slip.FAILED
    named: frozenset[str | None] = frozenset(reasons.split("|")) if reasons else frozenset({None})
    count = frozenset({slips}) if isinstance(slips, int) else slips
    return Told(state, named, count, frozenset(troubles), screen)


FAULTS = {
    Manner.HEALTHY: told(JobState.CONFIRMED, None, 1),
    Manner.NOISY: told(JobState.CONFIRMED, None, 1),
    Manner.SLOW: told(JobState.CONFIRMED, None, 1),
    Manner.PAPER_LOW: told(JobState.CONFIRMED, None, 1, Trouble.PAPER_LOW),
    Manner.MUTE: told(JobState.SENT, "no_answer", 1),
    Manner.WRONG_BITS: told(JobState.SENT, "no_answer", 1),
    Manner.UNCONFIRMING: told(JobState.SENT, "no_answer", 1),
    Manner.REFUSES: told(JobState.FAILED, "unreachable", 0, Trouble.UNREACHABLE),
    Manner.PAPER_OUT: told(JobState.FAILED, "paper_out", 0, Trouble.PAPER_OUT),
    Manner.COVER_OPEN: told(JobState.FAILED, "cover_open", 0, Trouble.COVER_OPEN),
    Manner.CUTTER: told(JobState.FAILED, "cutter", 0, Trouble.CUTTER),
    Manner.OVERHEATED: told(JobState.FAILED, "overheated", 0, Trouble.OVERHEATED),
    Manner.OFFLINE: told(JobState.FAILED, "offline", 0, Trouble.OFFLINE),
    Manner.FALLS_SILENT: told(JobState.UNKNOWN, "silent", 1, Trouble.SILENT),
    Manner.PAPER_ENDS: told(JobState.UNKNOWN, "paper_out", 1, Trouble.PAPER_OUT),
    Manner.DROPS: told(JobState.UNKNOWN, "closed|broken_off|killed", 0, Trouble.UNREACHABLE),
    Manner.RESETS: told(JobState.UNKNOWN, "closed|broken_off|killed", 0, Trouble.UNREACHABLE),
    Manner.REBOOTS: told(JobState.UNKNOWN, "closed|broken_off|silent|stuck", 0),
    Manner.STOPS_READING: told(JobState.UNKNOWN, "stuck|silent", frozenset({0, 1}), Trouble.SILENT),
}


def whole_slips(printer: FakePrinter) -> list[str]:
    """The address on each piece of paper that has one: what was cut off half printed has none."""
    return [code.text for piece in printer.slips for code in zxingcpp.read_barcodes(piece.convert("L"))]


def test_the_table_names_every_manner() -> None:
    assert set(FAULTS) == set(Manner)


@pytest.fixture(scope="session")
def qapp() -> QGuiApplication:
    """The rooms' own application, where pytest-qt would make one with widgets."""
    return qt.application("kiosk")


@pytest.fixture
def queue(tmp_path: Path) -> Path:
    with opened(tmp_path / "queue.db", load=True):
        return tmp_path / "queue.db"


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("manner", FAULTS)
def test_a_fault_is_told_truly_and_heals(queue: Path, manner: Manner, line: str, qtbot: QtBot) -> None:
    expected = FAULTS[manner]
    shown: list[tuple[int, str]] = []
    clerk = Clerk(lambda: opened(queue), "main")
    clerk.slip_told.connect(lambda ticket, slip: shown.append((ticket, slip)))
    with LINES[line](queue.parent, manner) as (printer, settings), opened(queue) as hall, serving(queue, settings):
        with qtbot.waitSignal(clerk.issued) as issued:
            clerk.start()
            clerk.issue(Order(Wish("tap", SERVICE), "id"))
        ticket = issued.args[1]
        until(hall, lambda: ended(hall, ticket.id), WITHIN)
        job = hall.slip(ticket.id)
        assert job is not None
        assert job.state is expected.state
        assert job.reason in expected.reasons
        qtbot.waitUntil(lambda: (ticket.id, expected.screen) in shown, timeout=int(WITHIN * 1000))
        until(hall, lambda: expected.troubles <= set(hall.printer("main").troubles), WITHIN)
        doubted = [one.id for one in hall.slips_in_doubt()]
        assert doubted == ([] if expected.screen is Slip.READY else [job.id])
        printer.manner = Manner.HEALTHY
        _plug_in_again(printer, manner)
        after = _printed(hall, printer)
        until(hall, lambda: not hall.printer("main").troubles, WITHIN)
    clerk.stop()
    addresses = whole_slips(printer)
    assert addresses.count(f"{URL}/t/{ticket.token}") in expected.slips
    assert addresses.count(f"{URL}/t/{after}") == 1
    assert set(addresses) <= {f"{URL}/t/{ticket.token}", f"{URL}/t/{after}"}


def _plug_in_again(printer: FakePrinter, manner: Manner) -> None:
    if manner in (Manner.DROPS, Manner.RESETS) and isinstance(printer, SerialPrinter):
        printer.manner = Manner.REFUSES
        printer.manner = Manner.HEALTHY


def _printed(hall: Hall, printer: FakePrinter) -> str:
    """The token of the first ticket that is confirmed again, with no help but what was done to the printer."""
    until(hall, lambda: hall.printer("main").prints, WITHIN)
    ticket = hall.issue(SERVICE)
    until(hall, lambda: ended(hall, ticket.id), WITHIN)
    job = hall.slip(ticket.id)
    assert job is not None
    assert (job.state, job.reason) == (JobState.CONFIRMED, None)
    return ticket.token
