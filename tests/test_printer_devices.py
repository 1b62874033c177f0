"""Each device tells the truth about a job, whatever the printer does."""

import time
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from hall.printing import JobState
from printer import devices
from printer.devices import Outcome, OverNetwork, Paper
from printer.ink import PAPERS
from printer.sample import sample
from printer.slip import draw
from printer.template import read
from printer.wire import encoded
from tests.fake_printer import FakePrinter, Manner

TIMEOUT = 1.0


@pytest.fixture(scope="module")
def picture() -> Image.Image:
    return draw(sample("az"), PAPERS[80], read())


def outcome_of(printer: FakePrinter, picture: Image.Image) -> Outcome:
    return OverNetwork("127.0.0.1", printer.port, TIMEOUT).print("B015-1-2", encoded(picture, PAPERS[80]))


@pytest.mark.parametrize("manner", [Manner.HEALTHY, Manner.NOISY])
def test_a_healthy_printer_confirms_one_slip(manner: Manner, picture: Image.Image) -> None:
    with FakePrinter(manner=manner) as printer:
        assert outcome_of(printer, picture) == Outcome(JobState.CONFIRMED)
        (slip,) = printer.slips
    assert slip.tobytes() == picture.tobytes()
    (code,) = zxingcpp.read_barcodes(slip.convert("L"))
    assert code.text == sample("az").url


@pytest.mark.parametrize(
    ("manner", "outcome"),
    [
        (Manner.MUTE, Outcome(JobState.SENT, "no_answer")),
        (Manner.UNCONFIRMING, Outcome(JobState.SENT, "no_answer")),
        (Manner.FALLS_SILENT, Outcome(JobState.UNKNOWN, "silent")),
        (Manner.PAPER_ENDS, Outcome(JobState.UNKNOWN, "paper_out")),
    ],
)
def test_silence_is_never_success(manner: Manner, outcome: Outcome, picture: Image.Image) -> None:
    with FakePrinter(manner=manner) as printer:
        assert outcome_of(printer, picture) == outcome


@pytest.mark.parametrize("manner", [Manner.DROPS, Manner.RESETS])
def test_a_printer_that_goes_mid_image_leaves_the_job_unknown(manner: Manner, picture: Image.Image) -> None:
    with FakePrinter(manner=manner) as printer:
        outcome = outcome_of(printer, picture)
        assert printer.slips == []
    assert outcome.state is JobState.UNKNOWN
    assert outcome.reason in {"closed", "broken_off"}


@pytest.mark.parametrize(("manner", "reason"), [(Manner.PAPER_OUT, "paper_out"), (Manner.COVER_OPEN, "cover_open")])
def test_a_printer_in_trouble_gets_no_byte_of_the_job(manner: Manner, reason: str, picture: Image.Image) -> None:
    with FakePrinter(manner=manner) as printer:
        assert outcome_of(printer, picture) == Outcome(JobState.FAILED, reason)
    assert b"\x1dv0" not in b"".join(printer.received)


def test_a_refused_connection_fails_the_job(picture: Image.Image) -> None:
    with FakePrinter() as printer:
        printer.refuse()
        assert outcome_of(printer, picture) == Outcome(JobState.FAILED, "unreachable")


def test_a_name_that_leads_nowhere_fails_the_job() -> None:
    assert OverNetwork("printer.invalid", 9100, TIMEOUT).print("A001-1-2", b"") == Outcome(
        JobState.FAILED, "unreachable"
    )


def test_a_printer_that_stops_reading_is_left_within_its_time() -> None:
    endless = Image.effect_noise((576, 60_000), 100).convert("1")  # more than the sockets' buffers hold
    with FakePrinter(manner=Manner.STOPS_READING) as printer:
        began = time.monotonic()
        assert outcome_of(printer, endless).state is JobState.UNKNOWN
        assert time.monotonic() - began < 4 * TIMEOUT + devices.STATUS_SECONDS


def test_the_next_job_is_confirmed_after_one_that_broke_off(picture: Image.Image) -> None:
    with FakePrinter(manner=Manner.DROPS) as printer:
        outcome_of(printer, picture)
        printer.manner = Manner.HEALTHY
        assert outcome_of(printer, picture) == Outcome(JobState.CONFIRMED)


def test_the_paper_device_keeps_what_a_printer_would_have_printed(tmp_path: Path, picture: Image.Image) -> None:
    folder = tmp_path / "var" / "paper"
    assert Paper(folder, 80).print("B015-1-2", encoded(picture, PAPERS[80])) == Outcome(JobState.CONFIRMED)
    assert [file.name for file in folder.iterdir()] == ["B015-1-2.png"]
    with Image.open(folder / "B015-1-2.png") as kept:
        assert kept.tobytes() == picture.tobytes()


def test_a_folder_that_cannot_be_written_fails_the_job(tmp_path: Path, picture: Image.Image) -> None:
    (tmp_path / "paper").write_text("a file, not a folder")
    assert Paper(tmp_path / "paper", 80).print("B015-1-2", encoded(picture, PAPERS[80])) == Outcome(
        JobState.FAILED, "unwritable"
    )
