"""What befalls a console: two at once, a lost network or answer, a killed server, a full disk, an old session."""

from __future__ import annotations

import contextlib
import random
import re
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from hall import Hall, Ticket
from tests.counter_server import (
    NAME,
    NEXT,
    PIN,
    Room,
    act,
    catalogue,
    chromium,
    console,
    counter_room,
    ready,
    served,
    start,
    stop,
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with counter_room(tmp_path_factory.mktemp("counter")) as room:
        yield room


def waiting(room: Room, office: int, count: int = 3) -> list[Ticket]:
    return [room.hall.issue(f"o{office}.s", printer=None, language="en") for _ in range(count)]


def settled(page: Page) -> None:
    """Nothing is on its way any more."""
    expect(page.locator("body[aria-busy='false']")).to_be_attached()


def calls(room: Room, counter: str) -> list[str | None]:
    return [event.number for event in room.hall.events() if event.kind == "called" and event.counter == counter]


def test_two_tabs_of_one_counter_and_a_phone_see_every_act(browser: Browser, room: Room) -> None:
    mine, other = waiting(room, 1, 2)
    with console(browser, room, "1") as page, browser.new_context(base_url=room.url) as somebody:
        second = page.context.new_page()
        second.goto("/console")
        second.wait_for_selector("[data-health=live]")
        phone = somebody.new_page()
        phone.goto(f"/t/{mine.token}?language=en")
        expect(phone.locator(".number")).to_have_text(mine.number)
        page.keyboard.press("Enter")
        expect(second.locator("#hand")).to_contain_text(mine.number)
        expect(phone.locator("#ticket")).to_contain_text("1")
        second.keyboard.press("F9")
        expect(page.locator("#hand")).to_contain_text("No ticket in hand")
        expect(phone.locator("html")).to_have_attribute("data-health", "over")
        expect(page.locator("#line")).to_contain_text(other.number)
    assert calls(room, "1") == [mine.number]


def test_two_tabs_that_press_next_at_once_call_one(browser: Browser, room: Room) -> None:
    tickets = waiting(room, 2)
    with console(browser, room, "2") as page:
        second = page.context.new_page()
        second.goto("/console")
        second.wait_for_selector("[data-health=live]")
        # At the same moment: before either tab can hear of what the other did.
        at = page.evaluate("() => Date.now() + 1000")
        for one in (page, second):
            one.evaluate("at => { setTimeout(() => document.getElementById('next').click(), at - Date.now()); }", at)
        for one in (page, second):
            expect(one.locator("#hand")).to_contain_text(tickets[0].number)
    assert calls(room, "2") == [tickets[0].number]


def test_an_act_without_a_network_is_kept_and_done_once_when_it_is_back(browser: Browser, room: Room) -> None:
    tickets = waiting(room, 3)
    with console(browser, room, "3") as page:
        page.clock.install()
        page.context.set_offline(True)
        expect(page.locator("#health")).to_contain_text("no connection")
        page.keyboard.press("Enter")
        expect(page.locator("#said")).to_contain_text("“Next” is kept")
        page.keyboard.press("Enter")
        page.clock.fast_forward("01:00")
        assert calls(room, "3") == []
        page.context.set_offline(False)
        expect(page.locator("#hand")).to_contain_text(tickets[0].number)
        expect(page.locator("#said")).to_have_text("The connection is back: “Next” was done.")
        page.clock.fast_forward("00:10")
        settled(page)
    assert calls(room, "3") == [tickets[0].number]


def test_an_act_that_is_kept_can_be_given_up(browser: Browser, room: Room) -> None:
    waiting(room, 5)
    with console(browser, room, "5") as page:
        page.context.set_offline(True)
        page.keyboard.press("Enter")
        expect(page.locator("#said")).to_contain_text("is kept")
        page.keyboard.press("Escape")
        expect(page.locator("#said")).to_contain_text("is not sent again")
        page.context.set_offline(False)
        waiting(room, 5, 1)  # the page hears of it at once: whatever it had kept it would send now
        page.wait_for_selector("[data-health=live]")
    assert calls(room, "5") == []


def test_an_act_whose_answer_was_lost_is_not_done_twice(browser: Browser, room: Room) -> None:
    tickets = waiting(room, 6)
    lost: list[str] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch().text())
            route.abort()

    with console(browser, room, "6", next_by=lose) as page:
        page.keyboard.press("Enter")
        expect(page.locator("#hand")).to_contain_text(tickets[0].number)
        expect(page.locator("#said")).to_have_text("The connection is back: “Next” was done.")
        settled(page)
    assert len(lost) == 1
    assert calls(room, "6") == [tickets[0].number]


