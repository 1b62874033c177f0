"""The logo in the kiosk's header: the hall's, from the first frame on, changed while it runs; or the machine's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QColor

from assets import qt
from hall import Hall
from hall.settings import ThemeSettings
from kiosk.ahead import _first_page
from kiosk.look import Watch
from kiosk.own import own
from kiosk.pages import Agencies, Services
from kiosk.start import Kiosk
from kiosk.window import Frame
from tests.kiosk_scene import visible
from tests.pictures import BLUE, RED, huge, logo, saved
from tests.test_kiosk_window import SETUP, Fingers, Opens, kiosk, qapp  # noqa: F401 - fixtures

GREEN = (0, 128, 60)


def shown(visitor: Fingers) -> str:
    """The colour of the disc in the header; empty without a logo."""
    mark = visitor.item("logo")
    if mark is None:
        return ""
    place = mark.mapToScene(mark.boundingRect().center()) - mark.mapToScene(mark.boundingRect().topLeft())
    at = mark.mapToScene(mark.boundingRect().topLeft())
    wide = mark.property("paintedWidth")
    left = at.x() + place.x() - wide / 2
    picture = visitor.room.window.grabWindow()
    return picture.pixelColor(round(left + 0.3 * wide), round(at.y() + place.y())).name()


def named(colour: tuple[int, int, int]) -> str:
    return QColor(*colour).name()


def test_a_running_kiosk_wears_a_logo_as_soon_as_it_is_uploaded_then_another_then_none(
    kiosk: Opens, hall: Hall
) -> None:
    visitor = kiosk()
    visitor.until(Agencies)
    assert shown(visitor) == ""
    hall.logo.change(saved(logo()))
    visitor.bot.waitUntil(lambda: shown(visitor) == named(RED))
    visitor.tap("agency-civil")
    visitor.until(Services)
    assert shown(visitor) == named(RED)
    hall.logo.change(saved(logo(colour=GREEN)))
    visitor.bot.waitUntil(lambda: shown(visitor) == named(GREEN))
    hall.logo.change(saved(logo()))
    visitor.bot.waitUntil(lambda: shown(visitor) == named(RED))
    hall.logo.remove()
    visitor.bot.waitUntil(lambda: shown(visitor) == "")


def test_a_kiosk_that_starts_wears_the_logo_that_is_there(kiosk: Opens, hall: Hall) -> None:
    hall.logo.change(saved(logo()))
    visitor = kiosk()
    visitor.until(Agencies)
    visitor.bot.waitUntil(lambda: shown(visitor) == named(RED))


def test_the_logo_of_its_settings_wins_while_it_can_be_shown(kiosk: Opens, hall: Hall, tmp_path: Path) -> None:
    (tmp_path / "own.png").write_bytes(saved(logo(colour=BLUE)))
    hall.logo.change(saved(logo()))
    visitor = kiosk(replace(SETUP, own=own(ThemeSettings(logo=tmp_path / "own.png"))))
    visitor.until(Agencies)
    visitor.bot.waitUntil(lambda: shown(visitor) == named(BLUE))
    before = visitor.room._look
    hall.logo.change(saved(logo(colour=GREEN)))
    visitor.bot.waitUntil(lambda: visitor.room._look is not before)
    assert shown(visitor) == named(BLUE)


def test_without_its_own_that_is_broken_it_wears_the_hall_s(kiosk: Opens, hall: Hall, tmp_path: Path) -> None:
    (tmp_path / "own.png").write_bytes(huge(40))
    hall.logo.change(saved(logo()))
    visitor = kiosk(replace(SETUP, own=own(ThemeSettings(logo=tmp_path / "own.png"))))
    visitor.until(Agencies)
    visitor.bot.waitUntil(lambda: shown(visitor) == named(RED))


def test_the_picture_is_read_when_it_has_changed_and_at_no_other_look(hall: Hall) -> None:
    watch = Watch(hall, "main")
    assert watch.look().logo is None
    hall.logo.change(saved(logo()))
    first = watch.look().logo
    assert first is not None
    hall.issue("tax.pay", printer=None)
    hall.open_counter("1")
    assert watch.look().logo is first
    hall.logo.remove()
    assert watch.look().logo is None


@pytest.mark.parametrize("settings_have_one", [False, True])
def test_the_first_page_has_it_from_the_first_frame(
    qapp: object, hall: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings_have_one: bool
) -> None:
    hall.logo.change(saved(logo()))
    (tmp_path / "own.png").write_bytes(saved(logo(colour=BLUE)))
    monkeypatch.setenv("ANTREAN_HALL", str(tmp_path / "queue.db"))
    if settings_have_one:
        monkeypatch.setenv("ANTREAN_THEME_LOGO", str(tmp_path / "own.png"))
    page = _first_page()  # as the helper makes it
    assert page
    kept = hall.logo.kept()
    assert kept
    assert page.logo == (b"" if settings_have_one else kept.picture)
    frame = Frame()
    start = Kiosk(qt.application("kiosk"), frame, announce=False, tour=None)
    start._painted = True  # no room comes to life behind this page
    assert start.show(page)
    mark = next(one for one in visible(frame.window.contentItem()) if one.objectName() == "logo")
    assert mark.property("sourceSize").width() == 320
    frame.close()
