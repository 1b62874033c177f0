"""Says the announcements of one audio zone, on a thread of its own; a board that cannot be heard goes on working."""

from __future__ import annotations

import json
import sys
import threading
import time
from array import array
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from pathlib import Path

from msgspec import structs

from assets import sounds
from assets.voice.engine import VoiceError
from assets.voice.phrases import Style, announcement
from assets.voice.player import NoSoundError, Player, player
from assets.voice.speech import Speech, silence
from display.announcements import (
    Announcements,
    Call,
    Decision,
    Form,
    News,
    Rules,
    Saying,
    Why,
    given_up,
    heard,
    spoken,
    stopped,
    upcoming,
)
from hall.face import named
from hall.settings import DisplaySettings

GAP = 0.25
"""Seconds between the chime and the words."""
PAUSE = 60.0
"""Seconds before a missing device is looked for again: the search costs an eighth of a second of a core."""
LONGEST = 5_000_000
"""Bytes of a log, some days of calls; then it is kept beside as the old one, and a new one begins."""


class Sound(StrEnum):
    """Whether the hall can hear the board."""

    WORKS = "works"
    NO_VOICE = "no voice"
    """The voice is wanted and fails: there is the chime alone."""
    NO_DEVICE = "no device"


class Loudspeaker:
    """The voice of one board. It complains on stderr once, until what failed works again."""

    def __init__(
        self,
        display: DisplaySettings,
        changed: Callable[[Sound], None] = lambda _: None,
        *,
        speech: Speech | None = None,
        device: Player | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`changed` is told, from this object's thread, whether the hall can hear it."""
        self.sound = Sound.WORKS
        self._display = display
        self._changed = changed
        self._speech = speech or Speech(display.voice_clips, _complain)
        self._device = device or player(display.sound_device)
        self._clock = clock
        self._rules = Rules(
            voice=display.voice, times=display.voice_times, oldest=timedelta(seconds=display.replay_seconds)
        )
        self._state = Announcements()
        self._zone: tzinfo = UTC
        """The hall's: volumes are set by its time of day."""
        self._news = threading.Condition()
        self._ended = threading.Event()
        self._deaf_until = 0.0
        self._thread = threading.Thread(target=self._run, name="loudspeaker", daemon=True)

    def start(self) -> None:
        """Begin to speak."""
        self._thread.start()

    def hear(self, news: list[News]) -> None:
        """What the journal tells; never waits for sound."""
        with self._news:
            self._zone = next((one.at.tzinfo for one in news if isinstance(one, Call) and one.at.tzinfo), self._zone)
            self._decided(heard(self._state, news, self._clock()))
            self._news.notify()

    def stop(self, patience: float = 2.0) -> None:
        """Fall silent and end the thread; one that hangs in a device is left behind. The log tells what was cut."""
        self._ended.set()
        with self._news:
            self._news.notify()
        self._thread.join(patience)
        with self._news:
            self._decided(stopped(self._state, self._clock()))
        self._speech.engine.close()

    def _run(self) -> None:
        if self._rules.voice:
            self._speech.engine.start()
        while (saying := self._upcoming()) is not None:
            self._say(saying)

    def _upcoming(self) -> Saying | None:
        """Wait for something to say; None at the end."""
        with self._news:
            while not self._ended.is_set():
                now = self._clock()
                state, saying = upcoming(self._state, now, self._rules, quiet=self._volume(now) == 0)
                self._decided(state)
                if saying is not None:
                    return saying
                self._news.wait()
        return None

    def _say(self, saying: Saying) -> None:
        if time.monotonic() < self._deaf_until:
            self._give_up(Why.NO_SOUND)
            return
        form, sound = saying.form, silence(0) if saying.part else sounds.chime()
        if form is not Form.CHIME:
            try:
                sound = sound + silence(GAP) + self._words(saying)
            except VoiceError as error:
                self._is(Sound.NO_VOICE, f"The call-board chimes, but cannot speak: {error}.")
                if saying.part:
                    self._give_up(Why.NO_VOICE)
                    return
                form = Form.CHIME
        try:
            self._device.play(sound, self._volume(self._clock()), _name(saying), self._ended)
        except NoSoundError as error:
            self._deaf_until = time.monotonic() + PAUSE
            self._is(Sound.NO_DEVICE, f"The call-board goes on without sound: {error}.")
            self._give_up(Why.NO_SOUND)
            return
        if self._ended.is_set():  # maybe in the middle of a word
            return
        if form is saying.form:
            self._is(Sound.WORKS)
        with self._news:
            self._decided(spoken(self._state, saying.language, form))

    def _words(self, saying: Saying) -> array[int]:
        call, language = saying.call, saying.language
        zone = named(call.zone, language) if self._display.voice_zone else ""
        style, short = Style(self._display.voice_numbers), saying.form is Form.SHORT
        said = announcement(call.number, call.counter, language, zone=zone, style=style, short=short)
        return self._speech.sound(said, language)

    def _give_up(self, why: Why) -> None:
        with self._news:
            self._decided(given_up(self._state, self._clock(), why))

    def _is(self, sound: Sound, complaint: str = "") -> None:
        if sound is not self.sound:
            self.sound = sound
            if complaint:
                _complain(complaint)
            self._changed(sound)

    def _volume(self, now: datetime) -> float:
        return volume_at(self._display, now.astimezone(self._zone))

    def _decided(self, state: Announcements) -> None:
        self._state = state
        if self._display.voice_log and state.decided:
            try:
                _add(self._display.voice_log, [line(decision) for decision in state.decided])
            except OSError as error:
                _complain(f"The log {self._display.voice_log} cannot be written: {error.strerror}.")
                self._display = structs.replace(self._display, voice_log=None)


def volume_at(display: DisplaySettings, moment: datetime) -> float:
    """How loud it is at a local time, 0-1."""
    clock = f"{moment:%H:%M}"
    for part in display.volumes:
        begun, before = part.from_ <= clock, clock < part.to
        if (begun and before) if part.from_ <= part.to else (begun or before):
            return part.volume
    return display.volume


def line(decision: Decision) -> str:
    """A decision as JSON, for the log."""
    call, zone = decision.call, decision.call.at.tzinfo
    told = {
        "sequence": call.sequence,
        "number": call.number,
        "counter": call.counter,
        "called": call.at.isoformat(),
        "began": decision.began.astimezone(zone).isoformat() if decision.began else None,
        "decided": decision.at.astimezone(zone).isoformat(),
        "said": [f"{language} {form}" for language, form in decision.said],
        "why": decision.why,
        "backlog": decision.backlog,
    }
    return json.dumps(told, ensure_ascii=False)


def _add(log: Path, lines: list[str]) -> None:
    """OSError."""
    if log.exists() and log.stat().st_size > LONGEST:
        log.replace(log.with_name(f"{log.name}.1"))
    with log.open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


def _name(saying: Saying) -> str:
    """Of the sound's file, where sounds become files."""
    return f"{saying.call.sequence:06d}-{saying.part + 1}-{saying.language}"


def _complain(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()
