"""Tells webhooks what happens: each in the order of the journal, signed, again and again until it is heard.

One process of a hall sends. A webhook that cannot be reached holds up no other; one that fails too often is stopped,
and when somebody resumes it goes on where it was left. What was answered just before a crash may be sent twice: a
receiver knows it again by its sequence number.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import dataclass

import httpx

from counter.api import shapes
from counter.office import Office
from hall import Fault
from hall.hold import Hold
from hall.journal import Event
from hall.webhooks import Webhook, sign

BATCH = 200
"""Events read at once."""
REST = 10.0
"""Seconds after which it looks again though nothing rang: for a hall that was away, or a sender that has ended."""


@dataclass(frozen=True)
class Patience:
    """How long a receiver is waited for."""

    answer: float = 10.0
    """Seconds for one answer."""
    first: float = 1.0
    """Seconds between the first two attempts; twice as many before each further one..."""
    longest: float = 300.0
    """...up to these."""
    attempts: int = 20
    """Then the webhook is stopped: with the values above after an hour."""


class Sender:
    """The one task that tells every webhook."""

    def __init__(self, office: Office, patience: Patience = Patience()) -> None:
        self._office = office
        self._patience = patience
        self._hold: Hold | None = None
        self._telling: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Until cancelled, or the server ends."""
        watch = self._office.watch
        # No proxies of the environment: a hall's own network is told directly, and the URL is nobody else's business.
        async with httpx.AsyncClient(timeout=self._patience.answer, trust_env=False) as client:
            try:
                while not watch.closing:
                    change = watch.change()
                    with contextlib.suppress(Fault):
                        await self._look(client)
                    await _rest(change)
            finally:
                for telling in self._telling.values():
                    telling.cancel()
                await asyncio.gather(*self._telling.values(), return_exceptions=True)
                if self._hold is not None:
                    self._hold.close()

    async def _look(self, client: httpx.AsyncClient) -> None:
        """Begin with webhooks that are new or resumed, and leave those that are gone. Fault."""
        hooks = {hook.id: hook for hook in await self._office.peek(self._office.hall.webhooks.all) if not hook.stopped}
        if hooks and self._hold is None:
            self._hold = await self._office.peek(self._office.hall.hold, "webhooks")
            if self._hold is None:
                return  # another process of this hall sends
        for webhook in [one for one, telling in self._telling.items() if one not in hooks or telling.done()]:
            self._telling.pop(webhook).cancel()
        for webhook, hook in hooks.items():
            if webhook not in self._telling:
                self._telling[webhook] = asyncio.create_task(self._tell(client, hook))

    async def _tell(self, client: httpx.AsyncClient, hook: Webhook) -> None:
        """Every event of one webhook from its position on; ends when it was stopped or the server ends."""
        office, position = self._office, hook.position
        while not office.watch.closing:
            change = office.watch.change()
            try:
                events = await office.peek(office.hall.events, position, BATCH)
                for event in events:
                    if event.kind in hook.events:
                        if not await self._delivered(client, hook, event, event.sequence - 1):
                            return
                        await office.peek(office.hall.webhooks.told, hook.id, event.sequence)
                    position = event.sequence
                if len(events) == BATCH:
                    await office.peek(office.hall.webhooks.told, hook.id, position)
                    continue
            except Fault:
                pass  # the hall is away: from the last position on once it is back
            await _rest(change)

    async def _delivered(self, client: httpx.AsyncClient, hook: Webhook, event: Event, before: int) -> bool:
        """Send until it is heard; False when it failed too often. Fault."""
        patience, told = self._patience, self._office.hall.webhooks.told
        for attempt in range(patience.attempts):
            trouble = await self._send(client, hook, event)
            if trouble is None:
                return True
            stopped = attempt + 1 == patience.attempts
            if attempt == 0 or stopped:
                await self._office.peek(told, hook.id, before, trouble, stopped=stopped)
            if not stopped:
                await asyncio.sleep(min(patience.longest, patience.first * 2**attempt))
        return False

    async def _send(self, client: httpx.AsyncClient, hook: Webhook, event: Event) -> str | None:
        """One attempt: None when it was heard, or what went wrong."""
        body = shapes.event(event, people=False).model_dump_json().encode()
        timestamp = int(time.time())
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Antrean",
            "Antrean-Webhook": str(hook.id),
            "Antrean-Timestamp": str(timestamp),
            "Antrean-Signature": sign(hook.secret, timestamp, body),
        }
        try:
            async with asyncio.timeout(self._patience.answer):
                async with client.stream("POST", hook.url, content=body, headers=headers) as answer:
                    return None if answer.is_success else f"status {answer.status_code}"
        except (TimeoutError, httpx.TimeoutException):
            return "no answer"
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError):
            return "unreachable"


async def _rest(change: asyncio.Event) -> None:
    # Not wait_for: in Python 3.11 it loses a cancellation that comes together with the change.
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(REST):
            await change.wait()
