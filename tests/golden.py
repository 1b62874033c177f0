"""Golden pictures: what a screen looked like when a person found it good."""

import os
from collections.abc import Mapping
from pathlib import Path

from PIL import Image, ImageChops

NOTICEABLE = 24
"""A dot differs when one of its colours is off by more than this, of 255: antialiasing rounds otherwise elsewhere."""
TOLERATED = 0.001
"""Share of dots that may differ."""


def same_picture(actual: Image.Image, golden: Path, tolerated: float = TOLERATED, part: int = 1) -> None:
    """Fail unless a picture is its golden, but for a hair of antialiasing: a share of its dots. A missing golden fails.

    The golden may be kept at a `part` of the size, whose dots are the means of so many: still enough to see a letter
    that moved by a dot. ANTREAN_ACCEPT=1 takes the picture as the new golden. Look at it first.
    """
    picture = actual.convert("RGB").reduce(part)
    if os.environ.get("ANTREAN_ACCEPT") == "1":
        golden.parent.mkdir(parents=True, exist_ok=True)
        picture.quantize(256, dither=Image.Dither.NONE).save(golden, optimize=True)
        return
    assert golden.exists(), f"{golden} is missing: look at the picture, then accept it with ANTREAN_ACCEPT=1"
    with Image.open(golden) as opened:
        accepted = opened.convert("RGB")
    assert picture.size == accepted.size, f"{golden} is {accepted.size}, the picture is {picture.size}"
    differing = noticeable(picture, accepted, NOTICEABLE) / (picture.width * picture.height)
    assert differing <= tolerated, f"{differing:.2%} of {golden} differ; if that is meant, ANTREAN_ACCEPT=1 takes it"


SHRUNK = 3
"""A sheet keeps each page at a third: a word of the smallest letters still covers some forty of its dots."""
SHEET_NOTICEABLE, SHEET_TOLERATED = 64, 12
"""Of 255, and dots a page: fewer colours shift a dot by less; a word that is gone by more."""
COLOURS = 32
"""Of a whole sheet."""


def same_pages(pages: Mapping[str, Image.Image], golden: Path) -> None:
    """Fail unless every page is as it stands, in this order, on the one golden sheet, and name those that are not.

    ANTREAN_ACCEPT=1 takes the pages as the new sheet. Look at it first.
    """
    cells = {name: page.convert("RGB").reduce(SHRUNK) for name, page in pages.items()}
    columns = 3 if next(iter(cells.values())).width > next(iter(cells.values())).height else 6
    width, height = next(iter(cells.values())).size
    spots = {name: (place % columns * width, place // columns * height) for place, name in enumerate(cells)}
    if os.environ.get("ANTREAN_ACCEPT") == "1":
        sheet = Image.new("RGB", (columns * width, -(-len(cells) // columns) * height))
        for name, cell in cells.items():
            sheet.paste(cell, spots[name])
        golden.parent.mkdir(parents=True, exist_ok=True)
        sheet.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(golden, optimize=True)
        return
    assert golden.exists(), f"{golden} is missing: look at the pages, then accept them with ANTREAN_ACCEPT=1"
    with Image.open(golden) as opened:
        accepted = opened.convert("RGB")
    changed = [name for name, cell in cells.items() if _differing(cell, accepted, spots[name]) > SHEET_TOLERATED]
    assert not changed, f"not as in {golden}: {', '.join(changed)}; if that is meant, ANTREAN_ACCEPT=1 takes them"


def _differing(cell: Image.Image, sheet: Image.Image, spot: tuple[int, int]) -> int:
    accepted = sheet.crop((*spot, spot[0] + cell.width, spot[1] + cell.height))
    return noticeable(cell, accepted, SHEET_NOTICEABLE)


def noticeable(one: Image.Image, other: Image.Image, least: int) -> int:
    """How many dots differ by more than `least` in one of their colours."""
    red, green, blue = ImageChops.difference(one, other).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return sum(most.histogram()[least + 1 :])
