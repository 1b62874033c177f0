"""The call-board as a page, in a real browser before the real process."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.measure import midday
from hall import Hall
from tests.counter_server import Room, chromium, counter_room, free_port, ready, start, stop
from tests.halls import SMALL, described


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with counter_room(tmp_path_factory.mktemp("counter")) as room:
        yield room


@contextmanager
def board(browser: Browser, room: Room, asked: str = "", width: int = 1920, height: int = 1080) -> Iterator[Page]:
    """A board in a browser, live; a complaint of the browser fails the test."""
    complaints: list[str] = []
    with browser.new_context(viewport={"width": width, "height": height}, base_url=room.url) as context:
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.clock.install()
        page.goto(f"/board{asked}")
        page.wait_for_selector("[data-health=live]")
        yield page
    assert [text for text in complaints if "ERR_" not in text] == []


def call(room: Room, counter: int, seconds_ago: int = 0) -> str:
    """Call a new ticket at a counter; its number."""
    with room.earlier(seconds_ago) as then:
        then.issue(f"o{counter}.s", printer=None)
        called = then.call_next(str(counter))
    assert called is not None
    return called.number


def test_calls_come_on_the_stage_then_into_the_list_and_nothing_is_cut(browser: Browser, room: Room) -> None:
    for width, height, first in ((1920, 1080, 1), (1080, 1920, 5)):
        with board(browser, room, "?language=en", width, height) as page:
            numbers = [call(room, counter) for counter in range(first, first + 4)]
            for number in numbers:
                expect(page.locator(f".lit:has-text('{number}')")).to_have_count(1)
            assert page.locator(".card").count() == 2
            cut = page.evaluate(
                """() => [...document.querySelectorAll(".card p, li b, li span, #head p, #head h1")].filter(one => {
                    const box = one.getBoundingClientRect();
                    return one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== "inline"
                        || box.left < 0 || box.right > innerWidth || box.bottom > innerHeight + 1;
                }).map(one => one.textContent)"""
            )
            assert cut == []


def test_a_call_older_than_a_minute_is_listed_and_not_lit(browser: Browser, tmp_path: Path) -> None:
    with counter_room(tmp_path) as room:
        old = [call(room, counter, seconds_ago=120) for counter in (1, 2)]
        with board(browser, room) as page:
            expect(page.locator("#list")).to_contain_text(old[0])
            expect(page.locator("#stage")).to_contain_text(old[1])
            expect(page.locator(".lit")).to_have_count(0)
            fresh = call(room, 3)
            expect(page.locator(".card.lit .number")).to_have_text(fresh)


def test_the_language_and_the_palette_are_asked_for_in_the_address(browser: Browser, room: Room) -> None:
    with board(browser, room, "?language=ru&palette=contrast") as page:
        call(room, 9)
        expect(page.locator(".column")).to_contain_text("Окно")
        expect(page.locator("html")).to_have_attribute("lang", "ru")
        ground = page.evaluate("getComputedStyle(document.querySelector('.board')).backgroundColor")
        assert ground == "rgb(0, 0, 0)"


def test_a_zone_shows_only_its_calls_and_an_unknown_one_is_not_found(tmp_path: Path) -> None:
    with Hall.open(tmp_path / "queue.db") as hall:
        hall.load_catalogue(described(tmp_path / "hall.toml", midday(SMALL)))
    process = start(tmp_path / "queue.db", free_port())
    try:
        url = ready(process)
        with Hall.open(tmp_path / "queue.db", always_open=True) as hall:
            for counter, service in (("1", "civil.card"), ("3", "tax.pay")):
                hall.issue(service, printer=None)
                hall.call_next(counter)
        assert "A001" in (shown := httpx.get(f"{url}/board?zone=a").text)
        assert "T001" not in shown
        both = httpx.get(f"{url}/board?zone=a&zone=b").text
        assert "A001" in both
        assert "T001" in both
        assert httpx.get(f"{url}/board?zone=cellar").status_code == 404
        assert "event: gone" in httpx.get(f"{url}/board/stream?zone=cellar").text
    finally:
        stop(process)


def test_the_page_runs_under_a_strict_policy_and_tells_nothing_of_a_visitor(room: Room) -> None:
    ticket = room.hall.issue("o11.s", printer=None, priority="elderly")
    room.hall.call_next("11")
    answer = httpx.get(f"{room.url}/board")
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert not re.search(r"<script>|\son\w+=|style=|javascript:", answer.text)
    assert ticket.number in answer.text
    for secret in (ticket.token, "elderly", "Service 11"):
        assert secret not in answer.text


def test_a_board_that_loses_the_hall_says_so_plainly_and_comes_back(browser: Browser, tmp_path: Path) -> None:
    with counter_room(tmp_path) as room, board(browser, room, "?language=en") as page:
        number = call(room, 1)
        expect(page.locator(".card.lit .number")).to_have_text(number)
        stop(room.process)
        expect(page.locator(".as-of")).to_be_visible()
        expect(page.locator(".as-of")).to_have_text(re.compile(r"(As of|Keadaan pukul) \d\d:\d\d"))
        expect(page.locator(".card.lit .number")).to_have_text(number)
        page.clock.fast_forward(15_000)
        expect(page.locator(".alarm")).to_be_visible()
        expect(page.locator(".alarm")).to_contain_text("No connection to the queue. Please listen for our staff.")
        expect(page.locator("#health")).to_have_text(re.compile(r"As of \d\d:\d\d"))
        expect(page.locator(".card .number")).to_have_text(number)
        missed = call(room, 2)
        again = start(room.queue, room.port)
        try:
            ready(again)
            expect(page.locator("#stage")).to_contain_text(missed)
            expect(page.locator(".alarm")).to_be_hidden()
        finally:
            stop(again)


def test_a_frozen_server_is_noticed_by_its_silence(browser: Browser, tmp_path: Path) -> None:
    with counter_room(tmp_path) as room, board(browser, room) as page:
        room.process.send_signal(signal.SIGSTOP)
        try:
            page.clock.fast_forward(5_000)
            expect(page.locator("html")).to_have_attribute("data-health", "stale")
            page.clock.fast_forward(10_000)
            expect(page.locator("html")).to_have_attribute("data-health", "lost")
        finally:
            room.process.send_signal(signal.SIGCONT)
        expect(page.locator("html")).to_have_attribute("data-health", "live")


def test_a_board_that_connects_again_lights_only_what_it_missed(tmp_path: Path) -> None:
    with counter_room(tmp_path) as room:
        seen = call(room, 1)

        def first(asked: str = "", **headers: str) -> tuple[str, str]:
            """The first state of a stream: its id and what it shows."""
            with httpx.stream("GET", f"{room.url}/board/stream{asked}", headers=headers) as answer:
                lines = answer.iter_lines()
                data = next(line for line in lines if line.startswith("data: "))
                return next(lines).removeprefix("id: "), data

        known, shown = first()
        assert "lit" in shown
        assert seen in shown
        _, shown = first(**{"last-event-id": known})
        assert "lit" not in shown
        assert seen in shown
        missed = call(room, 2)
        _, again = first(asked=f"?known={known}")
        _, shown = first(**{"last-event-id": known})
        assert again == shown
        assert shown.count(" lit") == 1
        assert shown.index(" lit") < shown.index(missed)


def test_a_page_that_gave_up_a_silent_line_says_what_it_knew(browser: Browser, tmp_path: Path) -> None:
    with counter_room(tmp_path) as room, board(browser, room) as page:
        seen = call(room, 1)
        expect(page.locator(".card.lit .number")).to_have_text(seen)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        room.process.send_signal(signal.SIGSTOP)
        try:
            page.clock.fast_forward(5_000)
            page.clock.fast_forward(10_000)
            expect(page.locator("html")).to_have_attribute("data-health", "lost")
        finally:
            room.process.send_signal(signal.SIGCONT)
        expect(page.locator("html")).to_have_attribute("data-health", "live")
        expect(page.locator(".card .number")).to_have_text(seen)
        expect(page.locator(".lit")).to_have_count(0)
        assert f"known={room.hall.sequence()}" in asked[-1]


def test_a_screen_without_scripts_still_shows_the_calls(browser: Browser, room: Room) -> None:
    number = call(room, 12)
    with browser.new_context(java_script_enabled=False, base_url=room.url) as context:
        page = context.new_page()
        page.goto("/board")
        expect(page.locator("main")).to_contain_text(number)
