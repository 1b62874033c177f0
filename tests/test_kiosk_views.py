"""What the screen shows: derived from the visit and from what the clerk saw of the hall."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from assets.words import LANGUAGES
from hall import Refusal
from kiosk.layout import layout
from kiosk.pages import Agencies, Page, Services, Slip, Taken
from kiosk.specimen import PAGES, specimen
from kiosk.views import derive


def shown(name: str, language: str = "en", page: Page | None = None, **seen: Any) -> dict[str, Any]:
    visit, look, rules = specimen(name, language)
    visit, look = replace(visit, page=page or visit.page), replace(look, **seen)
    return derive(visit, look, rules, layout(1080, 1920, 268.0), "http://hall.example", 0.0)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_gives_the_same_keys(page: str) -> None:
    assert shown(page).keys() == shown("agencies").keys()


def test_the_languages_stand_under_their_own_names_with_the_current_one_marked() -> None:
    languages = shown("ticket", "ru")["languages"]
    assert {one["name"] for one in languages} == {"Bahasa Indonesia", "Azərbaycan dili", "English", "Русский"}
    assert [one["code"] for one in languages if one["current"]] == ["ru"]


def test_agencies_are_paged_and_none_is_left_out() -> None:
    first = shown("agencies")
    codes = [
        tile["which"] for sheet in range(first["sheets"]) for tile in shown("agencies", page=Agencies(sheet))["tiles"]
    ]
    assert codes == [agency.code for agency in specimen("agencies", "en")[1].catalogue.agencies]


def test_a_sheet_beyond_the_last_shows_the_last() -> None:
    view = shown("agencies", page=Agencies(99))
    assert view["sheet"] == view["sheets"] - 1
    assert view["tiles"]


def test_a_service_tells_how_many_wait() -> None:
    view = shown("services", waiting={"dukcapil.ktp-el": 1, "dukcapil.kk": 5}, estimates={})
    notes = {tile["which"]: tile["note"] for tile in view["tiles"]}
    assert notes["dukcapil.ktp-el"] == "1 person waiting"
    assert notes["dukcapil.kk"] == "5 people waiting"
    assert notes["dukcapil.ikd"] == "Nobody is waiting"


def test_a_closed_service_stays_in_place_and_says_why() -> None:
    view = shown("services", refusals={"dukcapil.ktp-el": Refusal("cap_reached", cap=400)})
    tile = view["tiles"][0]
    assert not tile["open"]
    assert tile["note"] == "All 400 tickets for today have been given."


def test_an_agency_none_of_whose_services_is_open_says_why_and_can_still_be_entered() -> None:
    catalogue = specimen("agencies", "en")[1].catalogue
    refusals = {one.code: Refusal("closed_today") for one in catalogue.agencies[0].services}
    tiles = shown("agencies", refusals=refusals)["tiles"]
    assert tiles[0]["note"] == "Closed today."
    assert tiles[1]["note"] == ""


def test_a_tile_says_in_short_when_tickets_are_given_again() -> None:
    _, look, _ = specimen("agencies", "en")
    again = {"opens": look.at.replace(hour=7, minute=30) + timedelta(days=1), "days": 1}
    refusals = {one.code: Refusal("closed_today", **again) for one in look.catalogue.agencies[0].services}
    refusals["dukcapil.ktp-el"] = Refusal("cap_reached", cap=400, **again)
    assert shown("services", refusals=refusals)["tiles"][0]["note"] == "No more tickets. Opens again tomorrow 07:30."
    assert shown("agencies", refusals=refusals)["tiles"][0]["note"] == "No tickets are given now."
    del refusals["dukcapil.ktp-el"]
    refusals |= {one.code: Refusal("closed", **again) for one in look.catalogue.agencies[0].services}
    assert shown("agencies", refusals=refusals)["tiles"][0]["note"] == "Closed. Opens again tomorrow 07:30."


def test_a_hall_at_rest_says_why_and_counts_the_minutes_to_its_doors() -> None:
    _, look, _ = specimen("shut", "en")
    assert look.minutes_to_doors == 40
    assert specimen("agencies", "en")[1].minutes_to_doors is None
    paused = dict.fromkeys(look.catalogue.services, Refusal("hall_paused", reason="Fire drill", until=None))
    assert shown("shut", refusals=paused)["notice"] == "The hall is paused: Fire drill."


def test_a_hall_that_gives_no_tickets_says_when_it_does_again() -> None:
    view = shown("shut")
    assert view["page"] == "shut"
    assert "07:30" in view["notice"]


def test_a_refused_ticket_is_explained_in_the_visitor_s_language() -> None:
    page = Services("dukcapil", refusal=Refusal("cap_reached", cap=3))
    said = {language: shown("services", language, page=page)["notice"] for language in LANGUAGES}
    assert all("3" in one for one in said.values())
    assert len(set(said.values())) == len(LANGUAGES)


def test_a_ticket_shows_number_people_range_place_and_its_own_address() -> None:
    ticket = shown("ticket")["ticket"]
    assert ticket["number"] == "A015"
    assert (ticket["ahead"], ticket["aheadLabel"]) == ("7", "people before you")
    assert ticket["wait"] == "10–25 min"
    assert ticket["place"] == "Zone A"
    assert ticket["address"].startswith("http://hall.example/t/")


def test_a_wait_nobody_can_know_is_not_given() -> None:
    page = specimen("ticket", "en")[0].page
    assert isinstance(page, Taken)
    unknown = Taken(page.ticket.changed(estimate_at_issue=None), Slip.READY)
    assert shown("ticket", page=unknown)["ticket"]["wait"] == ""


def test_an_agency_that_has_left_the_catalogue_leads_to_the_start() -> None:
    assert shown("services", page=Services("gone"))["page"] == "agencies"


def test_a_name_is_not_broken_inside_a_short_form() -> None:
    names = [tile["name"] for tile in shown("services")["tiles"]]
    assert "Electronic identity card (KTP\N{NON-BREAKING HYPHEN}el)" in names


def test_a_screen_wider_than_high_has_its_own_grid() -> None:
    tall, wide = layout(1080, 1920, 268.0), layout(1920, 1080, 476.4)
    assert (tall.services.columns, wide.services.columns) == (1, 2)
    assert (tall.services.tiles, wide.services.tiles) == (7, 6)
