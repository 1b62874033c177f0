"""The queue in one SQLite file: connection, transactions, locks, migrations, and what its errors mean.

WAL with synchronous=FULL: a commit is on the disk before anybody is told of it. SQLite 3.7.0 to 3.51.2 (but for
some mended releases) can corrupt a WAL file that is reset while another process reads; with such a library the file
is kept in rollback-journal mode, slower but out of the bug's reach.
"""

from __future__ import annotations

import contextlib
import fcntl
import functools
import operator
import os
import random
import re
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from hall.bell import Bell, Listener
from hall.errors import Fault, Refusal
from hall.storage.schema import MIGRATIONS

try:
    from pysqlite3 import dbapi2 as sqlite3
except ImportError:  # no wheel for this machine
    import sqlite3

PATIENCE = 10.0
"""Seconds to wait for another writer before the Fault database_locked."""
_ROOM = 64 * 1024
"""Bytes without which no file of SQLite can be begun."""
_PLACE = re.compile(r":([a-z]\w*)")
_APPLICATION = 0x416E7472  # "Antr" in the file's header


class Sqlite:
    """One connection to a hall's file. Not for several threads at once: `Hall` holds a lock."""

    def __init__(self, path: Path, *, create: bool) -> None:
        self.path = path
        if not create and _identity(path) is None:
            raise Fault("database_missing", path=str(path))
        self._random = random.Random()  # noqa: S311 - spreads retries, keeps no secret
        try:
            if _identity(path) is None:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.touch()
            self._file = _identity(path)
            self._connect()
        except (OSError, ValueError, sqlite3.Error) as error:  # ValueError: a path with a zero byte
            raise Fault("database_unreachable", path=str(path), problem=_plain(error)) from error
        self._bell = Bell(path)
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
        self._bell.close()

    @property
    def engine(self) -> str:
        """The engine and how it keeps the file, for `doctor`."""
        return f"SQLite {sqlite3.sqlite_version}, journal {self.rows('PRAGMA journal_mode')[0][0]}"

    def rows(self, statement: str, values: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Every row of a statement (all fetched: an open cursor would hold a lock)."""
        text, pick = _positional(statement)
        picked = pick(values) if values else ()
        try:
            return self._cursor.execute(text, picked).fetchall()  # type: ignore[no-any-return]
        except sqlite3.Error as error:
            if not _busy(error):
                raise self._fault(error) from error
        except (OverflowError, UnicodeEncodeError) as error:  # half a character, or a number beyond 64 bits
            raise Refusal("unstorable") from error
        return self._patiently(text, picked)

    def look(self) -> None:
        """Fault database_gone when the file was taken away: SQLite would go on serving what nobody else sees."""
        if _identity(self.path) != self._file:
            raise Fault("database_gone", path=str(self.path))

    def begin(self, *, write: bool) -> None:
        """Begin a transaction: a durable one that writes, all of it or nothing, or reads that see one moment."""
        self.look()
        self._patiently("BEGIN IMMEDIATE" if write else "BEGIN")

    def commit(self) -> None:
        """Returns when it is on the disk."""
        self._patiently("COMMIT")

    def rollback(self) -> None:
        """As if it had never begun. SQLite has done so by itself on some errors, such as a full disk."""
        if self._connection.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")

    def ring(self) -> None:
        """Tell every listener to look; after the commit."""
        self._bell.ring()

    def many(self, statement: str, values: Sequence[Sequence[Any]]) -> None:
        """Run a statement for each row of values, which stand in the order of its places; inside a transaction."""
        try:
            self._cursor.executemany(_positional(statement)[0], values)
        except sqlite3.Error as error:
            raise self._fault(error) from error
        except (OverflowError, UnicodeEncodeError) as error:
            raise Refusal("unstorable") from error

    def listen(self) -> Listener:
        """See `bell`. Fault where the folder of the queue cannot be written."""
        try:
            return self._bell.listen()
        except OSError as error:
            raise Fault("database_unreachable", path=str(self.path), problem=_plain(error)) from error

    def hold(self, name: str) -> IO[bytes] | None:
        """A locked file beside the queue, or None while another process has it. Fault where it cannot be made."""
        folder = self.path.with_name(f"{self.path.name}-held")
        try:
            folder.mkdir(exist_ok=True)
            file = (folder / quote(name, safe="")).open("wb")
        except OSError as error:
            raise Fault("database_unreachable", path=str(folder), problem=_plain(error)) from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return None
        return file

    def free(self) -> float | None:
        """Which part of the disk is free, 0 to 1; None where that cannot be known."""
        try:
            disk = os.statvfs(self.path.parent)
        except OSError:
            return None
        return disk.f_bavail / disk.f_blocks if disk.f_blocks else None

    def _connect(self) -> None:
        # Autocommit with our own BEGIN; the lock of `Hall` is what makes sharing between threads safe.
        self._connection = sqlite3.connect(self.path, timeout=0, isolation_level=None, check_same_thread=False)
        self._cursor = self._connection.cursor()  # one for all: every answer is fetched before the next question

    def _prepare(self) -> None:
        self._pragma("foreign_keys", "ON")
        self._pragma("synchronous", "FULL")
        tables = self.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        if tables and self.rows("PRAGMA application_id")[0][0] != _APPLICATION:
            raise Fault("database_foreign", path=str(self.path))
        applied = [name for (name,) in self.rows("SELECT name FROM _sqlite_migrations")] if tables else []
        if any(name not in MIGRATIONS for name in applied):
            raise Fault("database_newer", path=str(self.path), found=len(applied), known=len(MIGRATIONS))
        wanted = "delete" if wal_is_unsafe(sqlite3.sqlite_version_info) else "wal"
        if self.rows("PRAGMA journal_mode")[0][0] != wanted:
            self._pragma("journal_mode", wanted)
        if len(applied) == len(MIGRATIONS):
            return
        self._migrate()

    def _migrate(self) -> None:
        # A third of a window's start: imported only where there is something to do.
        from sqlite_utils import Database
        from sqlite_utils.migrations import Migrations

        known = Migrations("antrean")
        for name, statements in MIGRATIONS.items():
            known(name=name)(_applying(statements))
        self.begin(write=True)  # sqlite-utils alone would let two processes apply the same one
        try:
            self._pragma("application_id", str(_APPLICATION))
            known.apply(Database(self._connection, execute_plugins=False))
            self.commit()
        except BaseException:
            self.rollback()
            raise
        # A connection that has changed the schema prepares each statement anew for as long as it lives.
        self._connection.close()
        self._connect()
        self._prepare()

    def _pragma(self, name: str, value: str) -> None:
        self._patiently(f"PRAGMA {name} = {value}")

    def _patiently(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run, trying again while another process writes.

        SQLite's own busy handler sleeps longer and longer, so under load one waits for seconds; short random naps keep
        the worst wait near the mean one. There is no file descriptor to wait for a lock on.
        """
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return self._cursor.execute(statement, values).fetchall()  # type: ignore[no-any-return]
            except sqlite3.Error as error:
                if not _busy(error) or time.monotonic() > deadline:
                    raise self._fault(error) from error
            time.sleep(self._random.uniform(0.0003, 0.002))

    def _fault(self, error: Exception) -> Exception:
        """What an error of SQLite means to a person; a bug of ours stays what it is."""
        name = getattr(error, "sqlite_errorname", "") or ""
        path = str(self.path)
        if _busy(error):
            return Fault("database_locked", path=path)
        if name == "SQLITE_FULL":
            return Fault("disk_full", path=path)
        if name.startswith("SQLITE_READONLY"):
            return Fault("read_only", path=path)
        if name.startswith("SQLITE_NOTADB"):
            return Fault("database_foreign", path=path)
        if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")):
            # On a full or read-only disk SQLite often names only the file it could not make.
            disk = os.statvfs(self.path.parent)
            if disk.f_flag & os.ST_RDONLY:
                return Fault("read_only", path=path)
            if disk.f_bavail * disk.f_frsize < _ROOM:
                return Fault("disk_full", path=path)
        if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_CORRUPT", "SQLITE_PERM", "SQLITE_NOMEM")):
            return Fault("database_failed", path=path, problem=_plain(error))
        return error


@functools.lru_cache(maxsize=2048)
def _positional(statement: str) -> tuple[str, Callable[[Mapping[str, Any]], tuple[Any, ...]]]:
    """A statement with `?` for its `:name` places, and what picks their values: SQLite looks names up slowly."""
    places = _PLACE.findall(statement)
    text = _PLACE.sub("?", statement)
    if len(places) < 2:  # of one place itemgetter gives the bare value
        return text, lambda values: tuple(values[place] for place in places)
    return text, operator.itemgetter(*places)


def wal_is_unsafe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite has the WAL-reset bug (sqlite.org: mended in 3.51.3, 3.50.7 and 3.44.6)."""
    mended = {(3, 50): 7, (3, 44): 6}
    return version < (3, 51, 3) and version[2] < mended.get((version[0], version[1]), 1 << 30)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(path)  # noqa: PTH116 - half the time of Path.stat, at every act
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino


def _applying(statements: tuple[str, ...]) -> Any:
    def apply(database: Any) -> None:
        for statement in statements:
            database.execute(statement)

    return apply


def _busy(error: Exception) -> bool:
    return (getattr(error, "sqlite_errorname", "") or "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def _plain(error: Exception) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
