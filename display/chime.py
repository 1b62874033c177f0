"""Plays the chime on a thread of its own; a board with no sound device goes on working and says so once."""

from __future__ import annotations

import contextlib
import ctypes
import queue
import sys
import threading
import time
from array import array
from collections.abc import Callable, Generator

from assets import sounds

TAIL = 0.25
"""Seconds of silence after the sound: devices drop what they still buffer when they are closed."""
PAUSE = 60.0
"""Seconds before a missing device is looked for again: the search costs an eighth of a second of a core."""


class NoSoundError(OSError):
    """There is no device to play on."""


class Chime:
    """Rings when asked; what is asked for while it rings becomes one ring after it."""

    def __init__(self, play: Callable[[array[int]], None] | None = None) -> None:
        self._play = play or on_device
        self._asked: queue.Queue[bool] = queue.Queue(maxsize=1)
        threading.Thread(target=self._run, name="chime", daemon=True).start()

    def ring(self) -> None:
        """Ask for a chime; never waits."""
        with contextlib.suppress(queue.Full):
            self._asked.put_nowait(True)

    def _run(self) -> None:
        sound = sounds.chime()
        deaf_until = 0.0
        while self._asked.get():
            if time.monotonic() < deaf_until:
                continue
            try:
                self._play(sound)
            except NoSoundError as error:
                if not deaf_until:
                    sys.stderr.write(f"The call-board goes on without sound: {error}.\n")
                    sys.stderr.flush()
                deaf_until = time.monotonic() + PAUSE


def on_device(sound: array[int]) -> None:
    """Play to the end on the machine's default device. It is opened each time: devices come and go."""
    import miniaudio

    _hush()
    done = threading.Event()
    # Without this list the library falls back to a device that plays into the void.
    real = [backend for backend in miniaudio.Backend if backend is not miniaudio.Backend.NULL]
    try:
        device = miniaudio.PlaybackDevice(
            output_format=miniaudio.SampleFormat.SIGNED16, nchannels=1, sample_rate=sounds.RATE, backends=real
        )
    except miniaudio.MiniaudioError as error:
        raise NoSoundError(error.args[0]) from error
    with contextlib.closing(device):
        device.start(_frames(sound + array("h", bytes(2 * round(TAIL * sounds.RATE))), done))
        done.wait(2 * (sounds.SECONDS + TAIL))


def _frames(sound: array[int], done: threading.Event) -> Generator[array[int], int, None]:
    wanted = yield array("h")
    place = 0
    while place < len(sound):
        part = sound[place : place + wanted]
        place += wanted
        wanted = yield part
    done.set()


_complaint = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)
_ignored = _complaint(lambda *_: None)  # kept for ever: ALSA holds its address


def _hush() -> None:
    """ALSA writes a screenful to stderr for a missing device; one sentence of ours is enough."""
    with contextlib.suppress(OSError):  # no ALSA on this machine
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(_ignored)
