"""The `antrean` command as others run it: what it prints, its exit status, and one clear line for every error."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from assets import ROOT
from benchmarks.measure import midday
from hall import Hall
from hall.search import Index
from tests.halls import SMALL, described
from tests.pictures import logo, saved

DONE, REFUSED, MISUSE, FAULT = 0, 1, 2, 3
Command = Callable[..., "subprocess.CompletedProcess[str]"]
CARD, PAY = "civil.card", "tax.pay"


def environment(**more: str) -> dict[str, str]:
    """English, no settings of this machine, our rooms found from any folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ANTREAN_")}
    return {**kept, "ANTREAN_LANGUAGE": "en", "PYTHONPATH": str(ROOT.parent), "PYTHONIOENCODING": "utf-8", **more}


@pytest.fixture
def antrean(tmp_path: Path) -> Command:
    """Runs the command in an empty folder."""

    def run(*arguments: str | bytes | Path, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "hall", *map(os.fsdecode, arguments)],
            cwd=tmp_path,
            env=environment(**more),
            capture_output=True,
            text=True,
            timeout=30,
        )

    return run


@pytest.fixture
def queue(tmp_path: Path) -> str:
    """A queue that already has its catalogue."""
    with Hall.open(tmp_path / "q.db") as hall:
        hall.load_catalogue(described(tmp_path / "hall.toml", midday(SMALL)))
    return "q.db"


def said_one_line(done: subprocess.CompletedProcess[str]) -> str:
    """What was said on stderr: one sentence."""
    assert "Traceback" not in done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert done.stdout == ""
    return lines[0]


def answer(done: subprocess.CompletedProcess[str]) -> Any:
    assert (done.returncode, done.stderr) == (DONE, "")
    assert len(done.stdout.splitlines()) == 1
    return json.loads(done.stdout)


# -- finding a service -------------------------------------------------------------------------------------------------


def test_a_service_is_found_as_the_kiosk_finds_it(antrean: Command, tmp_path: Path) -> None:
    with Hall.open(tmp_path / "q.db") as hall:
        hall.load_catalogue(ROOT / "catalogues" / "mpp.toml")
        index = Index.of(hall.catalogue)
    told = answer(antrean("--hall", "q.db", "search", "ktp", "ilang", "--language", "id", "--json"))
    assert (told["words"], told["language"]) == ("ktp ilang", "id")
    assert [one["service"] for one in told["found"]] == [one.service for one in index.find("ktp ilang", "id")]
    assert told["found"][0]["name"] == "Perekaman dan pencetakan KTP-el"
    assert told["found"][0]["agency"] == "Dinas Kependudukan dan Pencatatan Sipil"

    shown = antrean("--hall", "q.db", "search", "gfcgjhn", "--language", "ru", "--most", "2")
    assert shown.returncode == DONE
    assert len(shown.stdout.splitlines()) == 2
    assert shown.stdout.splitlines()[0].split(None, 1) == [
        "imigrasi.paspor-baru",
        "Новый загранпаспорт (Иммиграционная служба)",
    ]


def test_a_search_that_finds_nothing_says_so_and_is_no_error(antrean: Command, queue: str) -> None:
    nothing = antrean("--hall", queue, "search", "xyzzy")
    assert (nothing.returncode, nothing.stdout, nothing.stderr) == (DONE, "Nothing found for “xyzzy”.\n", "")
    assert answer(antrean("--hall", queue, "search", "xyzzy", "--json"))["found"] == []


def test_a_search_in_a_language_the_hall_does_not_speak_is_refused(antrean: Command, queue: str) -> None:
    refused = antrean("--hall", queue, "search", "card", "--language", "tlh")
    assert refused.returncode == REFUSED
    assert "tlh" in said_one_line(refused)
    assert antrean("--hall", queue, "search").returncode == MISUSE


# -- the main job ------------------------------------------------------------------------------------------------------


