"""The pause of a whole hall: for a while no ticket is given for any service. Those who have one are still called.

A pause with an end is over by the clock alone; the first act after it writes that into the journal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from hall.errors import Refusal
from hall.journal import Happening

if TYPE_CHECKING:
    from hall.act import Act


@dataclass(frozen=True, slots=True)
class HallPause:
    """Why the hall gives no tickets, since when and until when; without `until`, until it is opened again."""

    reason: str
    since: datetime
    until: datetime | None = None
    staff: str | None = None

    def holds(self, now: datetime) -> bool:
        """Whether it is not over yet."""
        return self.until is None or now < self.until

    def outlasts(self, closed: Refusal) -> bool:
        """Whether a service would give no ticket, for this pause, at the time its own hours let it again."""
        opens = closed.data.get("opens")
        return opens is not None and self.holds(opens)


def pause_hall(act: Act, reason: str, until: datetime | None, staff: str | None) -> HallPause:
    """No tickets from now on; of two pauses the newer one holds. Refusal pause_over (until)."""
    if until is not None:
        until = until.astimezone(act.now.tzinfo)
        if until <= act.now:
            raise Refusal("pause_over", until=until)
    pause = HallPause(reason, act.now, until, staff)
    act.storage.hall_paused(pause)
    ends = until.isoformat(timespec="minutes") if until else None
    act.record(Happening.HALL_PAUSE, staff=staff, reason=reason, until=ends)
    act.revise()
    return pause


def open_hall(act: Act, staff: str | None) -> None:
    """Tickets again; of a hall that is not paused nothing changes."""
    if act.pause is not None:
        _open(act, staff)


def tidy(act: Act) -> None:
    """Write down that a pause is over."""
    if act.standing.pause is not None and act.pause is None:
        _open(act, None)


def _open(act: Act, staff: str | None) -> None:
    act.storage.hall_resumed()
    act.record(Happening.HALL_OPEN, staff=staff)
    act.revise()
