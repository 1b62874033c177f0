"""The visit machine: which page the kiosk shows, and what each tap, answer and tick makes of it. Pure.

What a page looks like stands in `kiosk.views`, who talks to the hall in `kiosk.clerk`. Times are steady seconds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias, assert_never

from hall import Refusal, Ticket

SETTLING = 0.4
"""Seconds after a change of page in which taps do nothing.

The second half of a double tap must not choose what came under the finger."""
WARNING = 10.0
"""The last seconds of waiting are counted down where the visitor can see them."""
PATIENCE = 8.0
"""Seconds a slip may take before the visitor is told to photograph the screen instead (tap to paper is under 0.1 s)."""


class Slip(StrEnum):
    """What the visitor is told of the paper."""

    COMING = "coming"
    READY = "ready"
    NONE = "none"
    """No printer here: the screen is the ticket."""
    FAILED = "failed"
    """Paper was meant to come and did not, or nobody knows; staff see the alarm."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the hall and the settings say about a visit."""

    languages: tuple[str, ...]
    """The first is the hall's own."""
    idle_seconds: float = 60
    ticket_seconds: float = 20
    paper: bool = True


@dataclass(frozen=True, slots=True)
class Opening:
    """The kiosk has just started and the hall has not answered yet."""


@dataclass(frozen=True, slots=True)
class Agencies:
    """The start page."""

    sheet: int = 0


@dataclass(frozen=True, slots=True)
class Services:
    """The services of one agency; `request` is the one ticket this step can bring."""

    agency: str
    request: str
    origin: int = 0
    """The sheet of agencies to go back to."""
    sheet: int = 0
    refusal: Refusal | None = None
    """Why the ticket just asked for could not be had."""


@dataclass(frozen=True, slots=True)
class Printing:
    """The hall was asked for a ticket and has not answered yet."""

    service: str
    asked: Services


@dataclass(frozen=True, slots=True)
class Taken:
    """The ticket is issued."""

    ticket: Ticket
    slip: Slip


@dataclass(frozen=True, slots=True)
class Lost:
    """The hall cannot be reached. A visitor whose ticket was asked for gets it when the hall is back in time."""

    printing: Printing | None = None


Page: TypeAlias = Opening | Agencies | Services | Printing | Taken | Lost


@dataclass(frozen=True, slots=True)
class Visit:
    """Everything the screen depends on besides the hall."""

    page: Page
    language: str
    since: float
    """When this page came up."""
    touched: float
    """When a visitor was last heard of."""
    kiosk: str = ""
    """Unlike any other kiosk's or an earlier start's, so that requests never collide."""
    steps: int = 0
    reachable: bool = False
    """Whether the hall answers."""


@dataclass(frozen=True, slots=True)
class Touch:
    """A finger anywhere: someone is here."""


@dataclass(frozen=True, slots=True)
class ChooseAgency:
    """An agency's tile was tapped."""

    agency: str


@dataclass(frozen=True, slots=True)
class ChooseService:
    """A service's tile was tapped: the visitor wants a ticket."""

    service: str


@dataclass(frozen=True, slots=True)
class Turn:
    """To another sheet of tiles."""

    sheet: int


@dataclass(frozen=True, slots=True)
class Speak:
    """A language was tapped."""

    language: str


@dataclass(frozen=True, slots=True)
class Back:
    """One step back."""


@dataclass(frozen=True, slots=True)
class StartOver:
    """To the start, for this visitor or the next."""


@dataclass(frozen=True, slots=True)
class Issued:
    """The hall gave the ticket that was asked for."""

    request: str
    ticket: Ticket


@dataclass(frozen=True, slots=True)
class Refused:
    """The hall's rules said no to the request."""

    request: str
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class SlipTold:
    """News of a ticket's paper."""

    ticket: int
    slip: Slip


@dataclass(frozen=True, slots=True)
class HallLost:
    """The hall cannot be reached."""


@dataclass(frozen=True, slots=True)
class HallFound:
    """The hall answers (again)."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed."""


Tap: TypeAlias = ChooseAgency | ChooseService | Turn | Speak | Back | StartOver
Event: TypeAlias = Tap | Touch | Issued | Refused | SlipTold | HallLost | HallFound | Tick


def begin(rules: Rules, now: float, kiosk: str) -> Visit:
    """The kiosk before the hall has answered for the first time."""
    return Visit(Opening(), rules.languages[0], now, now, kiosk)


