"""The `antrean` command.

Exit status: 0 done, 1 refused, 2 misuse, 3 fault; errors are one sentence on stderr, never a traceback.
"""

from __future__ import annotations

import dataclasses
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import click

from assets import ROOT
from assets.words import LANGUAGES, N_, say, spoken, words
from hall.errors import Fault, Refusal
from hall.hall import Hall
from hall.rooms import ROOMS, WINDOWS, Rooms, die_with_parent, has_screen
from hall.settings import load

REFUSED, FAULT, INTERRUPTED = 1, 3, 130


_ = words(spoken()).gettext


def tell(text: str, *, err: bool = False, **values: object) -> None:
    """A sentence for a person, in their language."""
    click.echo(say(spoken(), text, values), err=err)


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


def _hall(*, create: bool = False) -> Hall:
    settings = load()
    return Hall.open(settings.hall, always_open=settings.always_open, create=create)


as_json = click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))


@cli.command(help=_("Make a hall: its queue, its catalogue and the first person who may sign in."))
@click.option("--catalogue", type=click.Path(path_type=Path), default=ROOT / "catalogues" / "mpp.toml")
@click.option("--staff", default="admin", show_default=True)
def init(catalogue: Path, staff: str) -> None:
    with _hall(create=True) as hall:
        hall.load_catalogue(catalogue)
        tell(N_("The hall is ready: {path}."), path=load().hall)
        with suppress(Refusal):  # staff_exists: the second time
            tell(
                N_("Sign in as “{name}” with the PIN {pin}. It is shown only now."),
                name=staff,
                pin=hall.add_staff(staff),
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
    with _hall(create=True) as hall:
        hall.load_catalogue(file)
        tell(N_("The hall has {services} services."), services=len(hall.catalogue.services))


@cli.group(help=_("The people who may sign in."))
def staff() -> None:
    pass


@staff.command(help=_("Let somebody sign in; prints a random PIN once."))
@click.argument("name")
def add(name: str) -> None:
    with _hall() as hall:
        tell(N_("Sign in as “{name}” with the PIN {pin}. It is shown only now."), name=name, pin=hall.add_staff(name))


@staff.command(help=_("Give somebody a new random PIN, and end what was signed in with the old one."))
@click.argument("name")
def pin(name: str) -> None:
    with _hall() as hall:
        tell(N_("Sign in as “{name}” with the PIN {pin}. It is shown only now."), name=name, pin=hall.new_pin(name))


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
    with _hall() as hall:
        slip = None if no_slip else printer
        ticket = hall.issue(service, language, priority, request_id, slip, spare, large=large)
        shown = _plain(ticket) | {"ahead": hall.ahead(ticket.id)}
    if as_json:
        _print_json(shown)
    else:
        tell(N_("{number}, {ahead} ahead"), number=ticket.number, ahead=shown["ahead"])


@cli.command(help=_("Call the next visitor to a counter; the ticket it had in hand is finished."))
@click.argument("counter")
@click.option("--staff")
@as_json
def call(counter: str, staff: str | None, *, as_json: bool) -> None:
    with _hall() as hall:
        ticket = hall.call_next(counter, staff=staff)
    if as_json:
        _print_json(_plain(ticket) if ticket else None)
    elif ticket:
        tell(N_("{number} to counter {counter}"), number=ticket.number, counter=counter)
    else:
        tell(N_("Nobody is waiting for counter {counter}."), counter=counter)


@cli.command(help=_("What the call-board shows now."))
@click.option("--zone", "zones", multiple=True, help=_("Only this one; may be repeated."))
@as_json
def board(zones: tuple[str, ...], *, as_json: bool) -> None:
    with _hall() as hall:
        shown = hall.board(*zones)
    if as_json:
        names = ("number", "counter", "zone", "agency", "called_at", "times")
        calls = [{name: _value(getattr(call, name)) for name in names} for call in shown.calls]
        _print_json({"sequence": shown.sequence, "calls": calls})
    for call in () if as_json else shown.calls:
        tell(N_("{number} to counter {counter}"), number=call.number, counter=call.counter)


@cli.command(help=_("Look at this machine and say what is well and what is not."))
@as_json
def doctor(*, as_json: bool) -> int:
    from hall.doctor import Health, examine

    ill = False
    for finding in examine(load()):
        ill |= finding.health is Health.ILL
        text = say(spoken(), finding.text, finding.values)
        if as_json:
            _print_json({"health": finding.health, "text": text})
        else:
            click.echo(f"{finding.health:<5} {text}")
    return FAULT if ill else 0


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


@cli.group(help=_("How calls are spoken: recordings, devices, a call to hear."))
def voice() -> None:
    pass


@voice.command(help=_("The names of the devices that sound can be played on, for sound_device."))
@as_json
def devices(*, as_json: bool) -> None:
    from assets.voice.player import devices

    found = devices()
    if as_json:
        _print_json({"devices": found})
    elif not found:
        tell(N_("There is no device to play sound on."), err=True)
    for name in () if as_json else found:
        click.echo(name)


@voice.command("record-list", help=_("Which clips to record so that no synthetic word is left in the calls."))
@click.option("--language", type=click.Choice(LANGUAGES), help=_("One language only."))
@as_json
def record_list(language: str | None, *, as_json: bool) -> None:
    from hall.voice import to_record

    display = load().display
    with _hall() as hall:
        clips = to_record(hall.catalogue, display, language)
    if as_json:
        _print_json({"clips": [dataclasses.asdict(clip) for clip in clips]})
    for clip in () if as_json else clips:
        there = display.voice_clips is not None and (display.voice_clips / clip.file).exists()
        click.echo(f"{'+' if there else '-'} {clip.file:<40} {clip.text}")


@voice.command("say", help=_("Write a call, such as A015 to counter 3, as a WAV file to hear."))
@click.argument("number")
@click.argument("counter")
@click.option("--language", type=click.Choice(LANGUAGES), default="id", show_default=True)
@click.option("--short", is_flag=True, help=_("As when many wait to be announced."))
@click.argument("file", type=click.Path(path_type=Path))
def say_(number: str, counter: str, language: str, file: Path, *, short: bool) -> None:
    from hall.voice import write_call

    if not re.fullmatch("[A-Z]{1,3}[0-9]+", number):
        raise click.BadParameter(_("A number looks like A015."))
    complain = partial(click.echo, err=True)
    seconds = write_call(load().display, number, counter, language, file, complain, short=short)
    tell(N_("{file}: {seconds} seconds."), file=file, seconds=f"{seconds:.1f}")


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
    with _hall() as hall:
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


def _plain(ticket: Any) -> dict[str, Any]:
    """A ticket as JSON values; that somebody has priority, and why, stays in the queue."""
    values = {field.name: _value(getattr(ticket, field.name)) for field in dataclasses.fields(ticket)}
    del values["priority"], values["rank"]
    return {"number": ticket.number, **values}


def _value(value: object) -> object:
    return value.isoformat(timespec="milliseconds") if isinstance(value, datetime) else value


def _print_json(value: Mapping[str, Any] | None) -> None:
    click.echo(json.dumps(value, ensure_ascii=False))


if __name__ == "__main__":
    main()
