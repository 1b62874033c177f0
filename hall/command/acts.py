"""The acts of visitors and staff, and the call-board, from a shell: `antrean issue`, `call`, `board`."""

from __future__ import annotations

import click

from assets.words import N_
from hall.command.base import _, as_json, cli, open_hall, plain, print_json, tell, value_of


@cli.command(help=_("Give a ticket for a service, such as dukcapil.ktp-el."))
@click.argument("service")
@click.option("--language", help=_("The visitor's language."))
@click.option("--priority", help="elderly, disabled, pregnant, infant, staff")
@click.option("--request-id", help=_("The same request gives the same ticket."))
@click.option("--printer", default="main", show_default=True)
@click.option("--spare", help=_("The printer that gets the slip when the first one did not print it."))
@click.option("--large", is_flag=True, help=_("In large print."))
@click.option("--no-slip", is_flag=True, help=_("Print nothing."))
@as_json
def issue(
    service: str,
    language: str | None,
    priority: str | None,
    request_id: str | None,
    printer: str,
    spare: str | None,
    *,
    large: bool,
    no_slip: bool,
    as_json: bool,
) -> None:
    with open_hall() as hall:
        slip = None if no_slip else printer
        ticket = hall.issue(service, language, priority, request_id, slip, spare, large=large)
        shown = plain(ticket) | {"ahead": hall.ahead(ticket.id)}
    if as_json:
        print_json(shown)
    else:
        tell(N_("{number}, {ahead} ahead"), number=ticket.number, ahead=shown["ahead"])


@cli.command(help=_("Call the next visitor to a counter; the ticket it had in hand is finished."))
@click.argument("counter")
@click.option("--staff")
@click.option("--request-id", help=_("The same request gives the same ticket."))
@as_json
def call(counter: str, staff: str | None, request_id: str | None, *, as_json: bool) -> None:
    with open_hall() as hall:
        ticket = hall.call_next(counter, staff=staff, request_id=request_id)
    if as_json:
        print_json(plain(ticket) if ticket else None)
    elif ticket:
        tell(N_("{number} to counter {counter}"), number=ticket.number, counter=counter)
    else:
        tell(N_("Nobody is waiting for counter {counter}."), counter=counter)


@cli.command(help=_("What the call-board shows now."))
@click.option("--zone", "zones", multiple=True, help=_("Only this one; may be repeated."))
@as_json
def board(zones: tuple[str, ...], *, as_json: bool) -> None:
    with open_hall() as hall:
        shown = hall.board(*zones)
    if as_json:
        names = ("number", "counter", "zone", "agency", "called_at", "times")
        calls = [{name: value_of(getattr(call, name)) for name in names} for call in shown.calls]
        print_json({"sequence": shown.sequence, "calls": calls})
    for call in () if as_json else shown.calls:
        tell(N_("{number} to counter {counter}"), number=call.number, counter=call.counter)
