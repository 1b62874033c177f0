"""What a real printer would print from ESC/POS bytes: the part of the language we speak, and nothing guessed.

The paper device and the tests' fake printer read with it; a command it does not know is an error, never skipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

DLE, ESC, GS = 0x10, 0x1B, 0x1D
LINE = 30
"""Dots of one line feed, the printers' default of 1/6 inch and near enough."""


class UnknownCommandError(ValueError):
    """These bytes are no command this decoder knows; it carries where they stand."""

    def __init__(self, at: int, command: bytes) -> None:
        super().__init__(f"no ESC/POS command known at byte {at}: {command.hex(' ')}")
        self.at = at
        self.command = command


@dataclass(frozen=True, slots=True)
class Reset:
    """ESC @"""


@dataclass(frozen=True, slots=True)
class Raster:
    """GS v 0: rows of dots, 1 is black, eight a byte."""

    width: int
    height: int
    dots: bytes


@dataclass(frozen=True, slots=True)
class Feed:
    """ESC J, ESC d, LF: white paper."""

    dots: int


@dataclass(frozen=True, slots=True)
class Cut:
    """GS V"""


@dataclass(frozen=True, slots=True)
class Ask:
    """A request the printer answers: GS r n (in order) or DLE EOT n (at once)."""

    at_once: bool
    subject: int


@dataclass(frozen=True, slots=True)
class Unasked:
    """GS a: which changes the printer reports by itself."""

    mask: int


Command = Reset | Raster | Feed | Cut | Ask | Unasked


class Reader:
    """Bytes in as they arrive, whole commands out; an unfinished command waits for its rest."""

    def __init__(self) -> None:
        self.rest = b""
        self._at = 0

    def feed(self, received: bytes) -> Iterator[Command]:
        """Every command that is complete by now; UnknownCommandError for anything else."""
        self.rest += received
        while self.rest:
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
    """Paper of one width that commands are printed on; `slips` are the pieces cut off so far."""

    def __init__(self, dots: int) -> None:
        self.dots = dots
        self.slips: list[Image.Image] = []
        self._pieces: list[Image.Image] = []

    @property
    def hanging(self) -> int:
        """Dots of paper printed and not yet cut off."""
        return sum(piece.height for piece in self._pieces)

    def print(self, command: Command) -> None:
        """What the command does to the paper."""
        match command:
            case Raster(width, height, dots):
                ink = Image.frombytes("1", (width, height), dots)
                self._pieces.append(ink.crop((0, 0, self.dots, height)))
            case Feed(dots) if dots:
                self._pieces.append(Image.new("1", (self.dots, dots)))
            case Cut() if self.hanging:
                self.slips.append(self._joined())
                self._pieces.clear()

    def _joined(self) -> Image.Image:
        paper = Image.new("1", (self.dots, self.hanging))
        y = 0
        for piece in self._pieces:
            paper.paste(piece, (0, y))
            y += piece.height
        return paper.point(lambda dot: 255 - dot)


def slips(received: bytes, dots: int) -> list[Image.Image]:
    """The pieces of paper these bytes print, black on white, each as wide as the head.

    Raises UnknownCommandError, also when the last command is not whole; paper not cut off is no slip.
    """
    reader, roll = Reader(), Roll(dots)
    for command in reader.feed(received):
        roll.print(command)
    if reader.rest:
        raise UnknownCommandError(len(received) - len(reader.rest), reader.rest[:4])
    return roll.slips


def _command(data: bytes) -> tuple[Command, int]:
    """The command at the start and its length; IndexError when it is not whole, LookupError when it is none."""
    match data[0]:
        case 0x0A:
            return Feed(LINE), 1
        case 0x10 if data[1] == 0x04:
            return Ask(True, data[2]), 3
        case 0x1B:
            return _escape(data)
        case 0x1D:
            return _group(data)
    raise LookupError


def _escape(data: bytes) -> tuple[Command, int]:
    match chr(data[1]):
        case "@":
            return Reset(), 2
        case "J":
            return Feed(data[2]), 3
        case "d":
            return Feed(data[2] * LINE), 3
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
            return Unasked(data[2]), 3
        case "v" if data[2] == 0x30 and data[3] == 0:
            row, height = data[4] + 256 * data[5], data[6] + 256 * data[7]
            end = 8 + row * height
            data[end - 1]
            return Raster(row * 8, height, data[8:end]), end
    raise LookupError
