"""Server-sent events: one listener on the hall's bell for the whole process, fanned out to every open page."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from fastapi.responses import Response, StreamingResponse
from fastapi.sse import format_sse_event

from hall import Fault
from hall.bell import Listener

BEAT = 10.0
"""Seconds after which a page is told again how it stands: minutes have passed, and silence must mean a broken line."""
LOOK = 1.0
"""Seconds between two looks at the sequence: makes good a lost ring, and finds a hall that comes back."""
MOST = 8
"""Streams one session or ticket may have open: a visitor shows the page to the family, nobody needs more."""
RETRY = 1000
"""Milliseconds a browser waits before it connects again."""


@dataclass(frozen=True)
class State:
    """The whole of what a page shows at one moment."""

    sequence: int
    """The journal had at least come this far when the state was read."""
    shown: dict[str, Any]
    last: bool = False
    """Nothing will follow: the page need not listen any longer."""
    again: float = BEAT
    """Seconds after which it is read again, even if nothing has happened meanwhile."""
    news: bool = True
    """Whether it differs from the state before; one without news is sent only so that the line is not silent."""


class Gone(Exception):  # noqa: N818 - not an error
    """Who listens may no longer see this page (signed out, counter left); it should be loaded again."""


class Watch:
    """Knows when the hall has changed. Rings every waiting stream at once, and lets go of all of them at the end."""

    def __init__(self, listener: Listener) -> None:
        self.listener = listener
        """Closed by whoever opened it."""
        self._changed = asyncio.Event()
        self._sequence = -1
        self.followers: Counter[str] = Counter()
        """Open streams by whose they are."""
        self.closing = False

    async def run(self, look: Callable[[], Awaitable[int]]) -> None:
        """Listen until cancelled; `look` gives the hall's sequence now."""
        loop = asyncio.get_running_loop()

        def rung() -> None:
            self.listener.clear()
            self.ring()

        loop.add_reader(self.listener.fileno(), rung)
        try:
            while True:
                await self._look(look)
                await asyncio.sleep(LOOK)
        finally:
            loop.remove_reader(self.listener.fileno())

    def ring(self) -> None:
        """Wake every stream."""
        self._changed.set()
        self._changed = asyncio.Event()

    def close(self) -> None:
        """End every stream; they would keep the server from stopping."""
        self.closing = True
        self.ring()

    def change(self) -> asyncio.Event:
        """Is set at the next change. Take it before reading the state, so that no change falls between."""
        return self._changed

    async def _look(self, look: Callable[[], Awaitable[int]]) -> None:
        try:
            sequence = await look()
        except Fault:
            sequence = -1
        if sequence != self._sequence:
            self._sequence = sequence
            self.ring()


def stream(watch: Watch, whose: str, read: Callable[[], Awaitable[State]]) -> Response:
    """Sends the state now and after each change. `read` may raise Gone, or Fault while the hall is away.

    429 when `whose` (a session, a ticket) has too many streams open already.
    """
    if watch.followers[whose] >= MOST:
        return Response(status_code=429, headers={"Retry-After": "10"})
    return StreamingResponse(
        counted(watch, whose, events(watch, read)),
        media_type="text/event-stream",
        headers={"X-Accel-Buffering": "no"},  # nginx would hold the events back
    )


async def counted(watch: Watch, whose: str, sent: AsyncGenerator[bytes, None]) -> AsyncIterator[bytes]:
    """What is sent, counted among the streams of `whose` for as long as it is listened to."""
    watch.followers[whose] += 1
    try:
        async for event in sent:
            yield event
    finally:
        await sent.aclose()
        watch.followers[whose] -= 1
        if not watch.followers[whose]:
            del watch.followers[whose]


async def events(watch: Watch, read: Callable[[], Awaitable[State]]) -> AsyncGenerator[bytes, None]:
    """What a stream sends, event by event."""
    yield format_sse_event(retry=RETRY)
    told = -BEAT
    while not watch.closing:
        change = watch.change()
        try:
            state = await read()
        except Gone:
            yield format_sse_event(event="gone", data_str="")
            return
        except Fault:
            yield format_sse_event(event="fault", data_str="")
            again = BEAT
        else:
            again = state.again
            silent = time.monotonic() - told
            if state.news or silent >= BEAT:
                told = time.monotonic()
                yield format_sse_event(
                    data_str=json.dumps(state.shown, ensure_ascii=False, separators=(",", ":")), id=str(state.sequence)
                )
            else:
                again = min(again, BEAT - silent)
            if state.last:
                yield format_sse_event(event="over", data_str="")
                return
        try:
            async with asyncio.timeout(again):
                await change.wait()
        except TimeoutError:
            continue
