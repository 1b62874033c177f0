"""The visitor's page in a real browser the size of a cheap phone, before the real process."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect

from hall import Hall, Ticket
from tests.counter_server import Room, chromium, counter_room, ready, start, stop

HEAVIEST = 50_000
WATCHED = """
window.buzzes = [];
window.tones = 0;
Object.defineProperty(navigator, "vibrate", { value: (how) => buzzes.push(how) });
const make = AudioContext.prototype.createOscillator;
AudioContext.prototype.createOscillator = function () { window.tones += 1; return make.call(this); };
"""
"""Notes what the page asks of the phone's motor and loudspeaker."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with counter_room(tmp_path_factory.mktemp("counter")) as room:
        yield room


@contextmanager
def phone(browser: Browser, room: Room, ticket: Ticket, language: str = "", watched: str = "") -> Iterator[Page]:
    """A ticket's page, live."""
    with browser.new_context(viewport={"width": 360, "height": 640}, base_url=room.url) as context:
        if watched:
            context.add_init_script(watched)
        page = context.new_page()
        page.goto(f"/t/{ticket.token}?language={language}" if language else f"/t/{ticket.token}")
        page.wait_for_selector("[data-health=live]")
        yield page


def until(page: Page, condition: str) -> None:
    """Wait in the page; playwright's own way to do so evaluates a text there, which our policy forbids."""
    page.evaluate(
        f"() => new Promise((done) => {{ const look = () => ({condition}) ? done() : setTimeout(look, 20); look(); }})"
    )


def taken(room: Room, office: int, ago: int = 60) -> Ticket:
    """A ticket of somebody who reads English, issued a while ago."""
    with room.earlier(ago) as then:
        return then.issue(f"o{office}.s", language="en", printer=None)


def test_a_ticket_is_followed_from_the_line_to_the_end(browser: Browser, room: Room) -> None:
    before, mine = taken(room, 1), taken(room, 1)
    with phone(browser, room, mine) as page:
        said = page.locator("#ticket")
        expect(said).to_contain_text("1 person before you")
        expect(said).to_contain_text("no counter is open")
        expect(said).to_contain_text("A missed number is kept for 30 minutes.")
        expect(page).to_have_title(f"{mine.number} · 1 person before you")
        room.hall.call_next("1")
        expect(said).to_contain_text("You are next")
        expect(said).to_contain_text("About 1–4 minutes")
        with room.earlier(25) as then:
            then.call_next("1")
        expect(page.locator(".go")).to_have_text("Counter 1")
        expect(said).to_contain_text("Zone A en")
        expect(page).to_have_title("Go to counter 1 now")
        expect(page.locator("link[rel=icon]")).to_have_attribute("href", re.compile(r"called\.svg"))
        expect(page.locator("#heard")).to_have_attribute("aria-live", "assertive")
        expect(page.locator("#heard")).to_have_text("Go to counter 1 now")
        room.hall.recall(mine.id)
        expect(said).to_contain_text("This is call number 2.")
        room.hall.serve(mine.id)
        expect(said).to_contain_text("You are being served at counter 1")
        expect(page.locator("link[rel=icon]")).to_have_attribute("href", re.compile(r"icon\.svg"))
        expect(page.locator("#giving-back")).to_be_hidden()
        room.hall.park(mine.id)
        until = room.hall.ticket(mine.id).parked_until
        expect(said).to_contain_text(f"It is kept until {until:%H:%M}. After that you wait in the line again.")
        room.hall.resume(mine.id, "1")
        expect(page.locator(".go")).to_be_visible()
        room.hall.finish(mine.id)
        expect(said).to_contain_text("Finished. Thank you for your visit.")
        expect(page.locator("html")).to_have_attribute("data-health", "over")
        expect(page.locator("#alert")).to_be_hidden()
    assert room.hall.ticket(before.id).state == "done"


def test_the_call_fills_the_screen_and_stands_in_the_first_view(browser: Browser, room: Room) -> None:
    mine = taken(room, 2)
    with phone(browser, room, mine) as page:
        page.mouse.wheel(0, 500)
        room.hall.call_next("2")
        expect(page.locator(".go strong")).to_be_in_viewport()
        box = page.locator(".ticket").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] >= 600
        number = page.locator(".go strong").bounding_box()
        assert number is not None
        assert number["height"] > 100


