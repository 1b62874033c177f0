"""What a visitor hears, and that hearing is enough: the window is real, only the loudspeaker is an ear."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from assets import qt
from assets.words import LANGUAGES, say
from hall import Hall
from hall.bookings_file import Written
from hall.printing import JobState
from kiosk import pages
from kiosk.focus import Control
from kiosk.guidance import controls
from kiosk.layout import layout
from kiosk.pages import Agencies, Asking, CheckIn, Ease, Search, Services, Slip, Taken
from kiosk.room import Setup
from kiosk.specimen import PAGES, specimen
from kiosk.speech import Moment, control, news
from kiosk.views import derive
from kiosk.visit import READING
from kiosk.voice import Headphones
from tests.halls import SMALL, Clock, opened
from tests.keypads import BACK, DOWN, ENTER, F9, F10, HOME, LEFT, PORTRAIT, RIGHT, Keypad, keypad, opens

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
WORLD = SMALL.replace('languages = ["id", "en"]', 'languages = ["en", "id", "az", "ru"]')


@pytest.fixture(scope="session")
def qapp() -> QGuiApplication:
    """The rooms' own application, where pytest-qt would make one with widgets."""
    return qt.application("kiosk")


@pytest.fixture
def hall(tmp_path: Path, clock: Clock) -> Iterator[Hall]:
    """The small hall; English first, so that its sentences can be read here."""
    with opened(tmp_path, clock, WORLD) as hall:
        yield hall


@pytest.fixture
def visitor(qtbot: QtBot, tmp_path: Path, clock: Clock, hall: Hall) -> Iterator[Keypad]:
    """Who has plugged in headphones."""
    with keypad(qtbot, opens(tmp_path, clock), Setup(PORTRAIT, silence_key="F10")) as visitor:
        visitor.press(F9)
        yield visitor


def moment(page: str, language: str = "en", focus: Control | None = None) -> Moment:
    visit, look, rules = specimen(page, language)
    return Moment(derive(visit, look, rules, layout(1080, 1920, 268.0), "http://hall.example", 0.0), focus)


# -- what is said ------------------------------------------------------------------------------------------------------


def test_a_page_is_told_with_its_choices_and_once_how_to_move() -> None:
    first = Control("agency-a", 0, 0, 1, 1, "agency", "a", "Tax", "3 people waiting, 10 to 25 minutes")
    said = news(None, moment("agencies", focus=first))
    assert said.startswith("What brings you here today? Choose a service or an agency.")
    assert "choices. Page 1 of " in said
    assert "Move with the arrow keys and choose with Enter." in said
    assert said.endswith("Tax. 3 people waiting, 10 to 25 minutes.")
    later = news(moment("agencies", focus=first), moment("services", focus=first))
    assert "arrow keys" not in later
    assert later.endswith("minutes.")


def test_nothing_new_is_silence_even_when_people_come_and_go() -> None:
    before = moment("services", focus=Control("a", 0, 0, 1, 1, name="Tax", explained="Nobody is waiting"))
    after = moment("services", focus=Control("a", 0, 0, 1, 1, name="Tax", explained="1 person waiting"))
    assert news(before, before) == ""
    assert news(before, after) == ""


def test_a_control_tells_its_name_its_state_and_why() -> None:
    assert control(Control("a", 0, 0, 1, 1, name="Tax", explained="Closed today.", open=False), "en") == (
        "Tax. Closed today."
    )
    assert control(Control("a", 0, 0, 1, 1, "adapt", name="High contrast", on=False), "en") == "High contrast, off."
    assert control(Control("a", 0, 0, 1, 1, "language", name="Русский", on=True), "ru") == "Русский, выбрано."
    assert control(Control("a", 0, 0, 1, 1, "language", name="English", on=False), "en") == "English."


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_ticket_is_told_whole(language: str) -> None:
    said = news(None, moment("ticket", language))
    view = moment("ticket", language).view["ticket"]
    for part in (view["number"], view["place"], view["aheadLabel"], view["heard"], say(language, "Take your slip")):
        assert part in said
    assert "10" in view["heard"]
    assert "25" in view["heard"]


