"""`antrean printers`: asked of the printer's room, the only one that knows devices."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import click

from hall.command.base import _, cli


@cli.group(help=_("The printers of this machine."))
def printers() -> None:
    pass


def _of_printers(name: str, text: str, *parameters: Any) -> None:
    """`antrean printers list` is `python -m printer list`: only that room knows devices."""

    @printers.command(
        name, help=text, params=[*parameters, click.Option(["--json"], is_flag=True, help=_("Print JSON."))]
    )
    def ask(**given: Any) -> int:
        words = [str(word) for word in (given.get("name"), *given.get("addresses", ())) if word]
        command = [sys.executable, "-m", "printer", name, *words, *(["--json"] if given["json"] else [])]
        return subprocess.run(command, check=False).returncode


_NAME = click.Argument(["name"], required=False)
_of_printers("list", _("Every printer of the settings, and how it stands."))
_of_printers("status", _("Ask a printer, or every one, how it is now."), _NAME)
_of_printers("test", _("Print a test page and say what became of it."), _NAME)
_of_printers("roll", _("Say that a full roll was put in: its length counts anew."), click.Argument(["name"]))
_of_printers(
    "find",
    _("Look for printers: USB, serial, spooler, and at network addresses such as 192.0.2.0/24."),
    click.Argument(["addresses"], nargs=-1),
)
