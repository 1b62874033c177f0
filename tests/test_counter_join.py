"""The hall's page and the way to a ticket without paper, in a real browser before the real process."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from hall import Hall
from hall.presence import SLOT, TRIES
from tests.counter_server import Room, chromium, counter_room


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with counter_room(
        tmp_path_factory.mktemp("counter"), ANTREAN_COUNTER_JOIN="true", ANTREAN_DISPLAY_TURN_SECONDS="5"
    ) as room:
        yield room


@pytest.fixture
def context(browser: Browser, room: Room) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 360, "height": 640}, base_url=room.url, locale="en") as context:
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def typed(page: Page, code: str) -> None:
    """Somebody types a code."""
    page.fill("#code", code)
    page.click(".code-form button")


def present(page: Page, room: Room) -> None:
    """Somebody types the code that the boards show."""
    page.goto("/join")
    typed(page, room.hall.join_code())
    page.wait_for_url("**/join/services")


def test_from_the_code_to_the_tickets_page_by_search(page: Page, room: Room) -> None:
    present(page, room)
    page.fill("#q", "servise 3")
    page.press("#q", "Enter")
    page.get_by_role("link", name="Service 3 en").click()
    page.get_by_role("button", name="Take the ticket").click()
    page.wait_for_url("**/t/*")
    expect(page.locator("#ticket")).to_contain_text("Service 3 en")
    ticket = room.hall.ticket_by_token(page.url.rpartition("/")[2])
    assert (ticket.service, ticket.language, ticket.priority) == ("o3.s", "en", None)
    assert room.hall.slip(ticket.id) is None


def test_from_the_code_to_the_tickets_page_by_agency_with_priority_where_it_matters(page: Page, room: Room) -> None:
    room.hall.issue("o4.s", printer=None)
    present(page, room)
    page.get_by_role("link", name="Office 4 en").click()
    page.get_by_role("link", name="Service 4 en").click()
    expect(page.locator(".card")).to_contain_text("1 person")
    page.get_by_label("I am 60 or older").check()
    page.get_by_role("button", name="Take the ticket").click()
    page.wait_for_url("**/t/*")
    ticket = room.hall.ticket_by_token(page.url.rpartition("/")[2])
    assert ticket.priority == "elderly"
    assert not [word for word in ("elderly", "60 or older") if word in page.content()]


def test_where_nobody_waits_nobody_is_asked_about_priority(page: Page, room: Room) -> None:
    present(page, room)
    page.goto("/join/ticket?service=o5.s")
    expect(page.get_by_role("button", name="Take the ticket")).to_be_visible()
    expect(page.locator("input[type=radio]")).to_have_count(0)


def test_an_old_code_a_wrong_one_and_none_let_nobody_in(page: Page, room: Room) -> None:
    with Hall.open(room.queue, clock=lambda: room.hall.now() - 2 * SLOT) as then:
        old = then.join_code()
    page.goto("/join")
    for code in (old, "12", "      "):
        typed(page, code)
        expect(page.get_by_role("alert")).to_contain_text("not the code on the call-board now")
    page.goto("/join/services")
    page.wait_for_url("**/join")
    page.goto("/join/ticket?service=o1.s")
    page.wait_for_url("**/join")


def test_the_code_before_this_one_still_lets_in(page: Page, room: Room) -> None:
    with Hall.open(room.queue, clock=lambda: room.hall.now() - SLOT) as then:
        before = then.join_code()
    page.goto("/join")
    typed(page, f"{before[:3]} {before[3:]}")
    page.wait_for_url("**/join/services")


def test_a_tap_sent_twice_is_one_ticket_and_a_code_gives_no_second(page: Page, room: Room) -> None:
    present(page, room)
    page.goto("/join/ticket?service=o6.s")
    before = room.hall.waiting().get("o6.s", 0)
    cookies = {one["name"]: one["value"] for one in page.context.cookies()}
    fields = {"csrf": page.locator("[name=csrf]").input_value(), "service": "o6.s"}
    with httpx.Client(base_url=room.url, cookies=cookies) as client:
        first, second = (client.post("/join/ticket", data=fields) for _ in range(2))
        other = client.post("/join/ticket", data={**fields, "service": "o7.s"})
    assert first.status_code == 303
    assert first.headers["location"] == second.headers["location"]
    assert room.hall.waiting()["o6.s"] == before + 1
    assert other.status_code == 409
    assert "o7.s" not in room.hall.waiting()


def test_a_pass_that_is_made_up_gives_nothing(room: Room) -> None:
    with httpx.Client(base_url=room.url) as client:
        page = client.get("/join").text
        csrf = page.partition('name="csrf" value="')[2].partition('"')[0]
        client.cookies.set("antrean_join", f"{int(room.hall.now().timestamp())}.x.{'0' * 32}")
        answer = client.post("/join/ticket", data={"csrf": csrf, "service": "o8.s"})
        assert answer.status_code == 409
        assert client.post("/join/ticket", data={"service": "o8.s"}).status_code == 403
    assert "o8.s" not in room.hall.waiting()


def test_a_service_that_gives_no_ticket_says_why(page: Page, room: Room) -> None:
    present(page, room)
    page.goto("/join/ticket?service=o9.s")
    room.hall.pause_service("o9.s", reason="Prayer")
    page.get_by_role("button", name="Take the ticket").click()
    expect(page.get_by_role("alert")).to_contain_text("Prayer")
    expect(page.get_by_role("button", name="Take the ticket")).to_have_count(0)
    page.goto("/join/services?agency=o9")
    expect(page.locator(".lines")).to_contain_text("Prayer")
    expect(page.get_by_role("link", name="Service 9 en")).to_have_count(0)
    assert page.goto("/join/ticket?service=nothing").status == 404  # type: ignore[union-attr]


def test_who_guesses_waits(tmp_path: Path) -> None:
    with counter_room(tmp_path, ANTREAN_COUNTER_JOIN="1") as room, httpx.Client(base_url=room.url) as client:
        csrf = client.get("/join").text.partition('name="csrf" value="')[2].partition('"')[0]
        wrong = "000000" if room.hall.join_code() != "000000" else "111111"
        answers = [client.post("/join", data={"csrf": csrf, "code": wrong}).status_code for _ in range(TRIES + 1)]
        assert answers == [409] * TRIES + [429]


def test_a_hall_that_gives_no_tickets_on_phones_has_no_such_page(tmp_path: Path) -> None:
    with counter_room(tmp_path) as room, httpx.Client(base_url=room.url) as client:
        for address in ("/join", "/join/services", "/join/ticket?service=o1.s"):
            assert client.get(address).status_code == 404
        assert "/join" not in client.get("/").text
        assert "Code" not in client.get("/board?language=en").text


def test_the_board_shows_the_code(page: Page, room: Room) -> None:
    page.goto("/board?language=en")
    code = room.hall.join_code()
    # It takes turns with the hall's name and the date.
    expect(page.locator("#head h1")).to_contain_text(f"Code for your phone: {code[:3]} {code[3:]}", timeout=30_000)


def test_the_halls_page_is_live_and_names_numbers_alone(page: Page, room: Room) -> None:
    page.goto("/")
    page.wait_for_selector("[data-health=live]")
    line = page.locator("#agencies li", has_text="Office 11 en")
    expect(line).to_contain_text("Nobody")
    tickets = [room.hall.issue("o11.s", printer=None, priority="pregnant") for _ in range(3)]
    expect(line).to_contain_text("3 people")
    room.hall.call_next("11")
    expect(page.locator("#calls li").first).to_have_text(tickets[0].number)
    expect(line).to_contain_text("minutes")
    content = page.content()
    assert not [secret for secret in ("pregnant", tickets[1].number, tickets[0].token) if secret in content]


def test_the_halls_page_finds_services_and_speaks_the_phones_language(browser: Browser, room: Room) -> None:
    with browser.new_context(base_url=room.url, locale="ru-RU") as context:
        page = context.new_page()
        page.goto("/")
        expect(page.locator("html")).to_have_attribute("lang", "ru")
        page.fill("#q", "Service 12")
        page.press("#q", "Enter")
        expect(page.locator(".lines li").first).to_contain_text("Service 12 ru")
        page.goto("/?q=qqqqqqqq")
        expect(page.get_by_role("status")).to_contain_text("qqqqqqqq")
        page.goto("/?agency=o13")
        expect(page.locator(".lines")).to_contain_text("Service 13 ru")
        page.click("a[hreflang=az]")
        expect(page.locator("html")).to_have_attribute("lang", "az")


def test_a_paused_hall_says_so_on_its_page(tmp_path: Path) -> None:
    with counter_room(tmp_path) as room:
        room.hall.pause_hall("Prayer", room.hall.now() + timedelta(minutes=15))
        assert "The hall is paused: Prayer." in httpx.get(room.url, headers={"accept-language": "en"}).text


@pytest.mark.parametrize("address", ["/", "/?q=service", "/join", "/join/services", "/join/ticket?service=o4.s"])
def test_a_page_has_no_barrier(page: Page, room: Room, address: str) -> None:
    room.hall.issue("o4.s", printer=None)
    if address.startswith("/join/"):
        present(page, room)
    page.goto(address)
    expect(page.locator("main")).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
