"""What a real printer would print from ESC/POS bytes: the part of the language we speak, and nothing guessed.

The paper device and the tests' fake printer read with it; a command it does not know is an error, never skipped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PIL import Image, ImageChops

from printer import cells
from printer.ink import Head, doubled, qr_code
from printer.profiles import profile


class UnknownCommandError(ValueError):
    """These bytes are no command this decoder knows; it carries where they stand."""

    def __init__(self, at: int, command: bytes) -> None:
        super().__init__(f"no ESC/POS command known at byte {at}: {command.hex(' ')}")
        self.at = at
        self.command = command


class UnknownLetterError(ValueError):
    """A byte is no letter of the code page, or the printer has no such page."""


@dataclass(frozen=True, slots=True)
class Reset:
    """ESC @"""


@dataclass(frozen=True, slots=True)
class Raster:
    """GS v 0: rows of dots, 1 is black, eight a byte; the printer repeats each dot so often `across` and `down`."""

    width: int
    height: int
    dots: bytes
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class Feed:
    """ESC J: white paper, in the units of GS P."""

    units: int


@dataclass(frozen=True, slots=True)
class Lines:
    """LF, ESC d: the line is printed, and the paper goes on by so many."""

    count: int


@dataclass(frozen=True, slots=True)
class Letter:
    """One byte to print in the code page."""

    code: int


@dataclass(frozen=True, slots=True)
class Set:
    """How it goes on from here: the name of one of `USUAL`, and its value."""

    name: str
    value: int


@dataclass(frozen=True, slots=True)
class Code:
    """GS ( k: the text of a QR code is kept; without a text, it is printed."""

    text: bytes | None


@dataclass(frozen=True, slots=True)
class Cut:
    """GS V"""


@dataclass(frozen=True, slots=True)
class Ask:
    """A request the printer answers: GS r n (in order) or DLE EOT n (at once)."""

    at_once: bool
    subject: int


Command = Reset | Raster | Feed | Lines | Letter | Set | Code | Cut | Ask

USUAL = {
    "unasked": 0,  # GS a: which changes the printer reports by itself
    "unit": 0,  # GS P: units of an inch; 0 is one dot
    "align": 0,  # ESC a: left, middle, right
    "spacing": 0,  # ESC 3: units from line to line; 0 is a sixth of an inch
    "page": 0,  # ESC t
    "bold": 0,  # ESC E
    "white": 0,  # GS B: white letters on black
    "size": 0,  # GS !: in each half byte one less than how often letters are magnified, across and down
    "module": 3,  # GS ( k: dots
    "model": 50,
    "level": 48,
    "bytes": 1,  # FS .: letters are of one byte, not of two as in Chinese
}
"""What a printer goes by, and where it starts after ESC @."""


class Reader:
    """Bytes in as they arrive, whole commands out; an unfinished command waits for its rest."""

    def __init__(self) -> None:
        self.rest = b""
        self._at = 0

    def feed(self, received: bytes) -> Iterator[Command]:
        """Every command that is complete by now; UnknownCommandError for anything else."""
        self.rest += received
        while self.rest:
            if self.rest[0] == 0:  # NULs are nothing, and come by the thousand after a job that broke off
                self._at += len(self.rest) - len(self.rest.lstrip(b"\0"))
                self.rest = self.rest.lstrip(b"\0")
                continue
            try:
                command, length = _command(self.rest)
            except IndexError:
                return
            except LookupError:
                raise UnknownCommandError(self._at, self.rest[:4]) from None
            self.rest = self.rest[length:]
            self._at += length
            yield command


class Roll:
    """Paper that commands are printed on; `slips` are the pieces cut off so far.

    `pages` are the code pages of the printer, n of ESC t -> Python's name; without them, those most printers have.
    """

    def __init__(self, head: Head, pages: Mapping[int, str] | None = None) -> None:
        self.slips: list[Image.Image] = []
        self._head = head
        self._pages = pages
        self._set = dict(USUAL)
        self._line: list[Image.Image] = []
        self._code = ""
        self._pieces: list[Image.Image] = []

    @property
    def hanging(self) -> int:
        """Dots of paper printed and not yet cut off."""
        return sum(piece.height for piece in self._pieces)

    def print(self, command: Command) -> None:
        """What the command does to the paper. UnknownLetterError."""
        match command:
            case Reset():
                self._set, self._line = dict(USUAL), []
            case Set(name, value):
                self._set[name] = value
            case Letter(code):
                self._letter(code)
            case Lines(count):
                self._end_line(count * self._dots(self._set["spacing"]) or count * round(self._head.dpi / 6))
            case Feed(units):
                self._end_line(self._dots(units))
            case Raster(width, height, dots, across, down):
                ink = Image.frombytes("1", (width, height), dots)
                self._block(ink.resize((width * across, height * down), Image.Resampling.NEAREST))
            case Code(None):
                self._block(ImageChops.invert(doubled(qr_code(self._code), self._set["module"])).convert("1"))
            case Code(bytes(text)):
                self._code = text.decode()
            case Cut() if self.hanging:
                self.slips.append(self._joined())
                self._pieces.clear()

    def _letter(self, code: int) -> None:
        cell = cells.cell(self._read(code), bold=bool(self._set["bold"]))
        if self._set["white"]:
            cell = ImageChops.invert(cell)
        across, down = self._set["size"] // 16 + 1, self._set["size"] % 16 + 1
        cell = cell.resize((cell.width * across, cell.height * down), Image.Resampling.NEAREST)
        if sum(one.width for one in self._line) + cell.width > self._head.dots:
            self.print(Lines(1))
        self._line.append(cell)

    def _read(self, code: int) -> str:
        if code < 0x80:
            return chr(code)
        if self._pages is None:
            self._pages = profile().pages
        page = self._set["page"]
        try:
            return bytes((code,)).decode(self._pages[page])
        except (KeyError, UnicodeDecodeError):
            raise UnknownLetterError(f"there is no letter {code} in code page {page}") from None

    def _end_line(self, dots: int) -> None:
        """Print the letters that wait, their cells ending on one row, and go on by so much or by their height."""
        height = max((cell.height for cell in self._line), default=0)
        line = Image.new("1", (sum(cell.width for cell in self._line), height))
        x = 0
        for cell in self._line:
            line.paste(cell, (x, height - cell.height))
            x += cell.width
        self._line = []
        if height:
            self._block(line)
        if dots > height:
            self._pieces.append(Image.new("1", (self._head.dots, dots - height)))

    def _block(self, ink: Image.Image) -> None:
        """Something on rows of its own; what does not fit on the paper is not printed."""
        paper = Image.new("1", (self._head.dots, ink.height))
        paper.paste(ink, ((self._head.dots - ink.width) * self._set["align"] // 2, 0))
        self._pieces.append(paper)

    def _dots(self, units: int) -> int:
        return round(units * self._head.dpi / (self._set["unit"] or self._head.dpi))

    def _joined(self) -> Image.Image:
        paper = Image.new("1", (self._head.dots, self.hanging))
        y = 0
        for piece in self._pieces:
            paper.paste(piece, (0, y))
            y += piece.height
        return ImageChops.invert(paper)


def slips(received: bytes, head: Head, pages: Mapping[int, str] | None = None) -> list[Image.Image]:
    """The pieces of paper these bytes print, mode 1, black on white, each as wide as the head.

    Raises UnknownCommandError, also when the last command is not whole; UnknownLetterError. What is not cut off is no
    slip.
    """
    reader, roll = Reader(), Roll(head, pages)
    for command in reader.feed(received):
        roll.print(command)
    if reader.rest:
        raise UnknownCommandError(len(received) - len(reader.rest), reader.rest[:4])
    return roll.slips


def _command(data: bytes) -> tuple[Command, int]:
    """The command at the start and its length; IndexError when it is not whole, LookupError when it is none."""
    match data[0]:
        case 0x0A:
            return Lines(1), 1
        case 0x10 if data[1] == 0x04:
            return Ask(True, data[2]), 3
        case 0x1B:
            return _escape(data)
        case 0x1C if data[1] == 0x2E:
            return Set("bytes", 1), 2
        case 0x1D:
            return _group(data)
        case letter if letter >= 0x20:
            return Letter(letter), 1
    raise LookupError


def _escape(data: bytes) -> tuple[Command, int]:
    match chr(data[1]):
        case "@":
            return Reset(), 2
        case "J":
            return Feed(data[2]), 3
        case "d":
            return Lines(data[2]), 3
        case "3":
            return Set("spacing", data[2]), 3
        case "t":
            return Set("page", data[2]), 3
        case "E" if data[2] in (0, 1):
            return Set("bold", data[2]), 3
        case "a" if data[2] in (0, 1, 2):
            return Set("align", data[2]), 3
    raise LookupError


def _group(data: bytes) -> tuple[Command, int]:
    match chr(data[1]):
        case "V" if data[2] in (0, 1, 48, 49):
            return Cut(), 3
        case "V" if data[2] in (65, 66):
            data[3]
            return Cut(), 4
        case "r":
            return Ask(False, data[2]), 3
        case "a":
            return Set("unasked", data[2]), 3
        case "P":
            return Set("unit", data[3]), 4
        case "B" if data[2] in (0, 1):
            return Set("white", data[2]), 3
        case "!" if data[2] & 0x88 == 0:
            return Set("size", data[2]), 3
        case "(" if data[2] == 0x6B:
            return _code(data)
        case "v" if data[2] == 0x30 and data[3] in (0, 1, 2, 3):
            row, height = data[4] + 256 * data[5], data[6] + 256 * data[7]
            end = 8 + row * height
            data[end - 1]
            return Raster(row * 8, height, data[8:end], data[3] % 2 + 1, data[3] // 2 + 1), end
    raise LookupError


def _code(data: bytes) -> tuple[Command, int]:
    """GS ( k with cn = 49, a QR code; of model 2 and error level M, as every slip's."""
    end = 5 + data[3] + 256 * data[4]
    data[end - 1]
    match data[5:7], data[7:end]:
        case b"1A", b"2\x00":
            return Set("model", 50), end
        case b"1C", module if len(module) == 1 and 1 <= module[0] <= 16:
            return Set("module", module[0]), end
        case b"1E", b"1":
            return Set("level", 49), end
        case b"1P", text if text[:1] == b"0":
            return Code(text[1:]), end
        case b"1Q", b"0":
            return Code(None), end
    raise LookupError
