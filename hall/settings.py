"""antrean.toml and ANTREAN_* as validated settings: what an installer says about this machine, not about the queue.

`ANTREAN_HALL`, `ANTREAN_ALWAYS_OPEN` and, for the tables kiosk, display, counter and slip, `ANTREAN_<TABLE>_<KEY>`
(such as ANTREAN_COUNTER_PORT) win over the file that `ANTREAN_SETTINGS` names (./antrean.toml when it does not).
Relative paths start where the command is run.
"""

from __future__ import annotations

import math
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from assets.theme import OWN, Colours, roles, unreadable
from assets.words import LANGUAGES
from hall.errors import Fault

LISTS = frozenset({"zones"})
"""Keys whose value in the environment is a list with commas."""
LONGEST = 200
"""Letters of a hall's name or welcome, as in a catalogue."""
Palette = Literal["light", "dark", "contrast"]
Dots = Annotated[int, Meta(ge=320, le=8192)]
Millimetres = Annotated[float, Meta(gt=50, lt=10_000)]
Part = Annotated[float, Meta(ge=0, le=1)]
TimeOfDay = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
FunctionKey = Annotated[str, Meta(pattern=r"^(F([1-9]|[12]\d|3[0-5]))?$")]
"""F1 to F35, or none."""
Port = Annotated[int, Meta(ge=1, le=65535)]


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class KioskSettings(_Table, frozen=True):
    """One kiosk's screen. `width_mm` is measured with a ruler: what a screen says of itself is often wrong."""

    name: str = "kiosk-1"
    printer: str = "main"
    """Where its slips come out; empty when the screen is the ticket."""
    spare: str = ""
    """Where they come out when that printer surely did not print them."""
    large_slips: bool = False
    """Whether all its slips are in large print."""
    width: Dots = 1080
    height: Dots = 1920
    width_mm: Millimetres = 268.0
    bottom_mm: Annotated[float, Meta(ge=0, lt=2000)] = 900.0
    """How high the lower edge of the screen hangs above the floor."""
    screen: str = ""
    """The monitor's name, such as HDMI-1; empty for the first one."""
    fullscreen: bool = True
    """Whether it covers its monitor and cannot be closed but with the PIN."""
    pin: Annotated[str, Meta(pattern=r"^($|\$argon2id\$)")] = ""
    """The hash of the technician's PIN, from `antrean kiosk-pin`; without one nobody gets past the screen."""
    saver_seconds: Annotated[int, Meta(ge=0, le=86400)] = 180
    """How long the start page stands untouched before the pictures come; 0: for ever."""
    saver_turn: Annotated[float, Meta(ge=5, le=600)] = 20.0
    """How long a picture stays."""
    pictures: Path | None = None
    """A folder of images for the pause; without one the hall's name wanders."""
    palette: Palette = "light"
    idle_seconds: Annotated[int, Meta(ge=20, le=3600)] = 60
    ticket_seconds: Annotated[int, Meta(ge=10, le=3600)] = 20
    speech_key: FunctionKey = "F9"
    """Turns speech on, and says everything again; a headphone jack that types may send it."""
    repeat_key: FunctionKey = ""
    silence_key: FunctionKey = ""
    """Turns speech off; the same as speech_key: that key turns it on and off by turns."""
    sound_device: str = ""
    """As of the display."""
    volume: Part = 0.8
    voice_clips: Path | None = None
    """A folder of recordings."""


class VolumeSettings(_Table, frozen=True):
    """How loud from one time of the day to another, which may be past midnight."""

    from_: TimeOfDay = msgspec.field(name="from")
    to: TimeOfDay
    volume: Part


