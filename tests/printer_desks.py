"""Printer desks for tests: a queue with the demo catalogue, one desk in a thread, and waiting for what it does."""

from __future__ import annotations

import selectors
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measure import demo
from hall import Hall
from hall.printing import ENDS
from hall.settings import PrinterSettings
from printer.desk import Desk
from printer.template import Template, read

SERVICE = "dukcapil.ktp-el"
URL = "http://127.0.0.1:8080"


def opened(queue: Path, *, load: bool = False) -> Hall:
    hall = Hall.open(queue, always_open=True)
    if load:
        hall.load_catalogue(demo(queue.parent))
    return hall


def until(hall: Hall, condition: Callable[[], bool], seconds: float = 15) -> None:
    """Wait on the hall's bell until something is so."""
    ends = time.monotonic() + seconds
    with hall.listen() as listener, selectors.DefaultSelector() as selector:
        selector.register(listener, selectors.EVENT_READ)
        while not condition():
            assert time.monotonic() < ends, f"not within {seconds} s"
            selector.select(0.5)
            listener.clear()


def ended(hall: Hall, ticket: int) -> bool:
    job = hall.slip(ticket)
    return job is not None and job.state in ENDS


@contextmanager
def serving(
    queue: Path,
    settings: PrinterSettings,
    name: str = "main",
    open_hall: Callable[[], Hall] | None = None,
    template: Template | None = None,
) -> Iterator[Desk]:
    desk = Desk(name, settings, URL, template or read())
    heard = threading.Event()
    thread = threading.Thread(target=desk.serve, args=(open_hall or (lambda: opened(queue)), heard.set))
    thread.start()
    try:
        assert heard.wait(20)
        yield desk
    finally:
        desk.stop()
        thread.join(30)
        assert not thread.is_alive()
        desk.close()
