"""Who may do what at the counter room's door, asked of the real process over HTTP."""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import anyio
import httpx
import pytest

from counter.app import app
from hall import Fault, Hall
from hall.settings import CounterSettings, Settings, ThemeSettings
from tests.counter_server import NAME, PIN, Room, act, counter_room, free_port, ready, start, stop, token_in
from tests.halls import described


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with counter_room(tmp_path_factory.mktemp("counter")) as room:
        yield room


@pytest.fixture
def visitor(room: Room) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=room.url) as client:
        yield client


@pytest.mark.parametrize("page", ["/console", "/console/stream", "/counters", "/printers", "/printers/stream"])
def test_without_a_session_staff_pages_lead_to_the_sign_in(visitor: httpx.Client, page: str) -> None:
    answer = visitor.get(page)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


def test_a_made_up_session_is_no_session(visitor: httpx.Client) -> None:
    visitor.cookies["antrean_session"] = "x" * 43
    assert visitor.get("/console").headers["location"] == "/sign-in"


def test_an_act_without_a_session_is_refused_to_a_script(visitor: httpx.Client) -> None:
    assert visitor.post("/console/next", headers={"accept": "application/json"}).status_code == 401


def test_a_session_without_a_counter_is_sent_to_choose_one(room: Room) -> None:
    with room.signed_in() as client:
        assert client.get("/console").headers["location"] == "/counters"


@pytest.mark.parametrize(
    "address",
    [
        "/console/next",
        "/counters",
        "/counters/leave",
        "/sign-out",
        "/printers/copy",
        "/printers/test",
        "/printers/roll",
    ],
)
@pytest.mark.parametrize("token", ["", "ə" * 64])
def test_a_post_without_its_csrf_token_does_nothing(room: Room, address: str, token: str) -> None:
    waiting = room.hall.issue("o1.s", printer=None)
    with room.signed_in("1") as client:
        assert client.post(address, data={"csrf": token, "counter": "1"}).status_code == 403
        assert client.get("/console").status_code == 200
    assert room.hall.ticket(waiting.id).state == "waiting"


def test_the_token_of_another_session_does_not_fit(room: Room) -> None:
    with room.signed_in("1") as mine, room.signed_in("11") as other:
        mine.headers["x-csrf"] = other.headers["x-csrf"]
        assert act(mine, "next").status_code == 403


def test_the_sign_in_form_belongs_to_the_browser_that_was_given_it(room: Room, visitor: httpx.Client) -> None:
    token = token_in(visitor.get("/sign-in").text)
    with httpx.Client(base_url=room.url) as other:
        assert other.post("/sign-in", data={"csrf": token, "name": NAME, "pin": PIN}).status_code == 403


def test_a_page_reached_from_another_site_does_not_sign_out(room: Room, visitor: httpx.Client) -> None:
    # Such a visit carries no SameSite=Strict cookie, so it looks like a stranger's; it must not take the cookie away.
    assert "antrean_session" not in visitor.get("/sign-in").headers["set-cookie"]


def test_a_wrong_pin_is_told_in_the_readers_language_and_opens_nothing(visitor: httpx.Client) -> None:
    visitor.get("/language/en?back=/sign-in")
    token = token_in(visitor.get("/sign-in").text)
    answer = visitor.post("/sign-in", data={"csrf": token, "name": NAME, "pin": "000000"})
    assert answer.status_code == 401
    assert "The name or the PIN is wrong." in answer.text
    assert "antrean_session" not in visitor.cookies


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(room: Room, visitor: httpx.Client) -> None:
    token = token_in(visitor.get("/sign-in").text)
    cookie = visitor.post("/sign-in", data={"csrf": token, "name": NAME, "pin": PIN}).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie


def test_signing_out_ends_the_session_and_closes_the_counter(room: Room) -> None:
    with room.signed_in("2") as client:
        session = client.cookies["antrean_session"]
        assert room.hall.counter("2").state == "open"
        client.post("/sign-out", data={"csrf": client.headers["x-csrf"]})
    assert room.hall.counter("2").state == "closed"
    with httpx.Client(base_url=room.url, cookies={"antrean_session": session}) as again:
        assert again.get("/console").headers["location"] == "/sign-in"