def test_a_slip_that_did_not_come_is_told_without_asking_for_a_photograph() -> None:
    said = news(moment("ticket"), moment("ticket-no-paper"))
    assert "The slip could not be printed. Staff have been told. Your number is valid. Please remember it." in said
    assert "Photograph" not in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", [page for page in PAGES if page != "saver"])
def test_every_page_is_told_in_sentences_for_the_ear(page: str, language: str) -> None:
    said = news(None, moment(page, language))
    assert said
    assert said[-1] in ".?!"
    assert not set(said) & set("\N{NON-BREAKING HYPHEN}\N{WORD JOINER}·•{}")


@pytest.mark.parametrize(
    ("left", "mark"), [(30, 30), (29, 0), (21, 0), (20, 20), (19, 0), (10, 10), (9, 0), (1, 0), (0, 0)]
)
def test_the_countdown_is_told_at_30_20_and_10_seconds(left: int, mark: int) -> None:
    now = moment("services", focus=Control("a", 0, 0, 1, 1))
    before, after = (
        replace(now, view=now.view | {"countdown": seconds}) for seconds in (left + 1 if left else 0, left)
    )
    if left == 30:
        before = now
    expected = f"The screen goes back to the start in {mark} seconds. Press any key to stay." if mark else ""
    assert news(before, after) == expected


# -- who hears ---------------------------------------------------------------------------------------------------------


def test_who_only_hears_takes_a_ticket(visitor: Keypad, hall: Hall) -> None:
    """The next key is chosen by nothing but what was said."""
    hall.issue("civil.birth")
    visitor.bot.waitUntil(lambda: visitor.room._asks("civil.birth"))
    assert "arrow keys" in visitor.ear.last
    _find(visitor, "Civil registry")
    visitor.press(ENTER)
    assert visitor.ear.last.startswith("Civil registry. Choose a service to take a number. 2 choices.")
    _find(visitor, "Birth")
    assert "1 person waiting" in visitor.ear.last
    visitor.press(ENTER)
    assert visitor.ear.last.startswith("Birth. Do you need priority?")
    _find(visitor, "I am 60 or older")
    visitor.press(ENTER)
    ticket = visitor.until(Taken).ticket
    assert "Your number is B002. Birth. Civil registry. Nobody is before you." in visitor.ear.last
    assert "Zone A" in visitor.ear.last
    assert "Press Enter to finish." in visitor.ear.last
    visitor.press(ENTER)
    assert visitor.ear.last == "The screen is back at the start. Speech is off."
    assert isinstance(visitor.room.visit.page, Agencies)
    assert hall.ticket(ticket.id).priority == "elderly"


def _find(visitor: Keypad, name: str) -> None:
    """Go on with one key until the name is heard."""
    for _ in range(60):
        if visitor.ear.last.startswith((f"{name}.", f"{name},")):
            return
        visitor.press(RIGHT)
    pytest.fail(f"{name} is nowhere to be heard: {visitor.ear.heard[-20:]}")


def test_nothing_is_said_until_a_visitor_wants_it(qtbot: QtBot, tmp_path: Path, clock: Clock, hall: Hall) -> None:
    with keypad(qtbot, opens(tmp_path, clock)) as visitor:
        visitor.press(DOWN, RIGHT, ENTER)
        visitor.until(Services)
        visitor.pass_time(80)
        assert visitor.ear.heard == []
    assert visitor.ear.closed


def test_the_tile_turns_speech_on_and_off(qtbot: QtBot, tmp_path: Path, clock: Clock, hall: Hall) -> None:
    with keypad(qtbot, opens(tmp_path, clock)) as visitor:
        visitor.press(DOWN)
        visitor.choose("easier")
        visitor.choose("adapt-speech")
        assert visitor.ear.last.startswith("Make the screen easier to use.")
        assert visitor.ear.last.endswith("Read aloud, on.")
        said = len(visitor.ear.heard)
        visitor.press(ENTER, LEFT)
        assert len(visitor.ear.heard) == said


def test_the_speech_key_again_says_everything_again_and_the_other_turns_it_off(visitor: Keypad) -> None:
    everything = visitor.ear.last
    visitor.press(RIGHT)
    assert visitor.ear.last != everything
    visitor.press(LEFT, F9)
    assert visitor.ear.last == everything
    visitor.press(F10)
    said = len(visitor.ear.heard)
    visitor.press(RIGHT, ENTER)
    assert len(visitor.ear.heard) == said
    assert not visitor.room.visit.eased


