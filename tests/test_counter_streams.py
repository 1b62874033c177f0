"""What an open page is told, and when."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from counter.streams import MOST, Gone, State, Watch, events, stream
from hall import Fault, Hall

Read = Callable[[], Awaitable[State]]


def watched(tmp_path: Path, follow: Callable[[Watch], Awaitable[None]]) -> None:
    """Run something with a watch that nobody rings but the test."""
    with Hall.open(tmp_path / "queue.db") as hall, hall.listen() as listener:
        asyncio.run(asyncio.wait_for(follow(Watch(listener)), 5))


def states(*given: State | Exception) -> Read:
    """A reader that gives these, one after the other."""
    coming = iter(given)

    async def read() -> State:
        state = next(coming)
        if isinstance(state, Exception):
            raise state
        return state

    return read


def test_a_page_hears_the_state_at_once_and_after_each_change(tmp_path: Path) -> None:
    async def follow(watch: Watch) -> None:
        sent = events(watch, states(State(7, {"a": "ə"}), State(8, {"a": 2})))
        assert await anext(sent) == b"retry: 1000\n\n"
        assert await anext(sent) == 'data: {"a":"ə"}\nid: 7\n\n'.encode()
        following = asyncio.ensure_future(anext(sent))
        await asyncio.sleep(0)
        assert not following.done()
        watch.ring()
        assert b"id: 8" in await following
        await sent.aclose()

    watched(tmp_path, follow)


def test_a_change_between_reading_and_waiting_is_not_missed(tmp_path: Path) -> None:
    async def follow(watch: Watch) -> None:
        count = 0

        async def read() -> State:
            nonlocal count
            count += 1
            if count == 1:
                watch.ring()
            return State(count, {})

        sent = events(watch, read)
        assert [await anext(sent) for _ in range(3)][2] == b"data: {}\nid: 2\n\n"
        await sent.aclose()

    watched(tmp_path, follow)


def test_a_hall_that_is_away_is_said_and_the_stream_goes_on(tmp_path: Path) -> None:
    async def follow(watch: Watch) -> None:
        sent = events(watch, states(Fault("disk_full", path="x"), State(1, {})))
        await anext(sent)
        assert b"event: fault" in await anext(sent)
        following = asyncio.ensure_future(anext(sent))
        await asyncio.sleep(0)
        watch.ring()
        assert b"id: 1" in await following
        await sent.aclose()

    watched(tmp_path, follow)


@pytest.mark.parametrize(
    ("given", "last"), [(Gone(), b"event: gone\ndata: \n\n"), (State(1, {}, last=True), b"event: over\ndata: \n\n")]
)
def test_a_stream_that_has_nothing_more_to_say_ends(tmp_path: Path, given: State | Exception, last: bytes) -> None:
    async def follow(watch: Watch) -> None:
        assert [event async for event in events(watch, states(given))][-1] == last

    watched(tmp_path, follow)


def test_closing_ends_every_stream(tmp_path: Path) -> None:
    async def follow(watch: Watch) -> None:
        async def listen() -> int:
            return len([event async for event in events(watch, states(State(1, {})))])

        listening = [asyncio.ensure_future(listen()) for _ in range(3)]
        await asyncio.sleep(0)
        watch.close()
        assert await asyncio.gather(*listening) == [2, 2, 2]

    watched(tmp_path, follow)


def test_a_commit_elsewhere_rings_the_streams_and_so_does_a_lost_ring(tmp_path: Path) -> None:
    async def follow() -> None:
        path = tmp_path / "queue.db"
        with Hall.open(path) as hall, Hall.open(path) as other, hall.listen() as listener:
            watch = Watch(listener)
            known = 0

            async def look() -> int:
                return known

            running = asyncio.create_task(watch.run(look))
            await watch.change().wait()
            change = watch.change()
            other.add_staff("siti", "135790")
            await change.wait()
            change, known = watch.change(), 1
            await change.wait()
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    asyncio.run(asyncio.wait_for(follow(), 5))


def test_one_ticket_cannot_take_all_the_streams(tmp_path: Path) -> None:
    async def follow(watch: Watch) -> None:
        watch.followers["ticket"] = MOST
        assert stream(watch, "ticket", states()).status_code == 429
        assert stream(watch, "another", states()).status_code == 200

    watched(tmp_path, follow)


def test_what_is_sent_is_json_on_one_line(tmp_path: Path) -> None:
    async def follow(watch: Watch) -> None:
        shown = {"html": "<p>\n'\"\r\u2028</p>"}
        sent = events(watch, states(State(1, shown)))
        await anext(sent)
        line = (await anext(sent)).decode().split("\n")[0]
        assert json.loads(line.removeprefix("data: ")) == shown
        await sent.aclose()

    watched(tmp_path, follow)
