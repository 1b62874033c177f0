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

LISTS = frozenset({"zones"})
"""Keys whose value in the environment is a list with commas."""
Palette = Literal["light", "dark", "contrast"]
Dots = Annotated[int, Meta(ge=320, le=8192)]
Millimetres = Annotated[float, Meta(gt=50, lt=10_000)]
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


class DisplaySettings(_Table, frozen=True):
    """One call-board: which zones, on which screen, how far away its readers stand, and what it shows besides calls."""

    zone: str | None = None
    zones: tuple[str, ...] = ()
    """Several; with `zone` left out too, the whole hall."""
    screen: str = ""
    """The monitor's name, such as HDMI-1; empty for the first one."""
    width: Dots = 1920
    height: Dots = 1080
    width_mm: Millimetres = 1218.0
    distance_m: Annotated[float, Meta(gt=0, le=60)] = 10.0
    fullscreen: bool = True
    palette: Palette = "dark"
    hold_seconds: Annotated[float, Meta(ge=8, le=60)] = 8.0
    replay_seconds: Annotated[float, Meta(ge=0, le=600)] = 60.0
    """A call that the board learns of later than this is listed, neither lit nor announced."""
    languages: Literal["together", "alternate"] = "together"
    turn_seconds: Annotated[float, Meta(ge=5, le=600)] = 10.0
    """How long a language or a page stays."""
    waiting: bool = False
    next_up: bool = False
    messages: tuple[dict[str, str], ...] = ()
    """Each by language."""
    pictures: Path | None = None
    """A folder of images."""
    qr: bool = False
    """The code that leads a phone to the hall's page."""
    sound: bool = True

    @property
    def shown_zones(self) -> tuple[str, ...]:
        """Every zone this board shows; none means all."""
        return tuple(dict.fromkeys((*((self.zone,) if self.zone else ()), *self.zones)))


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
                value = environ[variable]
                written[table][key] = value.replace(" ", "").split(",") if key in LISTS else value
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
