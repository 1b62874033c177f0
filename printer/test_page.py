"""A technician's test page: which printer this is, whether every dot of its head prints, and every letter we need."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PIL import Image, ImageDraw

from assets.words import N_, say
from hall.settings import PrinterSettings
from printer.ink import Head, Sheet, black_and_white, doubled, qr_code
from printer.letters import Face, fitting

_LETTERS = "Aa Ğğ Əə İı Öö Şş Üü Çç\nАа Бб Жж Йй Щщ Ъъ Яя Ёё\n0123456789"
_BOLD, _PLAIN = 700, 500
_GAP_MM = 2.5


def test_page(name: str, settings: PrinterSettings, head: Head, now: datetime, languages: Sequence[str]) -> Image.Image:
    """The page, mode 1, as wide as the head. A dot that prints white leaves a gap in the black comb at the top."""
    sheet = Sheet(head, head.across(1.5), "ltr")
    gap = head.across(_GAP_MM)
    sheet.feed(gap)
    sheet.across(_comb(head))
    sheet.feed(gap)
    for language in languages:
        sheet.line(say(language, N_("Test page")), Face(head.across(4.2), _BOLD))
        sheet.feed(gap)
    texts = [name, settings.where, f"{head.dots} × {head.dpi} dpi", f"{now:%Y-%m-%d %H:%M:%S}", *_LETTERS.split("\n")]
    for text in texts:
        sheet.lines(text, fitting(text, head.across(3.6), _PLAIN, sheet.room))
        sheet.feed(gap)
    sheet.paste(doubled(qr_code(f"{name} {now:%Y-%m-%d %H:%M:%S}"), max(2, head.across(0.75) // 2 * 2)))
    sheet.feed(gap)
    return sheet.cut()


def _comb(head: Head) -> Image.Image:
    """Every dot of the head once alone and once with its neighbours."""
    height = head.across(3)
    comb = Image.new("L", (head.dots, 2 * height), 255)
    pen = ImageDraw.Draw(comb)
    for x in range(0, head.dots, 2):
        pen.line((x, 0, x, height // 2), 0)
        pen.line((x + 1, height // 2 + 1, x + 1, height), 0)
    pen.rectangle((0, height + 1, head.dots - 1, 2 * height), 0)
    return black_and_white(comb).convert("L")
