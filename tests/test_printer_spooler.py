"""A raw queue of CUPS, before the real cupsd: what it takes, and what it can tell."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from hall.printers import Trouble
from hall.printing import JobState
from hall.settings import PrinterSettings
from printer.devices import GONE, HEALTHY, Outcome
from printer.find import Found, find
from printer.worker import device_of

SETTINGS = PrinterSettings("lp", queue="receipt")
CONFIGURATION = """\
Listen {0}/socket
LogLevel debug
Browsing Off
<Location />
Allow all
</Location>
<Policy default>
JobPrivateAccess default
JobPrivateValues default
SubscriptionPrivateAccess default
SubscriptionPrivateValues default
<Limit All>
Allow all
</Limit>
</Policy>
"""
FILES = """\
ServerRoot {0}
RequestRoot {0}/spool
CacheDir {0}/cache
StateDir {0}/state
AccessLog {0}/access.log
ErrorLog {0}/error.log
PageLog {0}/page.log
FileDevice Yes
User lp
Group lp
SystemGroup root
"""


@pytest.fixture
def spool(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A spooler of our own with the queue `receipt`; the folder where it keeps what it was given."""
    folder = tmp_path_factory.mktemp("cups", numbered=True)
    for above in folder.parents[:3]:  # the spooler's own user has to come here
        if above.name.startswith("pytest-") or above.name.startswith("popen-"):
            above.chmod(0o711)
    for name in ("spool", "cache", "state", "ppd"):
        (folder / name).mkdir()
    (folder / "cupsd.conf").write_text(CONFIGURATION.format(folder))
    (folder / "cups-files.conf").write_text(FILES.format(folder))
    (folder / "out.bin").touch()
    if os.geteuid() == 0:
        for one in (folder, *folder.rglob("*")):
            shutil.chown(one, "lp", "lp")
    folder.chmod(0o755)
    command = ["/usr/sbin/cupsd", "-f", "-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf")]
    monkeypatch.setenv("CUPS_SERVER", str(folder / "socket"))
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        try:
            _run(["/usr/sbin/lpadmin", "-p", "receipt", "-E", "-v", f"file://{folder}/out.bin", "-m", "raw"], tries=50)
            yield folder / "spool"
        finally:
            process.terminate()


def _run(command: list[str], tries: int = 1) -> None:
    """Again until the spooler listens: it says nowhere that it does."""
    for _ in range(tries):
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        if ran.returncode == 0:
            return
        subprocess.run(["/usr/bin/lpstat", "-r"], capture_output=True, check=False)
    raise AssertionError(ran.stderr)


def test_the_spooler_gets_every_byte_and_can_promise_nothing(spool: Path) -> None:
    device = device_of(SETTINGS, lambda: None, spoke=False)
    job = bytes(range(256)) * 40
    assert device.print("A001-1-2", job, lambda: None, unclean=False) == Outcome(JobState.SENT, "no_answer", HEALTHY)
    (document,) = spool.glob("d*-001")
    assert document.read_bytes() == job


def test_a_queue_that_was_stopped_says_so_and_gets_nothing(spool: Path) -> None:
    device = device_of(SETTINGS, lambda: None, spoke=False)
    assert device.look(unclean=False) == HEALTHY
    _run(["/usr/sbin/cupsdisable", "receipt"])
    assert device.look(unclean=False) == frozenset({Trouble.OFFLINE})
    assert device.print("A001-1-2", b"slip", lambda: None, unclean=False).state is JobState.FAILED
    assert list(spool.glob("d*")) == []


def test_a_queue_that_is_not_there_fails_the_job(spool: Path) -> None:
    device = device_of(PrinterSettings("lp", queue="elsewhere"), lambda: None, spoke=False)
    outcome = device.print("A001-1-2", b"slip", lambda: None, unclean=False)
    assert outcome == Outcome(JobState.FAILED, Trouble.UNREACHABLE, GONE)
    assert device.look(unclean=False) == GONE
    assert list(spool.glob("d*")) == []


def test_the_queue_is_found(spool: Path) -> None:
    assert Found("lp", "queue", "receipt") in list(find())
