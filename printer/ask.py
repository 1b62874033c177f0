"""What a technician asks of the printers: `python -m printer list | status | test | roll | find`, in plain words.

Exit status: 0 well, 1 refused, 3 a printer does not print, 130 interrupted.
"""

from __future__ import annotations

import argparse
import json
import selectors
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assets.words import N_, say, spoken
from hall import Fault, Hall, Refusal
from hall.printers import SENTENCES as TROUBLES
from hall.printers import WARNINGS, Trouble
from hall.printing import ENDS, SENTENCES, JobState
from hall.settings import PrinterSettings, Settings, load
from printer import template
from printer.desk import Desk
from printer.find import Found, find
from printer.worker import Worker

COMMANDS = ("list", "status", "test", "roll", "find")
TEST_SECONDS = 70.0
"""Longest wait for a test page: more than a job may take."""


def main(arguments: Sequence[str]) -> int:
    """One command."""
    parser = argparse.ArgumentParser(prog="python -m printer", description=__doc__)
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    try:
        if asked.command == "find":
            return _find(asked.names, as_json=asked.json)
        settings = load()
        printers = _named(settings, asked.names)
        with Hall.open(settings.hall, always_open=settings.always_open, create=False) as hall:
            return {"list": _list, "status": _status, "test": _test, "roll": _roll}[asked.command](
                hall, settings, printers, as_json=asked.json
            )
    except Refusal as refusal:
        sys.stderr.write(f"{refusal.said(spoken())}\n")
        return 1
    except Fault as fault:
        sys.stderr.write(f"{fault.said(spoken())}\n")
        return 3
    except KeyboardInterrupt:
        return 130


Printers = Mapping[str, PrinterSettings]


def _named(settings: Settings, names: Sequence[str]) -> Printers:
    """Those of the settings that were named, or all. Refusal unknown_printer."""
    for name in names:
        if name not in settings.printers:
            raise Refusal("unknown_printer", printer=name)
    return {name: one for name, one in settings.printers.items() if not names or name in names}


def _list(hall: Hall, settings: Settings, printers: Printers, *, as_json: bool) -> int:  # noqa: ARG001
    """As the hall knows them."""
    known = {one.name: one for one in hall.printers()}
    for name, one in printers.items():
        state = known.get(name)
        since = state.troubles if state else {Trouble.UNATTENDED: None}
        _tell(name, one, list(since), as_json=as_json)
    return 0


def _status(hall: Hall, settings: Settings, printers: Printers, *, as_json: bool) -> int:  # noqa: ARG001
    """Asked now, or, where the printer room has the printer in hand, as it found it last."""
    well = True
    for name, one in printers.items():
        troubles = _asked(hall, name, one)
        well = well and set(troubles) <= WARNINGS
        _tell(name, one, troubles, as_json=as_json)
    return 0 if well else 3


def _asked(hall: Hall, name: str, settings: PrinterSettings) -> list[Trouble]:
    hold = hall.hold(f"printer {name}")
    if hold is None:
        return list(hall.printer(name).troubles)
    worker = Worker(settings, hold)
    try:
        found = worker.look() or frozenset()
    finally:
        worker.close()
        hold.close()
    return [trouble for trouble in Trouble if trouble in found]


def _test(hall: Hall, settings: Settings, printers: Printers, *, as_json: bool) -> int:
    """A test page from each; from one that no room serves, by serving it ourselves for so long."""
    well = True
    for name, one in printers.items():
        job = hall.test_printer(name)
        desk = Desk(name, one, settings.counter.public_url, template.load(settings.slip))
        serving = threading.Thread(
            target=desk.serve,
            args=(lambda: Hall.open(settings.hall, always_open=settings.always_open, create=False),),
            kwargs={"once": True},
        )
        serving.start()
        try:
            ended = _wait(hall, job.id)
        finally:
            desk.stop()
            serving.join()
            desk.close()
        state, reason = (ended.state, ended.reason) if ended else (JobState.UNKNOWN, "stuck")
        well = well and state in (JobState.CONFIRMED, JobState.SENT)
        why = say(spoken(), SENTENCES[reason]) if reason in SENTENCES else ""
        if as_json:
            _json(name=name, state=state, reason=reason, text=why)
        else:
            sys.stdout.write(f"{name}: {say(spoken(), _TESTED[state])}{f' {why}.' if why else ''}\n")
    return 0 if well else 3


_TESTED = {
    JobState.CONFIRMED: N_("The test page is printed; the printer says so."),
    JobState.SENT: N_("The test page was sent."),
    JobState.FAILED: N_("The test page was not printed."),
    JobState.UNKNOWN: N_("Nobody knows whether the test page was printed: look at the printer."),
}


def _wait(hall: Hall, job: int) -> Any:
    ends = time.monotonic() + TEST_SECONDS
    with hall.listen() as listener, selectors.DefaultSelector() as selector:
        selector.register(listener, selectors.EVENT_READ)
        while (found := hall.job(job)).state not in ENDS:
            left = ends - time.monotonic()
            if left <= 0:
                return None
            selector.select(min(1.0, left))
            listener.clear()
    return found


def _roll(hall: Hall, settings: Settings, printers: Printers, *, as_json: bool) -> int:
    for name in printers:
        hall.new_roll(name)
    return _list(hall, settings, printers, as_json=as_json)


def _find(addresses: Sequence[str], *, as_json: bool) -> int:
    found = list(find(addresses))
    for number, one in enumerate(found, 1):
        if as_json:
            _json(device=one.device, name=one.name, speaks=one.speaks, **{one.key: one.value})
        else:
            sys.stdout.write("\n".join(_settings(one, number)) + "\n\n")
    if not found and not as_json:
        sys.stdout.write(say(spoken(), N_("No printer was found.")) + "\n")
    return 0


def _settings(one: Found, number: int) -> Iterator[str]:
    """The lines to put into antrean.toml."""
    if one.name:
        yield f"# {one.name}"
    if one.speaks is False:
        yield f"# {say(spoken(), N_('It does not answer as an ESC/POS printer.'))}"
    yield f"[printers.{'main' if number == 1 else f'printer-{number}'}]"
    yield f'device = "{one.device}"'
    yield f'{one.key} = "{one.value}"'


def _tell(name: str, one: PrinterSettings, troubles: Sequence[Trouble], *, as_json: bool) -> None:
    if as_json:
        _json(name=name, device=one.device, where=one.where, prints=set(troubles) <= WARNINGS, troubles=list(troubles))
        return
    said = "; ".join(say(spoken(), TROUBLES[trouble]) for trouble in troubles) or say(spoken(), N_("Ready"))
    sys.stdout.write(f"{name} ({one.where}): {said}\n")


def _json(**values: Any) -> None:
    sys.stdout.write(json.dumps(values, ensure_ascii=False) + "\n")
