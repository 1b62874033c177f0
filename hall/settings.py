"""antrean.toml and ANTREAN_* as validated settings: what an installer says about this machine, not about the queue.

`ANTREAN_HALL`, `ANTREAN_ALWAYS_OPEN` and, for the tables kiosk, display and counter, `ANTREAN_<TABLE>_<KEY>` (such as
ANTREAN_COUNTER_PORT) win over the file that `ANTREAN_SETTINGS` names (./antrean.toml when it does not). Relative paths
start where the command is run.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from hall.errors import Fault

Palette = Literal["light", "dark"]
Dots = Annotated[int, Meta(ge=320, le=8192)]
Millimetres = Annotated[float, Meta(gt=50, lt=10_000)]
Part = Annotated[float, Meta(ge=0, le=1)]
TimeOfDay = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Port = Annotated[int, Meta(ge=1, le=65535)]


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class KioskSettings(_Table, frozen=True):
    """One kiosk's screen. `width_mm` is measured with a ruler: what a screen says of itself is often wrong."""

    name: str = "kiosk-1"
    printer: str = "main"
    """Where its slips come out; empty when the screen is the ticket."""
    width: Dots = 1080
    height: Dots = 1920
    width_mm: Millimetres = 268.0
    fullscreen: bool = True
    palette: Palette = "light"
    idle_seconds: Annotated[int, Meta(ge=20, le=3600)] = 60
    ticket_seconds: Annotated[int, Meta(ge=10, le=3600)] = 20


class VolumeSettings(_Table, frozen=True):
    """How loud from one time of the day to another, which may be past midnight."""

    from_: TimeOfDay = msgspec.field(name="from")
    to: TimeOfDay
    volume: Part


class DisplaySettings(_Table, frozen=True):
    """One call-board: which zone, how far away its readers stand, and how its calls sound."""

    zone: str | None = None
    width: Dots = 1920
    height: Dots = 1080
    width_mm: Millimetres = 1218.0
    distance_m: Annotated[float, Meta(gt=0, le=60)] = 10.0
    fullscreen: bool = True
    palette: Palette = "dark"
    sound: bool = True
    """False: neither chime nor voice."""
    sound_device: str = ""
    """A name out of `antrean voice devices`; empty: the machine's default; `file:FOLDER`: WAV files instead."""
    volume: Part = 1.0
    volumes: tuple[VolumeSettings, ...] = ()
    """Other volumes by the time of day; the first that fits holds, and 0 is a quiet time."""
    voice: bool = True
    """False: the chime alone."""
    voice_times: Literal[1, 2] = 1
    """How often a call is said while nobody else waits to be announced."""
    voice_numbers: Literal["digits", "whole"] = "digits"
    voice_zone: bool = False
    """Whether the counter's zone is said too."""
    voice_clips: Path | None = None
    """A folder of recordings that stand in for synthetic words."""
    voice_oldest: Annotated[int, Meta(ge=10, le=600)] = 60
    """Seconds after which a call is not said any more: it is in the list."""
    voice_log: Path | None = None
    """A file to which what became of each call is added, a line of JSON each."""


class PrinterSettings(_Table, frozen=True):
    """One printer: `paper` writes PNG files, `network` is ESC/POS over TCP."""

    device: Literal["paper", "network"] = "paper"
    width: Literal[58, 80] = 80
    host: str = ""
    port: Port = 9100
    timeout: Annotated[float, Meta(ge=1, le=60)] = 5.0
    folder: Path = Path("var/paper")


class CounterSettings(_Table, frozen=True):
    """The web server; `public_url` is how phones reach it, and stands in every QR."""

    host: str = "127.0.0.1"
    port: Port = 8080
    public_url: str = "http://127.0.0.1:8080"


class Settings(_Table, frozen=True):
    """Everything."""

    hall: str = "sqlite:///var/queue.db"
    always_open: bool = False
    kiosk: KioskSettings = KioskSettings()
    display: DisplaySettings = DisplaySettings()
    printers: dict[str, PrinterSettings] = msgspec.field(default_factory=lambda: {"main": PrinterSettings()})
    counter: CounterSettings = CounterSettings()


def load(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this machine. Fault unreadable_file, bad_settings (problem)."""
    path = Path(environ.get("ANTREAN_SETTINGS", "antrean.toml"))
    written: dict[str, Any] = {}
    if path.exists() or "ANTREAN_SETTINGS" in environ:
        try:
            written = tomllib.loads(path.read_text("utf-8"))
        except OSError as error:
            raise Fault("unreadable_file", path=str(path), problem=error.strerror or "") from error
        except (ValueError, RecursionError) as error:  # TOMLDecodeError, UnicodeDecodeError, an absurd number or depth
            raise Fault("bad_settings", problem=f"{path}: {error}") from error
    for name in ("hall", "always_open"):
        if f"ANTREAN_{name.upper()}" in environ:
            written[name] = environ[f"ANTREAN_{name.upper()}"]
    for table, model in (("kiosk", KioskSettings), ("display", DisplaySettings), ("counter", CounterSettings)):
        for key in model.__struct_fields__:
            variable = f"ANTREAN_{table}_{key}".upper()
            if variable in environ and isinstance(written.setdefault(table, {}), dict):
                written[table][key] = environ[variable]
    wrong = list(_mistakes(Settings, written, ""))
    if wrong:
        raise Fault("bad_settings", problem="; ".join(wrong))
    settings = msgspec.convert(written, Settings, strict=False, dec_hook=_path)
    if settings.kiosk.printer and settings.kiosk.printer not in settings.printers:
        raise Fault("bad_settings", problem=f"kiosk.printer: there is no [printers.{settings.kiosk.printer}]")
    return settings


def _mistakes(kind: Any, table: Mapping[str, Any], place: str) -> Iterator[str]:
    """Every mistake of a table and the tables in it, not only the first."""
    inner = {"kiosk": KioskSettings, "display": DisplaySettings, "counter": CounterSettings} if kind is Settings else {}
    for key, value in table.items():
        if key in inner and isinstance(value, dict):
            yield from _mistakes(inner[key], value, f"{key}.")
        elif kind is Settings and key == "printers" and isinstance(value, dict):
            for name, printer in value.items():
                if isinstance(printer, dict):
                    yield from _mistakes(PrinterSettings, printer, f"printers.{name}.")
                else:
                    yield f"printers.{name}: Expected a table"
        else:
            try:
                msgspec.convert({key: value}, kind, strict=False, dec_hook=_path)
            except msgspec.ValidationError as error:
                yield f"{place}{key}: {str(error).partition(' - at ')[0]}"


def _path(kind: type, value: object) -> Any:
    if kind is not Path or not isinstance(value, str):
        raise ValueError("Expected a path")
    return Path(value)
