"""The visit machine: which page the kiosk shows, and what each tap, answer and tick makes of it. Pure.

What a page looks like stands in `kiosk.views`, who talks to the hall in `kiosk.clerk`. Times are steady seconds.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from kiosk.pages import (
    Adapt,
    Agencies,
    Another,
    Answer,
    Asking,
    Back,
    CheckIn,
    ChooseAgency,
    Chooser,
    ChooseService,
    Corner,
    Door,
    Ease,
    Easier,
    Enter,
    Erase,
    Event,
    HallFound,
    HallLost,
    Issued,
    Lost,
    OpenCheckIn,
    OpenEasier,
    Opening,
    OpenSearch,
    Page,
    PinRight,
    PinWrong,
    Printing,
    Refused,
    Saver,
    Scanned,
    Search,
    Services,
    Slip,
    SlipTold,
    Speak,
    StartOver,
    Switch,
    Taken,
    Tap,
    Tick,
    Told,
    ToStart,
    Touch,
    Turn,
    Type,
    Wish,
    Workshop,
)

SETTLING = 0.4
"""Seconds after a change of page in which taps do nothing.

The second half of a double tap must not choose what came under the finger."""
WARNING = 30.0
"""The last seconds of waiting are counted down where the visitor can see and hear them (WCAG 2.2.1 asks 20)."""
LAST = 10.0
"""The last seconds of the ticket page that are counted down."""
PATIENCE = 8.0
"""Seconds a slip may take before the visitor is told to photograph the screen instead (tap to paper is under 0.1 s)."""
READING = 180.0
"""Seconds for which a ticket that is still being read out keeps its page, at the most."""
LONGEST = 64
"""Letters that can be typed."""
KNOCKS, KNOCKING = 7, 4.0
"""So many touches of the hidden corner, within so many seconds, lead to the technician's door."""


def always(_service: str) -> bool:
    """Asks everybody about priority."""
    return True


class Rules(msgspec.Struct, frozen=True):
    """What the hall and the settings say about a visit."""

    languages: tuple[str, ...]
    """The first is the hall's own."""
    idle_seconds: float = 60
    """Without a touch, after which the countdown of WARNING seconds begins."""
    ticket_seconds: float = 20
    saver_seconds: float = 0
    """On an untouched start page, after which the pictures come; 0: never."""
    saver_turn: float = 20
    paper: bool = True
    bookings: bool = False
    door: bool = False
    """Whether there is a PIN for a technician."""
    asks: Callable[[str], bool] = always
    """Service -> whether being called earlier could make a difference there now."""


class Visit(msgspec.Struct, frozen=True):
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
    eased: frozenset[Ease] = frozenset()
    knocks: tuple[float, ...] = ()
    shut_until: float = 0.0
    """From when on the technician's door takes another PIN."""


def begin(rules: Rules, now: float, kiosk: str) -> Visit:
    """The kiosk before the hall has answered for the first time."""
    return Visit(Opening(), rules.languages[0], now, now, kiosk)


def step(visit: Visit, event: Event, now: float, rules: Rules) -> Visit:
    """The visit after an event."""
    page = visit.page
    match event:
        case Touch():
            visit = replace(visit, touched=now)
            return _home(visit, now, rules) if isinstance(page, Saver) else visit
        case Tick():
            return _waited(visit, now, rules)
        case HallLost():
            visit = replace(visit, reachable=False)
            kept = isinstance(page, Lost | Taken | Door | Workshop) or _behind(page, Taken)
            return visit if kept else _to(visit, Lost(_asked(page)), now)
        case HallFound():
            visit = replace(visit, reachable=True)
            return _home(visit, now, rules) if isinstance(page, Opening) or page == Lost() else visit
        case Issued(request, ticket):
            return _to(visit, Taken(ticket, _slip(rules)), now) if _waits_for(visit, request) else visit
        case Refused(request, refusal):
            printing = _asked(page)
            if printing is None or not _waits_for(visit, request):
                return visit
            return _to(visit, replace(printing.asked, refusal=refusal), now)
        case SlipTold(ticket, slip):
            return replace(visit, page=_told(page, ticket, slip))
        case PinRight():
            return _to(visit, Workshop(), now) if isinstance(page, Door) else visit
        case PinWrong(wait):
            visit = replace(visit, shut_until=now + wait)
            if not isinstance(page, Door):
                return visit
            return replace(visit, page=Door(wrong=True, shut_until=now + wait), touched=now)
        case Told(text):
            return replace(visit, page=Workshop(text)) if isinstance(page, Workshop) else visit
        case Scanned(code):
            return _scanned(replace(visit, touched=now), code, now, rules)
        case _:
            settled = now - visit.since >= SETTLING or isinstance(event, Type | Erase | Switch | Corner | Adapt)
            return _tapped(replace(visit, touched=now), event, now, rules) if settled else visit


