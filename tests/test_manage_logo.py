"""The hall's logo over real HTTP: who may send it, how it is sent on, which one wins, and how it goes again."""

from __future__ import annotations

import html
import io
import re
import socket
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path

import httpx
import pytest
from PIL import Image

from assets.logo import MOST_BYTES
from hall.logo import drawn
from hall.rights import Role
from tests.counter_server import PIN, Room, counter_room, token_in
from tests.halls import SMALL
from tests.pictures import BAD, BLUE, GOOD, logo, saved
from tests.test_manage import signed_in

HALL = "/catalogue/edit?kind=hall"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with counter_room(tmp_path_factory.mktemp("manage"), SMALL) as room:
        room.hall.add_staff("mira", PIN, Role.MANAGER)
        room.hall.add_staff("tono", PIN, Role.SUPERVISOR, "tax")
        yield room


@pytest.fixture
def manager(room: Room) -> Iterator[httpx.Client]:
    with signed_in(room, "mira") as client:
        yield client


def upload(
    client: httpx.Client, picture: bytes, name: str = "logo.png", kind: str = "image/png", csrf: str | None = None
) -> httpx.Response:
    token = client.headers["x-csrf"] if csrf is None else csrf
    return client.post("/catalogue/logo", data={"csrf": token}, files={"picture": (name, picture, kind)})


def remove(client: httpx.Client) -> httpx.Response:
    return client.post("/catalogue/logo/remove", data={"csrf": client.headers["x-csrf"]})


def address(page: str) -> str:
    found = re.search(r'src="(/static/logo/\w+)"', page)
    return found[1] if found else ""


def is_red(answer: httpx.Response) -> bool:
    red, _, blue = Image.open(io.BytesIO(answer.content)).convert("RGB").getpixel((90, 90))  # type: ignore[misc]
    return bool(red > blue)


def test_a_logo_is_sent_seen_and_removed_and_the_journal_says_by_whom(room: Room, manager: httpx.Client) -> None:
    assert address(manager.get(HALL).text) == ""
    assert address(httpx.get(room.url).text) == ""
    assert upload(manager, saved(logo())).headers["location"] == HALL
    at = address(manager.get(HALL).text)
    assert at == address(httpx.get(room.url).text)
    assert is_red(httpx.get(room.url + at))
    assert remove(manager).headers["location"] == HALL
    assert address(manager.get(HALL).text) == address(httpx.get(room.url).text) == ""
    assert httpx.get(room.url + at).status_code == 404
    journal = manager.get("/journal?who=mira").text
    assert "Logo changed" in journal
    assert "Logo removed" in journal


def test_the_picture_is_kept_for_ever_and_runs_nothing(room: Room, manager: httpx.Client) -> None:
    upload(manager, saved(logo()))
    first = address(httpx.get(room.url).text)
    headers = httpx.get(room.url + first).headers
    assert headers["content-type"] == "image/webp"
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert headers["x-content-type-options"] == "nosniff"
    assert "immutable" in headers["cache-control"]
    upload(manager, saved(logo(colour=BLUE)))
    second = address(httpx.get(room.url).text)
    assert first != second, "what a browser keeps for ever never changes"
    for gone in (first, "/static/logo/0", "/static/logo/..%2f..", f"{second}x"):
        answer = httpx.get(room.url + gone)
        assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-store")


def test_a_phone_need_not_load_a_whole_photograph(room: Room, manager: httpx.Client) -> None:
    noise = Image.effect_noise((1000, 1000), 60).convert("RGB").resize((3000, 3000))
    upload(manager, saved(noise, "JPEG", quality=40))
    sent = httpx.get(room.url + address(httpx.get(room.url).text)).content
    assert len(sent) < 50_000
    assert Image.open(io.BytesIO(sent)).height == 180


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_logo_is_said_at_its_field_and_changes_nothing(room: Room, manager: httpx.Client, what: str) -> None:
    upload(manager, saved(logo()))
    before, sequence = room.hall.logo.kept(), room.hall.sequence()
    answer = upload(manager, BAD[what][0]())
    assert answer.status_code == 409
    told = re.search(r'id="picture-wrong" role="alert"><span aria-hidden="true">!</span> ([^<]+)<', answer.text)
    assert told
    assert told[1].endswith(".")
    assert 'aria-invalid="true" aria-describedby="picture-wrong"' in answer.text
    assert (room.hall.logo.kept(), room.hall.sequence()) == (before, sequence)


