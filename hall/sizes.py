"""How large a call-board's things are on a screen: pure arithmetic from dots, millimetres and the viewing distance.

Sizes are dots unless they say otherwise; a font size is in dots too. The board's window and its page share them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from assets.fonts import CAPITAL

NUMBER, COUNTER, SHORT, ARROW = 2.38, 0.94, 3.7, 1.1
"""Widths over the font size, all in the narrowest cut: a bold number of five characters and a bold counter of two
(measured on "B1004" and "11"), a short name of eight to ten letters, and an arrow with the gaps of a row."""
TAIL, ACCENT = 0.24, 0.26
"""How far letters hang below their line, and accents stand above capitals, over the font size."""
MOST_LISTED, MOST_ROOM = 8, 3


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
    title: int
    date: int
    clock: int
    note: int
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
    label: int
    """Font of the words on the stage."""
    recent: int
    """Font of every text in the list."""
    least: int
    """No text shrinks below this font."""
    lines: int
    """How many lines a page beside the calls has room for, under its title."""


def capital_mm(distance_m: float) -> float:
    """Height of the newest call's capitals: ADA table 703.5.5, signs 1.8-3 m up: 108 mm at 10 m, 160 mm at 15 m."""
    return max(51.0, 108.0 + (distance_m - 10.0) * 10.4)


def listed_mm(distance_m: float) -> float:
    """Height of every other capital: a two-hundredth of the distance."""
    return distance_m * 1000 / 200


def sizes(width: int, height: int, width_mm: float, distance_m: float) -> Sizes:
    """The board's sizes on a screen `width_mm` wide, read from `distance_m` away.

    On a screen that is too small for the distance everything is as large as it can be.
    """
    part = min(width, height) / 1080
    dots = width / width_mm
    portrait = height > width

    def scaled(length: float) -> int:
        return round(length * part)

    margin, gap, pad, header = scaled(28), scaled(14), scaled(20), scaled(150 if portrait else 84)
    ada = capital_mm(distance_m) * dots / CAPITAL
    legible = listed_mm(distance_m) * dots / CAPITAL
    inner, body = width - 2 * margin, height - header - margin

    if portrait:
        stage_width = list_width = inner
        stage_height = round((body - gap) * 0.45)
        list_height = body - gap - stage_height
    else:
        stage_width = round(min(max(ada * (NUMBER + COUNTER) + 4 * pad, inner * 0.44), inner * 0.6))
        list_width = inner - gap - stage_width
        stage_height = list_height = body

    label = max(scaled(48), min(legible, stage_height * 0.15, stage_width * 0.14))
    shared = min(max(ada, scaled(200)), (stage_width - 4 * pad) / (NUMBER + COUNTER))

    def fits(sharing: int) -> bool:
        share = (stage_height - gap * (sharing - 1)) / sharing
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
    half = (stage_height - gap) / 2
    return Sizes(
        portrait=portrait,
        margin=margin,
        gap=gap,
        pad=pad,
        radius=scaled(14),
        rule=max(1, scaled(2)),
        header=header,
        alarm=round(header + 2.3 * label),
        title=scaled(44),
        date=scaled(27),
        clock=scaled(78),
        note=scaled(23),
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
        label=math.ceil(label),
        recent=math.ceil(recent),
        least=scaled(18),
        lines=max(1, int((half - label * 0.75 - pad) / (label * 1.05))),
    )
