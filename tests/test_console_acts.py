"""Every act of the staff console in a real browser: by mouse, by the upper keys, and by the keypad alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from counter.acts import KEYS, Act
from hall import Ticket
from hall.floor import Stand
from tests.counter_server import NAME, PIN, Room, chromium, console, counter_room

HOWS = ("mouse", "board", "pad")
CODES = {"+": "NumpadAdd", "-": "NumpadSubtract", "*": "NumpadMultiply", "/": "NumpadDivide", ".": "NumpadDecimal"}
TAKEN_OVER = {
    "en": r"budi took over counter 5 at {at}\.",
    "id": r"budi mengambil alih loket 5 pukul {at}\.",
    "az": r"Saat {at}: 5 nömrəli pəncərəni budi təhvil aldı\.",
    "ru": r"В {at} окно 5 занял другой сотрудник: budi\.",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with counter_room(tmp_path_factory.mktemp("counter")) as room:
        room.hall.report_printer("main", "paper", frozenset())
        yield room


@dataclass
class Seat:
    """Somebody at counter 1 with a page, who works in one way only."""

    room: Room
    page: Page
    how: str

    def push(self, act: Act) -> None:
        """The act's button, or one of its keys."""
        if self.how == "mouse":
            self.page.click(f"#{act}")
            return
        key = KEYS[act].board if self.how == "board" else KEYS[act].pad
        if self.how == "pad":
            key = CODES.get(key) or (f"Numpad{key}" if key.isdecimal() else "NumpadEnter")
        self.page.keyboard.press(key)

    def choose(self, number: int) -> None:
        """One of the choices of the open dialogue."""
        if self.how == "mouse":
            self.page.click(f"dialog[open] [data-choice='{number}']")
        else:
            self.page.keyboard.press(f"Digit{number}" if self.how == "board" else f"Numpad{number}")

    def write(self, text: str) -> None:
        """Into the field that has the focus, and send it off."""
        self.page.keyboard.type(text)
        if self.how == "mouse":
            place = self.page.locator("dialog[open] [role=option]")
            (place.first if place.count() else self.page.locator("dialog[open] .button")).click()
        else:
            self.page.keyboard.press("Enter")

    def sees(self, text: str, where: str = "#hand") -> None:
        """Until it stands there, and the page takes the next key: the stream may be before the answer."""
        expect(self.page.locator(where)).to_contain_text(text)
        expect(self.page.locator("body:not([aria-busy='true'])")).to_be_attached()
        expect(self.page.locator("dialog[open]")).to_have_count(0)


@pytest.fixture(scope="module")
def desk(browser: Browser, room: Room) -> Iterator[Page]:
    """The page of counter 1, as the last test left it."""
    with console(browser, room, "1") as page:
        yield page


@pytest.fixture
def page(desk: Page, room: Room) -> Iterator[Page]:
    """The console of counter 1, begun anew, with nobody waiting."""
    token = next(one["value"] for one in desk.context.cookies() if one.get("name") == "antrean_session")
    room.hall.take_counter(token, "1", over=True)
    desk.evaluate("sessionStorage.clear()")
    desk.goto("/console")
    desk.wait_for_selector("[data-health=live]")
    yield desk
    clear(room)


@pytest.fixture(params=HOWS)
def seat(request: pytest.FixtureRequest, page: Page, room: Room) -> Seat:
    return Seat(room, page, request.param)


def clear(room: Room) -> None:
    floor = room.hall.floor()
    for (stand, _), tickets in floor.places.items():
        for ticket in tickets:
            if stand is Stand.HAND:
                room.hall.finish(ticket.id)
            elif stand in (Stand.FREE, Stand.SENT, Stand.PARKED):
                room.hall.cancel(ticket.id)


def waits(room: Room) -> Ticket:
    return room.hall.issue("o1.s", printer=None, language="ru")


def called(room: Room, times: int = 1) -> Ticket:
    """A ticket in hand that may be called again already."""
    with room.earlier(60) as then:
        ticket = then.issue("o1.s", printer=None, language="ru")
        then.call(ticket.id, "1")
    if times > 1:
        with room.earlier(30) as then:
            then.recall(ticket.id)
    return ticket


def test_next_call_again_visitor_is_here_and_finish(seat: Seat) -> None:
    ticket = called(seat.room)
    after = waits(seat.room)
    seat.sees(ticket.number)
    seat.push(Act.RECALL)
    seat.sees("Called 2 times")
    seat.push(Act.RECALL)
    expect(seat.page.locator("#said")).to_contain_text("Call again in")
    seat.push(Act.SERVE)
    seat.sees("Being served")
    seat.push(Act.NEXT)
    seat.sees(after.number)
    seat.push(Act.FINISH)
    seat.sees("No ticket in hand")
    assert [seat.room.hall.ticket(one.id).state for one in (ticket, after)] == ["done", "done"]


