"""What stands beside the calls on a page: the hall's pictures, the code that leads a phone to it, long messages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, expect

from counter.board_pictures import Pictures
from hall.face import MORE
from tests.board_scenes import ADDRESS, scene
from tests.counter_server import chromium
from tests.test_counter_board_page import MISPLACED

LONG = " ".join(f"Loket {n} melayani nomor {n}01 sampai {n}99." for n in range(1, 10))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two pictures, a file that is none, and a secret beside it."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    Image.new("RGB", (160, 90), "teal").save(folder / "b ö?.png")
    (folder / "a.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4z"/></svg>'
    )
    (folder / "broken.jpg").write_text("no picture")
    (folder / "notes.txt").write_text("secret")
    (tmp_path / "secret.png").write_text("secret")
    return folder


def test_pictures_are_told_in_order_and_a_file_that_is_none_is_named_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pictures = Pictures(folder)
    assert [address.rpartition("/")[2] for address in pictures.addresses()] == ["a.svg", "b%20%C3%B6%3F.png"]
    assert pictures.addresses() == pictures.addresses()
    assert capsys.readouterr().err.count("broken.jpg") == 1


def test_only_a_picture_a_board_was_told_of_is_given_out(folder: Path, tmp_path: Path) -> None:
    with scene(tmp_path / "hall", f'pictures = "{folder}"') as stood, httpx.Client(base_url=stood.url) as client:
        assert client.get("/board").status_code == 200
        told = Pictures(folder).addresses()
        for address, kind in zip(told, ("image/svg+xml", "image/png"), strict=True):
            answer = client.get(address)
            assert answer.headers["content-type"] == kind
            assert "script-src 'self'" in answer.headers["content-security-policy"]
        version = told[0].split("/")[3]
        for name in ("notes.txt", "broken.jpg", "..%2Fsecret.png", "../secret.png", "%2Fetc%2Fpasswd", "a.svg%00.png"):
            assert client.get(f"/static/pictures/{version}/{name}").status_code == 404
        assert client.get("/static/pictures/0/a.svg").status_code == 404


def test_a_picture_stands_beside_a_lone_call_and_makes_way_for_a_second(
    browser: Browser, folder: Path, tmp_path: Path
) -> None:
    (folder / "a.svg").unlink()
    with scene(tmp_path / "hall", f'pictures = "{folder}"') as stood:
        stood.call("1")
        with stood.shown(browser) as page:
            picture = page.locator("aside.picture img")
            expect(picture).to_be_visible()
            assert picture.evaluate("one => one.decode().then(() => one.naturalWidth)") == 160
            expect(page.locator(".card")).to_have_count(1)
            stood.call("2")
            expect(page.locator(".card.lit")).to_have_count(2)
            expect(picture).to_have_count(0)


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)], ids=lambda size: "x".join(map(str, size)))
def test_the_code_leads_a_phone_to_the_hall(browser: Browser, tmp_path: Path, size: tuple[int, int]) -> None:
    with scene(tmp_path / "hall", "qr = true") as stood:
        stood.call("1")
        for language in ("id", "az", "en", "ru"):
            with stood.shown(browser, f"?language={language}", size) as page:
                page.locator("aside.code svg").screenshot(path=tmp_path / "code.png")
                assert page.evaluate(MISPLACED) == []
    with Image.open(tmp_path / "code.png") as picture:
        assert [code.text for code in zxingcpp.read_barcodes(picture)] == [ADDRESS]


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)], ids=lambda size: "x".join(map(str, size)))
def test_a_long_message_takes_several_pages_and_none_is_cut(
    browser: Browser, tmp_path: Path, size: tuple[int, int]
) -> None:
    with scene(tmp_path / "hall", f'messages = [{{ id = "{LONG}" }}]') as stood:
        stood.call("1")
        told: list[str] = []
        with stood.shown(browser, "", size) as page:
            text = page.locator("aside h2")
            while not told or text.text_content() != told[0]:
                told.append(text.text_content() or "")
                assert page.evaluate(MISPLACED) == []
                stood.turn(10)
                expect(text).not_to_have_text(told[-1])
    whole = sorted(told, key=lambda part: LONG.index(part.removesuffix(MORE)))
    assert " ".join(part.removesuffix(MORE) for part in whole) == LONG
    assert len(told) > 2


def test_a_lost_board_says_so_in_two_languages_even_when_they_alternate(browser: Browser, tmp_path: Path) -> None:
    with (
        scene(tmp_path / "hall", 'languages = "alternate"') as stood,
        stood.shown(browser, "?language=ru", health="lost") as page,
    ):
        expect(page.locator(".alarm")).to_contain_text("Нет связи")
        expect(page.locator(".alarm")).to_contain_text("Mohon dengarkan")


def test_languages_alternate_by_the_clock(browser: Browser, tmp_path: Path) -> None:
    with scene(tmp_path / "hall", 'languages = "alternate"') as stood, stood.shown(browser) as page:
        spoken: set[str] = set()
        for _ in range(4):
            language = page.locator("html").get_attribute("lang") or ""
            spoken.add(language)
            stood.turn(10)
            expect(page.locator("html")).not_to_have_attribute("lang", language)
        assert spoken == {"id", "en", "az", "ru"}
