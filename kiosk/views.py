"""What the screen shows: from the visit and what the clerk last saw of the hall to plain values for QML. Pure.

Fixed labels are QML's own (qsTr); whatever carries a name, a count or a time is said here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from assets.words import N_, NAMES, say, words
from hall import Refusal, Ticket
from hall.catalogue import Agency, Catalogue, Names, Service, named
from hall.hours import first_to_end, minutes_to_doors
from hall.waiting import Estimate
from kiosk.visit import Agencies, Lost, Opening, Printing, Rules, Services, Slip, Taken, Visit, remaining

View = dict[str, Any]
Told = Callable[[Refusal, str], str]
"""One of a Refusal's ways to say itself."""


@dataclass(frozen=True)
class Look:
    """What the clerk saw of the hall at one moment."""

    at: datetime
    """The hall's own time."""
    catalogue: Catalogue
    refusals: Mapping[str, Refusal]
    """Service -> why no ticket can be had; absent when one can."""
    waiting: Mapping[str, int]
    """Service -> people waiting."""
    estimates: Mapping[str, Estimate] = field(default_factory=dict)
    """Service -> the wait of somebody who comes now; absent while no counter that offers it is open."""

    @property
    def minutes_to_doors(self) -> int | None:
        """Until the hall gives its first ticket again today; None when it is open, or does not open again today."""
        return minutes_to_doors(map(self.refusals.get, self.catalogue.services), self.at)


@dataclass(frozen=True)
class Sheet:
    """How many tiles a page holds."""

    columns: int
    rows: int

    @property
    def tiles(self) -> int:
        """All of them."""
        return self.columns * self.rows


@dataclass(frozen=True)
class Layout:
    """The two grids of one orientation."""

    agencies: Sheet
    services: Sheet


TALL = Layout(agencies=Sheet(2, 6), services=Sheet(1, 8))
WIDE = Layout(agencies=Sheet(4, 3), services=Sheet(2, 3))
NOTES: Mapping[Sheet, Told] = {TALL.agencies: Refusal.brief, WIDE.agencies: Refusal.why}
"""How much of a reason an agency's tile has room for; the rest is told on its page, which can always be entered."""


def layout(width: int, height: int) -> Layout:
    """The grids for a screen of so many dots."""
    return TALL if height > width else WIDE


def derive(visit: Visit, look: Look | None, rules: Rules, layout: Layout, public_url: str, now: float) -> View:
    """Every value the window binds to, all keys always; `now` is the visit's clock."""
    lost = isinstance(visit.page, Lost)
    view: View = {
        "page": "opening",
        "language": visit.language,
        "languages": [
            {"code": one, "name": NAMES.get(one, one), "current": one == visit.language} for one in rules.languages
        ],
        "hall": named(look.catalogue.name, visit.language) if look else "",
        "time": f"{look.at:%H:%M}" if look and not lost else "",
        "countdown": remaining(visit, rules, now),
        "fresh": visit.language == rules.languages[0] and visit.page == Agencies(),
        "title": "",
        "icon": "",
        "notice": "",
        "tiles": [],
        "columns": 1,
        "rows": 1,
        "sheet": 0,
        "sheets": 1,
        "ticket": {},
    }
    match visit.page:
        case Lost():
            view["page"] = "lost"
        case _ if look is None or isinstance(visit.page, Opening):
            pass
        case Agencies(sheet):
            view |= _start(look, sheet, layout.agencies, visit.language)
        case Services(agency, sheet=sheet, refusal=refusal):
            view |= _services(look, agency, sheet, layout, visit.language)
            view["notice"] = refusal.said(visit.language) if refusal else ""
        case Printing(service):
            view |= {"page": "printing", "ticket": _chosen(look.catalogue, service, visit.language)}
        case Taken(ticket, slip):
            view |= {"page": "ticket", "ticket": _ticket(look.catalogue, ticket, slip, visit.language, public_url)}
    return view


