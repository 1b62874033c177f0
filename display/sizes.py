"""How large things are on this screen: pure arithmetic from dots, millimetres and the hall's viewing distance.

Sizes are dots unless they say otherwise; a font size is in dots too. The pictures are in qml/Display.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from assets.fonts import CAPITAL

ADVANCE = 0.6
"""Width of an average bold capital or digit over the font size."""


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
    footer: int
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
    room: int
    """How many calls share the stage at full height."""
    numbers: tuple[int, ...]
    """Font of a number on the stage when 1, 2, ... `room` calls share it."""
    counter: int
    """Font of the counter beside a lone number."""
    label: int
    """Font of the words on the stage."""
    recent: int
    """Font of the numbers in the list."""
    agency: int
    """Font of the agency in the list, before it shrinks to fit."""
    least: int
    """No text shrinks below this font."""


def capital_mm(distance_m: float) -> float:
    """Height of the newest call's capitals: ADA table 703.5.5, signs 1.8-3 m up: 108 mm at 10 m, 160 mm at 15 m."""
    return max(51.0, 108.0 + (distance_m - 10.0) * 10.4)


def listed_mm(distance_m: float) -> float:
    """Height of capitals in the list: a two-hundredth of the distance."""
    return distance_m * 1000 / 200


def sizes(width: int, height: int, width_mm: float, distance_m: float) -> Sizes:
    """The board's sizes on a screen `width_mm` wide, read from `distance_m` away."""
    part = min(width, height) / 1080
    dots = width / width_mm
    portrait = height > width

    def scaled(length: float) -> int:
        return round(length * part)

    margin, gap, label = scaled(28 if portrait else 36), scaled(20), scaled(36)
    pad = scaled(24 if portrait else 30)
    header, footer = scaled(200 if portrait else 140), scaled(60)
    body = height - header - footer
    wanted = listed_mm(distance_m) * dots / CAPITAL
    if portrait:
        stage_width = list_width = width - 2 * margin
        stage_height = round(body * 0.505)
        list_height = body - stage_height - gap
        recent = min(wanted, list_width * 0.5 / (5 * ADVANCE))
    else:
        list_width = round(min(max(5.4 * wanted, width * 0.27), width * 0.34))
        recent = min(wanted, list_width / (7.5 * ADVANCE))
        stage_width = width - 2 * margin - list_width - gap
        stage_height = list_height = body
    agency = scaled(31)
    head = scaled(64)
    row = recent * CAPITAL + agency * 1.5 + 0.8 * pad
    listed = min(7, max(3, int((list_height - head) / row)))
    inner = stage_width - 2 * pad
    ada = capital_mm(distance_m) * dots / CAPITAL

    def number(sharing: int) -> float:
        share = (stage_height - gap * (sharing - 1)) / sharing
        if sharing == 1:
            return min(inner / (4.2 * ADVANCE), (share - 2.6 * pad) * 0.5)
        return min((stage_width * 0.66 - 2 * pad) / (4.05 * ADVANCE), (share - label * 1.28 - 2 * pad) / CAPITAL)

    room = max([1, *(sharing for sharing in (2, 3) if number(sharing) >= ada)])
    numbers = tuple(round(number(sharing)) for sharing in range(1, room + 1))
    return Sizes(
        portrait=portrait,
        margin=margin,
        gap=gap,
        pad=pad,
        radius=scaled(14),
        rule=max(1, scaled(2)),
        header=header,
        footer=footer,
        title=scaled(46),
        date=scaled(32),
        clock=scaled(88),
        note=scaled(28),
        stage_width=stage_width,
        stage_height=stage_height,
        list_width=list_width,
        list_height=list_height,
        row=int((list_height - head) / listed),
        listed=listed,
        room=room,
        numbers=numbers,
        counter=math.ceil(max(ada, numbers[0] * 0.62)),
        label=label,
        recent=math.ceil(recent),
        agency=agency,
        least=scaled(18),
    )