def wanted(visit: Visit) -> Wish | None:
    """The ticket the hall should be asked for now, again and again with the same request, until it answers."""
    printing = _asked(visit.page)
    return printing.wish if printing else None


def fresh(visit: Visit, rules: Rules) -> bool:
    """Whether the screen is as the next visitor should find it."""
    return visit.language == rules.languages[0] and not visit.eased and visit.page in (Agencies(), Lost())


def ends(visit: Visit, rules: Rules) -> float | None:
    """When this visit ends by itself; None when there is nothing to end."""
    idle = rules.idle_seconds + WARNING
    match visit.page:
        case Taken():
            # Who listens hears the whole ticket twice before it closes.
            patience = rules.ticket_seconds * (3 if Ease.SPEECH in visit.eased else 1)
            return max(visit.since, visit.touched) + patience
        case Printing() | Opening() | Saver():
            return None
        case Agencies() | Lost() if fresh(visit, rules):
            return None
        case _:
            return visit.touched + idle


def warning(visit: Visit) -> float:
    """How many of the last seconds are counted down."""
    return LAST if isinstance(visit.page, Taken) else WARNING


def remaining(visit: Visit, rules: Rules, now: float) -> int:
    """Whole seconds to count down where the visitor can see them; 0: nothing to count."""
    end = ends(visit, rules)
    left = 0.0 if end is None else end - now
    return round(left + 0.49) if 0 < left <= warning(visit) else 0


def wakes(visit: Visit, rules: Rules, now: float) -> float | None:
    """Seconds until a Tick can change anything that is seen; None: only an event can."""
    moments = []
    end = ends(visit, rules)
    if end is not None:
        left, last = end - now, warning(visit)
        moments.append(left - last if left > last else left % 1 or min(left, 1.0))
    match visit.page:
        case Taken(slip=Slip.COMING):
            moments.append(visit.since + PATIENCE - now)
        case Agencies() if rules.saver_seconds and fresh(visit, rules):
            moments.append(max(visit.touched, visit.since) + rules.saver_seconds - now)
        case Saver():
            moments.append(rules.saver_turn - (now - visit.since) % rules.saver_turn)
        case Door(shut_until=until) if until > now:
            moments.append((until - now) % 1 or 1.0)
        case _:
            pass
    return max(0.0, min(moments)) if moments else None


def _tapped(visit: Visit, tap: Tap, now: float, rules: Rules) -> Visit:
    page = visit.page
    match tap, page:
        case Speak(language), _ if language in rules.languages:
            return replace(visit, language=language)
        case Adapt(ease), _ if not isinstance(page, Opening | Door | Workshop):
            return replace(visit, eased=visit.eased ^ {ease})
        case OpenEasier(), Agencies() | Services() | Search() | CheckIn() | Asking() | Taken():
            return _to(visit, Easier(page), now)
        case OpenEasier() | Back(), Easier(behind):
            return _to(visit, behind, now)
        case ChooseAgency(agency), Agencies(sheet):
            return _to(visit, Services(agency, origin=sheet), now)
        case OpenSearch(), Agencies(sheet):
            return _to(visit, Search(origin=sheet), now)
        case OpenCheckIn(), Agencies(sheet) if rules.bookings:
            return _to(visit, CheckIn(origin=sheet), now)
        case ChooseService(service), Agencies() | Services() | Search() | CheckIn():
            plain = _clear(page)
            if rules.asks(service):
                return _to(visit, Asking(service, plain), now)
            return _to(visit, Printing(Wish(_request(visit), service), plain), now)
        case Answer(priority), Asking(service, asked):
            return _to(visit, Printing(Wish(_request(visit), service, priority or None), asked), now)
        case Type(letter), (Search() | CheckIn()) as field if len(field.typed) < LONGEST:
            return replace(visit, page=_typed(field, field.typed + letter))
        case Erase(), (Search() | CheckIn()) as field:
            return replace(visit, page=_typed(field, field.typed[:-1]))
        case Switch(), Search(board=board):
            return replace(visit, page=replace(page, board=board + 1))
        case Enter(), CheckIn(typed) if typed.strip():
            return _to(visit, Printing(Wish(_request(visit), booking=typed), _clear(page)), now)
        case Type(letter), Door(typed, checking=False, shut_until=until) if now >= until and len(typed) < LONGEST:
            return replace(visit, page=Door(typed + letter))
        case Erase(), Door(typed, checking=False):
            return replace(visit, page=replace(page, typed=typed[:-1]))
        case Enter(), Door(typed, checking=False) if typed:
            return replace(visit, page=replace(page, checking=True))
        case Turn(sheet), Agencies() | Services() | Search():
            return _to(visit, replace(page, sheet=max(0, sheet)), now)
        case Back(), Services() | Search() | CheckIn():
            return _to(visit, Agencies(page.origin), now)
        case Back(), Asking(asked=asked):
            return _to(visit, asked, now)
        case ToStart(), Agencies() | Services() | Search() | CheckIn() | Asking() | Easier():
            return _to(visit, Agencies(), now)
        case Another() | ToStart(), Taken():
            return _to(visit, Agencies() if visit.reachable else Lost(), now)
        case StartOver(), _ if not isinstance(page, Opening | Printing | Lost | Saver):
            return _home(visit, now, rules)
        case Corner(), _ if rules.door and not isinstance(page, Printing | Door | Workshop):
            return _knocked(visit, now)
        case _:
            return visit


