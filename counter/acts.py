"""What staff can do at a counter, with which key, and how each is done in the hall. Blocking; knows no HTTP."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from assets.words import N_
from hall import Hall, Refusal, Ticket
from hall.floor import Stand
from hall.tickets import TicketId, TicketState, read_number

LATE = 120.0
"""Seconds after the press in which an act is still what the hall needs."""
LONGEST_REASON = 60
"""Letters of an own reason: it stands on one line of every screen that shows it."""


class Act(StrEnum):
    """One act; also the last part of its address."""

    NEXT = "next"
    RECALL = "recall"
    SERVE = "serve"
    PARK = "park"
    NO_SHOW = "no-show"
    FINISH = "finish"
    TRANSFER = "transfer"
    CALL = "call"
    RESUME = "resume"
    READMIT = "readmit"
    ADD = "add-service"
    ISSUE = "issue"
    PRIORITY = "priority"
    REPRINT = "reprint"
    PAUSE = "pause"
    CONTINUE = "continue"
    CLOSE = "close"
    """Leave the counter: a page of its own, so not done here."""


class Keys(NamedTuple):
    """The keys of an act."""

    board: str
    """On the upper part of a keyboard: none that a browser needs to reload, fill the screen or look into a page."""
    pad: str
    """On the numeric keypad, or the same sign elsewhere."""


KEYS = {
    Act.NEXT: Keys("Enter", "Enter"),
    Act.RECALL: Keys("F2", "+"),
    Act.SERVE: Keys("F4", "*"),
    Act.PARK: Keys("F7", "."),
    Act.NO_SHOW: Keys("F8", "-"),
    Act.FINISH: Keys("F9", "/"),
    Act.TRANSFER: Keys("F10", "1"),
    Act.CALL: Keys("2", "2"),
    Act.RESUME: Keys("3", "3"),
    Act.READMIT: Keys("4", "4"),
    Act.ADD: Keys("5", "5"),
    Act.ISSUE: Keys("6", "6"),
    Act.PRIORITY: Keys("7", "7"),
    Act.REPRINT: Keys("8", "8"),
    Act.CLOSE: Keys("9", "9"),
    Act.PAUSE: Keys("0", "0"),
    Act.CONTINUE: Keys("0", "0"),
}
"""The keys of each act; of `continue` Enter too, while it is the big one."""

LABELS = {
    Act.NEXT: N_("Next"),
    Act.RECALL: N_("Call again"),
    Act.SERVE: N_("Visitor is here"),
    Act.PARK: N_("Hold"),
    Act.NO_SHOW: N_("No-show"),
    Act.FINISH: N_("Finish"),
    Act.TRANSFER: N_("Send on"),
    Act.CALL: N_("Call a number"),
    Act.RESUME: N_("Call back"),
    Act.READMIT: N_("Came after all"),
    Act.ADD: N_("Add a service"),
    Act.ISSUE: N_("New ticket"),
    Act.PRIORITY: N_("Priority"),
    Act.REPRINT: N_("Print again"),
    Act.CLOSE: N_("Close counter"),
    Act.PAUSE: N_("Pause"),
    Act.CONTINUE: N_("Continue"),
}
"""What stands on the button of each act."""

REASONS = (N_("Short break"), N_("Prayer"), N_("Meeting"), N_("Paperwork"), N_("Technical problem"))
"""Why a counter pauses. The hall keeps the English text; each screen shows it in its reader's language."""

NOBODY = N_("Nobody is waiting.")
GIVEN = N_("Ticket {number} was given.")
SENT_ON = N_("Ticket {number} was sent on.")
COPIED = N_("A copy of ticket {number} is being printed.")
BACK = N_("Ticket {number} is back in the line.")
CORRECTED = N_("The priority of ticket {number} was corrected.")


class OutOfDate(Exception):  # noqa: N818 - not an error
    """The page believed in another ticket in hand than the counter has."""


