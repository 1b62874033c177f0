"""Speaks guidance at a kiosk: one text at a time, at once, silenced by the next; it can be said again. Never waits."""

from __future__ import annotations

import threading
from collections.abc import Callable

from assets.voice.engine import VoiceError
from assets.voice.phrases import free
from assets.voice.player import NoSoundError, Player
from assets.voice.speech import Speech


class Guide:
    """A voice on a thread of its own. `complain` is told once why nothing is heard, until something is again."""

    def __init__(self, speech: Speech, player: Player, complain: Callable[[str], None], volume: float = 1.0) -> None:
        self._speech = speech
        self._player = player
        self._complain = complain
        self.volume = volume
        self._text: tuple[str, str] | None = None
        self._wanted: tuple[str, str] | None = None
        self._stopped = threading.Event()
        self._news = threading.Condition()
        self._busy = False
        self._ended = False
        self._thread = threading.Thread(target=self._run, name="guide", daemon=True)
        self._thread.start()

    @property
    def speaking(self) -> bool:
        """Whether something is being said, or about to be."""
        with self._news:
            return self._busy or self._wanted is not None

    def say(self, text: str, language: str) -> None:
        """Say this now; what is being said falls silent."""
        with self._news:
            self._stopped.set()
            self._text = self._wanted = (text, language)
            self._news.notify()

    def again(self) -> None:
        """Say the last text again."""
        if self._text is not None:
            self.say(*self._text)

    def stop(self) -> None:
        """Be silent."""
        with self._news:
            self._stopped.set()
            self._wanted = None

    def close(self, patience: float = 2.0) -> None:
        """Be silent for ever; a thread that hangs in a device is left behind."""
        with self._news:
            self._stopped.set()
            self._wanted, self._ended = None, True
            self._news.notify()
        self._thread.join(patience)
        self._speech.engine.close()

    def _run(self) -> None:
        deaf = False
        while True:
            with self._news:
                self._busy = False
                self._news.wait_for(lambda: self._wanted or self._ended)
                if self._wanted is None:
                    return
                (text, language), self._wanted = self._wanted, None
                self._stopped = stopped = threading.Event()
                self._busy = True
            try:
                sound = self._speech.sound(free(text, language), language, mixed=False)
                self._player.play(sound, self.volume, "guide", stopped)
                deaf = False
            except (VoiceError, NoSoundError) as error:
                if not deaf:
                    self._complain(str(error))
                deaf = True
