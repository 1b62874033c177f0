"""A scanner types like a keyboard, only faster: tells a scanned code from keys that a person pressed. Pure."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

PAUSE = 0.12
"""Seconds between two letters of a scan at the most. Scanners send one each 1 to 20 ms, slow ones each 60."""
SHORTEST = 3
"""Letters of a code; fewer before an Enter are a person's keys."""
LONGEST = 300
"""Letters kept: more than any code has, so that what is longer is refused as a whole and never taken in part."""


class Scan(msgspec.Struct, frozen=True):
    """What has come so far of what may be a code."""

    letters: str = ""
    at: float = float("-inf")
    """When the last letter came, steady seconds."""


def typed(scan: Scan, text: str, now: float) -> Scan:
    """After a key with a text; control codes are kept as a mark that no code has, so that the whole is refused."""
    before = scan.letters if now - scan.at <= PAUSE else ""
    return replace(scan, letters=(before + "".join(map(_mark, text)))[:LONGEST], at=now)


def belongs(scan: Scan, text: str, now: float) -> bool:
    """Whether what a key types is a scanner's: every letter is, and whatever comes in the middle of a code."""
    return text.isprintable() or (scan.letters != "" and now - scan.at <= PAUSE)


def entered(scan: Scan, now: float) -> str | None:
    """What was scanned, when an Enter ends it; None when the Enter is a person's."""
    quick = now - scan.at <= PAUSE
    return scan.letters if quick and len(scan.letters) >= SHORTEST else None


def _mark(letter: str) -> str:
    return letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}"
