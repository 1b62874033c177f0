"""The first page, made ready by a helper process while this one still reads Qt in.

Reading in the hall's rules takes as long as reading in Qt, and one Python does one thing at a time. The helper looks at
the hall, says what the first page shows, and ends. A kiosk that cannot have it (no hall yet, another screen) starts in
the ordinary way, and tells what is wrong then.
"""

from __future__ import annotations

import os
import pickle
from typing import Any, NamedTuple, NoReturn

from assets.theme import STOCK, Colours


class FirstPage(NamedTuple):
    """What to show, and on what: the view of the start page, and the screen of the settings."""

    view: dict[str, Any]
    width: int
    height: int
    width_mm: float
    palette: str
    fullscreen: bool
    screen: str
    colours: Colours = STOCK
    logo: bytes = b""
    """The hall's, if the view shows it."""


class Ahead:
    """The helper. Made before Qt is imported, and before there is any thread."""

    def __init__(self) -> None:
        self._told, telling = os.pipe()
        self._helper = os.fork()
        if self._helper == 0:
            _help(telling)
        os.close(telling)

    def take(self) -> FirstPage | None:
        """Wait for the page; None when there is none."""
        with os.fdopen(self._told, "rb") as stream:
            told = stream.read()
        os.waitpid(self._helper, 0)
        return pickle.loads(told) if told else None  # noqa: S301 - from a process of our own


def _help(telling: int) -> NoReturn:
    """In the helper: say the page, or nothing; the kiosk itself meets and names whatever is wrong."""
    try:
        page = _first_page()
        if page is not None:
            _write(telling, pickle.dumps(page))
    finally:
        os._exit(0)


def _write(telling: int, page: bytes) -> None:
    with os.fdopen(telling, "wb") as stream:
        stream.write(page)


def _first_page() -> FirstPage | None:
    from hall import Fault, Hall, Refusal
    from hall.settings import load
    from kiosk import visit as visits
    from kiosk.layout import layout
    from kiosk.look import Watch
    from kiosk.own import own
    from kiosk.pages import HallFound
    from kiosk.views import derive

    try:
        settings = load()
        with Hall.open(settings.hall, always_open=settings.always_open, create=False) as hall:
            seen = Watch(hall, settings.kiosk.printer, search=False).look()
    except (Fault, Refusal):
        return None
    kiosk = settings.kiosk
    rules = visits.Rules(seen.catalogue.languages, paper=bool(kiosk.printer), bookings=seen.bookings)
    visit = visits.step(visits.begin(rules, 0, ""), HallFound(), 0, rules)
    page = layout(kiosk.width, kiosk.height, kiosk.width_mm, kiosk.bottom_mm)
    mine = own(settings.theme)
    view = derive(visit, seen, rules, page, settings.counter.public_url, 0, mine)
    return FirstPage(
        view,
        kiosk.width,
        kiosk.height,
        kiosk.width_mm,
        kiosk.palette,
        kiosk.fullscreen,
        kiosk.screen,
        settings.theme.colours,
        seen.logo.picture if seen.logo and not mine.logo else b"",
    )
