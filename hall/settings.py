"""antrean.toml and ANTREAN_* as validated settings: what an installer says about this machine, not about the queue.

`ANTREAN_HALL`, `ANTREAN_ALWAYS_OPEN` and `ANTREAN_<TABLE>_<KEY>` (such as ANTREAN_COUNTER_PORT) win over the file that
`ANTREAN_SETTINGS` names (./antrean.toml when it does not). Relative paths start where the command is run.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hall.errors import Fault

Palette = Literal["light", "dark"]
Dots = Annotated[int, Field(ge=320, le=8192)]
Millimetres = Annotated[float, Field(gt=50, lt=10_000)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class KioskSettings(_Table):
    """One kiosk's screen. `width_mm` is measured with a ruler: what a screen says of itself is often wrong."""

    name: str = "kiosk-1"
    printer: str | None = "main"
    width: Dots = 1080
    height: Dots = 1920
    width_mm: Millimetres = 268.0
    fullscreen: bool = True
    palette: Palette = "light"
    idle_seconds: Annotated[int, Field(ge=20)] = 60
    ticket_seconds: Annotated[int, Field(ge=10)] = 20


class DisplaySettings(_Table):
    """One call-board: which zone, and how far away its readers stand."""

    zone: str | None = None
    width: Dots = 1920
    height: Dots = 1080
    width_mm: Millimetres = 1218.0
    distance_m: Annotated[float, Field(gt=0, le=60)] = 10.0
    fullscreen: bool = True
    palette: Palette = "dark"
    sound: bool = True


class PrinterSettings(_Table):
    """One printer: `paper` writes PNG files, `network` is ESC/POS over TCP."""

    device: Literal["paper", "network"] = "paper"
    width: Literal[58, 80] = 80
    host: str = ""
    port: Annotated[int, Field(ge=1, le=65535)] = 9100
    timeout: Annotated[float, Field(ge=1, le=60)] = 5.0
    folder: Path = Path("var/paper")


class CounterSettings(_Table):
    """The web server; `public_url` is how phones reach it, and stands in every QR."""

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8080
    public_url: str = "http://127.0.0.1:8080"


class Settings(_Table):
    """Everything."""

    hall: str = "sqlite:///var/queue.db"
    always_open: bool = False
    kiosk: KioskSettings = KioskSettings()
    display: DisplaySettings = DisplaySettings()
    printers: dict[str, PrinterSettings] = {"main": PrinterSettings()}
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
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise Fault("bad_settings", problem=f"{path}: {error}") from error
    for name in ("hall", "always_open"):
        if f"ANTREAN_{name.upper()}" in environ:
            written[name] = environ[f"ANTREAN_{name.upper()}"]
    for table, model in (("kiosk", KioskSettings), ("display", DisplaySettings), ("counter", CounterSettings)):
        for key in model.model_fields:
            variable = f"ANTREAN_{table}_{key}".upper()
            if variable in environ:
                written.setdefault(table, {})[key] = environ[variable]
    try:
        return Settings.model_validate(written)
    except ValidationError as error:
        problems = (f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise Fault("bad_settings", problem="; ".join(problems)) from error
