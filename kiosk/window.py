"""The window: the QML engine dressed for the kiosk, and a picture of one page. The running kiosk is in `kiosk.room`.

Imports nothing of the hall: the window is being built while the hall's rules are still being read in.
"""

from __future__ import annotations

from collections.abc import Set
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QScreen
from PySide6.QtQuick import QQuickWindow

from assets import qt
from assets.theme import STOCK, Colours

if TYPE_CHECKING:
    from kiosk.pages import Ease

QML = Path(__file__).parent / "qml"
SHORT_SIDE_MM = 268.0
"""The short side of a 21.5 inch screen: what a picture pretends to be taken of."""


class Frame:
    """One kiosk window, and the language its fixed labels are in."""

    def __init__(self) -> None:
        self._engine = qt.engine(QML)
        self._view: dict[str, Any] = {}
        self._screen = qt.Screen(1080, 1920, SHORT_SIDE_MM)
        self._palette = "light"
        self._colours: Colours = STOCK
        self._tokens = self._worn({})
        self.window: QQuickWindow = qt.window(self._engine, "Kiosk", tokens=self._tokens)
        # Not before the window: where no compiled QML is cached yet, Qt's loading thread asks for the words of an error
        # message while this thread waits for it with the interpreter's lock in hand, and both wait for ever.
        self._words = qt.Words()
        QCoreApplication.installTranslator(self._words)

    @cached_property
    def taps(self) -> QObject:
        """Says what was tapped: signals `tapped(what, which)` and `touched`; `keyed`: whether the focus is shown."""
        return cast(QObject, self._engine.singletonInstance("Kiosk", "Taps"))

    def fit(self, screen: qt.Screen, palette: str, colours: Colours = STOCK) -> None:
        """Take on the real screen's size, and a palette with the hall's own colours."""
        self._screen, self._palette, self._colours = screen, palette, colours
        self._dress(self._view)
        self.window.resize(screen.width, screen.height)

    def show(self, view: dict[str, Any]) -> None:
        """Show a view; nothing is drawn when nothing changed."""
        if view == self._view:
            return
        if view["language"] != self._words.spoken:
            self._words.spoken = view["language"]
            self._engine.retranslate()
        if _eases(view) != _eases(self._view):
            self._dress(view)
        self._view = view
        self.window.setProperty("view", view)

    def _dress(self, view: dict[str, Any]) -> None:
        worn = self._worn(view)
        if worn != self._tokens:
            self._tokens = worn
            self.window.setProperty("tokens", worn)

    def _worn(self, view: dict[str, Any]) -> dict[str, Any]:
        contrast, scale = _eases(view)
        return qt.tokens(self._screen, "contrast" if contrast else self._palette, self._colours, scale)

    def place(self, screen: QScreen | None) -> None:
        """Cover a monitor; without one, be nowhere."""
        if screen is None:
            self.window.hide()
            return
        self.window.setProperty("locked", True)
        self.window.setScreen(screen)
        self.window.setGeometry(screen.geometry())
        self.window.showFullScreen()

    @property
    def shown(self) -> bool:
        """Whether there is anything on it."""
        return bool(self._view)

    def close(self) -> None:
        """Take the window and its words away, now: Qt's objects must not outlive the application."""
        QCoreApplication.removeTranslator(self._words)
        self._engine.deleteLater()
        QCoreApplication.sendPostedEvents(self._engine, QEvent.Type.DeferredDelete.value)


def _eases(view: dict[str, Any]) -> tuple[bool, float]:
    return (view["contrast"], view["layout"]["scale"]) if view else (False, 1.0)


def picture(
    page: str,
    language: str,
    size: tuple[int, int],
    file: Path,
    palette: str = "light",
    eased: Set[Ease] = frozenset(),
) -> None:
    """Save one page of the demo hall as PNG, the same bits every time. ValueError for a page there is none of."""
    from msgspec.structs import replace

    from kiosk.layout import layout
    from kiosk.specimen import specimen
    from kiosk.views import derive

    width, height = size
    visit, look, rules = specimen(page, language)
    screen = qt.Screen(width, height, SHORT_SIDE_MM * width / min(width, height))
    frame = Frame()
    frame.fit(screen, palette)
    shown = layout(width, height, screen.width_mm, eased=eased)
    frame.show(derive(replace(visit, eased=frozenset(eased)), look, rules, shown, "http://mpp.example", visit.since))
    frame.window.show()
    qt.picture(frame.window, file)
    frame.close()
