"""The font every room draws with: Noto Sans, out of its package."""

from fontpkg_noto_sans import ROOT

FAMILY = "Noto Sans"
FILE = ROOT / "files" / "NotoSans[wdth,wght].ttf"
CAPITAL = 0.714
"""Height of a capital letter over the font size (from the font's OS/2 table)."""
