"""A console that slept longer than an act is worth anything: stopped as a laptop's lid stops it, and awake again."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from hall import Hall
from tests.counter_server import NAME, NEXT, PIN, Room, catalogue, chromium, console, counter_room, served
from tests.halls import Clock

NAP = 5
"""Minutes: more than an act is kept for."""
TOO_LATE = "Not done: there was no connection for too long."


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def room(tmp_path: Path, clock: Clock) -> Iterator[Room]:
    """The room in this process: its hall's clock can be set on while the browser sleeps."""
    (tmp_path / "hall.toml").write_text(catalogue(), "utf-8")
    with Hall.open(tmp_path / "queue.db", always_open=True, clock=clock) as hall:
        hall.load_catalogue(tmp_path / "hall.toml")
        hall.add_staff(NAME, PIN)
        with served(hall) as url:
            yield Room(url, hall, tmp_path / "queue.db", None)  # type: ignore[arg-type]


@contextmanager
def asleep(browser: Browser) -> Iterator[None]:
    """Every process that runs a page is stopped, timers and all."""
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    pages = [int(one["id"]) for one in processes if one["type"] == "renderer"]
    assert pages
    for pid in pages:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pages:
            os.kill(pid, signal.SIGCONT)


def calls(room: Room) -> list[str | None]:
    return [event.number for event in room.hall.events() if event.kind == "called"]


def calls_the_next_one(page: Page, room: Room, number: str) -> None:
    """What is pressed after the sleep counts, and counts once."""
    page.keyboard.press("Enter")
    expect(page.locator("#hand")).to_contain_text(number)
    expect(page.locator("body[aria-busy='false']")).to_be_attached()
    assert calls(room) == [number]


def test_an_act_that_was_on_its_way_into_the_sleep_is_not_done_when_it_arrives(
    browser: Browser, room: Room, clock: Clock
) -> None:
    ticket, _ = (room.hall.issue("o1.s", printer=None) for _ in range(2))
    held: list[Route] = []
    with console(browser, room, "1", next_by=lambda route: held.append(route)) as page:
        with page.expect_request(NEXT):
            page.keyboard.press("Enter")
        with asleep(browser):
            clock.on(minutes=NAP)
        (late,) = held
        late.continue_()
        page.unroute(NEXT)
        expect(page.locator("#said")).to_contain_text(TOO_LATE)
        expect(page.locator("#hand")).to_contain_text("No ticket in hand")
        assert calls(room) == []
        calls_the_next_one(page, room, ticket.number)


def test_an_act_that_was_kept_into_the_sleep_is_not_done_after_it(browser: Browser, room: Room, clock: Clock) -> None:
    ticket, _ = (room.hall.issue("o1.s", printer=None) for _ in range(2))
    with console(browser, room, "1", next_by=lambda route: route.abort()) as page:
        page.keyboard.press("Enter")
        expect(page.locator("#said")).to_contain_text("is kept")
        with asleep(browser):
            clock.on(minutes=NAP)
        page.unroute(NEXT)
        expect(page.locator("#said")).to_contain_text(TOO_LATE)
        assert calls(room) == []
        calls_the_next_one(page, room, ticket.number)


def test_an_act_that_was_done_before_the_sleep_is_known_to_be_done_after_it(
    browser: Browser, room: Room, clock: Clock
) -> None:
    ticket, _ = (room.hall.issue("o1.s", printer=None) for _ in range(2))

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    with console(browser, room, "1", next_by=lose) as page:
        page.keyboard.press("Enter")
        expect(page.locator("body.kept")).to_be_attached()
        with asleep(browser):
            clock.on(minutes=NAP)
        page.unroute(NEXT)
        expect(page.locator("#said")).to_have_text("The connection is back: “Next” was done.")
        expect(page.locator("#hand")).to_contain_text(ticket.number)
        assert calls(room) == [ticket.number]


def test_a_page_that_wakes_says_at_once_how_old_it_is_and_then_what_is_so_now(browser: Browser, tmp_path: Path) -> None:
    with counter_room(tmp_path) as room, console(browser, room, "1") as page:
        # As a machine sleeps: its clock goes on, its timers do not.
        page.evaluate("() => { const now = Date.now; let slept = 0; Date.now = () => now() + slept;"
                      " window.sleep = (milliseconds) => { slept += milliseconds; }; }")  # fmt: skip
        seen = page.locator("main").evaluate("(main) => JSON.parse(main.dataset.facts).at")
        expect(page.locator("#health")).to_have_text("Live")
        room.process.send_signal(signal.SIGSTOP)
        try:
            with asleep(browser):
                ticket = room.hall.issue("o1.s", printer=None)
            page.evaluate(f"() => sleep({NAP * 60_000})")
            expect(page.locator("#health")).to_contain_text("no connection")
            expect(page.locator("#health")).to_contain_text(seen[:3])
        finally:
            room.process.send_signal(signal.SIGCONT)
        expect(page.locator("#line")).to_contain_text(ticket.number)
        expect(page.locator("#health")).to_have_text("Live")
