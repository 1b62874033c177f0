"""What assistive technology is told: the tree that Qt hands out, walked on every page."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtQuick import QQuickItem

from assets import qt
from assets.words import LANGUAGES
from kiosk.guidance import controls
from kiosk.layout import layout
from kiosk.pages import Ease
from kiosk.specimen import PAGES, specimen
from kiosk.views import derive
from kiosk.window import SHORT_SIDE_MM, Frame

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

CONTROLS = (QAccessible.Role.Button, QAccessible.Role.RadioButton, QAccessible.Role.CheckBox)
SAVER = "saver"


@pytest.fixture(scope="module")
def _listened() -> Iterator[None]:
    qt.application("kiosk")
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@contextmanager
def opened(page: str, language: str, countdown: int = 0) -> Iterator[Frame]:
    visit, look, rules = specimen(page, language)
    frame = Frame()
    frame.fit(qt.Screen(1080, 1920, SHORT_SIDE_MM), "light")
    bands = layout(1080, 1920, SHORT_SIDE_MM)
    frame.show(derive(visit, look, rules, bands, "http://hall.example", 0.0) | {"countdown": countdown})
    frame.window.show()
    QCoreApplication.processEvents()
    try:
        yield frame
    finally:
        frame.close()


def told(frame: Frame) -> list[QAccessibleInterface]:
    """Everything in the tree that is to be seen."""

    def under(one: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
        for place in range(one.childCount()):
            child = one.child(place)
            if not child.state().invisible:
                yield child
                yield from under(child)

    return list(under(QAccessible.queryAccessibleInterface(frame.window)))


def name(one: QAccessibleInterface) -> str:
    return one.text(QAccessible.Text.Name)


def texts(item: QQuickItem) -> Iterator[str]:
    """What can be read on the screen outside of controls and fields."""
    if not item.isVisible() or item.property("choosable") is not None:
        return
    if item.inherits("QQuickText") and item.property("text") and item.objectName() != "typed":
        yield item.property("text")
    for child in item.childItems():
        yield from texts(child)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", [page for page in PAGES if page != SAVER])
def test_every_control_and_every_text_has_a_role_and_a_name(page: str, language: str, _listened: None) -> None:
    with opened(page, language) as frame:
        tree = told(frame)
        assert QAccessible.queryAccessibleInterface(frame.window).text(QAccessible.Text.Name)
        assert all(name(one) for one in tree)
        acted = [one for one in tree if one.role() in CONTROLS]
        assert [name(one) for one in acted] == [one.name for one in controls(frame.window.contentItem())]
        assert all(one.state().focusable for one in acted)
        read = [name(one) for one in tree if one.role() not in CONTROLS]
        for text in texts(frame.window.contentItem()):
            assert text in read


def test_what_is_turned_on_and_what_is_spoken_is_told(_listened: None) -> None:
    visit, look, rules = specimen("easier", "en")
    with opened("easier", "en") as frame:
        eased = replace(visit, eased=frozenset({Ease.CONTRAST}))
        frame.show(derive(eased, look, rules, layout(1080, 1920, SHORT_SIDE_MM), "http://hall.example", 0.0))
        states = {name(one): one.state() for one in told(frame) if one.role() in CONTROLS}
        assert [said for said, state in states.items() if state.checked] == ["High contrast", "English"]
        assert [said for said, state in states.items() if state.checkable][:4] == [
            "Larger letters",
            "High contrast",
            "Everything lower down",
            "Read aloud",
        ]


def test_the_focus_of_the_keypad_is_the_focus_of_assistive_technology(_listened: None) -> None:
    with opened("agencies", "en") as frame:
        frame.taps.setProperty("keyed", True)
        frame.taps.setProperty("at", "language-ru")
        assert [name(one) for one in told(frame) if one.state().focused] == ["Русский"]


def test_the_countdown_is_an_alert(_listened: None) -> None:
    with opened("services", "en", countdown=12) as frame:
        alerts = [one for one in told(frame) if one.role() is QAccessible.Role.AlertMessage]
        assert [name(one) for one in alerts] == ["Touch the screen to stay."]
        assert alerts[0].text(QAccessible.Text.Description) == "Otherwise the screen goes back to the start."


def test_a_tile_tells_who_waits_or_why_it_is_closed(_listened: None) -> None:
    with opened("closed", "en") as frame:
        shown = {one.name: one.explained for one in controls(frame.window.contentItem()) if one.what == "service"}
        told_of = {name(one): one.text(QAccessible.Text.Description) for one in told(frame) if one.role() in CONTROLS}
        assert {one: told_of[one] for one in shown} == shown
        assert all(shown.values())
