"""A hall of thirteen small offices with the counter room really running before it, and a browser to look at it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from benchmarks.measure import noon
from counter.app import app
from hall import Hall
from hall.settings import Settings

NAME, PIN = "siti", "135790"
NEXT = "**/console/next"
SERIES = "ABDEFHJKLMNPR"
expect.set_options(timeout=30_000)  # as long as all else in a browser is waited for: a busy machine is not a wrong page


def catalogue() -> str:
    """Office n has the service on.s at counter n alone, so that tests need not share a line."""
    names = {language: f'{language} = "{{0}} {language}"' for language in ("id", "en", "az", "ru")}

    def named(name: str) -> str:
        return "name = { " + ", ".join(names.values()).format(name) + " }"

    offices = "".join(
        f'[[agency]]\ncode = "o{n}"\nseries = "{series}"\nicon = "desk"\n{named(f"Office {n}")}\n'
        f'[[agency.service]]\ncode = "s"\n{named(f"Service {n}")}\nminutes = 5\n'
        for n, series in enumerate(SERIES, 1)
    )
    counters = "".join(f'[[counter]]\ncode = "{n}"\nzone = "a"\noffers = ["o{n}"]\n' for n in range(1, len(SERIES) + 1))
    return (
        f'[hall]\n{named("Hall")}\ntimezone = "{noon()}"\nlanguages = ["id", "en", "az", "ru"]\n'
        f'hours = {{ mon-sun = "00:00-23:59" }}\n[[zone]]\ncode = "a"\n{named("Zone A")}\n{offices}{counters}'
    )


@dataclass
class Room:
    """The running room: its address, the hall behind it, and its process."""

    url: str
    hall: Hall
    queue: Path
    process: subprocess.Popen[str]

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.url.rpartition(":")[2])

    def earlier(self, seconds: int) -> Hall:
        """The same hall some seconds ago."""
        return Hall.open(self.queue, always_open=True, clock=lambda: datetime.now(UTC) - timedelta(seconds=seconds))

    @contextmanager
    def signed_in(self, counter: str | None = None) -> Iterator[httpx.Client]:
        """A client with a session, at a counter; its CSRF token is in its headers as `x-csrf`."""
        with httpx.Client(base_url=self.url) as client:
            page = client.get("/sign-in").text
            answer = client.post("/sign-in", data={"csrf": token_in(page), "name": NAME, "pin": PIN})
            assert answer.headers["location"] == "/counters"
            client.headers["x-csrf"] = token_in(client.get("/counters").text)
            if counter:
                taken = client.post("/counters", data={"csrf": client.headers["x-csrf"], "counter": counter})
                assert taken.headers["location"] == "/console"
            yield client


def token_in(page: str) -> str:
    """The CSRF token of a page's first form."""
    return page.partition('name="csrf" value="')[2].partition('"')[0]


def act(client: httpx.Client, name: str, ticket: object = "", **fields: str) -> httpx.Response:
    """One act as the console's script sends it."""
    return client.post(
        f"/console/{name}",
        data={"csrf": client.headers["x-csrf"], "ticket": str(ticket), **fields},
        headers={"accept": "application/json"},
    )


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def start(queue: Path, port: int, **environ: str) -> subprocess.Popen[str]:
    """`python -m counter` on a port."""
    return subprocess.Popen(
        [sys.executable, "-m", "counter", "--announce"],
        env={
            **os.environ,
            "ANTREAN_HALL": str(queue),
            "ANTREAN_ALWAYS_OPEN": "true",
            "ANTREAN_COUNTER_PORT": str(port),
            **environ,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ready(process: subprocess.Popen[str]) -> str:
    """Its address, once it serves."""
    assert process.stdout
    return process.stdout.readline().removeprefix("ready").strip()


def stop(process: subprocess.Popen[str]) -> str:
    """End it if it still runs; what it said on stderr."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    return process.communicate(timeout=10)[1]


@contextmanager
def counter_room(folder: Path, described: str = "", **environ: str) -> Iterator[Room]:
    """A hall in a folder, by its own catalogue or the thirteen offices, and the room before it."""
    (folder / "hall.toml").write_text(described or catalogue(), "utf-8")
    queue = folder / "queue.db"
    with Hall.open(queue, always_open=True) as hall:
        hall.load_catalogue(folder / "hall.toml")
        hall.add_staff(NAME, PIN)
        process = start(queue, free_port(), **environ)
        try:
            yield Room(ready(process), hall, queue, process)
        finally:
            stop(process)


@contextmanager
def served(hall: Hall) -> Iterator[str]:
    """The app in this process, so that its disk can be filled; its address."""
    port = free_port()
    server = uvicorn.Server(
        uvicorn.Config(app(hall, Settings()), port=port, log_level="error", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run)
    up = threading.Event()
    startup = server.startup

    async def started(sockets: Any = None) -> None:
        await startup(sockets)
        up.set()

    server.startup = started  # type: ignore[method-assign]
    thread.start()
    up.wait()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def chromium() -> Iterator[Browser]:
    """One browser; each test opens its own context."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def console(
    browser: Browser,
    room: Room,
    counter: str,
    name: str = NAME,
    *,
    next_by: Callable[[Route], object] | None = None,
    **context_of: Any,
) -> Iterator[Page]:
    """A console at a counter, live, in English; signed in beforehand. `next_by` handles its requests for the next."""
    token = room.hall.sign_in(name, PIN)
    room.hall.take_counter(token, counter, over=True)
    screen: dict[str, Any] = {"viewport": {"width": 1366, "height": 768}, "base_url": room.url, **context_of}
    with browser.new_context(**screen) as context:
        context.add_cookies(
            [
                {"name": "antrean_session", "value": token, "url": room.url},
                {"name": "antrean_language", "value": "en", "url": room.url},
            ]
        )
        page = context.new_page()
        if next_by:  # before the page loads: what a browser already shows is intercepted only some time later
            page.route(NEXT, next_by)
        page.goto("/console")
        page.wait_for_selector("[data-health=live]")
        yield page
