"""Finding a service from a shell, by the search that the kiosk uses: `antrean search`."""

from __future__ import annotations

import click

from assets.words import N_, spoken
from hall.catalogue import named
from hall.command.base import _, as_json, cli, open_hall, print_json, tell
from hall.errors import Refusal


@cli.command(help=_("Find a service by what people type, slips and all."))
@click.argument("words", nargs=-1, required=True)
@click.option("--language", help=_("The visitor's language."))
@click.option("--most", type=click.IntRange(min=1), default=8, show_default=True, help=_("At most so many services."))
@as_json
def search(words: tuple[str, ...], language: str | None, most: int, *, as_json: bool) -> None:
    from hall.search import Index

    with open_hall() as hall:
        catalogue = hall.catalogue
    language = language or next(one for one in (spoken(), *catalogue.languages) if one in catalogue.languages)
    if language not in catalogue.languages:
        raise Refusal("unknown_language", language=language)
    typed = " ".join(words)
    found = []
    for one in Index.of(catalogue).find(typed, language, most):
        names = (
            named(catalogue.service(one.service).name, language),
            named(catalogue.agency_of(one.service).name, language),
        )
        found.append({"service": one.service, "name": names[0], "agency": names[1], "score": round(one.score, 3)})
    if as_json:
        print_json({"words": typed, "language": language, "found": found})
        return
    for each in found:
        click.echo("{service:<32} {name} ({agency})".format(**each))
    if not found:
        tell(N_("Nothing found for “{words}”."), words=typed)