def test_a_ticket_is_issued_called_and_shown_as_json(antrean: Command, queue: str) -> None:
    hall = ("--hall", queue, "--always-open")
    first = answer(antrean(*hall, "issue", CARD, "--language", "en", "--priority", "elderly", "--json"))
    assert (first["number"], first["service"], first["state"], first["ahead"]) == ("A001", CARD, "waiting", 0)
    assert {"number", "id", "token", "service", "state", "ahead", "series", "count", "language", "issued_at"} <= set(
        first
    )
    assert "elderly" not in json.dumps(first)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:00", first["issued_at"])

    called = answer(antrean(*hall, "call", "1", "--staff", "ani", "--json"))
    assert (called["id"], called["number"], called["state"], called["counter"]) == (first["id"], "A001", "called", "1")
    assert answer(antrean(*hall, "call", "1", "--json")) is None

    board = answer(antrean(*hall, "board", "--json"))
    assert set(board) == {"sequence", "calls"}
    (call,) = board["calls"]
    assert set(call) == {"number", "counter", "zone", "agency", "called_at", "times"}
    assert (call["number"], call["counter"], call["zone"], call["agency"], call["times"]) == (
        "A001",
        "1",
        "a",
        "civil",
        1,
    )
    assert answer(antrean(*hall, "board", "--zone", "b", "--json")) == {"sequence": board["sequence"], "calls": []}


def test_the_same_is_said_in_words(antrean: Command, queue: str) -> None:
    hall = ("--hall", queue, "--always-open")
    assert antrean(*hall, "issue", CARD).stdout == "A001, 0 ahead\n"
    assert antrean(*hall, "issue", CARD).stdout == "A002, 1 ahead\n"
    assert antrean(*hall, "call", "1").stdout == "A001 to counter 1\n"
    assert antrean(*hall, "call", "3").stdout == "Nobody is waiting for counter 3.\n"
    assert antrean(*hall, "board").stdout == "A001 to counter 1\n"


def test_the_same_request_gives_the_same_ticket(antrean: Command, queue: str) -> None:
    asked = ("--hall", queue, "--always-open", "issue", PAY, "--request-id", "tap-1", "--json")
    first, second = answer(antrean(*asked)), answer(antrean(*asked))
    assert (first["id"], first["token"]) == (second["id"], second["token"])


def test_a_slip_is_asked_for_unless_none_is_wanted(antrean: Command, queue: str, tmp_path: Path) -> None:
    hall = ("--hall", queue, "--always-open")
    antrean(*hall, "issue", CARD, "--no-slip")
    antrean(*hall, "issue", CARD, "--printer", "desk")
    with Hall.open(tmp_path / queue) as opened:
        job = opened.take_job("desk")
        assert job is not None
        assert job.ticket is not None
        assert job.ticket.number == "A002"
        assert opened.take_job("main") is None


@pytest.mark.parametrize(
    "arguments",
    [
        ("--hall", "q.db", "--always-open", "issue", CARD),
        ("issue", CARD, "--hall", "q.db", "--always-open"),
        ("--always-open", "issue", "--hall", "q.db", CARD),
        ("--hall", "sqlite:///q.db", "issue", CARD, "--always-open"),
        ("issue", "--hall=sqlite:///q.db", "--always-open", CARD),
    ],
)
def test_which_queue_is_meant_may_be_said_before_or_after(
    antrean: Command, queue: str, arguments: tuple[str, ...]
) -> None:
    assert antrean(*arguments).stdout == "A001, 0 ahead\n"


def test_which_queue_is_meant_may_be_said_after_the_command_of_a_command(antrean: Command, tmp_path: Path) -> None:
    described(tmp_path / "hall.toml", midday(SMALL))
    assert antrean("catalogue", "load", "hall.toml", "--hall", "late.db").returncode == DONE
    assert antrean("catalogue", "--hall", "middle.db", "load", "hall.toml").returncode == DONE
    assert antrean("--hall", "early.db", "catalogue", "load", "hall.toml").returncode == DONE
    assert sorted(path.name for path in tmp_path.glob("*.db")) == ["early.db", "late.db", "middle.db"]


def test_the_environment_says_which_queue_and_an_option_wins_over_it(antrean: Command, queue: str) -> None:
    assert antrean("board", ANTREAN_HALL=queue).returncode == DONE
    assert antrean("--hall", queue, "board", ANTREAN_HALL="other.db").returncode == DONE
    assert antrean("board", ANTREAN_HALL="other.db").returncode == FAULT


def test_the_settings_file_says_which_queue(antrean: Command, queue: str, tmp_path: Path) -> None:
    (tmp_path / "antrean.toml").write_text('hall = "q.db"\nalways_open = true\n')
    assert antrean("issue", CARD).stdout == "A001, 0 ahead\n"


