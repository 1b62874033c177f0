"""The slip a visitor takes away: what stands on it and where. Pure: a Slip in, a black and white picture out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_date
from PIL import Image

from assets import fonts
from assets.words import N_, say, words
from printer.ink import PAPERS, WHITE, Sheet, bearing, capital, font, qr_code


@dataclass(frozen=True, slots=True)
class Slip:
    """Everything that stands on a slip, names already in the visitor's language; nothing personal."""

    hall: str
    agency: str
    service: str
    number: str
    ahead: int
    estimate: tuple[int, int] | None
    """The range told at issue, whole minutes; None when nothing could be told."""
    zones: tuple[str, ...]
    """Where to wait; empty when the catalogue says nothing of it."""
    issued_at: datetime
    url: str
    """The visitor's page, in the QR."""
    language: str
    copy_at: datetime | None = None
    """When this copy was printed; None on the first slip."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Sizes of one paper width, in dots; text sizes are font sizes. `margin` is also the QR's quiet zone: 4 modules."""

    margin: int
    module: int
    number: int
    """Height of the number's capitals."""
    hall: int
    service: int
    value: int
    body: int
    small: int
    space: int
    """Half of the white between two parts."""
    columns: bool
    """Wide enough for two things side by side."""


LAYOUTS = {
    80: Layout(24, 6, 140, 32, 38, 36, 27, 24, 20, columns=True),
    58: Layout(20, 5, 104, 27, 30, 30, 24, 22, 17, columns=False),
}
_WIDTHS = (100, 87, 75, 62)
_HEAVY, _BOLD, _MEDIUM, _PLAIN = 800, 700, 600, 500
_THICK, _THIN = 5, 2
_LOCALES = {"en": "en_GB"}
"""Where the language alone would write dates as another country does."""


def draw(slip: Slip, paper: int = 80) -> Image.Image:
    """The slip for paper of 58 or 80 mm: mode 1, as wide as the head (384 or 576 dots), as long as its content."""
    layout = LAYOUTS[paper]
    sheet = Sheet(PAPERS[paper], layout.margin)
    parts: list[Callable[[Sheet, Layout, Slip], None]] = [_head, _number, _errand, _wait]
    if slip.zones:
        parts.append(_place)
    parts.append(_page)
    for index, part in enumerate(parts):
        if index:
            sheet.feed(layout.space)
            sheet.rule(_THICK if index == 1 else _THIN)
            sheet.feed(layout.space)
        part(sheet, layout, slip)
    sheet.feed(layout.margin)
    return sheet.cut()


def _head(sheet: Sheet, layout: Layout, slip: Slip) -> None:
    if slip.copy_at is None:
        sheet.feed(layout.margin)
    else:
        _copy(sheet, layout, say(slip.language, N_("Copy, printed at {time}"), {"time": f"{slip.copy_at:%H:%M}"}))
    sheet.lines(slip.hall, font(layout.hall, _BOLD))


