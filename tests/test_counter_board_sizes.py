"""A board in a browser is as large as its readers' distance asks, on the glass: measured in the page itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assets.fonts import CAPITAL
from counter.board_sizes import Screen, css
from hall.settings import DisplaySettings
from hall.sizes import capital_mm, listed_mm
from tests import board_scenes
from tests.board_scenes import Glass, Scene, scene
from tests.test_counter_board_page import MISPLACED

LONGEST, ACROSS = 1218.0, 685.125
"""Millimetres of a 55 inch screen, wide and upright."""
FONTS = """
selector => [...document.querySelectorAll(selector)].map(one => parseFloat(getComputedStyle(one).fontSize))
"""
UNSEEN = """() => {
  const list = document.getElementById("list").getBoundingClientRect();
  return [...document.querySelectorAll("li")].filter(one => one.getBoundingClientRect().left >= list.right).length;
}"""
"""Calls the rules take for listed though the page has no room for them."""
HAIR = 0.995
"""Sizes are whole dots."""


@pytest.fixture(scope="module")
def glass() -> Iterator[Glass]:
    with board_scenes.glass() as glass:
        yield glass


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """A hall with one call."""
    with scene(tmp_path_factory.mktemp("one")) as stood:
        stood.call("22")
        yield stood


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """A hall with calls of before and of now, to counters of two digits, with numbers of five letters."""
    with scene(tmp_path_factory.mktemp("many")) as stood:
        stood.call("14", "12", "7", "1", seconds_ago=600)
        stood.call("22", "17", "21", "10", "2")
        yield stood


@pytest.mark.parametrize(
    ("size", "width_mm", "distance_m"),
    [
        ((1920, 1080), LONGEST, 4.0),
        ((1920, 1080), LONGEST, 6.0),
        ((1920, 1080), LONGEST, 10.0),
        ((3840, 2160), LONGEST, 10.0),
        ((1280, 720), LONGEST, 10.0),
        ((1920, 1080), 1895.0, 15.0),
        ((1920, 1080), 700.0, 5.0),
        ((1080, 1920), LONGEST, 6.0),
        ((1080, 1920), LONGEST, 10.0),
    ],
)
def test_the_newest_calls_are_as_high_as_the_standard_asks_and_the_rest_a_two_hundredth_of_the_distance(
    glass: Glass, one: Scene, many: Scene, size: tuple[int, int], width_mm: float, distance_m: float
) -> None:
    mm_per_dot = width_mm / max(size)
    asked = f"?language=en&width_mm={width_mm}&distance_m={distance_m}"

    def heights(fonts: list[float]) -> list[float]:
        assert fonts
        return [font * CAPITAL * mm_per_dot for font in fonts]

    for stood in (one, many):
        with stood.shown(glass, asked, size) as page:
            newest = heights(page.evaluate(FONTS, ".card .number, .card .counter"))
            called = heights(page.evaluate(FONTS, ".card .agency"))
            listed = heights(page.evaluate(FONTS, "#list b, #list .agency, .empty p"))
            misplaced = page.evaluate(MISPLACED)
            assert page.evaluate(UNSEEN) == 0
        assert min(newest) >= HAIR * capital_mm(distance_m)
        assert min(called + listed) >= HAIR * listed_mm(distance_m)
        assert "\n".join(misplaced) == ""


@pytest.mark.parametrize("distance_m", [20.0, 60.0])
def test_on_a_screen_too_small_for_its_distance_everything_is_as_large_as_it_can_be(
    glass: Glass, one: Scene, many: Scene, distance_m: float
) -> None:
    for stood in (one, many):
        for size in ((1920, 1080), (1080, 1920)):
            with stood.shown(glass, f"?language=ru&distance_m={distance_m}", size) as page:
                fonts = page.evaluate(FONTS, ".card .number, .card .counter")
                misplaced = page.evaluate(MISPLACED)
            assert min(fonts) >= 250
            assert "\n".join(misplaced) == ""


def test_what_the_page_lays_out_is_what_the_settings_say(tmp_path: Path, glass: Glass) -> None:
    with scene(tmp_path, "distance_m = 6\nwidth_mm = 700") as stood:
        stood.call("22", "17", "21", "10", "2", "1", "7", "14")
        with stood.shown(glass, "") as page:
            laid_out = Screen(1920, 1080, 700.0, 6.0).sizes
            assert page.locator(".card").count() == laid_out.room
            assert page.locator("#list li").count() == 8 - laid_out.room


def test_a_turned_screen_is_laid_out_anew(glass: Glass, many: Scene) -> None:
    with many.shown(glass) as page:
        wide = page.evaluate(FONTS, ".card .number")
        page.set_viewport_size({"width": 1080, "height": 1920})
        page.wait_for_url("**/board")
        page.wait_for_function("document.querySelector('#list').getBoundingClientRect().top > 900")
        assert page.evaluate(FONTS, ".card .number") == pytest.approx(wide, rel=0.05)


def test_both_ways_a_screen_may_hang_are_the_same_glass() -> None:
    wide = Screen.of(DisplaySettings())
    upright = wide.turned(upright=True)
    assert (upright.width, upright.height) == (1080, 1920)
    assert upright.width_mm == pytest.approx(ACROSS)
    assert upright.turned(upright=False) == wide
    assert css(wide, 10.0) == css(upright, 10.0)