def test_a_hall_is_made_once_with_one_person_and_a_random_pin(antrean: Command, tmp_path: Path) -> None:
    first = antrean("--hall", "new.db", "init")
    assert first.returncode == DONE
    assert first.stdout.startswith("The hall is ready: new.db.\n")
    pin = re.search(r"“admin” with the PIN (\d{6})", first.stdout)
    assert pin is not None
    again = antrean("--hall", "new.db", "init")
    assert (again.returncode, "PIN" in again.stdout) == (DONE, False)
    with Hall.open(tmp_path / "new.db") as hall:
        assert hall.session(hall.sign_in("admin", pin[1])).staff == "admin"
        assert len(hall.catalogue.agencies) >= 24


def test_staff_are_added_and_given_a_new_pin(antrean: Command, queue: str, tmp_path: Path) -> None:
    added = antrean("--hall", queue, "staff", "add", "ani")
    renewed = antrean("--hall", queue, "staff", "pin", "ani")
    pins = [re.search(r"PIN (\d{6})", done.stdout) for done in (added, renewed)]
    assert pins[0] is not None
    assert pins[1] is not None
    with Hall.open(tmp_path / queue) as hall:
        assert hall.sign_in("ani", pins[1][1])
    assert antrean("--hall", queue, "staff", "add", "ani").returncode == REFUSED
    assert antrean("--hall", queue, "staff", "pin", "budi").returncode == REFUSED


def test_the_catalogue_is_checked_without_a_queue(antrean: Command, tmp_path: Path) -> None:
    described(tmp_path / "hall.toml", midday(SMALL))
    done = antrean("catalogue", "check", "hall.toml")
    assert (done.returncode, done.stdout) == (DONE, "No mistakes: 2 agencies, 3 services, 3 counters.\n")
    assert [path.name for path in tmp_path.iterdir()] == ["hall.toml"]


def test_every_mistake_of_a_catalogue_is_named_in_its_line_and_nothing_is_loaded(
    antrean: Command, queue: str, tmp_path: Path
) -> None:
    text = SMALL.replace('series = "T"', 'series = "A"').replace("minutes = 5", "minuts = 5")
    described(tmp_path / "bad.toml", text)
    with Hall.open(tmp_path / queue) as hall:
        before = hall.sequence()
        for command in (("catalogue", "check", "bad.toml"), ("--hall", queue, "catalogue", "load", "bad.toml")):
            done = antrean(*command)
            lines = done.stderr.splitlines()
            assert (done.returncode, done.stdout) == (REFUSED, "")
            assert lines[0] == "The catalogue has mistakes; nothing was loaded."
            assert len(lines) == 4
            assert all(re.match(r"  line \d+: .+: .+", line) for line in lines[1:])
        assert hall.sequence() == before


def test_the_doctor_speaks_a_line_for_each_finding(antrean: Command, queue: str) -> None:
    done = antrean("--hall", queue, "doctor")
    assert done.returncode in {DONE, FAULT}
    assert "The queue opens: SQLite" in done.stdout
    assert all(re.match(r"(ok|warn|fail) +\S", line) for line in done.stdout.splitlines())
    for line in antrean("--hall", queue, "doctor", "--json").stdout.splitlines():
        assert set(json.loads(line)) == {"health", "text"}


def test_the_doctor_warns_of_a_screen_too_small_for_its_distance(antrean: Command, queue: str) -> None:
    done = antrean("--hall", queue, "doctor", ANTREAN_DISPLAY_WIDTH_MM="597")
    assert "too small for 10 m" in done.stdout


