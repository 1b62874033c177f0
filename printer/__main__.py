"""`python -m printer`: serves the printers of the settings until SIGTERM or SIGINT; `--picture` draws a sample slip."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from assets.words import LANGUAGES
from hall import Fault, Hall, Refusal
from hall.settings import Settings, load
from printer import ask, picture, template
from printer.desk import Desk
from printer.ink import PAPERS
from printer.letters import check_shaping
from printer.sample import sample
from printer.slip import draw
from printer.wire import encoded


def main(arguments: list[str] | None = None) -> int:
    """Exit status 0 done, 1 refused, 2 misuse, 3 fault."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] and arguments[0] in ask.COMMANDS:
        return ask.main(arguments)
    asked = _parser().parse_args(arguments)
    logging.basicConfig(format="%(message)s", force=True)  # a library may have set its own
    try:
        if asked.picture:
            _picture(asked)
        else:
            _serve(load(), announce=asked.announce)
    except Refusal as refusal:
        mistakes = "".join(f"  {mistake}\n" for mistake in refusal.data.get("mistakes", ()))
        sys.stderr.write(f"{refusal}\n{mistakes}")
        return 1
    except Fault as fault:
        sys.stderr.write(f"{fault}\n")
        return 3
    except OSError as error:
        sys.stderr.write(f"{Fault('room_failed', room='printer', problem=error.strerror or error)}\n")
        return 3
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m printer", description=__doc__)
    parser.add_argument("--announce", action="store_true", help="say `ready` on stdout once every printer is served")
    parser.add_argument("--picture", type=Path, metavar="FILE", help="draw a sample slip as PNG and end")
    parser.add_argument("--language", choices=LANGUAGES, default="id")
    parser.add_argument("--width", type=int, choices=PAPERS, default=80, help="millimetres of paper")
    parser.add_argument("--service", help="the hall's first one unless said")
    parser.add_argument("--template", type=Path, metavar="FILE", help="the settings' one unless said")
    parser.add_argument("--large", action="store_true", help="the sample in large print")
    parser.add_argument("--copy", action="store_true", help="the sample as a copy")
    parser.add_argument("--text", action="store_true", help="the sample as a printer on a slow line prints it")
    return parser


def _picture(asked: argparse.Namespace) -> None:
    picture.save(
        asked.picture,
        load(),
        asked.language,
        asked.width,
        service=asked.service,
        template_file=asked.template,
        large=asked.large,
        copy=asked.copy,
        text=asked.text,
    )


def _serve(settings: Settings, *, announce: bool) -> None:
    if not settings.printers:
        raise Fault("bad_settings", problem="printers: there is none")
    check_shaping()
    shaped = template.load(settings.slip)
    desks = {name: Desk(name, one, settings.counter.public_url, shaped) for name, one in settings.printers.items()}

    def stop(*_: object) -> None:
        for desk in desks.values():
            desk.stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    _open(settings).close()  # a fault at the start is told at once; later ones are waited out
    for width in {one.width for one in settings.printers.values()}:
        for language in LANGUAGES:  # fonts and calendars are loaded now: the day's first visitor waits like the others
            encoded(draw(sample(language), PAPERS[width], shaped), PAPERS[width])
    heard = _Heard(len(desks), announce=announce)
    with ThreadPoolExecutor(len(desks), "desk") as threads:
        serving = [threads.submit(desk.serve, lambda: _open(settings), heard.one_more) for desk in desks.values()]
        try:
            for ended in as_completed(serving):
                ended.result()
        finally:
            stop()
    for desk in desks.values():
        desk.close()


class _Heard:
    """Says `ready` once, when as many desks listen as there are."""

    def __init__(self, desks: int, *, announce: bool) -> None:
        self._missing = desks if announce else 0
        self._lock = threading.Lock()

    def one_more(self) -> None:
        with self._lock:
            self._missing -= 1
            if self._missing == 0:
                sys.stdout.write("ready\n")
                sys.stdout.flush()


def _open(settings: Settings) -> Hall:
    return Hall.open(settings.hall, always_open=settings.always_open, create=False)


if __name__ == "__main__":
    sys.exit(main())