class DisplaySettings(_Table, frozen=True):
    """One call-board: its zones, its screen, how far away its readers stand, what it shows besides calls, its sound."""

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
    replay_seconds: Annotated[float, Meta(ge=10, le=600)] = 60.0
    """A call that the board learns of later than this is only listed, and one not begun by then not said."""
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
    voice_log: Path | None = None
    """A file to which what became of each call is added, a line of JSON each; a long one begins anew."""

    @property
    def shown_zones(self) -> tuple[str, ...]:
        """Every zone this board shows; none means all."""
        return tuple(dict.fromkeys((*((self.zone,) if self.zone else ()), *self.zones)))


class PrinterSettings(_Table, frozen=True):
    """One printer. `paper` writes PNG files; every other device speaks ESC/POS."""

    device: Literal["paper", "network", "serial", "usb", "file", "lp"] = "paper"
    width: Literal[58, 80] = 80
    """Of the paper, millimetres."""
    profile: str = ""
    """One of python-escpos's, such as TM-T88V: the head's dots, the code pages, and whether it draws QR codes."""
    mode: Literal["picture", "text"] = "picture"
    """`text` is for slow lines: the printer's own letters."""
    host: str = ""
    port: Port = 9100
    path: str = ""
    """Of a serial port or a file, such as /dev/ttyUSB0 or /dev/usb/lp0."""
    baud: Literal[1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400] = 9600
    flow: Literal["dsrdtr", "xonxoff", "none"] = "dsrdtr"
    """How a serial printer says that its buffer is full."""
    usb: Annotated[str, Meta(pattern="^([0-9a-fA-F]{4}:[0-9a-fA-F]{4})?$")] = ""
    """Vendor and product, as lsusb writes them, such as 04b8:0e15."""
    queue: str = ""
    """The name of a raw queue of CUPS."""
    timeout: Annotated[float, Meta(ge=1, le=60)] = 5.0
    """Seconds in which a part of a slip must be taken, and the whole be confirmed."""
    trust_sent: bool = False
    """Whether a slip counts as printed when the printer took every byte and cannot say more."""
    look_seconds: Annotated[float, Meta(ge=1, le=600)] = 10.0
    """How often an idle printer is asked how it is."""
    roll_m: Annotated[float, Meta(ge=0, le=1000)] = 0
    """Metres on a new roll; 0: not counted."""
    roll_low_m: Annotated[float, Meta(ge=0, le=100)] = 3.0
    """Metres left at which the roll counts as nearly used up."""
    folder: Path = Path("var/paper")

    @property
    def where(self) -> str:
        """The device and its address, for people."""
        address = {
            "paper": str(self.folder),
            "network": f"{self.host}:{self.port}",
            "serial": self.path,
            "usb": self.usb,
            "file": self.path,
            "lp": self.queue,
        }[self.device]
        return f"{self.device} {address}"


_NEEDED = {"network": "host", "serial": "path", "usb": "usb", "file": "path", "lp": "queue"}
"""Device -> the key it cannot do without."""


class CounterSettings(_Table, frozen=True):
    """The web server; `public_url` is how phones reach it, and stands in every QR."""

    host: str = "127.0.0.1"
    port: Port = 8080
    public_url: str = "http://127.0.0.1:8080"
    join: bool = False
    """Whether people in the hall may take a ticket on their phone, with the code that the call-boards then show."""


class SlipSettings(_Table, frozen=True):
    """How slips look: a template of the hall's own instead of the product's, and the hall's logo."""

    template: Path | None = None
    logo: Path | None = None


class ThemeSettings(_Table, frozen=True):
    """What makes every screen, board and page the hall's own. Texts are by language."""

    name: dict[str, str] = {}
    """Instead of the catalogue's."""
    logo: Path | None = None
    """PNG or SVG. Where it cannot be shown everything goes on without it, and `doctor` says so: see assets.logo."""
    welcome: dict[str, str] = {}
    """What the kiosk says before anything is touched."""
    light: dict[str, str] = {}
    """Role of assets/theme.toml -> the hall's own colour."""
    dark: dict[str, str] = {}

    @property
    def colours(self) -> Colours:
        """The hall's own, by palette."""
        return {name: colours for name in OWN if (colours := getattr(self, name))}

    def named(self, names: Mapping[str, str]) -> Mapping[str, str]:
        """The hall's name by language: its own here, or what the catalogue says."""
        return {**names, **self.name}


