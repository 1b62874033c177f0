"""The kiosk's voice: made when it is first needed, on a thread of its own, so that no window ever waits for it."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from assets.voice.guide import Guide


class Voice(Protocol):
    """What speaks to the visitor. Nothing here waits."""

    volume: float
    """0 to 1."""

    @property
    def speaking(self) -> bool:
        """Whether something is being said, or about to be."""

    def say(self, text: str, language: str) -> None:
        """Say this instead of what is being said."""

    def stop(self) -> None:
        """Be silent."""

    def close(self) -> None:
        """Be silent for ever."""


class Headphones:
    """The voice on a sound device of this machine. That it cannot be heard is said on stderr once; all else goes on."""

    def __init__(self, device: str = "", volume: float = 1.0, clips: Path | None = None) -> None:
        """`device` as of the settings: a name, empty for the default, or file:FOLDER."""
        self._device, self.volume, self._clips = device, volume, clips
        self._guide: Guide | None = None
        self._waiting: tuple[str, str] | None = None
        self._making: threading.Thread | None = None
        self._lock = threading.Lock()

    @property
    def speaking(self) -> bool:
        """As Voice says."""
        with self._lock:
            return self._waiting is not None or (self._guide is not None and self._guide.speaking)

    def say(self, text: str, language: str) -> None:
        """As Voice says."""
        with self._lock:
            if self._guide is not None:
                self._guide.volume = self.volume
                self._guide.say(text, language)
                return
            self._waiting = (text, language)
            if self._making is None:
                self._making = threading.Thread(target=self._make, name="headphones", daemon=True)
                self._making.start()

    def stop(self) -> None:
        """As Voice says."""
        with self._lock:
            self._waiting = None
            if self._guide is not None:
                self._guide.stop()

    def close(self) -> None:
        """As Voice says; the speech engine's process ends too."""
        self.stop()
        if self._making is not None:
            self._making.join()
        if self._guide is not None:
            self._guide.close()

    def _make(self) -> None:
        from assets.voice.guide import Guide
        from assets.voice.player import player
        from assets.voice.speech import Speech

        guide = Guide(Speech(self._clips, _complain), player(self._device), _complain, self.volume)
        with self._lock:
            self._guide = guide
            if self._waiting is not None:
                guide.say(*self._waiting)
                self._waiting = None


def _complain(text: str) -> None:
    sys.stderr.write(f"{text}\n")