class TooLate(Exception):  # noqa: N818 - not an error
    """The act arrived so long after it was pressed that it is only asked after, and it was not done."""


@dataclass(frozen=True)
class Done:
    """What came of an act: a sentence where the page does not show it by itself."""

    said: str = ""
    number: str = ""


class Deed:
    """One act at a counter, as a page asked for it.

    `fields`: `ticket` is the ticket in hand the page believes in; `request_id` makes a press that is sent twice count
    once; `pressed` is when that was, in milliseconds of the hall's clock, as the page knew it: a network or a laptop
    that slept may deliver an act long after anybody wants it; the others are those of the act's own form.
    """

    def __init__(self, hall: Hall, counter: str, staff: str, fields: Mapping[str, str]) -> None:
        self._hall = hall
        self._counter = counter
        self._fields = fields
        self._request = fields.get("request_id", "")
        self._by: dict[str, Any] = {"staff": staff, "request_id": self._request}
        self._believed = _id(fields.get("ticket", ""))
        self._again = bool(self._request) and hall.was_done(self._request)

    def do(self, act: Act) -> Done:
        """Do it, once. Raises OutOfDate, TooLate; Refusal and Fault of the hall."""
        if not self._again and self._age > LATE:
            raise TooLate
        if act in _BY_HAND and not self._again:
            hand = self._hall.in_hand(self._counter)
            if self._believed != (hand.id if hand else None):
                raise OutOfDate
        return _DEEDS[act](self)

    @property
    def _age(self) -> float:
        """Seconds since the press; 0 where a page does not say."""
        pressed = _number(self._fields.get("pressed", ""))
        return 0.0 if pressed is None else self._hall.now().timestamp() - pressed / 1000

    def next(self) -> Done:
        called = self._hall.call_next(self._counter, **self._by)
        return Done() if called else Done(NOBODY)

    def recall(self) -> Done:
        return self._to_hand(self._hall.recall)

    def serve(self) -> Done:
        return self._to_hand(self._hall.serve)

    def no_show(self) -> Done:
        return self._to_hand(self._hall.no_show)

    def finish(self) -> Done:
        return self._to_hand(self._hall.finish)

    def park(self) -> Done:
        return self._to_hand(self._hall.park, note=self._fields.get("note") or None)

    def transfer(self) -> Done:
        kind, _, code = self._fields.get("place", "").partition(":")
        where = {kind: code} if kind in ("service", "counter") and code else {}
        return self._to_hand(self._hall.transfer, SENT_ON, **where)

    def call(self) -> Done:
        ticket = self._numbered(waiting=True)
        if ticket and (self._again or ticket.state is not TicketState.PARKED):
            self._hall.call(ticket.id, self._counter, **self._by)
        elif ticket:
            self._hall.resume(ticket.id, self._counter, **self._by)
        return Done()

    def resume(self) -> Done:
        parked = _id(self._fields.get("parked", ""))
        if parked is None or not (self._again or parked in [one.id for one in self._hall.parked(self._counter)]):
            raise OutOfDate
        self._hall.resume(parked, self._counter, **self._by)
        return Done()

    def readmit(self) -> Done:
        absent = _id(self._fields.get("absent", ""))
        if absent is None:
            raise OutOfDate
        return _said(BACK, self._hall.readmit(absent, **self._by))

    def add_service(self) -> Done:
        if self._believed is None:
            raise OutOfDate
        return _said(GIVEN, self._hall.add_service(self._believed, self._service(), **self._slip(), **self._by))

    def issue(self) -> Done:
        language, priority = (self._fields.get(name) or None for name in ("language", "priority"))
        return _said(GIVEN, self._hall.issue(self._service(), language, priority, **self._slip(), **self._by))

    def priority(self) -> Done:
        ticket = self._numbered()
        if ticket is None:
            return Done()
        need = self._fields.get("priority") or None
        return _said(CORRECTED, self._hall.correct_priority(ticket.id, need, **self._by))

    def reprint(self) -> Done:
        ticket = self._numbered()
        if ticket is None:
            return Done()
        printer = self._printer() or "main"
        self._hall.reprint(ticket.id, printer=printer, large="large" in self._fields, **self._by)
        return _said(COPIED, ticket)

    def pause(self) -> Done:
        own = " ".join(self._fields.get("own", "").split())[:LONGEST_REASON]
        given = self._fields.get("reason", "")
        self._hall.pause_counter(self._counter, reason=own or (given if given in REASONS else REASONS[0]), **self._by)
        return Done()

    def go_on(self) -> Done:
        self._hall.open_counter(self._counter, **self._by)
        return Done()

    def _to_hand(self, deed: Callable[..., Ticket], sentence: str = "", **more: Any) -> Done:
        """An act on the ticket the page believes in."""
        if self._believed is None:
            raise OutOfDate
        return _said(sentence, deed(self._believed, **more, **self._by))

    def _service(self) -> str:
        return self._fields.get("place", "").removeprefix("service:")

    def _slip(self) -> dict[str, Any]:
        return {"printer": self._printer(), "large": "large" in self._fields}

    def _printer(self) -> str | None:
        """The printer that was chosen; None for no slip. Refusal unknown_printer: nobody would ever take that job."""
        name = self._fields.get("printer") or None
        if name is not None:
            self._hall.printer(name)
        return name

    def _numbered(self, *, waiting: bool = False) -> Ticket | None:
        """The ticket whose number was typed, or the one in hand; None when it was done before with digits alone.

        Without letters it is looked for among the tickets that this counter may call. Refusal unknown_number,
        many_numbers (numbers).
        """
        written = self._fields.get("number", "").strip()
        if not written and self._believed is not None and not waiting:
            return self._hall.ticket(self._believed)
        known = read_number(written)
        if known is None or known[0]:
            return self._hall.ticket_numbered(written)
        if self._again:
            return None
        floor = self._hall.floor()
        mine = [*floor.line(self._counter, floor.now), *floor.at(Stand.PARKED, self._counter)]
        mine += () if waiting else floor.at(Stand.HAND, self._counter)
        found = [one for one in mine if one.count == known[1]]
        if not found:
            raise Refusal("unknown_number", number=written)
        if len(found) > 1:
            raise Refusal("many_numbers", numbers=", ".join(one.number for one in found))
        return found[0]


