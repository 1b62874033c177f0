"""A slip of nobody: the demo hall's names in every language, for looking at the layout."""

from __future__ import annotations

import functools
from datetime import datetime, timedelta

from assets import ROOT
from hall.catalogue import Catalogue, build
from hall.catalogue_file import read
from hall.printing import JobKind, JobState, PrintJob
from hall.tickets import Ticket, TicketId, TicketState
from printer.desk import slip
from printer.slip import Slip

SERVICE = "dukcapil.ktp-el"
_TOKEN = "0123456789abcdefghijkw"  # noqa: S105 - it opens no page


@functools.cache
def demo_hall() -> Catalogue:
    """The Indonesian demo catalogue."""
    return build(read(ROOT / "catalogues" / "mpp.toml"))


def sample(language: str, *, copy: bool = False, service: str = SERVICE, count: int = 15) -> Slip:
    """A slip in a language as the room would draw it, on a fixed day, with four people ahead."""
    catalogue = demo_hall()
    issued = datetime(2026, 11, 24, 9, 41, tzinfo=catalogue.timezone)
    ticket = Ticket(
        id=TicketId(1),
        token=_TOKEN,
        day=issued.date().isoformat(),
        series=catalogue.service(service).series,
        count=count,
        service=service,
        language=language,
        priority=None,
        state=TicketState.WAITING,
        issued_at=issued,
        rank=0,
        ahead_at_issue=4,
        estimate_at_issue=(10, 20),
    )
    kind = JobKind.COPY if copy else JobKind.SLIP
    asked = issued + timedelta(minutes=21)
    job = PrintJob(2, ticket, "main", kind, JobState.PRINTING, None, asked if copy else issued)
    return slip(catalogue, job, "https://antrean.example.go.id")