def test_a_key_for_both_turns_speech_on_and_off(qtbot: QtBot, tmp_path: Path, clock: Clock, hall: Hall) -> None:
    setup = Setup(PORTRAIT, speech_key="F15", silence_key="F15", repeat_key="F16")
    with keypad(qtbot, opens(tmp_path, clock), setup) as visitor:
        visitor.press(Qt.Key.Key_F15)
        assert Ease.SPEECH in visitor.room.visit.eased
        everything = visitor.ear.last
        visitor.press(RIGHT, LEFT, Qt.Key.Key_F16)
        assert visitor.ear.last == everything
        visitor.press(Qt.Key.Key_F15)
        assert not visitor.room.visit.eased


def test_any_key_silences_what_is_being_said(visitor: Keypad) -> None:
    for key in (RIGHT, LEFT, ENTER, BACK, HOME, F9, F10):
        before = visitor.ear.silenced
        visitor.press(key)
        assert visitor.ear.silenced > before


def test_a_key_that_changes_nothing_tells_where_one_is(visitor: Keypad) -> None:
    said = len(visitor.ear.heard)
    visitor.press(BACK)
    assert len(visitor.ear.heard) == said + 1
    assert visitor.ear.last == "Civil registry."


def test_another_language_is_heard_at_once_and_its_name_in_its_own(visitor: Keypad) -> None:
    for _ in range(30):
        visitor.press(RIGHT)
        if visitor.at == "language-ru":
            break
    assert visitor.ear.heard[-1] == ("Русский.", "ru")
    visitor.press(ENTER)
    assert visitor.ear.heard[-1][1] == "ru"
    assert visitor.ear.last.endswith("Русский, выбрано.")


def test_the_end_of_a_visit_is_told_and_ends_speech(visitor: Keypad) -> None:
    visitor.press(ENTER)
    visitor.until(Services)
    visitor.pass_time(60)
    assert visitor.ear.last == "The screen goes back to the start in 30 seconds. Press any key to stay."
    visitor.pass_time(10)
    assert "in 20 seconds" in visitor.ear.last
    visitor.press(ENTER)
    assert isinstance(visitor.room.visit.page, Services)
    for seconds in (60, 10, 10):
        visitor.pass_time(seconds)
    assert "in 10 seconds" in visitor.ear.last
    visitor.pass_time(10)
    visitor.until(Agencies)
    assert visitor.ear.last == "The screen is back at the start. Speech is off."
    said = len(visitor.ear.heard)
    visitor.press(RIGHT, RIGHT)
    assert len(visitor.ear.heard) == said


