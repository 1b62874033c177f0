"""Streams for many: what each phone is told, and what it is spared."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from counter import crowd
from counter.crowd import Crowd, Round, Shown
from counter.streams import MOST, Watch
from hall import Fault, Hall

RETRY = b"retry: 1000\n\n"


class Halls:
    """Gives the rounds that a test puts into it."""

    def __init__(self) -> None:
        self.sequence = 1
        self.shown: dict[str, Shown | None] = {}
        self.told: dict[str, Shown | None] = {}
        self.rounds = 0
        self.fault = False

    async def read(self, keys: tuple[str, ...]) -> Round[str]:
        if self.fault:
            raise Fault("disk_full", path="x")
        self.rounds += 1
        changed = {key: self.shown[key] for key in keys if self.told.get(key) != self.shown[key]}
        self.told = {key: self.shown[key] for key in keys}
        return Round(self.sequence, {"at": "12:00"}, changed)


def followed(tmp_path: Path, follow: Callable[[Crowd[str], Halls], Awaitable[None]]) -> None:
    """Run something with a crowd that nobody wakes but the test."""

    async def run() -> None:
        with Hall.open(tmp_path / "queue.db") as hall, hall.listen() as listener:
            halls = Halls()
            people = Crowd(Watch(listener), halls.read)
            running = asyncio.create_task(people.run())
            try:
                await asyncio.wait_for(follow(people, halls), 10)
            finally:
                running.cancel()
                await asyncio.gather(running, return_exceptions=True)

    asyncio.run(run())


async def state(sent: object) -> bytes:
    """The next event that is more than a beat."""
    while b"sequence" not in (event := await anext(sent)):  # type: ignore[call-overload]
        pass
    return bytes(event)


def test_a_phone_is_told_at_once_and_again_when_it_sees_something_else(tmp_path: Path) -> None:
    async def follow(people: Crowd[str], halls: Halls) -> None:
        halls.shown["a"] = Shown(b'"x":1}')
        sent = people.follow("a")
        assert await anext(sent) == RETRY
        assert await state(sent) == b'data: {"sequence":1,"at":"12:00","x":1}\nid: 1\n\n'
        halls.shown["a"], halls.sequence = Shown(b'"x":2}'), 2
        people.watch.ring()
        assert await state(sent) == b'data: {"sequence":2,"at":"12:00","x":2}\nid: 2\n\n'
        await sent.aclose()

    followed(tmp_path, follow)


def test_a_phone_whose_line_broke_while_it_was_told_is_told_again_though_nothing_is_new(tmp_path: Path) -> None:
    async def follow(people: Crowd[str], halls: Halls) -> None:
        halls.shown["a"] = Shown(b'"x":1}')
        sent = people.follow("a")
        await state(sent)
        halls.shown["a"], halls.sequence = Shown(b'"x":2}'), 2
        people.watch.ring()
        await state(sent)
        await sent.aclose()
        back = people.follow("a", known="1")
        assert b'"x":2}' in await state(back)
        await back.aclose()

    followed(tmp_path, follow)


def test_what_changes_nothing_for_a_phone_is_not_sent_to_it(tmp_path: Path) -> None:
    async def follow(people: Crowd[str], halls: Halls) -> None:
        halls.shown = {"a": Shown(b'"x":1}'), "b": Shown(b'"x":1}')}
        one, other = people.follow("a"), people.follow("b")
        for sent in (one, other):
            await anext(sent)
        first = [await state(one), await state(other)]
        assert first[0] == first[1]
        halls.shown["b"], halls.sequence = Shown(b'"x":2}'), 2
        people.watch.ring()
        assert b'"x":2' in await state(other)
        assert not people.followers["a"][0].coming
        await one.aclose()
        await other.aclose()

    followed(tmp_path, follow)


def test_one_look_serves_everybody(tmp_path: Path) -> None:
    async def follow(people: Crowd[str], halls: Halls) -> None:
        halls.shown = {str(place): Shown(b'"x":1}') for place in range(300)}
        streams = [people.follow(key) for key in halls.shown]
        for sent in streams:
            await anext(sent)
        await asyncio.gather(*map(state, streams))
        before, halls.sequence = halls.rounds, 2
        halls.shown = dict.fromkeys(halls.shown, Shown(b'"x":2}'))
        people.watch.ring()
        assert {(await state(sent))[:20] for sent in streams} == {b'data: {"sequence":2,'}
        assert halls.rounds - before <= 2
        for sent in streams:
            await sent.aclose()
        assert not people.followers
        halls.shown = {"a": Shown(b'"x":1}')}
        newcomer = people.follow("a")
        await state(newcomer)
        assert people.shown == halls.shown  # who left is forgotten
        await newcomer.aclose()

    followed(tmp_path, follow)


def test_a_phone_that_comes_back_having_missed_nothing_gets_a_beat(tmp_path: Path) -> None:
    async def follow(people: Crowd[str], halls: Halls) -> None:
        halls.shown["a"] = Shown(b'"x":1}')
        first = people.follow("a")
        await anext(first)
        await state(first)
        again, missed = people.follow("a", known="1"), people.follow("a", known="0")
        assert await anext(again) == await anext(missed) == RETRY
        assert await anext(again) == b'data: {"at":"12:00"}\n\n'
        assert b"id: 1" in await anext(missed)
        for sent in (first, again, missed):
            await sent.aclose()

    followed(tmp_path, follow)


@pytest.mark.parametrize("end", [Shown(b'"x":1}', last=True), None])
def test_a_stream_with_nothing_more_to_say_ends(tmp_path: Path, end: Shown | None) -> None:
    async def follow(people: Crowd[str], halls: Halls) -> None:
        halls.shown["a"] = end
        halls.told["a"] = Shown(b"")
        events = [event async for event in people.follow("a")]
        assert events[-1].endswith(crowd.OVER if end else crowd.GONE)

    followed(tmp_path, follow)


def test_a_hall_that_is_away_is_said_and_the_stream_goes_on(tmp_path: Path) -> None:
    async def follow(people: Crowd[str], halls: Halls) -> None:
        halls.shown["a"] = Shown(b'"x":1}')
        sent = people.follow("a")
        await anext(sent)
        await state(sent)
        halls.fault = True
        people.watch.ring()
        while await anext(sent) != crowd.AWAY:
            pass
        halls.fault = False
        people.watch.ring()
        while (event := await anext(sent)) == crowd.AWAY:
            pass
        assert event == b'data: {"at":"12:00"}\n\n'
        await sent.aclose()

    followed(tmp_path, follow)


def test_one_ticket_cannot_take_all_the_streams(tmp_path: Path) -> None:
    async def follow(people: Crowd[str], halls: Halls) -> None:
        halls.shown["a"] = Shown(b'"x":1}')
        streams = [people.follow("a") for _ in range(MOST)]
        for sent in streams:
            await anext(sent)
        assert people.stream("a").status_code == 429
        assert people.stream("b").status_code == 200
        for sent in streams:
            await sent.aclose()

    followed(tmp_path, follow)


def test_closing_ends_every_stream(tmp_path: Path) -> None:
    async def follow(people: Crowd[str], halls: Halls) -> None:
        halls.shown["a"] = Shown(b'"x":1}')

        async def listen() -> int:
            return len([event async for event in people.follow("a")])

        listening = [asyncio.ensure_future(listen()) for _ in range(3)]
        await asyncio.sleep(0)
        people.watch.close()
        assert all(count >= 1 for count in await asyncio.gather(*listening))

    followed(tmp_path, follow)