def test_a_missed_call_says_how_to_come_back_and_that_it_can_be_too_late(browser: Browser, room: Room) -> None:
    mine = taken(room, 3)
    with room.earlier(25) as then:
        then.call_next("3")
    with phone(browser, room, mine) as page:
        room.hall.recall(mine.id)
        room.hall.no_show(mine.id)
        until = room.hall.now() + timedelta(minutes=30)
        said = page.locator("#ticket")
        expect(said).to_contain_text("Please speak to the staff in the hall.")
        expect(said).to_contain_text(
            re.compile(rf"Until ({until:%H:%M}|..:..) they can put you back in the line, once\.")
        )
        room.hall.readmit(mine.id)
        expect(said).to_contain_text("You are next")
        expect(said).to_contain_text("A missed number is not kept: take a new one.")


def test_a_ticket_of_yesterday_is_no_longer_valid(browser: Browser, room: Room) -> None:
    with Hall.open(room.queue, always_open=True, clock=lambda: datetime.now(UTC) - timedelta(days=1)) as then:
        mine = then.issue("o4.s", language="en", printer=None)
    room.hall.issue("o4.s", printer=None)
    page = httpx.get(f"{room.url}/t/{mine.token}").text
    assert "This ticket is no longer valid." in page
    assert "phone.js" not in page


def test_a_ticket_is_given_back_in_two_steps_and_twice_is_once(browser: Browser, room: Room) -> None:
    mine = taken(room, 5)
    with phone(browser, room, mine) as page:
        key = page.get_by_role("button", name=f"Give back ticket {mine.number}")
        expect(key).to_be_hidden()
        page.click("summary")
        expect(page.locator("#giving-back")).to_contain_text("This cannot be undone.")
        assert room.hall.ticket(mine.id).state == "waiting"
        key.click()
        expect(page.locator("#ticket")).to_contain_text("This ticket was cancelled.")
    assert room.hall.ticket(mine.id).state == "cancelled"
    sequence = room.hall.sequence()
    again = httpx.post(f"{room.url}/t/{mine.token}/cancel")
    assert (again.status_code, again.headers["location"]) == (303, f"/t/{mine.token}?language=en")
    assert room.hall.sequence() == sequence


def test_a_ticket_being_served_is_not_given_back(room: Room) -> None:
    mine = taken(room, 5)
    room.hall.call(mine.id, "5")
    room.hall.serve(mine.id)
    assert httpx.post(f"{room.url}/t/{mine.token}/cancel").status_code == 303
    assert room.hall.ticket(mine.id).state == "serving"
    room.hall.finish(mine.id)


def test_nobody_gives_back_a_ticket_without_its_secret(room: Room) -> None:
    assert httpx.post(f"{room.url}/t/{'x' * 22}/cancel").status_code == 404
    assert httpx.get(f"{room.url}/t/{taken(room, 5).token}/cancel").status_code == 405


def test_sound_and_vibration_come_only_after_a_tap_and_say_what_they_can_do(browser: Browser, room: Room) -> None:
    mine = taken(room, 6)
    with phone(browser, room, mine, watched=WATCHED) as page:
        expect(page.locator("#alert-note")).to_contain_text("only while this page is open and the screen is on")
        with room.earlier(30) as then:
            then.call_next("6")
        expect(page.locator(".go")).to_be_visible()
        assert page.evaluate("[buzzes.length, tones]") == [0, 0]
        page.click("#alert-key")
        expect(page.locator("#alert-key")).to_have_attribute("aria-pressed", "true")
        expect(page.locator("#alert-note")).to_contain_text("plays a sound and vibrates")
        assert page.evaluate("[buzzes.filter(Boolean), tones]") == [[200], 3]
        room.hall.recall(mine.id)
        until(page, "buzzes.some(Array.isArray)")
        assert page.evaluate("tones") == 6
        page.click(".go")
        until(page, "buzzes.at(-1) === 0")
        page.click("#alert-key")
        expect(page.locator("#alert-key")).to_have_attribute("aria-pressed", "false")


def test_a_phone_that_cannot_vibrate_says_so(browser: Browser, room: Room) -> None:
    still = 'Object.defineProperty(navigator, "vibrate", { value: undefined });'
    with phone(browser, room, taken(room, 6), watched=still) as page:
        page.click("#alert-key")
        expect(page.locator("#alert-note")).to_contain_text("It cannot vibrate.")


