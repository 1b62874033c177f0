"""A TOML file that a person wrote: read whole, or refused with every mistake and its place."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assets.words import N_, say
from hall.errors import Fault, Problem, Refusal


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong in a file."""

    place: str
    """Where, in words: `agency "dukcapil", service "ktp-el", name.ru`."""
    problem: str
    line: int | None

    def __str__(self) -> str:
        return self.said("en")

    def said(self, language: str) -> str:
        """In one line; the place is told by the keys of the file."""
        where = say(language, N_("line {line}"), {"line": self.line}) if self.line else ""
        problem = self.problem.said(language) if isinstance(self.problem, Problem) else self.problem
        return ": ".join(part for part in (where, self.place, problem) if part)


def parsed(path: Path, refusal: str) -> tuple[dict[str, Any], str]:
    """The document of a file and its text. Fault unreadable_file; Refusal of that code (path, mistakes) if no TOML."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Fault("unreadable_file", path=str(path), problem=_reason(error)) from error
    return read(text, refusal, str(path)), text


def read(text: str, refusal: str, path: str = "") -> dict[str, Any]:
    """The document of a text. Refusal of that code (path, mistakes) if it is no TOML."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # TOMLDecodeError, an absurd number or depth
        at = re.search(r"line (\d+)", str(error))
        mistake = Mistake("", f"not TOML: {error}", int(at[1]) if at else None)
        raise Refusal(refusal, path=path, mistakes=[mistake]) from error


def _reason(error: Exception) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else "it is not UTF-8 text"
