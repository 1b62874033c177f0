"""Golden pictures: what a screen looked like when a person found it good."""

import os
from pathlib import Path

from PIL import Image, ImageChops

NOTICEABLE = 24
"""A dot differs when one of its colours is off by more than this, of 255: antialiasing rounds otherwise elsewhere."""
TOLERATED = 0.001
"""Share of dots that may differ."""


def same_picture(actual: Path, golden: Path, tolerated: float = TOLERATED, part: int = 1) -> None:
    """Fail unless a picture is its golden, but for a hair of antialiasing: a share of its dots. A missing golden fails.

    The golden may be kept at a `part` of the size, whose dots are the means of so many: still enough to see a letter
    that moved by a dot. ANTREAN_ACCEPT=1 takes the picture as the new golden. Look at it first.
    """
    with Image.open(actual) as opened:
        picture = opened.convert("RGB").reduce(part)
    if os.environ.get("ANTREAN_ACCEPT") == "1":
        golden.parent.mkdir(parents=True, exist_ok=True)
        picture.quantize(256, dither=Image.Dither.NONE).save(golden, optimize=True)
        return
    assert golden.exists(), f"{golden} is missing: look at the picture, then accept it with ANTREAN_ACCEPT=1"
    with Image.open(golden) as opened:
        accepted = opened.convert("RGB")
    assert picture.size == accepted.size, f"{golden} is {accepted.size}, the picture is {picture.size}"
    red, green, blue = ImageChops.difference(picture, accepted).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    differing = sum(most.histogram()[NOTICEABLE + 1 :]) / (picture.width * picture.height)
    assert differing <= tolerated, f"{differing:.2%} of {golden} differ; if that is meant, ANTREAN_ACCEPT=1 takes it"
