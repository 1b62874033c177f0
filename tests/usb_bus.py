"""A bus with one USB printer, as libusb shows it to pyusb: descriptors, bulk transfers, and the errors of real cables.

No kernel of a test machine has a USB port to plug a printer into, so the seam is libusb's own.
"""

# ruff: noqa: ARG002 - the signatures are libusb's
from __future__ import annotations

import array
import errno
from types import SimpleNamespace
from typing import Any

import usb.core
from usb.backend import IBackend

from printer.decode import Ask, Reader, Roll
from printer.ink import PAPERS, Head
from tests.fake_printer import WELL

VENDOR, PRODUCT = 0x04B8, 0x0E15
OUT, IN = 0x03, 0x84
"""Not the endpoints python-escpos would guess."""


class Bus(IBackend):  # type: ignore[misc]
    """`plugged` and `stuck` may change at any time; `slips` is what came out."""

    def __init__(self, head: Head = PAPERS[80]) -> None:
        self.plugged = True
        self.stuck = False
        self.kernel_has_it = True
        self._reader, self._roll = Reader(), Roll(head)
        self._answers = b""

    @property
    def slips(self) -> list[Any]:
        return self._roll.slips

    def enumerate_devices(self) -> list[str]:
        return ["printer"] if self.plugged else []

    def get_device_descriptor(self, dev: str) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x200, bDeviceClass=0, bDeviceSubClass=0, bDeviceProtocol=0,
            bMaxPacketSize0=64, idVendor=VENDOR, idProduct=PRODUCT, bcdDevice=0x100, iManufacturer=0, iProduct=0,
            iSerialNumber=0, bNumConfigurations=1, address=5, bus=1, port_number=1, port_numbers=(1,), speed=2,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev: str, config: int) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1, bConfigurationValue=1, iConfiguration=0,
            bmAttributes=0xC0, bMaxPower=1, extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, dev: str, intf: int, alt: int, config: int) -> SimpleNamespace:
        if intf or alt:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0, bNumEndpoints=2, bInterfaceClass=7,
            bInterfaceSubClass=1, bInterfaceProtocol=2, iInterface=0, extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(self, dev: str, ep: int, intf: int, alt: int, config: int) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=(OUT, IN)[ep], bmAttributes=2, wMaxPacketSize=64,
            bInterval=0, bRefresh=0, bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, dev: str) -> str:
        self._there()
        return dev

    def close_device(self, dev_handle: str) -> None: ...
    def set_configuration(self, dev_handle: str, config_value: int) -> None:
        self._there()

    def get_configuration(self, dev_handle: str) -> int:
        return 1

    def claim_interface(self, dev_handle: str, intf: int) -> None:
        self._there()

    def release_interface(self, dev_handle: str, intf: int) -> None: ...
    def reset_device(self, dev_handle: str) -> None: ...

    def bulk_write(self, dev_handle: str, ep: int, intf: int, data: Any, timeout: int) -> int:
        self._there()
        assert ep == OUT
        if self.stuck:
            raise usb.core.USBTimeoutError("Operation timed out", -7, errno.ETIMEDOUT)
        for command in self._reader.feed(bytes(data)):
            if isinstance(command, Ask):
                self._answers += bytes((WELL[command.subject],)) if command.at_once else b"\x00"
            else:
                self._roll.print(command)
        return len(data)

    def bulk_read(self, dev_handle: str, ep: int, intf: int, buff: array.array[int], timeout: int) -> int:
        self._there()
        assert ep == IN
        if not self._answers:
            raise usb.core.USBTimeoutError("Operation timed out", -7, errno.ETIMEDOUT)
        count = min(len(buff), len(self._answers))
        buff[:count] = array.array("B", self._answers[:count])
        self._answers = self._answers[count:]
        return count

    def _there(self) -> None:
        if not self.plugged:
            raise usb.core.USBError("No such device (it may have been disconnected)", -4, errno.ENODEV)