def test_a_no_show_that_comes_after_all(seat: Seat) -> None:
    ticket = called(seat.room, times=2)
    seat.sees(ticket.number)
    seat.push(Act.NO_SHOW)
    seat.sees(ticket.number, "#held")
    if seat.how == "mouse":
        seat.page.click(f"#readmit-{ticket.id}")
    else:
        seat.push(Act.READMIT)
        expect(seat.page.locator(f"#readmit-{ticket.id}")).to_be_focused()
        seat.page.keyboard.press("Enter")
    seat.sees(f"Ticket {ticket.number} is back in the line.", "#said")
    assert seat.room.hall.ticket(ticket.id).state == "waiting"


def test_a_visitor_on_hold_with_a_note_is_called_back(seat: Seat) -> None:
    ticket = called(seat.room)
    seat.sees(ticket.number)
    seat.push(Act.PARK)
    seat.choose(1)
    seat.sees("Photocopy", "#held")
    assert seat.room.hall.ticket(ticket.id).note == "copy"
    if seat.how == "mouse":
        seat.page.click(f"#resume-{ticket.id}")
    else:
        seat.push(Act.RESUME)
        expect(seat.page.locator(f"#resume-{ticket.id}")).to_be_focused()
        seat.page.keyboard.press("Enter")
    seat.sees("Photocopy")
    assert seat.room.hall.ticket(ticket.id).state == "called"


def test_a_visitor_is_sent_on_to_a_service_and_to_a_counter(seat: Seat) -> None:
    for typed, want in (("service 2", ("o2.s", None)), ("counter 3", ("o1.s", "3"))):
        ticket = called(seat.room)
        seat.sees(ticket.number)
        seat.push(Act.TRANSFER)
        seat.write(typed)
        seat.sees(f"Ticket {ticket.number} was sent on.", "#said")
        sent = seat.room.hall.ticket(ticket.id)
        assert (sent.state, sent.service, sent.counter, sent.rank) == ("waiting", *want, ticket.rank)


def test_a_given_number_is_called_by_its_digits(seat: Seat) -> None:
    first, second = waits(seat.room), waits(seat.room)
    seat.sees("2", "#line")
    seat.push(Act.CALL)
    seat.write("999")
    expect(seat.page.locator("dialog[open] .said")).to_have_text("There is no ticket 999 today.")
    seat.page.locator("dialog[open] input").fill("")
    seat.write(str(second.count))
    seat.sees(second.number)
    assert seat.room.hall.ticket(first.id).state == "waiting"


def test_another_service_for_the_same_visit(seat: Seat) -> None:
    ticket = called(seat.room)
    seat.sees(ticket.number)
    seat.push(Act.ADD)
    seat.write("service 2")
    seat.sees("was given.", "#said")
    (other,) = seat.room.hall.line("2")
    assert (other.service, other.rank, other.language) == ("o2.s", ticket.rank, "ru")


def test_a_ticket_for_somebody_who_cannot_use_the_kiosk(seat: Seat) -> None:
    seat.push(Act.ISSUE)
    seat.write("service 3")
    seat.sees("was given.", "#said")
    (given,) = seat.room.hall.line("3")
    assert seat.room.hall.slip(given.id) is not None
    issued = [event for event in seat.room.hall.events() if event.ticket == given.id]
    assert issued[0].staff == NAME


def test_the_priority_of_a_waiting_number_is_corrected(seat: Seat) -> None:
    ticket = waits(seat.room)
    seat.sees(ticket.number, "#line")
    seat.push(Act.PRIORITY)
    seat.page.keyboard.type(ticket.number)
    if seat.how != "mouse":
        seat.page.keyboard.press("Tab")
    seat.choose(3)
    seat.sees("was corrected.", "#said")
    assert seat.room.hall.ticket(ticket.id).priority == "disabled"


def test_the_slip_in_hand_is_printed_again(seat: Seat) -> None:
    ticket = called(seat.room)
    seat.sees(ticket.number)
    seat.push(Act.REPRINT)
    if seat.how == "mouse":
        seat.page.click("dialog[open] .button")
    else:
        seat.page.keyboard.press("Enter")
    seat.sees("is being printed.", "#said")
    job = seat.room.hall.slip(ticket.id)
    assert job is not None
    assert job.kind == "copy"


def test_a_counter_pauses_with_a_quick_reason_or_an_own_one_and_goes_on(seat: Seat) -> None:
    hall = seat.room.hall
    seat.push(Act.PAUSE)
    seat.choose(2)
    seat.sees("Prayer")
    assert (hall.counter("1").state, hall.counter("1").reason) == ("paused", "Prayer")
    expect(seat.page.locator("#next")).to_be_hidden()
    seat.push(Act.CONTINUE)
    seat.sees("No ticket in hand")
    seat.push(Act.PAUSE)
    seat.page.focus("#own")
    seat.write("Fire drill")
    seat.sees("Fire drill")
    seat.push(Act.CONTINUE)
    seat.sees("No ticket in hand")


