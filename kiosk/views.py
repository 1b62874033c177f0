"""What the screen shows: from the visit and what the clerk last saw of the hall to plain values for QML. Pure.

Fixed labels are QML's own (qsTr); whatever carries a name, a count or a time is said here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, assert_never

import msgspec

from assets.words import N_, NAMES, mirrored, say, words
from hall import Refusal, Ticket
from hall.catalogue import Catalogue, Names, named
from kiosk import tiles
from kiosk.devices import devices
from kiosk.keyboards import DIGITS, QWERTY, Row, keyboards
from kiosk.layout import Layout
from kiosk.look import Look
from kiosk.pages import (
    Agencies,
    Asking,
    CheckIn,
    Door,
    Ease,
    Easier,
    Lost,
    Opening,
    Page,
    Printing,
    Saver,
    Search,
    Services,
    Slip,
    Taken,
    Workshop,
)
from kiosk.visit import Rules, Visit, fresh, remaining

View = dict[str, Any]
SOON = 60
"""Minutes before its doors open that a hall counts down."""


class Own(msgspec.Struct, frozen=True):
    """What a hall's settings put on the screen. Pictures are file URLs, empty for none."""

    name: Names = msgspec.field(default_factory=dict)
    """Instead of the catalogue's."""
    welcome: Names = msgspec.field(default_factory=dict)
    logo: str = ""
    pictures: Sequence[str] = ()
    """For the pause."""


PLAIN = Own()
"""A hall without anything of its own."""


def derive(
    visit: Visit,
    look: Look | None,
    rules: Rules,
    layout: Layout,
    public_url: str,
    now: float,
    own: Own = PLAIN,
) -> View:
    """Every value the window binds to, all keys always; `now` is the visit's clock."""
    lost = isinstance(visit.page, Lost)
    view: View = {
        "page": "opening",
        "language": visit.language,
        "languages": [
            {"code": one, "name": NAMES.get(one, one), "current": one == visit.language} for one in rules.languages
        ],
        "mirrored": mirrored(visit.language),
        "hall": named(own.name or look.catalogue.name, visit.language) if look else "",
        "welcome": named(own.welcome, visit.language) if own.welcome else "",
        "logo": own.logo,
        "time": f"{look.at:%H:%M}" if look and not lost else "",
        "layout": layout.values,
        "contrast": Ease.CONTRAST in visit.eased,
        "lower": Ease.LOWER in visit.eased,
        "countdown": remaining(visit, rules, now),
        "fresh": fresh(visit, rules),
        "bookings": rules.bookings,
        "paper": look is None or look.paper,
        "title": "",
        "hint": "",
        "icon": "",
        "notice": "",
        "popular": [],
        "tiles": [],
        "columns": 1,
        "rows": 1,
        "sheet": 0,
        "sheets": 1,
        "count": 0,
        "typed": "",
        "keys": [],
        "otherKeys": "",
        "ordinary": "",
        "ticket": {},
        "picture": "",
        "devices": [],
    }
    if isinstance(visit.page, Saver):
        return view | _saver(round((now - visit.since) / rules.saver_turn - 0.49), own.pictures)
    return view | _page(visit.page, visit, look, layout, public_url, now)


def _page(page: Page, visit: Visit, look: Look | None, layout: Layout, public_url: str, now: float) -> View:
    language = visit.language
    match page:
        case Lost():
            return {"page": "lost"}
        case Door(typed, checking, wrong, until):
            wait = max(0, round(until - now + 0.49))
            return {
                "page": "door",
                "title": say(language, N_("For the technician")),
                "typed": "•" * len(typed),
                "ticket": {"wrong": wrong, "wait": wait, "checking": checking},
            }
        case Workshop(told):
            return {
                "page": "workshop",
                "title": say(language, N_("For the technician")),
                "hint": told,
                "devices": devices(look, language, reachable=visit.reachable),
            }
        case Opening():
            return {}
        case _ if look is None:
            return {}
        case Agencies(sheet, refusal):
            return _start(look, sheet, layout, language) | _notice(refusal, language)
        case Services(agency, sheet=sheet, refusal=refusal):
            return _services(look, agency, sheet, layout, language) | _notice(refusal, language)
        case Search(refusal=refusal):
            return _search(look, page, layout, language) | _notice(refusal, language)
        case CheckIn(typed, refusal=refusal):
            return _check_in(typed, refusal, language) | _notice(refusal, language)
        case Asking():
            return {
                "page": "asking",
                "title": say(language, N_("Do you need priority?")),
                "hint": say(language, N_("Your answer is not printed and not shown in the hall.")),
            } | tiles.spread(tiles.answers(language), 0, layout.answers)
        case Easier():
            return {
                "page": "easier",
                "title": say(language, N_("Make the screen easier to use")),
                "hint": say(language, N_("It goes back to normal after your visit.")),
            } | tiles.spread(tiles.eases(visit.eased, language), 0, layout.answers)
        case Printing(wish):
            return {"page": "printing", "ticket": _chosen(look.catalogue, wish.service, language)}
        case Taken(ticket, slip):
            return {"page": "ticket", "ticket": _ticket(look.catalogue, ticket, slip, language, public_url)}
        case Saver():
            return _saver(0, ())
    assert_never(page)


