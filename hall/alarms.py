"""What somebody should see to now, told from the hall as it is. Pure: nothing is remembered, so nothing is forgotten.

The limits are the hall's own, in the catalogue's [rules].
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from assets.words import N_, say
from hall.catalogue import Catalogue, Rules, named
from hall.counters import CounterStanding
from hall.devices import Device, DeviceKind
from hall.overview import Overview
from hall.printers import SENTENCES, WARNINGS, Trouble


class AlarmCode(StrEnum):
    """What can be wrong, the most pressing first."""

    UNSERVED = "unserved"
    """People wait for a service that no open counter offers."""
    LONG_WAIT = "long_wait"
    PRINTER = "printer"
    SILENT = "silent"
    """A device has not been heard of."""
    DISK = "disk"


WORDS = {
    AlarmCode.UNSERVED: N_("No open counter serves “{service}”; waiting: {waiting}"),
    AlarmCode.LONG_WAIT: N_("“{service}”: the longest wait is {minutes} min"),
    AlarmCode.PRINTER: N_("Printer {printer}: {trouble}"),
    AlarmCode.SILENT: N_("Nothing is heard of {device}"),
    AlarmCode.DISK: N_("The disk is nearly full: {percent} % is free"),
}
KINDS = {
    DeviceKind.KIOSK: N_("kiosk {name}"),
    DeviceKind.BOARD: N_("call-board {name}"),
    DeviceKind.WEB_BOARD: N_("call-board in a browser {name}"),
    DeviceKind.CONSOLE: N_("the page of counter {name}"),
}
"""A device, inside a sentence."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing to see to."""

    code: AlarmCode
    data: Mapping[str, Any]
    since: datetime | None
    agency: str | None = None
    """Whose it is; None: the whole hall's."""

    def said(self, catalogue: Catalogue, language: str) -> str:
        """In words."""
        data = dict(self.data)
        if "service" in data:
            data["service"] = named(catalogue.service(data["service"]).name, language)
        if "trouble" in data:
            data["trouble"] = say(language, SENTENCES[Trouble(data["trouble"])])
        if "kind" in data:
            data["device"] = say(language, KINDS[DeviceKind(data["kind"])], {"name": data["name"]})
        return say(language, WORDS[self.code], data)


def alarms(floor: Overview, rules: Rules) -> list[Alarm]:
    """Every alarm of a hall, the most pressing kind first, within it the oldest."""
    order = list(AlarmCode)
    last = floor.at + timedelta(days=1)
    return sorted(_all(floor, rules), key=lambda one: (order.index(one.code), one.since or last))


def _all(floor: Overview, rules: Rules) -> Iterator[Alarm]:
    for line in floor.lines.values():
        if line.oldest is None:
            continue
        agency = line.service.partition(".")[0]
        if not line.serving and line.waiting >= rules.alarm_unserved:
            data: dict[str, Any] = {"service": line.service, "waiting": line.waiting}
            yield Alarm(AlarmCode.UNSERVED, data, line.oldest, agency)
            continue  # why they wait is told; that they wait long follows
        longest = timedelta(minutes=rules.alarm_wait_minutes)
        if (waited := floor.at - line.oldest) >= longest:
            data = {"service": line.service, "minutes": int(waited.total_seconds()) // 60}
            yield Alarm(AlarmCode.LONG_WAIT, data, line.oldest + longest, agency)
    for printer in floor.printers:
        for trouble, since in printer.troubles.items():
            if trouble not in WARNINGS:
                yield Alarm(AlarmCode.PRINTER, {"printer": printer.name, "trouble": str(trouble)}, since)
    for device in floor.devices:
        if device.silent(floor.at, rules.alarm_silent_minutes) and _missed(device, floor):
            yield Alarm(AlarmCode.SILENT, {"kind": str(device.kind), "name": device.name}, device.heard_at)
    if floor.free is not None and floor.free * 100 < rules.alarm_disk_percent:
        yield Alarm(AlarmCode.DISK, {"percent": int(floor.free * 100)}, None)


def _missed(device: Device, floor: Overview) -> bool:
    """A counter's page is missed only while the counter is open: staff go home."""
    if device.kind is not DeviceKind.CONSOLE:
        return True
    desk = floor.desks.get(device.name)
    return desk is not None and desk.state.state is CounterStanding.OPEN