def test_a_ticket_stays_while_it_is_read_out_but_not_for_ever(visitor: Keypad) -> None:
    visitor.press(ENTER)
    visitor.press(ENTER)
    visitor.until(Taken)
    visitor.ear.speaking = True
    visitor.pass_time(70)
    assert isinstance(visitor.room.visit.page, Taken)
    visitor.ear.speaking = False
    visitor.pass_time(55)
    assert "in 10 seconds" in visitor.ear.last
    visitor.press(ENTER)  # stays
    assert isinstance(visitor.room.visit.page, Taken)
    visitor.ear.speaking = True
    for _ in range(int(READING) // 50 + 2):
        visitor.pass_time(50)
    visitor.until(Agencies)


def test_what_becomes_of_the_slip_is_told(visitor: Keypad, hall: Hall) -> None:
    visitor.press(ENTER)
    visitor.press(ENTER)
    visitor.until(Taken)
    assert "Your slip is being printed." in visitor.ear.last
    job = hall.take_job("main")
    assert job is not None
    hall.end_job(job.id, JobState.CONFIRMED)
    visitor.bot.waitUntil(lambda: "Take your slip." in visitor.ear.last)
    assert visitor.ear.last.startswith("Your number is A001.")


def test_letters_and_what_they_find_are_told(visitor: Keypad) -> None:
    _find(visitor, "Search for a service")
    visitor.press(ENTER)
    visitor.until(Search)
    for letter in "ca":
        _find(visitor, letter.upper())
        visitor.press(ENTER)
    assert visitor.ear.last.startswith("A. ")
    assert "service" in visitor.ear.last
    visitor.room.happen(pages.Erase())
    assert visitor.ear.last.startswith("A erased.")
    visitor.press(F9)
    assert "Typed so far: C." in visitor.ear.last
    for letter in "xq":
        visitor.room.happen(pages.Type(letter))
    assert visitor.ear.last == "Q. Nothing found. Try another word."


def test_a_booking_that_is_not_known_is_told(visitor: Keypad, hall: Hall) -> None:
    hall.import_bookings([Written(2, "AB-1", "civil.card", "2026-11-23", "09:00", "09:30")])
    visitor.bot.waitUntil(lambda: any(one.key == "booking" for one in controls(visitor.room.window.contentItem())))
    _find(visitor, "I have a booking")
    visitor.press(ENTER)
    visitor.until(CheckIn)
    visitor.room.happen(pages.Type("X"))
    _find(visitor, "Continue")
    visitor.press(ENTER)
    visitor.bot.waitUntil(lambda: visitor.ear.last.startswith("You have a booking"))
    view = visitor.room.visit.page
    assert isinstance(view, CheckIn)
    assert view.refusal is not None
    assert view.refusal.said("en") in visitor.ear.last


def test_a_finger_hears_what_it_chose(visitor: Keypad, hall: Hall) -> None:
    hall.issue("civil.card")
    visitor.room.window.grabWindow()
    visitor.steady.now += 1
    visitor.room.guidance.touched()
    visitor.room.choose("agency", "civil")
    assert visitor.ear.last == "Civil registry. Choose a service to take a number. 2 choices."
    visitor.steady.now += 1
    visitor.bot.waitUntil(lambda: visitor.room._asks("civil.card"))
    visitor.room.choose("service", "civil.card")
    visitor.until(Asking)
    assert visitor.ear.last.startswith("Card. Do you need priority?")


def test_a_hall_that_is_lost_is_told(visitor: Keypad) -> None:
    visitor.room.happen(pages.HallLost())
    assert visitor.ear.last.startswith("One moment, please. The ticket machine cannot reach the queue")


def test_the_slip_s_news_of_another_ticket_is_none(visitor: Keypad) -> None:
    said = len(visitor.ear.heard)
    visitor.room.happen(pages.SlipTold(99, Slip.FAILED))
    assert len(visitor.ear.heard) == said


# -- the loudspeaker ---------------------------------------------------------------------------------------------------


def test_the_real_voice_speaks_into_files_and_its_engine_ends_with_the_kiosk(
    qtbot: QtBot, tmp_path: Path, clock: Clock, hall: Hall
) -> None:
    folder = tmp_path / "sounds"
    voice = Headphones(f"file:{folder}")
    before = _engines()
    with keypad(qtbot, opens(tmp_path, clock), voice=voice) as visitor:
        visitor.press(DOWN)
        assert not folder.exists()
        visitor.press(F9)
        qtbot.waitUntil(lambda: not voice.speaking and (folder / "guide.wav").is_file(), timeout=30_000)
        first = (folder / "guide.wav").stat().st_size
        visitor.press(RIGHT)
        qtbot.waitUntil(lambda: not voice.speaking and (folder / "guide.wav").stat().st_size < first, timeout=30_000)
        assert _engines() - before
    assert not _engines() - before


def _engines() -> set[str]:
    """The processes this one has started and not ended."""
    return {pid for tasks in Path("/proc/self/task").glob("*/children") for pid in tasks.read_text().split()}


def test_without_a_device_the_kiosk_works_on_and_says_so_once(
    qtbot: QtBot, tmp_path: Path, clock: Clock, hall: Hall, capfd: pytest.CaptureFixture[str]
) -> None:
    voice = Headphones("no such device")
    with keypad(qtbot, opens(tmp_path, clock), voice=voice) as visitor:
        for key in (F9, RIGHT, LEFT, ENTER):
            visitor.press(key)
            qtbot.waitUntil(lambda: not voice.speaking, timeout=30_000)
        visitor.until(Services)
    complaints = capfd.readouterr().err.strip().splitlines()
    assert len(complaints) == 1


def test_a_kiosk_that_ends_while_its_voice_is_being_made_ends(tmp_path: Path) -> None:
    voice = Headphones(f"file:{tmp_path}")
    voice.say("Hello", "en")
    voice.close()
    assert not voice.speaking