@pytest.mark.parametrize(
    ("name", "kind"), [("logo.svg", "image/svg+xml"), ("../../x.html", "text/html"), ("ə" * 300, ""), ("a\r\nb", "x/y")]
)
def test_what_a_picture_is_called_counts_for_nothing(room: Room, manager: httpx.Client, name: str, kind: str) -> None:
    assert upload(manager, GOOD["webp"](), name, kind).status_code == 303
    assert room.hall.logo.kept() == drawn(GOOD["webp"]())
    assert upload(manager, BAD["page"][0](), "logo.png", "image/png").status_code == 409


def test_a_form_without_a_picture_is_told_so(manager: httpx.Client) -> None:
    nothing = manager.post("/catalogue/logo", data={"csrf": manager.headers["x-csrf"]}, files={"other": b"x"})
    as_text = manager.post(
        "/catalogue/logo", data={"csrf": manager.headers["x-csrf"], "picture": "x"}, files={"other": b"x"}
    )
    for answer in (nothing, as_text, upload(manager, b"", "")):
        assert (answer.status_code, "Choose a picture first." in answer.text) == (409, True)


def test_a_form_too_large_is_answered_before_any_of_it_is_sent(room: Room, manager: httpx.Client) -> None:
    head = (
        "POST /catalogue/logo HTTP/1.1\r\nHost: hall\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        f"Cookie: antrean_session={manager.cookies['antrean_session']}; antrean_language=en\r\n"
        f"Content-Length: {MOST_BYTES * 1000}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", room.port)) as line:
        line.sendall(head.encode())
        answer = HTTPResponse(line)
        answer.begin()
        assert answer.status == 409
        assert b"The picture has more than 2 MB." in answer.read()


def test_a_form_that_does_not_say_how_large_it_is_is_not_read(room: Room, manager: httpx.Client) -> None:
    kind = {"content-type": "multipart/form-data; boundary=x"}
    assert manager.post("/catalogue/logo", content=iter([b"--x\r\n"]), headers=kind).status_code == 409
    assert manager.post("/catalogue/logo", data={"csrf": manager.headers["x-csrf"]}).status_code == 415


def test_only_who_answers_for_the_whole_hall_changes_its_logo(room: Room, manager: httpx.Client) -> None:
    upload(manager, saved(logo()))
    with httpx.Client(base_url=room.url) as stranger, signed_in(room, "tono") as supervisor:
        stranger.headers["x-csrf"] = token_in(stranger.get("/sign-in").text)
        assert upload(stranger, saved(logo(colour=BLUE))).headers["location"] == "/sign-in"
        assert remove(stranger).headers["location"] == "/sign-in"
        sequence = room.hall.sequence()
        assert upload(supervisor, saved(logo(colour=BLUE))).status_code == 403
        assert remove(supervisor).status_code == 403
    for token in ("", "0" * 64, "ə" * 64):
        assert upload(manager, saved(logo(colour=BLUE)), csrf=token).status_code == 403
        assert manager.post("/catalogue/logo/remove", data={"csrf": token}).status_code == 403
    assert room.hall.sequence() == sequence
    assert room.hall.logo.kept() == drawn(saved(logo()))


def test_the_form_speaks_the_manager_s_language(room: Room, manager: httpx.Client) -> None:
    said = set()
    for language in ("id", "en"):
        manager.cookies.set("antrean_language", language)
        said.add(html.unescape(upload(manager, b"x").text.partition('role="alert">')[2].partition("</span> ")[2][:40]))
    assert len(said) == 2


@pytest.mark.parametrize("file", ["own.png", "own.svg"])
def test_the_logo_of_a_machine_s_settings_wins_on_its_pages(tmp_path: Path, file: str) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
    (tmp_path / file).write_bytes(saved(logo(colour=BLUE)) if file == "own.png" else drawing)
    with counter_room(tmp_path, SMALL, ANTREAN_THEME_LOGO=str(tmp_path / file)) as room:
        room.hall.add_staff("mira", PIN, Role.MANAGER)
        with signed_in(room, "mira") as manager:
            upload(manager, saved(logo()))
            hall_s = address(manager.get(HALL).text)
        answer = httpx.get(room.url + address(httpx.get(room.url).text))
        if file == "own.svg":
            assert (answer.content, answer.headers["content-type"]) == (drawing, "image/svg+xml")
        else:
            assert not is_red(answer)
        assert "sandbox" in answer.headers["content-security-policy"]
        assert is_red(httpx.get(room.url + hall_s)), "the form shows the hall's"
