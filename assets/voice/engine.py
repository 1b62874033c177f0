"""The speech engine as seen from the rooms: a process that is asked for samples, and started again when it dies."""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
import threading
import time
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

PATIENCE = 10.0
"""Seconds until an engine that does not answer is given up; its start takes a tenth of one."""
TRIES = 2
"""A phrase that kills the engine twice is not tried again."""
COMMAND = (sys.executable, "-m", "assets.voice")


class VoiceError(Exception):
    """The engine cannot speak; why is its text."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the engine said."""

    samples: array[int]
    """Mono, signed 16 bit, levelled, without silence around it."""
    rate: int
    """Samples a second."""
    phonemes: tuple[str, ...]
    """Of each clause, as IPA: what was really spoken."""


class Engine:
    """Asks one engine process at a time. May be shared by threads."""

    def __init__(self, command: Sequence[str] = COMMAND, patience: float = PATIENCE) -> None:
        self._command = command
        self._patience = patience
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def say(self, language: str, text: str) -> Spoken:
        """Samples of a text. VoiceError: there is no such voice, or the engine died of it TRIES times."""
        with self._lock:
            for attempt in range(1, TRIES + 1):
                try:
                    return self._ask(json.dumps({"language": language, "text": text}).encode() + b"\n")
                except (OSError, EOFError, ValueError) as error:
                    self._end()
                    if attempt == TRIES:
                        raise VoiceError(f"the speech engine failed ({error})") from error
            raise AssertionError  # TRIES is positive

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    @property
    def pid(self) -> int | None:
        """Of the process, while there is one."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Have the process ready before it is asked."""
        with self._lock, contextlib.suppress(OSError):  # the next question starts it, and tells
            self._running()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                bufsize=0,
                process_group=0,  # Ctrl-C in the terminal is for the room; the engine ends with its stdin
            )
        return self._process

    def _ask(self, question: bytes) -> Spoken:
        process = self._running()
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        process.stdin.write(question)
        answer = _Answer(process.stdout.fileno(), time.monotonic() + self._patience)
        head: dict[str, Any] = json.loads(answer.line())
        if "problem" in head:
            raise VoiceError(head["problem"])
        samples = array("h")
        samples.frombytes(answer.exactly(2 * head["samples"]))
        return Spoken(samples, head["rate"], tuple(head["phonemes"]))

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()


class _Answer:
    """Bytes of a pipe until a deadline. EOFError: it ended; TimeoutError: the time did."""

    def __init__(self, handle: int, deadline: float) -> None:
        self._handle = handle
        self._deadline = deadline
        self._read = bytearray()

    def line(self) -> bytes:
        while b"\n" not in self._read:
            self._more()
        line, _, rest = self._read.partition(b"\n")
        self._read = rest
        return bytes(line)

    def exactly(self, count: int) -> bytes:
        while len(self._read) < count:
            self._more()
        return bytes(self._read)

    def _more(self) -> None:
        ready, _, _ = select.select([self._handle], [], [], max(0.0, self._deadline - time.monotonic()))
        if not ready:
            raise TimeoutError("it does not answer")
        part = os.read(self._handle, 1 << 20)
        if not part:
            raise EOFError("it ended")
        self._read += part
