"""What programs meet at the API: acts done once, errors they can read, events they do not miss, nothing personal."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from counter.api.door import BURST, LARGEST, RATE, Pace
from counter.api.events import BATCH
from counter.app import app
from counter.streams import MOST
from hall import Hall, Refusal
from hall.rights import Scope
from hall.settings import Settings
from hall.storage import sqlite as engine
from tests.counter_server import Room, counter_room

API = "/api/v1"
_names = count()


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with counter_room(tmp_path_factory.mktemp("api")) as room:
        yield room


@contextmanager
def program(room: Room, name: str, *scopes: Scope) -> Iterator[httpx.Client]:
    """A program with a token of some scopes, or of all."""
    secret = room.hall.tokens.add(name, scopes or Scope)
    with httpx.Client(base_url=room.url + API, headers={"authorization": f"Bearer {secret}"}) as client:
        yield client


@pytest.fixture
def client(room: Room) -> Iterator[httpx.Client]:
    with program(room, f"program {next(_names)}") as client:
        yield client


def key(name: str) -> dict[str, str]:
    return {"idempotency-key": name}


def test_one_wish_that_arrives_many_times_at_once_is_done_once(room: Room, client: httpx.Client) -> None:
    for _ in range(5):
        client.post("/tickets", json={"service": "o1.s"})
    before = room.hall.sequence()
    answers: list[httpx.Response] = []
    presses = [
        threading.Thread(target=lambda: answers.append(client.post("/counters/1/next", headers=key("same"))))
        for _ in range(8)
    ]
    for press in presses:
        press.start()
    for press in presses:
        press.join()
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["ticket"]["id"] for answer in answers}) == 1
    assert [event.kind for event in room.hall.events(before)] == ["counter_opened", "called"]


def test_a_ticket_wished_twice_is_given_once_and_with_the_same_page(client: httpx.Client) -> None:
    one, two = (client.post("/tickets", json={"service": "o2.s"}, headers=key("visit")) for _ in range(2))
    assert one.status_code == two.status_code == 201
    assert one.json() == two.json()
    other = client.post("/tickets", json={"service": "o3.s"}, headers=key("visit"))
    assert (other.status_code, other.json()["code"]) == (409, "request_reused")


def test_the_same_key_of_another_program_is_another_wish(room: Room, client: httpx.Client) -> None:
    with program(room, "another") as other:
        numbers = [
            one.post("/tickets", json={"service": "o2.s"}, headers=key("k")).json()["number"] for one in (client, other)
        ]
    assert numbers[0] != numbers[1]


def test_who_did_it_stands_in_the_journal(room: Room, client: httpx.Client) -> None:
    before = room.hall.sequence()
    client.post("/counters/3/open")
    (event,) = room.hall.events(before)
    assert event.staff
    assert event.staff.startswith("api:program ")


def test_that_somebody_has_priority_is_told_to_nobody(room: Room, client: httpx.Client) -> None:
    given = client.post("/tickets", json={"service": "o4.s", "priority": "pregnant"})
    ticket = given.json()["id"]
    seen = [
        given,
        *(client.get(path) for path in (f"/tickets/{ticket}", "/counters/4/line", f"/events?after={ticket - 1}")),
    ]
    for answer in seen:
        assert given.json()["number"] in answer.text
        assert "pregnant" not in answer.text
        assert "rank" not in answer.text


def test_names_of_staff_and_who_was_let_in_are_for_those_who_manage(room: Room) -> None:
    before = room.hall.sequence()
    room.hall.add_staff("wati", "246802")
    room.hall.open_counter("5", staff="wati")
    with program(room, "reader", Scope.READ) as reader, program(room, "manager", Scope.READ, Scope.MANAGE) as manager:
        told = reader.get("/events", params={"after": before}).json()["events"]
        assert [one["sequence"] for one in told[:2]] == [before + 1, before + 2]
        assert "wati" not in json.dumps(told)
        assert json.dumps(manager.get("/events", params={"after": before}).json()).count("wati") == 2


@pytest.mark.parametrize(
    ("method", "path", "how", "status", "code"),
    [
        ("POST", "/tickets", {"content": b"{"}, 422, "bad_input"),
        ("POST", "/tickets", {"content": b"\xff\xfe"}, 422, "bad_input"),
        ("POST", "/tickets", {"content": b""}, 422, "bad_input"),
        ("POST", "/tickets", {"json": ["o1.s"]}, 422, "bad_input"),
        ("POST", "/tickets", {"json": {"service": "o1.s", "servise": 1}}, 422, "bad_input"),
        ("POST", "/tickets", {"json": {"service": "o1.s", "priority": "vip"}}, 422, "unknown_priority"),
        ("POST", "/tickets", {"json": {"service": "o1.s", "language": "xx"}}, 422, "unknown_language"),
        ("POST", "/tickets", {"json": {"service": "o1.s", "printer": "nobody"}}, 404, "unknown_printer"),
        ("POST", "/tickets", {"json": {"service": "o99.s"}}, 404, "unknown_service"),
        ("POST", "/tickets", {"content": b'{"service": "\\ud800"}'}, 422, "bad_input"),
        ("POST", "/counters/1/pause", {"json": {"reason": ""}}, 422, "bad_input"),
        ("POST", "/counters/99/next", {}, 404, "unknown_counter"),
        ("POST", "/counters/1/next", {"headers": key("x" * 201)}, 422, "bad_input"),
        ("POST", "/tickets/999999/recall", {}, 404, "unknown_ticket"),
        ("POST", "/tickets/9999999999999999999999/recall", {}, 422, "bad_input"),
        ("GET", "/tickets/0", {}, 422, "bad_input"),
        ("GET", "/board?zone=nowhere", {}, 404, "unknown_zone"),
        ("GET", "/events?after=-1", {}, 422, "bad_input"),
        ("GET", "/nothing", {}, 404, "no_such_address"),
        ("PUT", "/tickets", {}, 405, "no_such_method"),
        ("POST", "/webhooks", {"json": {"url": "ftp://a", "events": ["called"]}}, 422, "bad_url"),
        ("POST", "/webhooks", {"json": {"url": "http://a", "events": ["born"]}}, 422, "bad_input"),
        ("DELETE", "/webhooks/1", {}, 404, "unknown_webhook"),
        ("POST", "/tickets", {"content": b" " * (LARGEST + 1)}, 413, "too_large"),
        ("POST", "/tickets", {"content": iter([b" " * LARGEST, b" "])}, 413, "too_large"),
    ],
)
def test_nonsense_is_told_apart_and_changes_nothing(
    room: Room, client: httpx.Client, method: str, path: str, how: dict[str, Any], status: int, code: str
) -> None:
    before = room.hall.sequence()
    answer = client.request(method, path, **how)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert set(answer.json()) == {"code", "message", "data"}
    assert room.hall.sequence() == before


def test_a_booking_is_taken_over_once_and_becomes_one_ticket(room: Room, client: httpx.Client) -> None:
    day = room.hall.now().date().isoformat()
    line = {"code": "AB-1", "service": "o7.s", "day": day, "start": "00:00", "end": "03:59", "priority": "elderly"}
    lines = {"bookings": [line, {**line, "code": "AB-2", "cancelled": True}]}
    assert client.post("/bookings", json=lines).json() == {"added": 2, "changed": 0, "same": 0, "kept": []}
    assert client.post("/bookings", json=lines).json() == {"added": 0, "changed": 0, "same": 2, "kept": []}
    read = client.get("/bookings/ab 1")
    assert (read.json()["code"], read.json()["ticket"]) == ("AB1", None)
    assert "elderly" not in read.text
    assert client.get("/bookings/nobody").json()["code"] == "unknown_booking"
    assert client.post("/bookings/AB-2/check-in", json={}).json()["code"] == "booking_cancelled"


def test_a_booking_that_is_used_names_its_ticket_and_nothing_secret_of_it(room: Room, client: httpx.Client) -> None:
    now = room.hall.now()
    start, end = (f"{now + timedelta(minutes=minutes):%H:%M}" for minutes in (-5, 25))
    line = {"code": "CD-1", "service": "o8.s", "day": f"{now:%Y-%m-%d}", "start": start, "end": end}
    assert client.post("/bookings", json={"bookings": [{**line, "priority": "pregnant"}]}).status_code == 200
    given = [client.post("/bookings/CD-1/check-in", json={}, headers=key("scan")) for _ in range(2)]
    assert [answer.status_code for answer in given] == [201, 201]
    assert given[0].json() == given[1].json()
    used = client.post("/bookings/CD-1/check-in", json={})
    assert (used.status_code, used.json()["code"]) == (409, "booking_used")
    assert used.json()["data"]["ticket"] == given[0].json()["id"]
    for secret in (room.hall.ticket(given[0].json()["id"]).token, "pregnant"):
        assert secret not in used.text


def test_the_whole_hall_pauses_once_and_opens_again(room: Room, client: httpx.Client) -> None:
    until = (room.hall.now() + timedelta(minutes=30)).isoformat()
    before = room.hall.sequence()
    for _ in range(2):
        paused = client.post("/hall/pause", json={"reason": "Fire drill", "until": until}, headers=key("drill"))
        assert paused.json()["pause"]["reason"] == "Fire drill"
    assert client.post("/tickets", json={"service": "o1.s"}).json()["code"] == "hall_paused"
    for _ in range(2):
        assert client.post("/hall/open", headers=key("over")).json()["pause"] is None
    assert [event.kind for event in room.hall.events(before)] == ["hall_paused", "hall_opened"]
    for wrong in ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-11-24T10:00:00", "noon"):
        assert client.post("/hall/pause", json={"reason": "x", "until": wrong}).status_code == 422
    assert (
        client.post("/hall/pause", json={"reason": "x", "until": "2020-01-01T00:00:00Z"}).json()["code"] == "pause_over"
    )


def test_an_error_is_said_in_the_language_that_was_asked_for(client: httpx.Client) -> None:
    said = {
        language: client.post("/tickets/999999/recall", headers={"accept-language": language}).json()["message"]
        for language in ("id-ID,en;q=0.5", "xx, ru;q=0.3", "", "*")
    }
    assert list(said.values()) == [
        "Nomor antrean tersebut tidak ada.",
        "Такого талона нет.",
        "There is no such ticket.",
        "There is no such ticket.",
    ]


def test_a_revoked_token_opens_nothing_and_its_streams_end(room: Room) -> None:
    with program(room, "leaver") as client, client.stream("GET", "/events/stream") as stream:
        lines = stream.iter_lines()
        assert next(lines).startswith("retry")
        room.hall.tokens.revoke("leaver")
        assert "bad_token" not in "".join(lines)  # it ends without a word
        assert client.get("/hall").json()["code"] == "bad_token"


def told(lines: Iterator[str], most: int) -> list[dict[str, Any]]:
    """The next events of a stream; each has its number as its id."""
    found: list[dict[str, Any]] = []
    last = ""
    for line in lines:
        name, _, value = line.partition(": ")
        if name == "id":
            last = value
        if name == "data" and value:
            found.append(json.loads(value))
        if found and last and line == "":
            assert str(found[-1]["sequence"]) == last
        if len(found) == most and line == "":
            break
    return found


def test_a_stream_goes_on_where_it_broke_off_and_misses_nothing(room: Room, client: httpx.Client) -> None:
    with client.stream("GET", "/events/stream") as stream:
        lines = stream.iter_lines()
        next(lines)
        first = room.hall.issue("o6.s", printer=None)
        (heard,) = told(lines, 1)
        assert (heard["ticket"], heard["kind"]) == (first.id, "issued")
    for _ in range(BATCH // 2 + 10):
        room.hall.open_counter("6")
        room.hall.close_counter("6")
    newest = room.hall.sequence()
    with client.stream("GET", "/events/stream", headers={"last-event-id": str(heard["sequence"])}) as stream:
        missed = told(stream.iter_lines(), newest - heard["sequence"])
    assert [one["sequence"] for one in missed] == list(range(heard["sequence"] + 1, newest + 1))


def test_a_stream_asked_for_events_of_the_future_begins_with_what_happens_next(
    room: Room, client: httpx.Client
) -> None:
    with client.stream("GET", "/events/stream", params={"after": 10**9}) as stream:
        lines = stream.iter_lines()
        next(lines)
        ticket = room.hall.issue("o6.s", printer=None)
        assert told(lines, 1)[0]["ticket"] == ticket.id


def test_a_program_has_so_many_streams_and_no_more(room: Room, client: httpx.Client) -> None:
    with ExitStack() as stack:
        streams = [stack.enter_context(client.stream("GET", "/events/stream")) for _ in range(MOST)]
        heard = [stream.iter_lines() for stream in streams]
        assert all(next(lines).startswith("retry") for lines in heard)
        refused = client.get("/events/stream")
    assert (refused.status_code, refused.json()["code"], refused.headers["retry-after"]) == (429, "too_fast", "10")


def test_a_program_that_asks_too_fast_is_slowed_and_no_other() -> None:
    now = 0.0
    pace = Pace(lambda: now)
    for _ in range(int(BURST)):
        pace.spend("a")
    with pytest.raises(Refusal) as no:
        pace.spend("a")
    assert (no.value.code, no.value.data["seconds"]) == ("too_fast", 1)
    pace.spend("b")
    now += 1 / RATE
    pace.spend("a")
    with pytest.raises(Refusal):
        pace.spend("a")
    now += 3600
    for _ in range(int(BURST)):
        pace.spend("a")


def test_a_webhook_belongs_to_the_program_that_added_it(room: Room, client: httpx.Client) -> None:
    wanted = {"url": "http://127.0.0.1:9/told", "events": ["called"]}
    added = client.post("/webhooks", json=wanted).json()
    with program(room, "stranger") as other:
        assert other.get("/webhooks").json() == []
        assert other.delete(f"/webhooks/{added['id']}").status_code == 404
        assert other.post(f"/webhooks/{added['id']}/resume").status_code == 404
    (listed,) = client.get("/webhooks").json()
    assert "secret" not in listed
    assert added["secret"] not in client.get("/events", params={"after": added["id"] - 1}).text
    assert client.delete(f"/webhooks/{added['id']}").status_code == 204
    assert client.get("/webhooks").json() == []


def test_a_webhook_whose_answer_was_lost_is_added_once_and_its_secret_told_again(
    room: Room, client: httpx.Client
) -> None:
    wanted = {"url": "http://127.0.0.1:9/told", "events": ["finished", "called"]}
    added = client.post("/webhooks", json=wanted, headers=key("hook"))
    before = room.hall.sequence()
    wanted["events"] = ["called", "finished"]  # a set, whatever its order
    again = client.post("/webhooks", json=wanted, headers=key("hook"))
    assert (again.status_code, again.json()) == (201, added.json())
    assert (room.hall.sequence(), len(client.get("/webhooks").json())) == (before, 1)
    reused = client.post("/webhooks", json=wanted | {"events": ["called"]}, headers=key("hook"))
    assert (reused.status_code, reused.json()["code"]) == (409, "request_reused")
    with program(room, f"program {next(_names)}", Scope.WEBHOOKS) as other:
        assert other.post("/webhooks", json=wanted, headers=key("hook")).json()["id"] != added.json()["id"]
    place = f"/webhooks/{added.json()['id']}"
    for _ in range(2):
        assert client.post(f"{place}/resume", headers=key("resume")).json()["id"] == added.json()["id"]
    assert [event.details.get("webhook") for event in room.hall.events(before)].count(added.json()["id"]) == 1
    assert client.delete(place).status_code == 204
    gone = client.post("/webhooks", json=wanted, headers=key("hook"))
    assert (gone.status_code, gone.json()["code"]) == (404, "unknown_webhook")
    assert client.get("/webhooks").json() == []


def test_every_operation_that_changes_something_takes_a_key(client: httpx.Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    without = {
        path
        for path, operations in paths.items()
        if "post" in operations
        and "Idempotency-Key" not in [one["name"] for one in operations["post"].get("parameters", ())]
    }
    assert without == {"/bookings"}  # a list that comes twice changes nothing by itself


def test_a_queue_that_cannot_be_reached_is_503_and_names_no_path(
    hall: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PATIENCE", 0.05)
    secret = hall.tokens.add("any", Scope)

    async def asked() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(served), base_url="http://hall") as client:
            headers = {"authorization": f"Bearer {secret}"}
            return await client.post(f"{API}/tickets", json={"service": "civil.card"}, headers=headers)

    served = app(hall, Settings())
    holder = engine.Sqlite(tmp_path / "queue.db", create=False)
    holder.begin(write=True)
    try:
        with served.state.office.watch.listener:
            answer = asyncio.run(asked())
    finally:
        holder.close()
        served.state.office.close()
    assert (answer.status_code, answer.json()["code"], answer.json()["data"]) == (503, "database_locked", {})
    assert answer.headers["retry-after"] == "3"
    assert str(tmp_path) not in answer.text