_DEEDS: dict[Act, Callable[[Deed], Done]] = {
    Act.NEXT: Deed.next,
    Act.RECALL: Deed.recall,
    Act.SERVE: Deed.serve,
    Act.PARK: Deed.park,
    Act.NO_SHOW: Deed.no_show,
    Act.FINISH: Deed.finish,
    Act.TRANSFER: Deed.transfer,
    Act.CALL: Deed.call,
    Act.RESUME: Deed.resume,
    Act.READMIT: Deed.readmit,
    Act.ADD: Deed.add_service,
    Act.ISSUE: Deed.issue,
    Act.PRIORITY: Deed.priority,
    Act.REPRINT: Deed.reprint,
    Act.PAUSE: Deed.pause,
    Act.CONTINUE: Deed.go_on,
}
DOABLE = frozenset(_DEEDS)
"""Those that are done at `/console/ACT`."""
_BY_HAND = frozenset(
    {
        Act.NEXT,
        Act.RECALL,
        Act.SERVE,
        Act.PARK,
        Act.NO_SHOW,
        Act.FINISH,
        Act.TRANSFER,
        Act.CALL,
        Act.RESUME,
        Act.ADD,
    }
)
"""Those that change or end the ticket in hand: not done when the page believes in another one."""


def _said(sentence: str, ticket: Ticket) -> Done:
    return Done(sentence, ticket.number)


def _id(written: str) -> TicketId | None:
    """The ticket a page names; None when it names none."""
    number = _number(written)
    return None if number is None else TicketId(number)


def _number(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 19 else None
