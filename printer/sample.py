"""A slip of nobody: the demo hall's names in every language, and one in Arabic, for looking at the layout."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import datetime, timedelta

from assets import ROOT
from hall.catalogue import Catalogue, build
from hall.catalogue_file import read
from hall.printing import JobKind, JobState, PrintJob
from hall.tickets import Ticket, TicketId, TicketState
from printer.slip import Fact, Slip
from printer.wording import slip

SERVICE = "dukcapil.ktp-el"
URL = "https://antrean.example.go.id"
_TOKEN = "0123456789abcdefghijkw"  # noqa: S105 - it opens no page


@functools.cache
def demo_hall() -> Catalogue:
    """The Indonesian demo catalogue."""
    return build(read(ROOT / "catalogues" / "mpp.toml"))


def sample(
    language: str,
    *,
    copy: bool = False,
    large: bool = False,
    service: str = SERVICE,
    count: int = 15,
    catalogue: Catalogue | None = None,
) -> Slip:
    """A slip in a language as the room would draw it, on a fixed day, with four people ahead. Refusal unknown_service.

    In Arabic (`ar`), for which there is no catalogue, it is always the same slip.
    """
    hall = catalogue or demo_hall()
    issued = datetime(2026, 11, 24, 9, 41, tzinfo=hall.timezone)
    ticket = Ticket(
        id=TicketId(1),
        token=_TOKEN,
        day=issued.date().isoformat(),
        series=hall.service(service).series,
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
    made = ARABIC if language == "ar" else slip(hall, job, URL)
    return replace(made, large=large, copy=(made.copy or _ARABIC_COPY) if copy else None)


_ARABIC_COPY = "نسخة، طُبعت الساعة 10:02"
ARABIC = Slip(
    language="ar",
    hall="مركز نوسانتارا للخدمات العامة",
    number=Fact("رقم دورك", "A015"),
    service="تسجيل وطباعة بطاقة الهوية الإلكترونية (KTP-el)",
    agency="دائرة السكان والأحوال المدنية",
    ahead=Fact("عدد المنتظرين قبلك", "4 أشخاص"),
    wait=Fact("وقت الانتظار المتوقع", "من 10 إلى 20 دقيقة"),
    place=Fact("يرجى الانتظار في", "المنطقة A"),
    late="إذا فاتك النداء، يبقى رقمك محفوظًا 30 دقيقة أخرى.",
    url=f"{URL}/t/{_TOKEN}",
    follow="امسح هذا الرمز بهاتفك لمتابعة دورك.",
    time="24\N{NO-BREAK SPACE}نوفمبر\N{NO-BREAK SPACE}2026، 09:41",
)
"""A sample of right-to-left print: labels that no catalogue of ours has yet."""
