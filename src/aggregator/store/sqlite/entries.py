"""Entries, every name they have gone by, and their earlier states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from aggregator.matching.identity import Known
from aggregator.model.entry import Entry, EntryRef
from aggregator.store.sqlite import rows
from aggregator.store.sqlite.sources import SourcesPart
from aggregator.text import ids

# How many entries of one address a newcomer is held against: a page that is listed under ever new
# ids would otherwise cost the square of their number.
AT_ONE_ADDRESS = 50


class EntriesPart(SourcesPart):
    """Satisfies `ports.Entries`."""

    def known(self, source_id: str, names: Iterable[str]) -> tuple[Known, ...]:
        found = self._in(
            "SELECT DISTINCT entry_id FROM names WHERE source_id = ? AND name IN ({})",
            sorted(names),
            source_id,
        )
        entry_ids = sorted({row["entry_id"] for row in found})
        entries = {
            row["id"]: rows.entry_from_row(row)
            for row in self._in(
                f"SELECT {rows.ENTRY_COLUMNS} FROM entries WHERE id IN ({{}})",  # noqa: S608
                entry_ids,
            )
        }
        all_names: dict[int, set[str]] = {entry_id: set() for entry_id in entry_ids}
        for row in self._in("SELECT entry_id, name FROM names WHERE entry_id IN ({})", entry_ids):
            all_names[row["entry_id"]].add(row["name"])
        listed = self.window(source_id).keys
        known = (
            Known(
                entry=entries[entry_id],
                names=frozenset(all_names[entry_id]),
                listed=not listed.isdisjoint(all_names[entry_id]),
            )
            for entry_id in entry_ids
        )
        return tuple(sorted(known, key=lambda one: one.entry.key))

    def buried(self, source_id: str, names: Iterable[str]) -> Mapping[str, datetime]:
        found = self._in(
            "SELECT name, buried FROM tombstones WHERE source_id = ? AND name IN ({})",
            sorted(names),
            source_id,
        )
        return {row["name"]: rows.time(row["buried"]) for row in found}

    def add(self, entry: Entry, names: frozenset[str], origin: str) -> None:
        born = self._free_root(entry)
        uid = ids.of_article(born.root)
        row = rows.entry_to_row(entry)
        article = self._conn.execute(
            "INSERT INTO articles (uid, position, first_seen, updated) VALUES (?, ?, ?, ?)",
            (uid, row["position"], row["first_seen"], row["first_seen"]),
        )
        row |= {"founds": uid, "article_id": article.lastrowid, "changed": row["first_seen"]}
        row |= {"origin": origin, "born": born.born}
        self._numbers[entry.ref] = self._insert("entries", row)
        # A name that others had for a further one is from now on the name of whose key it is.
        self._conn.execute(
            "DELETE FROM names WHERE source_id = ? AND name = ?", (entry.source_id, entry.key)
        )
        self.name(entry.ref, names)

    def _free_root(self, entry: Entry) -> Entry:
        """The entry with a root of its own: one that came under this name, before its source had
        another, keeps the ids that it has."""
        number, free = 1, entry
        while self._one("SELECT 1 FROM entries WHERE founds = ?", (ids.of_article(free.root),)):
            number += 1
            free = replace(entry, born=f"{entry.source_id} {number}")
        return free

    def revise(self, before: Entry, after: Entry, at: datetime, why: str) -> None:
        entry_id = self._id(before.ref)
        self._conn.execute(
            "INSERT INTO revisions (entry_id, revision, title, summary, content, url, digest, "
            "seen, until, why) SELECT id, ?, ?, ?, ?, ?, ?, changed, ?, ? FROM entries "
            "WHERE id = ?",
            (
                before.revision,
                before.title,
                before.summary,
                before.content,
                before.url,
                before.digest,
                rows.micros(at),
                why,
                entry_id,
            ),
        )
        row = rows.entry_to_row(after) | {"id": entry_id, "changed": rows.micros(at)}
        sets = ", ".join(f"{name} = :{name}" for name in row if name != "id")
        self._conn.execute(f"UPDATE entries SET {sets} WHERE id = :id", row)  # noqa: S608
        self._conn.execute(
            "UPDATE articles SET updated = max(updated, ?) "
            "WHERE id = (SELECT article_id FROM entries WHERE id = ?)",
            (rows.micros(at), entry_id),
        )

    def recredit(self, entry: Entry) -> None:
        row = {"credit": rows.entry_to_row(entry)["credit"], "id": self._id(entry.ref)}
        self._conn.execute("UPDATE entries SET credit = :credit WHERE id = :id", row)

    def name(self, ref: EntryRef, names: frozenset[str]) -> None:
        entry_id = self._id(ref)
        self._conn.executemany(
            "INSERT OR IGNORE INTO names (source_id, name, entry_id) VALUES (?, ?, ?)",
            [(ref.source_id, name, entry_id) for name in sorted(names)],
        )

    def _id(self, ref: EntryRef) -> int:
        """The number of an entry's row."""
        known = self._numbers.get(ref)
        if known is not None:
            return known
        row = self._one(
            "SELECT id FROM entries WHERE source_id = ? AND key = ?", (ref.source_id, ref.key)
        )
        if row is None:
            raise LookupError(f"no entry {ref.source_id}/{ref.key}")
        number = int(row["id"])
        if self._conn.in_transaction:
            self._numbers[ref] = number
        return number