def _start(look: Look, sheet: int, grid: Sheet, language: str) -> View:
    shut = _shut(look, look.catalogue.services, language)
    if shut:
        return {"page": "shut", "notice": shut}
    return {"page": "agencies"} | _sheet(
        [_agency(look, one, language, NOTES[grid]) for one in look.catalogue.agencies], sheet, grid
    )


def _services(look: Look, code: str, sheet: int, layout: Layout, language: str) -> View:
    agency = next((one for one in look.catalogue.agencies if one.code == code), None)
    if agency is None:  # the catalogue was changed under the visitor's finger
        return _start(look, 0, layout.agencies, language)
    tiles = [_service(look, one, language) for one in agency.services]
    return {"page": "services", "title": _name(agency.name, language), "icon": agency.icon} | _sheet(
        tiles, sheet, layout.services
    )


def _sheet(tiles: Sequence[View], sheet: int, grid: Sheet) -> View:
    sheets = max(1, -(-len(tiles) // grid.tiles))
    shown = min(sheet, sheets - 1)
    return {
        "tiles": tiles[shown * grid.tiles : (shown + 1) * grid.tiles],
        "columns": grid.columns,
        "rows": grid.rows,
        "sheet": shown,
        "sheets": sheets,
    }


def _agency(look: Look, agency: Agency, language: str, told: Told) -> View:
    note = _shut(look, [one.code for one in agency.services], language, told)
    return {
        "code": agency.code,
        "icon": agency.icon,
        "name": _name(agency.name, language),
        "note": note,
        "open": not note,
    }


def _service(look: Look, service: Service, language: str) -> View:
    refusal = look.refusals.get(service.code)
    note = refusal.brief(language) if refusal else _waiting(look.waiting.get(service.code, 0), language)
    return {
        "code": service.code,
        "icon": "",
        "name": _name(service.name, language),
        "note": note,
        "open": refusal is None,
    }


def _shut(look: Look, services: Collection[str], language: str, told: Told = Refusal.said) -> str:
    """Why none of the services gives tickets, and when the first does again; empty when one does."""
    reasons = [look.refusals[code] for code in services if code in look.refusals]
    first = first_to_end(reasons)
    if first is None or len(reasons) < len(services):
        return ""
    today = "opens" in first.data and not first.data.get("days")
    if today or first.code == "hall_paused" or len({told(one, language) for one in reasons}) == 1:
        return told(first, language)
    again = first.opens_again(language) if told is Refusal.said else ""
    return " ".join(filter(None, (say(language, N_("No tickets are given now.")), again)))


def _waiting(people: int, language: str) -> str:
    if not people:
        return say(language, N_("Nobody is waiting"))
    return words(language).ngettext("{n} person waiting", "{n} people waiting", people).format(n=people)


def _name(names: Names, language: str) -> str:
    """A name whose "KTP-el" and "ATR/BPN" stay in one piece when the line is broken."""
    return named(names, language).replace("-", "\N{NON-BREAKING HYPHEN}").replace("/", "/\N{WORD JOINER}")


def _chosen(catalogue: Catalogue, code: str, language: str) -> View:
    service = catalogue.services.get(code)
    return {
        "service": _name(service.name, language) if service else "",
        "agency": _name(catalogue.agency_of(code).name, language) if service else "",
    }


def _ticket(catalogue: Catalogue, ticket: Ticket, slip: Slip, language: str, public_url: str) -> View:
    zones = catalogue.zones_of(ticket.service) if ticket.service in catalogue.services else ()
    return _chosen(catalogue, ticket.service, language) | {
        "number": ticket.number,
        "ahead": str(ticket.ahead_at_issue),
        "aheadLabel": words(language).ngettext("person before you", "people before you", ticket.ahead_at_issue),
        "wait": _range(ticket.estimate_at_issue, language),
        "place": ", ".join(named(zone.name, language) for zone in zones),
        "slip": slip.value,
        "address": f"{public_url}/t/{ticket.token}",
    }


def _range(estimate: tuple[int, int] | None, language: str) -> str:
    if estimate is None:
        return ""
    low, high = estimate
    return say(language, N_("{low}–{high} min") if low != high else N_("{high} min"), {"low": low, "high": high})