HOSTILE = [
    "x" * 22,
    "x",
    "x" * 5000,
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "..%2f..%2fetc%2fpasswd",
    "a/b",
    "%00" * 22,
    "%F0%9F%8E%AB",
    "%ff%fe",
    "{{7*7}}",
    "%E2%80%8B" * 22,
]


@pytest.mark.parametrize("token", HOSTILE)
def test_every_token_that_is_no_ticket_gets_the_same_page(visitor: httpx.Client, token: str) -> None:
    known = visitor.get("/t/unknown-unknown-unknow")
    for address in (f"/t/{token}", f"/t/{token}/stream", f"/t/{token}?language=%00"):
        answer = visitor.get(address)
        assert (answer.status_code, answer.text) == (404, known.text)
        assert dict(answer.headers) | {"date": ""} == dict(known.headers) | {"date": ""}


def test_every_answer_is_shielded(room: Room, visitor: httpx.Client) -> None:
    ticket = room.hall.issue("o3.s", printer=None)
    for address in ("/", "/sign-in", "/healthz", "/console", "/nothing", f"/t/{ticket.token}"):
        headers = visitor.get(address).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-robots-tag"] == "noindex, nofollow"
        assert headers["cache-control"] == "no-store"


def test_a_phone_learns_nothing_of_other_tickets(room: Room, visitor: httpx.Client) -> None:
    others = [room.hall.issue("o4.s", printer=None, priority="pregnant") for _ in range(3)]
    mine = room.hall.issue("o4.s", printer=None, priority="disabled")
    page = visitor.get(f"/t/{mine.token}?language=en").text
    assert mine.number in page
    assert "3 people before you" in page
    for secret in ("pregnant", "disabled", *(one.number for one in others), *(one.token for one in others)):
        assert secret not in page


@pytest.mark.parametrize("back", ["//example.org", "https://example.org/", "/t/x", "javascript:alert(1)"])
def test_the_language_switch_leads_nowhere_else(visitor: httpx.Client, back: str) -> None:
    assert visitor.get("/language/en", params={"back": back}).status_code == 404


def test_a_form_too_large_or_of_another_kind_is_not_read(room: Room) -> None:
    with room.signed_in("1") as client:
        assert client.post("/sign-out", data={"csrf": "x" * 10_000}).status_code == 413
        assert client.post("/sign-out", content="{}", headers={"content-type": "text/plain"}).status_code == 415
        assert client.post("/console/destroy", data={"csrf": client.headers["x-csrf"]}).status_code == 404


def test_a_page_that_is_out_of_date_does_nothing(room: Room) -> None:
    first, second = (room.hall.issue("o5.s", printer=None) for _ in range(2))
    with room.signed_in("5") as client:
        assert act(client, "next").status_code == 200
        late = act(client, "next")
        assert (late.status_code, late.json()["state"]["ticket"]) == (409, str(first.id))
        assert act(client, "finish", second.id).status_code == 409
    assert room.hall.ticket(second.id).state == "waiting"


def test_one_press_that_arrives_many_times_at_once_calls_once(room: Room) -> None:
    for _ in range(5):
        room.hall.issue("o6.s", printer=None)
    with room.signed_in("6") as client:
        before = room.hall.sequence()
        presses = [
            threading.Thread(target=act, args=(client, "next"), kwargs={"request_id": "same" if n % 2 else f"own {n}"})
            for n in range(8)
        ]
        for press in presses:
            press.start()
        for press in presses:
            press.join()
        again = act(client, "next", request_id="same")
        assert again.status_code in (200, 409)
    called = [event for event in room.hall.events(before) if event.kind == "called" and event.counter == "6"]
    assert len(called) == 1


