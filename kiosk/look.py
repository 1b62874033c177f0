"""A look at the hall: what a visitor may know of it now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import msgspec

from hall import Hall, Refusal
from hall.catalogue import Catalogue
from hall.hours import minutes_to_doors
from hall.printers import PrinterState
from hall.waiting import Estimate

Find = Callable[[str, str, int], Sequence[str]]
"""Words, language, how many at most -> services, the best first."""


def nothing(_words: str, _language: str, _most: int) -> Sequence[str]:
    """Finds nothing: a kiosk whose search is not there yet."""
    return ()


class Look(msgspec.Struct, frozen=True):
    """What the clerk saw of the hall at one moment."""

    at: datetime
    """The hall's own time."""
    catalogue: Catalogue
    refusals: Mapping[str, Refusal]
    """Service -> why no ticket can be had; absent when one can."""
    waiting: Mapping[str, int]
    """Service -> people waiting."""
    estimates: Mapping[str, Estimate] = {}
    """Service -> the wait of who comes now; absent when nothing can be told."""
    popular: Sequence[str] = ()
    """Services, the one most taken at this hour first."""
    find: Find = nothing
    paper: bool = True
    """Whether the printer of this kiosk can print, as far as is known."""
    printers: Sequence[PrinterState] = ()
    bookings: bool = False
    """Whether anybody has booked for today."""

    @property
    def minutes_to_doors(self) -> int | None:
        """Until the hall gives its first ticket again today; None when it is open, or does not open again today."""
        return minutes_to_doors(map(self.refusals.get, self.catalogue.services), self.at)


class Watch:
    """Looks at one hall again and again; what is dear to make is kept while it holds."""

    def __init__(self, hall: Hall, printer: str | None, *, search: bool = True) -> None:
        self._hall = hall
        self._printer = printer
        self._search = search
        self._catalogue: Catalogue | None = None
        self._find: Find = nothing
        self._minute: datetime | None = None
        self._popular: Sequence[str] = ()

    def look(self) -> Look:
        """The hall at this moment. Refusal no_catalogue."""
        hall = self._hall
        now, catalogue = hall.now(), hall.catalogue
        if catalogue is not self._catalogue:
            self._catalogue, self._find = catalogue, _finder(catalogue) if self._search else nothing
        if self._minute != (minute := now.replace(second=0, microsecond=0)):
            self._minute, self._popular = minute, hall.popular()
        # A printer nobody has heard of yet is believed in: the slip itself tells the truth.
        printers = hall.printers()
        return Look(
            now,
            catalogue,
            hall.refusals(),
            hall.waiting(),
            hall.estimates(),
            popular=self._popular,
            find=self._find,
            paper=next((one.prints for one in printers if one.name == self._printer), True),
            printers=printers,
            bookings=hall.takes_bookings(),
        )


def _finder(catalogue: Catalogue) -> Find:
    from hall.search import Index

    index = Index.of(catalogue)

    def find(words: str, language: str, most: int) -> Sequence[str]:
        return [one.service for one in index.find(words, language, most)]

    return find
