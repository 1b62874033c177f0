"""What several test files share: a small open hall, a settable clock, and property tests that repeat exactly."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from shutil import disk_usage

import pytest
from argon2 import PasswordHasher
from hypothesis import settings

from hall import Hall, staff
from tests.halls import Clock, opened

MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes its own folder in it
if MEMORY.is_dir() and disk_usage(MEMORY).free > 2 << 30:
    # Most tests would wait for a disk to keep what nobody will read again; all else is the same in memory.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

LONGEST = ("hall_crowd", "printer_kills", "end_to_end", "api_schema", "display_soak", "printer_emupos")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first: one that begins last keeps the other processes waiting."""
    items.sort(key=lambda item: item.path.stem.removeprefix("test_") not in LONGEST)


settings.register_profile("same-every-time", derandomize=True, deadline=None, database=None)
settings.load_profile("same-every-time")


@pytest.fixture(autouse=True, scope="session")
def quick_hashes() -> Iterator[None]:
    """The same argon2, cheap: its own cost is met by the tests that run the command as a process."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(staff, "_hasher", lambda: quick)
        yield


@pytest.fixture
def clock() -> Clock:
    """Monday morning, nine o'clock in Jakarta, until it is set."""
    return Clock()


@pytest.fixture
def hall(tmp_path: Path, clock: Clock) -> Iterator[Hall]:
    """The small hall during its hours."""
    with opened(tmp_path, clock) as hall:
        yield hall