def step(visit: Visit, event: Event, now: float, rules: Rules) -> Visit:
    """The visit after an event."""
    match event:
        case Touch():
            return replace(visit, touched=now)
        case Tick():
            return _waited(visit, now, rules)
        case HallLost():
            page, visit = visit.page, replace(visit, reachable=False)
            return visit if isinstance(page, Lost | Taken) else _to(visit, Lost(_asked(page)), now)
        case HallFound():
            lost, visit = visit.page, replace(visit, reachable=True)
            return _home(visit, now, rules) if isinstance(lost, Opening) or lost == Lost() else visit
        case Issued(request, ticket):
            return _to(visit, Taken(ticket, _slip(rules)), now) if _waits_for(visit, request) else visit
        case Refused(request, refusal):
            printing = _asked(visit.page)
            if printing is None or not _waits_for(visit, request):
                return visit
            return _to(visit, replace(printing.asked, refusal=refusal, request=_request(visit)), now)
        case SlipTold(ticket, slip):
            if isinstance(visit.page, Taken) and visit.page.ticket.id == ticket:
                return replace(visit, page=replace(visit.page, slip=slip))
            return visit
        case ChooseAgency() | ChooseService() | Turn() | Speak() | Back() | StartOver():
            return visit if now - visit.since < SETTLING else _tapped(replace(visit, touched=now), event, now, rules)
    assert_never(event)


def wanted(visit: Visit) -> Printing | None:
    """The ticket the hall should be asked for now, again and again with the same request, until it answers."""
    return _asked(visit.page)


def ends(visit: Visit, rules: Rules) -> float | None:
    """When this visit ends by itself; None when there is nothing to end."""
    match visit.page:
        case Taken():
            return max(visit.since, visit.touched) + rules.ticket_seconds
        case Services() | Lost(Printing()):
            return visit.touched + rules.idle_seconds
        case Agencies(sheet):
            fresh = sheet == 0 and visit.language == rules.languages[0]
            return None if fresh else visit.touched + rules.idle_seconds
        case Printing() | Opening():
            return None
        case Lost():
            return None if visit.language == rules.languages[0] else visit.touched + rules.idle_seconds
    assert_never(visit.page)


def remaining(visit: Visit, rules: Rules, now: float) -> int:
    """Whole seconds to count down where the visitor can see them; 0: nothing to count."""
    end = ends(visit, rules)
    left = 0.0 if end is None else end - now
    return round(left + 0.49) if 0 < left <= WARNING else 0


def wakes(visit: Visit, rules: Rules, now: float) -> float | None:
    """Seconds until a Tick can change anything that is seen; None: only an event can."""
    moments = []
    end = ends(visit, rules)
    if end is not None:
        left = end - now
        moments.append(left - WARNING if left > WARNING else left % 1 or min(left, 1.0))
    if isinstance(visit.page, Taken) and visit.page.slip is Slip.COMING:
        moments.append(visit.since + PATIENCE - now)
    return max(0.0, min(moments)) if moments else None


def _tapped(visit: Visit, tap: Tap, now: float, rules: Rules) -> Visit:
    page = visit.page
    match tap, page:
        case Speak(language), _ if language in rules.languages:
            return replace(visit, language=language)
        case ChooseAgency(agency), Agencies(sheet):
            return _to(visit, Services(agency, _request(visit), origin=sheet), now)
        case ChooseService(service), Services():
            return _to(visit, Printing(service, page), now)
        case Turn(sheet), Agencies() | Services():
            return _to(visit, replace(page, sheet=max(0, sheet)), now)
        case Back(), Services():
            return _to(visit, Agencies(page.origin), now)
        case StartOver(), Agencies() | Services() | Taken():
            return _home(visit, now, rules)
        case _:
            return visit


def _waited(visit: Visit, now: float, rules: Rules) -> Visit:
    end = ends(visit, rules)
    if end is not None and now >= end:
        return _home(visit, now, rules)
    page = visit.page
    if isinstance(page, Taken) and page.slip is Slip.COMING and now >= visit.since + PATIENCE:
        return replace(visit, page=replace(page, slip=Slip.FAILED))
    return visit


def _to(visit: Visit, page: Page, now: float) -> Visit:
    return replace(visit, page=page, since=now, steps=visit.steps + 1)


def _home(visit: Visit, now: float, rules: Rules) -> Visit:
    # Also out of Lost: the visitor has gone, and whoever comes next must not be given that ticket.
    return replace(_to(visit, Agencies() if visit.reachable else Lost(), now), language=rules.languages[0])


def _request(visit: Visit) -> str:
    return f"{visit.kiosk}.{visit.steps}"


def _asked(page: Page) -> Printing | None:
    return page if isinstance(page, Printing) else page.printing if isinstance(page, Lost) else None


def _waits_for(visit: Visit, request: str) -> bool:
    printing = _asked(visit.page)
    return printing is not None and printing.asked.request == request


def _slip(rules: Rules) -> Slip:
    return Slip.COMING if rules.paper else Slip.NONE
