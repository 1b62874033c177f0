"""The slip a visitor takes away: what stands on it, and how it is drawn. Pure: values in, a picture out.

It knows no language: whoever makes a Slip has put everything into words.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from PIL import Image

from assets import fonts
from printer.ink import WHITE, Head, Sheet, doubled, qr_code
from printer.letters import WIDTHS, Face, balanced, direction_of, fitting, length
from printer.template import NUMBER_MM, Kind, Part, Template


@dataclass(frozen=True, slots=True)
class Fact:
    """Small words, and below them what they are about: `Your number`, `A015`."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Slip:
    """Everything that stands on a slip, in the visitor's words; nothing personal."""

    language: str
    """It decides the direction the slip is set in, and which of the hall's own lines is on it."""
    hall: str
    number: Fact
    service: str
    agency: str
    ahead: Fact
    wait: Fact
    place: Fact | None
    """Where to wait; None when the catalogue says nothing of it."""
    late: str
    """For how long a called number is kept."""
    url: str
    """The visitor's page, in the QR."""
    follow: str
    """What the QR is for."""
    time: str
    copy: str | None = None
    """That this is a copy, and when it was printed; None on the first slip."""
    large: bool = False
    """In large print."""


NARROW_MM = 60.0
"""Below this width texts are smaller, and nothing stands side by side."""
QUIET = 4
"""Modules of white that a QR code needs on every side; at its sides the paper's own edge gives them."""
_HEAVY, _BOLD, _PLAIN = 800, 700, 500
_BELOW = {"ltr": 0.5, "rtl": 0.75}
"""White between a label and its value, in font sizes of the label: Arabic reaches deeper and higher than Latin."""


def draw(slip: Slip, head: Head, template: Template) -> Image.Image:
    """The slip for a head: mode 1, as wide as the head, as long as its content."""
    drawing = _Drawing(slip, head, template)
    parts = tidy(slip, template)
    if slip.copy:
        drawing.copy(slip.copy)
    else:
        drawing.sheet.feed(drawing.gap)
    drawing.part(parts[0])
    for before, part in pairwise(parts):
        drawing.sheet.feed(drawing.between(before, part))
        drawing.part(part)
    drawing.sheet.feed(drawing.gap)
    return drawing.sheet.cut()


def tidy(slip: Slip, template: Template) -> list[Part]:
    """The parts that have something to say, with a rule only between two of them."""
    silent = {
        kind
        for kind, said in {
            Kind.LOGO: template.logo,
            Kind.PLACE: slip.place,
            Kind.LINE: template.line.get(slip.language),
        }.items()
        if not said
    }
    listed = [part for part in (template.large if slip.large else template.normal) if part.kind not in silent]
    parts: list[Part] = []
    for part in listed:
        if part.kind is Kind.RULE and (not parts or parts[-1].kind is Kind.RULE):
            continue
        parts.append(part)
    return parts[:-1] if parts[-1].kind is Kind.RULE else parts


