"""Bookings out of a CSV file: what it may look like, every mistake by its place, and importing it again."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assets.words import LANGUAGES
from hall import Fault, Hall, Priority, Refusal
from hall.bookings_file import REASONS, Mistake, Written, read
from hall.journal import Happening
from tests.halls import SMALL, Clock, opened
from tests.test_command import DONE, FAULT, REFUSED, Command, antrean, queue, said_one_line

__all__ = ["antrean", "queue"]
HEAD = "code,service,day,start,end"
LINE = "AB-1,civil.card,2026-11-23,09:00,09:30"


def written(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    file = folder / "bookings.csv"
    file.write_bytes("\n".join(lines).encode(encoding))
    return file


def mistakes(hall: Hall, file: Path) -> list[tuple[int, str, str, str]]:
    """What is wrong with a file, of which nothing was taken over."""
    before = hall.sequence()
    with pytest.raises(Refusal) as no:
        hall.import_bookings(read(file))
    assert no.value.code == "bad_bookings"
    assert hall.bookings() == []
    assert hall.sequence() == before
    return [(one.line, one.column, one.value, one.reason) for one in no.value.data["mistakes"]]


# -- what a file may look like -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_comma_or_semicolon_with_or_without_a_mark_at_its_start(
    tmp_path: Path, encoding: str, separator: str, end: str
) -> None:
    file = tmp_path / "bookings.csv"
    file.write_bytes((end.join([HEAD, LINE, ""]).replace(",", separator)).encode(encoding))
    assert read(file) == [Written(2, "AB-1", "civil.card", "2026-11-23", "09:00", "09:30")]


def test_columns_stand_in_any_order_and_empty_lines_do_not_count(hall: Hall, tmp_path: Path) -> None:
    lines = [
        "Priority, END ,start,day,service,code,language",
        "",
        'elderly,"9:30",9:00:00,2026-11-23,civil.card,x y-1,en',
    ]
    hall.import_bookings(read(written(tmp_path, *lines, ",,,,,,")))
    [booking] = hall.bookings()
    assert (booking.code, booking.service, booking.language, booking.priority) == (
        "XY1",
        "civil.card",
        "en",
        Priority.ELDERLY,
    )
    assert (f"{booking.starts:%d %H:%M}", f"{booking.ends:%H:%M}") == ("23 09:00", "09:30")


def test_a_file_without_bookings_changes_nothing(hall: Hall, tmp_path: Path) -> None:
    before = hall.sequence()
    assert hall.import_bookings(read(written(tmp_path, HEAD))).added == 0
    assert hall.sequence() == before


# -- what is wrong is named --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("code", "", "code"),
        ("code", "A\x07B", "code"),
        ("code", "A" * 65, "code"),
        ("service", "civil", "service"),
        ("day", "23.11.2026", "day"),
        ("day", "2026-02-30", "day"),
        ("day", "2026-11-20", "past"),
        ("day", "2036-11-24", "far"),
        ("day", "2026-11-22x", "day"),
        ("day", "2026-11-29", "closed"),
        ("day", "2026-12-25", "closed"),
        ("start", "25:00", "time"),
        ("start", "noon", "time"),
        ("start", "07:30", "closed"),
        ("end", "", "time"),
        ("end", "09:00", "backwards"),
        ("end", "08:30", "backwards"),
        ("end", "13:01", "long"),
        ("language", "az", "language"),
        ("priority", "rich", "priority"),
        ("cancelled", "perhaps", "cancelled"),
    ],
)
def test_a_wrong_value_is_named_with_its_line_and_column(
    hall: Hall, tmp_path: Path, column: str, value: str, reason: str
) -> None:
    names = [*HEAD.split(","), "language", "priority", "cancelled"]
    good = [*LINE.split(","), "en", "", ""]
    wrong = list(good)
    wrong[names.index(column)] = value
    if column != "code":
        wrong[0] = "AB-2"
    lines = [",".join(one) for one in (names, good, wrong)]
    assert mistakes(hall, written(tmp_path, *lines)) == [(3, column, value, reason)]


def test_a_slot_ends_before_the_service_closes(hall: Hall, tmp_path: Path) -> None:
    file = written(tmp_path, HEAD, LINE.replace("09:00,09:30", "15:45,16:15"))
    assert mistakes(hall, file) == [(2, "end", "16:15", "closed")]


def test_in_a_hall_that_is_always_open_no_slot_is_closed(tmp_path: Path, clock: Clock) -> None:
    with opened(tmp_path, clock, always_open=True) as hall:
        file = written(tmp_path, HEAD, LINE.replace("09:00,09:30", "22:00,23:00"))
        assert hall.import_bookings(read(file)).added == 1


def test_all_mistakes_are_named_at_once(hall: Hall, tmp_path: Path) -> None:
    file = written(tmp_path, HEAD, LINE, "ab1,civil,today,9,9:30", LINE)
    assert mistakes(hall, file) == [
        (3, "code", "ab1", "twice"),
        (3, "service", "civil", "service"),
        (3, "day", "today", "day"),
        (3, "start", "9", "time"),
        (4, "code", "AB-1", "twice"),
    ]


def test_columns_that_are_missing_twice_or_none_of_ours_are_named(hall: Hall, tmp_path: Path) -> None:
    file = written(tmp_path, "code,code,service,day,start,name", "")
    assert mistakes(hall, file) == [
        (1, "end", "", "missing_column"),
        (1, "name", "", "unknown_column"),
        (1, "code", "", "repeated_column"),
    ]


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"", 1, "no_header"),
        (b"\n\n", 1, "no_header"),
        (f"{HEAD}\n{LINE}\nA\xe9,b".encode("latin-1"), 3, "utf8"),
        (f"{HEAD}\n{LINE}".encode("utf-16"), 1, "utf8"),
        (f'{HEAD}\n{LINE}\n"AB-2'.encode(), 3, "csv"),
        (f"{HEAD}\n{LINE},more\n".encode(), 2, "cells"),
        (f"{HEAD}\nAB-2,civil.card\n".encode(), 2, "cells"),
        (f"{HEAD}\n{'A' * 200_000},civil.card\n".encode(), 2, "csv"),
    ],
)
def test_what_is_no_csv_says_where(hall: Hall, tmp_path: Path, content: bytes, line: int, reason: str) -> None:
    file = tmp_path / "bookings.csv"
    file.write_bytes(content)
    assert mistakes(hall, file) == [(line, "", "", reason)]


@pytest.mark.parametrize("name", ["missing.csv", ".", "\0"])
def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path, name: str) -> None:
    with pytest.raises(Fault) as fault:
        read(tmp_path / name)
    assert fault.value.code == "unreadable_file"


def test_every_reason_can_be_said_in_every_language() -> None:
    for reason in REASONS:
        said = {Mistake(7, "day", "x", reason).said(language) for language in LANGUAGES}
        assert len(said) == len(LANGUAGES)
        assert all("7" in one and "day “x”" in one for one in said)


def test_a_slot_over_the_hour_that_comes_twice_has_its_true_length(tmp_path: Path) -> None:
    clock = Clock(datetime(2026, 10, 31, 12, tzinfo=ZoneInfo("America/New_York")))
    text = SMALL.replace("Asia/Jakarta", "America/New_York")
    with opened(tmp_path, clock, text, always_open=True) as hall:
        night = [Written(2, "A", "civil.card", "2026-11-01", "00:30", "04:00")]
        with pytest.raises(Refusal) as no:
            hall.import_bookings(night)
    assert [one.reason for one in no.value.data["mistakes"]] == ["long"]


# -- again -------------------------------------------------------------------------------------------------------------


def test_the_same_file_again_changes_nothing(hall: Hall, tmp_path: Path) -> None:
    rows = read(written(tmp_path, HEAD, *(LINE.replace("AB-1", f"AB-{i}") for i in range(600))))
    done = hall.import_bookings(rows)
    assert (done.added, done.changed, done.same, done.kept) == (600, 0, 0, ())
    before = hall.sequence(), hall.bookings()
    done = hall.import_bookings(rows)
    assert (done.added, done.changed, done.same, done.kept) == (0, 0, 600, ())
    assert (hall.sequence(), hall.bookings()) == before


def test_a_changed_line_changes_a_booking_and_one_not_named_stays(hall: Hall, tmp_path: Path) -> None:
    hall.import_bookings(read(written(tmp_path, HEAD, LINE, LINE.replace("AB-1", "AB-2"))))
    done = hall.import_bookings(read(written(tmp_path, f"{HEAD},cancelled", LINE.replace("09:30", "09:40") + ",YES")))
    assert (done.added, done.changed, done.same) == (0, 1, 0)
    assert [(one.code, f"{one.ends:%H:%M}", one.cancelled) for one in hall.bookings()] == [
        ("AB1", "09:40", True),
        ("AB2", "09:30", False),
    ]
    last = hall.events()[-1]
    assert (last.kind, last.details) == (Happening.BOOKINGS, {"added": 0, "changed": 1})


def test_a_booking_in_use_is_kept_and_said(hall: Hall, tmp_path: Path) -> None:
    hall.import_bookings(read(written(tmp_path, HEAD, LINE)))
    hall.check_in("AB-1")
    before = hall.bookings()
    assert hall.import_bookings(read(written(tmp_path, HEAD, LINE))).same == 1
    done = hall.import_bookings(read(written(tmp_path, HEAD, LINE.replace("09:30", "09:40"))))
    assert (done.changed, done.kept) == (0, ("AB1",))
    assert hall.bookings() == before


# -- the command -------------------------------------------------------------------------------------------------------


def coming(*, code: str = "AB-1") -> str:
    """A booking in the week that begins two days from now, when the small hall is open."""
    day = datetime.now(UTC).date() + timedelta(days=2)
    while day.weekday() > 4 or (day.month, day.day) == (12, 25):
        day += timedelta(days=1)
    return f"{code},civil.card,{day},09:00,09:30"


def told(done: subprocess.CompletedProcess[str]) -> dict[str, object]:
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def test_the_command_imports_and_lists(antrean: Command, queue: str, tmp_path: Path) -> None:
    line = coming()
    file = written(tmp_path, HEAD, line)
    done = antrean("bookings", "import", file, "--json", "--hall", queue)
    assert (done.returncode, told(done)) == (DONE, {"added": 1, "changed": 0, "same": 0, "kept": []})
    assert (
        antrean("bookings", "import", file, "--hall", queue).stdout == "0 bookings added, 0 changed, 1 as they were.\n"
    )
    day = line.split(",")[2]
    listed = antrean("bookings", "list", "--day", day, "--json", "--hall", queue)
    assert told(listed) == {
        "bookings": [
            {
                "code": "AB1",
                "service": "civil.card",
                "day": day,
                "start": "09:00",
                "end": "09:30",
                "language": None,
                "cancelled": False,
                "number": None,
            }
        ]
    }
    assert antrean("bookings", "list", "--hall", queue).stdout == f"{day} 09:00-09:30 AB1 civil.card\n"
    assert antrean("bookings", "list", "--day", "2020-01-01", "--hall", queue).stdout == ""
    assert antrean("bookings", "list", "--day", "tomorrow", "--hall", queue).returncode == 2
    early = antrean("bookings", "check-in", "ab1", "--hall", queue)
    assert (early.returncode, "another day" in said_one_line(early)) == (REFUSED, True)


def test_the_command_names_what_is_wrong(antrean: Command, queue: str, tmp_path: Path) -> None:
    file = written(tmp_path, HEAD, *(f"{coming()},more" if i == 0 else coming(code="A") for i in range(2)))
    done = antrean("bookings", "import", file, "--hall", queue)
    assert (done.returncode, done.stdout) == (REFUSED, "")
    assert done.stderr.splitlines() == [
        "The bookings have mistakes; nothing was imported.",
        "  line 2: this line has more or fewer cells than the first one",
    ]
    file = written(tmp_path, HEAD, *(coming(code="") for _ in range(30)))
    done = antrean("bookings", "import", file, "--hall", queue)
    assert done.stderr.splitlines()[1] == "  line 2: code: a code has 1 to 64 letters, digits or signs"
    assert done.stderr.splitlines()[-1] == "… and 10 more."
    done = antrean("bookings", "import", file, "--json", "--hall", queue)
    wrong = told(done)["mistakes"]
    assert isinstance(wrong, list)
    assert (done.returncode, len(wrong)) == (REFUSED, 30)
    assert wrong[0] == {
        "line": 2,
        "column": "code",
        "value": "",
        "reason": "code",
        "text": "line 2: code: a code has 1 to 64 letters, digits or signs",
    }
    gone = antrean("bookings", "import", "gone.csv", "--hall", queue)
    assert (gone.returncode, "gone.csv" in said_one_line(gone)) == (FAULT, True)
