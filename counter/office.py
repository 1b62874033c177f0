"""What every request of this app needs: the hall, a small pool of threads for its blocking acts, words and pages."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import hashlib
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import jinja2
from fastapi import Request
from fastapi.responses import HTMLResponse

from assets import theme
from assets.words import NAMES, say, words
from counter.board_pictures import Pictures
from counter.crowd import Crowd
from counter.floors import Floors
from counter.streams import Watch
from hall import Fault, Hall, Refusal
from hall.catalogue import Catalogue, named
from hall.presence import Tries
from hall.search import Index
from hall.settings import Settings

HERE = Path(__file__).parent
THREADS = 4
"""Each act holds the hall's lock for 0.3-5 ms, so more threads would only queue there."""
READERS = 3
"""Threads of their own for the streams: a thousand phones that look at once do not keep staff waiting."""

P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class Office:
    """One running app: the hall it serves and what it wears."""

    hall: Hall
    settings: Settings
    watch: Watch
    pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(THREADS, "hall"))
    readers: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(READERS, "streams"))
    hashing: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    """Held while a PIN is checked, which is slow on purpose: guessing may keep one thread busy, never all."""
    desks: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    """Held while an act is done at a counter, so that looking and acting are one."""
    pictures: Pictures = field(init=False)
    """What boards in browsers show besides calls."""
    floors: Floors = field(init=False)
    phones: Crowd[Any] = field(init=False)
    """The open pages of tickets."""
    lobbies: Crowd[Any] = field(init=False)
    """The open pages of the hall."""
    consoles: Crowd[Any] = field(init=False)
    tries: Tries = field(default_factory=Tries)
    """Wrong codes of those who want a ticket on their phone."""
    catalogue: Catalogue | None = None
    """As of the last look; None before the hall has one."""
    _index: tuple[Catalogue, Index] | None = None
    gone: Callable[[Fault], None] = lambda _: None
    """Told when the queue's file was taken away from under this process."""

    def __post_init__(self) -> None:
        self.pictures = Pictures(self.settings.display.pictures)
        self.floors = Floors(self)

    async def ask(self, act: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a blocking act of the hall off the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self.pool, functools.partial(act, *args, **kwargs))

    def look(self) -> int:
        """Take in what all pages share; the sequence it holds for. Blocking. Fault while the hall is away."""
        try:
            sequence = self.hall.sequence()
        except Fault as fault:
            if fault.code == "database_gone":
                self.gone(fault)
            raise
        with contextlib.suppress(Refusal):
            self.catalogue = self.hall.catalogue
        return sequence

    def index(self) -> Index:
        """For searching the services; made anew with each catalogue. Blocking. Refusal no_catalogue."""
        catalogue = self.hall.catalogue
        if self._index is None or self._index[0] is not catalogue:
            self._index = catalogue, Index.of(catalogue)
        return self._index[1]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of this hall that the product knows, its own first."""
        known = tuple(code for code in self.catalogue.languages if code in NAMES) if self.catalogue else ()
        return known or tuple(NAMES)

    @property
    def secure(self) -> bool:
        """Whether people reach us over TLS: what the hall says its address is, not what a header claims."""
        return self.settings.counter.public_url.startswith("https:")

    async def peek(self, read: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Read for a stream: like `ask`, on the streams' own threads."""
        return await asyncio.get_running_loop().run_in_executor(self.readers, functools.partial(read, *args, **kwargs))

    def close(self) -> None:
        """Let the threads go; what has not begun is not done."""
        for pool in (self.pool, self.readers):
            pool.shutdown(wait=False, cancel_futures=True)

    @functools.cached_property
    def css(self) -> str:
        """The palettes, in the hall's own colours."""
        return theme.css(self.settings.theme.colours)

    @functools.cached_property
    def stamp(self) -> str:
        """Changes when anything under static/ or the colours do: part of their address, so that it can be cached for
        ever.
        """
        digest = hashlib.sha256(self.css.encode())
        for file in sorted((HERE / "static").iterdir()):
            digest.update(file.read_bytes())
        return digest.hexdigest()[:12]

    def html(self, template: str, language: str, **values: Any) -> str:
        """A template filled in, in a language."""
        return _templates().get_template(template).render(self._context(language), **values)

    def page(self, template: str, language: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A whole page."""
        return HTMLResponse(self.html(template, language, **values), status)

    def _context(self, language: str) -> dict[str, Any]:
        return {
            "_": functools.partial(_say, language),
            "ngettext": words(language).ngettext,
            "language": language,
            "languages": {code: NAMES[code] for code in self.languages},
            "hall": named(self.settings.theme.named(self.catalogue.name), language) if self.catalogue else "Antrean",
            "static": f"/static/{self.stamp}",
            "joinable": self.settings.counter.join,
        }


def office_of(request: Request) -> Office:
    """The office of the app that serves this request."""
    found: Office = request.app.state.office
    return found


async def office(request: Request) -> Office:
    """The same as a dependency. Like all of those `async`, though it waits for nothing: any other costs a thread."""
    return office_of(request)


def _say(language: str, text: str, **values: object) -> str:
    return say(language, text, values)


@functools.cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
