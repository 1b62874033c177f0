"""From what is known to what is written on the board, in every language."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.words import LANGUAGES, say
from display.samples import AGENCIES, MESSAGE, NAME, NOW, SHORT, STATES, sample
from hall.board import Board, BoardCall
from hall.errors import Refusal
from hall.face import (
    LOST,
    MORE,
    STALE,
    UNKNOWN,
    WORDS,
    Choice,
    Face,
    Health,
    View,
    Way,
    derive,
    health,
    parts,
    turns_in,
)
from hall.stage import Rules, Stage, advance
from hall.tickets import TicketId

JAKARTA = ZoneInfo("Asia/Jakarta")
FACE = Face(NAME, AGENCIES, ("en", "id"), JAKARTA)
CALL = BoardCall(7, TicketId(3), "A003", "12", "a", "dukcapil", NOW, 2)
BOARD = Board(9, NOW, (CALL,))


NOTHING_MORE = Choice()


def view(face: Face = FACE, *, state: Health = Health.LIVE, now: datetime = NOW, choice: Choice = NOTHING_MORE) -> View:
    return derive(face, advance(Stage(), BOARD, NOW, 0.0, Rules()), now, NOW, state, choice)


def pages(choice: Choice, face: Face = FACE) -> list[dict[str, object]]:
    """Every page in its turn, until they begin anew."""
    seen: list[dict[str, object]] = []
    for turn in range(50):
        shown = view(face, now=NOW + timedelta(seconds=10 * turn), choice=choice).page
        page = {name: value for name, value in shown.items() if value}
        if page in seen:
            return seen
        seen.append(page)
    return seen


def test_a_call_shows_its_number_counter_agency_and_way_and_nothing_else() -> None:
    (call,) = view(replace(FACE, short=SHORT, ways={"12": Way("left", {"en": "Floor 2"})})).calls
    assert call == {
        "number": "A003",
        "counter": "12",
        "agency": "Department of Population and Civil Registration",
        "short": "Registry",
        "area": "Floor 2",
        "beside": "Registry",
        "arrow": "left",
        "lit": True,
    }


def test_a_board_that_cannot_be_heard_says_so_beside_its_freshness() -> None:
    stage = advance(Stage(), BOARD, NOW, 0.0, Rules())
    assert derive(FACE, stage, NOW, NOW, unheard=True).fresh == f"No sound · {view().fresh}"


def test_an_agency_without_a_short_name_keeps_its_own() -> None:
    (call,) = view().calls
    assert (call["short"], call["area"], call["arrow"]) == (call["agency"], "", "")


def test_the_clock_is_the_halls_own_wherever_the_machine_thinks_it_is() -> None:
    assert view(now=datetime(2026, 9, 23, 23, 59, tzinfo=UTC)).clock == "06:59"


@pytest.mark.parametrize(
    ("language", "date"),
    [
        ("id", "Rabu, 23 September"),
        ("az", "23 sentyabr, çərşənbə"),
        ("en", "Wednesday, 23 September"),
        ("ru", "Среда, 23 сентября"),
    ],
)
def test_the_date_is_written_as_the_language_writes_it(language: str, date: str) -> None:
    assert view(replace(FACE, languages=(language,))).date.replace("\xa0", "\u202f") == date


def test_a_hall_of_one_language_has_no_second_words() -> None:
    only = view(replace(FACE, languages=("en",)))
    assert set(only.second.values()) == {""}
    assert only.words["counter"] == "Counter"


def test_languages_that_alternate_each_have_the_board_for_their_turn() -> None:
    face = replace(FACE, languages=("id", "en", "az", "ru"))
    turns = [
        view(face, now=NOW + timedelta(seconds=10 * turn), choice=Choice(languages="alternate")) for turn in range(8)
    ]
    assert [one.language for one in turns[:4]] == [one.language for one in turns[4:]]
    assert {one.language for one in turns} == set(LANGUAGES)
    assert all(set(one.second.values()) == {""} for one in turns)
    assert len({one.words["counter"] for one in turns}) == 4


@given(moment=st.floats(0, 2e9), turn=st.floats(5, 600))
def test_nothing_turns_faster_than_its_turn(moment: float, turn: float) -> None:
    now = datetime.fromtimestamp(moment, UTC)
    left = turns_in(now, turn)
    assert 0 < left <= turn
    choice = Choice(languages="alternate", turn=turn, messages=(MESSAGE, {"en": "Other"}))
    face = replace(FACE, languages=("id", "en", "ru"))
    before = view(face, now=now, choice=choice)
    soon = view(face, now=now + timedelta(seconds=left * 0.5), choice=choice)
    assert (soon.language, soon.page) == (before.language, before.page)


def test_an_agency_without_a_name_in_the_language_keeps_one_it_has() -> None:
    face = replace(FACE, agencies={"dukcapil": {"id": "Dukcapil"}})
    assert view(face).calls[0]["agency"] == "Dukcapil"


def test_an_agency_that_left_the_catalogue_is_simply_not_named() -> None:
    assert view(replace(FACE, agencies={})).calls[0]["agency"] == ""


def test_a_board_of_some_zones_names_them() -> None:
    face = replace(FACE, zones=({"en": "Zone A"}, {"en": "Zone C"}))
    assert view(face).heading == "Nusantara City Public Service Hall · Zone A · Zone C"


def test_a_lost_board_lights_nothing_and_says_from_when_it_is() -> None:
    later = view(state=Health.LOST, now=NOW + timedelta(minutes=20))
    assert later.health == "lost"
    assert later.clock == "11:02"
    assert "10:42" in later.fresh
    assert [call["lit"] for call in later.calls] == [False]


def test_a_stale_board_still_lights_its_calls_and_says_from_when_it_is() -> None:
    later = view(state=Health.STALE)
    assert "10:42" in later.fresh
    assert [call["lit"] for call in later.calls] == [True]


def test_a_board_calls_itself_stale_before_it_calls_itself_lost() -> None:
    assert health(NOW, NOW, failed=False) is Health.LIVE
    assert health(NOW, NOW, failed=True) is Health.STALE
    assert health(NOW + STALE, NOW, failed=False) is Health.STALE
    assert health(NOW + LOST, NOW, failed=False) is Health.LOST
    assert health(NOW, None, failed=False) is Health.LOST


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (Refusal("break", opens=NOW.replace(hour=13, minute=0)), "Break until 13:00"),
        (Refusal("not_yet_open", opens=NOW.replace(hour=7, minute=45)), "Tickets from 07:45"),
        (Refusal("service_paused", service="a.b", reason="Meeting"), "Short pause"),
        (Refusal("hall_paused", reason="Fire drill", until=None), "Short pause"),
        (Refusal("closed"), "Closed for today"),
        (Refusal("cutoff", closes=NOW), "No new tickets today"),
    ],
)
def test_a_resting_hall_is_said_calmly_and_nothing_else_beside_the_calls(refusal: Refusal, said: str) -> None:
    face = replace(FACE, rest=refusal)
    shown = pages(Choice(waiting=True, messages=(MESSAGE,)), face)
    assert {page["kind"] for page in shown} == {"text"}
    assert len(shown) == 2, "in each language"
    assert said in {page["title"] for page in shown}
    assert view(face).words["empty"] == said
    assert view(face).words["soon"] == ""


def test_a_closed_hall_in_which_people_still_wait_does_not_say_that_it_is_closed() -> None:
    shown = pages(Choice(), replace(FACE, rest=Refusal("closed"), waiting=(("dukcapil", 3),)))
    assert "No new tickets today" in {page["title"] for page in shown}


def test_nothing_stands_beside_the_calls_unless_it_is_chosen() -> None:
    assert pages(Choice(), replace(FACE, waiting=(("dukcapil", 3),), next_up=("A004",))) == [{}]


def test_what_is_chosen_takes_turns_beside_the_calls() -> None:
    face = replace(FACE, short=SHORT, waiting=(("dukcapil", 3), ("bpn", 0), ("polres", 1)), next_up=("A4", "A5", "A6"))
    chosen = Choice(
        waiting=True,
        next_up=True,
        messages=({"en": "Hello", "id": "Halo"}, {"id": "Hanya ini"}),
        pictures=("file:///one.png",),
        address="http://hall",
        lines=1,
    )
    shown = pages(chosen, face)
    start = next(place for place, page in enumerate(shown) if page.get("title") == "Waiting now")
    assert [page.get("lines") or page.get("source") or page.get("title") for page in shown[start:] + shown[:start]] == [
        (("Registry", "3"),),
        (("Police", "1"),),
        (("Dukcapil", "3"),),
        (("Polres", "1"),),
        (("A4", "A5"),),
        (("A4", "A5"),),
        "Hello",
        "Halo",
        "Hanya ini",
        "file:///one.png",
        "http://hall",
        "http://hall",
    ]
    titles = [str(page["title"]) for page in shown if page["kind"] == "code"]
    assert titles == [say(language, "This hall on your phone") for language in ("en", "id")]


def test_the_line_at_the_top_takes_turns_until_there_is_something_to_warn_of() -> None:
    def heads(state: Health, *, unheard: bool = False, languages: str = "together") -> list[str]:
        stage = advance(Stage(), BOARD, NOW, 0.0, Rules())
        choice = Choice(languages="alternate" if languages == "alternate" else "together")
        at = [NOW + timedelta(seconds=10 * turn) for turn in range(12)]
        shown = [derive(FACE, stage, now, NOW, state, choice, unheard=unheard).head for now in at]
        return sorted(set(shown))

    date = "Wednesday, 23 September"
    assert heads(Health.LIVE) == [NAME["en"], date]
    assert heads(Health.LIVE, unheard=True) == ["No sound", NAME["en"], date]
    assert heads(Health.STALE) == heads(Health.LOST) == ["As of 10:42", "Keadaan pukul 10:42"]
    both = {NAME["en"], NAME["id"], date, "Rabu, 23 September"}
    assert set(heads(Health.LIVE, languages="alternate")) == both, "each in each language"


def test_an_area_takes_turns_with_the_agency_beside_the_number() -> None:
    face = replace(FACE, short=SHORT, ways={"12": Way("", {"en": "Floor 2"})})
    shown = [view(face, now=NOW + timedelta(seconds=10 * turn)).calls[0]["beside"] for turn in range(4)]
    assert shown == ["Registry", "Floor 2"] * 2


def test_a_lost_hall_is_explained_in_each_language_by_turns() -> None:
    assert view().alarm == ""
    told = {view(state=Health.LOST, now=NOW + timedelta(seconds=10 * turn)).alarm for turn in range(2)}
    assert told == {f"{say(language, WORDS['lost'])} {say(language, WORDS['listen'])}" for language in ("en", "id")}


def test_a_board_that_knows_nothing_yet_can_be_shown() -> None:
    nothing = derive(UNKNOWN, Stage(), NOW, None)
    assert (nothing.heading, nothing.calls) == ("", ())
    assert (nothing.fresh, nothing.words["empty"], nothing.words["soon"]) == ("", "", "")
    assert derive(UNKNOWN, Stage(), NOW, None, Health.LOST, unheard=True).fresh == "No sound"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_board_is_translated(language: str) -> None:
    shown = sample("many", language, Rules())
    for place, text in WORDS.items():
        assert shown.words[place]
        assert (shown.words[place] == text) == (language == "en"), f"{text!r} is not in the {language} catalogue"


@pytest.mark.parametrize("state", STATES)
def test_a_sample_is_the_same_each_time(state: str) -> None:
    assert sample(state, "id", Rules()) == sample(state, "id", Rules())


def test_a_long_text_is_parted_at_words_into_as_few_parts_about_as_long_each() -> None:
    text = "Bring your identity card and your family card to the counter when you are called."
    assert parts(text, 0) == (text,)
    assert parts(text, len(text)) == (text,)
    parted = parts(text, 44)
    assert parted == ("Bring your identity card and your family" + MORE, "card to the counter when you are called.")
    for most in range(12, len(text)):
        assert all(len(part) <= most for part in parts(text, most))
        assert " ".join(part.removesuffix(MORE) for part in parts(text, most)) == text
    assert "".join(part.removesuffix(MORE) for part in parts("x" * 50, 20)) == "x" * 50


def test_the_code_for_phones_stands_on_a_board_that_is_up_to_date_and_on_no_other() -> None:
    joinable, choice = replace(FACE, join_code="482 913"), Choice(address="http://192.0.2.1:8080")
    live = view(joinable, choice=choice)
    assert live.fresh == live.page["title"] == "Code for your phone: 482 913"
    for state in (Health.STALE, Health.LOST):
        old = view(joinable, state=state, choice=choice)
        assert "482" not in f"{old.fresh} {old.page}"
    assert "482" not in f"{view(choice=choice).fresh} {view(choice=choice).page}"
