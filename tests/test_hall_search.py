"""A visitor finds a service by what people type: slips, accents, scripts and keyboards do not matter."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

from assets import ROOT
from hall.catalogue import Catalogue, build
from hall.catalogue_file import read
from hall.search import Index
from hall.spelling import mistyped, plain, words

QUERIES = tomllib.loads(Path(__file__).with_name("queries.toml").read_text("utf-8"))
FIRST = 3
"""The right service is among so many ..."""
SHARE = 0.95
"""... for so many of the queries."""


@cache
def catalogue(name: str) -> Catalogue:
    return build(read(ROOT / "catalogues" / f"{name}.toml"))


@cache
def index(name: str) -> Index:
    return Index.of(catalogue(name))


def found(name: str, language: str, typed: str, most: int = FIRST) -> list[str]:
    return [one.service for one in index(name).find(typed, language, most)]


def asked() -> list[tuple[str, str, str, set[str]]]:
    """Catalogue, language, what is typed, what is meant."""
    return [
        (name, language, typed, {meant} if isinstance(meant, str) else set(meant))
        for name in ("mpp", "asan")
        for language, queries in QUERIES[name].items()
        for typed, meant in queries.items()
    ]


def test_people_find_what_they_mean_among_the_first_three() -> None:
    missed = [
        f"{name} {language} “{typed}”: {', '.join(got) or 'nothing'}"
        for name, language, typed, meant in asked()
        if not meant & set(got := found(name, language, typed))
    ]
    share = 1 - len(missed) / len(asked())
    assert share >= SHARE, f"{share:.1%} of {len(asked())} found; missed:\n" + "\n".join(missed)


def test_the_queries_are_about_services_that_there_are() -> None:
    assert len(asked()) >= 60
    for name, _, _, meant in asked():
        assert meant <= catalogue(name).services.keys()


@pytest.mark.parametrize("typed", QUERIES["nothing"]["typed"])
def test_what_means_nothing_finds_nothing(typed: str) -> None:
    for name in ("mpp", "asan"):
        for language in catalogue(name).languages:
            assert found(name, language, typed) == []


def test_all_spellings_of_a_word_find_the_same() -> None:
    right = found("asan", "az", "Şəxsiyyət vəsiqəsi")
    for typed in ("sexsiyyet vesiqesi", "ŞƏXSİYYƏT VƏSİQƏSİ", "vəsiqəsi şəxsiyyət", "shexsiyyet vesiqesi"):
        assert found("asan", "az", typed)[0] == right[0] == "din.sexsiyyet-vesiqesi"


def test_a_word_is_found_before_it_is_typed_to_its_end() -> None:
    for length in range(3, len("apostille") + 1):
        assert "kemenkum.apostille" in found("mpp", "en", "apostille"[:length])
    assert found("asan", "ru", "доверен")[0] == "edliyye.etibarname"


def test_an_agency_finds_its_services_by_its_name_and_by_what_people_call_it() -> None:
    for typed in ("badan pertanahan", "bpn", "atr/bpn", "kadaster"):
        assert any(one.startswith("atr-bpn.") for one in found("mpp", "id", typed)), typed
    assert {one.partition(".")[0] for one in found("asan", "az", "azərsu", 5)} == {"su"}


def test_a_service_is_found_in_every_language_but_first_in_the_one_that_is_asked_for() -> None:
    assert found("mpp", "ru", "birth certificate")[0] == "dukcapil.akta-lahir"
    assert found("mpp", "id", "свидетельство о рождении")[0] == "dukcapil.akta-lahir"
    own, other = index("mpp").find("akta", "id")[0], index("mpp").find("akta", "ru")[0]
    assert own.score > other.score


def test_a_word_that_nothing_answers_does_not_hide_the_others() -> None:
    assert found("mpp", "id", "tolong pak saya mau paspor hilang kemarin")[0] == "imigrasi.paspor-hilang"


def test_results_come_best_first_and_no_more_than_asked_for() -> None:
    many = index("mpp").find("surat", "id", 20)
    assert [one.score for one in many] == sorted((one.score for one in many), reverse=True)
    assert all(0 < one.score <= 1 for one in many)
    assert index("mpp").find("surat", "id", 5) == many[:5]


@pytest.mark.parametrize(
    "typed", ["", "   ", "?!", "-", "\0", "\ud800", "а" * 10_000, "x " * 5_000, "🙂", "İ", "ß" * 50]
)
def test_junk_is_searched_for_like_anything_else(typed: str) -> None:
    for language in ("id", "az", "en", "ru", "xx"):
        assert all(one.service in catalogue("mpp").services for one in index("mpp").find(typed, language))


@pytest.mark.parametrize(
    ("written", "spelt"),
    [
        ("Şəxsiyyət", "sexsiyet"),
        ("İSTANBUL ılıq", "istanbul iliq"),
        ("Çağırış göndərişi üçün", "cagiris gonderisi ucun"),
        ("Паспорт", "pasport"),
        ("ёлка, ещё Й", "elka, ese y"),
        ("Passport", "pasport"),
        ("café", "cafe"),
        ("Бакы шәһәри", "baky seheri"),
    ],
)
def test_letters_are_folded(written: str, spelt: str) -> None:
    assert plain(written) == spelt


def test_a_word_with_hyphens_is_its_parts_and_the_whole() -> None:
    assert words("e-KTP") == ["ktp", "ektp"]
    assert words("PBB-P2, SIM A") == ["pb", "p2", "pbp2", "sim", "a"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("gfcgjhn", "паспорт"), ("зфыызщке", "passport"), (".'xsiyy't", "şəxsiyyət"), ("ьфдфлфе", "malakat")],
)
def test_what_was_typed_on_the_wrong_keyboard_is_read_as_it_was_meant(typed: str, meant: str) -> None:
    assert meant in mistyped(typed)
