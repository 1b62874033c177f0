"""What staff see of the printers, and what they can do for a visitor whose slip did not come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from hall import Ticket
from hall.printers import Trouble
from hall.printing import JobKind, JobState
from tests.counter_server import NAME, Room, chromium, console, counter_room


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@contextmanager
def printing(folder: Path) -> Iterator[Room]:
    with counter_room(folder) as room:
        room.hall.report_printer("main", "network 192.0.2.10:9100", frozenset())
        yield room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with printing(tmp_path) as room:
        yield room


@pytest.fixture(scope="module")
def idle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A room for those who change nothing."""
    with printing(tmp_path_factory.mktemp("idle")) as room:
        yield room


def failed(room: Room, state: JobState = JobState.FAILED, reason: str = "paper_out") -> Ticket:
    """A ticket whose slip did not surely come out."""
    ticket = room.hall.issue("o1.s")
    job = room.hall.take_job("main")
    assert job is not None
    room.hall.end_job(job.id, state, reason)
    return ticket


def press(client: httpx.Client, act: str, **fields: object) -> httpx.Response:
    return client.post(f"/printers/{act}", data={"csrf": client.headers["x-csrf"], **fields})


def test_trouble_and_the_slips_it_cost_stand_on_every_console_and_go_by_themselves(
    room: Room, browser: Browser
) -> None:
    with console(browser, room, "1") as page:
        expect(page.locator("#alarm")).to_be_empty()
        room.hall.report_printer("main", "network", frozenset({Trouble.PAPER_OUT}))
        expect(page.locator("#alarm")).to_contain_text("main: Out of paper")
        ticket = failed(room)
        expect(page.locator("#alarm")).to_contain_text(f"{ticket.number}: Out of paper")
        room.hall.cancel(ticket.id)
        room.hall.report_printer("main", "network", frozenset())
        expect(page.locator("#alarm")).to_be_empty()


def test_paper_that_is_nearly_used_up_is_no_alarm_but_stands_on_the_page(room: Room) -> None:
    room.hall.report_printer("main", "network", frozenset({Trouble.PAPER_LOW}))
    with room.signed_in("1") as client:
        client.get("/language/en?back=/printers")
        assert "Paper is nearly used up" not in client.get("/console").text
        page = client.get("/printers").text
        assert "Paper is nearly used up" in page
        assert "since" in page


def test_a_copy_is_printed_with_the_same_number_and_the_doubt_is_over(room: Room, browser: Browser) -> None:
    ticket = failed(room, JobState.UNKNOWN, "broken_off")
    with console(browser, room, "1") as page:
        page.click("#alarm a")
        row = page.locator("tr", has_text=ticket.number)
        expect(row).to_contain_text("The printer stopped in the middle of the slip")
        expect(row).to_contain_text("It may have been printed.")
        row.get_by_role("button", name="Print a copy").click()
        expect(page.locator(".doubtful")).to_contain_text("None. Every slip came out")
    job = room.hall.take_job("main")
    assert job is not None
    assert job.ticket is not None
    assert (job.kind, job.ticket.number) == (JobKind.COPY, ticket.number)
    asked = next(one for one in room.hall.events() if one.sequence == job.id)
    assert (asked.staff, asked.details["slip"]) == (NAME, "copy")


def test_a_test_page_and_a_new_roll_are_one_press_each(room: Room) -> None:
    room.hall.test_printer("main")
    taken = room.hall.take_job("main")
    assert taken is not None
    room.hall.end_job(taken.id, JobState.CONFIRMED, None, 1500)
    assert room.hall.printer("main").rolled_mm == 1500
    with room.signed_in() as client:
        assert press(client, "roll", printer="main").status_code == 303
        assert press(client, "test", printer="main").status_code == 303
    assert room.hall.printer("main").rolled_mm == 0
    job = room.hall.take_job("main")
    assert job is not None
    assert job.kind is JobKind.TEST


def test_a_form_that_is_sent_twice_prints_once_and_the_next_page_prints_again(room: Room) -> None:
    with room.signed_in() as client:
        for _ in range(2):
            request = re.findall(r'name="request_id" value="(test [^"]+)"', client.get("/printers").text)[0]
            for _ in range(2):
                assert press(client, "test", printer="main", request_id=request).status_code == 303
    assert room.hall.take_job("main")
    assert room.hall.take_job("main")
    assert room.hall.take_job("main") is None


@pytest.mark.parametrize(
    ("act", "fields", "status"),
    [
        ("test", {"printer": "nobody"}, 409),
        ("roll", {"printer": "nobody"}, 409),
        ("roll", {}, 409),
        ("copy", {"printer": "main", "ticket": "x"}, 404),
        ("copy", {"printer": "main", "ticket": "٣"}, 404),
        ("copy", {"printer": "main", "ticket": "999999"}, 409),
        ("copy", {"printer": "main", "ticket": "9" * 40}, 409),
        ("copy", {"printer": "nobody", "ticket": "3"}, 409),
    ],
)
def test_nonsense_is_refused_and_prints_nothing(idle: Room, act: str, fields: dict[str, str], status: int) -> None:
    before = idle.hall.sequence()
    with idle.signed_in() as client:
        assert press(client, act, **fields).status_code == status
    assert idle.hall.take_job("main") is None
    assert [one.kind for one in idle.hall.events(before)] == []