def _scanned(visit: Visit, code: str, now: float, rules: Rules) -> Visit:
    """A booking can be held under the scanner on any page of a visit that has not led to a ticket yet."""
    page = visit.page.behind if isinstance(visit.page, Easier) else visit.page
    if not rules.bookings or not visit.reachable or isinstance(page, Opening | Printing | Lost | Door | Workshop):
        return visit
    asked = CheckIn(origin=page.sheet if isinstance(page, Agencies) else 0)
    return _to(visit, Printing(Wish(_request(visit), booking=code), asked), now)


def _knocked(visit: Visit, now: float) -> Visit:
    knocks = (*(one for one in visit.knocks if now - one < KNOCKING), now)
    if len(knocks) < KNOCKS:
        return replace(visit, knocks=knocks)
    return _to(replace(visit, knocks=()), Door(shut_until=visit.shut_until), now)


def _waited(visit: Visit, now: float, rules: Rules) -> Visit:
    end = ends(visit, rules)
    if end is not None and now >= end:
        return _home(visit, now, rules)
    page = visit.page
    if isinstance(page, Taken) and page.slip is Slip.COMING and now >= visit.since + PATIENCE:
        return replace(visit, page=replace(page, slip=Slip.FAILED))
    untouched = now - max(visit.touched, visit.since)
    if rules.saver_seconds and page == Agencies() and fresh(visit, rules) and untouched >= rules.saver_seconds:
        return _to(visit, Saver(), now)
    return visit


def _to(visit: Visit, page: Page, now: float) -> Visit:
    return replace(visit, page=page, since=now, steps=visit.steps + 1)


def _home(visit: Visit, now: float, rules: Rules) -> Visit:
    # Also out of Lost: the visitor has gone, and whoever comes next must not be given that ticket.
    home = _to(visit, Agencies() if visit.reachable else Lost(), now)
    return replace(home, language=rules.languages[0], eased=frozenset(), knocks=())


def _request(visit: Visit) -> str:
    return f"{visit.kiosk}.{visit.steps}"


def _asked(page: Page) -> Printing | None:
    return page if isinstance(page, Printing) else page.printing if isinstance(page, Lost) else None


def _waits_for(visit: Visit, request: str) -> bool:
    wish = wanted(visit)
    return wish is not None and wish.request == request


def _slip(rules: Rules) -> Slip:
    return Slip.COMING if rules.paper else Slip.NONE


def _told(page: Page, ticket: int, slip: Slip) -> Page:
    match page:
        case Taken() if page.ticket.id == ticket:
            return replace(page, slip=slip)
        case Easier(Taken() as taken) if taken.ticket.id == ticket:
            return Easier(replace(taken, slip=slip))
        case _:
            return page


def _behind(page: Page, kind: type[Page]) -> bool:
    return isinstance(page, Easier) and isinstance(page.behind, kind)


def _clear(page: Chooser) -> Chooser:
    return replace(page, refusal=None)


def _typed(page: Search | CheckIn, typed: str) -> Search | CheckIn:
    if isinstance(page, Search):
        return replace(page, typed=typed, sheet=0, refusal=None)
    return replace(page, typed=typed, refusal=None)
