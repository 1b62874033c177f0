"""What a hall consists of: agencies, services, counters, zones and the hall's own rules, as values.

They are built here from a document that was found right; `catalogue_file` reads and checks the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from assets.words import LANGUAGES, N_, say
from hall.errors import Refusal
from hall.hours import Opening, week

Names = Mapping[str, str]
"""Language code -> name."""
Keywords = Mapping[str, tuple[str, ...]]
"""Language code -> the words people use for something beside its name."""
Document = Mapping[str, Any]
"""The catalogue as plain values: what the TOML file says, and what the queue stores as JSON."""


NOTES = {
    "copy": N_("Photocopy"),
    "payment": N_("Payment"),
    "photo": N_("Photograph"),
    "form": N_("Form to fill in"),
    "document": N_("Missing document"),
}
"""Why a visitor is parked, where the catalogue has no notes of its own."""


def _notes() -> Mapping[str, Names]:
    return {code: {language: say(language, text) for language in LANGUAGES} for code, text in NOTES.items()}


def named(names: Names, language: str) -> str:
    """A name in a language, or in the first one there is."""
    return names.get(language) or next(iter(names.values()))


@dataclass(frozen=True)
class Rules:
    """What a hall may set about its queue; the defaults are the product's advice."""

    credit_minutes: int = 15
    """How much earlier a priority visitor counts as having come."""
    recall_seconds: int = 20
    recall_limit: int = 5
    calls_before_no_show: int = 2
    grace_minutes: int = 30
    """For how long a no-show may come back, once."""
    park_minutes: int = 60
    early_minutes: int = 30
    """How long before its slot's end a booking can be checked in; in a longer slot, from its start."""
    late_minutes: int = 10
    """How long after its slot's end a booking still holds."""
    alarm_wait_minutes: int = 45
    """Somebody who has waited so long is an alarm."""
    alarm_unserved: int = 1
    """So many people waiting for a service that no open counter offers are one."""
    alarm_silent_minutes: int = 2
    """A device of which nothing was heard for longer is one."""
    alarm_disk_percent: int = 5
    """Less of the disk free is one."""
    notes: Mapping[str, Names] = field(default_factory=_notes)
    """Why a visitor may be parked: short codes with their names, nine at most."""


class Arrow(StrEnum):
    """Which way a visitor who reads the board turns."""

    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True)
class Zone:
    """A part of the hall where people wait for the same counters."""

    code: str
    name: Names
    arrow: Arrow | None = None
    area: Names = field(default_factory=dict)
    """Where the zone lies, such as "Floor 2"; empty when its file says nothing."""


@dataclass(frozen=True)
class Service:
    """What a visitor can take a ticket for."""

    code: str
    """`agency.service`, unique in the hall."""
    agency: str
    name: Names
    series: str
    minutes: int
    cap: int | None
    opening: Opening
    keywords: Keywords = field(default_factory=dict)
    """What it is also found by; written nowhere."""


@dataclass(frozen=True)
class Agency:
    """An office that offers services in the hall."""

    code: str
    series: str
    icon: str
    name: Names
    services: tuple[Service, ...]
    short: Names = field(default_factory=dict)
    """What people call it, for a call-board read from afar; empty when its name is short enough."""
    keywords: Keywords = field(default_factory=dict)
    """What its services are also found by; written nowhere."""


@dataclass(frozen=True)
class Counter:
    """A desk: what it offers, and what it takes over once a visitor has waited that many minutes."""

    code: str
    zone: str
    offers: tuple[str, ...]
    overflow: Mapping[str, int] = field(default_factory=dict)
    arrow: Arrow | None = None
    """Its own, or its zone's."""
    area: Names = field(default_factory=dict)
    """Its own, or its zone's."""


