"""What the voice must know, out of the hall's journal: new calls, and tickets that need none any more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

from display.announcements import Call, News, Over
from hall import Hall
from hall.journal import Event
from hall.tickets import Deed

CALLS = frozenset({Deed.CALL, Deed.RECALL, Deed.RESUME})
"""Events that send for a visitor."""
BACKLOG = 500
"""Events a loudspeaker that starts looks back at: more than a hall makes in the time in which a call is still said."""
RESTART = timedelta(seconds=10)
"""A loudspeaker that starts says no call older than this, which is what a restart takes: others may have been heard."""
ENDS = frozenset({Deed.SERVE, Deed.NO_SHOW, Deed.PARK, Deed.TRANSFER, Deed.FINISH, Deed.CANCEL, Deed.EXPIRE})
"""Events after which nobody need come to the counter any more."""


class Hearing:
    """Follows the journal for the zones of one loudspeaker (none: the whole hall) and tells each event once.

    The first look tells only what is younger than a restart. From there on, be the hall lost in between, it goes on
    from the last event it knows; what is too old to be said, the announcements know.
    """

    def __init__(self, zones: Sequence[str], tell: Callable[[list[News]], None]) -> None:
        self._zones = zones
        self._tell = tell
        self._after: int | None = None

    def __call__(self, hall: Hall) -> None:
        """Tell what is new. Fault: nothing was told, and the next look tells it."""
        sequence = hall.sequence()
        after = max(0, sequence - BACKLOG) if self._after is None else self._after
        if sequence > after:
            events = hall.events(after)
            fresh = [event for event in events if self._after is not None or hall.now() - event.at <= RESTART]
            news = [one for event in fresh for one in self._news(hall, event)]
            sequence = events[-1].sequence
            if news:
                self._tell(news)
        self._after = sequence  # a lower one than before is another queue, or one restored from a backup

    def _news(self, hall: Hall, event: Event) -> Iterator[News]:
        if event.ticket is None or event.number is None:  # no ticket's, or of one that is no longer kept
            return
        if event.kind in ENDS:
            yield Over(event.ticket)
        elif event.kind in CALLS:
            catalogue = hall.catalogue
            desk = catalogue.counters.get(event.counter or "")
            if self._zones and (desk is None or desk.zone not in self._zones):
                return
            yield Call(
                event.sequence,
                event.ticket,
                event.number,
                event.counter or "",
                catalogue.zones[desk.zone].name if desk else {},
                tuple(dict.fromkeys((hall.ticket(event.ticket).language, catalogue.languages[0]))),
                event.at,
            )
