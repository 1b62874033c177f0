"""Looks for printers where they can be: on USB, at serial ports, at the spooler, and at network addresses one names."""

from __future__ import annotations

import ipaddress
import shutil
import socket
import subprocess
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import usb.core
import usb.util
from serial.tools import list_ports

from hall import Refusal
from printer import status

PORT = 9100
MOST_ADDRESSES = 1024
_PRINTER_CLASS = 7  # usb.org's class code
_SECONDS = 0.5
_SPOOLER_SECONDS = 5.0
_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Found:
    """A place where a printer is or may be; `key` and `value` are what the settings call it by."""

    device: str
    key: str
    value: str
    name: str = ""
    """What it calls itself."""
    speaks: bool | None = None
    """Whether it answered as an ESC/POS printer; None where it was not asked."""


def find(addresses: Iterable[str] = ()) -> Iterator[Found]:
    """Every place. Nothing is sent to any of them, but a question about its status to the network addresses named.

    Refusal bad_address (address), too_many_addresses (most).
    """
    hosts = list(_hosts(addresses))
    yield from _on_usb()
    for file in sorted(Path("/dev/usb").glob("lp*")):
        yield Found("file", "path", str(file))
    for port in sorted(list_ports.comports()):
        if port.hwid != "n/a":  # a port without anything behind it
            yield Found("serial", "path", port.device, port.description)
    yield from _at_the_spooler()
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for one in threads.map(_at, hosts):
            if one is not None:
                yield one


def _hosts(addresses: Iterable[str]) -> Iterator[str]:
    for address in addresses:
        try:
            network = ipaddress.ip_network(address, strict=False)
        except ValueError:
            if "/" in address:
                raise Refusal("bad_address", address=address) from None
            yield address  # a name
            continue
        if network.num_addresses > MOST_ADDRESSES:
            raise Refusal("too_many_addresses", most=MOST_ADDRESSES)
        yield from map(str, network.hosts())


def _at(host: str) -> Found | None:
    try:
        with socket.create_connection((host, PORT), _SECONDS) as line:
            line.settimeout(_SECONDS)
            line.sendall(status.ask(status.PRINTER))
            try:
                speaks = any(one.at_once for one in status.answers(line.recv(64))[0])
            except TimeoutError:
                speaks = False
    except (OSError, UnicodeError):
        return None
    return Found("network", "host", host, speaks=speaks)


def _on_usb() -> Iterator[Found]:
    try:
        devices = list(usb.core.find(find_all=True, custom_match=_prints))
    except usb.core.NoBackendError:  # this machine has no libusb
        return
    for one in devices:
        try:
            name = " ".join(text for text in (one.manufacturer, one.product) if text)
        except (ValueError, usb.core.USBError):  # may not be read without permission
            name = ""
        yield Found("usb", "usb", f"{one.idVendor:04x}:{one.idProduct:04x}", name)


def _prints(device: usb.core.Device) -> bool:
    return any(
        usb.util.find_descriptor(configuration, bInterfaceClass=_PRINTER_CLASS) is not None for configuration in device
    )


def _at_the_spooler() -> Iterator[Found]:
    if shutil.which("lpstat") is None:
        return
    try:
        ran = subprocess.run(["lpstat", "-e"], capture_output=True, text=True, check=False, timeout=_SPOOLER_SECONDS)
    except subprocess.TimeoutExpired:
        return
    for queue in ran.stdout.split():
        yield Found("lp", "queue", queue)
