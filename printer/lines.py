"""The lines to a printer: network, serial, USB and file, each python-escpos's own with what that library hides.

Every line: `open`, `send` (all of it or an OSError), `read` (b"" when nothing came in time), `close`. They may block
for ever in the system's own calls: a line belongs in a process that can be killed.
"""

from __future__ import annotations

import contextlib
import os
import select
import socket
import struct
import termios
from pathlib import Path
from typing import IO, Protocol

import serial
import usb.core
import usb.util
from escpos.exceptions import Error as EscposError
from escpos.printer import File, Network, Serial, Usb

LONGEST_PART = 20_480
"""Bytes of one picture command at the most: a band of 288 dots across the widest head, more than any part of a slip."""
CONNECT_SECONDS = 2.0
"""Longest wait for a network printer to be reached: in one hall's network it takes a millisecond."""
USB_WAIT_MS = 20
"""A USB endpoint cannot be waited on together with anything else, so a read looks at it this often."""


class ClosedError(OSError):
    """The printer ended the connection."""


class Line(Protocol):
    """Bytes to and from one printer."""

    chunk: int
    """Bytes to send at a time: what takes a fraction of a second, so that a stuck line is told from a slow one."""
    stays: bool
    """Whether it stays open between jobs. One that does is reopened by a fresh process once it broke."""
    hears: bool
    """Whether a printer can answer on it."""
    rest: int
    """NULs that end a picture that was cut short: as many as its longest part may lack."""

    def open(self) -> None:
        """OSError."""

    def send(self, data: bytes) -> None:
        """Gone when it returns. OSError, TimeoutError."""

    def read(self, seconds: float) -> bytes:
        """What has come, b"" when nothing does in time. OSError, ClosedError."""

    def close(self, *, drop: bool = False) -> None:
        """Never fails. `drop`: what is still on its way shall not be printed any more."""


class NetworkLine(Network):  # type: ignore[misc]
    """A raw TCP port. The library's own speaks IPv4 only and leaves the socket of a refused connection open."""

    chunk = 4096
    stays = False  # others may print there too, and nothing of an old connection is taken for the answer to this job
    hears = True
    rest = LONGEST_PART
    _device: socket.socket | bool | None

    def __init__(self, host: str, port: int, timeout: float) -> None:
        super().__init__(host, port, timeout)
        self._timeout = timeout

    def open(self, raise_not_found: bool = True) -> None:  # noqa: ARG002 - the library's signature
        try:
            self._device = socket.create_connection((self.host, self.port), min(CONNECT_SECONDS, self._timeout))
        except UnicodeError as error:  # a name that cannot be one
            raise OSError(str(error)) from error
        self._device.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, data: bytes) -> None:
        self._socket.settimeout(self._timeout)
        self._raw(data)

    def read(self, seconds: float) -> bytes:
        self._socket.settimeout(max(seconds, 0.001))
        try:
            received: bytes = self._read()
        except TimeoutError:
            return b""
        if not received:
            raise ClosedError
        return received

    def close(self, *, drop: bool = False) -> None:
        with contextlib.suppress(OSError):
            if drop:
                self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # a reset
            super().close()

    @property
    def _socket(self) -> socket.socket:
        if not isinstance(self._device, socket.socket):
            raise ClosedError
        return self._device