@dataclass(frozen=True)
class Catalogue:
    """A whole hall."""

    name: Names
    languages: tuple[str, ...]
    timezone: ZoneInfo
    rules: Rules
    zones: Mapping[str, Zone]
    agencies: tuple[Agency, ...]
    counters: Mapping[str, Counter]
    services: Mapping[str, Service]
    lines: Mapping[str, tuple[str, ...]]
    """Service -> the services that stand in one line with it, because some counter offers both."""
    offered: Mapping[str, tuple[Counter, ...]]
    """Service -> the counters that offer it, overflow not counted."""

    def service(self, code: str) -> Service:
        """Refusal unknown_service."""
        try:
            return self.services[code]
        except KeyError:
            raise Refusal("unknown_service", service=code) from None

    def counter(self, code: str) -> Counter:
        """Refusal unknown_counter."""
        try:
            return self.counters[code]
        except KeyError:
            raise Refusal("unknown_counter", counter=code) from None

    def agency(self, code: str) -> Agency:
        """Refusal unknown_agency."""
        for agency in self.agencies:
            if agency.code == code:
                return agency
        raise Refusal("unknown_agency", agency=code)

    def agency_of(self, service: str) -> Agency:
        """The agency that offers a service, by its full code."""
        return self.agency(self.service(service).agency)

    def zones_of(self, service: str) -> tuple[Zone, ...]:
        """Where to wait for a service: the zones of its counters. Refusal unknown_service."""
        codes = dict.fromkeys(counter.zone for counter in self.offered[self.service(service).code])
        return tuple(self.zones[code] for code in codes)


def build(document: Document) -> Catalogue:
    """The values of a document that `catalogue_file.mistakes` found right."""
    hall = document["hall"]
    kept: list[Opening] = []
    agencies = tuple(_agency(agency, hall, kept) for agency in document["agency"])
    services = {service.code: service for agency in agencies for service in agency.services}
    by_agency = {agency.code: tuple(service.code for service in agency.services) for agency in agencies}

    def spread(codes: list[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(service for code in codes for service in by_agency.get(code, (code,))))

    zones = {
        zone["code"]: Zone(zone["code"], zone["name"], _arrow(zone.get("arrow")), zone.get("area", {}))
        for zone in document["zone"]
    }
    counters = {
        counter["code"]: Counter(
            counter["code"],
            counter["zone"],
            spread(counter["offers"]),
            {one: wait for code, wait in counter.get("overflow", {}).items() for one in spread([code])},
            _arrow(counter.get("arrow")) or zones[counter["zone"]].arrow,
            counter.get("area") or zones[counter["zone"]].area,
        )
        for counter in document["counter"]
    }
    lines: dict[str, dict[str, None]] = {code: {code: None} for code in services}
    for counter in counters.values():
        for code in counter.offers:
            lines[code].update(dict.fromkeys(counter.offers))
    offered = {code: tuple(counter for counter in counters.values() if code in counter.offers) for code in services}
    return Catalogue(
        name=hall["name"],
        languages=tuple(hall["languages"]),
        timezone=ZoneInfo(hall["timezone"]),
        rules=Rules(**document.get("rules", {})),
        zones=zones,
        agencies=agencies,
        counters=counters,
        services=services,
        lines={code: tuple(line) for code, line in lines.items()},
        offered=offered,
    )


def _agency(agency: Document, hall: Document, kept: list[Opening]) -> Agency:
    code = agency["code"]
    return Agency(
        code,
        agency["series"],
        agency["icon"],
        agency["name"],
        tuple(
            Service(
                f"{code}.{service['code']}",
                code,
                service["name"],
                service.get("series", agency["series"]),
                service["minutes"],
                service.get("cap"),
                _shared(opening(service, agency, hall), kept),
                _keywords(service),
            )
            for service in agency["service"]
        ),
        agency.get("short", {}),
        _keywords(agency),
    )


def _keywords(table: Document) -> Keywords:
    return {language: tuple(words) for language, words in table.get("keywords", {}).items()}


def opening(*described: Document) -> Opening:
    """Hours out of the innermost table that says them: service, then agency, then hall."""

    def said(key: str, default: Any) -> Any:
        return next((table[key] for table in described if key in table), default)

    return Opening(
        hours=week(said("hours", {})),
        breaks=week(said("breaks", {})),
        doors=said("doors", 0),
        cutoff=said("cutoff", 0),
        closed=frozenset(map(_date, said("closed", ()))),
    )


def _shared(opening: Opening, kept: list[Opening]) -> Opening:
    """The one kept for equal hours: what they mean now is then worked out once for all who have them."""
    for one in kept:
        if one == opening:
            return one
    kept.append(opening)
    return opening


def _arrow(written: str | None) -> Arrow | None:
    return Arrow(written) if written else None


def _date(written: date | str) -> date:
    return written if isinstance(written, date) else date.fromisoformat(written)
