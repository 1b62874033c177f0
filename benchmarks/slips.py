"""What a slip costs before it is on paper: the time to draw and encode it, and the bytes the printer has to take."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from PIL import Image, ImageChops, ImageDraw

from assets import ROOT, fonts
from assets.words import LANGUAGES
from benchmarks.measure import Result, percentile
from hall.catalogue import build
from hall.catalogue_file import read as read_catalogue
from printer.ink import BLACK, PAPERS, WHITE, black_and_white
from printer.letters import Face
from printer.sample import sample
from printer.slip import Slip, draw
from printer.template import read
from printer.wire import encoded

HEAD = PAPERS[80]
COUNT = 1234
"""Late in a busy day: the numbers are long."""


def _slips() -> Iterator[tuple[str, Slip]]:
    """Every service of both demo halls, in every language."""
    for name in ("mpp", "asan"):
        catalogue = build(read_catalogue(ROOT / "catalogues" / f"{name}.toml"))
        for service in catalogue.services:
            for language in LANGUAGES:
                slip = sample(language, service=service, count=COUNT, catalogue=catalogue)
                yield f"{service}, {language}", slip


def slip_draw_encode_ms(_folder: Path) -> Iterator[Result]:
    """A slip of 80 mm from its words to its bytes, each service and language once: the median."""
    template = read()
    taken, floor = [], []
    for index, (_, slip) in enumerate(_slips()):
        start = time.perf_counter()
        encoded(draw(slip, HEAD, template), HEAD)
        ours = (time.perf_counter() - start) * 1000
        start = time.perf_counter()
        _bare(slip)
        bare = (time.perf_counter() - start) * 1000
        if index >= len(LANGUAGES):  # the first of each language load fonts, as the room does before it says `ready`
            taken.append(ours)
            floor.append(bare)
    p95 = f"p95 {percentile(taken, 0.95):.1f} ms, {len(taken)} slips"
    beside = f"{p95}; bare Pillow p50 {median(floor):.1f}, p95 {percentile(floor, 0.95):.1f} ms"
    yield Result("slip_draw_encode_ms", median(taken), "ms", "< 15", beside)


def _bare(slip: Slip) -> bytes:
    """The floor: each text once on white paper, at no particular place, cut to black and white, as bytes."""
    picture = Image.new("L", (HEAD.dots, 900), WHITE)
    pen = ImageDraw.Draw(picture)
    facts = [fact for fact in (slip.ahead, slip.wait, slip.place) if fact]
    texts = [slip.hall, slip.service, slip.agency, slip.late, slip.follow, slip.time]
    texts += [text for fact in facts for text in (fact.label, fact.value)]
    for index, text in enumerate(texts):
        pen.text((12, 40 * index), text, BLACK, Face(30, 700).font(fonts.FILE))
    pen.text((12, 600), slip.number.value, BLACK, Face(156, 800).font(fonts.FILE))
    return ImageChops.invert(black_and_white(picture)).tobytes()


def slip_bytes(_folder: Path) -> Iterator[Result]:
    """The longest slip of 80 mm."""
    template = read()
    sizes = {name: len(encoded(draw(slip, HEAD, template), HEAD)) for name, slip in _slips()}
    longest = max(sizes, key=lambda name: sizes[name])
    raw = HEAD.dots * draw(dict(_slips())[longest], HEAD, template).height // 8
    beside = f"{longest}; median {median(sizes.values()):.0f}; its bare dots {raw}"
    yield Result("slip_bytes", sizes[longest], "bytes", "< 20000", beside)
