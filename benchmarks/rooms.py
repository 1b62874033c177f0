"""Whole ways through real processes: a tap to paper, a start, and idle rooms."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.measure import MPP, Result, big_catalogue, cpu_seconds, environment, line, percentile, python, room
from hall import Hall

SLIPS, STARTS = 150, 7
IDLE_SECONDS = 20.0


def tap_to_paper_p99_ms(folder: Path) -> Iterator[Result]:
    """From issuing to the last byte of the slip at a network printer (its cut)."""
    cut = b"\x1dV"
    arrived: dict[str, float] = {}
    news = threading.Condition()
    server = socket.create_server(("127.0.0.1", 0))

    def printer() -> None:
        """Reads as a printer does: answers status requests, and notes when a cut has come."""
        while True:
            try:
                link, _ = server.accept()
            except OSError:
                return
            with link:
                seen = b""
                while received := link.recv(65536):
                    link.sendall(b"\x12" * received.count(b"\x10\x04") + b"\x00" * received.count(b"\x1dr"))
                    seen = seen[-8:] + received
                    if cut in seen:
                        with news:
                            arrived["cut"] = time.perf_counter()
                            news.notify()
                        seen = b""

    thread = threading.Thread(target=printer, daemon=True)
    thread.start()
    settings = folder / "antrean.toml"
    settings.write_text(
        f'[printers.main]\ndevice = "network"\nhost = "127.0.0.1"\nport = {server.getsockname()[1]}\n', "utf-8"
    )
    taken = []
    with Hall.open(folder / "queue.db", always_open=True) as hall:
        hall.load_catalogue(MPP)
        with room("printer", "--announce", **environment(folder, ANTREAN_SETTINGS=str(settings))) as process:
            line(process, "ready")
            for _ in range(SLIPS):
                start = time.perf_counter()
                with news:
                    hall.issue("dukcapil.ktp-el")
                    if not news.wait_for(lambda: "cut" in arrived, 10):
                        raise RuntimeError("a slip did not reach the printer")
                    taken.append((arrived.pop("cut") - start) * 1000)
    server.close()
    yield Result("tap_to_paper_p99_ms", percentile(taken, 0.99), "ms", "< 80", f"p50 {median(taken):.1f} ms")


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
        hall.load_catalogue(MPP)
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
