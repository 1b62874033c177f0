"""The managers' pages in a real browser: live, by keyboard alone, in every language, with nothing axe finds wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from hall.rights import Role
from tests.counter_server import PIN, Room, chromium, counter_room
from tests.pictures import SCRIPT, labelled, logo, saved

PAGES = (
    "/hall",
    "/staff",
    "/figures",
    "/journal",
    "/catalogue",
    "/catalogue/edit?kind=hall",
    "/catalogue/edit?kind=rules",
    "/catalogue/edit?kind=service&code=o1.s",
    "/catalogue/edit?kind=counter&code=1",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with counter_room(tmp_path_factory.mktemp("manage")) as room:
        room.hall.add_staff("mira", PIN, Role.MANAGER)
        yield room


@contextmanager
def manager(browser: Browser, room: Room, language: str = "en", width: int = 1280) -> Iterator[Page]:
    token = room.hall.sign_in("mira", PIN)
    with browser.new_context(viewport={"width": width, "height": 800}, base_url=room.url) as context:
        context.add_cookies(
            [
                {"name": "antrean_session", "value": token, "url": room.url},
                {"name": "antrean_language", "value": language, "url": room.url},
            ]
        )
        yield context.new_page()


def test_the_hall_s_page_is_live_and_keeps_the_focus(browser: Browser, room: Room) -> None:
    with manager(browser, room) as page:
        page.goto("/hall")
        page.wait_for_selector("[data-health=live]")
        room.hall.open_counter("9")
        page.locator("#close-9").focus()
        ticket = room.hall.issue("o2.s", printer=None)
        expect(page.locator("#alarms")).to_contain_text("No open counter serves “Service 2 en”; waiting: 1")
        expect(page.locator("#lines")).to_contain_text("Service 2 en")
        room.hall.open_counter("2")
        expect(page.locator("#alarms")).not_to_contain_text("Service 2 en")
        expect(page.locator("#close-9")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#close-9")).to_have_count(0)
        assert room.hall.counter("9").state == "closed"
        room.hall.cancel(ticket.id)


def test_a_message_reaches_a_board_in_a_browser_and_goes_again(browser: Browser, room: Room) -> None:
    with manager(browser, room) as page, manager(browser, room) as board:
        board.goto("/board?name=tv-1")
        page.goto("/hall")
        page.get_by_text("Put a message on the boards").focus()
        page.keyboard.press("Enter")
        page.locator("textarea[name=text-id]").fill("Lift rusak")
        page.get_by_role("button", name="Put it up").click()
        expect(board.locator("body")).to_contain_text("Lift rusak")
        page.get_by_role("button", name="Take it down").click()
        expect(board.locator("body")).not_to_contain_text("Lift rusak")
        assert "tv-1" in [one.name for one in room.hall.overview().devices]


def test_a_service_is_renamed_by_keyboard_alone(browser: Browser, room: Room) -> None:
    with manager(browser, room) as page:
        page.goto("/catalogue/edit?kind=service&code=o3.s")
        page.locator("[id='name.en']").focus()
        page.keyboard.press("Control+A")
        page.keyboard.type("Passports")
        page.keyboard.press("Enter")
        expect(page.locator(".changes")).to_contain_text("Passports")
        page.get_by_role("button", name="Save").focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{room.url}/catalogue")
    assert room.hall.catalogue.service("o3.s").name["en"] == "Passports"


def test_a_mistake_leads_the_eye_and_the_screen_reader_to_its_field(browser: Browser, room: Room) -> None:
    with manager(browser, room) as page:
        page.goto("/catalogue/edit?kind=service&code=o4.s")
        page.locator("#minutes").fill("many")
        page.get_by_role("button", name="See what changes").click()
        expect(page.locator("#minutes")).to_have_attribute("aria-invalid", "true")
        expect(page.locator("#minutes")).to_have_value("many")
        expect(page.locator("#minutes-wrong")).to_contain_text("should be a whole number")


def broken(page: Page) -> bool:
    """Whether the one picture of a page was not loaded."""
    return bool(page.locator("img.plate").evaluate("(picture) => !picture.complete || picture.naturalWidth === 0"))


def test_a_logo_is_chosen_seen_and_removed(browser: Browser, room: Room, tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(SCRIPT)
    (tmp_path / "photograph.jpg").write_bytes(saved(logo(), "JPEG") + bytes(20_000_000))
    (tmp_path / "logo.webp").write_bytes(labelled("WEBP"))
    with manager(browser, room) as page, manager(browser, room, width=360) as phone:
        page.goto("/catalogue")
        page.get_by_role("link", name="The hall").click()
        for file, told in (("logo.svg", "An SVG picture can carry a program"), ("photograph.jpg", "more than 2 MB")):
            page.locator("input[type=file]").set_input_files(tmp_path / file)
            page.get_by_role("button", name="Take this logo").click()
            expect(page.locator("#picture-wrong")).to_contain_text(told)
            expect(page.locator("img.plate")).to_have_count(0)
        page.locator("input[type=file]").set_input_files(tmp_path / "logo.webp")
        page.get_by_role("button", name="Take this logo").click()
        expect(page.get_by_role("img", name="The logo as it is now")).to_be_visible()
        assert not broken(page)
        phone.goto("/")
        expect(phone.locator("img.plate")).to_be_visible()
        assert not broken(phone)
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.get_by_role("button", name="Remove the logo").click()
        expect(page.locator("img.plate")).to_have_count(0)
        phone.reload()
        expect(phone.locator("img.plate")).to_have_count(0)


def test_a_note_is_added_by_keyboard_alone(browser: Browser, room: Room) -> None:
    with manager(browser, room) as page:
        page.goto("/catalogue/edit?kind=rules")
        page.get_by_role("group", name="6").get_by_label("Code").focus()
        for text in ("stamp", "Meterai", "Marka", "Stamp", "Марка"):
            page.keyboard.type(text)
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".changes")).to_contain_text("rules › notes › stamp")
        page.get_by_role("button", name="Save").press("Enter")
        expect(page).to_have_url(f"{room.url}/catalogue")
    assert room.hall.catalogue.rules.notes["stamp"] == {
        "id": "Meterai",
        "az": "Marka",
        "en": "Stamp",
        "ru": "Марка",
    }


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ru", 820)])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    browser: Browser, room: Room, language: str, width: int
) -> None:
    room.hall.logo.change(saved(logo()))
    with manager(browser, room, language, width) as page:
        for address in ("/", *PAGES):
            page.goto(address)
            found = Axe().run(page).response["violations"]
            assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], address
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