def test_a_counter_is_closed(seat: Seat) -> None:
    seat.push(Act.CLOSE)
    if seat.how == "mouse":
        seat.page.click("dialog[open] .button")
    else:
        seat.page.keyboard.press("Enter")
    expect(seat.page).to_have_url(re.compile("/counters$"))
    assert seat.room.hall.counter("1").state == "closed"


def test_escape_closes_every_dialogue_and_nothing_is_done(seat: Seat) -> None:
    ticket = called(seat.room)
    seat.sees(ticket.number)
    before = seat.room.hall.sequence()
    for act in (Act.PARK, Act.TRANSFER, Act.CALL, Act.ADD, Act.ISSUE, Act.PRIORITY, Act.REPRINT, Act.PAUSE):
        seat.push(act)
        expect(seat.page.locator(f"#for-{act}")).to_be_visible()
        seat.page.keyboard.press("Escape")
        expect(seat.page.locator("dialog[open]")).to_have_count(0)
        expect(seat.page.locator("#next")).to_be_focused()
    assert seat.room.hall.sequence() == before


def test_the_whole_day_begins_by_keyboard_alone(browser: Browser, room: Room) -> None:
    with browser.new_context(base_url=room.url) as context:
        page = context.new_page()
        page.goto("/language/en?back=/sign-in")
        expect(page.locator("#name")).to_be_focused()
        page.keyboard.type(NAME)
        page.keyboard.press("Tab")
        page.keyboard.type(PIN)
        page.keyboard.press("Enter")
        expect(page.locator("#counter")).to_be_focused()
        page.keyboard.type("4")
        page.keyboard.press("Enter")
        page.wait_for_selector("[data-health=live]")
        expect(page.locator("#next")).to_be_focused()
        outline = page.locator("#next").evaluate("(one) => getComputedStyle(one).outlineStyle")
        assert outline == "solid"
    assert room.hall.counter("4").staff == NAME


def test_a_counter_of_somebody_else_is_taken_over_on_a_page_that_names_them(browser: Browser, room: Room) -> None:
    room.hall.add_staff("budi", PIN)
    with console(browser, room, "5") as page, browser.new_context(base_url=room.url) as context:
        token = room.hall.sign_in("budi", PIN)
        context.add_cookies(
            [{"name": name, "value": value, "url": room.url} for name, value in
             (("antrean_session", token), ("antrean_language", "en"))]
        )  # fmt: skip
        other = context.new_page()
        other.goto("/counters")
        other.click("button[value='5']")
        expect(other.locator("h1")).to_have_text(f"{NAME} works at counter 5.")
        assert room.hall.counter("5").staff == NAME
        other.keyboard.press("Tab")
        other.keyboard.press("Enter")
        other.wait_for_selector("[data-health=live]")
        expect(page).to_have_url(re.compile("/counters$"))
        at = r"[0-2]\d:[0-5]\d"
        for language, words in TAKEN_OVER.items():
            page.goto(f"/language/{language}?back=/counters")
            expect(page.get_by_role("alert")).to_have_text(re.compile(f"^{words.format(at=at)}$"))
        page.click("button[value='9']")
        page.wait_for_selector("[data-health=live]")
        page.goto("/counters")
        expect(page.get_by_role("alert")).to_have_count(0)
    taken = next(event for event in room.hall.events() if event.kind == "counter_taken_over")
    assert (taken.staff, taken.counter, taken.details["taken_from"]) == ("budi", "5", [NAME])


@pytest.mark.parametrize("how", ["double click", "key held down", "Enter twice"])
def test_a_nervous_press_calls_once(page: Page, room: Room, how: str) -> None:
    tickets = [waits(room) for _ in range(3)]
    if how == "double click":
        page.dblclick("#next")
    else:
        for _ in range(6 if how == "key held down" else 1):
            page.keyboard.down("Enter")
        page.keyboard.up("Enter")
        if how == "Enter twice":
            page.keyboard.press("Enter")
    expect(page.locator("#hand")).to_contain_text(tickets[0].number)
    expect(page.locator("body[aria-busy='false']")).to_be_attached()
    assert [room.hall.ticket(one.id).state for one in tickets] == ["called", "waiting", "waiting"]


@pytest.mark.parametrize("key", ["F1", "F3", "F5", "F6", "F11", "F12", "Control+KeyF", "Tab"])
def test_the_keys_of_the_browser_stay_its_own(page: Page, key: str) -> None:
    page.evaluate(
        "() => addEventListener('keydown', (event) => {"
        " window.taken = event.defaultPrevented; event.preventDefault(); })"
    )
    page.keyboard.press(key)
    assert page.evaluate("() => window.taken") is False


def test_letters_and_digits_in_a_field_are_no_acts(page: Page, room: Room) -> None:
    before = room.hall.sequence()
    page.keyboard.press("2")
    page.keyboard.type("0123456789+-*/.")
    expect(page.locator("#number-call")).to_have_value("0123456789+-")
    assert room.hall.sequence() == before