def _copy(sheet: Sheet, layout: Layout, text: str) -> None:
    face = font(layout.body, _BOLD)
    padding = layout.space * 3 // 4
    sheet.feed(layout.margin // 2)
    sheet.box(sheet.y, sheet.y + 2 * padding + capital(face))
    sheet.feed(padding)
    sheet.line(text, face, sheet.margin + padding, WHITE)
    sheet.feed(padding + layout.space + layout.hall // 4)


def _number(sheet: Sheet, layout: Layout, slip: Slip) -> None:
    sheet.line(say(slip.language, N_("Your number")), font(layout.body, _PLAIN), sheet.margin)
    sheet.feed(layout.space + 4)
    size = round(layout.number / fonts.CAPITAL)
    first = slip.number[0]
    for width in _WIDTHS:  # a long series is drawn narrower rather than lower; only seven letters would also shrink
        face = font(size, _HEAVY, width)
        long = face.getlength(slip.number) - bearing(face, first)
        if long <= sheet.room:
            break
    else:
        face = font(int(size * sheet.room / long), _HEAVY, _WIDTHS[-1])
    sheet.line(slip.number, face, sheet.margin - bearing(face, first))
    below = round(face.getbbox(slip.number, anchor="ls")[3])  # a J reaches far below the line
    sheet.feed(max(below, layout.space // 4))


def _errand(sheet: Sheet, layout: Layout, slip: Slip) -> None:
    sheet.lines(slip.service, font(layout.service, _BOLD))
    sheet.feed(layout.space)
    sheet.lines(slip.agency, font(layout.body, _PLAIN))
    sheet.feed(layout.space // 4)


def _wait(sheet: Sheet, layout: Layout, slip: Slip) -> None:
    facts = (
        (say(slip.language, N_("Ahead of you")), people(slip.ahead, slip.language)),
        (say(slip.language, N_("Estimated wait")), estimate(slip.estimate, slip.language)),
    )
    label, value = font(layout.small, _PLAIN), font(layout.value, _BOLD)
    if not layout.columns:
        for index, (name, text) in enumerate(facts):
            sheet.feed(index * layout.space * 3 // 2)
            sheet.lines(name, label)
            sheet.feed(layout.space * 3 // 4)
            sheet.lines(text, value)
        return
    for row, face in zip(zip(*facts, strict=True), (label, value), strict=True):
        top = bottom = sheet.y
        for index, text in enumerate(row):
            sheet.y = top
            sheet.lines(text, face, _column(sheet, index), sheet.room // 2 - layout.space)
            bottom = max(bottom, sheet.y)
        sheet.y = bottom
        if face is label:
            sheet.feed(layout.space * 3 // 4)


def _column(sheet: Sheet, index: int) -> int:
    return sheet.margin + index * sheet.room // 2


def _place(sheet: Sheet, layout: Layout, slip: Slip) -> None:
    sheet.line(say(slip.language, N_("Please wait in")), font(layout.small, _PLAIN), sheet.margin)
    sheet.feed(layout.space * 3 // 4)
    sheet.lines(", ".join(slip.zones), font(layout.value, _BOLD))


def _page(sheet: Sheet, layout: Layout, slip: Slip) -> None:
    # The rule above must stay out of the quiet zone.
    sheet.feed(max(0, 4 * layout.module - layout.space))
    code = qr_code(slip.url, layout.module)
    sheet.paste(code, sheet.margin)
    top = sheet.y
    x = sheet.margin + code.width + 5 * layout.module
    if layout.columns:
        x = max(x, _column(sheet, 1))
        _when(sheet, layout, slip, x)
        sheet.feed(layout.space)
        sheet.lines(_follow(slip), font(layout.body, _PLAIN), x, sheet.dots - sheet.margin - x)
        sheet.y = max(sheet.y, top + code.height)
        sheet.feed(4 * layout.module)
    else:
        _when(sheet, layout, slip, x)
        sheet.y = max(sheet.y, top + code.height)
        sheet.feed(4 * layout.module)
        sheet.lines(_follow(slip), font(layout.body, _PLAIN))
        sheet.feed(layout.space)


def _when(sheet: Sheet, layout: Layout, slip: Slip, x: float) -> None:
    room = sheet.dots - sheet.margin - x
    sheet.lines(f"{slip.issued_at:%H:%M}", font(layout.value, _BOLD), x, room)
    sheet.feed(layout.space * 3 // 4)
    locale = _LOCALES.get(slip.language, slip.language)
    date = format_date(slip.issued_at, "long" if layout.columns else "medium", locale)
    sheet.lines(date, font(layout.small, _PLAIN), x, room)


def _follow(slip: Slip) -> str:
    return say(slip.language, N_("Scan this code to follow your place in the queue on your phone."))


def people(ahead: int, language: str) -> str:
    """How many stand ahead, in words."""
    if ahead == 0:
        return say(language, N_("Nobody"))
    return words(language).ngettext("{count} person", "{count} people", ahead).format(count=ahead)


def estimate(told: tuple[int, int] | None, language: str) -> str:
    """The range of the wait in words, or that it is not known."""
    if told is None:
        return say(language, N_("Not known yet"))
    low, high = told
    pattern = N_("{low}–{high} min") if 1 < low < high else N_("Up to {high} min")
    return say(language, pattern, {"low": low, "high": high})