def test_the_doctor_says_plainly_that_a_queue_cannot_be_opened(antrean: Command, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Dear diary, " * 99)
    done = antrean("--hall", "notes.txt", "doctor")
    assert (done.returncode, done.stderr) == (FAULT, "")
    assert re.search(r"^fail .*notes\.txt is not a queue of Antrean", done.stdout, re.MULTILINE)


def test_the_doctor_has_a_slip_drawn(antrean: Command, queue: str, tmp_path: Path) -> None:
    assert "ok    A slip can be drawn.\n" in antrean("--hall", queue, "doctor").stdout
    (tmp_path / "antrean.toml").write_text('[slip]\ntemplate = "mine.toml"\n')
    done = antrean("--hall", queue, "doctor")
    assert done.returncode == FAULT
    assert "fail  No slip can be drawn: mine.toml cannot be read: No such file or directory.\n" in done.stdout


# -- pictures of slips -------------------------------------------------------------------------------------------------


def slip(antrean: Command, folder: Path, *arguments: str | Path) -> Image.Image:
    """The picture that a command without complaint saved."""
    done = antrean("picture", "slip", *arguments, "slip.png")
    assert (done.returncode, done.stdout, done.stderr) == (DONE, "", "")
    with Image.open(folder / "slip.png") as picture:
        assert picture.mode == "1"
        return picture.copy()


def test_a_slip_is_shown_with_the_hall_s_own_names(antrean: Command, queue: str, tmp_path: Path) -> None:
    own = slip(antrean, tmp_path, "--hall", queue, "--service", CARD, "--language", "en")
    assert own.tobytes() != slip(antrean, tmp_path, "--language", "en").tobytes()  # the demo hall's, without a queue
    assert own.info["dpi"] == pytest.approx((203, 203), abs=0.1)
    assert zxingcpp.read_barcodes(own.convert("L"))[0].text.startswith("https://")


def test_a_slip_is_shown_on_either_paper_in_large_print_as_a_copy_and_typed(antrean: Command, tmp_path: Path) -> None:
    plain = slip(antrean, tmp_path)
    assert (plain.width, slip(antrean, tmp_path, "--width", "58").width) == (576, 384)
    others = [slip(antrean, tmp_path, option) for option in ("--large", "--copy", "--text")]
    assert len({plain.tobytes(), *(other.tobytes() for other in others)}) == 4


def test_a_slip_is_shown_with_the_settings_template_and_logo_or_another(antrean: Command, tmp_path: Path) -> None:
    shipped = (ROOT.parent / "printer" / "slip.toml").read_text("utf-8")
    (tmp_path / "mine.toml").write_text(shipped.replace('en = ""', 'en = "Free legal advice on Fridays"'), "utf-8")
    Image.new("RGB", (200, 100), "#123456").save(tmp_path / "logo.png")
    plain = slip(antrean, tmp_path, "--language", "en")
    other = slip(antrean, tmp_path, "--language", "en", "--template", "mine.toml")
    (tmp_path / "antrean.toml").write_text('[slip]\ntemplate = "mine.toml"\nlogo = "logo.png"\n')
    both = slip(antrean, tmp_path, "--language", "en")
    assert plain.height < other.height < both.height


def test_a_slip_is_shown_with_the_logo_that_the_hall_keeps(antrean: Command, queue: str, tmp_path: Path) -> None:
    asked = ("--hall", queue, "--service", CARD)
    bare = slip(antrean, tmp_path, *asked)
    with Hall.open(tmp_path / queue) as hall:
        hall.logo.change(saved(logo()))
    worn = slip(antrean, tmp_path, *asked)
    assert worn.height > bare.height
    Image.new("RGB", (2000, 100), "#123456").save(tmp_path / "wide.png")
    (tmp_path / "antrean.toml").write_text('[slip]\nlogo = "wide.png"\n')
    assert bare.height < slip(antrean, tmp_path, *asked).height < worn.height


def test_a_template_with_mistakes_draws_nothing_and_each_is_named(antrean: Command, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("margin = 99\n")
    done = antrean("picture", "slip", "--template", "mine.toml", "slip.png")
    assert (done.returncode, done.stdout) == (REFUSED, "")
    first, *mistakes = done.stderr.splitlines()
    assert first == "The slip template mine.toml has mistakes; nothing was printed."
    assert "  line 1: margin: should be a number from 0 to 4 mm" in mistakes
    assert "  normal: is missing" in mistakes
    assert not (tmp_path / "slip.png").exists()


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (("--service", "nowhere"), REFUSED, "There is no service “nowhere”."),
        (("--template", "none.toml"), FAULT, "none.toml cannot be read: No such file or directory."),
    ],
)
def test_a_slip_that_cannot_be_drawn_is_one_sentence(
    antrean: Command, arguments: tuple[str, ...], status: int, sentence: str
) -> None:
    done = antrean("picture", "slip", *arguments, "slip.png")
    assert (done.returncode, said_one_line(done)) == (status, sentence)


# -- exit status and errors --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("issue", "nothing"), "There is no service “nothing”."),
        (("issue", CARD, "--language", "xx"), "The language “xx” is not offered here."),
        (("issue", CARD, "--priority", "vip"), "There is no priority “vip”."),
        (("call", "99"), "There is no counter “99”."),
        (("board", "--zone", "z"), "There is no zone “z”."),
        (("issue", b"\xff\xfe"), None),
    ],
)
def test_what_a_rule_forbids_is_refused_in_one_line(
    antrean: Command, queue: str, arguments: tuple[str | bytes, ...], sentence: str | None
) -> None:
    done = antrean("--hall", queue, "--always-open", *arguments)
    assert done.returncode == REFUSED
    assert said_one_line(done) == sentence or sentence is None


