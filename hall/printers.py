"""The printers as the hall knows them: what is wrong with each, since when, and how much of its roll is gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from assets.words import N_
from hall.errors import Refusal
from hall.journal import Happening

if TYPE_CHECKING:
    from hall.act import Act

UNHEARD_SECONDS = 90
"""A printer of which its room has said nothing for so long is not served by anybody: rooms speak every 15 s, and are
silent for a minute at the most, while a slip is printed."""


class Trouble(StrEnum):
    """What can be wrong with a printer, the worst first."""

    UNATTENDED = "unattended"
    """No printer room serves it: nothing can be known of it."""
    UNREACHABLE = "unreachable"
    SILENT = "silent"
    """It answered before and does not any more, or stopped taking bytes in the middle of a slip."""
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    CUTTER = "cutter"
    OVERHEATED = "overheated"
    PRINTER_ERROR = "printer_error"
    OFFLINE = "offline"
    PAPER_LOW = "paper_low"
    """Its own sensor says so."""
    ROLL_LOW = "roll_low"
    """By the millimetres printed on this roll."""


WARNINGS = frozenset({Trouble.PAPER_LOW, Trouble.ROLL_LOW})
"""Troubles in which a printer still prints."""

SENTENCES = {
    Trouble.UNATTENDED: N_("Nobody serves this printer: start its printer room"),
    Trouble.UNREACHABLE: N_("Cannot be reached: check power and cable"),
    Trouble.SILENT: N_("Does not answer any more: switch it off and on"),
    Trouble.PAPER_OUT: N_("Out of paper"),
    Trouble.COVER_OPEN: N_("Cover is open"),
    Trouble.CUTTER: N_("The cutter is jammed"),
    Trouble.OVERHEATED: N_("Too hot: it goes on by itself once it has cooled down"),
    Trouble.PRINTER_ERROR: N_("Reports an error: switch it off and on"),
    Trouble.OFFLINE: N_("Switched offline"),
    Trouble.PAPER_LOW: N_("Paper is nearly used up"),
    Trouble.ROLL_LOW: N_("Paper is nearly used up, by the length printed"),
}
"""What each means, for staff."""


@dataclass(frozen=True, slots=True)
class PrinterState:
    """A printer at one moment."""

    name: str
    device: str
    """What kind of device and where, such as "network 192.0.2.10:9100"."""
    troubles: Mapping[Trouble, datetime]
    """Each trouble, and since when."""
    heard_at: datetime
    """When its room last said anything."""
    rolled_mm: int
    """Millimetres printed since the roll was new."""

    @property
    def prints(self) -> bool:
        """Whether a slip would come out of it now."""
        return set(self.troubles) <= WARNINGS


def seen(printer: PrinterState, now: datetime) -> PrinterState:
    """How a printer stands now: what is said of one that nobody serves is out of date."""
    if now - printer.heard_at <= timedelta(seconds=UNHEARD_SECONDS):
        return printer
    return replace(printer, troubles={Trouble.UNATTENDED: printer.heard_at})


def report(act: Act, name: str, device: str, troubles: frozenset[Trouble]) -> None:
    """What its room found; into the journal when it differs from before. Paper that is back is a new roll."""
    before = act.storage.printer(name)
    known = before.troubles if before else {}
    if Trouble.PAPER_OUT in known and troubles & {Trouble.UNREACHABLE, Trouble.SILENT}:
        troubles |= {Trouble.PAPER_OUT}  # who changes a roll often switches the printer off for it
    since = {trouble: known.get(trouble, act.now) for trouble in Trouble if trouble in troubles}
    refilled = Trouble.PAPER_OUT in known and Trouble.PAPER_OUT not in troubles
    rolled = 0 if before is None or refilled else before.rolled_mm
    if refilled:
        since.pop(Trouble.ROLL_LOW, None)
    act.storage.printer_stands(PrinterState(name, device, since, act.now, rolled))
    if before is None or set(known) != set(since):
        act.record(Happening.PRINTER, printer=name, troubles=list(since))


def printed(act: Act, name: str, millimetres: int) -> None:
    """So much of the roll is gone."""
    before = act.storage.printer(name)
    if before is not None:
        act.storage.printer_stands(replace(before, rolled_mm=before.rolled_mm + millimetres))


def new_roll(act: Act, name: str, staff: str | None) -> None:
    """Somebody put in a full roll. Refusal unknown_printer."""
    before = act.storage.printer(name)
    if before is None:
        raise Refusal("unknown_printer", printer=name)
    left = dict(before.troubles)
    left.pop(Trouble.ROLL_LOW, None)
    act.storage.printer_stands(replace(before, troubles=left, rolled_mm=0))
    act.record(Happening.ROLL, staff=staff, printer=name)
