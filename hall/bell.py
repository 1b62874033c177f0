"""Wakes every process that watches one hall: a Unix datagram to each listener after a commit.

The bell only says "look": what happened is read from the journal by sequence number. A lost ring (the ringer was killed
between commit and ring) is made good by the listener comparing the sequence once a second.
"""

from __future__ import annotations

import contextlib
import os
import socket
from pathlib import Path
from typing import Protocol


class Listener(Protocol):
    """Something to wait on: its file descriptor is readable after any commit by any process."""

    def fileno(self) -> int:
        """The file descriptor, for select, QSocketNotifier or add_reader."""

    def clear(self) -> None:
        """Take in every ring so far, so that the next one is news."""

    def close(self) -> None:
        """Stop listening."""

    def __enter__(self) -> Listener: ...

    def __exit__(self, *_: object) -> None: ...


class Bell:
    """The bell of a queue that lies in a file: a folder beside it, in which each listener has a socket."""

    def __init__(self, queue: Path) -> None:
        self._folder = queue.with_name(f"{queue.name}-bell")
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)

    def ring(self) -> None:
        """Wake the listeners; never waits, never fails. A full socket is already awake; a dead one is removed."""
        if not os.access(self._folder, os.R_OK):
            return  # nobody has ever listened; an error raised and caught would cost more than a statement of the queue
        try:
            folder = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
        except OSError:
            return  # taken away just now
        try:
            for name in os.listdir(folder):  # noqa: PTH208 - by the open handle
                self._wake(_short(folder, name), self._folder / name)
        finally:
            os.close(folder)

    def _wake(self, address: str, file: Path) -> None:
        try:
            self._socket.sendto(b"!", address)
        except BlockingIOError:
            pass
        except (ConnectionRefusedError, FileNotFoundError):
            with contextlib.suppress(OSError):
                file.unlink()
        except OSError:
            pass  # not ours to wake

    def listen(self) -> Listener:
        """A new listener; OSError where the folder cannot be written."""
        return _Socket(self._folder)

    def close(self) -> None:
        """Give the socket back."""
        self._socket.close()


class _Socket:
    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        name = f"{os.getpid()}-{os.urandom(4).hex()}"
        self._file = folder / name
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            self._socket.bind(_short(handle, name))
        finally:
            os.close(handle)

    def fileno(self) -> int:
        return self._socket.fileno()

    def clear(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while self._socket.recv(16):
                pass

    def close(self) -> None:
        self._socket.close()
        with contextlib.suppress(OSError):
            self._file.unlink()

    def __enter__(self) -> _Socket:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _short(folder: int, name: str) -> str:
    """The path of a file in an open folder, however deep it lies: a socket's address holds 107 bytes."""
    return f"/proc/self/fd/{folder}/{name}"
