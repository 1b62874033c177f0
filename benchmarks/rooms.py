"""Whole ways through real processes: a start, and idle rooms."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.measure import Result, big_catalogue, cpu_seconds, demo, environment, line, python, room
from hall import Hall

STARTS = 11
IDLE_SECONDS = 20.0


_BARE = """
import os, sys
os.environ["QT_QUICK_BACKEND"] = "software"
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow
app = QGuiApplication(sys.argv)
engine = QQmlApplicationEngine()
engine.loadData(b'import QtQuick\\nWindow { width: 1080; height: 1920; visible: true; Text { text: "antrean" } }')
engine.rootObjects()[0].frameSwapped.connect(lambda: print("first frame", flush=True))
app.exec()
"""


def kiosk_first_frame_vs_bare(folder: Path) -> Iterator[Result]:
    """From `python -m kiosk` to the first frame with 450 services, over a bare QML window."""
    with Hall.open(folder / "queue.db", always_open=True) as hall:
        hall.load_catalogue(big_catalogue(folder / "big.toml"))
    kiosk, bare = [], []
    for _ in range(STARTS):
        start = time.perf_counter()
        with room("kiosk", "--announce", **environment(folder)) as process:
            line(process, "first frame")
            kiosk.append((time.perf_counter() - start) * 1000)
        start = time.perf_counter()
        with python("-c", _BARE) as process:
            line(process, "first frame")
            bare.append((time.perf_counter() - start) * 1000)
    beside = f"{median(kiosk):.0f} ms over bare {median(bare):.0f} ms"
    yield Result("kiosk_first_frame_vs_bare", median(kiosk) / median(bare), "times", "< 2", beside)


def idle_cpu_percent(folder: Path) -> Iterator[Result]:
    """What an idle kiosk and an idle board take of one core."""
    with Hall.open(folder / "queue.db", always_open=True) as hall:
        hall.load_catalogue(demo(folder))
        hall.issue("dukcapil.ktp-el")
        hall.call_next("3")
    for name in ("kiosk", "display"):
        with room(name, "--announce", **environment(folder)) as process:
            line(process, "first frame")
            time.sleep(12)  # past the highlight of the call and the settling of the start
            before, start = cpu_seconds(process.pid), time.perf_counter()
            time.sleep(IDLE_SECONDS)
            used = 100 * (cpu_seconds(process.pid) - before) / (time.perf_counter() - start)
        yield Result(f"idle_cpu_percent_{name}", used, "%", "< 1")
