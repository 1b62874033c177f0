"""Two thousand phones on the live page of their ticket: how soon each knows, what it costs, whether staff notice."""

from __future__ import annotations

import asyncio
import random
import resource
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from benchmarks.boards import resident_kilobytes, uncapped
from benchmarks.measure import Result, demo, environment, free_port, line, percentile, room
from hall import Hall

PHONES = 2_000
ACTS = 12
"""Calls of which each moves everybody in the line."""
NEXTS = 60
PACE = 0.15
"""Seconds between two presses of *next* in the whole hall: four times as fast as forty counters at eight minutes."""
AT_ONCE = 50
"""Phones that connect at the same time."""
PATIENCE = 30.0
STAFF, PIN = "siti", "135790"


@dataclass
class Phone:
    """One open page, as raw bytes on a socket: the client must cost next to nothing."""

    opened: asyncio.Event = field(default_factory=asyncio.Event)
    heard: int = 0
    """The newest sequence whose state came."""
    rest: bytes = b""


@dataclass
class Crowd:
    """All of them, in this process."""

    host: str
    port: int
    phones: list[Phone] = field(default_factory=list)
    """In the order of their tickets."""
    tasks: list[asyncio.Task[None]] = field(default_factory=list)
    goal: int = 0
    """The sequence that is waited for, and by how many phones yet."""
    missing: int = 0
    reached: asyncio.Event = field(default_factory=asyncio.Event)

    async def connect(self, tokens: list[str]) -> None:
        """Open a page for each ticket, and wait until it has been told its state."""
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(phone: Phone, token: str) -> None:
            async with gate:
                reader, writer = await asyncio.open_connection(self.host, self.port)
                writer.write(f"GET /t/{token}/stream HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n".encode())
                self.tasks.append(asyncio.create_task(self.listen(phone, reader, writer)))
                await phone.opened.wait()

        self.phones = [Phone() for _ in tokens]
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*(one(phone, token) for phone, token in zip(self.phones, tokens, strict=True)))

    async def listen(self, phone: Phone, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Note what comes, until cancelled."""
        try:
            while data := await reader.read(65536):
                told = phone.rest + data
                at = told.rfind(b"\nid: ")
                end = told.find(b"\n\n", at)
                if at >= 0 and end >= 0:
                    before, phone.heard = phone.heard, int(told[at + 5 : end])
                    phone.rest = b""
                    phone.opened.set()
                    if before < self.goal <= phone.heard:
                        self.missing -= 1
                        if not self.missing:
                            self.reached.set()
                else:
                    phone.rest = told[-4096:]
        finally:
            writer.close()

    async def told(self, sequence: int, phones: list[Phone]) -> None:
        """Wait until all of these have heard of it."""
        self.goal, self.missing = sequence, sum(phone.heard < sequence for phone in phones)
        self.reached.clear()
        if self.missing:
            async with asyncio.timeout(PATIENCE):
                await self.reached.wait()

    def close(self) -> None:
        """Hang up."""
        for task in self.tasks:
            task.cancel()


@contextmanager
def hall_with(
    folder: Path, *, one_line: bool
) -> Iterator[tuple[Hall, list[str], list[str], subprocess.Popen[str], str]]:
    """A hall with PHONES tickets, in one line or over all of them, the server before it, and its counters."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 3 * PHONES)), hard))
    with Hall.open(folder / "queue.db", always_open=True) as hall:
        hall.load_catalogue(demo(folder))
        hall.add_staff(STAFF, PIN)
        desks = uncapped(hall)
        if one_line:
            desks = dict(islice(desks.items(), 1))
        services = islice(cycle(desks.values()), PHONES)
        tokens = [hall.issue(service, printer=None).token for service in services]
        for desk in desks:
            hall.open_counter(desk)
        with room("counter", "--announce", **environment(folder, ANTREAN_COUNTER_PORT=str(free_port()))) as process:
            yield hall, tokens, list(desks), process, line(process, "ready").split()[1]


def phones_last_s(folder: Path) -> Iterator[Result]:
    """From a call to the last of 2,000 phones told of it, all waiting in one line, so that every one changes."""
    with hall_with(folder, one_line=True) as (hall, tokens, desks, process, address):
        before = resident_kilobytes(process.pid)

        async def measure() -> tuple[list[float], int, int]:
            where = urlsplit(address)
            crowd = Crowd(where.hostname or "", where.port or 0)
            await crowd.connect(tokens)
            grown = resident_kilobytes(process.pid) - before
            taken = []
            for called in range(ACTS):
                start = time.perf_counter()
                await asyncio.to_thread(hall.call_next, desks[0])
                await crowd.told(hall.sequence(), crowd.phones[called:])  # those before are finished
                taken.append(time.perf_counter() - start)
                await asyncio.sleep(0.5)
            lost = sum(task.done() for task in crowd.tasks[ACTS:])
            crowd.close()
            return taken, grown, lost

        taken, grown, lost = asyncio.run(measure())
    yield Result(
        "phones_last_s", max(taken), "s", "< 1", f"of {len(taken)}; p50 {percentile(taken, 0.5):.2f} s; lost {lost}"
    )
    yield Result("phone_memory_kb", grown / PHONES, "kB", "< 100", f"{before / 1024:.0f} MB without a phone")


def next_with_phones_p99_ms(folder: Path) -> Iterator[Result]:
    """*Next* at the console, from the press to the answer, while 2,000 phones are told of every call."""
    with hall_with(folder, one_line=False) as (hall, tokens, desks, _, address):

        async def measure() -> tuple[list[float], list[float]]:
            where = urlsplit(address)
            crowd = Crowd(where.hostname or "", where.port or 0)
            async with httpx.AsyncClient(base_url=address) as client:
                csrf = await signed_in(client, hall, desks[0])
                await press(client, hall, desks[0], csrf)
                chance = random.Random(1)

                async def pressed() -> list[float]:
                    taken = []
                    for _ in range(NEXTS):
                        await asyncio.to_thread(hall.call_next, chance.choice(desks[1:]))  # a colleague elsewhere
                        await asyncio.sleep(chance.uniform(0, 2 * PACE))
                        taken.append(await press(client, hall, desks[0], csrf))
                    return taken

                alone = await pressed()
                await crowd.connect(tokens)
                taken = await pressed()
                crowd.close()
            return alone, taken

        alone, taken = asyncio.run(measure())
    beside = (
        f"p50 {percentile(taken, 0.5):.1f} ms; without phones p50 {percentile(alone, 0.5):.1f},"
        f" p99 {percentile(alone, 0.99):.1f} ms; {len(taken)} presses each"
    )
    yield Result("next_with_phones_p99_ms", percentile(taken, 0.99), "ms", "< 30", beside)


async def signed_in(client: httpx.AsyncClient, hall: Hall, counter: str) -> str:
    """At a counter; the token of its forms."""
    token = hall.sign_in(STAFF, PIN)
    hall.take_counter(token, counter)
    client.cookies.set("antrean_session", token)
    page = (await client.get("/console")).text
    return page.partition('name="csrf" value="')[2].partition('"')[0]


async def press(client: httpx.AsyncClient, hall: Hall, counter: str, csrf: str) -> float:
    """Milliseconds of one *next*, as the console's script sends it."""
    hand = hall.in_hand(counter)
    fields = {"csrf": csrf, "ticket": str(hand.id) if hand else ""}
    start = time.perf_counter()
    answer = await client.post("/console/next", data=fields, headers={"accept": "application/json"})
    taken = (time.perf_counter() - start) * 1000
    assert answer.status_code == 200, answer.text
    return taken
