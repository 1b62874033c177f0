"""Plays sounds with miniaudio on a device of this machine, or writes them as WAV files instead. It waits: not for Qt.

A device is opened for each sound, because devices come and go.
"""

from __future__ import annotations

import contextlib
import ctypes
import threading
import wave
from array import array
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any, Protocol

import miniaudio

from assets import sounds

TAIL = 0.25
"""Seconds of silence after a sound: devices drop what they still buffer when they are closed."""
STUCK = 3.0
"""Seconds that a device may be late before it counts as gone."""
PERIOD_MS = 100
"""How much a device asks for at once, and so how late it falls silent when stopped."""
FILES = "file:"
"""A device of this name and a folder is none: each sound becomes a WAV file there."""
REAL = tuple(backend for backend in miniaudio.Backend if backend is not miniaudio.Backend.NULL)
"""Without this list the library falls back to a device that plays into the void."""


class NoSoundError(OSError):
    """It cannot be heard; why is its text."""


class Player(Protocol):
    """Where sounds (mono, signed 16 bit, sounds.RATE) go."""

    def play(self, sound: array[int], volume: float, name: str, stopped: threading.Event) -> None:
        """Play to the end, or until `stopped` is set. `volume` is 0-1; `name` is the sound's own.

        NoSoundError: it could not be heard, or not to its end.
        """


def player(device: str) -> Player:
    """For a device as the settings name it; "" is the machine's default."""
    return Folder(Path(device.removeprefix(FILES))) if device.startswith(FILES) else Device(device)


class Device:
    """One device, by the name that `devices` tells."""

    def __init__(self, name: str = "", backends: Sequence[miniaudio.Backend] = REAL) -> None:
        self._name = name
        self._backends = list(backends)

    def play(self, sound: array[int], volume: float, name: str, stopped: threading.Event) -> None:  # noqa: ARG002
        """As Player says."""
        over = threading.Event()
        frames = _frames(sound + array("h", bytes(2 * round(TAIL * sounds.RATE))), volume, stopped, over)
        next(frames)
        _hush()
        try:
            device = miniaudio.PlaybackDevice(
                output_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=sounds.RATE,
                buffersize_msec=PERIOD_MS,
                device_id=self._id(),
                backends=self._backends,
            )
            with contextlib.closing(device):
                device.start(frames)
                if not over.wait(len(sound) / sounds.RATE + TAIL + STUCK):
                    raise NoSoundError("the device stopped playing")
        except miniaudio.MiniaudioError as error:
            raise NoSoundError(error.args[0]) from error

    def _id(self) -> Any:
        """The library's own id of the device; None is its default."""
        if not self._name:
            return None
        for device in miniaudio.Devices(self._backends).get_playbacks():
            if device["name"] == self._name:
                return device["id"]
        raise NoSoundError(f"there is no device “{self._name}”")


class Folder:
    """Writes what would have been heard, each sound as NAME.wav, at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def play(self, sound: array[int], volume: float, name: str, stopped: threading.Event) -> None:  # noqa: ARG002
        """As Player says."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_wav(self._folder / f"{name}.wav", _quieter(sound, volume))
        except OSError as error:
            raise NoSoundError(f"{self._folder}: {error.strerror}") from error


def devices(backends: Sequence[miniaudio.Backend] = REAL) -> list[str]:
    """The names of the devices sound can be played on; none is an empty list."""
    _hush()
    try:
        return [device["name"] for device in miniaudio.Devices(list(backends)).get_playbacks()]
    except miniaudio.MiniaudioError:
        return []


def write_wav(file: Path, sound: array[int]) -> None:
    """Mono, signed 16 bit, sounds.RATE. OSError."""
    with file.open("wb") as stream, wave.open(stream, "wb") as written:
        written.setparams((1, 2, sounds.RATE, len(sound), "NONE", ""))
        written.writeframes(sound.tobytes())


def _frames(
    sound: array[int], volume: float, stopped: threading.Event, over: threading.Event
) -> Generator[array[int], int, None]:
    """Hands a device as many samples as it asks for; begun by one `next`."""
    wanted = yield array("h")
    place = 0
    while place < len(sound) and not stopped.is_set():
        part = sound[place : place + wanted]
        place += wanted
        wanted = yield _quieter(part, volume)
    over.set()


def _quieter(sound: array[int], volume: float) -> array[int]:
    return sound if volume == 1 else array("h", [int(sample * volume) for sample in sound])


_complaint = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)
_ignored = _complaint(lambda *_: None)  # kept for ever: ALSA holds its address


def _hush() -> None:
    """ALSA writes a screenful to stderr for a missing device; one sentence of ours is enough."""
    with contextlib.suppress(OSError):  # no ALSA on this machine
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(_ignored)
