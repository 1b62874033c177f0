"""What the status bytes of a printer mean. Pure. Their fixed bits are checked, for a line also carries noise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

PRINTER, OFFLINE, PAPER = 1, 2, 4
"""What DLE EOT n asks about."""
_TROUBLES = {
    PAPER: ((0x60, "paper_out"),),
    OFFLINE: ((0x04, "cover_open"), (0x20, "paper_out"), (0x40, "printer_error")),
    PRINTER: ((0x08, "offline"),),
}
"""Subject -> the bits that mean trouble, the worst first, with the reason code we give."""
SUBJECTS = tuple(_TROUBLES)
"""In the order worth asking: the paper first."""
_PAPER_END = 0x0C
_AUTOMATIC = 4
"""Bytes of an automatic status."""


def ask(subject: int) -> bytes:
    """DLE EOT n: answered at once, overtaking whatever is being printed."""
    return bytes((0x10, 0x04, subject))


def trouble(subject: int, status: int) -> str | None:
    """The reason code in a DLE EOT answer, or None when all is well."""
    return next((reason for bits, reason in _TROUBLES[subject] if status & bits), None)


def paper_ended(confirmation: int) -> bool:
    """Whether the answer to GS r 1 says that there is no paper."""
    return bool(confirmation & _PAPER_END)


@dataclass(frozen=True, slots=True)
class Answer:
    """A status byte and the request it answers: `at_once` DLE EOT, otherwise GS r."""

    at_once: bool
    status: int


def answers(received: bytes) -> Iterator[Answer]:
    """The answers among the bytes of a printer; automatic status (four bytes) and noise are left out.

    DLE EOT answers 0xx1xx10, an automatic status begins 0xx1xx00 and goes on 0xx0xxxx, and so does the answer to GS r.
    """
    at = 0
    while at < len(received):
        byte = received[at]
        if byte & 0x93 == 0x10:
            at += _AUTOMATIC
            continue
        if byte & 0x93 == 0x12:
            yield Answer(at_once=True, status=byte)
        elif byte & 0x90 == 0x00:
            yield Answer(at_once=False, status=byte)
        at += 1
