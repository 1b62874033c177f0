"""What every part of the `antrean` command shares: the command itself, its words, its queue, its JSON."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import click

from assets.words import say, spoken, words
from hall.hall import Hall
from hall.settings import load

REFUSED, FAULT = 1, 3
"""Exit status when a rule said no, and when the world failed."""

_ = words(spoken()).gettext


def tell(text: str, *, err: bool = False, **values: object) -> None:
    """A sentence for a person, in their language."""
    click.echo(say(spoken(), text, values), err=err)


def _into_settings(_context: click.Context, option: click.Parameter, value: object) -> None:
    """The rooms that a command starts get the same settings: so they go through the environment."""
    if value:
        os.environ[f"ANTREAN_{option.name}".upper()] = "1" if value is True else str(value)


class _Command(click.Command):
    """Which queue is meant may be said before or after the name of the command."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        text = _("Which queue: a path or sqlite:///path (or ANTREAN_HALL).")
        said: dict[str, Any] = {"expose_value": False, "callback": _into_settings}
        self.params.append(click.Option(["--hall"], metavar="URL", help=text, **said))
        text = _("Set opening hours, breaks and cut-offs aside.")
        self.params.append(click.Option(["--always-open"], is_flag=True, help=text, **said))


class _Group(_Command, click.Group):
    command_class = _Command


_Group.group_class = _Group


@click.group(cls=_Group, help=_("A queue of numbered tickets for a public service hall."))
@click.version_option(package_name="antrean")
def cli() -> None:
    pass


def open_hall(*, create: bool = False) -> Hall:
    """The queue that the settings name."""
    settings = load()
    return Hall.open(settings.hall, always_open=settings.always_open, create=create)


as_json = click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))


def plain(ticket: Any) -> dict[str, Any]:
    """A ticket as JSON values; that somebody has priority, and why, stays in the queue."""
    values = {field.name: value_of(getattr(ticket, field.name)) for field in dataclasses.fields(ticket)}
    del values["priority"], values["rank"]
    return {"number": ticket.number, **values}


def value_of(value: object) -> object:
    """A time as ISO 8601, anything else as it is."""
    return value.isoformat(timespec="milliseconds") if isinstance(value, datetime) else value


def print_json(value: Mapping[str, Any] | None) -> None:
    """One line of JSON."""
    click.echo(json.dumps(value, ensure_ascii=False))
