"""Specimens of every page: the demo hall at a frozen minute, for pictures and golden tests. No queue is opened."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from assets import ROOT
from hall import Ticket, TicketState
from hall.catalogue import Catalogue, build
from hall.catalogue_file import read
from hall.hours import refusal
from hall.printers import PrinterState, Trouble
from hall.tickets import TicketId
from hall.waiting import estimate
from kiosk.look import Look
from kiosk.pages import (
    Agencies,
    Asking,
    CheckIn,
    Door,
    Easier,
    Lost,
    Page,
    Printing,
    Saver,
    Search,
    Services,
    Slip,
    Taken,
    Wish,
    Workshop,
)
from kiosk.visit import WARNING, Rules, Visit

DEMO = ROOT / "catalogues" / "mpp.toml"
PAGES = (
    "agencies",
    "agencies-no-paper",
    "services",
    "closed",
    "search",
    "search-empty",
    "search-nothing",
    "check-in",
    "asking",
    "easier",
    "stay",
    "printing",
    "ticket",
    "ticket-no-paper",
    "shut",
    "lost",
    "saver",
    "door",
    "workshop",
)
"""The pages a picture can be taken of."""

NOWHERE = "xyz"
"""Words that lead to no service of the demo hall."""
_OPEN = datetime(2026, 11, 24, 10, 10)
_LATE = datetime(2026, 11, 24, 14, 35)
_NIGHT = datetime(2026, 11, 24, 6, 50)


def specimen(page: str, language: str, file: Path = DEMO) -> tuple[Visit, Look, Rules]:
    """A page of the demo hall in a language: what `views.derive` needs."""
    catalogue = build(read(file))
    minute = {"closed": _LATE, "shut": _NIGHT}.get(page, _OPEN).replace(tzinfo=catalogue.timezone)
    look = _look(catalogue, minute)
    rules = Rules(catalogue.languages, bookings=True)
    if page == "agencies-no-paper":
        look = replace(look, paper=False)
    if page == "workshop":
        look = replace(look, printers=(_printer("main", minute), _printer("spare", minute, Trouble.PAPER_OUT)))
    touched = WARNING / 2 - WARNING - rules.idle_seconds if page == "stay" else 0
    return Visit(_page(page, catalogue, look), language, 0, touched, reachable=True), look, rules


def _look(catalogue: Catalogue, minute: datetime) -> Look:
    refusals = {code: said for code, one in catalogue.services.items() if (said := refusal(one.opening, minute))}
    waiting = {code: place * 7 % 13 for place, code in enumerate(catalogue.services)}
    estimates = {code: wait for code, people in waiting.items() if (wait := estimate(people, 3, 8))}
    open_now = [code for code in catalogue.services if code not in refusals]

    def find(words: str, *_: object) -> list[str]:
        return [] if words == NOWHERE else open_now[:5]

    return Look(minute, catalogue, refusals, waiting, estimates, open_now[::9][:4], find)


def _page(page: str, catalogue: Catalogue, look: Look) -> Page:
    longest = max(catalogue.agencies, key=lambda agency: (len(agency.services), agency.code))
    service = longest.services[0]
    match page:
        case "agencies" | "agencies-no-paper" | "shut":
            return Agencies()
        case "services" | "stay":
            return Services(longest.code)
        case "search":
            return Search("ktp")
        case "search-empty":
            return Search()
        case "search-nothing":
            return Search(NOWHERE)
        case "check-in":
            return CheckIn("MPP-2")
        case "asking":
            return Asking(service.code, Services(longest.code))
        case "easier":
            return Easier(Agencies())
        case "saver":
            return Saver()
        case "closed":
            # The agency where most, but not all, are closed.
            mixed = max(
                catalogue.agencies,
                key=lambda agency: sum(one.code in look.refusals for one in agency.services) % len(agency.services),
            )
            return Services(mixed.code)
        case "printing":
            return Printing(Wish("", service.code), Services(longest.code))
        case "ticket":
            return Taken(_ticket(service.code, service.series), Slip.READY)
        case "ticket-no-paper":
            return Taken(_ticket(service.code, service.series), Slip.FAILED)
        case "lost":
            return Lost()
        case "door":
            return Door("12", wrong=True)
        case "workshop":
            return Workshop()
    raise ValueError(f"no page {page}; there are: {', '.join(PAGES)}")


def _printer(name: str, minute: datetime, *troubles: Trouble) -> PrinterState:
    return PrinterState(name, "network 192.0.2.10:9100", dict.fromkeys(troubles, minute), minute, 0)


def _ticket(service: str, series: str) -> Ticket:
    return Ticket(
        id=TicketId(1),
        token="q7Jm2xVbT9sKfW4LzN8yRA",  # noqa: S106 - of a ticket that is nobody's
        day="2026-11-24",
        series=series,
        count=15,
        service=service,
        language="id",
        priority=None,
        state=TicketState.WAITING,
        issued_at=_OPEN.astimezone(),
        rank=0,
        ahead_at_issue=7,
        estimate_at_issue=(10, 25),
    )
