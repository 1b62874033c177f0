"""A slip in words: what the hall knows of a ticket, said in its visitor's language."""

from __future__ import annotations

from datetime import datetime

from babel.dates import format_date

from assets.words import N_, say, words
from hall import Refusal
from hall.catalogue import Catalogue, named
from hall.printing import JobKind, PrintJob
from printer.slip import Fact, Slip

_LOCALES = {"en": "en_GB"}
"""Where the language alone would write dates as another country does."""


def slip(catalogue: Catalogue, job: PrintJob, public_url: str) -> Slip:
    """What stands on the slip of a job, in its ticket's language. Refusal unknown_service, unknown_ticket (a test)."""
    ticket = job.ticket
    if ticket is None:
        raise Refusal("unknown_ticket")
    language = ticket.language
    zones = [named(zone.name, language) for zone in catalogue.zones_of(ticket.service)]
    copied = {"time": f"{job.created_at:%H:%M}"}
    return Slip(
        language=language,
        hall=named(catalogue.name, language),
        number=Fact(say(language, N_("Your number")), ticket.number),
        service=named(catalogue.service(ticket.service).name, language),
        agency=named(catalogue.agency_of(ticket.service).name, language),
        ahead=Fact(say(language, N_("Ahead of you")), people(ticket.ahead_at_issue, language)),
        wait=Fact(say(language, N_("Estimated wait")), estimate(ticket.estimate_at_issue, language)),
        place=Fact(say(language, N_("Please wait in")), ", ".join(zones)) if zones else None,
        late=late(catalogue.rules.grace_minutes, language),
        url=f"{public_url.rstrip('/')}/t/{ticket.token}",
        follow=say(language, N_("Follow the queue on your phone")),
        time=moment(ticket.issued_at, language),
        copy=say(language, N_("Copy, printed at {time}"), copied) if job.kind is JobKind.COPY else None,
    )


def people(ahead: int, language: str) -> str:
    """How many stand ahead."""
    if ahead == 0:
        return say(language, N_("Nobody"))
    return words(language).ngettext("{count} person", "{count} people", ahead).format(count=ahead)


def estimate(told: tuple[int, int] | None, language: str) -> str:
    """The range of the wait, or that it is not known."""
    if told is None:
        return say(language, N_("Not known yet"))
    low, high = told
    pattern = N_("{low}–{high} min") if 1 < low < high else N_("Up to {high} min")
    return say(language, pattern, {"low": low, "high": high})


def late(grace: int, language: str) -> str:
    """What becomes of a number whose visitor does not come when called."""
    if grace == 0:
        return say(language, N_("A missed number is not kept: take a new one."))
    kept = words(language).ngettext(
        "A missed number is kept for {count} minute.", "A missed number is kept for {count} minutes.", grace
    )
    return kept.format(count=grace)


def moment(at: datetime, language: str) -> str:
    """The day and the time a ticket was taken; the day stays together on one line."""
    day = format_date(at, "long", _LOCALES.get(language, language))
    return f"{day}, {at:%H:%M}".replace(" ", "\N{NO-BREAK SPACE}", day.count(" "))
