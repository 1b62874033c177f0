"""Pauses from a shell: `antrean hall pause | open` for the whole hall, `antrean service pause | open` for one."""

from __future__ import annotations

from datetime import datetime

import click

from assets.words import N_, spoken
from hall.command.base import _, cli, open_hall, tell
from hall.errors import Refusal
from hall.hours import coming


@cli.group("hall", help=_("The whole hall: give no tickets for a while."))
def hall_() -> None:
    pass


@hall_.command(help=_("Give no tickets for any service; those who wait are still called."))
@click.argument("reason")
@click.option(
    "--until", metavar="HH:MM", help=_("When tickets are given again by themselves, today or after midnight.")
)
@click.option("--staff")
def pause(reason: str, until: str | None, staff: str | None) -> None:
    with open_hall() as hall:
        ends = None if until is None else _coming(until, hall.now())
        hall.pause_hall(reason, ends, staff=staff)
    if ends:
        tell(N_("The hall is paused until {until}."), until=f"{ends:%H:%M}")
    else:
        tell(N_("The hall is paused until you open it: antrean hall open"))


def _coming(until: str, now: datetime) -> datetime:
    try:
        return coming(until, now)
    except Refusal as refusal:
        raise click.BadParameter(refusal.said(spoken())) from None


@hall_.command("open", help=_("Give tickets again."))
@click.option("--staff")
def open_(staff: str | None) -> None:
    with open_hall() as hall:
        hall.open_hall(staff=staff)
    tell(N_("The hall gives tickets again."))


@cli.group("service", help=_("One service: give no tickets for it for a while."))
def service_() -> None:
    pass


@service_.command("pause", help=_("Give no tickets for a service; those who wait are still called."))
@click.argument("service")
@click.argument("reason")
@click.option("--staff")
def pause_service(service: str, reason: str, staff: str | None) -> None:
    with open_hall() as hall:
        hall.pause_service(service, reason=reason, staff=staff)
    tell(N_("{service} is paused."), service=service)


@service_.command("open", help=_("Give tickets for a service again."))
@click.argument("service")
@click.option("--staff")
def open_service(service: str, staff: str | None) -> None:
    with open_hall() as hall:
        hall.open_service(service, staff=staff)
    tell(N_("{service} gives tickets again."), service=service)
