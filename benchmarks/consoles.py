"""The staff console: from an act in one browser to the painted frame in another, and what sixty of them cost."""

from __future__ import annotations

import asyncio
import random
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from statistics import median

import httpx
from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

from benchmarks.boards import uncapped
from benchmarks.measure import Result, big_catalogue, cpu_seconds, demo, environment, line, percentile, room
from counter.access import SESSION, csrf
from hall import Hall

ACTS, CONSOLES = 40, 60
PACE, SECONDS = 10, 25
"""Acts a second in the hall, and for how long: ten times what sixty counters do on a busy morning."""
GAP = 1.05
"""Seconds between two presses on one console: nearer, the page takes them for one nervous finger."""
PIN = "135790"
IDLE = 60
"""Requests that do nothing, timed beside: what the machine gives at that moment."""

_WATCH = """
() => {
  window.painted = new Map();
  const look = () => {
    const number = document.querySelector("#hand .number")?.textContent ?? "";
    // The frame that follows carries the change; the task after it runs when it has been painted.
    requestAnimationFrame(() => {
      const after = new MessageChannel();
      after.port1.onmessage = () => {
        if (!painted.has(number)) painted.set(number, performance.timeOrigin + performance.now());
      };
      after.port2.postMessage(0);
    });
  };
  new MutationObserver(look).observe(document.getElementById("hand"), { childList: true, subtree: true });
}
"""
_PRESS = """
() => {
  const at = performance.timeOrigin + performance.now();
  document.getElementById("next").click();
  return at;
}
"""
_WAIT = """
(number) => new Promise((told) => {
  const look = () => painted.has(number) ? told(painted.get(number)) : setTimeout(look, 5);
  look();
})
"""


def act_to_console_p95_ms(folder: Path) -> Iterator[Result]:
    """From the press on *next* in one browser to the painted number in another browser at the same counter."""
    with Hall.open(folder / "queue.db", always_open=True) as hall, sync_playwright() as playwright:
        hall.load_catalogue(demo(folder))
        desk, service = next(iter(uncapped(hall).items()))
        numbers = [hall.issue(service, printer=None).number for _ in range(ACTS)]
        with _served(folder) as (address, _):
            hall.add_staff("bench", PIN)
            token = hall.sign_in("bench", PIN)
            hall.take_counter(token, desk)
            one, other = (_console(_browser(playwright, address, token)) for _ in range(2))
            for page in (one, other):
                page.evaluate(_WATCH)
            taken, own = [], []
            chance = random.Random(5)
            for number in numbers:
                time.sleep(GAP + chance.uniform(0, 0.2))
                pressed = one.evaluate(_PRESS)
                taken.append(other.evaluate(_WAIT, number) - pressed)
                own.append(one.evaluate(_WAIT, number) - pressed)
    beside = f"p50 {median(taken):.1f} ms; in the own browser p95 {percentile(own, 0.95):.1f} ms; {len(taken)} acts"
    yield Result("act_to_console_p95_ms", percentile(taken, 0.95), "ms", "< 25", beside)


def next_p99_ms(folder: Path) -> Iterator[Result]:
    """*Next* over HTTP, ten a second, while sixty consoles listen to their streams."""
    with Hall.open(folder / "queue.db", always_open=True) as hall:
        hall.load_catalogue(_sixty(folder / "hall.toml"))
        desks = uncapped(hall)
        rounds = PACE * SECONDS // len(desks) + 2
        for service in islice(cycle(desks.values()), rounds * len(desks)):
            hall.issue(service, printer=None)
        hall.add_staff("bench", PIN)
        tokens = {}
        for desk in desks:
            tokens[desk] = hall.sign_in("bench", PIN)
            hall.take_counter(tokens[desk], desk)
        with _served(folder) as (address, pid):
            taken, empty, heard = asyncio.run(_day(address, tokens))
            cpu = cpu_seconds(pid) * 1000 / len(taken)
    beside = (
        f"p50 {median(taken):.1f} ms, {cpu:.1f} ms of a core an act; {len(tokens)} streams, {heard} events;"
        f" a request that does nothing p50 {median(empty):.1f}, p99 {percentile(empty, 0.99):.1f} ms"
    )
    yield Result("next_p99_ms", percentile(taken, 0.99), "ms", "< 15", beside)


async def _day(address: str, tokens: dict[str, str]) -> tuple[list[float], list[float], int]:
    """Milliseconds of each act and of requests that do nothing, and how many events came out of the streams."""
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    heard, open_now = 0, 0
    all_open = asyncio.Event()

    async def listen(client: httpx.AsyncClient, token: str) -> None:
        nonlocal heard, open_now
        async with client.stream("GET", "/console/stream", headers={"cookie": f"{SESSION}={token}"}) as stream:
            first = True
            async for chunk in stream.aiter_raw():
                heard += chunk.count(b"data: {")
                if first and b"data: {" in chunk:
                    first, open_now = False, open_now + 1
                    if open_now == len(tokens):
                        all_open.set()

    async def press(client: httpx.AsyncClient, desk: str, turn: int, hands: dict[str, str]) -> float:
        token = tokens[desk]
        fields = {"csrf": csrf(token), "ticket": hands[desk], "request_id": f"{desk} {turn}"}
        told = {"accept": "application/json", "cookie": f"{SESSION}={token}"}
        start = time.perf_counter()
        answer = await client.post("/console/next", data=fields, headers=told)
        took = (time.perf_counter() - start) * 1000
        assert answer.status_code == 200, answer.text
        hands[desk] = answer.json()["state"]["ticket"]
        return took

    async with httpx.AsyncClient(base_url=address, timeout=30, limits=limits) as client:
        streams = [asyncio.create_task(listen(client, token)) for token in tokens.values()]
        await all_open.wait()
        empty = []
        for _ in range(IDLE):
            start = time.perf_counter()
            await client.get("/healthz")
            empty.append((time.perf_counter() - start) * 1000)
            await asyncio.sleep(1 / PACE / 4)
        chance, hands, presses = random.Random(6), dict.fromkeys(tokens, ""), []
        for turn, desk in enumerate(islice(cycle(tokens), PACE * SECONDS)):
            presses.append(asyncio.create_task(press(client, desk, turn, hands)))
            await asyncio.sleep(chance.expovariate(PACE))
        taken = await asyncio.gather(*presses)
        for stream in streams:
            stream.cancel()
        await asyncio.gather(*streams, return_exceptions=True)
    return list(taken), empty, heard


@contextmanager
def _served(folder: Path) -> Iterator[tuple[str, int]]:
    """The counter room of a folder's queue: its address and process."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with room("counter", "--announce", **environment(folder, ANTREAN_COUNTER_PORT=str(port))) as process:
        yield line(process, "ready").split()[1], process.pid


def _sixty(path: Path) -> Path:
    """A catalogue file of fifteen agencies with four counters each, whose consoles show one line."""
    big_catalogue(path, agencies=CONSOLES // 4)
    more = [
        f'[[counter]]\ncode = "{code + 1}"\nzone = "a"\noffers = ["agency-{code % (CONSOLES // 4)}"]'
        for code in range(CONSOLES // 4, CONSOLES)
    ]
    path.write_text("\n".join([path.read_text("utf-8"), *more]), "utf-8")
    return path


def _browser(playwright: Playwright, address: str, token: str) -> BrowserContext:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    context = browser.new_context(viewport={"width": 1366, "height": 768}, base_url=address)
    context.add_cookies([{"name": SESSION, "value": token, "url": address}])
    return context


def _console(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto("/console")
    page.wait_for_selector("[data-health=live]")
    return page
