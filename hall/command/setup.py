"""Making a hall: `antrean init`, its catalogue, its staff, and what is wrong with this machine."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import click

from assets import ROOT
from assets.words import N_, say, spoken
from hall.command.base import FAULT, _, as_json, cli, open_hall, print_json, tell
from hall.errors import Refusal
from hall.rights import Role
from hall.settings import load


@cli.command(help=_("Make a hall: its queue, its catalogue and the first person who may sign in."))
@click.option("--catalogue", type=click.Path(path_type=Path), default=ROOT / "catalogues" / "mpp.toml")
@click.option("--staff", default="admin", show_default=True)
def init(catalogue: Path, staff: str) -> None:
    with open_hall(create=True) as hall:
        hall.load_catalogue(catalogue)
        tell(N_("The hall is ready: {path}."), path=load().hall)
        with suppress(Refusal):  # staff_exists: the second time
            tell(
                N_("Sign in as “{name}” with the PIN {pin}. It is shown only now."),
                name=staff,
                pin=hall.add_staff(staff, role=Role.MANAGER),
            )


@cli.group(help=_("The file a hall is described in."))
def catalogue() -> None:
    pass


@catalogue.command(help=_("Name every mistake of a catalogue; nothing is loaded."))
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    from hall.catalogue import build
    from hall.catalogue_file import read

    found = build(read(file))
    tell(
        N_("No mistakes: {agencies} agencies, {services} services, {counters} counters."),
        agencies=len(found.agencies),
        services=len(found.services),
        counters=len(found.counters),
    )


@catalogue.command("load", help=_("Describe the hall by a catalogue without mistakes."))
@click.argument("file", type=click.Path(path_type=Path))
def load_(file: Path) -> None:
    with open_hall(create=True) as hall:
        hall.load_catalogue(file)
        tell(N_("The hall has {services} services."), services=len(hall.catalogue.services))


@cli.group(help=_("The people who may sign in."))
def staff() -> None:
    pass


_ROLES = click.Choice([role.value for role in Role])
_agency = click.option("--agency", metavar="A", help=_("Of a supervisor: the agency they answer for."))


@staff.command(help=_("Let somebody sign in; prints a random PIN once."))
@click.argument("name")
@click.option("--role", type=_ROLES, default="clerk", show_default=True)
@_agency
def add(name: str, role: str, agency: str | None) -> None:
    with open_hall() as hall:
        pin = hall.add_staff(name, role=Role(role), agency=agency)
        tell(N_("Sign in as “{name}” with the PIN {pin}. It is shown only now."), name=name, pin=pin)


@staff.command(help=_("Make somebody a clerk, a supervisor of one agency, a technician or a manager."))
@click.argument("name")
@click.option("--role", type=_ROLES, required=True)
@_agency
def role(name: str, role: str, agency: str | None) -> None:
    with open_hall() as hall:
        hall.change_role(name, Role(role), agency)


@staff.command("list", help=_("Everybody who may sign in, and what they are."))
@as_json
def list_(*, as_json: bool) -> None:
    with open_hall() as hall:
        people = hall.staff()
    for one in people:
        if as_json:
            print_json({"name": one.name, "role": one.role, "agency": one.agency})
        else:
            click.echo(f"{one.name:<24} {one.role} {one.agency or ''}".rstrip())


@staff.command(help=_("Give somebody a new random PIN, and end what was signed in with the old one."))
@click.argument("name")
def pin(name: str) -> None:
    with open_hall() as hall:
        tell(N_("Sign in as “{name}” with the PIN {pin}. It is shown only now."), name=name, pin=hall.new_pin(name))


@cli.command(help=_("Look at this machine and say what is well and what is not."))
@as_json
def doctor(*, as_json: bool) -> int:
    from hall.doctor import Health, examine

    ill = False
    for finding in examine(load()):
        ill |= finding.health is Health.ILL
        text = say(spoken(), finding.text, finding.values)
        if as_json:
            print_json({"health": finding.health, "text": text})
        else:
            click.echo(f"{finding.health:<5} {text}")
    return FAULT if ill else 0
