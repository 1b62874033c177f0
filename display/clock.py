"""The time a board lives in: the machine's own, or one that runs faster, so that a day passes in minutes."""

from __future__ import annotations

import math
import time
from datetime import UTC, datetime, timedelta


class Clock:
    """`pace` seconds pass in each second, from `start` (aware; now) on."""

    def __init__(self, pace: float = 1.0, start: datetime | None = None) -> None:
        self._pace = pace
        self._offset = None if start is None and pace == 1 else (start or datetime.now(UTC), time.monotonic())

    def now(self) -> datetime:
        """The wall clock, aware. At its own pace it follows the machine's when that is set right."""
        if self._offset is None:
            return datetime.now(UTC)
        start, tick = self._offset
        return start + timedelta(seconds=(time.monotonic() - tick) * self._pace)

    def tick(self) -> float:
        """Seconds that only ever grow."""
        return time.monotonic() * self._pace

    def milliseconds(self, seconds: float) -> int:
        """How long a timer must really run until so many seconds are over."""
        return max(0, math.ceil(seconds / self._pace * 1000))
