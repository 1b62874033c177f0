"""One look at a hall for a call-board, be it a window or a page: the calls since the last look, and how it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from hall.board import Board
from hall.errors import Refusal
from hall.face import UNKNOWN, Choice, Face, Way
from hall.hall import Hall
from hall.presence import spaced


def read(hall: Hall, zones: Sequence[str], last: Board | None, first: timedelta) -> Board:
    """The hall's board with every call since the last one; without one, with every call that is not older than `first`.

    A hall with no catalogue has called nobody. Fault; Refusal unknown_zone.
    """
    try:
        if last is None:
            return hall.board(*zones, since=hall.now() - first)
        return hall.board(*zones, after=last.sequence)
    except Refusal as refusal:
        if refusal.code != "no_catalogue":
            raise
        return Board(hall.sequence(), hall.now(), ())


def describe(hall: Hall, zones: Sequence[str], choice: Choice) -> Face:
    """The hall's names and how it stands, as far as the board shows it. Fault; Refusal unknown_zone."""
    try:
        catalogue = hall.catalogue
        rest = hall.rest(*zones)
    except Refusal as refusal:
        if refusal.code != "no_catalogue":
            raise
        return UNKNOWN
    waiting: Counter[str] = Counter()
    if choice.waiting or rest:
        for service, count in hall.waiting().items():
            if not zones or any(zone.code in zones for zone in catalogue.zones_of(service)):
                waiting[catalogue.service(service).agency] += count
    return Face(
        name={**catalogue.name, **choice.name},
        agencies={agency.code: agency.name for agency in catalogue.agencies},
        languages=catalogue.languages,
        timezone=catalogue.timezone,
        zones=tuple(catalogue.zones[zone].name for zone in zones),
        short={agency.code: agency.short for agency in catalogue.agencies if agency.short},
        ways={
            code: Way(str(desk.arrow or ""), desk.area)
            for code, desk in catalogue.counters.items()
            if desk.arrow or desk.area
        },
        rest=rest,
        waiting=tuple(waiting.most_common()),
        messages=tuple(one.texts for one in hall.messages.running()),
        next_up=tuple(hall.next_up(*zones, most=2 * choice.lines)) if choice.next_up else (),
        join_code=spaced(hall.join_code()) if choice.join else "",
    )
