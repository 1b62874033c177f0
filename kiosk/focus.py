"""Where the focus goes when a screen is used by keys: from the places of the controls to the next one. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """Where a key moves the focus."""

    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"
    NEXT = "next"
    PREVIOUS = "previous"


@dataclass(frozen=True, slots=True)
class Control:
    """One thing on the screen that can be focused. Lengths in dots of the scene."""

    key: str
    """Its own name among all, which it keeps while the page is refreshed, in every language and layout."""
    left: float
    top: float
    width: float
    height: float
    what: str = ""
    which: str = ""
    """What it says to the visit when it is chosen."""
    name: str = ""
    explained: str = ""
    on: bool | None = None
    """Whether it is turned on; None: it is nothing to turn on."""
    open: bool = True
    """Whether it can be chosen; what cannot still tells why."""

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height


CHOICES = ("service", "agency", "answer", "adapt")
FIRST: Mapping[str, tuple[str, ...]] = {
    "search": ("type",),
    "check-in": ("type",),
    "door": ("type",),
    "ticket": ("start-over",),
}
"""Page -> what the focus looks for when it comes to it; of any other page, its choices."""


def first(controls: Sequence[Control], page: str) -> str:
    """Where the focus stands when it comes to a page; empty when there is nothing to focus."""
    wanted = FIRST.get(page, CHOICES)
    found = next((one for one in controls if one.what in wanted), None)
    # Where nothing is to be chosen: the language spoken now, which an Enter too many does not change.
    found = found or next((one for one in controls if one.what == "language" and one.on), None)
    return (found or controls[0]).key if controls else ""


def moved(controls: Sequence[Control], at: str, way: Way, *, listening: bool = False, mirrored: bool = False) -> str:
    """The control that a key leads to; `controls` are in the order of reading.

    Who sees goes by place; at the end of a line to the next line, from the last line to the first. Who only listens
    goes through all of them with left and right, as with next and previous, and by lines with up and down.
    """
    here = next((one for one in controls if one.key == at), None)
    if here is None:
        return controls[0].key if controls else ""
    others = [one for one in controls if one is not here]
    if not others:
        return at
    forward, back = (Way.LEFT, Way.RIGHT) if mirrored else (Way.RIGHT, Way.LEFT)
    match way:
        case Way.UP | Way.DOWN:
            return _across(here, others, down=way is Way.DOWN).key
        case Way.LEFT | Way.RIGHT if not listening and (beside := _beside(here, others, way)) is not None:
            return beside.key
        case _:
            place = controls.index(here)
            step = 1 if way in (forward, Way.NEXT) else -1 if way in (back, Way.PREVIOUS) else 0
            return controls[(place + step) % len(controls)].key


def _beside(here: Control, others: Sequence[Control], way: Way) -> Control | None:
    """The nearest in the same line."""
    right = way is Way.RIGHT
    line = [
        one
        for one in others
        if _overlap(one.top, one.bottom, here.top, here.bottom) > 0
        and (one.left >= here.right - 1 if right else one.right <= here.left + 1)
    ]
    return min(line, key=lambda one: (_aside(one, here), abs(_middle(one) - _middle(here))), default=None)


def _across(here: Control, others: Sequence[Control], *, down: bool) -> Control:
    """The nearest in the next line: straight on, unless another line lies between."""
    ahead = [one for one in others if (one.top >= here.bottom - 1 if down else one.bottom <= here.top + 1)]
    if not ahead:
        # The line at the other end of the screen; none when there is but one line.
        behind = [one for one in others if (one.bottom <= here.top + 1 if down else one.top >= here.bottom - 1)]
        if not behind:
            return here
        edge = min(one.top for one in behind) if down else max(one.bottom for one in behind)
        ahead = [one for one in behind if abs((one.top if down else one.bottom) - edge) <= 1]
    straight = [one for one in ahead if _overlap(one.left, one.right, here.left, here.right) > 0]
    if straight:
        nearest = min(straight, key=lambda one: (_away(one, here), -_shared(one, here), one.left))
        between = [one for one in ahead if (one.bottom <= nearest.top + 1 if down else one.top >= nearest.bottom - 1)]
        if not between:
            return nearest
        ahead = between
    return min(ahead, key=lambda one: (_away(one, here), _aside(one, here)))


def _overlap(low: float, high: float, other_low: float, other_high: float) -> float:
    """How much of two stretches is common, less a dot of rounding."""
    return min(high, other_high) - max(low, other_low) - 1


def _shared(one: Control, other: Control) -> float:
    return _overlap(one.left, one.right, other.left, other.right)


def _away(one: Control, other: Control) -> float:
    """How far one lies above or below the other."""
    return max(one.top - other.bottom, other.top - one.bottom, 0.0)


def _aside(one: Control, other: Control) -> float:
    """How far one lies to the side of the other."""
    return max(one.left - other.right, other.left - one.right, 0.0)


def _middle(one: Control) -> float:
    return one.top + one.height / 2
