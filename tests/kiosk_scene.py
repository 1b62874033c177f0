"""What can be measured in the kiosk's real scene: room for every text, sizes of what is touched, contrast, names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from msgspec.structs import replace
from PIL import Image
from PySide6.QtCore import QCoreApplication, QRect, QRectF
from PySide6.QtGui import QAccessible, QColor, QFontMetricsF, QImage
from PySide6.QtQuick import QQuickItem

from assets import fonts, qt
from kiosk.layout import Layout, layout
from kiosk.look import Look
from kiosk.pages import Agencies, Ease, Search, Services
from kiosk.specimen import specimen
from kiosk.views import View, derive
from kiosk.visit import Rules, Visit
from kiosk.window import SHORT_SIDE_MM, Frame

TOUCH_MM, TILE_MM, CAPITALS_MM = 20.0, 30.0, 4.8
CONTRAST = 7.0
ENDLESS = 100
"""A name this long may end in an ellipsis; no other text may."""
PAINTED = 60
"""Of 765: a text whose colour is nowhere so near is not on the picture."""
Colour = tuple[int, int, int]
TILES = ("agency-", "service-", "answer", "adapt-")
ROLES = {
    QAccessible.Role.AlertMessage,
    QAccessible.Role.Button,
    QAccessible.Role.CheckBox,
    QAccessible.Role.RadioButton,
}


@dataclass(frozen=True)
class Scene:
    """One window that shows page after page."""

    frame: Frame
    screen: qt.Screen
    eased: frozenset[Ease]

    @staticmethod
    def of(size: tuple[int, int], *eased: Ease) -> Scene:
        screen = qt.Screen(*size, SHORT_SIDE_MM * size[0] / min(size))
        frame = Frame()
        frame.fit(screen, "light")
        return Scene(frame, screen, frozenset(eased))

    @property
    def layout(self) -> Layout:
        return layout(self.screen.width, self.screen.height, self.screen.width_mm, eased=self.eased)

    def views(self, page: str, language: str) -> Iterator[View]:
        """Every sheet of a page of the demo hall."""
        return self.sheets(*specimen(page, language))

    def sheets(self, visit: Visit, look: Look, rules: Rules) -> Iterator[View]:
        """Every sheet of a page."""
        sheet, sheets = 0, 1
        while sheet < sheets:
            view = self.view(_turned(visit, sheet), look, rules)
            sheet, sheets = sheet + 1, view["sheets"]
            yield view

    def view(self, visit: Visit, look: Look, rules: Rules) -> View:
        visit = replace(visit, eased=self.eased)
        return derive(visit, look, rules, self.layout, "http://hall.example", visit.since)

    def show(self, view: View) -> Image.Image:
        """Show a view and take its picture."""
        self.frame.show(view)
        self.frame.window.show()
        QCoreApplication.processEvents()
        shot = self.frame.window.grabWindow().convertToFormat(QImage.Format.Format_RGB888)
        return Image.frombuffer(
            "RGB", (shot.width(), shot.height()), bytes(shot.constBits()), "raw", "RGB", shot.bytesPerLine(), 1
        )

    def faults(self, view: View, picture: Image.Image) -> Iterator[str]:
        """What is cut, too small, too pale, nameless, out of reach, or in another's way."""
        items = list(visible(self.frame.window.contentItem()))
        texts = [item for item in items if item.inherits("QQuickText") and item.property("text")]
        controls = [item for item in items if item.property("choosable")]
        # It covers the keys on purpose.
        covered = next((box(one) for one in controls if one.objectName() == "stay"), QRectF())
        seen = [one for one in texts if not covered.intersects(ink(one)) or on_banner(one)]
        for text in seen:
            yield from self._text(text, picture)
        for control in controls:
            yield from self._control(control, view)
        yield from _crossings(seen, [one for one in controls if not covered.intersects(box(one))])

    def _text(self, text: QQuickItem, picture: Image.Image) -> Iterator[str]:
        said = text.property("text")
        if text.property("truncated") and len(said) < ENDLESS:
            yield f"cut: {said}"
        if text.property("contentWidth") > text.width() + 1:
            yield f"wider than its place: {said}"
        if any(not within(ink(text), box(holder)) for holder in ancestors(text) if holder.width() and holder.height()):
            yield f"sticks out: {said}"
        if text.property("font").pixelSize() * fonts.CAPITAL < CAPITALS_MM * self.screen.dots_per_mm - 1:
            yield f"too small: {said}"
        if (contrast := seen_contrast(text, picture)) < CONTRAST:
            yield f"too pale, {contrast:.1f} to 1: {said}"

    def _control(self, control: QQuickItem, view: View) -> Iterator[str]:
        name, place = control.objectName(), box(control)
        least = TILE_MM if name.startswith(TILES) else TOUCH_MM
        if min(control.width(), control.height()) < least * self.screen.dots_per_mm - 0.5:
            yield f"too small to touch: {name}"
        if not within(place, box(self.frame.window.contentItem())):
            yield f"off the screen: {name}"
        bands = self.layout
        limit = (bands.header + bands.space + bands.heading) * self.screen.dots_per_mm
        if view["lower"] and place.top() < limit:
            yield f"above the limit: {name}"
        known = QAccessible.queryAccessibleInterface(control)
        if not known.text(QAccessible.Text.Name) or known.role() not in ROLES:
            yield f"nothing for who does not see it: {name}"


