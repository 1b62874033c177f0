"""What the hall's page says of its agencies and services, as plain values. Pure: no HTTP, no HTML, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hall.catalogue import Catalogue, Service, named
from hall.hours import first_to_end
from hall.reception import Outlook
from hall.waiting import Estimate


@dataclass(frozen=True)
class Line:
    """An agency or a service, and what somebody who comes now would meet."""

    code: str
    name: str
    agency: str
    """Of a service; empty for an agency."""
    zones: str
    waiting: int
    estimate: Estimate | None
    shut: str
    """Why and until when no ticket is given; empty while one is."""


def agencies(catalogue: Catalogue, outlook: Mapping[str, Outlook], language: str) -> tuple[Line, ...]:
    """In the catalogue's order."""
    return tuple(
        _line(catalogue, agency.code, named(agency.name, language), "", agency.services, outlook, language)
        for agency in catalogue.agencies
    )


def services(
    catalogue: Catalogue, codes: Iterable[str], outlook: Mapping[str, Outlook], language: str
) -> tuple[Line, ...]:
    """Those named, in this order."""
    found = [catalogue.services[code] for code in codes if code in catalogue.services]
    return tuple(
        _line(
            catalogue,
            one.code,
            named(one.name, language),
            named(catalogue.agency(one.agency).name, language),
            (one,),
            outlook,
            language,
        )
        for one in found
    )


def hours(catalogue: Catalogue, now: datetime) -> str:
    """From when to when anything is served today; empty when nothing is."""
    windows = [
        window
        for service in catalogue.services.values()
        if now.date() not in service.opening.closed
        for window in service.opening.hours.get(now.weekday(), ())
    ]
    if not windows:
        return ""
    return f"{min(start for start, _ in windows):%H:%M}–{max(end for _, end in windows):%H:%M}"


def _line(
    catalogue: Catalogue,
    code: str,
    name: str,
    agency: str,
    offered: Sequence[Service],
    outlook: Mapping[str, Outlook],
    language: str,
) -> Line:
    found = [outlook[one.code] for one in offered if one.code in outlook]
    told = [one.estimate for one in found if one.estimate and (one.waiting or len(found) == 1)]
    reasons = [one.refusal for one in found if one.refusal]
    shut = first_to_end(reasons) if len(reasons) == len(found) else None
    zones = dict.fromkeys(named(zone.name, language) for one in offered for zone in catalogue.zones_of(one.code))
    return Line(
        code=code,
        name=name,
        agency=agency,
        zones=", ".join(zones),
        waiting=sum(one.waiting for one in found),
        estimate=Estimate(min(one.low for one in told), max(one.high for one in told)) if told else None,
        shut=shut.brief(language) if shut else "",
    )
