"""The file a hall is described in: every mistake is named with its place, and a file with one loads nothing."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from assets import ROOT
from assets.words import LANGUAGES
from hall import Fault, Hall, Refusal
from hall.catalogue import Catalogue, build, named
from hall.catalogue_file import mistakes, read
from hall.toml_file import Mistake
from tests.halls import SMALL, Clock, described

DEMOS = sorted((ROOT / "catalogues").glob("*.toml"))


def line_of(text: str, fragment: str) -> int:
    return text[: text.index(fragment)].count("\n") + 1


def found(tmp_path: Path, text: str | bytes) -> list[Mistake]:
    path = tmp_path / "bad.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(Refusal) as no:
        read(path)
    assert (no.value.code, no.value.data["path"]) == ("bad_catalogue", str(path))
    assert no.value.said()
    told: list[Mistake] = no.value.data["mistakes"]
    assert told
    assert all("\n" not in str(one) for one in told)
    return told


def changed(before: str, after: str, text: str = SMALL) -> str:
    assert before in text
    return text.replace(before, after, 1)


# -- one mistake at a time: what is written instead, the place and the line it is told with, and what is told ----------

ONE = {
    "unknown key": ("cutoff = 30", "cut_off = 30", "hall.cut_off|hall, cut_off", "cut_off", "not a key"),
    "unknown key of a service": (
        "cap = 3",
        "caps = 3",
        r"agency “civil”, service “birth”.*caps",
        "caps = 3",
        "not a key",
    ),
    "unknown table": ("[rules]", "[ruels]", "ruels", "[ruels]", "not a key"),
    "unknown rule": ("park_minutes = 60", "park_hours = 1", "rules.park_hours", "park_hours", "not a key"),
    "duplicate agency": (
        'code = "tax"',
        'code = "civil"',
        "agency “civil”.*code",
        'code = "civil"\nseries = "T"',
        "twice",
    ),
    "duplicate service": (
        'code = "birth"',
        'code = "card"',
        "agency “civil”, service “card”.*code",
        'code = "card"\nseries',
        "twice",
    ),
    "duplicate counter": (
        'code = "2"',
        'code = "1"',
        "counter “1”.*code",
        'code = "1"\nzone = "a"\noffers = ["civil.card"]',
        "twice",
    ),
    "duplicate zone": (
        'code = "b"\nname',
        'code = "a"\nname',
        "zone “a”.*code",
        'code = "a"\nname = { id = "Zona B"',
        "twice",
    ),
    "duplicate prefix": (
        'series = "T"',
        'series = "A"',
        "agency “tax”.*series",
        'series = "A"\nicon = "coins"',
        "another agency",
    ),
    "duplicate prefix of a service": (
        'series = "B"',
        'series = "T"',
        "agency “tax”.*series",
        'series = "T"\nicon',
        "another agency",
    ),
    "forbidden prefix": ('series = "T"', 'series = "Q"', "agency “tax”.*series", 'series = "Q"', "“Q” is not allowed"),
    "long prefix": ('series = "T"', 'series = "TTTT"', "agency “tax”.*series", 'series = "TTTT"', "not allowed"),
    "unknown service offered": (
        'offers = ["tax"]',
        'offers = ["tax", "tax.pya"]',
        "counter “3”.*offers",
        "tax.pya",
        "tax.pya",
    ),
    "unknown overflow": (
        'overflow = { "tax" = 10 }',
        'overflow = { "txa" = 10 }',
        "counter “2”.*overflow",
        "txa",
        "txa",
    ),
    "unknown zone": ('zone = "b"', 'zone = "c"', "counter “3”.*zone", 'zone = "c"', "no zone “c”"),
    "missing language": (
        ', ru = "Карта"',
        "",
        "agency “civil”, service “card”.*name.ru",
        'name = { id = "Kartu"',
        "missing",
    ),
    "missing language of the hall": (', ru = "Зал"', "", "hall.*name.ru", 'name = { id = "Balai"', "missing"),
    "unknown language of a name": (
        'ru = "Зал"',
        'ru = "Зал", xx = "x"',
        "hall.*name.xx",
        'name = { id = "Balai"',
        "not a language",
    ),
    "empty name": (
        'en = "Card"',
        'en = ""',
        "agency “civil”, service “card”.*name.en",
        'name = { id = "Kartu"',
        "should not be empty",
    ),
    "unknown language of keywords": (
        "minutes = 5",
        'minutes = 5\nkeywords = { tlh = ["x"] }',
        "agency “tax”, service “pay”.*keywords.tlh",
        "keywords =",
        "not a language",
    ),
    "a keyword twice": (
        "minutes = 5",
        'minutes = 5\nkeywords = { en = ["Fee", "duty", "fee"] }',
        "agency “tax”, service “pay”.*keywords.en",
        "keywords =",
        "“fee” is written twice",
    ),
    "an empty keyword": (
        "minutes = 5",
        'minutes = 5\nkeywords = { en = ["fee", ""] }',
        "agency “tax”, service “pay”.*keywords.en",
        "keywords =",
        "should not be empty",
    ),
    "a keyword without a letter": (
        "minutes = 5",
        'minutes = 5\nkeywords = { en = ["?!"] }',
        "agency “tax”, service “pay”.*keywords.en",
        "keywords =",
        "“?!” has no letter",
    ),
    "a keyword that is a sentence": (
        "minutes = 5",
        'minutes = 5\nkeywords = { en = ["where people go who want to pay what they owe"] }',
        "agency “tax”, service “pay”.*keywords.en",
        "keywords =",
        "at most 40 letters",
    ),
    "keywords of an agency that are no list": (
        'icon = "coins"',
        'icon = "coins"\nkeywords = { en = "fee" }',
        "agency “tax”.*keywords.en",
        "keywords =",
        "should be a list",
    ),
    "unknown language": (
        'languages = ["id", "en"]',
        'languages = ["id", "tlh"]',
        "hall.*languages",
        "languages",
        "each language once",
    ),
    "a language twice": (
        'languages = ["id", "en"]',
        'languages = ["id", "id"]',
        "hall.*languages",
        "languages",
        "each language once",
    ),
    "hours that overlap": (
        "08:00-10:00, 11:00-12:00",
        "08:00-10:00, 09:00-12:00",
        "hall.*hours",
        "hours = ",
        "overlap",
    ),
    "hours that run backwards": ("08:00-16:00", "16:00-08:00", "hall.*hours", "hours = ", "run backwards"),
    "a day twice": ('sat = "08:00-10:00', 'fri = "08:00-10:00', "hall.*hours", "hours = ", "fri is given twice"),
    "a break outside the hours": (
        'fri = "11:30-13:00"',
        'fri = "15:30-16:30"',
        "hall.*breaks",
        "breaks = ",
        "outside the hours of fri",
    ),
    "a service no counter offers": (
        'offers = ["tax"]',
        'offers = ["civil.birth"]',
        "agency “tax”, service “pay”",
        '[[agency.service]]\ncode = "pay"',
        "no counter offers",
    ),
    "unknown time zone": ("Asia/Jakarta", "Asia/Djakarta", "hall.*timezone", "timezone", "Asia/Djakarta"),
    "a missing key": (
        "minutes = 5\n",
        "",
        "agency “tax”, service “pay”.*minutes",
        '[[agency.service]]\ncode = "pay"',
        "is missing",
    ),
    "a text for a number": (
        "minutes = 5\n",
        'minutes = "5"\n',
        "agency “tax”, service “pay”.*minutes",
        'minutes = "5"',
        "whole number",
    ),
    "a cap of nothing": (
        "cap = 3",
        "cap = 0",
        "agency “civil”, service “birth”.*cap",
        "cap = 0",
        "should be 1 or more",
    ),
    "a counter with a long code": (
        'code = "3"',
        'code = "COUNTER-3"',
        "counter “COUNTER-3”.*code",
        "COUNTER-3",
        "not allowed",
    ),
    "unknown arrow": (
        'code = "3"\nzone = "b"',
        'code = "3"\narrow = "back"\nzone = "b"',
        "counter “3”.*arrow",
        'arrow = "back"',
        "'left', 'right', 'up' or 'down'",
    ),
    "area in one language": (
        'code = "b"\nname',
        'code = "b"\narea = { id = "Lantai 2", az = "2-ci mərtəbə", en = "Floor 2" }\nname',
        "zone “b”.*area.ru",
        "area = {",
        "missing",
    ),
    "short name that is long": (
        'icon = "coins"',
        'icon = "coins"\nshort = { id = "Pajak", az = "Vergi", en = "Tax", ru = "Управление налогов и сборов" }',
        "agency “tax”.*short.ru",
        "short = {",
        "24",
    ),
    "recalls too close": ("recall_seconds = 20", "recall_seconds = 5", "rules.recall_seconds", "recall_seconds", "20"),
}


LEADS_TO_MORE = {"duplicate agency", "duplicate zone"}
"""What then refers to the code that was overwritten is a mistake as well."""


@pytest.mark.parametrize("kind", ONE)
def test_a_mistake_is_named_with_its_place_and_line(tmp_path: Path, kind: str) -> None:
    before, after, place, at, problem = ONE[kind]
    text = changed(before, after)
    told = found(tmp_path, text)
    matching = [one for one in told if re.search(place, one.place) and problem in one.problem]
    assert matching, [str(one) for one in told]
    assert line_of(text, at) in {one.line for one in matching}, [str(one) for one in matching]
    if kind not in LEADS_TO_MORE:
        assert len(told) == 1, [str(one) for one in told]


def test_the_small_hall_and_both_demo_halls_have_no_mistakes(tmp_path: Path) -> None:
    assert [path.name for path in DEMOS] == ["asan.toml", "mpp.toml"]
    for path in (*DEMOS, described(tmp_path / "hall.toml")):
        assert mistakes(read(path), path.read_text("utf-8")) == []


def test_several_mistakes_are_all_named_in_the_order_of_their_lines(tmp_path: Path) -> None:
    text = SMALL
    for kind in ("hours that overlap", "duplicate prefix", "missing language", "unknown zone", "unknown rule"):
        before, after, *_ = ONE[kind]
        text = changed(before, after, text)
    told = found(tmp_path, text)
    assert len(told) == 5, [str(one) for one in told]
    assert [one.line for one in told] == sorted(one.line or 0 for one in told)
    for part in ("overlap", "another agency", "missing in this language", "no zone “c”", "park_hours"):
        assert any(part in str(one) for one in told), part


def test_a_mistake_reads_as_line_place_and_problem() -> None:
    assert str(Mistake("hall.hours", "it is wrong", 7)) == "line 7: hall.hours: it is wrong"
    assert str(Mistake("", "not TOML", None)) == "not TOML"


# -- nothing is loaded -------------------------------------------------------------------------------------------------


def test_a_catalogue_with_a_mistake_changes_nothing(hall: Hall, tmp_path: Path) -> None:
    before, catalogue = hall.sequence(), hall.catalogue
    for kind in ("duplicate counter", "a service no counter offers", "unknown key"):
        with pytest.raises(Refusal) as no:
            hall.load_catalogue(described(tmp_path / "new.toml", changed(*ONE[kind][:2])))
        assert no.value.code == "bad_catalogue"
    assert hall.sequence() == before
    assert hall.catalogue is catalogue


def test_a_new_catalogue_is_seen_by_every_process_at_once(hall: Hall, tmp_path: Path, clock: Clock) -> None:
    with Hall.open(tmp_path / "queue.db", clock=clock) as other:
        assert other.catalogue.services["tax.pay"].minutes == 5
        hall.load_catalogue(described(tmp_path / "hall.toml", changed("minutes = 5", "minutes = 7")))
        assert other.catalogue.services["tax.pay"].minutes == hall.catalogue.services["tax.pay"].minutes == 7
        assert other.events()[-1].kind == "catalogue_loaded"


def test_numbers_go_on_under_a_new_catalogue(hall: Hall, tmp_path: Path) -> None:
    hall.issue("civil.card")
    hall.load_catalogue(described(tmp_path / "hall.toml"))
    assert hall.issue("civil.card").number == "A002"


WITHOUT_BIRTH = SMALL.replace(
    SMALL[SMALL.index('[[agency.service]]\ncode = "birth"') : SMALL.index('[[agency]]\ncode = "tax"')], ""
)
WITHOUT_COUNTER_3 = SMALL[: SMALL.rindex("[[counter]]")].replace('offers = ["civil"]', 'offers = ["civil", "tax"]')


def test_a_service_somebody_waits_for_cannot_be_dropped(hall: Hall, tmp_path: Path) -> None:
    ticket = hall.issue("civil.birth")
    before = hall.sequence()
    with pytest.raises(Refusal) as no:
        hall.load_catalogue(described(tmp_path / "hall.toml", WITHOUT_BIRTH))
    assert no.value.code == "bad_catalogue"
    assert "civil.birth" in str(no.value.data["mistakes"][0])
    assert hall.sequence() == before
    hall.cancel(ticket.id)
    hall.load_catalogue(described(tmp_path / "hall.toml", WITHOUT_BIRTH))
    assert "civil.birth" not in hall.catalogue.services


def test_the_service_of_a_parked_visitor_cannot_be_dropped(hall: Hall, tmp_path: Path) -> None:
    hall.park(hall.call(hall.issue("civil.birth").id, "1").id)
    with pytest.raises(Refusal) as no:
        hall.load_catalogue(described(tmp_path / "hall.toml", WITHOUT_BIRTH))
    assert no.value.code == "bad_catalogue"


def test_a_counter_somebody_was_sent_to_cannot_be_dropped(hall: Hall, tmp_path: Path) -> None:
    hall.transfer(hall.issue("tax.pay").id, counter="3")
    with pytest.raises(Refusal) as no:
        hall.load_catalogue(described(tmp_path / "hall.toml", WITHOUT_COUNTER_3))
    assert no.value.code == "bad_catalogue"


def test_a_counter_with_a_visitor_in_hand_may_go_and_the_board_still_works(hall: Hall, tmp_path: Path) -> None:
    ticket = hall.call(hall.issue("tax.pay").id, "3")
    try:
        hall.load_catalogue(described(tmp_path / "hall.toml", WITHOUT_COUNTER_3))
    except Refusal:
        return
    assert [call.number for call in hall.board().calls] in ([], [ticket.number])
    assert hall.finish(ticket.id).state == "done"


# -- ugly files --------------------------------------------------------------------------------------------------------


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.toml", tmp_path, tmp_path / "a" / "b", tmp_path / ("x" * 300)):
        with pytest.raises(Fault) as fault:
            read(path)
        assert (fault.value.code, str(path) in fault.value.said()) == ("unreadable_file", True)


def test_a_file_that_is_not_utf8_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes('[hall]\nname = "Zümrüt"\n'.encode("latin-1"))
    with pytest.raises(Fault) as fault:
        read(tmp_path / "latin.toml")
    assert (fault.value.code, "UTF-8" in fault.value.said()) == ("unreadable_file", True)


@pytest.mark.parametrize(
    ("text", "line"),
    [("[hall\n", 1), ("a = 1\na = 2\n", 2), ("x = \n", 1), ("\n\n\x00", 3), ("[a]\n[a]\n", 2), ("d = 2026-13-45\n", 1)],
)
def test_a_file_that_is_not_toml_says_in_which_line(tmp_path: Path, text: str, line: int) -> None:
    (mistake,) = found(tmp_path, text)
    assert mistake.line == line
    assert "TOML" in str(mistake)


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 5000,
        "a = " + "[" * 400 + "]" * 400,
        "a = " + "{a = " * 3000,
        "n = " + "9" * 5000,
        "hall.hours." * 300 + "x = 1",
        "",
        "# nothing\n",
        "\ufeff[hall]\n",
    ],
    ids=["deep", "deep but whole", "deep tables", "long number", "long key", "empty", "comment", "byte order mark"],
)
def test_a_monstrous_file_is_a_mistake_too(tmp_path: Path, text: str) -> None:
    found(tmp_path, text)


WRONG = [
    "5",
    "-1",
    "1.5",
    "nan",
    "true",
    '""',
    '"x"',
    "[]",
    "[1]",
    '["x"]',
    "[[]]",
    "{}",
    "{ x = 1 }",
    "[{}]",
    "2026-01-01",
    "2026-01-01T00:00:00",
    "2026-01-01T00:00:00Z",
    "07:30:00",
    "{ mon = 5 }",
    '{ id = ["x"] }',
    '[{ code = ["x"] }]',
]
KEYS = sorted(set(re.findall(r"^(\w+) = .*$", SMALL, re.MULTILINE)))


@pytest.mark.parametrize("key", KEYS)
def test_a_value_of_any_wrong_type_is_read_or_named(tmp_path: Path, key: str) -> None:
    """Whatever is accepted can also be built and stored."""
    places = [match.span() for match in re.finditer(rf"^{key} = .*$", SMALL, re.MULTILINE)]
    for start, end in places:
        for value in WRONG:
            accepted_or_named(f"{SMALL[:start]}{key} = {value}{SMALL[end:]}")


@pytest.mark.parametrize("key", ["hall", "rules", "zone", "agency", "counter", "agency.service"])
def test_a_table_of_any_wrong_type_is_read_or_named(key: str) -> None:
    values: list[Any] = [None, 5, "x", [], [5], ["x"], [[]], {}, [{}], [None], {"code": "x"}, [{"code": {}}]]
    for value in (*values, [{"code": []}]):
        wrong = tomllib.loads(SMALL)
        if key == "agency.service":
            wrong["agency"][0]["service"] = value
        else:
            wrong[key] = value
        if not named_whole(wrong):  # no rules of one's own are fine
            assert isinstance(build(wrong), Catalogue)


def named_whole(document: Any) -> list[Mistake]:
    told = mistakes(document, SMALL)
    assert all(one.problem and str(one) for one in told)
    return told


def accepted_or_named(text: str) -> None:
    document = tomllib.loads(text)
    if not named_whole(document):
        assert isinstance(build(document), Catalogue)


_values = some.recursive(
    some.booleans()
    | some.integers(-5, 10**20)
    | some.floats()
    | some.dates()
    | some.datetimes()
    | some.times()
    | some.text(max_size=6)
    | some.sampled_from(
        ["civil", "civil.card", "a", "08:00-16:00", "mon", "Asia", "Asia/Jakarta", "", "..", "/etc/passwd"]
    ),
    lambda inner: (
        some.lists(inner, max_size=3)
        | some.dictionaries(
            some.text(max_size=4)
            | some.sampled_from(["code", "name", "service", "hours", "breaks", "offers", "overflow", "mon"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)
_TOP = some.sampled_from(["hall", "rules", "zone", "agency", "counter", "other"])


@settings(max_examples=150)
@given(some.dictionaries(_TOP, _values, max_size=5))
def test_junk_is_never_taken_for_a_catalogue_and_never_breaks_the_check(document: dict[str, Any]) -> None:
    assert named_whole(document)


_STEP = some.sampled_from(
    [("hall",), ("rules",), ("zone", 0), ("agency", 0), ("agency", 1), ("agency", 0, "service", 1), ("counter", 1)]
)


@settings(max_examples=150)
@given(_STEP, some.data(), _values)
def test_a_good_catalogue_with_one_junk_value_is_named_or_can_be_built(
    place: tuple[str | int, ...], data: some.DataObject, value: object
) -> None:
    document = tomllib.loads(SMALL)
    table: Any = document
    for step in place:
        table = table[step]
    table[data.draw(some.sampled_from(sorted(table)))] = value
    if not named_whole(document):
        assert isinstance(build(document), Catalogue)


@pytest.mark.parametrize(
    "zone",
    [
        "",
        ".",
        "..",
        "../../etc/passwd",
        "/etc/passwd",
        "Asia",
        "\0",
        "a" * 300,
        "a//b",
        "zone.tab",
        "é",
        "Asia/Jakarta/",
    ],
)
def test_a_time_zone_that_is_none_is_named(zone: str) -> None:
    document = tomllib.loads(SMALL)
    document["hall"]["timezone"] = zone
    (mistake,) = named_whole(document)
    assert "timezone" in mistake.place


# -- what a catalogue says ---------------------------------------------------------------------------------------------


def test_counters_that_offer_an_agency_offer_all_its_services(hall: Hall) -> None:
    catalogue = hall.catalogue
    assert catalogue.services["civil.card"].keywords == catalogue.agencies[0].keywords == {}
    assert catalogue.counters["1"].offers == ("civil.card", "civil.birth")
    assert catalogue.counters["2"].overflow == {"tax.pay": 10}
    assert [counter.code for counter in catalogue.offered["civil.card"]] == ["1", "2"]
    assert [zone.code for zone in catalogue.zones_of("civil.card")] == ["a"]
    assert catalogue.agency_of("tax.pay").code == "tax"
    assert set(catalogue.lines["civil.birth"]) == {"civil.card", "civil.birth"}


def test_a_counter_lies_where_it_says_or_else_where_its_zone_does(tmp_path: Path) -> None:
    area = '{ id = "Lantai 2", az = "2-ci mərtəbə", en = "Floor 2", ru = "2-й этаж" }'
    text = changed('code = "a"\nname', f'code = "a"\narrow = "left"\narea = {area}\nname')
    text = text.replace('code = "2"\nzone', 'code = "2"\narrow = "up"\nzone')
    counters = build(read(described(tmp_path / "hall.toml", text))).counters
    assert [(code, desk.arrow, desk.area.get("en")) for code, desk in counters.items()] == [
        ("1", "left", "Floor 2"),
        ("2", "up", "Floor 2"),
        ("3", None, None),
    ]


def test_a_name_falls_back_to_the_first_language() -> None:
    assert (named({"id": "a", "en": "b"}, "en"), named({"id": "a", "en": "b"}, "ru")) == ("b", "a")


def test_the_demo_halls_are_real_sized_and_named_in_every_language() -> None:
    for path, agencies, services, counters in ((DEMOS[1], 24, 120, 30), (DEMOS[0], 1, 100, 1)):
        catalogue = build(read(path))
        assert len(catalogue.agencies) >= agencies
        assert len(catalogue.services) >= services
        assert len(catalogue.counters) >= counters
        for service in catalogue.services.values():
            assert set(service.name) == set(LANGUAGES)
            assert catalogue.offered[service.code]


def test_what_is_stored_is_what_was_read(hall: Hall, tmp_path: Path, clock: Clock) -> None:
    with Hall.open(tmp_path / "queue.db", clock=clock) as other:
        assert other.catalogue == build(read(tmp_path / "hall.toml"))


def test_a_name_may_have_200_letters_and_no_more(tmp_path: Path) -> None:
    file = described(tmp_path / "hall.toml", SMALL.replace('en = "Card"', f'en = "{"ə" * 200}"'))
    assert build(read(file)).services["civil.card"].name["en"] == "ə" * 200
    file = described(tmp_path / "hall.toml", SMALL.replace('en = "Card"', f'en = "{"ə" * 201}"'))
    with pytest.raises(Refusal) as no:
        read(file)
    assert [mistake.place for mistake in no.value.data["mistakes"]] == ["agency “civil”, service “card”, name.en"]


def test_services_with_equal_hours_share_them(tmp_path: Path) -> None:
    found = build(read(described(tmp_path / "hall.toml", SMALL)))
    assert len({id(service.opening) for service in found.services.values()}) == 1


def test_a_service_and_an_agency_may_be_found_by_more_words_than_their_names(hall: Hall, tmp_path: Path) -> None:
    text = changed("minutes = 5", 'minutes = 5\nkeywords = { en = ["fee", "state duty"], az = ["rüsum"] }')
    hall.load_catalogue(
        described(tmp_path / "new.toml", changed('icon = "coins"', 'icon = "coins"\nkeywords = { id = ["djp"] }', text))
    )
    assert hall.catalogue.services["tax.pay"].keywords == {"en": ("fee", "state duty"), "az": ("rüsum",)}
    assert hall.catalogue.agency_of("tax.pay").keywords == {"id": ("djp",)}


def test_the_demo_catalogues_know_the_everyday_words_of_their_usual_services() -> None:
    for path in DEMOS:
        catalogue = build(read(path))
        spoken = [one for one in catalogue.services.values() if set(one.keywords) == set(LANGUAGES)]
        assert len(spoken) >= 60
