"""Where the focus goes: by place for who sees, in the order of reading for who listens, and never into a trap."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as some
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication

from assets import qt
from assets.words import LANGUAGES
from kiosk.focus import Control, Way, first, moved
from kiosk.guidance import controls
from kiosk.layout import layout
from kiosk.pages import Ease
from kiosk.specimen import PAGES, specimen
from kiosk.views import derive
from kiosk.window import SHORT_SIDE_MM, Frame

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

LAYOUTS = [
    (size, frozenset(eased))
    for size in ((1080, 1920), (1920, 1080))
    for eased in ((), (Ease.LARGE,), (Ease.LOWER,), (Ease.LARGE, Ease.LOWER))
]
ARROWS = (Way.LEFT, Way.RIGHT, Way.UP, Way.DOWN)


def grid(columns: int, rows: int) -> list[Control]:
    return [Control(f"{x},{y}", x * 110, y * 60, 100, 50, what="agency") for y in range(rows) for x in range(columns)]


def reached(there: list[Control], ways: tuple[Way, ...], *, listening: bool = False) -> set[str]:
    """Every control that those keys lead to from the first one."""
    found = [there[0].key]
    for at in found:
        found += {moved(there, at, way, listening=listening) for way in ways} - set(found)
    return set(found)


def test_arrows_go_by_place() -> None:
    there = grid(3, 3)
    assert moved(there, "1,1", Way.LEFT) == "0,1"
    assert moved(there, "1,1", Way.RIGHT) == "2,1"
    assert moved(there, "1,1", Way.UP) == "1,0"
    assert moved(there, "1,1", Way.DOWN) == "1,2"


def test_the_end_of_a_line_leads_to_the_next_and_the_last_to_the_first() -> None:
    there = grid(3, 3)
    assert moved(there, "2,0", Way.RIGHT) == "0,1"
    assert moved(there, "0,1", Way.LEFT) == "2,0"
    assert moved(there, "2,2", Way.RIGHT) == "0,0"
    assert moved(there, "1,2", Way.DOWN) == "1,0"
    assert moved(there, "1,0", Way.UP) == "1,2"


def test_a_short_line_between_is_not_jumped_over() -> None:
    tiles, back = grid(3, 2), Control("back", 0, 130, 100, 50)
    languages = [Control(f"language-{x}", x * 110, 200, 100, 50) for x in range(3)]
    there = [*tiles, back, *languages]
    assert moved(there, "2,1", Way.DOWN) == "back"
    assert moved(there, "language-2", Way.UP) == "back"
    assert moved(there, "back", Way.UP) == "0,1"


def test_who_listens_goes_through_everything_with_one_key() -> None:
    left = [Control(f"popular-{y}", 0, y * 60, 100, 50) for y in range(3)]
    right = [Control(f"agency-{y}", 110, y * 60, 100, 50) for y in range(3)]
    there = [*left, *right]
    assert moved(there, "popular-0", Way.RIGHT) == "agency-0"
    assert moved(there, "popular-0", Way.RIGHT, listening=True) == "popular-1"
    assert moved(there, "agency-0", Way.LEFT, listening=True) == "popular-2"


def test_where_a_language_runs_from_the_right_left_leads_on() -> None:
    there = grid(2, 2)
    assert moved(there, "0,0", Way.LEFT, mirrored=True) == "1,0"
    assert moved(there, "0,1", Way.RIGHT, listening=True, mirrored=True) == "1,0"


def test_a_focus_that_is_gone_begins_anew_and_nothing_leads_nowhere() -> None:
    assert moved(grid(2, 1), "gone", Way.DOWN) == "0,0"
    assert moved(grid(1, 1), "0,0", Way.DOWN) == "0,0"
    assert moved([], "gone", Way.DOWN) == ""
    assert first([], "agencies") == ""


def test_where_nothing_is_to_be_chosen_an_enter_too_many_changes_nothing() -> None:
    languages = [Control(f"language-{one}", 0, 0, 1, 1, "language", one, on=one == "ru") for one in ("id", "ru")]
    assert first(languages, "printing") == "language-ru"


@given(some.integers(1, 6), some.integers(1, 6), some.sampled_from(ARROWS), some.booleans())
def test_there_and_back_again_in_a_grid(columns: int, rows: int, way: Way, listening: bool) -> None:
    opposite = {Way.LEFT: Way.RIGHT, Way.RIGHT: Way.LEFT, Way.UP: Way.DOWN, Way.DOWN: Way.UP}[way]
    there = grid(columns, rows)
    for one in there:
        assert moved(there, moved(there, one.key, way, listening=listening), opposite, listening=listening) == one.key


@pytest.fixture(scope="module")
def _application() -> None:
    qt.application("kiosk")


def scenes(size: tuple[int, int], eased: frozenset[Ease], language: str) -> Iterator[tuple[str, list[Control]]]:
    """Each page that has controls, and its controls as they really stand."""
    screen = qt.Screen(*size, SHORT_SIDE_MM * size[0] / min(size))
    frame = Frame()
    frame.fit(screen, "light")
    frame.window.show()
    bands = layout(*size, screen.width_mm, eased=eased)
    try:
        for page in PAGES:
            visit, look, rules = specimen(page, language)
            view = derive(replace(visit, eased=eased), look, rules, bands, "http://hall.example", 0.0)
            frame.show(view)
            QCoreApplication.processEvents()
            frame.window.grabWindow()
            there = list(controls(frame.window.contentItem()))
            if there:
                yield str(view["page"]), there
    finally:
        frame.close()


@pytest.mark.parametrize(("size", "eased"), LAYOUTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_control_of_every_page_is_reached_by_arrows_and_by_tab(
    size: tuple[int, int], eased: frozenset[Ease], language: str, _application: None
) -> None:
    for page, there in scenes(size, eased, language):
        everything = {one.key for one in there}
        assert len(everything) == len(there), page
        assert first(there, page) in everything
        assert reached(there, ARROWS) == everything, page
        assert reached(there, ARROWS, listening=True) == everything, page
        assert reached(there, (Way.RIGHT,), listening=True) == everything, page
        assert reached(there, (Way.NEXT,)) == everything, page
        assert reached(there, (Way.PREVIOUS,)) == everything, page


@pytest.mark.parametrize(("size", "eased"), LAYOUTS)
def test_one_key_down_then_the_languages_are_never_far(
    size: tuple[int, int], eased: frozenset[Ease], _application: None
) -> None:
    """From the top of any page, Up leads to the bar at once: the languages and the eases are always near."""
    for page, there in scenes(size, eased, "en"):
        top = min(there, key=lambda one: (one.top, one.left))
        assert moved(there, top.key, Way.UP).startswith(("language-", "easier")), page


def test_every_control_has_a_name_and_the_reading_order_ends_with_the_bar(_application: None) -> None:
    for page, there in scenes((1080, 1920), frozenset(), "id"):
        assert all(one.name for one in there), page
        assert there[-1].key == "easier", page
