"""`antrean picture`: what a screen or a slip looks like, drawn by the room it belongs to."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import click

from assets.words import LANGUAGES
from hall.command.base import _, cli


@cli.group(help=_("Save a picture of one screen or of a slip, without opening a window or printing."))
def picture() -> None:
    pass


def _screen(room: str, text: str) -> None:
    """`antrean picture kiosk` is `python -m kiosk --picture`."""

    @picture.command(room, help=text)
    @click.option("--page", required=True, metavar="P", help=_("Which page, or which state of the board."))
    @click.option("--language", default="id", show_default=True)
    @click.option("--size", metavar="WxH")
    @click.argument("file", type=click.Path(path_type=Path))
    def save(page: str, language: str, size: str | None, file: Path) -> int:
        sized = ["--size", size] if size else []
        return _drawn(room, "--picture", page, "--language", language, *sized, str(file))


_screen("kiosk", _("A page of the visitors' touch screen."))
_screen("display", _("A state of the call-board."))


@picture.command("slip", help=_("A slip as it would be printed."))
@click.option("--service", metavar="S", help=_("The hall's first service unless said."))
@click.option("--language", default="id", show_default=True, type=click.Choice(LANGUAGES))
@click.option(
    "--width", default="80", show_default=True, type=click.Choice(["58", "80"]), help=_("Millimetres of paper.")
)
@click.option("--large", is_flag=True, help=_("In large print."))
@click.option("--copy", is_flag=True, help=_("As a copy."))
@click.option("--text", is_flag=True, help=_("As a printer on a slow line prints it, in its own letters."))
@click.option("--template", type=click.Path(path_type=Path), metavar="FILE", help=_("Instead of the settings' one."))
@click.argument("file", type=click.Path(path_type=Path))
def slip_(service: str | None, template: Path | None, file: Path, **said: Any) -> int:
    asked = ["--picture", str(file), "--language", said.pop("language"), "--width", said.pop("width")]
    asked += ["--service", service] if service else []
    asked += ["--template", str(template)] if template else []
    return _drawn("printer", *asked, *(f"--{name}" for name, wanted in said.items() if wanted))


def _drawn(room: str, *asked: str) -> int:
    return subprocess.run([sys.executable, "-m", room, *asked], check=False).returncode
