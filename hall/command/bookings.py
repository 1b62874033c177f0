"""`antrean bookings`: times promised elsewhere, taken over from a file; who has booked, and checking in."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from assets.words import N_, spoken
from hall.bookings import Booking
from hall.command.base import REFUSED, _, as_json, cli, open_hall, plain, print_json, tell
from hall.errors import Refusal

_SHOWN = 20
"""Mistakes that a person is told at once."""


@cli.group(help=_("Bookings made elsewhere: take them over, list them, check in."))
def bookings() -> None:
    pass


@bookings.command("import", help=_("Take over the bookings of a CSV file: all of them, or none if one has a mistake."))
@click.argument("file", type=click.Path(path_type=Path))
@as_json
def import_(file: Path, *, as_json: bool) -> int:
    from hall.bookings_file import read

    try:
        with open_hall() as hall:
            done = hall.import_bookings(read(file))
    except Refusal as refusal:
        if refusal.code != "bad_bookings":
            raise
        _complain(refusal, as_json=as_json)
        return REFUSED
    if as_json:
        print_json({"added": done.added, "changed": done.changed, "same": done.same, "kept": list(done.kept)})
        return 0
    tell(
        N_("{added} bookings added, {changed} changed, {same} as they were."),
        added=done.added,
        changed=done.changed,
        same=done.same,
    )
    for code in done.kept:
        tell(N_("Booking {code} has been used and stays as it was."), code=code)
    return 0


def _complain(refusal: Refusal, *, as_json: bool) -> None:
    mistakes = refusal.data["mistakes"]
    click.echo(refusal.said(spoken()), err=True)
    if as_json:
        told = [
            {
                "line": one.line,
                "column": one.column,
                "value": one.value,
                "reason": one.reason,
                "text": one.said(spoken()),
            }
            for one in mistakes
        ]
        print_json({"mistakes": told})
        return
    for one in mistakes[:_SHOWN]:
        click.echo(f"  {one.said(spoken())}", err=True)
    if len(mistakes) > _SHOWN:
        tell(N_("… and {count} more."), err=True, count=len(mistakes) - _SHOWN)


@bookings.command("list", help=_("The bookings of a day, or of all days from today on, by their slots."))
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help=_("Only this one."))
@as_json
def list_(day: datetime | None, *, as_json: bool) -> None:
    with open_hall() as hall:
        found = hall.bookings(None if day is None else day.date().isoformat())
        used = {one.code: hall.ticket(one.ticket).number for one in found if one.ticket is not None}
    if as_json:
        print_json({"bookings": [_plain(one, used.get(one.code)) for one in found]})
    for one in () if as_json else found:
        state = used.get(one.code) or ("×" if one.cancelled else "")
        click.echo(f"{one.day} {one.starts:%H:%M}-{one.ends:%H:%M} {one.code} {one.service} {state}".rstrip())


def _plain(booking: Booking, number: str | None) -> dict[str, object]:
    """That somebody has priority, and why, stays in the queue."""
    return {
        "code": booking.code,
        "service": booking.service,
        "day": booking.day,
        "start": f"{booking.starts:%H:%M}",
        "end": f"{booking.ends:%H:%M}",
        "language": booking.language,
        "cancelled": booking.cancelled,
        "number": number,
    }


@bookings.command("check-in", help=_("Give the ticket of a booking."))
@click.argument("code")
@click.option("--language", help=_("The visitor's language."))
@click.option("--priority", help="elderly, disabled, pregnant, infant, staff")
@click.option("--request-id", help=_("The same request gives the same ticket."))
@click.option("--printer", default="main", show_default=True)
@click.option("--no-slip", is_flag=True, help=_("Print nothing."))
@as_json
def check_in(
    code: str,
    language: str | None,
    priority: str | None,
    request_id: str | None,
    printer: str,
    *,
    no_slip: bool,
    as_json: bool,
) -> None:
    with open_hall() as hall:
        ticket = hall.check_in(code, language, priority, request_id, None if no_slip else printer)
        ahead = hall.ahead(ticket.id)
    if as_json:
        print_json(plain(ticket) | {"ahead": ahead})
    else:
        tell(N_("{number}, {ahead} ahead"), number=ticket.number, ahead=ahead)
