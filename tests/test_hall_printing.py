"""Print jobs in the hall: who may end one, what is in doubt, and what the hall remembers of a printer."""

from __future__ import annotations

import pytest

from hall import Hall, Refusal
from hall.printers import Trouble
from hall.printing import JobState, PrintJob
from tests.halls import Clock

CARD = "civil.card"


def taken(hall: Hall, printer: str = "main") -> PrintJob:
    job = hall.take_job(printer)
    assert job is not None
    return job


def test_what_a_printer_says_of_a_job_it_no_longer_has_changes_nothing(hall: Hall) -> None:
    ticket = hall.issue(CARD, printer="main", spare="second")
    job = taken(hall)
    hall.end_job(job.id, JobState.FAILED, "paper_out", 0, "main")
    assert taken(hall, "second").id == job.id
    hall.end_job(job.id, JobState.FAILED, "paper_out", 0, "main")
    hall.end_job(job.id, JobState.CONFIRMED, None, 80, "second")
    before = hall.sequence()
    hall.end_job(job.id, JobState.FAILED, "paper_out", 0, "main")
    hall.end_job(job.id, JobState.FAILED, "paper_out", 0, "second")
    after = hall.slip(ticket.id)
    assert after is not None
    assert (after.state, after.printer) == (JobState.CONFIRMED, "second")
    assert hall.sequence() == before
    assert hall.slips_in_doubt() == []


def test_a_slip_that_nobody_takes_is_in_doubt_after_a_while(hall: Hall, clock: Clock) -> None:
    ticket = hall.issue(CARD, printer="main")
    assert hall.slips_in_doubt() == []
    clock.on(seconds=76)
    assert [job.ticket and job.ticket.id for job in hall.slips_in_doubt()] == [ticket.id]
    hall.cancel(ticket.id)
    assert hall.slips_in_doubt() == []


def test_a_job_left_in_the_middle_by_a_room_that_died_is_in_doubt_too(hall: Hall, clock: Clock) -> None:
    hall.issue(CARD, printer="main")
    job = taken(hall)
    clock.on(seconds=76)
    assert [one.id for one in hall.slips_in_doubt()] == [job.id]


@pytest.mark.parametrize("away", [Trouble.UNREACHABLE, Trouble.SILENT])
def test_a_roll_changed_while_the_printer_was_off_is_a_new_roll(hall: Hall, away: Trouble) -> None:
    hall.report_printer("main", "network", frozenset())
    hall.issue(CARD, printer="main")
    hall.end_job(taken(hall).id, JobState.CONFIRMED, None, 9_000, "main")
    hall.report_printer("main", "network", frozenset({Trouble.PAPER_OUT}))
    hall.report_printer("main", "network", frozenset({away}))
    assert set(hall.printer("main").troubles) == {Trouble.PAPER_OUT, away}
    assert hall.printer("main").rolled_mm == 9_000
    hall.report_printer("main", "network", frozenset())
    assert hall.printer("main").rolled_mm == 0


def test_a_trouble_keeps_the_time_it_began_and_the_journal_tells_changes_only(hall: Hall, clock: Clock) -> None:
    hall.report_printer("main", "network", frozenset({Trouble.COVER_OPEN}))
    began = hall.now()
    clock.on(seconds=30)
    hall.report_printer("main", "network", frozenset({Trouble.COVER_OPEN, Trouble.PAPER_LOW}))
    hall.report_printer("main", "network", frozenset({Trouble.COVER_OPEN, Trouble.PAPER_LOW}))
    troubles = hall.printer("main").troubles
    assert (troubles[Trouble.COVER_OPEN], troubles[Trouble.PAPER_LOW]) == (began, hall.now())
    assert [one.details["troubles"] for one in hall.events() if one.kind == "printer"] == [
        ["cover_open"],
        ["cover_open", "paper_low"],
    ]


def test_a_job_or_a_printer_that_is_not_there_is_refused(hall: Hall) -> None:
    for ask, code in ((lambda: hall.job(99), "unknown_job"), (lambda: hall.printer("x"), "unknown_printer")):
        with pytest.raises(Refusal) as no:
            ask()
        assert no.value.code == code
    with pytest.raises(Refusal):
        hall.new_roll("x")
