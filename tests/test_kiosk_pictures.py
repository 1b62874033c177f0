"""Every page as it looks, and what can be measured in its real scene: sizes, room for every text."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QFontMetricsF
from PySide6.QtQuick import QQuickItem

from assets import fonts, qt
from assets.words import LANGUAGES
from kiosk import visit as visits
from kiosk.layout import layout
from kiosk.pages import Agencies, Services
from kiosk.specimen import PAGES, specimen
from kiosk.views import derive
from kiosk.window import SHORT_SIDE_MM, Frame, picture
from tests.golden import same_picture

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

GOLDEN = Path(__file__).parent / "golden" / "kiosk"
PORTRAIT, LANDSCAPE = (1080, 1920), (1920, 1080)
PICTURES = [(page, language, PORTRAIT) for page in PAGES for language in LANGUAGES]
PICTURES += [(page, language, LANDSCAPE) for page in PAGES for language in ("id", "ru")]
SCENES = [(language, size) for language in LANGUAGES for size in (PORTRAIT, LANDSCAPE)]
TOUCH_MM, TILE_MM, CAPITALS_MM = 20.0, 30.0, 4.8


@pytest.fixture(autouse=True, scope="module")
def application() -> None:
    qt.application("kiosk")


@pytest.mark.parametrize(("page", "language", "size"), PICTURES)
def test_a_page_looks_as_it_was_accepted(page: str, language: str, size: tuple[int, int], tmp_path: Path) -> None:
    name = f"{page}-{language}-{size[0]}x{size[1]}.png"
    picture(page, language, size, tmp_path / name)
    same_picture(tmp_path / name, GOLDEN / name)


def visible(item: QQuickItem) -> Iterator[QQuickItem]:
    if item.isVisible() and item.opacity() > 0:
        yield item
        for child in item.childItems():
            yield from visible(child)


def box(item: QQuickItem) -> QRectF:
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


def ink(text: QQuickItem) -> QRectF:
    """Where a text is painted: of one line, its letters without the air above and below."""
    if text.property("lineCount") > 1:
        return text.mapRectToScene(QRectF(0, 0, text.width(), text.property("contentHeight")))
    letters = QFontMetricsF(text.property("font")).tightBoundingRect(text.property("text"))
    return text.mapRectToScene(
        QRectF(0, text.property("baselineOffset") + letters.top(), text.width(), letters.height())
    )


def within(inner: QRectF, outer: QRectF) -> bool:
    return outer.adjusted(-1, -1, 1, 1).contains(inner)


def ancestors(item: QQuickItem) -> Iterator[QQuickItem]:
    parent = item.parentItem()
    while parent is not None:
        yield parent
        parent = parent.parentItem()


@pytest.mark.parametrize(("language", "size"), SCENES)
def test_every_text_fits_and_every_control_is_large_enough(language: str, size: tuple[int, int]) -> None:
    screen = qt.Screen(*size, SHORT_SIDE_MM * size[0] / min(size))
    frame = Frame()
    frame.fit(screen, "light")
    wrong: list[str] = []
    for page in PAGES:
        visit, look, rules = specimen(page, language)
        bands = layout(*size, screen.width_mm)
        sheets = derive(visit, look, rules, bands, "http://hall.example", 0.0)["sheets"]
        for sheet in range(sheets):
            frame.show(
                derive(turned(visit, sheet), look, rules, layout(*size, screen.width_mm), "http://hall.example", 0.0)
            )
            frame.window.show()
            QCoreApplication.processEvents()
            wrong += [f"{page} {sheet}: {one}" for one in faults(frame, screen)]
    frame.close()
    assert not wrong, "\n".join(wrong)


def turned(visit: visits.Visit, sheet: int) -> visits.Visit:
    page = visit.page
    return replace(visit, page=replace(page, sheet=sheet)) if isinstance(page, Agencies | Services) else visit


def faults(frame: Frame, screen: qt.Screen) -> Iterator[str]:
    """What is too small, cut, or outside of what holds it."""
    items = list(visible(frame.window.contentItem()))
    for text in (item for item in items if item.inherits("QQuickText") and item.property("text")):
        said = text.property("text")
        if text.property("truncated") or text.property("contentWidth") > text.width() + 1:
            yield f"cut: {said}"
        if any(not within(ink(text), box(holder)) for holder in ancestors(text) if holder.width() and holder.height()):
            yield f"sticks out: {said}"
        if text.property("font").pixelSize() * fonts.CAPITAL < CAPITALS_MM * screen.dots_per_mm - 1:
            yield f"too small: {said}"
    touched = [item for item in items if item.property("choosable") is not None]
    for control in touched:
        name = control.objectName()
        least = TILE_MM if name.startswith(("agency-", "service-")) else TOUCH_MM
        if min(control.width(), control.height()) < least * screen.dots_per_mm:
            yield f"too small to touch: {name}"
        if not within(box(control), box(frame.window.contentItem())):
            yield f"off the screen: {name}"
    boxes = [(one.objectName(), box(one)) for one in touched]
    for place, (name, one) in enumerate(boxes):
        for other_name, other in boxes[place + 1 :]:
            if one.intersects(other):
                yield f"overlap: {name} and {other_name}"