class Settings(_Table, frozen=True):
    """Everything."""

    hall: str = "sqlite:///var/queue.db"
    always_open: bool = False
    kiosk: KioskSettings = KioskSettings()
    display: DisplaySettings = DisplaySettings()
    printers: dict[str, PrinterSettings] = msgspec.field(default_factory=lambda: {"main": PrinterSettings()})
    counter: CounterSettings = CounterSettings()
    slip: SlipSettings = SlipSettings()
    theme: ThemeSettings = ThemeSettings()


_TABLES = {
    "kiosk": KioskSettings,
    "display": DisplaySettings,
    "counter": CounterSettings,
    "slip": SlipSettings,
    "theme": ThemeSettings,
}


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
    for table, model in _TABLES.items():
        for key in model.__struct_fields__:
            variable = f"ANTREAN_{table}_{key}".upper()
            if variable in environ and isinstance(written.setdefault(table, {}), dict):
                value = environ[variable]
                written[table][key] = value.replace(" ", "").split(",") if key in LISTS else value
    wrong = list(_mistakes(Settings, written, ""))
    if wrong:
        raise Fault("bad_settings", problem="; ".join(wrong))
    settings = msgspec.convert(written, Settings, strict=False, dec_hook=_path)
    wrong = list(_contradictions(settings))
    if wrong:
        raise Fault("bad_settings", problem="; ".join(wrong))
    return settings


def _contradictions(settings: Settings) -> Iterator[str]:
    """What only shows when several keys are seen together."""
    for key in ("printer", "spare"):
        name = getattr(settings.kiosk, key)
        if name and name not in settings.printers:
            yield f"kiosk.{key}: there is no [printers.{name}]"
    if settings.kiosk.spare and settings.kiosk.spare == settings.kiosk.printer:
        yield "kiosk.spare: it is the same printer"
    for name, printer in settings.printers.items():
        needed = _NEEDED.get(printer.device)
        if needed and not getattr(printer, needed):
            yield f"printers.{name}.{needed}: a {printer.device} printer needs it"
    yield from _wearable(settings.theme)


def _wearable(theme: ThemeSettings) -> Iterator[str]:
    """Words in languages there are, colours for roles there are, and text that can be read."""
    for key in ("name", "welcome"):
        for language, text in getattr(theme, key).items():
            if language not in LANGUAGES:
                yield f"theme.{key}.{language}: the languages are {', '.join(LANGUAGES)}"
            elif not 0 < len(text.strip()) <= LONGEST:
                yield f"theme.{key}.{language}: it should have 1 to {LONGEST} letters"
    wrong = list(_colourless(theme.colours))
    yield from wrong
    for pair in () if wrong else unreadable(theme.colours):
        below, above = pair.colours
        yield (
            f"theme.{pair.palette}: {pair.ink} ({above}) on {pair.ground} ({below}) has a contrast of"
            f" {math.floor(pair.ratio * 100) / 100:.2f}:1, and needs {pair.least:g}:1"
        )


def _colourless(own: Colours) -> Iterator[str]:
    for name, palette in own.items():
        for role, colour in palette.items():
            if role not in roles():
                yield f"theme.{name}.{role}: there is no such colour; there are {', '.join(roles())}"
            elif not re.fullmatch("#[0-9a-fA-F]{6}", colour):
                yield f"theme.{name}.{role}: “{colour}” is no colour such as #0B4F4A"


def _mistakes(kind: Any, table: Mapping[str, Any], place: str) -> Iterator[str]:
    """Every mistake of a table and the tables in it, not only the first."""
    inner = _TABLES if kind is Settings else {}
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