def test_an_act_that_was_kept_outlives_a_reload(browser: Browser, room: Room) -> None:
    tickets = waiting(room, 7)
    with console(browser, room, "7", next_by=lambda route: route.abort()) as page:
        page.keyboard.press("Enter")
        expect(page.locator("#said")).to_contain_text("is kept")
        page.unroute(NEXT)
        page.reload()
        expect(page.locator("#hand")).to_contain_text(tickets[0].number)
    assert calls(room, "7") == [tickets[0].number]


def test_acts_that_come_twice_and_out_of_order_are_each_done_once(room: Room) -> None:
    chance = random.Random(4)
    tickets = waiting(room, 8, 10)
    with room.signed_in("8") as client:
        sent: list[tuple[str, dict[str, str]]] = []
        hand = ""
        for turn, ticket in enumerate(tickets):
            sent.append(("next", {"ticket": hand, "request_id": f"next {turn}"}))
            hand = str(ticket.id)
            for name, fields in (sent[-1], *chance.sample(sent, min(3, len(sent)))):
                act(client, name, **fields)
            sent.append(("serve", {"ticket": hand, "request_id": f"serve {turn}"}))
            for name, fields in (*chance.sample(sent, min(3, len(sent))), sent[-1], sent[-1]):
                act(client, name, **fields)
        act(client, "finish", ticket=hand)
    assert calls(room, "8") == [one.number for one in tickets]
    kinds = [event.kind for event in room.hall.events() if event.counter == "8"]
    assert (kinds.count("called"), kinds.count("serving"), kinds.count("finished")) == (10, 10, 10)


def test_a_console_whose_session_ended_asks_to_sign_in_again(browser: Browser, room: Room) -> None:
    with console(browser, room, "13") as page:
        token = next(one["value"] for one in page.context.cookies() if one.get("name") == "antrean_session")
        room.hall.leave_counter(token)
        expect(page).to_have_url(re.compile("/counters$"))
        page.click("button[value='13']")
        page.wait_for_selector("[data-health=live]")
        room.hall.sign_out(token)
        room.hall.issue("o13.s", printer=None)
        page.wait_for_url("**/sign-in")


def test_a_killed_server_under_load_loses_and_doubles_nothing(browser: Browser, tmp_path: Path) -> None:
    with counter_room(tmp_path) as room:
        tickets = {n: waiting(room, n, 30) for n in range(1, 6)}
        over, halted = threading.Event(), threading.Event()
        with console(browser, room, "1") as page, ExitStack() as signed_in:
            sessions = {str(n): signed_in.enter_context(room.signed_in(str(n))) for n in range(2, 6)}
            clients = [threading.Thread(target=_work, args=(*one, over, halted)) for one in sessions.items()]
            for client in clients:
                client.start()
            halted.wait()
            room.process.send_signal(signal.SIGKILL)
            room.process.communicate()
            expect(page.locator("#health")).to_contain_text("no connection")
            page.keyboard.press("Enter")
            expect(page.locator("#said")).to_contain_text("is kept")
            again = start(room.queue, room.port)
            try:
                ready(again)
                expect(page.locator("#hand")).to_contain_text(tickets[1][0].number)
                settled(page)
                for client in clients:
                    client.join()
            finally:
                over.set()
                stop(again)
        for n in range(1, 6):
            called = calls(room, str(n))
            assert called == [one.number for one in tickets[n][: len(called)]]
            assert len(called) == (1 if n == 1 else 20)


