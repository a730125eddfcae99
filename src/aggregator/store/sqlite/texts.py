"""What entries are compared by: their wordings, the keys that find them, the snapshot of the day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from aggregator.matching import statistics, wording
from aggregator.matching.statistics import EMPTY, Statistics
from aggregator.matching.wording import Wording
from aggregator.model.entry import Entry, EntryRef
from aggregator.store.sqlite import rows
from aggregator.store.sqlite.base import chunks
from aggregator.store.sqlite.connect import Connections
from aggregator.store.sqlite.entries import EntriesPart

# What one key may find: a piece of text in more entries than this is nobody's in particular.
_A_KEY = 40
# What one entry is judged against at most, those with the most keys in common first.
_CANDIDATES = 80
_FIND = (
    "SELECT entry_id FROM candidates WHERE key = ? AND entry_id <> ? ORDER BY entry_id DESC LIMIT ?"
)
_LOAD = """
SELECT entries.id, source_id, key, canonical, language, published, dated, first_seen, value
FROM entries JOIN wordings ON entry_id = entries.id
WHERE entries.id IN ({})
"""


class TextsPart(EntriesPart):
    """Satisfies `ports.Texts`."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections)
        self._statistics = EMPTY

    def statistics(self) -> Statistics:
        row = self._one("SELECT name FROM snapshots")
        if row is None:
            return EMPTY
        if row["name"] != self._statistics.name:
            kept = self._one("SELECT name, value FROM snapshots")
            assert kept is not None
            self._statistics = statistics.unpack(kept["name"], kept["value"])
        return self._statistics

    def set_statistics(self, made: Statistics) -> None:
        self._conn.execute("DELETE FROM snapshots")
        self._insert("snapshots", {"name": made.name, "value": statistics.pack(made)})

    def put_wording(self, made: Wording, keys: Iterable[int], ruling: str) -> None:
        entry_id, _ = self._id(made.ref)
        self._conn.execute("DELETE FROM candidates WHERE entry_id = ?", (entry_id,))
        self._conn.executemany(
            "INSERT INTO candidates (key, entry_id) VALUES (?, ?)",
            [(key, entry_id) for key in keys],
        )
        row = {"entry_id": entry_id, "ruling": ruling, "value": wording.pack(made)}
        self._upsert("wordings", row, ("entry_id",))

    def alike(self, ref: EntryRef, keys: Iterable[int]) -> tuple[Wording, ...]:
        entry_id, _ = self._id(ref)
        found: Counter[int] = Counter()
        for key in keys:
            found.update(row["entry_id"] for row in self._all(_FIND, (key, entry_id, _A_KEY)))
        nearest = sorted(found, key=lambda one: (-found[one], -one))[:_CANDIDATES]
        return self._wordings(nearest)

    def wordings(self, refs: Iterable[EntryRef]) -> tuple[Wording, ...]:
        return self._wordings(self._id(ref)[0] for ref in refs)

    def unjudged(self, ruling: str, *, limit: int) -> tuple[Entry, ...]:
        found = self._all(
            f"SELECT {rows.ENTRY_COLUMNS} FROM entries "  # noqa: S608
            "WHERE id IN (SELECT entry_id FROM wordings WHERE ruling <> ? "
            "ORDER BY entry_id DESC LIMIT ?) ORDER BY id DESC",
            (ruling, limit),
        )
        return tuple(rows.entry_from_row(row) for row in found)

    def recent(self, since: datetime, *, limit: int) -> tuple[Entry, ...]:
        found = self._all(
            f"SELECT {rows.ENTRY_COLUMNS} FROM entries "  # noqa: S608
            "WHERE first_seen >= ? ORDER BY id DESC LIMIT ?",
            (rows.micros(since), limit),
        )
        return tuple(rows.entry_from_row(row) for row in found)

    def _wordings(self, entry_ids: Iterable[int]) -> tuple[Wording, ...]:
        return tuple(
            _wording(row)
            for part in chunks(entry_ids, _CANDIDATES)
            for row in self._in(_LOAD, part)
        )


def _wording(row: rows.Row) -> Wording:
    """From what a wording needs of its entry, which is little: texts are long, and stay."""
    bare = Entry(
        source_id=row["source_id"],
        key=row["key"],
        url="",
        canonical=row["canonical"],
        title="",
        summary="",
        content="",
        published=rows.time(row["published"]),
        dated=bool(row["dated"]),
        first_seen=rows.time(row["first_seen"]),
        digest="",
        language=row["language"],
    )
    return wording.unpack(bare, row["value"])
