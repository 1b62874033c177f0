"""One source of words: the gettext catalogues for screen, slip, page, voice and command.

A language is one file `words/LANGUAGE/antrean.po`. It is compiled beside itself when it is newer than its .mo.
"""

import functools
import gettext
import io
import os
import struct
import warnings
from collections.abc import Mapping
from pathlib import Path

from assets import ROOT

NAMES = {"id": "Bahasa Indonesia", "az": "Azərbaycan dili", "en": "English", "ru": "Русский"}
"""Every language of the product by its own name."""
LANGUAGES = tuple(NAMES)
_FROM_THE_RIGHT = frozenset({"ar", "fa", "he", "ur"})


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for a mark without a translation
    """Mark a text for the catalogues; it is translated where it is shown."""
    return text


@functools.cache
def words(language: str) -> gettext.NullTranslations:
    """The catalogue of a language. What it lacks is English; what that lacks too, and all of an unknown or broken
    language, is the source text, which is English itself.
    """
    source = ROOT / "words" / language / "antrean.po"
    if language not in NAMES or not source.exists():
        return gettext.NullTranslations()
    try:
        found = _read(source)
    except (OSError, ValueError, struct.error) as error:
        warnings.warn(f"the words of {source} cannot be read: {error}", RuntimeWarning, stacklevel=2)
        return gettext.NullTranslations()
    if language != "en":
        found.add_fallback(words("en"))
    return found


def _read(source: Path) -> gettext.GNUTranslations:
    compiled = source.with_suffix(".mo")
    if not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns:
        binary = compile_catalogue(source)
        try:
            _write_whole(compiled, binary)
        except OSError:  # a read-only installation: nothing to keep it in, so compile at each start
            return gettext.GNUTranslations(io.BytesIO(binary))
    with compiled.open("rb") as stream:
        return gettext.GNUTranslations(stream)


def say(language: str, text: str, values: Mapping[str, object] | None = None) -> str:
    """A source text in a language, its `{name}` places filled; in English, where a translation's places are wrong."""
    try:
        return words(language).gettext(text).format_map(values or {})
    except (LookupError, ValueError, AttributeError):
        return text.format_map(values or {})


def mirrored(language: str) -> bool:
    """Whether a language is written from right to left."""
    return language in _FROM_THE_RIGHT


def spoken() -> str:
    """The language of commands: ANTREAN_LANGUAGE, or that of the system, or English."""
    wanted = os.environ.get("ANTREAN_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return wanted[:2] if wanted[:2] in LANGUAGES else "en"


def compile_catalogue(source: Path) -> bytes:
    """The binary form (.mo) of a .po file."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as stream:
        catalogue = read_po(stream)
    for message in list(catalogue):
        if message.id and not (message.string if isinstance(message.string, str) else all(message.string or ("",))):
            catalogue.delete(message.id, message.context)  # a plural with an empty form would be shown as nothing
    binary = io.BytesIO()
    write_mo(binary, catalogue)
    return binary.getvalue()


def _write_whole(path: Path, binary: bytes) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}")
    part.write_bytes(binary)
    part.replace(path)
