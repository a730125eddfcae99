"""One SQLite connection a thread, in WAL mode; sqlite-utils works on top of it.

The connection is ours (`isolation_level=None`), so that a transaction begins where we say and
nowhere else. A thread has its own because a transaction belongs to a connection.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from aggregator.errors import StoreBusy, StoreError

# How long a writer waits for another one: the lane's longest transaction is far below a second,
# a migration or a retention pass beside us may take some.
BUSY_SECONDS = 10.0
# Keys by which copies and stories are found are written all over their trees: what a lane of three
# hundred thousand entries touches again and again has to stay in memory. KiB.
PAGE_CACHE = 48 * 1024
# Pages that wait in the journal; those that many commits write are then copied back once.
_JOURNAL_PAGES = 8_000
# Statements that stay prepared, a connection.
_STATEMENTS = 400


class Connections:
    """A connection for each thread that asks. `read_only` ones never create or change the file."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self._read_only = read_only
        self._local = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._lock = threading.Lock()

    @property
    def db(self) -> Database:
        """This thread's database. Raises `StoreError` if it cannot be opened."""
        existing: Database | None = getattr(self._local, "db", None)
        if existing is not None:
            return existing
        with translated(self.path):
            conn = self._open()
        with self._lock:
            self._all.append(conn)
        opened = Database(conn, execute_plugins=False)
        self._local.db = opened
        return opened

    def close(self) -> None:
        """Close the connections of all threads; no thread may be using its own any more."""
        with self._lock:
            for conn in self._all:
                conn.close()
            self._all.clear()
        self._local = threading.local()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """`BEGIN IMMEDIATE` … commit; whole or not at all, whatever is raised inside."""
        conn = self.db.conn
        with translated(self.path):
            conn.execute("BEGIN IMMEDIATE")
            try:
                yield conn
            except BaseException:
                if conn.in_transaction:
                    conn.execute("ROLLBACK")
                raise
            conn.execute("COMMIT")

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """One consistent state for several SELECTs."""
        conn = self.db.conn
        with translated(self.path):
            conn.execute("BEGIN")
            try:
                yield conn
            finally:
                conn.execute("ROLLBACK")

    def _open(self) -> sqlite3.Connection:
        if self._read_only:
            target = f"{self.path.absolute().as_uri()}?mode=ro"
        else:
            target = self.path.absolute().as_uri()
        conn = sqlite3.connect(
            target,
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=BUSY_SECONDS,
            cached_statements=_STATEMENTS,
        )
        conn.row_factory = sqlite3.Row
        conn.execute("PRAGMA foreign_keys = ON")
        if not self._read_only:
            conn.execute("PRAGMA journal_mode = WAL")
            # NORMAL loses at most the last commits at power loss, never consistency (WAL); what is
            # lost is polled again.
            conn.execute("PRAGMA synchronous = NORMAL")
            conn.execute(f"PRAGMA cache_size = -{PAGE_CACHE}")
            conn.execute(f"PRAGMA wal_autocheckpoint = {_JOURNAL_PAGES}")
            conn.execute("PRAGMA temp_store = MEMORY")
        return conn


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """SQLite's errors as ours, naming the file and what an operator can do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise ours(path, error) from error


def ours(path: Path, error: sqlite3.DatabaseError) -> StoreError:
    is_busy = "locked" in str(error) or "busy" in str(error)
    if is_busy and isinstance(error, sqlite3.OperationalError):
        return StoreBusy(f"{path}: another process held the database for over {BUSY_SECONDS:.0f} s")
    return StoreError(f"{path}: {error}")