def _turned(visit: Visit, sheet: int) -> Visit:
    page = visit.page
    return replace(visit, page=replace(page, sheet=sheet)) if isinstance(page, Agencies | Services | Search) else visit


def _crossings(texts: list[QQuickItem], controls: list[QQuickItem]) -> Iterator[str]:
    boxes = [(one.objectName(), box(one)) for one in controls]
    for place, (name, one) in enumerate(boxes):
        yield from (f"overlap: {name} and {other}" for other, its in boxes[place + 1 :] if one.intersects(its))
    painted = [(one, ink(one)) for one in texts]
    for place, (text, one) in enumerate(painted):
        for other, its in painted[place + 1 :]:
            if one.intersects(its):
                yield f"overlap: {text.property('text')} and {other.property('text')}"
        holders = list(ancestors(text))
        for control in controls:
            if one.intersects(box(control)) and control not in holders:
                yield f"overlap: {text.property('text')} and {control.objectName()}"


def visible(item: QQuickItem) -> Iterator[QQuickItem]:
    """What is seen of an item, it first."""
    if item.isVisible() and item.opacity() > 0:
        yield item
        for child in item.childItems():
            yield from visible(child)


def ancestors(item: QQuickItem) -> Iterator[QQuickItem]:
    """What holds an item."""
    parent = item.parentItem()
    while parent is not None:
        yield parent
        parent = parent.parentItem()


def box(item: QQuickItem) -> QRectF:
    """Where an item stands in the window."""
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


def ink(text: QQuickItem) -> QRectF:
    """Where a text is painted: of one line, its letters without the air above and below."""
    if text.property("lineCount") > 1:
        return text.mapRectToScene(QRectF(0, 0, text.width(), text.property("contentHeight")))
    letters = QFontMetricsF(text.property("font")).tightBoundingRect(text.property("text"))
    return text.mapRectToScene(
        QRectF(0, text.property("baselineOffset") + letters.top(), text.width(), letters.height())
    )


def on_banner(text: QQuickItem) -> bool:
    """Whether a text stands on what covers others."""
    return any(one.objectName() == "stay" for one in ancestors(text))


def within(inner: QRectF, outer: QRectF) -> bool:
    """Whether one stands in the other, but for a dot."""
    return outer.adjusted(-1, -1, 1, 1).contains(inner)


def seen_contrast(text: QQuickItem, picture: Image.Image) -> float:
    """Of a text's colour with what is really behind it in the picture: the commonest colour there; 0 if not painted."""
    place = ink(text).toAlignedRect().adjusted(-4, -4, 4, 4).intersected(QRect(0, 0, picture.width, picture.height))
    if place.isEmpty():
        return 0.0
    crop = picture.crop((place.left(), place.top(), place.right() + 1, place.bottom() + 1))
    painted: QColor = text.property("color")
    own = (painted.red(), painted.green(), painted.blue())
    found = cast("list[tuple[int, Colour]]", crop.getcolors(crop.width * crop.height))
    if min(sum(abs(a - b) for a, b in zip(own, one, strict=True)) for _, one in found) > PAINTED:
        return 0.0
    behind = max(pair for pair in found if pair[1] != own)[1]
    light, dark = sorted((_luminance(own), _luminance(behind)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
        for part in (one / 255 for one in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
