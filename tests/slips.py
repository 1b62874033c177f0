"""Slips for tests: of every kind, printed through their bytes, and what can be measured on the paper."""

from __future__ import annotations

from PIL import Image

from assets.words import LANGUAGES
from printer.decode import slips
from printer.ink import PAPERS, Head
from printer.profiles import profile
from printer.sample import sample
from printer.slip import Slip, draw
from printer.template import Template, read
from printer.typed import typed
from printer.wire import encoded

SPOKEN = (*LANGUAGES, "ar")
"""The languages of the product, and the Arabic sample."""
KINDS = ("normal", "large", "copy", "text")
HEADS = {**{str(width): head for width, head in PAPERS.items()}, "80 at 180 dpi": Head(512, 180)}
LETTERS = {58: "POS-5890", 80: "TM-T88V"}
"""Printers of each paper: one that draws no QR codes by itself, and one that does."""


def made(language: str, kind: str, width: int) -> tuple[Slip, Image.Image]:
    """A sample, and the paper it comes out on."""
    slip = sample(language, copy=kind == "copy", large=kind == "large")
    known = profile(LETTERS[width])
    job = typed(slip, PAPERS[width], read(), known) if kind == "text" else job_of(slip, PAPERS[width])
    (paper,) = slips(job, PAPERS[width], known.pages)
    return slip, paper


def job_of(slip: Slip, head: Head, template: Template | None = None) -> bytes:
    """The bytes of a drawn slip."""
    return encoded(draw(slip, head, template or read()), head)


def inked_runs(paper: Image.Image) -> list[tuple[int, int]]:
    """Row ranges with ink in them, white between."""
    rows = [paper.crop((0, y, paper.width, y + 1)).getextrema()[0] == 0 for y in range(paper.height)]
    edges = [y for y in range(len(rows) + 1) if (y < len(rows) and rows[y]) != (y > 0 and rows[y - 1])]
    return list(zip(edges[::2], edges[1::2], strict=True))
