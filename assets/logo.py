"""Whether a hall's logo can be shown on a screen: PNG or SVG, small enough, and whole."""

from __future__ import annotations

from pathlib import Path

MOST_BYTES = 2_000_000
LARGEST = 6000
"""Dots of a side."""
_SVG = "{http://www.w3.org/2000/svg}svg"


def usable(path: Path | None) -> Path | None:
    """The logo if it can be shown; a hall whose logo is broken goes on without one, and `antrean doctor` says why."""
    return path if path is not None and mistake(path) is None else None


def mistake(path: Path) -> str | None:
    """What is wrong with a logo, in a few words, or None. Never raises."""
    try:
        size = path.stat().st_size
        begins = path.read_bytes()[:8] if size <= MOST_BYTES else b""
    except OSError as error:
        return error.strerror or "it cannot be read"
    if size > MOST_BYTES:
        return f"it has more than {MOST_BYTES // 1_000_000} MB"
    return _png(path) if begins == b"\x89PNG\r\n\x1a\n" else _svg(path)


def _png(path: Path) -> str | None:
    from PIL import Image  # only where there is a logo

    try:
        with Image.open(path, formats=("PNG",)) as picture:
            if max(picture.size) > LARGEST:
                return f"its sides should have at most {LARGEST} dots, not {picture.size}"
            picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return "the picture is damaged"
    return None


def _svg(path: Path) -> str | None:
    from xml.etree import ElementTree  # only where there is one, too

    written = path.read_bytes()
    if b"<!ENTITY" in written or b"\0" in written:  # nor in an encoding of two bytes a letter
        return "an SVG with entities is not read"
    try:
        root = ElementTree.fromstring(written)  # noqa: S314 - no entities, so nothing grows
    except (ElementTree.ParseError, ValueError, LookupError):
        return "it is neither a PNG nor an SVG picture"
    return None if root.tag == _SVG else "it is neither a PNG nor an SVG picture"
