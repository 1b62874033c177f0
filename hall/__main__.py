"""The `antrean` command.

Exit status: 0 done, 1 refused, 2 misuse, 3 fault; errors are one sentence on stderr, never a traceback.
"""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import click

from assets.words import spoken
from hall.command import (  # noqa: F401 - each adds its subcommands
    acts,
    bookings,
    kiosk,
    pauses,
    pictures,
    printers,
    programs,
    rooms,
    search,
    setup,
    voice,
)
from hall.command.base import FAULT, REFUSED, cli
from hall.errors import Fault, Refusal

INTERRUPTED = 130


def main() -> NoReturn:
    """Run the command and leave with its status."""
    try:
        status = _run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        status = 0  # whoever read our output has gone
        _silence()
    except OSError as error:
        click.echo(Fault("unwritable", problem=error.strerror or "?").said(spoken()), err=True)
        status = FAULT
        _silence()
    sys.exit(status)


def _run(arguments: list[str]) -> int:
    try:
        with cli.make_context("antrean", arguments) as context:
            status = cli.invoke(context)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as misuse:
        misuse.show()
        return misuse.exit_code
    except Refusal as refusal:
        click.echo(refusal.said(spoken()), err=True)
        for mistake in refusal.data.get("mistakes", ()):
            click.echo(f"  {mistake}", err=True)
        return REFUSED
    except Fault as fault:
        click.echo(fault.said(spoken()), err=True)
        return FAULT
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    return status if isinstance(status, int) else 0


def _silence() -> None:
    """Python would complain once more while it closes stdout."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
