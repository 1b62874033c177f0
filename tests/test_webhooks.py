"""Webhooks: what another program is told, in which order, signed, and what happens when it does not listen."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from counter.office import Office
from counter.sender import Patience, Sender
from counter.streams import Watch
from hall import Hall, Refusal
from hall.settings import Settings
from hall.tickets import Deed
from hall.webhooks import MOST, Webhooks, sign
from tests.counter_server import counter_room, stop
from tests.halls import Clock

CARD = "civil.card"
QUICK = Patience(answer=0.3, first=0.01, longest=0.05, attempts=1000)
NEWS = threading.Condition()
"""Something was heard by a receiver, or noted of one."""


@dataclass
class Receiver:
    """Another program: what it heard, and how it answers."""

    port: int
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    """Statuses of the next answers, 0: none at all; then 200."""
    hanging: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/told"

    @property
    def told(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.heard]


@contextmanager
def receiver(port: int = 0) -> Iterator[Receiver]:
    """A real HTTP server on a port."""

    class Handler(BaseHTTPRequestHandler):
        state: ClassVar[Receiver]

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            status = self.state.answers.pop(0) if self.state.answers else 200
            if status == 0:
                self.state.hanging.wait(10)
                return
            if status == 200:
                with NEWS:
                    self.state.heard.append((dict(self.headers), body))
                    NEWS.notify_all()
            self.send_response(status)
            self.send_header("location", "/elsewhere")
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    Handler.state = Receiver(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield Handler.state
    finally:
        Handler.state.hanging.set()
        server.shutdown()
        thread.join()
        server.server_close()


class Noting(Webhooks):
    """Says so when something is noted."""

    def told(self, webhook: int, position: int, trouble: str | None = None, *, stopped: bool = False) -> None:
        super().told(webhook, position, trouble, stopped=stopped)
        with NEWS:
            NEWS.notify_all()


@pytest.fixture
def hall(hall: Hall) -> Hall:
    hall.webhooks = Noting(hall._reading, hall._writing)
    return hall


@asynccontextmanager
async def sending(hall: Hall, patience: Patience = QUICK) -> AsyncIterator[Office]:
    """The counter room's office with its sender running."""
    listener = hall.listen()
    office = Office(hall, Settings(), Watch(listener))
    tasks = [asyncio.create_task(office.watch.run(lambda: office.ask(office.look)))]
    tasks.append(asyncio.create_task(Sender(office, patience).run()))
    try:
        yield office
    finally:
        office.watch.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        office.close()
        listener.close()


async def until(condition: Callable[[], object]) -> None:
    """Wait for what is told, or noted of it."""

    def wait() -> None:
        with NEWS:
            NEWS.wait_for(condition)

    await asyncio.to_thread(wait)


def run(story: Awaitable[None]) -> None:
    async def told() -> None:
        await story

    asyncio.run(told())


def test_what_was_asked_for_is_told_in_order_and_signed(hall: Hall) -> None:
    async def story() -> None:
        with receiver() as program:
            hook = hall.webhooks.add(program.url, [Deed.ISSUE, Deed.CALL, Deed.FINISH])
            async with sending(hall):
                tickets = [hall.issue(CARD, printer=None) for _ in range(3)]
                for _ in range(4):
                    hall.call_next("1")
                await until(lambda: hall.webhooks.all()[0].position == hall.sequence())
            events = [event for event in hall.events(hook.position) if event.kind in hook.events]
            assert [one["sequence"] for one in program.told] == [event.sequence for event in events]
            assert {one["number"] for one in program.told} == {ticket.number for ticket in tickets}
            assert all(one["staff"] is None for one in program.told)
            for headers, body in program.heard:
                assert headers["Antrean-Signature"] == sign(hook.secret, int(headers["Antrean-Timestamp"]), body)
                assert headers["Antrean-Webhook"] == str(hook.id)
            (kept,) = hall.webhooks.all()
            assert (kept.position, kept.trouble) == (events[-1].sequence, None)

    run(story())


