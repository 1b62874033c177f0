"""A real hall at a standing moment with its web room in this process, for the call-board as a page."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from socket import socket
from zoneinfo import ZoneInfo

import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Page

from assets import catalogues
from counter.app import app
from hall import Hall
from hall.settings import load
from tests.counter_server import chromium

CATALOGUE = Path(catalogues.__path__[0]) / "mpp.toml"
NOW = datetime(2026, 9, 23, 10, 42, 4, tzinfo=ZoneInfo("Asia/Jakarta"))
"""A Wednesday in September: the longest names of day and month in most languages."""
BREAK = NOW.replace(hour=12, minute=3)
MESSAGE = {
    "id": "Mohon siapkan KTP dan kartu keluarga sebelum dipanggil.",
    "az": "Zəhmət olmasa, şəxsiyyət vəsiqənizi əvvəlcədən hazırlayın.",
    "en": "Please have your identity card ready before your call.",
    "ru": "Пожалуйста, заранее приготовьте удостоверение личности.",
}
MESSAGES = "messages = [{ " + ", ".join(f'{code} = "{text}"' for code, text in MESSAGE.items()) + " }]"
ADDRESS = "http://192.0.2.1:8080"


@dataclass
class Scene:
    """A running web room and the hall behind it, whose clock stands until it is moved."""

    url: str
    hall: Hall
    clock: list[datetime]
    _server: Server

    def call(self, *counters: str, seconds_ago: float = 0) -> list[str]:
        """A new ticket called at each counter; their numbers."""
        now = self.clock[0]
        self.clock[0] = now - timedelta(seconds=seconds_ago)
        try:
            return [self._call(counter) for counter in counters]
        finally:
            self.clock[0] = now

    def turn(self, seconds: float) -> None:
        """Move the clock on, and let the boards see it."""
        self.clock[0] += timedelta(seconds=seconds)
        self._server.ring()

    def vanish(self) -> None:
        """End the web room: every board loses it."""
        self._server.end()

    def _call(self, counter: str) -> str:
        service = next(iter(self.hall.catalogue.counters[counter].offers))
        self.hall.issue(service, printer=None)
        called = self.hall.call_next(counter)
        assert called is not None
        return called.number

    @contextmanager
    def shown(
        self, glass: Glass, asked: str = "", size: tuple[int, int] = (1920, 1080), health: str = "live"
    ) -> Iterator[Page]:
        """Its board, live unless it is to be stale or lost."""
        with glass.page(size, cut_off=health != "live") as page:
            page.goto(f"{self.url}/board{asked}")
            page.wait_for_selector(f"[data-health={'stale' if health == 'lost' else health}]")
            if health == "lost":
                page.clock.fast_forward(15_000)
                page.wait_for_selector("[data-health=lost]")
            page.evaluate("document.fonts.ready")
            yield page


class Glass:
    """What boards are shown on: one page after the other on the same, since a new one costs more than all on it."""

    def __init__(self, browser: Browser) -> None:
        self._live = browser.new_page()
        self._cut_off = browser.new_page()
        self._cut_off.clock.install()
        self._cut_off.route("**/board/stream*", lambda route: route.abort())

    @contextmanager
    def page(self, size: tuple[int, int], *, cut_off: bool) -> Iterator[Page]:
        """The page in a size, empty before and after; or another that no event reaches, whose clock can be moved."""
        page = self._cut_off if cut_off else self._live
        page.set_viewport_size({"width": size[0], "height": size[1]})
        try:
            yield page
        finally:
            page.goto("about:blank")


@contextmanager
def glass() -> Iterator[Glass]:
    """A browser to look at boards with."""
    with chromium() as browser:
        yield Glass(browser)


class Server(uvicorn.Server):
    """Tells its address once it serves, and lets the streams go when it ends."""

    def __init__(self, served: FastAPI) -> None:
        super().__init__(uvicorn.Config(served, port=0, log_level="warning", timeout_graceful_shutdown=1))
        self._app = served
        self.url: Future[str] = Future()

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        self._loop = asyncio.get_running_loop()
        self.url.set_result(f"http://127.0.0.1:{self.servers[0].sockets[0].getsockname()[1]}")

    def ring(self) -> None:
        """From any thread: every stream looks again."""
        self._loop.call_soon_threadsafe(self._app.state.office.watch.ring)

    def end(self) -> None:
        """From any thread, and more than once if need be."""
        if not self.should_exit:
            self.should_exit = True
            self._loop.call_soon_threadsafe(self._app.state.office.watch.close)


@contextmanager
def scene(folder: Path, display: str = "", now: datetime = NOW) -> Iterator[Scene]:
    """A hall in a new folder at a moment, its board's settings being `display`."""
    folder.mkdir(parents=True, exist_ok=True)
    clock = [now]
    file = folder / "antrean.toml"
    file.write_text(f'[counter]\npublic_url = "{ADDRESS}"\n[display]\nhold_seconds = 60\n{display}\n', "utf-8")
    settings = load({"ANTREAN_SETTINGS": str(file)})
    with Hall.open(folder / "queue.db", clock=lambda: clock[0]) as hall:
        hall.load_catalogue(CATALOGUE)
        server = Server(app(hall, settings))
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            yield Scene(server.url.result(30), hall, clock, server)
        finally:
            server.end()
            thread.join()
