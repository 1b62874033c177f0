"""The floor of the hall, read once for all consoles that look at it, and what they draw of it, drawn once.

Sixty consoles look whenever anything happens: each on its own would read and draw the same lines sixty times.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING

from counter.alarms import alarms
from hall import alarms as troubles
from hall.alarms import Alarm
from hall.floor import Floor
from hall.printers import PrinterState
from hall.printing import PrintJob

if TYPE_CHECKING:
    from counter.office import Office

FRESH = 5.0
"""Seconds for which a floor is believed while nothing happens: then parking and grace times may have ended."""
DRAWN = 2_000
"""Pieces of HTML that are kept; with more all are forgotten, for most are out of date."""


class Floors:
    """The newest floor of one hall."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._lock = threading.Lock()
        self._newest: Floor | None = None
        self._read_at = 0.0
        self._drawn: dict[Hashable, str] = {}
        self._alarms: dict[str, tuple[Hashable, tuple[str, ...]]] = {}
        self._troubles: tuple[float, list[Alarm]] | None = None
        self.printers: list[PrinterState] = []
        self.doubtful: list[PrintJob] = []
        """Slips that did not surely come out, as of the newest floor."""

    def read(self) -> Floor:
        """The floor as it is now. Blocking. Refusal no_catalogue, Fault."""
        with self._lock:
            hall = self._office.hall
            aged = time.monotonic() - self._read_at > FRESH
            if self._newest is None or aged or self._newest.sequence != hall.sequence():
                # The floor first: what is read after it is at least as new as its sequence says.
                newest = hall.floor(self._newest)
                self.printers, self.doubtful = hall.printers(), hall.slips_in_doubt()
                self._newest, self._read_at = newest, time.monotonic()
            return self._newest

    def alarms(self, language: str) -> tuple[str, ...]:
        """What staff at every counter should know of the paper now."""
        key = self._read_at, language
        if self._alarms.get(language, (None, ()))[0] != key:
            self._alarms[language] = key, alarms(self.printers, self.doubtful, language)
        return self._alarms[language][1]

    def troubles(self) -> list[Alarm]:
        """What managers should know of the hall, at most FRESH seconds old. Blocking. Refusal no_catalogue, Fault."""
        if self._troubles is None or time.monotonic() - self._troubles[0] > FRESH:
            hall = self._office.hall
            self._troubles = time.monotonic(), troubles.alarms(hall.overview(), hall.catalogue.rules)
        return self._troubles[1]

    def drawn(self, key: Hashable, draw: Callable[[], str]) -> str:
        """The HTML of a thing, drawn when it is asked for the first time."""
        found = self._drawn.get(key)
        if found is None:
            if len(self._drawn) >= DRAWN:
                self._drawn = {}
            found = self._drawn[key] = draw()
        return found
