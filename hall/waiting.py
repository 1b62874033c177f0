"""How long it will take: an honest range, or nothing when no counter is open. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

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
