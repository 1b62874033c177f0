"""What a measurement is, and what several need: percentiles, rooms as processes, a hall of 450 services."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assets import ROOT

MPP = ROOT / "catalogues" / "mpp.toml"


def noon() -> str:
    """A time zone in which it is about noon: a hall that goes by the real clock there meets no end of its day."""
    return f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"


def midday(catalogue: str) -> str:
    """A catalogue whose hall stands where it is about noon."""
    return re.sub(r'(?m)^timezone = ".*"$', f'timezone = "{noon()}"', catalogue)


def demo(folder: Path) -> Path:
    """The file of the demo hall, where it is about noon."""
    file = folder / "mpp.toml"
    file.write_text(midday(MPP.read_text("utf-8")), "utf-8")
    return file


@dataclass(frozen=True)
class Result:
    """One number."""

    name: str
    value: float
    unit: str
    hold: str
    """What it must stay at, such as "< 10"."""
    floor: str = ""
    """What was measured beside it in the same run."""

    @property
    def held(self) -> bool:
        """Whether it does."""
        sign, _, bound = self.hold.partition(" ")
        return self.value >= float(bound) if sign == ">=" else self.value < float(bound)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` (0-1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-int(share * 1000) * len(ordered) // 1000) - 1))]


def room(module: str, *arguments: str, **environ: str) -> AbstractContextManager[subprocess.Popen[str]]:
    """A room as a process, drawn offscreen, ended at the end; its output is read line by line with `line`."""
    return python("-m", module, *arguments, **environ)


@contextmanager
def python(*arguments: str, **environ: str) -> Iterator[subprocess.Popen[str]]:
    """Any Python program, in the same way."""
    process = subprocess.Popen(
        [sys.executable, *arguments],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environ},
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(10)
        if process.stdout:
            process.stdout.close()


def line(process: subprocess.Popen[str], starts: str, patience: float = 30.0) -> str:
    """The next line of a room's output that starts so."""
    assert process.stdout is not None
    # Not by select: lines that came together wait in the stream's buffer, where it does not see them.
    watch = threading.Timer(patience, process.kill)
    watch.start()
    try:
        for text in iter(process.stdout.readline, ""):
            if text.startswith(starts):
                return text.strip()
    finally:
        watch.cancel()
    raise RuntimeError(f"{process.args!r} did not say “{starts}”")


def free_port() -> int:
    """A port of this machine nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far (proc(5))."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def big_catalogue(path: Path, agencies: int = 45, services: int = 10) -> Path:
    """A catalogue file of 450 services, as the largest halls have."""

    def names(text: str) -> str:
        return "name = { " + ", ".join(f'{language} = "{text}"' for language in ("id", "az", "en", "ru")) + " }"

    letters = "ABDEFHJKLMNPRSTUVWXYZ"
    lines = ["[hall]", names("Hall"), f'timezone = "{noon()}"', 'languages = ["id", "en", "az", "ru"]']
    lines += ['hours = { mon-sun = "00:00-23:59" }', "[[zone]]", 'code = "a"', names("Zone A")]
    for a in range(agencies):
        series = letters[a % len(letters)] + letters[a // len(letters)]
        lines += ["[[agency]]", f'code = "agency-{a}"', f'series = "{series}"', 'icon = "building"']
        lines += [names(f"Agency of public matters {a}")]
        for s in range(services):
            lines += ["[[agency.service]]", f'code = "service-{s}"', "minutes = 8", names(f"Certificate of matter {s}")]
    for a in range(agencies):
        lines += ["[[counter]]", f'code = "{a + 1}"', 'zone = "a"', f'offers = ["agency-{a}"]']
    path.write_text("\n".join(lines), "utf-8")
    return path


def environment(folder: Path, **more: str) -> Mapping[str, str]:
    """Settings for the rooms of a benchmark's own hall."""
    return {
        "ANTREAN_HALL": str(folder / "queue.db"),
        "ANTREAN_ALWAYS_OPEN": "1",
        "ANTREAN_DISPLAY_SOUND": "0",
        "ANTREAN_SETTINGS": os.devnull,
        **more,
    }