class SerialLine(Serial):  # type: ignore[misc]
    """A serial port. The library's own sets no time limit for writing."""

    chunk = 128
    stays = True
    hears = True

    def __init__(self, path: str, baud: int, timeout: float, *, flow: str) -> None:
        super().__init__(path, baud, timeout=timeout, xonxoff=flow == "xonxoff", dsrdtr=flow == "dsrdtr")
        self._timeout = timeout
        self.rest = min(LONGEST_PART, baud // 5)  # two seconds; on a slow line pictures are small

    def open(self, raise_not_found: bool = True) -> None:  # noqa: ARG002 - the library's signature
        try:
            super().open()
        except EscposError as error:
            raise OSError(str(error)) from error
        self._port.write_timeout = self._timeout

    def send(self, data: bytes) -> None:
        try:
            self._port.write(data)
            self._port.flush()
        except serial.SerialTimeoutException as error:
            raise TimeoutError from error
        except termios.error as error:  # which is no OSError
            raise ClosedError from error

    def read(self, seconds: float) -> bytes:
        self._port.timeout = seconds
        first: bytes = self._port.read(1)
        return first + self._port.read(self._port.in_waiting) if first else b""

    def close(self, *, drop: bool = False) -> None:  # noqa: ARG002 - closing drops it in any case
        with contextlib.suppress(OSError, termios.error):
            if self._device:
                self._port.reset_output_buffer()  # or closing would wait for a printer that takes no more
                super().close()

    @property
    def _port(self) -> serial.Serial:
        if not isinstance(self._device, serial.Serial):
            raise ClosedError
        return self._device


class UsbLine(Usb):  # type: ignore[misc]
    """A USB printer by vendor and product. The library's own guesses its endpoints and knows no time limit."""

    chunk = 4096
    stays = True
    hears = True
    rest = LONGEST_PART

    def __init__(self, vendor: int, product: int, timeout: float) -> None:
        super().__init__(vendor, product, timeout=int(timeout * 1000))

    def open(self, raise_not_found: bool = True) -> None:  # noqa: ARG002 - the library's signature
        try:
            super().open()
        except (EscposError, usb.core.NoBackendError) as error:
            raise OSError(str(error)) from error
        interface = self._device.get_active_configuration()[(0, 0)]
        for endpoint in interface:
            if usb.util.endpoint_type(endpoint.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK:
                if usb.util.endpoint_direction(endpoint.bEndpointAddress) == usb.util.ENDPOINT_IN:
                    self.in_ep = endpoint.bEndpointAddress
                else:
                    self.out_ep = endpoint.bEndpointAddress

    def send(self, data: bytes) -> None:
        try:
            self._raw(data)
        except usb.core.USBTimeoutError as error:
            raise TimeoutError from error

    def read(self, seconds: float) -> bytes:
        received = b""
        for _ in range(max(1, int(seconds * 1000) // USB_WAIT_MS)):
            try:
                received = bytes(self._device.read(self.in_ep, 64, USB_WAIT_MS))
            except usb.core.USBTimeoutError:
                continue
            if received:
                break
        return received

    def close(self, *, drop: bool = False) -> None:  # noqa: ARG002 - closing drops it in any case
        with contextlib.suppress(OSError):
            super().close()


class FileLine(File):  # type: ignore[misc]
    """A device file such as /dev/usb/lp0, which may answer, or a plain file or pipe, which does not."""

    chunk = 4096
    stays = False
    rest = LONGEST_PART

    def __init__(self, path: str, timeout: float) -> None:
        super().__init__(path)
        self._timeout = timeout
        self.hears = False

    def open(self, raise_not_found: bool = True) -> None:  # noqa: ARG002 - the library's signature
        self.hears = Path(self.devfile).is_char_device()  # now: it may have been switched on after us
        # O_NONBLOCK: a pipe that nobody reads is refused at once, and a device that is stuck can be waited for.
        how = (os.O_RDWR if self.hears else os.O_WRONLY | os.O_APPEND) | os.O_NONBLOCK | os.O_NOCTTY
        self._device: IO[bytes] | bool | None = os.fdopen(os.open(self.devfile, how), "r+b" if self.hears else "ab", 0)

    def send(self, data: bytes) -> None:
        while data:
            _, ready, _ = select.select([], [self._file], [], self._timeout)
            if not ready:
                raise TimeoutError
            data = data[os.write(self._file.fileno(), data) :]

    def read(self, seconds: float) -> bytes:
        if not self.hears:
            return b""
        ready, _, _ = select.select([self._file], [], [], seconds)
        if not ready:
            return b""
        received = os.read(self._file.fileno(), 64)
        if not received:
            raise ClosedError
        return received

    def close(self, *, drop: bool = False) -> None:  # noqa: ARG002 - closing drops it in any case
        with contextlib.suppress(OSError):
            super().close()

    @property
    def _file(self) -> IO[bytes]:
        if self._device is None or isinstance(self._device, bool):
            raise ClosedError
        return self._device
