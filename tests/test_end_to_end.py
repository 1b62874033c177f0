"""The whole way through the real processes: a tap, a slip, its page, the next key, the board; and a board that dies."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from typing import TypeVar

import httpx
import zxingcpp
from PIL import Image, ImageGrab, ImageOps

from benchmarks.measure import demo
from hall import Hall, Ticket, TicketState
from tests.counter_server import chromium, free_port
from tests.fake_printer import NetworkPrinter

PATIENCE = 60.0
T = TypeVar("T")
TILE = (270, 540)
"""A dot inside a tile of the start page and of an agency's page, upright."""


@contextmanager
def screen(width: int, height: int) -> Iterator[str]:
    """A screen of its own (Xvfb); gives its DISPLAY."""
    ours, theirs = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(theirs), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
        pass_fds=[theirs],
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    try:
        with os.fdopen(ours) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


@contextmanager
def room(name: str, environ: dict[str, str], starts: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A room as a process, once it has said that it is ready; unless it was killed it ends with 0 when asked."""
    process = subprocess.Popen(
        [sys.executable, "-m", name, *arguments], env={**os.environ, **environ}, stdout=subprocess.PIPE, text=True
    )
    try:
        said(process, starts)
        yield process
        if process.poll() is None:
            process.terminate()
            assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def said(process: subprocess.Popen[str], starts: str) -> None:
    """Read the room's output up to a line."""
    assert process.stdout
    for line in process.stdout:
        if line.startswith(starts):
            return
    raise AssertionError(f"{process.args!r} ended without “{starts}”")


def until(found: Callable[[], T | None], what: str) -> T:
    """Look until there is something."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if (value := found()) is not None:
            return value
        time.sleep(0.05)
    raise AssertionError(f"waited in vain for {what}")


def tap(display: str, dot: tuple[int, int]) -> None:
    """Press and release on the X server, as a touch screen that acts as a mouse does."""
    x, y = map(str, dot)
    subprocess.run(
        ["xdotool", "mousemove", x, y, "click", "1"], env={**os.environ, "DISPLAY": display}, check=True, timeout=30
    )


def read(picture: Image.Image) -> str:
    """The letters and digits in a picture, by OCR."""
    told = subprocess.run(
        ["tesseract", "-", "-", "--psm", "11", "-c", "tessedit_char_whitelist=ABDEFHJKLMNPRSTUVWXYZ0123456789"],
        input=_png(ImageOps.autocontrast(ImageOps.invert(picture.convert("L")))),
        capture_output=True,
        check=True,
        timeout=60,
    )
    return told.stdout.decode()


def _png(picture: Image.Image) -> bytes:
    stream = BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


def on_board(display: str, ticket: Ticket) -> None:
    """Until the number can be read on a picture of the board's screen."""
    digits = re.compile(ticket.number)
    until(lambda: digits.search(read(ImageGrab.grab(xdisplay=display))), f"{ticket.number} on the board")


def first_ticket(hall: Hall) -> Ticket | None:
    """The one ticket that a visitor took."""
    issued = [event.ticket for event in hall.events() if event.kind == "issued" and event.ticket]
    assert len(issued) <= 1
    return hall.ticket(issued[0]) if issued else None


def test_a_visitor_is_served_and_a_killed_board_catches_up(tmp_path: Path) -> None:
    port = free_port()
    with ExitStack() as stack:
        paper = stack.enter_context(NetworkPrinter())
        kiosk_screen = stack.enter_context(screen(1080, 1920))
        board_screen = stack.enter_context(screen(1920, 1080))
        settings = tmp_path / "antrean.toml"
        settings.write_text(
            f'hall = "{tmp_path}/queue.db"\nalways_open = true\n'
            f'[printers.main]\ndevice = "network"\nhost = "127.0.0.1"\nport = {paper.port}\n'
            f'[counter]\nport = {port}\npublic_url = "http://127.0.0.1:{port}"\n[display]\nsound = false\n'
        )
        # No cache of compiled QML: the first start on a fresh machine.
        environ = {"ANTREAN_SETTINGS": str(settings), "QT_QPA_PLATFORM": "xcb", "XDG_CACHE_HOME": str(tmp_path)}
        hall = stack.enter_context(Hall.open(tmp_path / "queue.db", always_open=True))
        hall.load_catalogue(demo(tmp_path))
        pin = hall.add_staff("dewi")
        stack.enter_context(room("printer", environ, "ready", "--announce"))
        stack.enter_context(room("counter", environ, "ready", "--announce"))
        kiosk = {**environ, "DISPLAY": kiosk_screen}
        stack.enter_context(room("kiosk", kiosk, "first frame", "--announce"))
        board = {**environ, "DISPLAY": board_screen}
        display = stack.enter_context(room("display", board, "first frame", "--announce"))

        # A visitor taps an agency and a service on the real window; impatiently: however often, it gives one ticket.
        def tapped() -> Ticket | None:
            tap(kiosk_screen, TILE)
            return first_ticket(hall)

        ticket = until(tapped, "a ticket")
        assert ticket.service.startswith("dukcapil.")

        # The slip comes out of the printer once, and its QR leads to the ticket's page.
        paper.until(lambda printer: len(printer.slips) == 1, PATIENCE)
        codes = zxingcpp.read_barcodes(paper.slips[0])
        assert [code.text for code in codes] == [f"http://127.0.0.1:{port}/t/{ticket.token}"]
        page = httpx.get(codes[0].text)
        assert page.status_code == 200
        assert ticket.number in page.text

        # Staff press the one big key.
        browser = stack.enter_context(chromium())
        console = browser.new_page()
        console.goto(f"http://127.0.0.1:{port}/sign-in")
        console.get_by_label(re.compile("Nama|Name")).fill("dewi")
        console.get_by_label("PIN").fill(pin)
        console.keyboard.press("Enter")
        console.wait_for_url("**/counters")
        console.locator("button[value='3'], button:has-text('3')").first.click()
        console.wait_for_url("**/console")
        console.locator("#next").click()
        console.locator("#hand").get_by_text(ticket.number).wait_for()
        assert hall.ticket(ticket.id).state is TicketState.CALLED
        on_board(board_screen, ticket)

        # The board is killed, somebody is called meanwhile, and it catches up.
        display.kill()
        display.wait()
        later = hall.issue(ticket.service, printer=None)
        hall.call_next("5")
        stack.enter_context(room("display", board, "first frame", "--announce"))
        on_board(board_screen, hall.ticket(later.id))
        assert len(paper.slips) == 1
