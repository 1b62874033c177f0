"""How large a board is in a browser: the window's own sizes as a style sheet, in parts of what the browser shows.

The settings say what screen the board has; an address may name another. The page's units are that screen's dots.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from hall.settings import DisplaySettings
from hall.sizes import Sizes, sizes


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen as it hangs, full of the board, and the distance of its last reader."""

    width: int
    height: int
    width_mm: float
    distance_m: float

    @classmethod
    def of(cls, display: DisplaySettings, width_mm: float | None = None, distance_m: float | None = None) -> Self:
        """The settings' screen; of another width (of its longer side), or read from another distance."""
        longer = width_mm or display.width_mm * max(display.width, display.height) / display.width
        across = longer * display.width / max(display.width, display.height)
        return cls(display.width, display.height, across, distance_m or display.distance_m)

    def turned(self, *, upright: bool) -> Self:
        """The same screen hung upright, or wide."""
        if upright == (self.height > self.width):
            return self
        return type(self)(self.height, self.width, self.width_mm * self.height / self.width, self.distance_m)

    @property
    def sizes(self) -> Sizes:
        """Of everything on it, in its dots."""
        return sizes(self.width, self.height, self.width_mm, self.distance_m)


def css(screen: Screen, turn: float) -> str:
    """Custom properties for both ways the screen may hang, and the seconds of a turn; `--u` is a dot of the screen."""
    blocks = (_block(screen.turned(upright=upright)) for upright in (False, True))
    return f":root{{--turn:{turn:g}s}}\n{''.join(blocks)}"


def _block(screen: Screen) -> str:
    size = screen.sizes
    lengths = {
        "stage": size.stage_width,
        "alarm": size.alarm - size.gap,
        "column": size.column,
        "stage-height": size.stage_height,
        "list": size.list_width,
        "row": size.row,
        "shared": size.shared,
        "lone": size.lone,
        "desk": size.desk,
        "label": size.label,
        "recent": size.recent,
        "head": size.header,
        "title": size.head,
        "clock": size.clock,
        "side": size.margin,
        "gutter": size.gap,
        "pad": size.pad,
        "corner": size.radius,
        "rule": size.rule,
    }
    told = [f"--u:min(100vw / {screen.width},100vh / {screen.height})"]
    told += [f"--{name}:calc({length} * var(--u))" for name, length in lengths.items()]
    if size.stacked:
        told += ['--places:"number arrow counter" "agency agency agency"', "--columns:minmax(0,1fr) auto auto"]
    return f"@media(orientation:{'portrait' if size.portrait else 'landscape'}){{:root{{{';'.join(told)}}}}}\n"
