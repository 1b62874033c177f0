"""Event streams for many pages: what they show is read in one go, made once and sent to whom it is new.

`streams` gives each page a reader of its own, which is right for a few boards. Here one round reads the hall for sixty
consoles or thousands of phones, on a thread; the event loop then only hands out bytes, a few pages at a time, so that a
colleague who presses *next* meanwhile is not kept waiting.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncGenerator, Awaitable, Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Generic, TypeVar

from fastapi.responses import Response, StreamingResponse

from counter.streams import BEAT, MOST, RETRY, Watch
from hall import Fault

GAP = 0.2
"""Seconds between two rounds for phones: however fast the hall acts, they take but a part of a core."""
SLICE = 20
"""Phones served before the loop looks at anything else: about two milliseconds."""
OPENING = f"retry: {RETRY}\n\n".encode()
AWAY = b"event: fault\ndata: \n\n"
GONE = b"event: gone\ndata: \n\n"
OVER = b"event: over\ndata: \n\n"

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the pages of one key show now."""

    body: bytes
    """The rest of a JSON object that begins with the sequence and the round's head."""
    last: bool = False
    """Nothing will follow."""


@dataclass(frozen=True, slots=True)
class Round(Generic[K]):
    """What one look at the hall found."""

    sequence: int
    head: Mapping[str, str | int]
    """What every page is told, also when nothing is new to it; `at` is the hall's clock, for people."""
    changed: Mapping[K, Shown | None]
    """Keys whose pages show something else than in the round before; None when there is nothing to show any more."""


@dataclass(slots=True, eq=False)
class Follower:
    """One open page: what it is to be sent next. A slow one misses what was overtaken meanwhile."""

    coming: bytes = b""
    ends: bool = False
    waits: asyncio.Future[None] | None = None

    def put(self, event: bytes, *, state: bool = True, ends: bool = False) -> None:
        """Send this next, instead of whatever has not been sent yet; a beat does not push a state aside."""
        if self.ends or (self.coming and not state):
            return
        self.coming, self.ends = event, ends
        if self.waits is not None and not self.waits.done():
            self.waits.set_result(None)

    async def take(self) -> bytes:
        """What is to be sent, once there is something."""
        if not self.coming:
            self.waits = asyncio.get_running_loop().create_future()
            await self.waits
            self.waits = None
        event, self.coming = self.coming, b""
        return event


@dataclass(eq=False)
class Crowd(Generic[K]):
    """The open pages of one kind, by what they show."""

    watch: Watch
    read: Callable[[tuple[K, ...]], Awaitable[Round[K]]]
    """Reads for all keys; may raise Fault."""
    most: float = MOST
    """Pages of one key that may be open."""
    gap: float = GAP
    """Seconds between the beginnings of two rounds."""
    followers: defaultdict[K, list[Follower]] = field(default_factory=lambda: defaultdict(list))
    shown: dict[K, Shown] = field(default_factory=dict)
    """Of the last round: the reader tells only what is new to it, and a page may come back before the next."""
    _newcomers: asyncio.Event = field(default_factory=asyncio.Event)
    _sequence: int = 0
    _head: bytes = b""
    _tail: bytes = b""
    _beat: bytes = b": \n\n"
    _ticks: int = 0

    def stream(self, key: K, known: str = "") -> Response:
        """Follow a key; `known` is the last id this page has heard of (Last-Event-ID).

        429 when the same key has too many pages open already.
        """
        if len(self.followers.get(key, ())) >= self.most:
            return Response(status_code=429, headers={"Retry-After": "10"})
        return StreamingResponse(
            self.follow(key, known),
            media_type="text/event-stream",
            headers={"X-Accel-Buffering": "no"},  # nginx would hold the events back
        )

    async def follow(self, key: K, known: str = "") -> AsyncGenerator[bytes, None]:
        """What a page is sent, event by event."""
        follower = Follower()
        self.followers[key].append(follower)
        try:
            yield OPENING
            shown = self.shown.get(key)
            if shown is None:
                self._newcomers.set()
            elif known == str(self._sequence) and not shown.last:
                follower.put(self._beat)  # it came back and has missed nothing
            else:
                follower.put(self._event(shown), ends=shown.last)
            while not self.watch.closing:
                yield await follower.take()
                if follower.ends and not follower.coming:
                    return
        finally:
            self.followers[key].remove(follower)
            if not self.followers[key]:
                del self.followers[key]

    async def run(self) -> None:
        """Keep every page as the hall is, until cancelled."""
        loop = asyncio.get_running_loop()
        tick = loop.time()
        while not self.watch.closing:
            self._newcomers.clear()
            change, begun = self.watch.change(), loop.time()
            if self.followers or self.shown:
                await self._look()
            while loop.time() >= tick:
                tick += 1.0
                self._ticks += 1
                await self._hand_out(self._due(), self._beat, state=False)
            await asyncio.sleep(max(0.0, begun + self.gap - loop.time()))
            await self._something(change, tick - loop.time())
        for follower in self._everybody():
            follower.put(b"", ends=True)

    async def _something(self, change: asyncio.Event, seconds: float) -> None:
        """Until the hall has changed, somebody new has come, or it is time for the next beat."""
        waiting = [asyncio.ensure_future(event.wait()) for event in (change, self._newcomers)]
        await asyncio.wait(waiting, timeout=max(0.0, seconds), return_when=asyncio.FIRST_COMPLETED)
        for one in waiting:
            one.cancel()

    async def _look(self) -> None:
        for key in self.shown.keys() - self.followers.keys():
            del self.shown[key]
        try:
            found = await self.read(tuple(self.followers))
        except Fault:
            if self._beat != AWAY:
                self._beat = AWAY
                await self._hand_out(self._everybody(), AWAY)
            return
        recovered = self._beat == AWAY
        self._sequence = found.sequence
        head = json.dumps(found.head, ensure_ascii=False, separators=(",", ":"))[1:-1]
        self._beat = f"data: {{{head}}}\n\n".encode()
        self._head = f'data: {{"sequence":{found.sequence},{head},'.encode()
        self._tail = f"\nid: {found.sequence}\n\n".encode()
        for key, shown in found.changed.items():
            if shown is None:
                self.shown.pop(key, None)
            else:
                self.shown[key] = shown
        if recovered:
            await self._hand_out(self._everybody(), self._beat)
        await self._serve(found.changed)

    async def _serve(self, changed: Mapping[K, Shown | None]) -> None:
        served = 0
        for key, shown in changed.items():
            event = GONE if shown is None else self._event(shown)
            for follower in tuple(self.followers.get(key, ())):
                follower.put(event, ends=shown is None or shown.last)
                served += 1
                if served % SLICE == 0:
                    await asyncio.sleep(0)

    async def _hand_out(self, followers: Iterable[Follower], event: bytes, **how: Any) -> None:
        few = iter(tuple(followers))
        while part := tuple(islice(few, SLICE)):
            for follower in part:
                follower.put(event, **how)
            await asyncio.sleep(0)

    def _event(self, shown: Shown) -> bytes:
        return self._head + shown.body + self._tail + (OVER if shown.last else b"")

    def _everybody(self) -> Iterator[Follower]:
        return (follower for followers in tuple(self.followers.values()) for follower in followers)

    def _due(self) -> list[Follower]:
        """Whose turn it is to be told that the line lives: everybody's once in BEAT seconds."""
        turns = round(BEAT)
        return [one for place, one in enumerate(self._everybody()) if place % turns == self._ticks % turns]
