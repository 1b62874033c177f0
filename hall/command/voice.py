"""`antrean voice`: how calls are spoken, and what a hall can record."""

from __future__ import annotations

import dataclasses
import re
from functools import partial
from pathlib import Path

import click

from assets.words import LANGUAGES, N_
from hall.command.base import _, as_json, cli, open_hall, print_json, tell
from hall.settings import load


@cli.group(help=_("How calls are spoken: recordings, devices, a call to hear."))
def voice() -> None:
    pass


@voice.command(help=_("The names of the devices that sound can be played on, for sound_device."))
@as_json
def devices(*, as_json: bool) -> None:
    from assets.voice.player import devices

    found = devices()
    if as_json:
        print_json({"devices": found})
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
    with open_hall() as hall:
        clips = to_record(hall.catalogue, display, language)
    if as_json:
        print_json({"clips": [dataclasses.asdict(clip) for clip in clips]})
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
