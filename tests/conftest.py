"""What several test files share: a small open hall, a settable clock, and property tests that repeat exactly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from hall import Hall
from tests.halls import Clock, opened

settings.register_profile("same-every-time", derandomize=True, deadline=None, database=None)
settings.load_profile("same-every-time")


@pytest.fixture
def clock() -> Clock:
    """Monday morning, nine o'clock in Jakarta, until it is set."""
    return Clock()


@pytest.fixture
def hall(tmp_path: Path, clock: Clock) -> Iterator[Hall]:
    """The small hall during its hours."""
    with opened(tmp_path, clock) as hall:
        yield hall
