"""A look at the hall: what a visitor may know of it now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hall import Hall, Refusal
from hall.catalogue import Catalogue
from hall.waiting import Estimate

Find = Callable[[str, str, int], Sequence[str]]
"""Words, language, how many at most -> services, the best first."""


def nothing(_words: str, _language: str, _most: int) -> Sequence[str]:
    """Finds nothing: a kiosk whose search is not there yet."""
    return ()


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
    """Service -> the wait of who comes now; absent when nothing can be told."""
    popular: Sequence[str] = ()
    """Services, the one most taken at this hour first."""
    find: Find = nothing
    paper: bool = True
    """Whether the printer of this kiosk can print, as far as is known."""


def look(hall: Hall) -> Look:
    """The hall at this moment. Refusal no_catalogue."""
    return Look(hall.now(), hall.catalogue, hall.refusals(), hall.waiting())