@pytest.mark.parametrize(
    ("language", "words"),
    [("id", "orang sebelum Anda"), ("az", "Service 7 az"), ("en", "before you"), ("ru", "Service 7 ru")],
)
def test_a_page_speaks_the_slips_language_and_any_other(
    browser: Browser, room: Room, language: str, words: str
) -> None:
    for _ in range(2):
        ticket = room.hall.issue("o7.s", language=language, printer=None)
    other = "ru" if language != "ru" else "id"
    with phone(browser, room, ticket) as page:
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator("#ticket")).to_contain_text(words)
        page.click(f"a[hreflang={other}]")
        expect(page.locator("html")).to_have_attribute("lang", other)
        expect(page.locator("#ticket")).to_contain_text(f"Service 7 {other}")
        page.wait_for_selector("[data-health=live]")


def test_a_page_and_all_that_it_loads_is_light_and_ours(browser: Browser, room: Room) -> None:
    weights: dict[str, int] = {}

    def weigh(request: Request) -> None:
        response = request.response()
        if response and "stream" not in response.url:
            head = sum(len(f"{name}: {value}\r\n") for name, value in response.headers.items())
            weights[response.url] = len(response.body()) + head

    with browser.new_context(base_url=room.url) as context:
        page = context.new_page()
        page.on("requestfinished", weigh)
        page.goto(f"/t/{taken(room, 8).token}")
        page.wait_for_selector("[data-health=live]")
    assert len(weights) >= 5
    assert all(address.startswith(room.url) for address in weights)
    assert sum(weights.values()) < HEAVIEST


def test_without_scripts_the_page_shows_the_ticket_and_can_give_it_back(browser: Browser, room: Room) -> None:
    ticket = taken(room, 8)
    with browser.new_context(java_script_enabled=False, base_url=room.url) as context:
        page = context.new_page()
        page.goto(f"/t/{ticket.token}")
        expect(page.locator(".number")).to_have_text(ticket.number)
        expect(page.locator("#alert")).to_be_hidden()
        page.click("summary")
        page.click("#giving-back button")
        expect(page.locator("#ticket")).to_contain_text("This ticket was cancelled.")


def test_a_lost_line_keeps_what_was_known_with_its_age_and_comes_back_by_itself(
    browser: Browser, tmp_path: Path
) -> None:
    with counter_room(tmp_path) as room:
        mine = taken(room, 1)
        with phone(browser, room, mine, watched=WATCHED) as page:
            page.click("#alert-key")
            stop(room.process)
            expect(page.locator("#health")).to_contain_text(
                re.compile(r"No connection\. This is how it was at \d\d:\d\d")
            )
            expect(page.locator("#health")).to_contain_text(re.compile(r"now|second"))
            expect(page.locator("#ticket")).to_contain_text("You are next")
            room.hall.call_next("1")
            again = start(room.queue, room.port)
            try:
                ready(again)
                expect(page.locator(".go")).to_have_text("Counter 1")
                until(page, "buzzes.some(Array.isArray)")
                expect(page.locator("#health")).to_have_text("Live")
            finally:
                stop(again)


def test_a_page_names_no_other_ticket(room: Room) -> None:
    others = [room.hall.issue("o9.s", printer=None, priority="pregnant") for _ in range(3)]
    mine = room.hall.issue("o9.s", language="en", printer=None, priority="disabled")
    room.hall.call_next("9")
    page = httpx.get(f"{room.url}/t/{mine.token}").text
    with httpx.stream("GET", f"{room.url}/t/{mine.token}/stream") as stream:
        told = next(line for line in stream.iter_lines() if "sequence" in line)
    assert "2 people before you" in page
    assert "2 people before you" in told
    for secret in ("pregnant", "disabled", *(one.number for one in others), *(one.token for one in others)):
        assert secret not in page
        assert secret not in told


@pytest.mark.parametrize("state", ["waiting", "called", "no_show", "cancelled"])
def test_a_page_has_no_barrier(browser: Browser, room: Room, state: str) -> None:
    mine = taken(room, 10)
    if state in {"called", "no_show"}:
        with room.earlier(25) as then:
            then.call(mine.id, "10")
    if state == "no_show":
        room.hall.recall(mine.id)
        room.hall.no_show(mine.id)
    if state == "cancelled":
        room.hall.cancel(mine.id)
    with browser.new_context(viewport={"width": 360, "height": 640}, base_url=room.url) as context:
        page = context.new_page()
        page.goto(f"/t/{mine.token}")
        expect(page.locator("html")).to_have_attribute("data-state", state)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