def _saver(turn: int, pictures: Sequence[str]) -> View:
    return {"page": "saver", "sheet": turn, "picture": pictures[turn % len(pictures)] if pictures else ""}


def _start(look: Look, sheet: int, layout: Layout, language: str) -> View:
    shut = tiles.shut(look, look.catalogue.services, language)
    if shut:
        return {"page": "shut", "notice": shut, "hint": _soon(look.minutes_to_doors, language)}
    known = [code for code in look.popular if code in look.catalogue.services]
    most = [look.catalogue.services[code] for code in known[: layout.popular.tiles]]
    spread = tiles.spread(
        [tiles.agency(look, one, language) for one in look.catalogue.agencies],
        sheet,
        layout.agencies if most else layout.more,
        layout.more,
    )
    hint = N_("Choose a service or an agency.") if most else N_("Choose an agency.")
    return {
        "page": "agencies",
        "title": say(language, N_("What brings you here today?")),
        "hint": say(language, hint if look.paper else N_("No paper now: your number comes on the screen.")),
        "popular": [tiles.service(look, one, language) for one in most] if not spread["sheet"] else [],
    } | spread


def _soon(minutes: int | None, language: str) -> str:
    """The countdown of the last hour before the doors open."""
    if minutes is None or not 0 < minutes <= SOON:
        return ""
    return words(language).ngettext("{n} minute to go", "{n} minutes to go", minutes).format(n=minutes)


def _services(look: Look, code: str, sheet: int, layout: Layout, language: str) -> View:
    agency = next((one for one in look.catalogue.agencies if one.code == code), None)
    if agency is None:  # the catalogue was changed under the visitor's finger
        return _start(look, 0, layout, language)
    return {
        "page": "services",
        "title": tiles.name(agency.name, language),
        "hint": say(language, N_("Choose a service to take a number.")),
        "icon": agency.icon,
    } | tiles.spread([tiles.service(look, one, language) for one in agency.services], sheet, layout.services)


def _search(look: Look, page: Search, layout: Layout, language: str) -> View:
    typed = page.typed.strip()
    most = look.popular[: layout.results.tiles]
    found = look.find(typed, language, 4 * layout.results.tiles) if typed else most
    services = [look.catalogue.services[code] for code in found if code in look.catalogue.services]
    hint = N_("Type a few letters, with or without accents.")
    if typed and services:
        hint = N_("Choose a service to take a number.")
    boards = keyboards(language, look.catalogue.languages)
    shown, following = (boards[(page.board + step) % len(boards)] for step in (0, 1))
    results = [tiles.service(look, one, language, with_agency=True) for one in services]
    return {
        "page": "search",
        "title": say(language, N_("What are you looking for?")),
        "hint": say(language, hint),
        "typed": page.typed,
        "keys": _keys(shown.rows),
        "otherKeys": following.name if following is not shown else "",
    } | tiles.spread(results, page.sheet, layout.results)


def _check_in(typed: str, refusal: Refusal | None, language: str) -> View:
    # A place that is lost is not all: the visitor can wait like anybody else.
    lost = refusal is not None and refusal.code in ("booking_late", "booking_cancelled")
    return {
        "page": "check-in",
        "title": say(language, N_("You have a booking")),
        "hint": say(language, N_("Hold its code under the scanner, or type it.")),
        "typed": typed,
        "ordinary": refusal.data["service"] if refusal and lost else "",
        "keys": _keys((DIGITS, *QWERTY.rows)),
    }


def _keys(rows: Iterable[Row]) -> list[list[dict[str, str]]]:
    return [[{"shows": key.shows, "types": key.types} for key in row] for row in rows]


def _notice(refusal: Any, language: str) -> View:
    return {"notice": refusal.said(language)} if refusal else {}


def _chosen(catalogue: Catalogue, code: str, language: str) -> View:
    service = catalogue.services.get(code)
    return {
        "service": tiles.name(service.name, language) if service else "",
        "agency": tiles.name(catalogue.agency_of(code).name, language) if service else "",
    }


def _ticket(catalogue: Catalogue, ticket: Ticket, slip: Slip, language: str, public_url: str) -> View:
    zones = catalogue.zones_of(ticket.service) if ticket.service in catalogue.services else ()
    return _chosen(catalogue, ticket.service, language) | {
        "number": ticket.number,
        "ahead": str(ticket.ahead_at_issue),
        "aheadLabel": words(language).ngettext("person before you", "people before you", ticket.ahead_at_issue),
        "wait": tiles.minutes(ticket.estimate_at_issue, language),
        "heard": tiles.minutes_heard(ticket.estimate_at_issue, language),
        "place": ", ".join(named(zone.name, language) for zone in zones),
        "slip": slip.value,
        "address": f"{public_url}/t/{ticket.token}",
    }
