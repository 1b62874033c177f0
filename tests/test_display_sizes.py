"""How large everything is, for any screen and distance."""

import pytest

from hall.sizes import MOST_LISTED, MOST_ROOM, capital_mm, listed_mm, reach, shortfall, sizes


def test_characters_grow_with_the_distance_as_the_standard_asks() -> None:
    assert (capital_mm(10), capital_mm(15)) == (108, 160)
    assert (listed_mm(4), listed_mm(10)) == (20, 50)


@pytest.mark.parametrize(
    ("width", "height", "width_mm", "listed"),
    [(1920, 1080, 1218, 6), (3840, 2160, 1218, 6), (1080, 1920, 685.125, 6)],
)
def test_on_the_usual_screens_two_calls_share_the_stage(width: int, height: int, width_mm: float, listed: int) -> None:
    laid_out = sizes(width, height, width_mm, 10.0)
    assert (laid_out.room, laid_out.listed, laid_out.stacked) == (2, listed, False)


@pytest.mark.parametrize("distance", [2.0, 5.0, 10.0, 15.0, 30.0, 60.0])
@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1080, 1920), (1280, 1024), (1024, 768), (8192, 4320)])
def test_every_screen_and_distance_gives_a_board(width: int, height: int, distance: float) -> None:
    laid_out = sizes(width, height, 1218.0, distance)
    assert 1 <= laid_out.room <= MOST_ROOM
    assert 2 <= laid_out.listed <= MOST_LISTED
    assert laid_out.row * laid_out.listed <= laid_out.list_height
    assert laid_out.recent < laid_out.row
    assert laid_out.shared <= laid_out.lone
    across = laid_out.stage_width + laid_out.list_width + laid_out.gap
    down = laid_out.stage_height + laid_out.list_height + laid_out.gap
    assert (laid_out.stage_width if laid_out.portrait else across) <= width - 2 * laid_out.margin
    assert (down if laid_out.portrait else laid_out.stage_height) <= height - laid_out.header - laid_out.margin


def test_a_nearer_reader_lets_more_calls_stand_on_the_board() -> None:
    near, far = sizes(1920, 1080, 1218, 6), sizes(1920, 1080, 1218, 15)
    assert (near.room, near.listed) >= (far.room, far.listed)


@pytest.mark.parametrize(
    ("width", "height", "width_mm"), [(1920, 1080, 1218), (1080, 1920, 685.125), (3840, 2160, 1218)]
)
def test_a_55_inch_screen_serves_ten_metres_and_not_eleven(width: int, height: int, width_mm: float) -> None:
    assert shortfall(width, height, width_mm, 10) is None
    assert shortfall(width, height, width_mm, 11) == {"distance": "11", "reach": "10"}


def test_how_far_a_screen_reaches_grows_with_it() -> None:
    desk, hall, large = (reach(1920, 1080, width_mm) for width_mm in (597, 1218, 1895))
    assert 0 < desk < hall < 15 <= large