def test_an_error_is_tried_again_and_nothing_overtakes(hall: Hall) -> None:
    async def story() -> None:
        with receiver() as program:
            program.answers = [500, 302, 404, 200, 503, 200]
            hall.webhooks.add(program.url, [Deed.ISSUE])
            async with sending(hall):
                tickets = [hall.issue(CARD, printer=None) for _ in range(3)]
                await until(lambda: len(program.heard) == 3)
                await until(lambda: hall.webhooks.all()[0].position == tickets[-1].id)
            assert [one["ticket"] for one in program.told] == [ticket.id for ticket in tickets]
            assert hall.webhooks.all()[0].trouble is None

    run(story())


def test_a_receiver_that_hangs_holds_up_no_other(hall: Hall) -> None:
    async def story() -> None:
        with receiver() as deaf, receiver() as well:
            deaf.answers = [0] * 500
            for program in (deaf, well):
                hall.webhooks.add(program.url, [Deed.ISSUE])
            async with sending(hall):
                first, *_ = [hall.issue(CARD, printer=None) for _ in range(5)]
                await until(lambda: len(well.heard) == 5)
                await until(lambda: hall.webhooks.all()[0].trouble == "no answer")
            assert deaf.heard == []
            assert hall.webhooks.all()[0].position < first.id

    run(story())


def test_a_receiver_that_was_away_is_told_all_it_missed(hall: Hall) -> None:
    async def story() -> None:
        with receiver() as program:
            port = program.port
        hall.webhooks.add(program.url, [Deed.ISSUE])
        async with sending(hall):
            tickets = [hall.issue(CARD, printer=None) for _ in range(3)]
            await until(lambda: hall.webhooks.all()[0].trouble == "unreachable")
            with receiver(port) as again:
                await until(lambda: len(again.heard) == 3)
                await until(lambda: hall.webhooks.all()[0].trouble is None)
        assert [one["ticket"] for one in again.told] == [ticket.id for ticket in tickets]

    run(story())


def test_a_sender_that_starts_again_goes_on_where_the_last_one_was(hall: Hall) -> None:
    async def story() -> None:
        with receiver() as program:
            hall.webhooks.add(program.url, [Deed.ISSUE])
            for _ in range(2):
                hall.issue(CARD, printer=None)
                async with sending(hall):
                    await until(lambda: hall.webhooks.all()[0].position == hall.sequence())
                hall.issue(CARD, printer=None)
            async with sending(hall):
                await until(lambda: hall.webhooks.all()[0].position == hall.sequence())
            assert [one["number"] for one in program.told] == ["A001", "A002", "A003", "A004"]

    run(story())


def test_one_that_fails_too_often_is_stopped_and_goes_on_when_it_is_resumed(hall: Hall) -> None:
    async def story() -> None:
        with receiver() as program:
            program.answers = [500] * 4
            hook = hall.webhooks.add(program.url, [Deed.ISSUE])
            async with sending(hall, Patience(answer=1, first=0.001, longest=0.001, attempts=4)):
                hall.issue(CARD, printer=None)
                await until(lambda: hall.webhooks.all()[0].stopped)
                assert hall.webhooks.all()[0].trouble == "status 500"
                hall.issue(CARD, printer=None)
                hall.webhooks.resume(hook.id)
                await until(lambda: len(program.heard) == 2)
            assert [one["number"] for one in program.told] == ["A001", "A002"]

    run(story())


def test_two_rooms_of_a_hall_tell_once(hall: Hall) -> None:
    async def story() -> None:
        with receiver() as program:
            hall.webhooks.add(program.url, [Deed.ISSUE])
            async with sending(hall), sending(hall):
                for _ in range(5):
                    hall.issue(CARD, printer=None)
                await until(lambda: hall.webhooks.all()[0].position == hall.sequence())
            assert len(program.heard) == 5

    run(story())


