"""The fonts every room draws with: Noto Sans and its Arabic sister, out of their packages."""

from fontpkg_noto_sans import ROOT
from fontpkg_noto_sans_arabic import ROOT as ARABIC_ROOT

FAMILY = "Noto Sans"
FILE = ROOT / "files" / "NotoSans[wdth,wght].ttf"
ARABIC = ARABIC_ROOT / "files" / "NotoSansArabic[wdth,wght].ttf"
"""The Arabic letters, with Noto Sans's own Latin ones (not ə, not Cyrillic) beside them; its axes are the same."""
CAPITAL = 0.714
"""Height of a capital letter over the font size (from the fonts' OS/2 tables)."""
