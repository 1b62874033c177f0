"""No page of the console keeps anybody out: axe-core finds nothing in any state, light, dark and narrow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from counter.acts import KEYS, Act
from tests.counter_server import NAME, PIN, Room, chromium, console, counter_room

LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "narrow": {"color_scheme": "light", "viewport": {"width": 820, "height": 1180}},
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with counter_room(tmp_path_factory.mktemp("counter")) as room:
        room.hall.report_printer("main", "paper", frozenset())
        room.hall.add_staff("budi", PIN)
        yield room


def found(page: Page) -> list[tuple[str, list[str]]]:
    """Every violation: its rule, and the parts of the page that break it."""
    violations = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in violations]


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_wrong_with_any_state_of_the_console(browser: Browser, room: Room, look: str) -> None:
    hall = room.hall
    hall.open_counter("1")
    for note in ("copy", None):
        with room.earlier(90) as then:
            then.issue("o1.s", printer=None, priority="elderly")
            ticket = then.call_next("1")
        assert ticket is not None
        hall.park(ticket.id, note=note)
    with room.earlier(90) as then:
        then.issue("o1.s", printer=None)
        absent = then.call_next("1")
    assert absent is not None
    hall.recall(absent.id)
    hall.no_show(absent.id)
    for _ in range(20):
        hall.issue("o1.s", printer=None, priority="elderly")
    with console(browser, room, "1", bypass_csp=True, **LOOKS[look]) as page:
        assert found(page) == []
        page.keyboard.press("Enter")
        expect(page.locator("#hand .called")).to_be_visible()
        assert found(page) == []
        for act in (Act.PARK, Act.TRANSFER, Act.CALL, Act.ADD, Act.ISSUE, Act.PRIORITY, Act.REPRINT, Act.PAUSE):
            page.keyboard.press(KEYS[act].board)
            expect(page.locator(f"#for-{act}")).to_be_visible()
            assert found(page) == [], act
            page.keyboard.press("Escape")
        page.keyboard.press("F9")
        expect(page.locator("#hand .empty")).to_be_visible()
        # The stream may tell sooner than the answer.
        expect(page.locator("body:not([aria-busy='true'])")).to_be_attached()
        page.keyboard.press("9")
        expect(page.locator("#for-close")).to_be_visible()
        assert found(page) == []
        page.keyboard.press("Escape")
        page.keyboard.press("0")
        page.keyboard.press("2")
        expect(page.locator("#continue")).to_be_visible()
        assert found(page) == []
        page.context.set_offline(True)
        page.keyboard.press("0")
        expect(page.locator("#said")).to_contain_text("is kept")
        assert found(page) == []


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_wrong_on_the_way_to_the_console(browser: Browser, room: Room, look: str) -> None:
    room.hall.take_counter(room.hall.sign_in("budi", PIN), "2", over=True)
    with browser.new_context(base_url=room.url, bypass_csp=True, **LOOKS[look]) as context:
        page = context.new_page()
        page.goto("/language/en?back=/sign-in")
        assert found(page) == []
        page.fill("#name", NAME)
        page.fill("#pin", "wrong one")
        page.keyboard.press("Enter")
        expect(page.locator(".said")).to_be_visible()
        assert found(page) == []
        page.fill("#pin", PIN)
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("/counters$"))
        assert found(page) == []
        page.keyboard.type("2")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("budi works at counter 2.")
        assert found(page) == []


def test_digits_and_signs_can_be_switched_off_as_keys_and_the_others_go_on(browser: Browser, room: Room) -> None:
    for _ in range(2):
        room.hall.issue("o3.s", printer=None)
    with console(browser, room, "3", bypass_csp=True) as page:
        switch = page.get_by_role("switch")
        expect(switch).to_be_checked()
        page.locator(f"#{Act.PAUSE}").focus()
        page.keyboard.press("Tab")
        expect(switch).to_be_focused()
        page.keyboard.press("Space")
        expect(switch).not_to_be_checked()
        expect(page.get_by_role("status").filter(has_text="F keys")).to_be_visible()
        assert found(page) == []
        for _ in range(2):  # and after the page was loaded again
            expect(page.locator(f"#{Act.CALL} kbd")).to_be_hidden()
            expect(page.locator(f"#{Act.RECALL} kbd:visible")).to_have_text("F2")
            assert page.locator(f"#{Act.CALL}").get_attribute("aria-keyshortcuts") is None
            for key in ("0", "2", "Numpad6", "NumpadDivide", "9", "+"):
                page.keyboard.press(key)
                expect(page.locator("dialog[open]")).to_have_count(0)
            page.reload()
            page.wait_for_selector("[data-health=live]")
        page.keyboard.press("Enter")
        expect(page.locator("#hand .called")).to_be_visible()
        expect(page.locator("body[aria-busy='false']")).to_be_attached()
        page.keyboard.press("F7")
        page.keyboard.press("1")  # a digit of the dialogue is one of those keys, too
        expect(page.locator(f"#for-{Act.PARK}")).to_be_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("F9")
        expect(page.locator("#hand .empty")).to_be_visible()
        expect(page.locator("body[aria-busy='false']")).to_be_attached()
        switch.click()
        expect(page.locator(f"#{Act.NEXT}")).to_be_focused()
        expect(page.locator(f"#{Act.CALL} kbd")).to_be_visible()
        page.keyboard.press("2")
        expect(page.locator(f"#for-{Act.CALL}")).to_be_visible()


def test_the_page_of_keys_says_what_the_console_does() -> None:
    page = (Path(__file__).parent.parent / "docs" / "console.md").read_text("utf-8")
    rows = [row.split("|")[1:-1] for row in page.splitlines() if row.startswith("| `")]
    told = {tuple(cell.strip().strip("`") for cell in row[:3]) for row in rows}
    assert told == {(str(act), keys.board, keys.pad) for act, keys in KEYS.items()}
