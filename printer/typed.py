"""A slip in the printer's own letters, for slow serial lines: at 9600 baud about a second, a picture takes twenty.

A letter that the printer has is sent as it is, in the code page that has the most of the slip's. One it has not becomes
a plainer one (ə an e, ğ a g, Cyrillic the Latin of maps), never a question mark. A text with a letter that has none
(Arabic, whose letters join) is not left out either: that text is sent as a small picture. A logo is left out.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from textwrap import wrap

from PIL import Image, ImageChops

from printer import cells
from printer.ink import Head, Sheet, doubled, qr_code
from printer.letters import direction_of, fitting
from printer.profiles import Profile
from printer.slip import QUIET, Fact, Slip, tidy
from printer.template import Kind, Part, Template
from printer.wire import CUT, aligned, bands, feed, start

ONE_BYTE = b"\x1c."
"""FS . : many a cheap printer starts in Chinese, where two bytes are one letter."""
LARGEST = 8
"""Times that letters can be magnified."""
_SPACE = 6
"""White between two lines, in dots."""
_ABOVE = 9
"""Dots that drawn letters reach above capitals, and below the line."""
_CODE_MM, _SENT_CODE_MM = 0.75, 0.5
"""Modules of a code the printer draws, and of one sent as a picture: the smallest that every phone reads."""
_STAND_INS = """
аa бb вv гg дd еe ёyo жzh зz иi йy кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ъ" ыy ь' эe юyu яya
əe ıi łl đd øo æae ßss №No ×x ·- •- …... ‐- ‑- –- —- ―- −- “" ”" „" «" »" ‘' ’' ‚' ʻ' ʼ'
"""
"""A small letter and what stands for it where it is missing; Cyrillic as BGN/PCGN writes it."""
_PLAIN = {pair[0]: pair[1:] for pair in _STAND_INS.split()}


def typed(slip: Slip, head: Head, template: Template, profile: Profile) -> bytes:
    """The bytes that print the slip in the letters of a profile, and cut the paper after it."""
    typist = _Typist(slip, head, template, profile)
    parts = tidy(slip, template)
    said = [start(head), ONE_BYTE, typist.start(), feed(typist.gap)]
    if slip.copy:
        said.append(typist.text(slip.copy, b"\x1dB\x01", b"\x1dB\x00"))
    said.append(typist.part(parts[0]))
    for before, part in pairwise(parts):
        said += [feed(typist.between(before, part)), typist.part(part)]
    return b"".join([*said, feed(typist.gap), CUT])


def page_for(text: str, profile: Profile) -> int:
    """The code page that has the most letters of a text; of equals, the first."""
    foreign = [letter for letter in text if not letter.isascii()]
    pages = profile.pages or {0: "cp437"}
    return min(pages, key=lambda page: (sum(not _encodes(letter, pages[page]) for letter in foreign), page))


def plainer(text: str, codec: str) -> str | None:
    """The text in letters that a code page has; None when one of them has no stand-in."""
    letters = [_plain(letter, codec) for letter in text]
    return None if None in letters else "".join(letter or "" for letter in letters)


class _Typist:
    """One slip's way into bytes."""

    def __init__(self, slip: Slip, head: Head, template: Template, profile: Profile) -> None:
        self._slip = slip
        self._head = head
        self._line = template.line.get(slip.language, "")
        self._qr = profile.qr
        self._size = 2 if slip.large else 1
        self._columns = head.dots // (cells.WIDTH * self._size)
        self._direction = direction_of(slip.language)
        self._at_right = self._direction == "rtl" and head.dots % 16 == 0
        facts = [slip.number, slip.ahead, slip.wait, *([slip.place] if slip.place else [])]
        everything = [
            slip.hall,
            slip.service,
            slip.agency,
            slip.late,
            slip.follow,
            slip.time,
            self._line,
            slip.copy or "",
        ]
        everything += [f"{fact.label}{fact.value}" for fact in facts]
        self._page = page_for("".join(everything), profile)
        self._codec = profile.pages.get(self._page, "cp437")
        self.gap = head.across(template.gap) // 2

    def start(self) -> bytes:
        """The code page, the line spacing, the size of letters, and the side they stand at."""
        spacing = self._size * cells.HEIGHT + _SPACE
        page = bytes((0x1B, 0x74, self._page))
        return page + bytes((0x1B, 0x33, spacing)) + _sized(self._size, self._size) + aligned(at_right=self._at_right)

    def between(self, before: Part, part: Part) -> int:
        """White between two parts, in dots."""
        if Kind.CODE in (before.kind, part.kind):
            return QUIET * self._module()
        return self.gap if Kind.RULE in (before.kind, part.kind) else 0

    def part(self, part: Part) -> bytes:
        """One part."""
        slip = self._slip
        match part.kind:
            case Kind.LOGO:
                return b""
            case Kind.RULE:
                thick = 4 if part.size > 0.5 else 2
                return bands(Image.new("1", (self._head.dots, thick), 1))
            case Kind.HALL:
                return self._bold(slip.hall)
            case Kind.NUMBER:
                return (self.text(slip.number.label) if part.label else b"") + self._number()
            case Kind.SERVICE:
                return self._bold(slip.service)
            case Kind.AGENCY:
                return self.text(slip.agency)
            case Kind.WAIT:
                return self._fact(slip.ahead) + self._fact(slip.wait)
            case Kind.PLACE:
                return self._fact(slip.place) if slip.place else b""
            case Kind.LATE:
                return self.text(slip.late)
            case Kind.CODE:
                return self._code()
            case Kind.FOLLOW:
                return self.text(slip.follow)
            case Kind.TIME:
                return self.text(slip.time)
            case Kind.LINE:
                return self.text(self._line)

    def text(self, text: str, style: bytes = b"", plain: bytes = b"") -> bytes:
        """A text, wrapped, between the bytes that begin and end its style."""
        said = plainer(text, self._codec)
        if said is None:
            return self._drawn(text)
        return style + b"".join(line.encode(self._codec) + b"\n" for line in _lines(said, self._columns)) + plain

    def _bold(self, text: str) -> bytes:
        return self.text(text, b"\x1bE\x01", b"\x1bE\x00")

    def _fact(self, fact: Fact) -> bytes:
        """On one line where it fits, otherwise the value below the label."""
        whole = f"{fact.label}: {fact.value}"
        return self.text(whole) if len(whole) <= self._columns else self.text(f"{fact.label}:") + self.text(fact.value)

    def _number(self) -> bytes:
        """As high as letters go, and as wide as fits."""
        number = self._slip.number.value
        across = min(LARGEST, max(1, self._head.dots // (cells.WIDTH * len(number))))
        return _sized(across, LARGEST) + number.encode("ascii") + b"\n" + _sized(self._size, self._size)

    def _code(self) -> bytes:
        if not self._qr:
            code = doubled(qr_code(self._slip.url), self._module())
            canvas = Image.new("L", (self._head.dots, code.height))
            canvas.paste(ImageChops.invert(code), (self._head.dots - code.width if self._at_right else 0, 0))
            return bands(canvas.convert("1"), at_right=self._at_right)
        url = self._slip.url.encode()
        steps = (b"1A2\x00", b"1C" + bytes((self._module(),)), b"1E1", b"1P0" + url, b"1Q0")
        return b"".join(b"\x1d(k" + len(step).to_bytes(2, "little") + step for step in steps)

    def _module(self) -> int:
        """Dots of the side of a square. A code the printer draws costs the same however large."""
        wanted = self._head.across(_CODE_MM if self._qr else _SENT_CODE_MM) * self._size
        return min(wanted // 2 * 2, self._head.dots // qr_code(self._slip.url).width)

    def _drawn(self, text: str) -> bytes:
        """What no letters of the printer can say, as a picture about as high."""
        sheet = Sheet(self._head, cells.WIDTH // 2, self._direction)
        sheet.feed(self._size * _ABOVE)
        sheet.lines(text, fitting(text, self._size * cells.HEIGHT, 500, sheet.room))
        sheet.feed(self._size * _ABOVE)
        return bands(ImageChops.invert(sheet.cut()), at_right=self._at_right)


def _lines(text: str, columns: int) -> list[str]:
    """As few lines as the columns allow, about equally long."""
    lines = wrap(text, columns, break_on_hyphens=False)
    for narrower in range(columns - 1, max(map(len, text.split()), default=columns) - 1, -1):
        again = wrap(text, narrower, break_on_hyphens=False)
        if len(again) != len(lines):
            break
        lines = again
    return lines


def _sized(across: int, down: int) -> bytes:
    return bytes((0x1D, 0x21, (across - 1) * 16 + down - 1))


def _plain(letter: str, codec: str) -> str | None:
    if letter.isspace():  # those that do not break have no width on some printers
        return " "
    if _encodes(letter, codec):
        return letter
    if letter.lower() in _PLAIN:
        said = _PLAIN[letter.lower()]
        return said.capitalize() if letter.isupper() else said
    bare = "".join(one for one in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(one))
    return bare if bare and bare != letter and all(_encodes(one, codec) for one in bare) else None


def _encodes(letter: str, codec: str) -> bool:
    """Whether a page has a letter and it can stand alone: printers with Arabic pages neither join nor turn letters."""
    if unicodedata.bidirectional(letter) in ("R", "AL"):
        return False
    try:
        return len(letter.encode(codec)) == 1  # Japanese pages have Cyrillic too, in two bytes
    except UnicodeEncodeError:
        return False