def test_a_webhook_that_was_removed_or_whose_token_was_revoked_is_told_nothing(hall: Hall) -> None:
    async def story() -> None:
        hall.tokens.add("program", ["webhooks"])  # type: ignore[list-item]
        with receiver() as gone, receiver() as revoked, receiver() as left:
            removed = hall.webhooks.add(gone.url, [Deed.ISSUE])
            hall.webhooks.add(revoked.url, [Deed.ISSUE], "program")
            hall.webhooks.add(left.url, [Deed.ISSUE])
            async with sending(hall):
                hall.issue(CARD, printer=None)
                await until(lambda: gone.heard and revoked.heard and left.heard)
                hall.webhooks.remove(removed.id)
                hall.tokens.revoke("program")
                await until(lambda: len(hall.webhooks.all()) == 1)
                hall.issue(CARD, printer=None)
                await until(lambda: len(left.heard) == 2)
            assert len(gone.heard) + len(revoked.heard) <= 3  # one may have been on its way

    run(story())


def test_a_batch_without_anything_to_tell_is_passed_for_good(hall: Hall) -> None:
    async def story() -> None:
        with receiver() as program:
            hook = hall.webhooks.add(program.url, [Deed.CANCEL])
            for _ in range(110):
                hall.open_counter("1")
                hall.close_counter("1")
            async with sending(hall):
                await until(lambda: hall.webhooks.all()[0].position >= hook.position + 200)
            assert program.heard == []

    run(story())


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "ftp://a",
            "file:///etc/passwd",
            "http://",
            "//a",
            "http://me:secret@a/",
            "http://a b/",
            "http://a:99999/",
        ),
        *("http://[::1", "https://ə.example/", "http://a/#x", "http://a/" + "x" * 500, "javascript:alert(1)"),
    ],
)
def test_an_address_that_cannot_be_told_is_refused(hall: Hall, url: str) -> None:
    with pytest.raises(Refusal) as no:
        hall.webhooks.add(url, [Deed.CALL])
    assert no.value.code == "bad_url"
    assert hall.webhooks.all() == []


def test_a_hall_has_so_many_webhooks_and_no_more(hall: Hall) -> None:
    for n in range(MOST):
        hall.webhooks.add(f"http://127.0.0.1/{n}", [Deed.CALL])
    with pytest.raises(Refusal) as no:
        hall.webhooks.add("http://127.0.0.1/", [Deed.CALL])
    assert no.value.code == "too_many_webhooks"
    with pytest.raises(Refusal) as no:
        hall.webhooks.add("http://127.0.0.1/", [])
    assert no.value.code == "no_events"


def test_the_secret_of_a_webhook_stands_in_no_journal_and_no_text(hall: Hall, clock: Clock) -> None:
    hook = hall.webhooks.add("http://127.0.0.1/", [Deed.CALL])
    assert hook.secret not in repr(hook)
    assert hook.secret not in repr(hall.events())


def test_a_port_that_nobody_listens_on_is_unreachable(hall: Hall) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]

    async def story() -> None:
        hall.webhooks.add(f"http://127.0.0.1:{port}/", [Deed.ISSUE])
        async with sending(hall):
            hall.issue(CARD, printer=None)
            await until(lambda: hall.webhooks.all()[0].trouble == "unreachable")

    run(story())


def test_the_counter_room_itself_tells_and_says_no_secret(tmp_path: Path) -> None:
    async def story() -> None:
        with receiver() as program, counter_room(tmp_path) as room:
            hook = room.hall.webhooks.add(f"{program.url}?key=mine", [Deed.CALL])
            room.hall.issue("o1.s", printer=None)
            room.hall.call_next("1")
            await until(lambda: program.heard)
            assert [one["kind"] for one in program.told] == ["called"]
            program.answers = [500]
            room.hall.call_next("1")
            room.hall.issue("o1.s", printer=None)
            room.hall.call_next("1")
            await until(lambda: len(program.heard) == 2)
            said = stop(room.process)
            assert room.process.returncode == 0
            assert hook.secret not in said
            assert "key=mine" not in said

    run(story())
