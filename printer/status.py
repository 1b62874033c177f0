"""What the status bytes of a printer mean. Pure. Their fixed bits are checked, for a line also carries noise.

Bits: Epson's ESC/POS reference, DLE EOT, GS r and GS a, which the makers of cheap printers follow.
"""

from __future__ import annotations

from dataclasses import dataclass

from hall.printers import Trouble

PRINTER, OFFLINE, ERROR, PAPER = 1, 2, 3, 4
"""What DLE EOT n asks about."""
SUBJECTS = (PAPER, OFFLINE, ERROR, PRINTER)
"""In the order worth asking: the paper first."""
_TROUBLES = {
    PAPER: ((0x60, Trouble.PAPER_OUT), (0x0C, Trouble.PAPER_LOW)),
    OFFLINE: ((0x04, Trouble.COVER_OPEN), (0x20, Trouble.PAPER_OUT), (0x40, Trouble.PRINTER_ERROR)),
    ERROR: ((0x08, Trouble.CUTTER), (0x40, Trouble.OVERHEATED), (0x24, Trouble.PRINTER_ERROR)),
    PRINTER: ((0x08, Trouble.OFFLINE),),
}
"""Subject -> the bits that mean trouble."""
_VAGUE = {
    Trouble.OFFLINE: {Trouble.PAPER_OUT, Trouble.COVER_OPEN, Trouble.CUTTER, Trouble.OVERHEATED, Trouble.PRINTER_ERROR},
    Trouble.PRINTER_ERROR: {Trouble.CUTTER, Trouble.OVERHEATED},
    Trouble.PAPER_LOW: {Trouble.PAPER_OUT},
}
"""A trouble that says nothing more once one of these is known."""
_NEAR_END, _END = 0x03, 0x0C
_AUTOMATIC = 4
"""Bytes of an automatic status."""


def ask(subject: int) -> bytes:
    """DLE EOT n: answered at once, overtaking whatever is being printed."""
    return bytes((0x10, 0x04, subject))


def troubles(answers: dict[int, int]) -> frozenset[Trouble]:
    """Everything wrong by the DLE EOT answers, subject -> status byte; what is vague only where no cause is known."""
    found = {trouble for subject, status in answers.items() for bits, trouble in _TROUBLES[subject] if status & bits}
    return frozenset(one for one in found if not found & _VAGUE.get(one, set()))


def paper(confirmation: int) -> Trouble | None:
    """What the answer to GS r 1 says of the paper."""
    if confirmation & _END:
        return Trouble.PAPER_OUT
    return Trouble.PAPER_LOW if confirmation & _NEAR_END else None


@dataclass(frozen=True, slots=True)
class Answer:
    """A status byte and the request it answers: `at_once` DLE EOT, otherwise GS r."""

    at_once: bool
    status: int


def answers(received: bytes) -> tuple[list[Answer], bytes]:
    """The answers among the bytes of a printer, and the beginning of an automatic status that is not whole yet.

    Automatic status (four bytes, three of which look like answers to GS r) and noise are left out.
    DLE EOT answers 0xx1xx10, an automatic status begins 0xx1xx00 and goes on 0xx0xxxx, and so does the answer to GS r.
    """
    found: list[Answer] = []
    at = 0
    while at < len(received):
        byte = received[at]
        if byte & 0x93 == 0x10:
            if at + _AUTOMATIC > len(received):
                return found, received[at:]
            at += _AUTOMATIC
            continue
        if byte & 0x93 == 0x12:
            found.append(Answer(at_once=True, status=byte))
        elif byte & 0x90 == 0x00:
            found.append(Answer(at_once=False, status=byte))
        at += 1
    return found, b""
