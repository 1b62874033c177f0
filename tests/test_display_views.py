"""From what is known to what is written on the board, in every language."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from assets.words import LANGUAGES
from display.samples import AGENCIES, NAME, NOW, STATES, sample
from display.sizes import capital_mm, listed_mm, sizes
from display.stage import Rules, Stage, advance
from display.views import UNKNOWN, WORDS, Face, View, derive
from hall.board import Board, BoardCall
from hall.tickets import TicketId

JAKARTA = ZoneInfo("Asia/Jakarta")
FACE = Face(NAME, AGENCIES, ("en", "id"), JAKARTA)
CALL = BoardCall(7, TicketId(3), "A003", "12", "a", "dukcapil", NOW, 2)
BOARD = Board(9, NOW, (CALL,))


def view(face: Face = FACE, *, lost: bool = False, now: datetime = NOW) -> View:
    return derive(face, advance(Stage(), BOARD, NOW, 0.0, Rules()), now, NOW, lost)


def test_a_call_shows_its_number_counter_and_agency_and_nothing_else() -> None:
    (call,) = view().calls
    assert call == {
        "number": "A003",
        "counter": "12",
        "agency": "Department of Population and Civil Registration",
        "lit": True,
    }


def test_the_clock_is_the_halls_own_wherever_the_machine_thinks_it_is() -> None:
    assert view(now=datetime(2026, 9, 23, 23, 59, tzinfo=UTC)).clock == "06:59"


@pytest.mark.parametrize(
    ("language", "date"),
    [
        ("id", "Rabu, 23 September 2026"),
        ("az", "23 sentyabr 2026, çərşənbə"),
        ("en", "Wednesday, 23 September 2026"),
        ("ru", "Среда, 23 сентября 2026\u202fг."),
    ],
)
def test_the_date_is_written_as_the_language_writes_it(language: str, date: str) -> None:
    assert view(replace(FACE, languages=(language,))).date.replace("\xa0", "\u202f") == date


def test_a_hall_of_one_language_has_no_second_words() -> None:
    only = view(replace(FACE, languages=("en",)))
    assert set(only.second.values()) == {""}
    assert only.words["counter"] == "Counter"


def test_an_agency_without_a_name_in_the_language_keeps_one_it_has() -> None:
    face = replace(FACE, agencies={"dukcapil": {"id": "Dukcapil"}})
    assert view(face).calls[0]["agency"] == "Dukcapil"


def test_an_agency_that_left_the_catalogue_is_simply_not_named() -> None:
    assert view(replace(FACE, agencies={})).calls[0]["agency"] == ""


def test_a_board_of_one_zone_names_it() -> None:
    assert view(replace(FACE, zone={"en": "Zone A"})).heading == "Nusantara City Public Service Hall · Zone A"


def test_a_lost_board_lights_nothing_and_says_from_when_it_is() -> None:
    later = view(lost=True, now=NOW + timedelta(minutes=20))
    assert later.lost
    assert later.clock == "11:02"
    assert "10:42" in later.fresh
    assert [call["lit"] for call in later.calls] == [False]


def test_a_board_that_knows_nothing_yet_can_be_shown() -> None:
    nothing = derive(UNKNOWN, Stage(), NOW, None, lost=False)
    assert (nothing.heading, nothing.calls) == ("", ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_board_is_translated(language: str) -> None:
    shown = sample("many", language, Rules())
    for place, text in WORDS.items():
        assert shown.words[place]
        assert (shown.words[place] == text) == (language == "en"), f"{text!r} is not in the {language} catalogue"


@pytest.mark.parametrize("state", STATES)
def test_a_sample_is_the_same_each_time(state: str) -> None:
    assert sample(state, "id", Rules()) == sample(state, "id", Rules())


def test_characters_grow_with_the_distance_as_the_standard_asks() -> None:
    assert (capital_mm(10), capital_mm(15)) == (108, 160)
    assert (listed_mm(4), listed_mm(10)) == (20, 50)


@pytest.mark.parametrize(
    ("width", "height", "width_mm"), [(1920, 1080, 1218), (3840, 2160, 1218), (1080, 1920, 685.125)]
)
def test_on_the_usual_screens_three_calls_share_the_stage_and_five_are_listed(
    width: int, height: int, width_mm: float
) -> None:
    laid_out = sizes(width, height, width_mm, 10.0)
    assert (laid_out.room, laid_out.listed) == (3, 5)


@pytest.mark.parametrize("distance", [2.0, 5.0, 10.0, 15.0, 30.0, 60.0])
@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1080, 1920), (1280, 1024), (1024, 768), (8192, 4320)])
def test_every_screen_and_distance_gives_a_board(width: int, height: int, distance: float) -> None:
    laid_out = sizes(width, height, 1218.0, distance)
    assert len(laid_out.numbers) == laid_out.room >= 1
    assert 3 <= laid_out.listed <= 7
    assert list(laid_out.numbers) == sorted(laid_out.numbers, reverse=True)
    assert laid_out.row * laid_out.listed < laid_out.list_height
    assert laid_out.header + laid_out.footer + laid_out.stage_height <= height
