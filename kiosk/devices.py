"""What the technician's page says of the devices. Pure."""

from __future__ import annotations

from typing import Any

from assets.words import N_, say
from hall.printers import SENTENCES, WARNINGS, PrinterState
from hall.printing import JobState
from kiosk.look import Look

_TESTED = {
    JobState.CONFIRMED: N_("The test page was printed."),
    JobState.SENT: N_("The test page was sent; this printer cannot say whether it came out."),
    JobState.FAILED: N_("The test page was not printed."),
}


def devices(look: Look | None, language: str, *, reachable: bool) -> list[dict[str, Any]]:
    """Each device: `icon`, `name`, `state` in words, and whether it is `well`."""
    queue = N_("The queue answers") if reachable else N_("The queue cannot be reached")
    lines = [_line("archive", say(language, N_("Queue")), say(language, queue), well=reachable)]
    return lines + [_printer(one, language) for one in (look.printers if look else ())]


def tested(state: JobState) -> str:
    """What became of a test page, to be translated."""
    return _TESTED.get(state, N_("Nobody knows whether the test page was printed."))


def _printer(printer: PrinterState, language: str) -> dict[str, Any]:
    troubles = ". ".join(say(language, SENTENCES[trouble]) for trouble in printer.troubles)
    name = say(language, N_("Printer {name}"), {"name": printer.name})
    well = set(printer.troubles) <= WARNINGS
    return _line("printing", name, troubles or say(language, N_("Prints")), well=well)


def _line(icon: str, name: str, state: str, *, well: bool) -> dict[str, Any]:
    return {"icon": icon, "name": name, "state": state, "well": well}
