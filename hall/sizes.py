"""How large things are on a call-board's screen: pure arithmetic from dots, millimetres and the viewing distance.

Sizes are dots unless they say otherwise; a font size is in dots too. The board's window and its page share them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from assets.fonts import CAPITAL
from assets.words import N_

NUMBER, COUNTER, SHORT, ARROW = 2.38, 0.94, 3.7, 1.1
"""Widths over the font size, all in the narrowest cut: a bold number of five characters and a bold counter of two
(measured on "B1004" and "11"), a short name of eight to ten letters, and an arrow with the gaps of a row."""
TAIL, ACCENT = 0.24, 0.26
"""How far letters hang below their line, and accents stand above capitals, over the font size."""
LONG = 0.68
"""A long message's font over a label's."""
LETTER, LEADING, RAGGED = 0.6, 1.15, 3
"""A letter's width and a line's height over the font size, in running text, and the letters a line loses at its end."""
MOST_LISTED, MOST_ROOM = 8, 3
FARTHEST = 60
"""Metres; the settings allow no more."""
TOO_SMALL = N_(
    "The call-board's screen is too small for {distance} m: it can be read from {reach} m. "
    "Measure it, or take a larger one."
)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Every length the board is laid out with."""

    portrait: bool
    margin: int
    gap: int
    pad: int
    radius: int
    rule: int
    header: int
    alarm: int
    """Height of what stands in the header's place when the hall is lost."""
    head: int
    """Font of the line at the top."""
    clock: int
    stage_width: int
    stage_height: int
    list_width: int
    list_height: int
    row: int
    """Height of a recent call."""
    listed: int
    """How many recent calls fit."""
    stacked: bool
    """In the list the agency stands under the number, not beside it."""
    room: int
    """How many calls share the stage at full height."""
    lone: int
    """Font of the number, and of the counter, of a call that has the stage for itself."""
    shared: int
    """Font of numbers and counters that share the stage, before they shrink to fit."""
    desk: int
    """Width of the counter's field beside a shared number."""
    column: int
    """Height of the word for the counter above the calls that share the stage."""
    label: int
    """Font of the words on the stage."""
    recent: int
    """Font of every text in the list."""
    least: int
    """No text shrinks below this font."""
    lines: int
    """How many lines a page beside the calls has room for, under its title."""

    def letters(self) -> int:
        """How many letters of a message a page beside the calls surely has room for, in two thirds of the label's font.

        One that is too long even for that takes several pages.
        """
        font = self.label * LONG
        across = (self.stage_width - 2 * self.pad) / (LETTER * font)
        down = ((self.stage_height - self.column - self.gap) / 2 - 2 * self.pad) / (LEADING * font)
        return max(1, int(max(1.0, across - RAGGED) * max(1, int(down))))


def capital_mm(distance_m: float) -> float:
    """Height of the newest call's capitals: ADA table 703.5.5, signs 1.8-3 m up: 108 mm at 10 m, 160 mm at 15 m."""
    return max(51.0, 108.0 + (distance_m - 10.0) * 10.4)


def listed_mm(distance_m: float) -> float:
    """Height of every other capital: a two-hundredth of the distance."""
    return distance_m * 1000 / 200


def reach(width: int, height: int, width_mm: float) -> float:
    """From how many metres a screen's letters are as high as they must be, in halves; 0 for the smallest screens."""
    halves = (half / 2 for half in range(2 * FARTHEST, 0, -1))
    return next((metres for metres in halves if _is_legible(width, height, width_mm, metres)), 0.0)


def shortfall(width: int, height: int, width_mm: float, distance_m: float) -> dict[str, object] | None:
    """The values of TOO_SMALL; None for a screen that is large enough for its distance."""
    if _is_legible(width, height, width_mm, distance_m):
        return None
    return {"distance": f"{distance_m:g}", "reach": f"{reach(width, height, width_mm):g}"}


def _is_legible(width: int, height: int, width_mm: float, distance_m: float) -> bool:
    laid_out = sizes(width, height, width_mm, distance_m)
    dots = width / width_mm / CAPITAL
    smallest = min(laid_out.head, laid_out.label, laid_out.recent)
    return laid_out.shared >= capital_mm(distance_m) * dots - 1 and smallest >= listed_mm(distance_m) * dots - 1


def sizes(width: int, height: int, width_mm: float, distance_m: float) -> Sizes:
    """The board's sizes on a screen `width_mm` wide, read from `distance_m` away.

    On a screen that is too small for the distance everything is as large as it can be.
    """
    part = min(width, height) / 1080
    dots = width / width_mm
    portrait = height > width

    def scaled(length: float) -> int:
        return round(length * part)

    margin, gap, pad = scaled(28), scaled(14), scaled(20)
    ada = capital_mm(distance_m) * dots / CAPITAL
    legible = listed_mm(distance_m) * dots / CAPITAL
    inner = width - 2 * margin
    head = max(scaled(44), min(legible, inner * (0.11 if portrait else 0.06), height * 0.11))
    clock = max(head, scaled(78))
    header = round(max(head * (2.15 if portrait else 1.25), clock * 1.1)) + gap
    body = height - header - margin

    if portrait:
        stage_width = list_width = inner
        stage_height = round((body - gap) * 0.503)
        list_height = body - gap - stage_height
    else:
        stage_width = round(min(max(ada * (NUMBER + COUNTER) + 4 * pad, inner * 0.44), inner * 0.6))
        list_width = inner - gap - stage_width
        stage_height = list_height = body

    label = max(scaled(48), min(legible, stage_height * 0.15, stage_width * 0.14))
    column = round(label)
    shared = min(max(ada, scaled(200)), (stage_width - 4 * pad) / (NUMBER + COUNTER))

    def fits(sharing: int) -> bool:
        share = (stage_height - column - gap * (sharing - 1)) / sharing
        return share >= shared * CAPITAL + label * (CAPITAL + TAIL + ACCENT) + scaled(36)

    room = max(sharing for sharing in range(1, MOST_ROOM + 1) if sharing == 1 or fits(sharing))

    across = NUMBER + COUNTER + SHORT + ARROW
    recent = min(legible, list_width * 0.115, list_height * 0.14)
    stacked = recent * across + 2 * pad > list_width
    least_row = recent * CAPITAL + (recent * (CAPITAL + TAIL) + pad if stacked else recent * (TAIL + ACCENT))
    listed = min(MOST_LISTED, max(2, int(list_height / least_row)))
    row = list_height / listed
    if not stacked:  # what is left over makes the letters larger
        recent = max(recent, min(row / (CAPITAL + TAIL + ACCENT), (list_width - 2 * pad) / across))
    half = (stage_height - column - gap) / 2
    return Sizes(
        portrait=portrait,
        margin=margin,
        gap=gap,
        pad=pad,
        radius=scaled(14),
        rule=max(1, scaled(2)),
        header=header,
        alarm=round(header + label * (4.6 if portrait else 2.22)),
        head=math.ceil(head),
        clock=math.ceil(clock),
        stage_width=stage_width,
        stage_height=stage_height,
        list_width=list_width,
        list_height=list_height,
        row=int(row),
        listed=listed,
        stacked=stacked,
        room=room,
        lone=math.ceil(max(shared, min((stage_width - 2 * pad) / 2.5, stage_height * 0.33))),
        shared=math.ceil(shared),
        desk=math.ceil(shared * COUNTER + 1.4 * pad),
        column=column,
        label=math.ceil(label),
        recent=math.ceil(recent),
        least=scaled(18),
        lines=max(1, int((half - pad * 0.7 - label * (CAPITAL + TAIL)) / label)),
    )
