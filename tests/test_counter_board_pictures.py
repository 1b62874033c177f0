"""The call-board as a page, drawn by a browser: each state in each language as a person found it good."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page

from tests import board_scenes
from tests.board_scenes import BREAK, MESSAGES, NOW, Glass, Scene, scene
from tests.golden import same_picture

GOLDEN = Path(__file__).parent / "golden" / "board_page"
LANGUAGES = ("id", "az", "en", "ru")
BEFORE = ("1", "7", "11", "21", "14", "2")
BURST = ("22", "10", "3", "17")
BESIDE = {
    "waiting": "waiting = true",
    "next": "next_up = true",
    "message": MESSAGES,
    "code": "qr = true",
    "picture": 'pictures = "{pictures}"',
}
"""What stands beside a lone call, and the settings that ask for it."""
STATES = ("empty", "one", "burst", "stale", "lost", "paused", *BESIDE)
SMALL = 640
"""Dots of a kept picture's longer side: a third of full HD, so that a hair of antialiasing vanishes."""
TOLERATED = 0.0002
"""Share of its dots that may differ: fewer than the smallest arrow has."""


@pytest.fixture(scope="module")
def glass() -> Iterator[Glass]:
    with board_scenes.glass() as glass:
        yield glass


@pytest.fixture(scope="module")
def burst(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """A hall in which many are called at once."""
    with standing(tmp_path_factory.mktemp("burst") / "hall", "burst") as stood:
        yield stood


@contextmanager
def standing(folder: Path, state: str) -> Iterator[Scene]:
    """A hall in a state: calls long ago, and as many now as it takes."""
    pictures = folder / "pictures"
    pictures.mkdir(parents=True)
    picture = Image.new("RGB", (1600, 900), "peru")
    ImageDraw.Draw(picture).ellipse((500, 150, 1100, 750), fill="wheat")
    picture.save(pictures / "a.png")
    beside = BESIDE.get(state, "").replace("{pictures}", str(pictures))
    with scene(folder, beside, BREAK if state == "paused" else NOW) as stood:
        if state != "empty":
            stood.call("20", seconds_ago=0 if state == "one" else 900)
        if state not in ("empty", "one"):
            stood.call(*BEFORE, seconds_ago=600)
        if state in ("burst", "stale", "lost"):
            stood.call(*BURST)
        for service in ("dukcapil.ktp-el", "dukcapil.kk", "imigrasi.paspor-baru") if state in BESIDE else ():
            stood.hall.issue(service, printer=None)
        yield stood


def kept(page: Page) -> Image.Image:
    """What a page looks like now, made small."""
    picture = Image.open(BytesIO(page.screenshot()))
    return picture.convert("RGB").reduce(max(picture.size) // SMALL)


@pytest.mark.parametrize("state", STATES)
def test_a_state_looks_as_it_was_found_good(glass: Glass, tmp_path: Path, state: str) -> None:
    health = state if state in ("stale", "lost") else "live"
    with standing(tmp_path / "hall", state) as stood:
        for language in LANGUAGES:
            with stood.shown(glass, f"?language={language}", health=health) as page:
                picture = kept(page)
            same_picture(picture, GOLDEN / f"{state}-{language}.png", TOLERATED)


@pytest.mark.parametrize("size", [(3840, 2160), (1080, 1920)], ids=lambda size: "x".join(map(str, size)))
def test_a_burst_looks_good_on_other_screens(glass: Glass, burst: Scene, size: tuple[int, int]) -> None:
    with burst.shown(glass, "?language=en", size) as page:
        picture = kept(page)
    same_picture(picture, GOLDEN / f"burst-en-{size[0]}x{size[1]}.png", TOLERATED)


@pytest.mark.parametrize("palette", ["light", "contrast"])
def test_a_burst_looks_good_in_other_palettes(glass: Glass, burst: Scene, palette: str) -> None:
    with burst.shown(glass, f"?palette={palette}") as page:
        picture = kept(page)
    same_picture(picture, GOLDEN / f"burst-id-{palette}.png", TOLERATED)


@pytest.mark.parametrize(
    "element", ["#list li:last-child .arrow", ".card:nth-child(2) .arrow", ".column", "h1", ".clock"]
)
def test_a_missing_element_is_another_picture(glass: Glass, burst: Scene, element: str) -> None:
    with burst.shown(glass, "?language=en") as page:
        page.locator(element).evaluate("one => one.style.visibility = 'hidden'")
        picture = kept(page)
    with pytest.raises(AssertionError, match="differ"):
        same_picture(picture, GOLDEN / "burst-en.png", TOLERATED)
