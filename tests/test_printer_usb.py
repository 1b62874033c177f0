"""A USB printer, over everything of ours and pyusb's down to libusb's own calls."""

from __future__ import annotations

import pytest
from PIL import Image

from hall.printers import Trouble
from hall.printing import JobState
from printer.devices import GONE, HEALTHY, SILENT, Escpos, Outcome
from printer.ink import PAPERS
from printer.lines import UsbLine
from printer.sample import sample
from printer.slip import draw
from printer.template import read
from printer.wire import encoded
from tests.usb_bus import IN, OUT, PRODUCT, VENDOR, Bus

TIMEOUT = 1.0


@pytest.fixture(scope="module")
def picture() -> Image.Image:
    return draw(sample("ru"), PAPERS[80], read())


def plugged(bus: Bus) -> Escpos:
    line = UsbLine(VENDOR, PRODUCT, TIMEOUT)
    line.usb_args["backend"] = bus
    return Escpos(line, TIMEOUT, lambda: None)


def printed(device: Escpos, picture: Image.Image) -> Outcome:
    return device.print("A001-1-2", encoded(picture, PAPERS[80]), lambda: None, unclean=False)


def test_a_slip_is_printed_by_the_endpoints_the_printer_names(picture: Image.Image) -> None:
    bus = Bus()
    device = plugged(bus)
    assert printed(device, picture) == Outcome(JobState.CONFIRMED, None, HEALTHY)
    (slip,) = bus.slips
    assert slip.tobytes() == picture.tobytes()
    assert (device._line.out_ep, device._line.in_ep) == (OUT, IN)  # type: ignore[attr-defined]


def test_a_cable_pulled_between_jobs_fails_the_next_and_asks_for_a_fresh_process(picture: Image.Image) -> None:
    bus = Bus()
    device = plugged(bus)
    printed(device, picture)
    bus.plugged = False
    assert printed(device, picture) == Outcome(JobState.FAILED, Trouble.UNREACHABLE, GONE)
    assert device.spent
    bus.plugged = True
    assert printed(plugged(bus), picture).state is JobState.CONFIRMED
    assert len(bus.slips) == 2


def test_a_cable_pulled_in_mid_job_leaves_it_unknown(picture: Image.Image) -> None:
    bus = Bus()
    device = plugged(bus)

    def pull() -> None:
        bus.plugged = False

    outcome = device.print("A001-1-2", encoded(picture, PAPERS[80]), pull, unclean=False)
    assert (outcome.state, outcome.reason) == (JobState.UNKNOWN, "broken_off")
    assert device.spent


def test_a_printer_that_takes_no_more_leaves_the_job_unknown_in_time(picture: Image.Image) -> None:
    bus = Bus()

    def stop() -> None:
        bus.stuck = True

    outcome = plugged(bus).print("A001-1-2", encoded(picture, PAPERS[80]), stop, unclean=False)
    assert outcome == Outcome(JobState.UNKNOWN, "stuck", SILENT)
