"""Looks at a machine the way a technician would, and says in a line each what is well and what is not."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from gettext import GNUTranslations
from pathlib import Path

from assets import fonts, logo
from assets.words import LANGUAGES, N_, say, spoken, words
from hall.errors import Fault, Refusal
from hall.hall import Hall
from hall.printers import SENTENCES, Trouble
from hall.rooms import has_screen
from hall.settings import DisplaySettings, Settings
from hall.sizes import TOO_SMALL, shortfall

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
    yield from _board(settings.display)
    yield from _words()
    yield from _logo(settings)
    yield _slips()
    yield from _printers(settings)


def _printers(settings: Settings) -> Iterator[Finding]:
    """Each is asked by the room that knows devices, in a process of its own."""
    asked = [sys.executable, "-m", "printer", "status", "--json"]
    ran = subprocess.run(asked, capture_output=True, text=True, check=False)
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    if len(told) < len(settings.printers):
        yield Finding(Health.ILL, N_("The printers could not be asked: {why}."), {"why": ran.stderr.strip() or "?"})
    for printer in told:
        troubles = [Trouble(one) for one in printer["troubles"]]
        well = Health.WARN if troubles else Health.WELL
        said = "; ".join(say(spoken(), SENTENCES[one]) for one in troubles) or say(spoken(), N_("Ready"))
        values = {"name": printer["name"], "where": printer["where"], "state": said}
        yield Finding(well if printer["prints"] else Health.ILL, N_("Printer {name} ({where}): {state}."), values)


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


def _board(display: DisplaySettings) -> Iterator[Finding]:
    short = shortfall(display.width, display.height, display.width_mm, display.distance_m)
    if short:
        yield Finding(Health.WARN, TOO_SMALL, short)


def _words() -> Iterator[Finding]:
    missing = [language for language in LANGUAGES if not isinstance(words(language), GNUTranslations)]
    if missing:
        yield Finding(Health.ILL, N_("Words are missing in: {languages}."), {"languages": ", ".join(missing)})


def _logo(settings: Settings) -> Iterator[Finding]:
    """The rooms themselves go on without one that cannot be shown."""
    path = settings.theme.logo
    if path is not None and (problem := logo.mistake(path)):
        values: dict[str, object] = {"path": path, "problem": problem}
        yield Finding(Health.ILL, N_("The logo {path} cannot be shown: {problem}."), values)


def _slips() -> Finding:
    """A whole slip, drawn by the printer room itself: with the hall's template and logo, and every script's letters."""
    asked = [sys.executable, "-m", "printer", "--picture", os.devnull]
    ran = subprocess.run(asked, capture_output=True, text=True, check=False)
    if ran.returncode == 0:
        return Finding(Health.WELL, N_("A slip can be drawn."), {})
    why = (ran.stderr.strip().splitlines() or ["?"])[0].rstrip(".")
    return Finding(Health.ILL, N_("No slip can be drawn: {why}."), {"why": why})
