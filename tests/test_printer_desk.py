"""From the hall to the paper: one job, one slip, and the truth about it, whatever happens in between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageChops

from hall import Fault, Hall, Refusal
from hall.printers import Trouble
from hall.printing import JobKind, JobState, PrintJob
from hall.settings import PrinterSettings, SlipSettings
from printer.ink import PAPERS
from printer.template import load
from tests.fake_printer import Manner, NetworkPrinter, SerialPrinter
from tests.pictures import logo, saved
from tests.printer_desks import SERVICE, URL, ended, opened, serving, until
from tests.slips import inked_runs


@pytest.fixture
def queue(tmp_path: Path) -> Path:
    with opened(tmp_path / "queue.db", load=True):
        return tmp_path / "queue.db"


def at(printer: NetworkPrinter, timeout: float = 1, **more: float | bool) -> PrinterSettings:
    return PrinterSettings("network", host="127.0.0.1", port=printer.port, timeout=timeout, **more)  # type: ignore[arg-type]


def slip_of(hall: Hall, ticket: int) -> PrintJob:
    until(hall, lambda: ended(hall, ticket))
    job = hall.slip(ticket)
    assert job is not None
    return job


def test_a_ticket_ends_with_exactly_one_slip_and_a_confirmed_job(queue: Path) -> None:
    with NetworkPrinter() as printer, serving(queue, at(printer)), opened(queue) as hall:
        ticket = hall.issue(SERVICE, language="ru", request_id="tap")
        hall.issue(SERVICE, language="ru", request_id="tap")
        assert slip_of(hall, ticket.id).state is JobState.CONFIRMED
    (slip,) = printer.slips
    (code,) = zxingcpp.read_barcodes(slip.convert("L"))
    assert code.text == f"{URL}/t/{ticket.token}"


def test_every_ticket_of_a_rush_is_printed_once_and_in_order(queue: Path, tmp_path: Path) -> None:
    with serving(queue, PrinterSettings(folder=tmp_path / "paper")), opened(queue) as hall:
        tickets = [hall.issue(SERVICE) for _ in range(12)]
        until(hall, lambda: all(ended(hall, ticket.id) for ticket in tickets))
    names = [file.stem for file in sorted((tmp_path / "paper").iterdir(), key=lambda file: file.stat().st_mtime_ns)]
    assert [name.split("-")[:2] for name in names] == [[ticket.number, str(ticket.id)] for ticket in tickets]


def test_a_copy_has_the_same_number_and_is_a_job_of_its_own(queue: Path, tmp_path: Path) -> None:
    with serving(queue, PrinterSettings(folder=tmp_path / "paper")), opened(queue) as hall:
        ticket = hall.issue(SERVICE)
        slip_of(hall, ticket.id)
        copy = hall.reprint(ticket.id, staff="siti")
        until(hall, lambda: ended(hall, ticket.id))
        asked = next(one for one in hall.events() if one.sequence == copy.id)
    assert copy.kind is JobKind.COPY
    assert (asked.kind, asked.staff, asked.number) == ("slip", "siti", ticket.number)
    assert len(list((tmp_path / "paper").glob(f"{ticket.number}-{ticket.id}-*.png"))) == 2


def printed(hall: Hall, printer: NetworkPrinter) -> Image.Image:
    """The slip of one more ticket."""
    slip_of(hall, hall.issue(SERVICE).id)
    return printer.slips[-1]


def test_slips_wear_the_hall_s_logo_from_the_next_one_on_and_none_once_it_is_removed(queue: Path) -> None:
    with NetworkPrinter() as printer, serving(queue, at(printer)), opened(queue) as hall:
        bare = printed(hall, printer)
        hall.logo.change(saved(logo()))
        worn = printed(hall, printer)
        hall.logo.change(saved(logo((640, 200))))
        other = printed(hall, printer)
        hall.logo.remove()
        again = printed(hall, printer)
    head = PAPERS[80]
    assert worn.height - bare.height >= head.across(12), "the logo of the template is so high"
    assert worn.height == other.height
    top = (0, 0, bare.width, head.across(16))
    assert ImageChops.difference(worn.crop(top), other.crop(top)).getbbox()
    assert again.height == bare.height


def test_a_printer_that_starts_wears_the_logo_that_is_there(queue: Path) -> None:
    with opened(queue) as hall, NetworkPrinter() as printer:
        with serving(queue, at(printer)):
            bare = printed(hall, printer)
        hall.logo.change(saved(logo()))
        with serving(queue, at(printer)):
            assert printed(hall, printer).height > bare.height


def test_the_logo_of_its_settings_wins_and_one_too_pale_to_print_is_left_out(
    queue: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "own.png").write_bytes(saved(logo((640, 200))))
    own = load(SlipSettings(logo=tmp_path / "own.png"))
    with opened(queue) as hall, NetworkPrinter() as printer:
        with serving(queue, at(printer), template=own):
            before = printed(hall, printer)
            hall.logo.change(saved(logo()))
            top = (0, 0, before.width, PAPERS[80].across(16))
            after = printed(hall, printer)
            assert not ImageChops.difference(before.crop(top), after.crop(top)).getbbox()
        hall.logo.change(saved(Image.new("RGB", (300, 200), "#e0e0c0")))
        with serving(queue, at(printer)):
            assert printed(hall, printer).height < before.height
        assert "main: the logo is too pale to be printed" in caplog.text


def test_a_slow_line_gets_the_slip_in_the_printer_s_own_letters(queue: Path, tmp_path: Path) -> None:
    settings = PrinterSettings("serial", path=str(tmp_path / "line"), baud=9600, flow="none", timeout=2, mode="text")
    with SerialPrinter(tmp_path / "line") as printer, serving(queue, settings), opened(queue) as hall:
        ticket = hall.issue(SERVICE, language="az")
        assert slip_of(hall, ticket.id).state is JobState.CONFIRMED
    (slip,) = printer.slips
    (code,) = zxingcpp.read_barcodes(slip.convert("L"))
    assert code.text == f"{URL}/t/{ticket.token}"
    assert len(printer.received[-1].replace(b"\0", b"")) < 2_000


@pytest.mark.parametrize("large", [False, True])
def test_a_profile_gives_the_head_and_the_wish_gives_large_print(queue: Path, tmp_path: Path, large: bool) -> None:
    with (
        serving(queue, PrinterSettings(folder=tmp_path / "paper", profile="TM-T88V")),
        opened(queue) as hall,
    ):
        slip_of(hall, hall.issue(SERVICE, large=large).id)
    (file,) = (tmp_path / "paper").iterdir()
    with Image.open(file) as slip:
        assert slip.width == 512
        tallest = max(end - start for start, end in inked_runs(slip.convert("1"))[:6])
    assert (tallest / 180 * 25.4 > 18) is large


def test_a_stuck_printer_does_not_hold_up_another(queue: Path, tmp_path: Path) -> None:
    with (
        NetworkPrinter(manner=Manner.STOPS_READING) as stuck,
        serving(queue, at(stuck, 3), "stuck"),
        serving(queue, PrinterSettings(folder=tmp_path / "paper"), "main"),
        opened(queue) as hall,
    ):
        held = hall.issue(SERVICE, printer="stuck")
        stuck.until(lambda printer: b"\x1dv0" in b"".join(printer.received))
        free = hall.issue(SERVICE, printer="main")
        slip_of(hall, free.id)
        assert not ended(hall, held.id)
        assert slip_of(hall, held.id).state is JobState.UNKNOWN


@pytest.mark.parametrize("manner", [Manner.PAPER_OUT, Manner.REFUSES, Manner.COVER_OPEN])
def test_what_surely_did_not_print_comes_out_of_the_spare_printer(queue: Path, tmp_path: Path, manner: Manner) -> None:
    with (
        NetworkPrinter(manner=manner) as printer,
        serving(queue, at(printer), "main"),
        serving(queue, PrinterSettings(folder=tmp_path / "paper"), "spare"),
        opened(queue) as hall,
    ):
        ticket = hall.issue(SERVICE, printer="main", spare="spare")
        job = slip_of(hall, ticket.id)
    assert (job.state, job.printer) == (JobState.CONFIRMED, "spare")
    assert len(list((tmp_path / "paper").iterdir())) == 1
    assert printer.slips == []


def test_what_may_have_been_printed_goes_to_no_other_printer(queue: Path, tmp_path: Path) -> None:
    with (
        NetworkPrinter(manner=Manner.DROPS) as printer,
        serving(queue, at(printer), "main"),
        serving(queue, PrinterSettings(folder=tmp_path / "paper"), "spare"),
        opened(queue) as hall,
    ):
        ticket = hall.issue(SERVICE, printer="main", spare="spare")
        job = slip_of(hall, ticket.id)
    assert (job.state, job.printer) == (JobState.UNKNOWN, "main")
    assert not (tmp_path / "paper").exists() or not list((tmp_path / "paper").iterdir())


@pytest.mark.parametrize(("trusted", "reason", "came"), [(True, None, True), (False, "no_answer", False)])
def test_the_settings_say_whether_a_slip_sent_without_an_answer_counts(
    queue: Path, trusted: bool, reason: str | None, came: bool
) -> None:
    with (
        NetworkPrinter(manner=Manner.MUTE) as printer,
        serving(queue, at(printer, trust_sent=trusted)),
        opened(queue) as hall,
    ):
        job = slip_of(hall, hall.issue(SERVICE).id)
    assert (job.state, job.reason, job.came) == (JobState.SENT, reason, came)


def test_the_millimetres_of_a_roll_are_counted_and_a_new_roll_begins_anew(queue: Path) -> None:
    with (
        NetworkPrinter() as printer,
        serving(queue, at(printer, roll_m=0.2, roll_low_m=0.1)),
        opened(queue) as hall,
    ):
        slip_of(hall, hall.issue(SERVICE).id)
        until(hall, lambda: Trouble.ROLL_LOW in hall.printer("main").troubles)
        state = hall.printer("main")
        assert state.prints
        assert abs(state.rolled_mm - printer.slips[0].height / 203 * 25.4) < 2
        hall.new_roll("main", staff="siti")
        assert hall.printer("main").rolled_mm == 0
        assert Trouble.ROLL_LOW not in hall.printer("main").troubles


def test_paper_that_is_back_is_a_new_roll(queue: Path) -> None:
    with NetworkPrinter() as printer, serving(queue, at(printer, look_seconds=1)), opened(queue) as hall:
        slip_of(hall, hall.issue(SERVICE).id)
        assert hall.printer("main").rolled_mm > 0
        printer.manner = Manner.PAPER_OUT
        until(hall, lambda: Trouble.PAPER_OUT in hall.printer("main").troubles)
        printer.manner = Manner.HEALTHY
        until(hall, lambda: hall.printer("main").prints)
        assert hall.printer("main").rolled_mm == 0
        kinds = [one.details["troubles"] for one in hall.events() if one.kind == "printer"]
    assert kinds == [[], ["paper_out"], []]


def test_a_test_page_is_a_job_without_a_ticket(queue: Path, tmp_path: Path) -> None:
    with serving(queue, PrinterSettings(folder=tmp_path / "paper")), opened(queue) as hall:
        job = hall.test_printer("main")
        until(hall, lambda: hall.job(job.id).state is JobState.CONFIRMED)
        assert hall.slips_in_doubt() == []
    (page,) = (tmp_path / "paper").iterdir()
    assert page.stem == f"test-{job.id}"


def test_only_one_room_serves_a_printer_and_the_next_takes_over(queue: Path, tmp_path: Path) -> None:
    settings = PrinterSettings(folder=tmp_path / "paper")
    with opened(queue) as hall:
        with serving(queue, settings):
            held = hall.hold("printer main")
            assert held is None
            slip_of(hall, hall.issue(SERVICE).id)
        free = hall.hold("printer main")
        assert free is not None
        free.close()


def test_a_hall_that_was_lost_is_found_again_and_told_what_became_of_the_job(queue: Path, tmp_path: Path) -> None:
    class Losing(Hall):
        def end_job(
            self,
            job: int,
            state: JobState,
            reason: str | None = None,
            millimetres: int = 0,
            printer: str | None = None,
        ) -> None:
            if len(halls) == 1:
                raise Fault("database_unreachable", path="queue.db", problem="it went away")
            super().end_job(job, state, reason, millimetres, printer)

    def open_again() -> Hall:
        halls.append(Losing.open(queue, always_open=True))
        return halls[-1]

    halls: list[Hall] = []
    settings = PrinterSettings(folder=tmp_path / "paper")
    with opened(queue) as hall, serving(queue, settings, open_hall=open_again):
        job = slip_of(hall, hall.issue(SERVICE).id)
    assert (job.state, job.reason) == (JobState.CONFIRMED, None)
    assert len(list((tmp_path / "paper").iterdir())) == 1


def test_a_job_nobody_took_in_time_is_failed_not_printed(queue: Path, tmp_path: Path) -> None:
    from datetime import UTC, datetime, timedelta

    with Hall.open(queue, clock=lambda: datetime.now(UTC) - timedelta(minutes=1), always_open=True) as then:
        ticket = then.issue(SERVICE, printer="main", spare="spare")
    with serving(queue, PrinterSettings(folder=tmp_path / "paper")), opened(queue) as hall:
        job = slip_of(hall, ticket.id)
    assert (job.state, job.reason) == (JobState.FAILED, "stale")
    assert not (tmp_path / "paper").exists() or not list((tmp_path / "paper").iterdir())


def test_what_nobody_serves_says_so(queue: Path) -> None:
    from datetime import UTC, datetime, timedelta

    with opened(queue) as hall:
        hall.report_printer("main", "paper var/paper", frozenset({Trouble.PAPER_LOW}))
        assert list(hall.printer("main").troubles) == [Trouble.PAPER_LOW]
    with Hall.open(queue, clock=lambda: datetime.now(UTC) + timedelta(minutes=2)) as later:
        assert list(later.printer("main").troubles) == [Trouble.UNATTENDED]
        with pytest.raises(Refusal):
            later.printer("other")


@contextmanager
def room(queue: Path, settings: str) -> Iterator[subprocess.Popen[str]]:
    """The printer room as a process of its own, ready."""
    file = queue.with_name("antrean.toml")
    file.write_text(f'hall = "{queue}"\nalways_open = true\n{settings}')
    with started("--announce", settings=file) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process


@contextmanager
def started(*arguments: str, settings: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "printer", *arguments],
        env={**os.environ, "ANTREAN_SETTINGS": str(settings)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent.parent,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_room_ends_cleanly_when_told_to(queue: Path, number: signal.Signals) -> None:
    with room(queue, f'[printers.main]\nfolder = "{queue.with_name("paper")}"\n') as process:
        process.send_signal(number)
        assert process.communicate(timeout=10) == ("", "")
        assert process.returncode == 0


def test_a_fault_at_the_start_is_one_sentence_and_status_3(tmp_path: Path) -> None:
    (tmp_path / "queue.db").write_text("this is a letter, not a queue" * 100)
    (tmp_path / "antrean.toml").write_text(f'hall = "{tmp_path / "queue.db"}"\n')
    with started(settings=tmp_path / "antrean.toml") as process:
        _, said = process.communicate(timeout=20)
    assert process.returncode == 3
    assert said.count("\n") == 1
    assert "Traceback" not in said