def test_a_repeated_request_answers_as_the_first_did(room: Room) -> None:
    room.hall.issue("o7.s", printer=None)
    with room.signed_in("7") as client:
        answers = [act(client, "next", request_id="once") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json()["state"]["ticket"] == answers[1].json()["state"]["ticket"]


def test_a_press_repeated_after_the_room_was_restarted_answers_as_before(room: Room) -> None:
    ticket = room.hall.issue("o10.s", printer=None)
    with room.signed_in("10") as client:
        act(client, "next", request_id="press before")
        assert act(client, "finish", ticket.id, request_id="last press").status_code == 200
        process = start(room.queue, free_port())
        with httpx.Client(base_url=ready(process), cookies=client.cookies, headers=client.headers) as again:
            before = room.hall.sequence()
            assert act(again, "finish", ticket.id, request_id="last press").status_code == 200
            assert act(again, "finish", ticket.id, request_id="press before").status_code == 409
            assert room.hall.sequence() == before
        stop(process)


def test_a_counter_with_a_ticket_in_hand_is_not_left(room: Room) -> None:
    room.hall.issue("o8.s", printer=None)
    with room.signed_in("8") as client:
        act(client, "next")
        for way_out in ("/counters/leave", "/sign-out"):
            assert client.post(way_out, data={"csrf": client.headers["x-csrf"]}).status_code == 409
        assert client.get("/console").status_code == 200


def test_it_stops_cleanly_within_two_seconds_though_streams_are_open(room: Room) -> None:
    ticket = room.hall.issue("o9.s", printer=None)
    process = start(room.queue, free_port())
    with httpx.stream("GET", f"{ready(process)}/t/{ticket.token}/stream") as stream:
        lines = stream.iter_lines()
        assert any(line.startswith("data:") for line in lines)
        process.send_signal(signal.SIGTERM)
        assert process.wait(2) == 0
    assert stop(process) == ""


def test_a_port_in_use_is_one_sentence_and_status_3(room: Room) -> None:
    process = start(room.queue, room.port)
    said = process.communicate(timeout=10)[1]
    assert process.returncode == 3
    assert said.count("\n") == 1
    assert str(room.port) in said


def asked(hall: Hall, public_url: str, *addresses: str, theme: ThemeSettings | None = None) -> list[httpx.Response]:
    """Answers of the app without a server around it."""

    async def ask() -> list[httpx.Response]:
        made = app(hall, Settings(counter=CounterSettings(public_url=public_url), theme=theme or ThemeSettings()))
        transport = httpx.ASGITransport(made)
        async with (
            made.router.lifespan_context(made),
            httpx.AsyncClient(transport=transport, base_url="http://x") as client,
        ):
            return [await client.get(address) for address in addresses]

    return anyio.run(ask)


def test_pages_wear_the_halls_own_name_and_colours_under_an_address_of_their_own(tmp_path: Path) -> None:
    own = ThemeSettings(name={"id": "Balai Kota"}, light={"accent": "#1B3A8C"})
    with Hall.open(tmp_path / "queue.db") as hall:
        hall.load_catalogue(described(tmp_path / "hall.toml"))
        addresses = []
        for theme in (None, own):
            (page,) = asked(hall, "http://x", "/", theme=theme)
            addresses += re.findall(r'href="(/static/\w+/theme\.css)"', page.text)
        assert ("Balai Kota" in page.text, len(set(addresses))) == (True, 2), "browsers keep a sheet for ever"
        stock, worn = asked(hall, "http://x", *addresses, theme=own)
    assert "--accent:#1B3A8C;" in worn.text
    assert stock.status_code == 404


def test_over_tls_cookies_are_secure(tmp_path: Path) -> None:
    with Hall.open(tmp_path / "queue.db") as hall:
        (answer,) = asked(hall, "https://hall.example", "/sign-in")
    assert "Secure" in answer.headers["set-cookie"]
    assert "strict-transport-security" in answer.headers


def test_a_hall_that_is_away_is_told_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Hall.open(tmp_path / "queue.db") as hall:

        def away(*_: object) -> None:
            raise Fault("database_locked", path="queue.db")

        monkeypatch.setattr(hall, "sequence", away)
        monkeypatch.setattr(hall, "ticket_by_token", away)
        answers = asked(hall, "http://x", "/healthz", f"/t/{'x' * 22}", "/")
    assert [answer.status_code for answer in answers] == [503, 503, 200]
    assert 'http-equiv="refresh"' in answers[1].text
