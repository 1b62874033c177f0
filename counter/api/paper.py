"""Printers as they stand, slips in doubt, and what a technician asks of a printer."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from counter.api import shapes
from counter.api.door import Acting, TheOffice, acting, needed
from counter.api.reading import READ, Reader
from counter.api.shapes import Printer, PrintJobShape
from hall.rights import Right

router = APIRouter(tags=["printers"])
PAPER = needed(Right.PAPER)
Technician = Annotated[Acting, acting(Right.PAPER)]


@router.get("/printers", summary="Every printer as it stands", description=READ)
async def printers(office: TheOffice, _: Reader) -> list[Printer]:
    return [shapes.printer(one) for one in await office.ask(office.hall.printers)]


@router.get("/slips", summary="Slips of open tickets that did not surely come out", description=READ)
async def slips(office: TheOffice, _: Reader) -> list[PrintJobShape]:
    return [shapes.job(one) for one in await office.ask(office.hall.slips_in_doubt)]


@router.post("/printers/{printer}/test", summary="Print a test page", description=PAPER, status_code=202)
async def test_printer(printer: str, office: TheOffice, who: Technician) -> PrintJobShape:
    await office.ask(office.hall.printer, printer)  # Refusal unknown_printer: nobody would ever take that job
    return shapes.job(await office.ask(office.hall.test_printer, printer, **who.by))


@router.post("/printers/{printer}/roll", summary="A full roll was put in", description=PAPER)
async def new_roll(printer: str, office: TheOffice, who: Technician) -> Printer:
    await office.ask(office.hall.new_roll, printer, **who.by)
    return shapes.printer(await office.ask(office.hall.printer, printer))
