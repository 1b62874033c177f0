"""The staff console in a real browser, before the real process."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hall import Ticket
from tests.counter_server import NAME, PIN, Room, chromium, console, counter_room, ready, start, stop


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with counter_room(tmp_path_factory.mktemp("counter")) as room:
        yield room


def called_a_while_ago(room: Room, counter: str) -> Ticket:
    """A ticket in hand that may be called again already."""
    with room.earlier(30) as then:
        then.issue(f"o{counter}.s", printer=None)
        ticket = then.call_next(counter)
    assert ticket is not None
    return ticket


def in_hand(page: Page, text: str) -> None:
    """Until the ticket in hand says so, and the page takes the next key: the stream may be before the answer."""
    expect(page.locator("#hand")).to_contain_text(text)
    expect(page.locator("body:not([aria-busy='true'])")).to_be_attached()


def test_the_whole_day_works_by_keyboard_alone(browser: Browser, room: Room) -> None:
    first = room.hall.issue("o1.s", printer=None, language="ru")
    second = room.hall.issue("o1.s", printer=None)
    with browser.new_context(base_url=room.url) as context:
        page = context.new_page()
        page.goto("/language/en?back=/sign-in")
        expect(page.locator("#name")).to_be_focused()
        page.keyboard.type(NAME)
        page.keyboard.press("Tab")
        page.keyboard.type(PIN)
        page.keyboard.press("Enter")
        page.locator("button[value='1']").focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("[data-health=live]")
        expect(page.locator("#line")).to_contain_text(second.number)
        page.keyboard.press("Enter")
        in_hand(page, first.number)
        in_hand(page, "Русский")
        page.keyboard.press("F4")
        expect(page.locator("#said")).to_have_text(re.compile(r"Call again in \d+ seconds\."))
        page.keyboard.press("F6")
        in_hand(page, "Being served")
        expect(page.locator("#next")).to_be_enabled()
        page.keyboard.press("n")
        in_hand(page, second.number)
        assert room.hall.ticket(first.id).state == "done"
        page.keyboard.press("F9")
        in_hand(page, "No ticket in hand")
    assert room.hall.ticket(second.id).state == "done"


def test_call_again_and_no_show_by_mouse(browser: Browser, room: Room) -> None:
    ticket = called_a_while_ago(room, "2")
    with console(browser, room, "2") as page:
        page.click("#recall")
        in_hand(page, "Called 2 times")
        page.click("#no-show")
        in_hand(page, "No ticket in hand")
    assert room.hall.ticket(ticket.id).state == "no_show"


def test_call_again_and_no_show_by_keyboard(browser: Browser, room: Room) -> None:
    ticket = called_a_while_ago(room, "3")
    with console(browser, room, "3") as page:
        page.keyboard.press("F4")
        in_hand(page, "Called 2 times")
        page.keyboard.press("F8")
        in_hand(page, "No ticket in hand")
    assert room.hall.ticket(ticket.id).state == "no_show"


def test_next_and_finish_by_mouse(browser: Browser, room: Room) -> None:
    ticket = room.hall.issue("o4.s", printer=None)
    with console(browser, room, "4") as page:
        page.click("#next")
        in_hand(page, ticket.number)
        page.click("#finish")
        in_hand(page, "Nobody is waiting.")


def test_two_consoles_and_the_line_are_live(browser: Browser, room: Room) -> None:
    with console(browser, room, "5") as one, console(browser, room, "5") as other:
        ticket = room.hall.issue("o5.s", printer=None)
        expect(one.locator("#line")).to_contain_text(ticket.number)
        one.click("#next")
        in_hand(other, ticket.number)
        other.keyboard.press("F9")
        in_hand(one, "No ticket in hand")


@pytest.mark.parametrize(("counter", "how"), [("6", "double click"), ("7", "key held down"), ("8", "Enter twice")])
def test_a_nervous_press_calls_once(browser: Browser, room: Room, counter: str, how: str) -> None:
    tickets = [room.hall.issue(f"o{counter}.s", printer=None) for _ in range(3)]
    with console(browser, room, counter) as page:
        if how == "double click":
            page.dblclick("#next")
        else:
            for _ in range(6 if how == "key held down" else 1):
                page.keyboard.down("Enter")
            if how == "Enter twice":
                page.keyboard.up("Enter")
                page.keyboard.press("Enter")
        in_hand(page, tickets[0].number)
        expect(page.locator("#next")).to_be_enabled()
    assert [room.hall.ticket(one.id).state for one in tickets] == ["called", "waiting", "waiting"]


def test_a_counter_pauses_with_a_reason_and_goes_on(browser: Browser, room: Room) -> None:
    with console(browser, room, "9") as page:
        page.keyboard.press("F10")
        page.keyboard.press("2")
        in_hand(page, "Prayer")
        assert (room.hall.counter("9").state, room.hall.counter("9").reason) == ("paused", "Prayer")
        expect(page.locator("#next")).to_be_hidden()
        page.keyboard.press("F10")
        in_hand(page, "No ticket in hand")
    assert room.hall.counter("9").state == "open"


def test_a_visitor_on_hold_is_called_back(browser: Browser, room: Room) -> None:
    ticket = room.hall.issue("o10.s", printer=None)
    with console(browser, room, "10") as page:
        page.keyboard.press("Enter")
        in_hand(page, ticket.number)
        page.keyboard.press("F7")
        expect(page.locator(".parked")).to_contain_text(ticket.number)
        page.click("[data-parked]")
        in_hand(page, "Called")
        assert room.hall.ticket(ticket.id).state == "called"


def test_a_console_whose_session_ended_asks_to_sign_in_again(browser: Browser, room: Room) -> None:
    with console(browser, room, "13") as page:
        token = next(one["value"] for one in page.context.cookies() if one.get("name") == "antrean_session")
        room.hall.leave_counter(token)
        page.wait_for_url("**/counters")
        page.click("button[value='13']")
        page.wait_for_selector("[data-health=live]")
        room.hall.sign_out(token)
        room.hall.issue("o13.s", printer=None)
        page.wait_for_url("**/sign-in")


def test_pages_say_that_the_line_is_broken_and_come_back_by_themselves(browser: Browser, tmp_path: Path) -> None:
    with counter_room(tmp_path) as room, console(browser, room, "1") as page:
        stop(room.process)
        expect(page.locator("#health")).to_have_text(re.compile(r"Reconnecting\. Shown as of \d\d:\d\d\."))
        page.keyboard.press("Enter")
        expect(page.locator("#said")).to_contain_text("No answer.")
        ticket = room.hall.issue("o1.s", printer=None)
        again = start(room.queue, room.port)
        try:
            ready(again)
            page.wait_for_selector("[data-health=live]")
            expect(page.locator("#line")).to_contain_text(ticket.number)
            expect(page.locator("#said")).to_be_empty()
        finally:
            stop(again)