def test_a_queue_that_is_not_there_is_a_fault_and_is_not_made(antrean: Command, tmp_path: Path) -> None:
    for command in (("issue", CARD), ("call", "1"), ("board",), ("run",), ("staff", "add", "ani")):
        done = antrean("--hall", "nowhere.db", *command)
        assert done.returncode == FAULT
        assert said_one_line(done) == f"There is no queue at {tmp_path}/nowhere.db. Make one with: antrean init"
    assert list(tmp_path.iterdir()) == []


def test_a_hall_without_a_catalogue_refuses(antrean: Command, tmp_path: Path) -> None:
    Hall.open(tmp_path / "empty.db").close()
    for command in (("issue", CARD), ("call", "1"), ("board",), ("run",)):
        done = antrean("--hall", "empty.db", *command)
        assert (done.returncode, said_one_line(done)) == (REFUSED, "This hall has no catalogue yet.")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nonsense",),
        ("issue",),
        ("issue", CARD, PAY),
        ("issue", CARD, "--colour"),
        ("call",),
        ("board", "extra"),
        ("catalogue",),
        ("catalogue", "eat", "x"),
        ("staff", "add"),
        ("run", "--room", "cellar"),
        ("picture", "cellar", "x.png"),
        ("picture", "kiosk", "x.png"),
        ("picture", "slip"),
        ("picture", "slip", "--width", "70", "x.png"),
        ("picture", "slip", "--language", "xx", "x.png"),
        ("--hall",),
    ],
)
def test_misuse_is_said_without_a_traceback(antrean: Command, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = antrean(*arguments)
    assert (done.returncode, done.stdout) == (MISUSE, "")
    assert re.match(r"Usage: antrean|Error: ", done.stderr)
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--hall", "notes.txt", "board"), "notes.txt is not a queue of Antrean."),
        (("--hall", "postgresql://ani:s3cret@db/x", "board"), "No storage engine knows postgresql://db/x."),
        (("--hall", "/dev/null/q.db", "init"), "cannot be opened"),
        (("--hall", "/dev/null/q.db", "issue", CARD), "/dev/null/q.db"),
        (("--hall", "x" * 300, "board"), "x" * 300),
        (("--hall", "x" * 300, "init"), "x" * 300),
        (("--hall", ".", "board"), "cannot be opened"),
        (("catalogue", "check", "nowhere.toml"), "nowhere.toml cannot be read"),
        (("catalogue", "check", "."), "cannot be read"),
        (("catalogue", "check", "binary"), "UTF-8"),
        (("--hall", "x.db", "init", "--catalogue", "nowhere.toml"), "nowhere.toml cannot be read"),
    ],
)
def test_what_the_world_did_is_a_fault_in_one_line(
    antrean: Command, tmp_path: Path, arguments: tuple[str, ...], word: str
) -> None:
    (tmp_path / "notes.txt").write_text("Dear diary, " * 99)
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    done = antrean(*arguments)
    assert done.returncode == FAULT
    said = said_one_line(done)
    assert word in said
    assert "s3cret" not in said


@pytest.mark.parametrize("command", ["board", "doctor", "run", "kiosk", "counter"])
def test_wrong_settings_are_a_fault_in_one_line_for_every_command(
    antrean: Command, tmp_path: Path, command: str
) -> None:
    (tmp_path / "antrean.toml").write_text("halll = 3\n")
    done = antrean(command)
    assert done.returncode == FAULT
    assert said_one_line(done).startswith("The settings are wrong: halll")


def test_an_empty_name_of_a_queue_is_not_taken_for_the_usual_one(antrean: Command, tmp_path: Path) -> None:
    done = antrean("--hall", "", "board")
    assert done.returncode in {MISUSE, FAULT}
    assert not (tmp_path / "var").exists()


def test_words_that_are_no_text_are_refused_without_a_traceback(antrean: Command, queue: str) -> None:
    hall = ("--hall", queue, "--always-open")
    for command in (
        ("issue", CARD, "--request-id", b"\xff"),
        ("issue", CARD, "--printer", b"\xff"),
        ("call", "1", "--staff", b"\xff"),
        ("staff", "add", b"\xff"),
    ):
        done = antrean(*hall, *command)
        assert "Traceback" not in done.stderr, command
        assert done.returncode in {REFUSED, MISUSE, FAULT}


