"""Wakes every process that watches one hall: a Unix datagram to each listener after a commit.

The bell only says "look": what happened is read from the journal by sequence number. A lost ring (the ringer was killed
between commit and ring) is made good by the listener comparing the sequence once a second.
"""

from __future__ import annotations

import contextlib
import os
import socket
import time
from collections.abc import Iterator
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


_SETTLED = 1.0
"""Seconds after which a folder's time of change tells one listing from the next; clocks of files tick some ms apart."""


class Bell:
    """The bell of a queue that lies in a file: a folder beside it, in which each listener has a socket."""

    def __init__(self, queue: Path) -> None:
        self._folder = queue.with_name(f"{queue.name}-bell")
        self._path = str(self._folder)
        with contextlib.suppress(OSError):
            self._folder.mkdir(exist_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._listed = -1
        """When the folder had changed last as it was found empty: nobody listens until it changes again."""

    def ring(self) -> None:
        """Wake the listeners; never waits, never fails. A full socket is already awake; a dead one is removed."""
        try:
            changed = os.stat(self._path).st_mtime_ns  # noqa: PTH116 - half the time of Path.stat, at every act
            if changed == self._listed:
                return
            with _reachable(self._folder) as (folder, names):
                for name in names:
                    self._wake(f"{folder}/{name}", self._folder / name)
            if not names and time.time_ns() - changed > _SETTLED * 1e9:
                self._listed = changed
        except OSError:
            pass  # nobody has ever listened, or may not be woken by us

    def _wake(self, address: str, file: Path) -> None:
        try:
            self._socket.sendto(b"!", address)
        except BlockingIOError:
            pass
        except (ConnectionRefusedError, FileNotFoundError):
            with contextlib.suppress(OSError):
                file.unlink()

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
        with _reachable(folder) as (short, _):
            self._socket.bind(f"{short}/{name}")

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


@contextlib.contextmanager
def _reachable(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """The folder by a short path, however deep it lies (a socket's address holds 107 bytes), and what is in it."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{handle}", os.listdir(handle)  # noqa: PTH208 - by the open handle
    finally:
        os.close(handle)
