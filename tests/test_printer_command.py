"""`antrean printers`: what a technician types, and what is said back."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assets import ROOT
from hall import Hall
from hall.printers import Trouble
from hall.settings import PrinterSettings
from printer.find import find
from tests.fake_printer import Manner, NetworkPrinter
from tests.printer_desks import opened, serving

Ask = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def queue(tmp_path: Path) -> Path:
    with opened(tmp_path / "queue.db", load=True):
        return tmp_path / "queue.db"


@pytest.fixture
def ask(queue: Path) -> Ask:
    """`antrean printers …` beside a queue, in English."""

    def run(*arguments: str, settings: str = "[printers.main]\n") -> subprocess.CompletedProcess[str]:
        (queue.parent / "antrean.toml").write_text(f'hall = "{queue}"\nalways_open = true\n{settings}')
        return subprocess.run(
            [sys.executable, "-m", "hall", "printers", *arguments],
            cwd=queue.parent,
            env={**os.environ, "ANTREAN_LANGUAGE": "en", "PYTHONPATH": str(ROOT.parent)},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def network(printer: NetworkPrinter) -> str:
    return (
        f'[printers.main]\ndevice = "network"\nhost = "127.0.0.1"\nport = {printer.port}\ntimeout = 1.0\n'
        '[printers.desk]\nfolder = "desk"\n'
    )


def test_list_says_how_each_printer_stands(ask: Ask, queue: Path) -> None:
    with opened(queue) as hall:
        hall.report_printer("main", "network", frozenset({Trouble.PAPER_OUT, Trouble.COVER_OPEN}))
    with NetworkPrinter() as printer:
        lines = ask("list", settings=network(printer)).stdout.splitlines()
    assert lines == [
        f"main (network 127.0.0.1:{printer.port}): Out of paper; Cover is open",
        "desk (paper desk): Nobody serves this printer: start its printer room",
    ]


def test_status_asks_a_printer_that_nobody_serves(ask: Ask) -> None:
    with NetworkPrinter(manner=Manner.COVER_OPEN) as printer:
        done = ask("status", "main", "--json", settings=network(printer))
    told = json.loads(done.stdout)
    assert (told["name"], told["prints"], told["troubles"]) == ("main", False, ["cover_open"])
    assert done.returncode == 3


def test_status_of_a_printer_in_use_is_what_its_room_found(ask: Ask, queue: Path) -> None:
    with NetworkPrinter(manner=Manner.PAPER_LOW) as printer:
        served = PrinterSettings("network", host="127.0.0.1", port=printer.port, timeout=1)
        with serving(queue, served):
            done = ask("status", "main", settings=network(printer))
    assert done.stdout == f"main (network 127.0.0.1:{printer.port}): Paper is nearly used up\n"
    assert done.returncode == 0


@pytest.mark.parametrize("served", [True, False])
def test_a_test_page_comes_out_whether_a_room_serves_the_printer_or_not(ask: Ask, queue: Path, served: bool) -> None:
    with NetworkPrinter() as printer:
        settings = PrinterSettings("network", host="127.0.0.1", port=printer.port, timeout=1)
        if served:
            with serving(queue, settings):
                done = ask("test", "main", settings=network(printer))
        else:
            done = ask("test", "main", settings=network(printer))
        assert done.stdout == "main: The test page is printed; the printer says so.\n", done.stderr
        assert len(printer.slips) == 1


def test_a_test_page_that_did_not_come_out_says_why(ask: Ask) -> None:
    with NetworkPrinter(manner=Manner.PAPER_OUT) as printer:
        done = ask("test", "main", settings=network(printer))
    assert done.stdout == "main: The test page was not printed. Out of paper.\n"
    assert done.returncode == 3


def test_a_test_page_that_is_interrupted_leaves_nobody_behind(queue: Path) -> None:
    with NetworkPrinter(manner=Manner.UNCONFIRMING) as printer:
        (queue.parent / "antrean.toml").write_text(
            f'hall = "{queue}"\nalways_open = true\n{network(printer)}'.replace("timeout = 1.0", "timeout = 4.0")
        )
        process = subprocess.Popen(
            [sys.executable, "-m", "printer", "test", "main"],
            cwd=queue.parent,
            env={**os.environ, "PYTHONPATH": str(ROOT.parent)},
            stderr=subprocess.PIPE,
            text=True,
        )
        printer.until(lambda one: len(one.slips) == 1, 20)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in said
    with opened(queue) as hall:
        free = hall.hold("printer main")
        assert free is not None
        free.close()


def test_a_new_roll_is_said_by_name(ask: Ask, queue: Path) -> None:
    with opened(queue) as hall:
        hall.report_printer("main", "paper", frozenset({Trouble.ROLL_LOW}))
    assert ask("roll", "main").returncode == 0
    with Hall.open(queue) as hall:
        assert Trouble.ROLL_LOW not in hall.printer("main").troubles


def test_a_printer_that_is_not_in_the_settings_is_refused_in_one_line(ask: Ask) -> None:
    done = ask("test", "cellar")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "There is no printer “cellar”.\n")


def test_a_network_printer_is_found_where_one_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    with NetworkPrinter() as speaks, NetworkPrinter(manner=Manner.MUTE) as mute:
        for printer, answer in ((speaks, True), (mute, False)):
            monkeypatch.setattr("printer.find.PORT", printer.port)
            found = [one for one in find(["127.0.0.0/30"]) if one.device == "network"]
            assert [(one.value, one.speaks) for one in found] == [("127.0.0.1", answer)]


@pytest.mark.parametrize("address", ["127.0.0.0/8", "300.0.0.0/24"])
def test_a_network_that_is_none_or_too_large_is_refused(ask: Ask, address: str) -> None:
    done = ask("find", address)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