class _Drawing:
    """One slip on its sheet."""

    def __init__(self, slip: Slip, head: Head, template: Template) -> None:
        self._slip = slip
        self._head = head
        self._template = template
        self._narrow = head.width < NARROW_MM
        self._scale = template.narrow if self._narrow else 1.0
        self.sheet = Sheet(head, head.across(template.margin), direction_of(slip.language))
        self._below = _BELOW[self.sheet.direction]
        self.gap = head.across((template.large_gap if slip.large else template.gap) * self._scale)
        self._apart = self.gap * 4 // 3

    def copy(self, text: str) -> None:
        """White letters in a black bar: nobody takes a copy for a second number."""
        sheet, padding = self.sheet, self.gap * 2 // 3
        room = sheet.room - 2 * padding
        face = fitting(text, self._size(4.5 if self._slip.large else 2.4), _BOLD, room)
        lines = balanced(text, face, room)
        sheet.feed(self.gap // 2)
        sheet.bar((len(lines) - 1) * face.pitch + face.capital + 2 * padding)
        sheet.feed(padding)
        for index, line in enumerate(lines):
            sheet.feed(min(index, 1) * (face.pitch - face.capital))
            sheet.line(line, face, padding, WHITE)
        sheet.feed(padding + self.gap)

    def between(self, before: Part, part: Part) -> int:
        """White between two parts: more around the code, less between what belongs together."""
        if Kind.CODE in (before.kind, part.kind):
            return max(self.gap, QUIET * self._module(part if part.kind is Kind.CODE else before))
        together = Kind.RULE in (before.kind, part.kind) or part.kind is Kind.AGENCY
        return self.gap if together else self._apart

    def part(self, part: Part) -> None:
        """One part, from where the sheet is."""
        slip, sheet = self._slip, self.sheet
        match part.kind:
            case Kind.LOGO:
                assert self._template.logo is not None  # noqa: S101 - or the part would have been left out
                sheet.paste(self._template.logo.inked(self._head.across(part.size), sheet.room))
            case Kind.RULE:
                thick = self._even(part.size)
                sheet.bar(thick)
                sheet.feed(thick)
            case Kind.HALL:
                self._text(slip.hall, part.size, _BOLD)
            case Kind.NUMBER:
                self._number(part)
            case Kind.SERVICE:
                self._text(slip.service, part.size, _BOLD)
            case Kind.AGENCY:
                self._text(slip.agency, part.size, _PLAIN)
            case Kind.WAIT:
                self._facts(part, slip.ahead, slip.wait)
            case Kind.PLACE:
                assert slip.place is not None  # noqa: S101
                self._facts(part, slip.place)
            case Kind.LATE:
                self._text(slip.late, part.size, _PLAIN)
            case Kind.CODE:
                sheet.paste(doubled(qr_code(slip.url), self._module(part)))
            case Kind.FOLLOW:
                self._text(slip.follow, part.size, _PLAIN)
            case Kind.TIME:
                self._text(slip.time, part.size, _BOLD)
            case Kind.LINE:
                self._text(self._template.line[slip.language], part.size, _PLAIN)

    def _number(self, part: Part) -> None:
        """As high as the template says; a long series is set narrower rather than lower."""
        number = self._slip.number
        if part.label:
            self._text(number.label, part.label, _PLAIN)
            self.sheet.feed(round(self._size(part.label) * 0.75))
        size = round(self._head.across(max(NUMBER_MM, part.size * self._scale)) / fonts.CAPITAL)
        for width in WIDTHS:
            face = Face(size, _HEAVY, width)
            left, _, right, _ = face.font(fonts.FILE).getbbox(number.value)
            long = right - left
            if long <= self.sheet.room:
                break
        else:  # seven letters on narrow paper, or the highest number of a template
            face = Face(int(size * self.sheet.room / long), _HEAVY, WIDTHS[-1])
        self.sheet.figures(number.value, face)

    def _facts(self, part: Part, *facts: Fact) -> None:
        """Facts side by side where the paper is wide enough, otherwise one below the other."""
        sheet, at, top, bottom = self.sheet, 0, self.sheet.y, self.sheet.y
        for fact in facts:
            sheet.y, room = top, sheet.room - at
            label = fitting(fact.label, self._size(part.label), _PLAIN, room)
            value = fitting(fact.value, self._size(part.size), _BOLD, room)
            sheet.lines(fact.label, label, at)
            sheet.feed(round(label.size * self._below))
            sheet.lines(fact.value, value, at)
            bottom = max(bottom, sheet.y)
            taken = max(length(fact.label, label), length(fact.value, value))
            if self._narrow or self._slip.large or at + taken > sheet.room // 2:
                at, top = 0, bottom + self._apart
            else:
                at += round(taken) + 3 * self.gap
        sheet.y = bottom

    def _text(self, text: str, size: float, weight: int) -> None:
        self.sheet.lines(text, fitting(text, self._size(size), weight, self.sheet.room))

    def _size(self, capital: float) -> int:
        """The font size of capitals so many millimetres high."""
        return round(self._head.across(capital * self._scale) / fonts.CAPITAL)

    def _module(self, part: Part) -> int:
        """The side of a module: even, as `printer.wire` likes it, and never so long that the code is cut."""
        longest = self.sheet.room // qr_code(self._slip.url).width // 2 * 2
        return min(self._even(part.size), longest)

    def _even(self, millimetres: float) -> int:
        return max(2, round(millimetres * self._head.dpi / 25.4 / 2) * 2)
