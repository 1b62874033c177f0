"""Every key that reaches the window: of a keypad that moves and chooses, or of a scanner that types.

Assistive keypads are plain USB keyboards. What they send is an Act; what a scanner types, letters and an Enter that
ends them, is offered to `typed` and `entered` first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtQuick import QQuickWindow

from kiosk.focus import Way


class Act(StrEnum):
    """What a key does besides moving the focus."""

    CHOOSE = "choose"
    BACK = "back"
    HOME = "home"
    SPEAK = "speak"
    REPEAT = "repeat"
    HUSH = "hush"


KEYS: Mapping[Qt.Key, Act | Way] = {
    Qt.Key.Key_Left: Way.LEFT,
    Qt.Key.Key_Right: Way.RIGHT,
    Qt.Key.Key_Up: Way.UP,
    Qt.Key.Key_Down: Way.DOWN,
    Qt.Key.Key_Tab: Way.NEXT,
    Qt.Key.Key_Backtab: Way.PREVIOUS,
    Qt.Key.Key_Return: Act.CHOOSE,
    Qt.Key.Key_Enter: Act.CHOOSE,
    Qt.Key.Key_Select: Act.CHOOSE,
    Qt.Key.Key_Home: Act.HOME,
    Qt.Key.Key_HomePage: Act.HOME,
    Qt.Key.Key_Escape: Act.BACK,
    Qt.Key.Key_Backspace: Act.BACK,
    Qt.Key.Key_Back: Act.BACK,
}
ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Keys(QObject):
    """Stands before the window and lets no key through; the window's own key handling is not needed."""

    pressed = Signal(str)
    """A Way or an Act."""

    def __init__(self, window: QQuickWindow, speak: str = "", repeat: str = "", hush: str = "") -> None:
        """`speak`, `repeat`, `hush`: names of keys such as F9, empty for none."""
        super().__init__(window)
        self.typed: Callable[[str], bool] = lambda _text: False
        """Takes what a key types, control codes too; True: it is a scanner's."""
        self.entered: Callable[[], bool] = lambda: False
        """Takes an Enter; True: it ended what a scanner typed."""
        self.toggles = bool(speak) and speak == hush
        """Whether the key that turns speech on turns it off again; otherwise it repeats."""
        self._keys: dict[int, Act | Way] = {int(key): act for key, act in KEYS.items()}
        # Of two that share a key the later holds.
        for name, act in ((hush, Act.HUSH), (repeat, Act.REPEAT), (speak, Act.SPEAK)):
            if name:
                self._keys[Qt.Key[f"Key_{name}"]] = act
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Eat every key; anything else goes on."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._press(event)
            return True
        return super().eventFilter(watched, event)

    def _press(self, event: QKeyEvent) -> None:
        key = event.key()  # a number: some keypads send keys that Qt has no name for
        if key in ENTERS and self.entered():
            return
        if key not in ENTERS and event.text() and self.typed(event.text()):
            return
        if key == Qt.Key.Key_Tab and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            key = Qt.Key.Key_Backtab
        act = self._keys.get(key)
        # A key held down moves on, and does nothing else.
        if act is not None and (isinstance(act, Way) or not event.isAutoRepeat()):
            self.pressed.emit(act.value)
