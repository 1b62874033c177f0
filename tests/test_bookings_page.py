"""docs/bookings.md says what the code does: its file, its rules and its order of refusals."""

import inspect
import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assets import ROOT
from hall import Booking, Hall, Refusal, reception
from hall.bookings import LONGEST_CODE, welcome
from hall.bookings_file import LONGEST, Written, read
from hall.catalogue import Rules
from hall.errors import REFUSALS
from hall.hall import _BATCH
from hall.tickets import Priority
from tests.halls import Clock

PAGE = (ROOT.parent / "docs" / "bookings.md").read_text("utf-8")
ZONE = ZoneInfo("Asia/Jakarta")


def test_its_file_is_taken_over_by_the_hall_of_the_catalogue(tmp_path: Path) -> None:
    [written] = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "bookings.csv").write_text(written, "utf-8")
    clock = Clock(datetime(2026, 11, 30, 9, 0, tzinfo=ZONE))
    with Hall.open(tmp_path / "q.db", clock=clock) as hall:
        hall.load_catalogue(ROOT / "catalogues" / "mpp.toml")
        assert hall.import_bookings(read(tmp_path / "bookings.csv")).added == 3
        assert hall.check_in("ab 1234").language == "id"
        with pytest.raises(Refusal) as no:
            hall.check_in("AB-1236")
    assert no.value.code == "booking_cancelled"


def test_its_columns_are_the_columns() -> None:
    table = PAGE.partition("| column |")[2].partition("\n\n")[0]
    first = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    assert tuple(re.findall("`([a-z]+)`", "".join(first))) == Written._fields[1:]
    assert f"up to {LONGEST_CODE} letters" in table
    assert ", ".join(list(Priority)[:-1]) + f" or {Priority.STAFF}" in table
    assert LONGEST.total_seconds() == 4 * 3600
    assert f"written {_BATCH} at a time" in PAGE


def test_its_rules_are_the_defaults_and_give_its_times() -> None:
    said = dict(re.findall(r"^(\w+_minutes) = (\d+)", PAGE, re.MULTILINE))
    assert said == {"early_minutes": str(Rules.early_minutes), "late_minutes": str(Rules.late_minutes)}
    rows = re.findall(r"^\| (\d\d:\d\d)-(\d\d:\d\d) \| (\d\d:\d\d) \| (\d\d:\d\d) \|$", PAGE, re.MULTILINE)
    assert len(rows) == 3
    for row in rows:
        start, end, *times = (datetime.fromisoformat(f"2026-11-30T{text}").replace(tzinfo=ZONE) for text in row)
        assert welcome(Booking("A", "2026-11-30", "civil.card", start, end), Rules()) == tuple(times)


def test_its_refusals_are_refusals_in_the_order_of_the_rule() -> None:
    table = PAGE.partition("| refusal |")[2].partition("\n\n")[0]
    told = re.findall("`([a-z_]+)`", "".join(re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)))
    assert set(told) <= set(REFUSALS)
    rule = inspect.getsource(reception.booking_refusal).partition('"""\n')[2]
    raised = re.findall(r'Refusal\(\s*"(\w+)"', rule)
    assert [code for code in told if code in raised] == raised
