"""What the store's parts share: the thread's connection, and a few verbs on it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

from aggregator.model.entry import EntryRef
from aggregator.store.sqlite.connect import Connections, ours

T = TypeVar("T")
# SQLite's default limit of variables in a statement is 32,766; a few hundred keep plans cached.
_MANY = 500


class Part:
    """A part of the store over the connections that all parts share."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._made: dict[str, tuple[str, Any]] = {}
        # Numbers of entries that this transaction has looked up: a rollback may give them anew.
        self._numbers: dict[EntryRef, int] = {}

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        with self._connections.transaction() as conn:
            self._numbers.clear()
            yield conn

    def close(self) -> None:
        self._connections.close()

    @property
    def _conn(self) -> sqlite3.Connection:
        return self._connections.db.conn

    def _applied(self, what: str, make: Callable[[], T]) -> T:
        """What follows from the configuration alone: made once, and anew when another is applied.

        Every poll and every page asks for it, and it takes longer to make than both.
        """
        row = self._one("SELECT value FROM settings WHERE name = 'revision'")
        revision = "" if row is None else str(row["value"])
        kept = self._made.get(what)
        if kept is None or kept[0] != revision or not revision:
            self._made[what] = kept = (revision, make())
        made: T = kept[1]
        return made

    def _apply(self) -> None:
        """Let what was made of the configuration be made anew. Never the same mark twice, so that
        an application that was rolled back leaves nothing behind."""
        self._conn.execute(
            "INSERT OR REPLACE INTO settings (name, value) "
            "VALUES ('revision', lower(hex(randomblob(8))))"
        )

    def _all(self, sql: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        try:
            return self._conn.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise ours(self._connections.path, error) from error

    def _one(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Row | None:
        try:
            row: sqlite3.Row | None = self._conn.execute(sql, values).fetchone()
        except sqlite3.DatabaseError as error:
            raise ours(self._connections.path, error) from error
        return row

    def _in(self, sql: str, values: Iterable[Any], *before: Any) -> Iterator[sqlite3.Row]:
        """Rows of `sql`, whose `{}` is a list of variables, over any number of values.

        The parts come one after another, so an ORDER BY holds within a part only.
        """
        for part in chunks(values, _MANY):
            # The last one again, up to a power of two: few lengths are few statements to prepare.
            room = 1 << (len(part) - 1).bit_length()
            asked = (*part, *part[-1:] * (room - len(part)))
            yield from self._all(sql.format(",".join("?" * room)), (*before, *asked))

    def _insert(self, table: str, row: Mapping[str, Any]) -> int:
        """Answers the number of the row."""
        columns = ", ".join(row)
        values = ", ".join(f":{name}" for name in row)
        made = self._conn.execute(
            f"INSERT INTO {table} ({columns}) VALUES ({values})",  # noqa: S608 - names are ours
            row,
        )
        return int(made.lastrowid or 0)

    def _upsert(self, table: str, row: Mapping[str, Any], key: Sequence[str]) -> None:
        """Insert a row, or set its other columns where `key` is there already."""
        columns = ", ".join(row)
        values = ", ".join(f":{name}" for name in row)
        sets = ", ".join(f"{name} = excluded.{name}" for name in row if name not in key)
        self._conn.execute(
            f"INSERT INTO {table} ({columns}) VALUES ({values}) "  # noqa: S608 - names are ours
            f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {sets}",
            row,
        )


def chunks(values: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """The values in tuples of at most `size`."""
    rest = iter(values)
    while part := tuple(islice(rest, size)):
        yield part
