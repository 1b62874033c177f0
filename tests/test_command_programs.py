"""`antrean token`, `webhook` and `staff` as others run them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.measure import midday
from hall import Hall
from hall.rights import Role, Scope
from tests.halls import SMALL, described
from tests.test_command import DONE, MISUSE, REFUSED, environment

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def antrean(tmp_path: Path) -> Command:
    """Runs the command beside a queue that has its catalogue."""
    with Hall.open(tmp_path / "q.db") as hall:
        hall.load_catalogue(described(tmp_path / "hall.toml", midday(SMALL)))

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "hall", *arguments]
        env = environment(ANTREAN_HALL="q.db")
        done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=60)
        assert "Traceback" not in done.stderr
        return done

    return run


def test_a_token_is_shown_once_listed_without_its_secret_and_revoked(antrean: Command, tmp_path: Path) -> None:
    added = antrean("token", "add", "dashboard", "--scope", "read", "--scope", "serve")
    secret = added.stdout.strip()
    assert added.returncode == DONE
    assert "shown only now" in added.stderr
    with Hall.open(tmp_path / "q.db") as hall:
        assert hall.tokens.of(secret).scopes == {Scope.READ, Scope.SERVE}
        stored = hall._storage.engine.rows("SELECT * FROM token")
        assert secret not in repr(stored) + repr(hall.events())
    listed = json.loads(antrean("token", "list", "--json").stdout)
    assert (listed["name"], listed["scopes"]) == ("dashboard", ["read", "serve"])
    assert "dashboard" in antrean("token", "list").stdout
    assert antrean("token", "add", "dashboard", "--scope", "read").returncode == REFUSED
    assert antrean("token", "revoke", "dashboard").returncode == DONE
    assert antrean("token", "revoke", "dashboard").returncode == REFUSED
    assert antrean("token", "list").stdout == ""


@pytest.mark.parametrize("arguments", [("x",), ("x", "--scope", "everything"), ("--scope", "read")])
def test_a_token_without_a_name_or_a_scope_is_misuse(antrean: Command, arguments: tuple[str, ...]) -> None:
    assert antrean("token", "add", *arguments).returncode == MISUSE


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "a\nb"])
def test_a_name_that_cannot_be_shown_is_refused(antrean: Command, name: str) -> None:
    assert antrean("token", "add", name, "--scope", "read").returncode == REFUSED


def test_a_webhook_is_added_listed_resumed_and_removed(antrean: Command, tmp_path: Path) -> None:
    added = antrean("webhook", "add", "http://127.0.0.1:9/told", "--events", "called, finished")
    assert added.returncode == DONE
    with Hall.open(tmp_path / "q.db") as hall:
        (hook,) = hall.webhooks.all()
        assert hook.secret == added.stdout.strip()
        hall.webhooks.told(hook.id, hook.position, "no answer", stopped=True)
    listed = antrean("webhook", "list", "--json").stdout
    assert json.loads(listed)["stopped"] is True
    assert hook.secret not in listed
    assert "no answer" in antrean("webhook", "list").stdout
    assert antrean("webhook", "resume", str(hook.id)).returncode == DONE
    assert json.loads(antrean("webhook", "list", "--json").stdout)["stopped"] is False
    assert antrean("webhook", "remove", str(hook.id)).returncode == DONE
    assert antrean("webhook", "remove", str(hook.id)).returncode == REFUSED
    assert antrean("webhook", "list").stdout == ""


def test_a_webhook_needs_an_address_and_events_that_there_are(antrean: Command) -> None:
    assert antrean("webhook", "add", "ftp://a", "--events", "called").returncode == REFUSED
    assert antrean("webhook", "add", "http://a", "--events", "born").returncode == MISUSE
    assert antrean("webhook", "add", "http://a", "--events", " , ").returncode == REFUSED


def test_the_first_person_is_a_manager_and_others_what_is_said(antrean: Command, tmp_path: Path) -> None:
    assert antrean("init", "--catalogue", "hall.toml").returncode == DONE
    assert antrean("staff", "add", "ani").returncode == DONE
    assert antrean("staff", "add", "budi", "--role", "supervisor", "--agency", "civil").returncode == DONE
    assert antrean("staff", "add", "cici", "--role", "supervisor").returncode == REFUSED
    assert antrean("staff", "role", "ani", "--role", "technician").returncode == DONE
    assert antrean("staff", "role", "admin", "--role", "clerk").returncode == REFUSED
    people = [json.loads(line) for line in antrean("staff", "list", "--json").stdout.splitlines()]
    assert people == [
        {"name": "admin", "role": "manager", "agency": None},
        {"name": "ani", "role": "technician", "agency": None},
        {"name": "budi", "role": "supervisor", "agency": "civil"},
    ]
    with Hall.open(tmp_path / "q.db") as hall:
        assert [member.role for member in hall.staff()] == [Role.MANAGER, Role.TECHNICIAN, Role.SUPERVISOR]


def test_a_call_with_a_request_id_calls_once(antrean: Command) -> None:
    for _ in range(2):
        antrean("issue", "civil.card", "--always-open")
    called = {antrean("call", "1", "--request-id", "press", "--json").stdout for _ in range(2)}
    assert len(called) == 1
    assert json.loads(called.pop())["number"] == "A001"
