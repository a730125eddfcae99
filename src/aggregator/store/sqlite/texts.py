"""What entries are compared by: wordings, the keys that find them, the snapshot of the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from aggregator.matching import statistics, wording
from aggregator.matching.sketch import MAX_KEYS
from aggregator.matching.statistics import EMPTY, Statistics
from aggregator.matching.wording import Wording
from aggregator.model.entry import Entry, EntryRef
from aggregator.store.sqlite import rows
from aggregator.store.sqlite.base import chunks
from aggregator.store.sqlite.connect import Connections
from aggregator.store.sqlite.entries import AT_ONE_ADDRESS, EntriesPart

# What one key may find: a piece of text in more entries than this is nobody's in particular.
_A_KEY = 40
# What one entry is judged against at most, those with the most keys in common first.
_CANDIDATES = 80
# One statement for all keys: each costs more to begin than to run. A missing key finds nothing.
_ONE_KEY = f"""
SELECT * FROM (SELECT entry_id FROM candidates WHERE key = ? ORDER BY entry_id DESC LIMIT {_A_KEY})
"""  # noqa: S608
_FIND = f"""
SELECT entry_id FROM ({" UNION ALL ".join([_ONE_KEY] * MAX_KEYS)})
WHERE entry_id <> ? GROUP BY entry_id ORDER BY count(*) DESC, entry_id DESC LIMIT {_CANDIDATES}
"""  # noqa: S608
_BARE = "entries.id, source_id, key, canonical, language, published, dated, first_seen"
_LOAD = (
    f"SELECT {_BARE}, value FROM entries JOIN wordings ON entry_id = entries.id "  # noqa: S608
    "WHERE entries.id IN ({})"
)
_OF_ENTRY = (
    f"SELECT {_BARE}, value FROM entries JOIN wordings ON entry_id = entries.id "  # noqa: S608
    "WHERE source_id = ? AND key = ?"
)
_AT_ADDRESS = f"""
SELECT {_BARE}, value FROM (
  SELECT id AS there FROM entries WHERE canonical = ? AND canonical <> ''
  ORDER BY first_seen, source_id, key LIMIT {AT_ONE_ADDRESS}
) JOIN entries ON entries.id = there JOIN wordings ON entry_id = there WHERE there <> ?
"""  # noqa: S608
_RECENT = f"SELECT {_BARE}, title, summary FROM entries"  # noqa: S608


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
            (kept,) = self._all("SELECT name, value FROM snapshots")
            self._statistics = statistics.unpack(kept["name"], kept["value"])
        return self._statistics

    def learnt(self) -> datetime | None:
        row = self._one("SELECT made FROM snapshots")
        return None if row is None else rows.time(row["made"])

    def set_statistics(self, made: Statistics, at: datetime) -> None:
        if self.learnt() is not None and made.name == self.statistics().name:
            self._conn.execute("UPDATE snapshots SET made = ?", (rows.micros(at),))
            return
        (newest,) = self._all("SELECT coalesce(max(id), 0) AS id FROM entries")
        self._conn.execute("DELETE FROM snapshots")
        row = {"name": made.name, "made": rows.micros(at), "value": statistics.pack(made)}
        self._insert("snapshots", row | {"unjudged": newest["id"] + 1})

    def judge_anew(self) -> None:
        if self.learnt() is None:
            # There is nothing learnt yet to be judged under, and a snapshot may be made any time.
            self.set_statistics(EMPTY, rows.time(0))
        else:
            newest = "(SELECT coalesce(max(id), 0) + 1 FROM entries)"
            self._conn.execute(f"UPDATE snapshots SET unjudged = {newest}")  # noqa: S608

    def is_judged(self) -> bool:
        return self._one("SELECT 1 FROM snapshots WHERE unjudged IS NOT NULL") is None

    def next_unjudged(self, since: datetime, *, limit: int) -> tuple[Entry, ...]:
        found = self._all(
            f"SELECT {rows.ENTRY_COLUMNS} FROM entries "  # noqa: S608
            "WHERE id < (SELECT unjudged FROM snapshots) ORDER BY id DESC LIMIT ?",
            (limit,),
        )
        recent = [row for row in found if row["first_seen"] >= rows.micros(since)]
        below = min((row["id"] for row in recent), default=None)
        self._conn.execute("UPDATE snapshots SET unjudged = ?", (below,))
        return tuple(rows.entry_from_row(row) for row in recent)

    def put_wording(self, made: Wording, keys: Iterable[int]) -> None:
        entry_id = self._id(made.ref)
        packed = wording.pack(made)
        added = self._conn.execute(
            "INSERT INTO wordings (entry_id, value) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (entry_id, packed),
        )
        if not added.rowcount:
            self._conn.execute(
                "UPDATE wordings SET value = ? WHERE entry_id = ?", (packed, entry_id)
            )
            self._conn.execute("DELETE FROM candidates WHERE entry_id = ?", (entry_id,))
        self._conn.executemany(
            "INSERT INTO candidates (key, entry_id) VALUES (?, ?)",
            [(key, entry_id) for key in keys],
        )

    def alike(self, ref: EntryRef, keys: Iterable[int]) -> tuple[Wording, ...]:
        entry_id = self._id(ref)
        asked = (*keys, *[None] * MAX_KEYS)[:MAX_KEYS]
        return self._wordings(row["entry_id"] for row in self._all(_FIND, (*asked, entry_id)))

    def neighbours(self, ref: EntryRef, canonical: str) -> tuple[Wording, ...]:
        found = self._all(_AT_ADDRESS, (canonical, self._id(ref)))
        return tuple(map(_wording, found))

    def wordings(self, refs: Iterable[EntryRef]) -> Mapping[EntryRef, Wording]:
        found = (row for ref in refs for row in self._all(_OF_ENTRY, (ref.source_id, ref.key)))
        return {made.ref: made for made in map(_wording, found)}

    def recent(self, *, limit: int) -> tuple[Entry, ...]:
        found = self._all(f"{_RECENT} ORDER BY id DESC LIMIT ?", (limit,))
        return tuple(_bare(row, title=row["title"], summary=row["summary"]) for row in found)

    def count_entries(self, *, limit: int) -> int:
        row = self._one("SELECT count(*) AS n FROM (SELECT 1 FROM entries LIMIT ?)", (limit,))
        return 0 if row is None else int(row["n"])

    def _wordings(self, entry_ids: Iterable[int]) -> tuple[Wording, ...]:
        return tuple(
            _wording(row)
            for part in chunks(entry_ids, _CANDIDATES)
            for row in self._in(_LOAD, part)
        )


def _wording(row: rows.Row) -> Wording:
    return wording.unpack(_bare(row), row["value"])


def _bare(row: rows.Row, *, title: str = "", summary: str = "") -> Entry:
    """As much of an entry as comparing needs: contents are long, and stay where they are."""
    return Entry(
        source_id=row["source_id"],
        key=row["key"],
        url="",
        canonical=row["canonical"],
        title=title,
        summary=summary,
        content="",
        published=rows.time(row["published"]),
        dated=bool(row["dated"]),
        first_seen=rows.time(row["first_seen"]),
        digest="",
        language=row["language"],
    )
