"""Where the queue lies. All SQL, dialects and locks are in this folder; only `hall` itself imports it."""

from __future__ import annotations

from pathlib import Path

from hall.errors import Fault
from hall.storage.queue import Storage

__all__ = ["Storage", "open_storage"]


def open_storage(url: str | Path, *, create: bool = True) -> Storage:
    """Open, and create when absent if so wished, the queue at `sqlite:///path` or at a bare path.

    Fault unknown_engine, database_missing, database_unreachable, database_newer, database_foreign, database_locked,
    read_only, disk_full.
    """
    from hall.storage.sqlite import Sqlite

    written = str(url)
    scheme, colon, rest = written.partition("://")
    if colon and scheme != "sqlite":
        raise Fault("unknown_engine", url=_without_password(written))
    # sqlite:///queue.db is beside us, sqlite:////var/queue.db is absolute, as SQLAlchemy has it.
    path = Path(rest.removeprefix("/") if colon else written)
    return Storage(Sqlite(path.absolute(), create=create))


def _without_password(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"
