"""What each device does of its own; what they all do under each fault stands in test_printer_faults."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from hall.printers import Trouble
from hall.printing import JobState
from hall.settings import PrinterSettings
from printer import decode
from printer.devices import GONE, HEALTHY, Device, Outcome
from printer.ink import PAPERS
from printer.sample import sample
from printer.slip import draw
from printer.status import SUBJECTS
from printer.template import read
from printer.wire import encoded
from printer.worker import device_of
from tests.fake_printer import Manner, NetworkPrinter, SerialPrinter

TIMEOUT = 1.0


@pytest.fixture(scope="module")
def picture() -> Image.Image:
    return draw(sample("az"), PAPERS[80], read())


def device(settings: PrinterSettings, *, spoke: bool = False) -> Device:
    return device_of(settings, lambda: None, spoke=spoke)


def at(printer: NetworkPrinter) -> PrinterSettings:
    return PrinterSettings("network", host="127.0.0.1", port=printer.port, timeout=TIMEOUT)


def printed(one: Device, picture: Image.Image) -> tuple[Outcome, bool]:
    """The outcome, and whether a byte of the job may have been sent."""
    begun: list[bool] = []
    outcome = one.print("B015-1-2", encoded(picture, PAPERS[80]), lambda: begun.append(True), unclean=False)
    return outcome, bool(begun)


def test_a_healthy_printer_prints_the_very_picture(picture: Image.Image) -> None:
    with NetworkPrinter() as printer:
        assert printed(device(at(printer)), picture) == (Outcome(JobState.CONFIRMED, None, HEALTHY), True)
        (slip,) = printer.slips
    assert slip.tobytes() == picture.tobytes()
    (code,) = zxingcpp.read_barcodes(slip.convert("L"))
    assert code.text == sample("az").url


@pytest.mark.parametrize("manner", [Manner.PAPER_OUT, Manner.COVER_OPEN, Manner.CUTTER, Manner.OVERHEATED])
def test_a_printer_in_trouble_gets_no_byte_of_the_job(manner: Manner, picture: Image.Image) -> None:
    with NetworkPrinter(manner=manner) as printer:
        outcome, begun = printed(device(at(printer)), picture)
    assert outcome == Outcome(JobState.FAILED, manner.value, frozenset({Trouble(manner.value)}))
    assert not begun
    assert b"\x1dv0" not in b"".join(printer.received)


def test_a_printer_that_fell_silent_gets_no_byte_of_the_next_job(picture: Image.Image) -> None:
    with NetworkPrinter() as printer:
        one = device(at(printer))
        printed(one, picture)
        printer.manner = Manner.MUTE
        outcome, begun = printed(one, picture)
    assert (outcome.state, outcome.reason, begun) == (JobState.FAILED, Trouble.SILENT, False)
    assert len(printer.slips) == 1


def test_a_printer_that_never_spoke_is_sent_to_all_the_same(picture: Image.Image) -> None:
    with NetworkPrinter(manner=Manner.MUTE) as printer:
        one = device(at(printer))
        assert one.look(unclean=False) is None
        assert printed(one, picture) == (Outcome(JobState.SENT, "no_answer"), True)
        printer.until(lambda printer: len(printer.slips) == 1)


@pytest.mark.parametrize(
    "settings",
    [
        PrinterSettings("network", host="printer.invalid", timeout=TIMEOUT),
        PrinterSettings("network", host="." * 300, timeout=TIMEOUT),
        PrinterSettings("serial", path="/dev/no-such-line", timeout=TIMEOUT),
        PrinterSettings("file", path="/no/such/folder/lp0", timeout=TIMEOUT),
        PrinterSettings("usb", usb="04b8:ffff", timeout=TIMEOUT),
        PrinterSettings("lp", queue="no-such-queue", timeout=TIMEOUT),
    ],
    ids=lambda settings: settings.where[:30],
)
def test_a_device_that_is_not_there_is_unreachable_and_raises_nothing(
    settings: PrinterSettings, picture: Image.Image
) -> None:
    one = device(settings)
    outcome, _ = printed(one, picture)
    assert (outcome.state, outcome.reason) == (JobState.FAILED, Trouble.UNREACHABLE)
    assert one.look(unclean=False) == GONE


def test_half_a_slip_is_cut_off_before_the_next(tmp_path: Path, picture: Image.Image) -> None:
    job = encoded(picture, PAPERS[80])
    with SerialPrinter(tmp_path / "line") as printer:
        with (tmp_path / "line").open("r+b", buffering=0) as line:
            line.write(job[: len(job) // 2])
        printer.until(lambda printer: len(printer.received[-1]) == len(job) // 2)
        settings = PrinterSettings("serial", path=str(printer.path), flow="none", timeout=TIMEOUT)
        one = device(settings)
        outcome = one.print("B015-1-2", job, lambda: None, unclean=True)
    assert outcome.state is JobState.CONFIRMED
    half, whole = printer.slips
    assert whole.tobytes() == picture.tobytes()
    assert half.size != whole.size


def test_a_plain_file_keeps_every_byte_and_cannot_confirm(tmp_path: Path, picture: Image.Image) -> None:
    (tmp_path / "out.bin").touch()
    outcome, _ = printed(device(PrinterSettings("file", path=str(tmp_path / "out.bin"))), picture)
    assert (outcome.state, outcome.reason) == (JobState.SENT, "no_answer")
    (slip,) = decode.slips((tmp_path / "out.bin").read_bytes(), PAPERS[80])
    assert slip.tobytes() == picture.tobytes()


def test_a_pipe_that_nobody_reads_is_unreachable(tmp_path: Path, picture: Image.Image) -> None:
    os.mkfifo(tmp_path / "pipe")
    outcome, begun = printed(device(PrinterSettings("file", path=str(tmp_path / "pipe"))), picture)
    assert (outcome.state, outcome.reason, begun) == (JobState.FAILED, Trouble.UNREACHABLE, False)


def test_a_pipe_whose_reader_is_stuck_is_left_in_time(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    endless = Image.effect_noise((576, 6_000), 100).convert("1")  # more than a pipe holds
    outcome, begun = printed(device(PrinterSettings("file", path=str(tmp_path / "pipe"), timeout=TIMEOUT)), endless)
    os.close(reader)
    assert (outcome.state, outcome.reason, begun) == (JobState.UNKNOWN, "stuck", True)


def test_a_device_file_that_answers_confirms(tmp_path: Path, picture: Image.Image) -> None:
    with SerialPrinter(tmp_path / "lp0") as printer:
        outcome, _ = printed(device(PrinterSettings("file", path=str(printer.path), timeout=TIMEOUT)), picture)
    assert outcome == Outcome(JobState.CONFIRMED, None, HEALTHY)


def test_a_device_file_that_comes_after_us_is_asked_like_any_other(tmp_path: Path, picture: Image.Image) -> None:
    one = device(PrinterSettings("file", path=str(tmp_path / "lp0"), timeout=TIMEOUT))
    assert one.look(unclean=False) == GONE
    with SerialPrinter(tmp_path / "lp0", manner=Manner.PAPER_OUT):
        outcome, begun = printed(one, picture)
    assert (outcome.state, outcome.reason, begun) == (JobState.FAILED, Trouble.PAPER_OUT, False)


def test_a_device_at_its_end_is_closed_not_asked_for_ever(picture: Image.Image) -> None:
    outcome, _ = printed(device(PrinterSettings("file", path="/dev/null", timeout=TIMEOUT)), picture)
    assert (outcome.state, outcome.reason) == (JobState.FAILED, Trouble.UNREACHABLE)


def test_a_printer_without_paper_is_asked_before_anything_is_cleaned_up(tmp_path: Path) -> None:
    with SerialPrinter(tmp_path / "line", manner=Manner.PAPER_OUT) as printer:
        one = device(PrinterSettings("serial", path=str(printer.path), flow="none", timeout=TIMEOUT))
        assert one.look(unclean=True) == frozenset({Trouble.PAPER_OUT})
        assert not one.cleaned
        assert len(printer.received[-1]) == 3 * len(SUBJECTS)
        printer.manner = Manner.PAPER_LOW
        assert one.look(unclean=True) == frozenset({Trouble.PAPER_LOW})
        assert one.cleaned


def test_a_serial_line_stays_open_and_old_words_are_no_answer(tmp_path: Path, picture: Image.Image) -> None:
    with SerialPrinter(tmp_path / "line") as printer:
        one = device(PrinterSettings("serial", path=str(printer.path), flow="none", timeout=TIMEOUT))
        assert printed(one, picture)[0].state is JobState.CONFIRMED
        assert printer._master is not None
        os.write(printer._master, b"\x00")  # what GS r would say, long before it is asked
        printer.manner = Manner.UNCONFIRMING
        assert printed(one, picture)[0] == Outcome(JobState.SENT, "no_answer", HEALTHY)


def test_the_paper_device_keeps_what_a_printer_would_have_printed(tmp_path: Path, picture: Image.Image) -> None:
    folder = tmp_path / "var" / "paper"
    outcome, _ = printed(device(PrinterSettings(folder=folder)), picture)
    assert outcome == Outcome(JobState.CONFIRMED, None, HEALTHY)
    assert [file.name for file in folder.iterdir()] == ["B015-1-2.png"]
    with Image.open(folder / "B015-1-2.png") as kept:
        assert kept.tobytes() == picture.tobytes()


def test_a_folder_that_cannot_be_written_fails_the_job(tmp_path: Path, picture: Image.Image) -> None:
    (tmp_path / "paper").write_text("a file, not a folder")
    one = device(PrinterSettings(folder=tmp_path / "paper"))
    assert printed(one, picture)[0] == Outcome(JobState.FAILED, "unwritable", GONE)
    assert one.look(unclean=False) == GONE
