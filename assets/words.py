"""One source of words: the gettext catalogues for screen, slip, page, voice and command.

A language is one file `words/LANGUAGE/antrean.po`. It is compiled beside itself when it is newer than its .mo.
"""

import functools
import gettext
import io
import os
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
    """The catalogue of a language; of an unknown one, the source texts (English)."""
    source = ROOT / "words" / language / "antrean.po"
    if language not in NAMES or not source.exists():
        return gettext.NullTranslations()
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
    """A source text in a language, its `{name}` places filled."""
    return words(language).gettext(text).format_map(values or {})


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
    binary = io.BytesIO()
    write_mo(binary, catalogue)
    return binary.getvalue()


def _write_whole(path: Path, binary: bytes) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}")
    part.write_bytes(binary)
    part.replace(path)
