"""The examples of docs/api.md do what the page says, in its order, against a real server."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from assets import ROOT
from hall.rights import OF_ROLE, OF_SCOPE, Grant, Right, Role, Scope
from hall.webhooks import sign
from tests.counter_server import Room, counter_room

DOCS = Path(__file__).parent.parent / "docs"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    catalogue = (ROOT / "catalogues/mpp.toml").read_text("utf-8")
    with counter_room(tmp_path_factory.mktemp("docs"), catalogue) as room:
        yield room


def test_every_example_answers_as_the_page_says(room: Room) -> None:
    known = {"HALL": f"{room.url}/api/v1", "TOKEN": room.hall.tokens.add("example", Scope)}
    text, run = "", 0
    for kind, block in BLOCK.findall((DOCS / "api.md").read_text("utf-8")):
        if kind == "sh":
            text = execute(block, known)
            run += 1
        elif kind == "json":
            fits(json.loads(block), json.loads(text), known)
    assert run > 10
    assert "event: called" in text or "secret" in text


def execute(block: str, known: dict[str, str]) -> str:
    """Each curl of a block; the text of the last answer, whose status is 200 unless a comment says another one."""
    wanted = re.findall(r"^# (\w+)$", block, re.MULTILINE)
    lines = block.replace("\\\n", " ").splitlines()
    text = ""
    for line in (line for line in lines if line.startswith("curl ")):
        last = line == [one for one in lines if one.startswith("curl ")][-1]
        for name, value in known.items():
            line = line.replace(f"${name}", value)
        method, url, headers, body, words = "GET", "", {}, None, iter(shlex.split(line)[1:])
        for word in words:
            if word == "-X":
                method = next(words)
            elif word == "-H":
                name, _, value = next(words).partition(": ")
                headers[name] = value
            elif word == "--json":
                body = json.loads(next(words))
            elif word != "-N":
                url = word
        if wanted == ["stream"]:
            text = begin_of_stream(url, headers)
            continue
        answer = httpx.request(method, url, headers=headers, json=body)
        assert answer.status_code == int(wanted[0] if wanted and last else 200), (line, answer.text)
        text = answer.text
    return text


def begin_of_stream(url: str, headers: dict[str, str]) -> str:
    with httpx.stream("GET", url, headers=headers) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        heard = ""
        for chunk in stream.iter_text():
            heard += chunk
            if "event: called" in heard:
                return heard
    raise AssertionError("the stream ended")


def fits(said: Any, answered: Any, known: dict[str, str]) -> None:
    """Everything the page says is so; “…” is anything, and a name with $ is learnt or known."""
    if isinstance(said, dict):
        for key, value in said.items():
            fits(value, answered[key], known)
    elif isinstance(said, list):
        assert len(said) == len(answered), answered
        for one, other in zip(said, answered, strict=True):
            fits(one, other, known)
    elif isinstance(said, str) and said.startswith("$"):
        assert known.setdefault(said[1:], str(answered)) == str(answered)
    elif said != "…":
        assert answered == said


def test_the_check_of_a_signature_on_the_page_fits_what_the_hall_signs() -> None:
    (code,) = [block for kind, block in BLOCK.findall((DOCS / "api.md").read_text("utf-8")) if kind == "python"]
    found: dict[str, Any] = {}
    exec(code, found)  # noqa: S102 - our own page
    now = int(found["time"].time())
    headers = {"Antrean-Timestamp": str(now), "Antrean-Signature": sign("secret", now, b"{}")}
    assert found["genuine"]("secret", headers, b"{}")
    assert not found["genuine"]("secret", headers, b"[]")
    assert not found["genuine"]("other", headers, b"{}")
    old = {"Antrean-Timestamp": str(now - 1000), "Antrean-Signature": sign("secret", now - 1000, b"{}")}
    assert not found["genuine"]("secret", old, b"{}")


def test_the_table_of_roles_is_the_one_in_the_code() -> None:
    rows = re.findall(r"^\| (\w+) \|(.*)\|$", (DOCS / "roles.md").read_text("utf-8"), re.MULTILINE)
    (_, head), *body = [(name, [cell.strip() for cell in cells.split("|")]) for name, cells in rows]
    roles = [Role(name) for name in head[:-1]]
    assert set(roles) == set(Role)
    assert {name for name, _ in body} == set(Right)
    for name, cells in body:
        right = Right(name)
        for role, cell in zip(roles, cells, strict=False):
            grant = Grant.of_role(role, "mine" if role is Role.SUPERVISOR else None)
            bound = "yes" if grant.allows(right, "other") else "own agency" if grant.allows(right, "mine") else ""
            assert (cell, right in OF_ROLE[role]) == (bound, bool(bound)), (right, role)
        assert cells[-1] == ", ".join(scope for scope in OF_SCOPE if right in OF_SCOPE[scope]), right
