"""The way past the screen, in the real window: the hidden corner, the PIN, and what a technician finds behind it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QCloseEvent, QGuiApplication

from hall import Hall, staff
from hall.printers import Trouble
from hall.printing import JobKind, JobState, PrintJob
from hall.rooms import LEFT
from kiosk import visit as visits
from kiosk.lock import FREE, LONGEST, WAIT, wait_after
from kiosk.pages import Agencies, Corner, Door, Workshop
from kiosk.room import RESTARTED
from tests.test_kiosk_window import SETUP, STEADY, Fingers, Opens, kiosk, qapp  # noqa: F401 - fixtures

PIN = "271828"


@pytest.fixture(scope="module")
def hashed() -> str:
    return staff.secret(PIN)


def typed(visitor: Fingers, pin: str) -> None:
    for digit in pin:
        visitor.tap(f"type-{digit}")
    visitor.tap("enter")


def at_the_door(kiosk: Opens, hashed: str) -> Fingers:
    visitor = kiosk(replace(SETUP, pin=hashed))
    visitor.until(Agencies)
    for _ in range(visits.KNOCKS):
        STEADY.now += 0.2
        visitor.room.happen(Corner())
    visitor.until(Door)
    return visitor


def inside(kiosk: Opens, hashed: str) -> Fingers:
    visitor = at_the_door(kiosk, hashed)
    typed(visitor, PIN)
    visitor.until(Workshop)
    return visitor


def texts(visitor: Fingers) -> str:
    shown = [item for item in _all(visitor) if item.inherits("QQuickText")]
    return "\n".join(str(item.property("text")) for item in shown)


def _all(visitor: Fingers) -> list:  # type: ignore[type-arg]
    from tests.test_kiosk_window import _visible

    visitor.room.window.grabWindow()
    return list(_visible(visitor.room.window.contentItem()))


def test_the_right_pin_opens_and_a_wrong_one_says_so(kiosk: Opens, hashed: str) -> None:
    visitor = at_the_door(kiosk, hashed)
    typed(visitor, "000000")
    visitor.bot.waitUntil(lambda: visitor.room.visit.page == Door(wrong=True, shut_until=STEADY.now))
    typed(visitor, PIN)
    visitor.until(Workshop)


def test_guessing_gets_slower_and_slower() -> None:
    waits = [wait_after(misses) for misses in range(FREE + 10)]
    assert waits[:FREE] == [0.0] * FREE
    assert waits[FREE] == WAIT
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST


def test_the_technician_sees_what_is_wrong_with_the_printer(kiosk: Opens, hall: Hall, hashed: str) -> None:
    hall.report_printer("main", "network 192.0.2.10:9100", frozenset({Trouble.PAPER_OUT}))
    visitor = inside(kiosk, hashed)
    visitor.tap("language-en")
    visitor.bot.waitUntil(lambda: "Out of paper" in texts(visitor))


def test_the_technician_prints_a_test_page_and_is_told_what_became_of_it(
    kiosk: Opens,
    hall: Hall,
    hashed: str,
) -> None:
    visitor = inside(kiosk, hashed)
    visitor.tap("language-en")
    visitor.tap("test-print")
    jobs: list[PrintJob] = []

    def taken() -> bool:
        job = hall.take_job("main")
        jobs.extend([job] if job else [])
        return bool(jobs)

    visitor.bot.waitUntil(taken)
    assert [job.kind for job in jobs] == [JobKind.TEST]
    hall.end_job(jobs[0].id, JobState.CONFIRMED)
    visitor.bot.waitUntil(lambda: "The test page was printed." in texts(visitor))


@pytest.mark.parametrize(("key", "status"), [("restart", RESTARTED), ("leave", LEFT)])
def test_the_technician_restarts_or_leaves(kiosk: Opens, hashed: str, key: str, status: int) -> None:
    visitor = inside(kiosk, hashed)
    ended: list[int] = []
    visitor.room.left.connect(ended.append)
    visitor.tap(key)
    visitor.bot.waitUntil(lambda: ended == [status])


def _shows(visitor: Fingers, told: str) -> bool:
    return told in texts(visitor)


def test_the_technician_hears_how_loud_it_is(kiosk: Opens, hashed: str) -> None:
    visitor = inside(kiosk, hashed)
    visitor.tap("language-en")
    for key, told in (("louder", "Volume 90 %"), ("louder", "Volume 100 %"), ("louder", "100 %"), ("quieter", "90 %")):
        visitor.tap(key)
        visitor.bot.waitUntil(partial(_shows, visitor, told))


def test_a_visitor_s_tap_cannot_do_a_technician_s_act(kiosk: Opens) -> None:
    visitor = kiosk()
    visitor.until(Agencies)
    ended: list[int] = []
    visitor.room.left.connect(ended.append)
    visitor.room._frame.taps.tapped.emit("leave", "")  # type: ignore[attr-defined]
    assert ended == []


def test_a_locked_window_cannot_be_closed(kiosk: Opens) -> None:
    visitor = kiosk()
    visitor.until(Agencies)
    window = visitor.room.window
    window.setProperty("locked", True)
    event = QCloseEvent()
    QGuiApplication.sendEvent(window, event)
    assert not event.isAccepted()
    assert window.isVisible()


def test_the_pictures_of_a_folder_take_turns_and_a_broken_one_is_left_out(
    kiosk: Opens,
    tmp_path: Path,
) -> None:
    from PIL import Image

    folder = tmp_path / "pictures"
    folder.mkdir()
    for name in ("a", "b"):
        Image.new("RGB", (20, 20)).save(folder / f"{name}.png")
    (folder / "c.png").write_bytes(b"this is no picture")
    visitor = kiosk(replace(SETUP, pictures=folder, saver_seconds=180, saver_turn=20))
    visitor.until(Agencies)
    visitor.pass_time(181)
    assert [picture(visitor)] + [turned(visitor) for _ in range(2)] == ["a.png", "b.png", "c.png"]
    visitor.bot.waitUntil(lambda: picture(visitor) != "c.png")
    assert {turned(visitor) for _ in range(5)} == {"a.png", "b.png"}


def picture(visitor: Fingers) -> str:
    """The name of the picture that stands on the screen."""
    visitor.room.window.grabWindow()
    return Path(visitor.room.window.property("view")["picture"]).name


def turned(visitor: Fingers) -> str:
    """The next one."""
    visitor.pass_time(20)
    return picture(visitor)
