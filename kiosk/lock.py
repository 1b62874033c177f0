"""The technician's door: checks a PIN against its hash, slower after wrong ones, never on the window's thread."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Signal

from hall import staff

FREE = 5
"""Wrong PINs before the first wait."""
WAIT, LONGEST = 60.0, 960.0
"""Seconds of the first wait and of the longest; each is twice the one before."""


def wait_after(misses: int) -> float:
    """Seconds to wait after so many wrong PINs in a row."""
    return 0.0 if misses < FREE else min(WAIT * 2 ** (misses - FREE), LONGEST)


class Lock(QObject):
    """One door with one PIN, given as the hash that `antrean kiosk-pin` prints."""

    opened = Signal()
    held = Signal(float)
    """It was wrong: seconds until the next may be tried."""
    _checked = Signal(bool)

    def __init__(self, hashed: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hashed = hashed
        self._misses = 0
        self._checked.connect(self._answer)

    def check(self, pin: str) -> None:
        """`opened` or `held` answers."""
        threading.Thread(target=self._check, args=(pin,), name="lock", daemon=True).start()

    def _check(self, pin: str) -> None:
        self._checked.emit(staff.right(self._hashed, pin))

    def _answer(self, right: bool) -> None:
        if right:
            self._misses = 0
            self.opened.emit()
        else:
            self._misses += 1
            self.held.emit(wait_after(self._misses))
