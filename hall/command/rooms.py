"""`antrean run` and the rooms by their names."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

from assets.words import N_
from hall.command.base import _, cli, open_hall, tell
from hall.errors import Fault
from hall.rooms import ROOMS, WINDOWS, Rooms, die_with_parent, has_screen
from hall.settings import load


def _room(name: str, text: str) -> None:
    """`antrean kiosk` is `python -m kiosk` with the settings of this command."""

    @cli.command(name, help=text)
    def start() -> None:
        load()
        if name in WINDOWS and not has_screen() and "QT_QPA_PLATFORM" not in os.environ:
            raise Fault("no_screen")
        os.execv(sys.executable, [sys.executable, "-m", name])  # noqa: S606 - no shell, on purpose


_room("kiosk", _("The visitors' touch screen."))
_room("display", _("The call-board."))
_room("printer", _("The printers."))
_room("counter", _("The web server: staff and phones."))


@cli.command(help=_("Run every room of the hall until Ctrl-C."))
@click.option("--room", "names", multiple=True, type=click.Choice(ROOMS), help=_("Only this one; may be repeated."))
@click.option(
    "--tour", type=click.Path(path_type=Path), metavar="FOLDER", help=_("Play a short tour, save its pictures.")
)
def run(names: tuple[str, ...], tour: Path | None) -> None:
    with open_hall() as hall:
        hall.catalogue  # noqa: B018 - a hall without one is refused before any room starts
    if not has_screen():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

    def died(room: str, status: str, wait: str) -> None:
        text = N_("{room} ended (status {status}); it starts again in {wait} s.")
        tell(text, err=True, room=room, status=status, wait=wait)

    toured = {room: ["--tour", str(tour)] for room in ("kiosk", "display") if tour is not None}
    rooms = Rooms(names or ROOMS, os.environ, died, toured)
    if tour is None:
        rooms.run()
        return
    guide = [sys.executable, "-m", "hall.tour", str(tour)]
    process = subprocess.Popen(guide, process_group=0, preexec_fn=die_with_parent)
    try:
        rooms.run()
    finally:
        process.terminate()
        process.wait()
