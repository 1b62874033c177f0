"""A slip looked at before any visitor does: drawn, sent and printed as a real one, only onto a picture."""

from __future__ import annotations

from pathlib import Path

from hall import Fault, Hall
from hall.catalogue import Catalogue
from hall.logo import Logo
from hall.settings import Settings
from printer import decode, template
from printer.ink import PAPERS
from printer.letters import check_shaping
from printer.profiles import profile
from printer.sample import demo_hall, sample
from printer.slip import draw
from printer.typed import typed
from printer.wire import encoded


def save(
    file: Path,
    settings: Settings,
    language: str,
    width: int,
    *,
    service: str | None = None,
    template_file: Path | None = None,
    large: bool = False,
    copy: bool = False,
    text: bool = False,
) -> None:
    """A sample slip as PNG, with the hall's own names and logo where there is a queue, else with the demo hall's names.

    The service is the hall's first one if none is named; `text` is what a printer on a slow line would print. Refusal
    unknown_service, bad_template, bad_logo; Fault; OSError when the file cannot be written.
    """
    check_shaping()
    shaped = template.load(settings.slip, template_file)
    catalogue, kept = _described(settings)
    if shaped.logo is None:
        shaped = template.wearing(shaped, kept)
    slip = sample(
        language, copy=copy, large=large, service=service or next(iter(catalogue.services)), catalogue=catalogue
    )
    head = PAPERS[width]
    job = typed(slip, head, shaped, profile()) if text else encoded(draw(slip, head, shaped), head)
    (printed,) = decode.slips(job, head)
    printed.save(file, "PNG", dpi=(head.dpi, head.dpi))


def _described(settings: Settings) -> tuple[Catalogue, Logo | None]:
    try:
        with Hall.open(settings.hall, create=False) as hall:
            return hall.catalogue, hall.logo.kept()
    except Fault as fault:
        if fault.code != "database_missing":
            raise
        return demo_hall(), None
