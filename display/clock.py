"""The time a board lives in: the machine's own, or one that runs faster, so that a day passes in minutes."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True)
class Clock:
    """The machine's time; with a `start`, `pace` seconds pass in each second from there on.

    Two processes with the same three values have the same time: the monotonic clock is the machine's.
    """

    pace: float = 1.0
    start: datetime | None = None
    """Aware."""
    since: float = 0.0
    """What `time.monotonic` said at the start."""

    def now(self) -> datetime:
        """Aware."""
        if self.start is None:
            return datetime.now(UTC)
        return self.start + timedelta(seconds=(time.monotonic() - self.since) * self.pace)

    def tick(self) -> float:
        """Seconds that only ever grow."""
        return time.monotonic() * self.pace

    def real(self, seconds: float) -> float:
        """How many seconds of the machine's pass until so many of these are over."""
        return max(0.0, seconds / self.pace)

    def milliseconds(self, seconds: float) -> int:
        """The same, for a timer."""
        return math.ceil(self.real(seconds) * 1000)