@pytest.mark.parametrize("language", ["id", "az", "en", "ru"])
def test_errors_are_said_in_the_language_of_the_person(antrean: Command, queue: str, language: str) -> None:
    from hall import Refusal

    done = antrean("--hall", queue, "call", "99", ANTREAN_LANGUAGE=language)
    assert done.stderr.strip() == Refusal("unknown_counter", counter="99").said(language)


def test_whoever_stops_reading_gets_no_complaint(antrean: Command, queue: str, tmp_path: Path) -> None:
    for command in (("--hall", queue, "board", "--json"), ("--hall", queue, "--always-open", "issue", CARD)):
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run(
            [sys.executable, "-m", "hall", *command],
            cwd=tmp_path,
            env=environment(),
            stdout=writer,
            stderr=subprocess.PIPE,
            text=True,
            timeout=30,
        )
        os.close(writer)
        assert (done.returncode, done.stderr) == (DONE, "")


def test_an_output_that_cannot_be_written_is_a_fault_and_no_traceback(queue: str, tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "hall", "--hall", queue, "board", "--json"],
            cwd=tmp_path,
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=30,
        )
    assert "Traceback" not in done.stderr
    assert done.returncode == FAULT


def test_help_names_every_command(antrean: Command) -> None:
    text = antrean("--help").stdout
    names = {"run", "init", "catalogue", "kiosk", "display", "printer", "counter", "issue", "call", "board", "doctor"}
    for name in names | {"picture", "hall", "service"}:
        assert re.search(rf"^  {name} ", text, re.MULTILINE)
        done = antrean(name, "--help")
        assert (done.returncode, done.stderr) == (DONE, "")


# -- pauses ------------------------------------------------------------------------------------------------------------


def test_the_hall_is_paused_and_opened(antrean: Command, queue: str) -> None:
    hall = ("--hall", queue, "--always-open")
    assert antrean(*hall, "hall", "pause", "Fire drill").stdout.startswith("The hall is paused until you open it")
    done = antrean(*hall, "issue", CARD)
    assert (done.returncode, said_one_line(done)) == (REFUSED, "The hall is paused: Fire drill.")
    assert antrean(*hall, "hall", "open", "--staff", "Sari").stdout == "The hall gives tickets again.\n"
    assert antrean(*hall, "issue", CARD).returncode == DONE


def test_a_pause_may_have_an_end(antrean: Command, queue: str, tmp_path: Path) -> None:
    assert antrean("--hall", queue, "hall", "pause", "Power", "--until", "23:59").stdout.endswith("until 23:59.\n")
    with Hall.open(tmp_path / queue) as hall:
        assert hall.pause is not None
        assert hall.pause.until is not None
        assert f"{hall.pause.until:%H:%M}" == "23:59"
        assert hall.pause.until > hall.now()


@pytest.mark.parametrize("until", ["25:00", "9", "tomorrow", "", "09:00:00"])
def test_an_end_that_is_no_time_is_misuse(antrean: Command, queue: str, until: str) -> None:
    done = antrean("--hall", queue, "hall", "pause", "Power", "--until", until)
    assert done.returncode == MISUSE
    assert "is no time such as 14:30" in done.stderr


def test_a_service_is_paused_and_opened(antrean: Command, queue: str) -> None:
    hall = ("--hall", queue, "--always-open")
    assert antrean(*hall, "service", "pause", CARD, "System down").stdout == "civil.card is paused.\n"
    assert said_one_line(antrean(*hall, "issue", CARD)) == "Paused: System down."
    assert antrean(*hall, "issue", PAY).returncode == DONE
    assert antrean(*hall, "service", "open", CARD).stdout == "civil.card gives tickets again.\n"
    assert antrean(*hall, "issue", CARD).returncode == DONE
    assert said_one_line(antrean(*hall, "service", "pause", "x.y", "?")) == "There is no service “x.y”."


def test_the_doctor_names_a_logo_that_cannot_be_shown(antrean: Command, queue: str, tmp_path: Path) -> None:
    (tmp_path / "antrean.toml").write_text('[theme]\nlogo = "logo.png"\n')
    done = antrean("--hall", queue, "doctor")
    assert "fail  The logo logo.png cannot be shown: No such file or directory.\n" in done.stdout
    assert done.returncode == FAULT
