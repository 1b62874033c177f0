"""How long it will take: an honest range, or nothing when no counter is open. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hall.tickets import Ticket, TicketId

ENOUGH = 5
"""Services finished today before their own pace is believed over the catalogue's."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A wait in whole minutes, from ... to."""

    low: int
    high: int


def pace(finished: Sequence[float], usual: int) -> float:
    """Minutes one visitor takes: the median of those finished lately, or what the catalogue says."""
    return max(0.5, sorted(finished)[len(finished) // 2]) if len(finished) >= ENOUGH else float(usual)


def estimate(ahead: int, counters: int, minutes: float) -> Estimate | None:
    """The range until a visitor with `ahead` people before is called by one of `counters`, each taking `minutes`.

    None when no counter is open. The likely wait is what the people ahead take, shared by the counters, plus the rest
    of a service under way (on average half of one). Serving times scatter widely, so the range is 0.6 to 1.5 of it,
    and beyond 10 minutes its ends are rounded to 5: a finer number would claim to know more.
    """
    if counters < 1:
        return None
    likely = (ahead * minutes + minutes / 2) / counters
    low, high = math.floor(likely * 0.6), math.ceil(likely * 1.5)
    if high > 10:
        low, high = low // 5 * 5, math.ceil(high / 5) * 5
    return Estimate(low, max(high, low + 1))


def people_ahead(line: Iterable[tuple[TicketId, str]], lines: Mapping[str, tuple[str, ...]]) -> dict[TicketId, int]:
    """Of everybody in the line (id and service, in the order of calling): how many will be called before.

    `lines` are the services that wait for the same counters, by service (`Catalogue.lines`). One pass: the thousandth
    costs as much as the first.
    """
    groups = {group: place for place, group in enumerate(dict.fromkeys(map(frozenset, lines.values())))}
    own = {service: groups[frozenset(group)] for service, group in lines.items()}
    joined = {service: [place for group, place in groups.items() if service in group] for service in lines}
    before = [0] * len(groups)
    strangers: Counter[str] = Counter()
    ahead = {}
    for ticket, service in line:
        if service not in own:  # it has left the catalogue
            ahead[ticket] = strangers[service]
            strangers[service] += 1
            continue
        ahead[ticket] = before[own[service]]
        for place in joined[service]:
            before[place] += 1
    return ahead


@dataclass(frozen=True)
class Pulse:
    """How the followed tickets of a hall stand at one moment: read in one go, however many they are."""

    sequence: int
    at: datetime
    tickets: Mapping[TicketId, Ticket]
    """Those to which something happened, or all that were asked for."""
    ahead: Mapping[TicketId, int]
    """Of everybody who waits, followed or not."""
    counters: Mapping[str, int]
    """Service -> how many open counters offer it."""
    minutes: Mapping[str, float]
    """Service of an open counter -> how long a visitor takes."""

    def place(self, ticket: Ticket) -> tuple[int, int, float]:
        """Of a ticket that waits: people ahead, open counters, minutes a visitor takes; what `estimate` wants."""
        counters = self.counters.get(ticket.service, 0)
        return self.ahead.get(ticket.id, 0), counters, self.minutes[ticket.service] if counters else 0.0
