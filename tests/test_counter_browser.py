"""The visitor's phone in a real browser, before the real process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Request, expect

from tests.counter_server import Room, chromium, counter_room

HEAVIEST_PHONE = 50_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with counter_room(tmp_path_factory.mktemp("counter")) as room:
        yield room


def test_a_phone_goes_live_from_waiting_to_called_to_done(browser: Browser, room: Room) -> None:
    before, mine = (room.hall.issue("o11.s", language="en", printer=None) for _ in range(2))
    with browser.new_context(viewport={"width": 390, "height": 844}, base_url=room.url) as context:
        page = context.new_page()
        page.goto(f"/t/{mine.token}")
        expect(page.locator("#ticket")).to_contain_text("1 person before you")
        expect(page.locator("#ticket")).to_contain_text("no counter is open")
        room.hall.call_next("11")
        expect(page.locator("#ticket")).to_contain_text("You are next")
        room.hall.call_next("11")
        expect(page.locator(".go")).to_have_text("Counter 11")
        room.hall.finish(mine.id)
        expect(page.locator("#ticket")).to_contain_text("Finished")
        expect(page.locator("html")).to_have_attribute("data-health", "over")
    assert room.hall.ticket(before.id).state == "done"


def test_a_phone_speaks_the_tickets_language_and_any_other(browser: Browser, room: Room) -> None:
    ticket = room.hall.issue("o12.s", language="az", printer=None)
    with browser.new_context(viewport={"width": 390, "height": 844}, base_url=room.url) as context:
        page = context.new_page()
        page.goto(f"/t/{ticket.token}")
        expect(page.locator("#ticket")).to_contain_text("Service 12 az")
        page.click("a[hreflang=ru]")
        expect(page.locator("#ticket")).to_contain_text("Service 12 ru")
        expect(page.locator("html")).to_have_attribute("lang", "ru")


def test_a_phone_page_is_light(browser: Browser, room: Room) -> None:
    ticket = room.hall.issue("o12.s", printer=None)
    weights: dict[str, int] = {}

    def weigh(request: Request) -> None:
        response = request.response()
        if response and "stream" not in response.url:
            weights[response.url] = len(response.body()) + sum(
                len(f"{k}: {v}\r\n") for k, v in response.headers.items()
            )

    with browser.new_context(base_url=room.url) as context:
        page = context.new_page()
        page.on("requestfinished", weigh)
        page.goto(f"/t/{ticket.token}")
        page.wait_for_selector("[data-health=live]")
    assert len(weights) >= 5
    assert sum(weights.values()) < HEAVIEST_PHONE


def test_a_phone_without_scripts_still_shows_the_ticket(browser: Browser, room: Room) -> None:
    ticket = room.hall.issue("o12.s", printer=None)
    with browser.new_context(java_script_enabled=False, base_url=room.url) as context:
        page = context.new_page()
        page.goto(f"/t/{ticket.token}")
        expect(page.locator(".number")).to_have_text(ticket.number)
