"""What is known about receipt printers, out of python-escpos's collection: their heads, their letters, their skills."""

from __future__ import annotations

import codecs
import functools
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from hall import Fault
from hall.settings import PrinterSettings
from printer.ink import PAPERS, Head

DEFAULT = "default"
"""The profile of a printer nobody knows: Epson's numbers of the code pages, which most others took over."""


@dataclass(frozen=True)
class Profile:
    """One kind of printer."""

    head: Head
    """Of no dots where its maker says nothing."""
    pages: Mapping[int, str]
    """n of ESC t -> Python's name of that code page; those without a name in Python are left out."""
    qr: bool
    """It draws QR codes by itself (GS ( k)."""


def of(settings: PrinterSettings) -> Profile:
    """What the settings say of a printer: its profile, and where that is silent the usual head of its paper.

    Fault bad_settings.
    """
    if not settings.profile and settings.mode == "picture":
        return Profile(PAPERS[settings.width], {}, qr=False)  # without python-escpos's collection, which takes a while
    known = profile(settings.profile or DEFAULT)
    return known if settings.profile and known.head.dots else replace(known, head=PAPERS[settings.width])


@functools.cache
def profile(name: str = DEFAULT) -> Profile:
    """The profile of that name, such as `TM-T88V`. Fault bad_settings."""
    from escpos.capabilities import CAPABILITIES  # it takes a tenth of a second, and only text mode needs it

    known: dict[str, Any] = CAPABILITIES["profiles"]
    if name not in known:
        raise Fault("bad_settings", problem=f"there is no printer profile “{name}”")
    said = known[name]
    usual = PAPERS[80]
    dots, dpi = said["media"].get("width", {}).get("pixels"), said["media"].get("dpi")
    return Profile(
        Head(dots if isinstance(dots, int) else 0, dpi if isinstance(dpi, int) else usual.dpi),
        {int(number): codec for number, page in said["codePages"].items() if (codec := _codec(page))},
        said["features"].get("qrCode", False),
    )


def _codec(page: str) -> str | None:
    from escpos.capabilities import CAPABILITIES

    named = CAPABILITIES["encodings"].get(page, {}).get("python_encode")
    with suppress(LookupError, TypeError):
        return codecs.lookup(named).name
    return None
