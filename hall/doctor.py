"""Looks at a machine the way a technician would, and says in a line each what is well and what is not."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from gettext import GNUTranslations
from pathlib import Path

from assets import fonts
from assets.words import LANGUAGES, N_, words
from hall.errors import Fault, Refusal
from hall.hall import Hall
from hall.rooms import has_screen
from hall.settings import Settings

LOW_DISK = 500_000_000
"""Bytes that should be free: days of journal, and room for a backup."""


class Health(StrEnum):
    """How bad it is."""

    WELL = "ok"
    WARN = "warn"
    ILL = "fail"


@dataclass(frozen=True)
class Finding:
    """One thing looked at."""

    health: Health
    text: str
    """A sentence of the catalogues; `values` fill its places."""
    values: dict[str, object]


def examine(settings: Settings) -> Iterator[Finding]:
    """Every finding, as it is found."""
    yield from _queue(settings)
    yield from _screens()
    yield from _words()
    for name, printer in settings.printers.items():
        if printer.device == "network":
            try:
                socket.create_connection((printer.host, printer.port), printer.timeout).close()
                yield Finding(Health.WELL, N_("Printer {name} answers."), {"name": name})
            except (OSError, UnicodeError) as error:  # UnicodeError: a name that cannot be one
                reason = getattr(error, "strerror", None) or str(error)
                yield Finding(
                    Health.ILL, N_("Printer {name} does not answer: {reason}."), {"name": name, "reason": reason}
                )
        else:
            folder = str(printer.folder)
            yield Finding(
                Health.WELL, N_("Printer {name} writes pictures to {folder}."), {"name": name, "folder": folder}
            )


def _queue(settings: Settings) -> Iterator[Finding]:
    try:
        with Hall.open(settings.hall, create=False) as hall:
            yield Finding(Health.WELL, N_("The queue opens: {engine}."), {"engine": hall.engine})
            if "wal" not in hall.engine:
                yield Finding(
                    Health.WARN,
                    N_(
                        "This SQLite may damage a WAL file, so the queue is kept in a slower, safe mode. Update SQLite."
                    ),
                    {},
                )
            catalogue = hall.catalogue
            yield Finding(
                Health.WELL,
                N_("The hall has {services} services and {counters} counters."),
                {"services": len(catalogue.services), "counters": len(catalogue.counters)},
            )
            if not hall.has_staff():
                yield Finding(Health.WARN, N_("Nobody may sign in yet: antrean staff add NAME."), {})
    except (Fault, Refusal) as error:
        yield Finding(Health.ILL, error.sentences[error.code], error.data)
    free = shutil.disk_usage(Path.cwd()).free
    health = Health.WELL if free > LOW_DISK else Health.WARN
    yield Finding(health, N_("{megabytes} MB are free on the disk."), {"megabytes": free // 1_000_000})


def _screens() -> Iterator[Finding]:
    """Qt in a process of its own: a missing system library would end this one."""
    probe = "import PySide6.QtQuick, PySide6.QtGui; PySide6.QtGui.QGuiApplication([])"
    platform = os.environ.get("QT_QPA_PLATFORM") or ("" if has_screen() else "offscreen")
    environ = {**os.environ, **({"QT_QPA_PLATFORM": platform} if platform else {})}
    ran = subprocess.run([sys.executable, "-c", probe], env=environ, capture_output=True, text=True, check=False)
    if ran.returncode:
        why = (ran.stderr.strip().splitlines() or ["?"])[-1]
        yield Finding(Health.ILL, N_("Qt cannot open a window: {why}."), {"why": why})
    else:
        yield Finding(Health.WELL, N_("Qt can open a window."), {})
    if not has_screen():
        yield Finding(Health.WARN, N_("There is no screen; the windows would be drawn unseen."), {})
    packages = ("espeakng_loader", "miniaudio", "num2words")
    if None in map(importlib.util.find_spec, packages) or not fonts.FILE.exists():
        yield Finding(Health.ILL, N_("The installation is not complete."), {})


def _words() -> Iterator[Finding]:
    missing = [language for language in LANGUAGES if not isinstance(words(language), GNUTranslations)]
    if missing:
        yield Finding(Health.ILL, N_("Words are missing in: {languages}."), {"languages": ", ".join(missing)})