def _work(counter: str, client: httpx.Client, over: threading.Event, halted: threading.Event) -> None:
    """Twenty times next, each press sent until it is answered."""
    hand = ""
    for turn in range(20):
        while not over.is_set():
            try:
                hand = act(client, "next", hand, request_id=f"{counter} {turn}").json()["state"]["ticket"]
                break
            except httpx.TransportError:
                over.wait(0.05)
        if turn == 5:
            halted.set()


def test_a_full_disk_is_said_and_nothing_is_doubled_when_there_is_room_again(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "hall.toml").write_text(catalogue(), "utf-8")
    with Hall.open(tmp_path / "queue.db", always_open=True) as hall:
        hall.load_catalogue(tmp_path / "hall.toml")
        hall.add_staff(NAME, PIN)
        tickets = [hall.issue("o1.s", printer=None) for _ in range(200)]
        with served(hall) as url, console(browser, Room(url, hall, tmp_path / "queue.db", None), "1") as page:  # type: ignore[arg-type]
            connection: Any = hall._storage.engine._connection  # type: ignore[attr-defined]
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages}")
            page.clock.install()
            full = page.locator("#said", has_text="Nothing was done: the disk of the server is full.")
            for ticket in tickets:
                page.evaluate("() => document.getElementById('next').click()")
                expect(page.locator("#hand", has_text=ticket.number).or_(full)).to_have_count(1)
                settled(page)
                page.clock.fast_forward(1100)
                if full.count():
                    break
            turn = tickets.index(ticket)
            before = hall.in_hand("1")
            assert before == hall.ticket(tickets[turn - 1].id)
            connection.execute("PRAGMA max_page_count = 1000000")
            page.keyboard.press("Enter")
            expect(page.locator("#hand")).to_contain_text(tickets[turn].number)
        called = [event.number for event in hall.events() if event.kind == "called"]
        assert called == [one.number for one in tickets[: turn + 1]]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 16 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "none", folder], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"needs the right to mount a small disk (root): {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill(file: Path) -> None:
    """Until there is no room for one byte more."""
    with file.open("wb", buffering=0) as filler:
        for size in (1 << 16, 1):
            with contextlib.suppress(OSError):
                while filler.write(bytes(size)):
                    pass


def test_a_disk_that_is_really_full_is_said_at_the_counter_and_the_next_act_works_once_there_is_room(
    browser: Browser, small_disk: Path
) -> None:
    with counter_room(small_disk) as room:
        tickets = waiting(room, 1, 200)
        with console(browser, room, "1") as page:
            page.clock.install()
            full = page.locator("#said", has_text="Nothing was done: the disk of the server is full.")
            fill(small_disk / "filler")
            for ticket in tickets:
                page.evaluate("() => document.getElementById('next').click()")
                expect(page.locator("#hand", has_text=ticket.number).or_(full)).to_have_count(1)
                settled(page)
                page.clock.fast_forward(1100)
                if full.count():
                    break
            turn = tickets.index(ticket)
            before = room.hall.sequence()
            for _ in range(3):
                page.keyboard.press("Enter")
                settled(page)
                page.clock.fast_forward(1100)
                expect(full).to_be_visible()
            form: dict[str, str | float | bool] = {
                "csrf": page.locator("main").get_attribute("data-csrf") or "",
                "counter": "2",
            }
            answer = page.request.post("/counters", form=form)
            assert answer.status == 503
            assert "Nothing can be saved: the disk of the server is full." in answer.text()
            assert room.hall.sequence() == before
            assert calls(room, "1") == [one.number for one in tickets[:turn]]
            (small_disk / "filler").unlink()
            page.keyboard.press("Enter")
            expect(page.locator("#hand")).to_contain_text(tickets[turn].number)
            expect(full).to_have_count(0)
            page.keyboard.press("F9")
            expect(page.locator("#hand")).to_contain_text("No ticket in hand")
        assert calls(room, "1") == [one.number for one in tickets[: turn + 1]]
        journal = [event.sequence for event in room.hall.events()]
        assert journal == list(range(1, len(journal) + 1))
        assert "Traceback" not in stop(room.process)
