"""From a tap to the last byte at a network printer: four kiosks with one each, and what a stuck one does to them."""

from __future__ import annotations

import contextlib
import multiprocessing
import random
import socket
import threading
import time
from collections.abc import Iterator
from itertools import chain
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

from benchmarks.measure import Result, demo, environment, line, percentile, room
from hall import Hall

KIOSKS = 4
CALM, BUSY = 2.5, 6.0
"""Tickets a second at each kiosk. A visitor needs some seconds at one, so both are more than there will ever be."""
SECONDS, ROUNDS = 30.0, 3
SERVICE = "dukcapil.ktp-el"


def tap_to_paper_p99_ms(folder: Path) -> Iterator[Result]:
    """From issuing at one of four kiosks to the cut of its slip at that kiosk's printer."""
    with _hall(folder) as kiosks:
        taken = list(chain(*_busy(kiosks, CALM, SECONDS)))
    beside = f"p50 {median(taken):.1f} ms, {len(taken)} slips at {KIOSKS} kiosks"
    yield Result("tap_to_paper_p99_ms", percentile(taken, 0.99), "ms", "< 80", beside)


def stuck_printer_neighbour_ratio(folder: Path) -> Iterator[Result]:
    """The p99 of the other kiosks while one printer takes no more bytes, over the same kiosks while all is well.

    By turns, so that a noisy neighbour meets both.
    """
    well: list[float] = []
    beside_stuck: list[float] = []
    with _hall(folder) as kiosks:
        for _ in range(ROUNDS):
            kiosks[0].send(("stuck", False))
            well += chain(*_busy(kiosks, BUSY, SECONDS / 2)[1:])
            kiosks[0].send(("stuck", True))
            beside_stuck += chain(*_busy(kiosks, BUSY, SECONDS / 2)[1:])
    before, after = percentile(well, 0.99), percentile(beside_stuck, 0.99)
    beside = f"p99 {after:.1f} over {before:.1f} ms, p50 {median(beside_stuck):.1f} over {median(well):.1f} ms"
    yield Result("stuck_printer_neighbour_ratio", after / before, "times", "< 1.1", beside)


@contextlib.contextmanager
def _hall(folder: Path) -> Iterator[list[Connection]]:
    """A printer room with a printer for each kiosk; the kiosks are processes, told what to do over these."""
    with Hall.open(folder / "queue.db", always_open=True) as hall:
        hall.load_catalogue(demo(folder))
    context = multiprocessing.get_context("spawn")
    kiosks: list[Connection] = []
    processes = []
    settings = '[kiosk]\nprinter = "p0"\n'
    for number in range(KIOSKS):
        ours, its = context.Pipe()
        process = context.Process(target=_kiosk, args=(folder / "queue.db", number, its), daemon=True)
        process.start()
        processes.append(process)
        settings += f'[printers.p{number}]\ndevice = "network"\nhost = "127.0.0.1"\nport = {ours.recv()}\n'
        kiosks.append(ours)
    (folder / "antrean.toml").write_text(settings)
    with room("printer", "--announce", **environment(folder, ANTREAN_SETTINGS=str(folder / "antrean.toml"))) as rooms:
        line(rooms, "ready")
        yield kiosks
    for process in processes:
        process.terminate()
        process.join()


def _busy(kiosks: list[Connection], rate: float, seconds: float) -> list[list[float]]:
    """Milliseconds of every slip, kiosk by kiosk; one whose printer is stuck issues as many and waits for none."""
    for kiosk in kiosks:
        kiosk.send((rate, seconds))
    return [kiosk.recv() for kiosk in kiosks]


def _kiosk(queue: Path, number: int, orders: Connection) -> None:
    """Issues tickets at random moments, one after the other, and waits for each slip unless its printer is stuck."""
    printer = _Printer()
    orders.send(printer.port)
    chance = random.Random(number)
    with Hall.open(queue, always_open=True) as hall:
        while True:
            rate, seconds = orders.recv()
            if rate == "stuck":
                printer.stuck.set() if seconds else printer.stuck.clear()
                continue
            taken = []
            end = time.perf_counter() + seconds
            while time.perf_counter() < end:
                time.sleep(chance.expovariate(rate))
                start = time.perf_counter()
                with printer.news:
                    printer.cut = None
                    hall.issue(SERVICE, printer=f"p{number}")
                    if printer.stuck.is_set():
                        continue
                    if not printer.news.wait_for(lambda: printer.cut is not None, 20):
                        raise RuntimeError("a slip did not reach the printer")
                    taken.append(((printer.cut or 0) - start) * 1000)
            orders.send(taken)


class _Printer:
    """Reads as a printer does: answers status requests, notes when a cut has come; while stuck it confirms nothing."""

    def __init__(self) -> None:
        self.stuck = threading.Event()
        self.news = threading.Condition()
        self.cut: float | None = None
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            link, _ = self._server.accept()
            with link, contextlib.suppress(OSError):
                self._read(link)

    def _read(self, link: socket.socket) -> None:
        seen = b""
        while received := link.recv(65536):
            link.sendall(b"\x12" * received.count(b"\x10\x04"))
            if self.stuck.is_set():
                continue  # its network card takes everything in, and no slip is ever confirmed
            link.sendall(b"\x00" * received.count(b"\x1dr"))
            seen = seen[-8:] + received
            if b"\x1dV" in seen and b"\x1dr" in seen:
                with self.news:
                    self.cut = time.perf_counter()
                    self.news.notify()
                seen = b""
