"""The letters a printer has by itself: Font A, one cell of 12 x 24 dots each, drawn here with JetBrains Mono."""

from __future__ import annotations

import functools

from fontpkg_jetbrains_mono import ROOT
from PIL import Image, ImageChops, ImageDraw, ImageFont

from printer.ink import black_and_white

WIDTH, HEIGHT = 12, 24
_FILE = ROOT / "files" / "JetBrainsMono[wght].ttf"
_SIZE, _WEIGHT = 20, 600
"""At 20 dots the font's letters are 12 wide; thinner ones would break when cut to black and white."""
_BASELINE = 19


@functools.lru_cache(1024)
def cell(letter: str, *, bold: bool = False) -> Image.Image:
    """One letter, mode 1: 1 is a black dot. Bold is the letter twice, one dot apart, as printers do it."""
    grey = Image.new("L", (WIDTH, HEIGHT), 255)
    ImageDraw.Draw(grey).text((0, _BASELINE), letter, 0, _font(), "ls")
    ink = ImageChops.invert(black_and_white(grey))
    return ImageChops.logical_or(ink, ImageChops.offset(ink, 1, 0)) if bold else ink


@functools.cache
def _font() -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(_FILE), _SIZE)
    font.set_variation_by_axes([_WEIGHT])
    return font
