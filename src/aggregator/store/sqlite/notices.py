"""What wires order: filed, with what became of it; and the marks that it leaves on entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from aggregator.model.article import Match
from aggregator.model.entry import Entry, EntryRef
from aggregator.model.notice import Notice
from aggregator.ports import Filed, FiledState
from aggregator.store.sqlite import rows
from aggregator.store.sqlite.entries import EntriesPart

_FILED = """
SELECT sender.source_id, sender.key, sender.title, notices.at, value, state, why,
       target.source_id AS target_source, target.key AS target_key
FROM notices JOIN entries AS sender ON sender.id = notices.entry_id
LEFT JOIN entries AS target ON target.id = target_id
"""
_ANY_NOTICE = """
SELECT 1 FROM notices WHERE entry_id = ? UNION ALL SELECT 1 FROM notices WHERE target_id = ?
"""
_EARLIER = f"""
SELECT {rows.ENTRY_COLUMNS} FROM entries
WHERE first_seen >= ? AND (source_id IN ({{}}) OR credit IS NOT NULL)
ORDER BY id DESC LIMIT ?
"""  # noqa: S608 - column names are ours
# The newest texts among which a notice's target is looked for: a month of a busy wire.
_MOST = 5_000


class NoticesPart(EntriesPart):
    """Satisfies `ports.Notices`."""

    def earlier(self, sources: Iterable[str], since: datetime) -> tuple[Entry, ...]:
        asked = tuple(sources)
        marks = ",".join("?" * len(asked))
        found = self._all(_EARLIER.format(marks), (rows.micros(since), *asked, _MOST))
        return tuple(rows.entry_from_row(row) for row in found)

    def file(self, ref: EntryRef, notice: Notice, at: datetime) -> None:
        row = {"entry_id": self._id(ref), "at": rows.micros(at), "state": "waiting", "why": ""}
        row |= {"value": rows.notice_to_text(notice), "target_id": None}
        self._upsert("notices", row, ("entry_id",))

    def conclude(self, ref: EntryRef, state: FiledState, target: EntryRef | None, why: str) -> None:
        target_id = self._id(target) if target else None
        self._conn.execute(
            "UPDATE notices SET state = ?, target_id = ?, why = ? WHERE entry_id = ?",
            (state.value, target_id, why, self._id(ref)),
        )

    def unfile(self, ref: EntryRef) -> frozenset[EntryRef]:
        entry_id = self._id(ref)
        if not self._one("SELECT 1 FROM notices WHERE entry_id = ?", (entry_id,)):
            return frozenset()
        freed = self._all(
            "UPDATE entries SET superseded_by = NULL WHERE superseded_by = ? "
            "RETURNING source_id, key",
            (entry_id,),
        )
        self._conn.execute("DELETE FROM notices WHERE entry_id = ?", (entry_id,))
        return _refs(freed) | self.restore_by(ref)

    def filed(self, *, waiting: bool) -> tuple[Filed, ...]:
        where = "WHERE state = 'waiting'" if waiting else ""
        found = self._all(f"{_FILED} {where} ORDER BY notices.at DESC, sender.id DESC")
        return tuple(_filed(row) for row in found)

    def _notices_of(self, article_id: int) -> tuple[Filed, ...]:
        """The notices that the entries of an article are, or that mean one of them, in order."""
        found = self._all(
            f"{_FILED} WHERE sender.article_id = ? OR target.article_id = ? "
            "ORDER BY notices.at, sender.id",
            (article_id, article_id),
        )
        return tuple(_filed(row) for row in found)

    def joined_by_notice(self, ref: EntryRef) -> tuple[Match, ...]:
        entry_id = self._id(ref)
        if not self._one(_ANY_NOTICE, (entry_id, entry_id)):
            return ()
        found = self._all(
            f"{_FILED} WHERE state = 'applied' AND target_id <> notices.entry_id "
            "AND (notices.entry_id = ? OR target_id = ?)",
            (entry_id, entry_id),
        )
        matches = {
            (match.entry, match.other): match for row in found if (match := _filed(row).match)
        }
        return tuple(matches.values())

    def supersede(self, ref: EntryRef, by: EntryRef) -> None:
        self._conn.execute(
            "UPDATE entries SET superseded_by = ? WHERE id = ?",
            (self._id(by), self._id(ref)),
        )

    def withdraw(self, refs: Iterable[EntryRef], by: str, at: datetime, why: str) -> None:
        entry_ids = [self._id(ref) for ref in refs]
        self._conn.executemany(
            "INSERT OR IGNORE INTO withdrawals (entry_id, by, at, why) VALUES (?, ?, ?, ?)",
            [(entry_id, by, rows.micros(at), why) for entry_id in entry_ids],
        )
        self._mark(entry_ids)

    def restore_by(self, sender: EntryRef) -> frozenset[EntryRef]:
        return self._restore(
            "DELETE FROM withdrawals WHERE by = ? RETURNING entry_id", (_name(sender),)
        )

    def restore(self, refs: Iterable[EntryRef]) -> frozenset[EntryRef]:
        freed: frozenset[EntryRef] = frozenset()
        for ref in refs:
            freed |= self._restore(
                "DELETE FROM withdrawals WHERE entry_id = ? RETURNING entry_id",
                (self._id(ref),),
            )
        return freed

    def withdrawals(self, refs: Iterable[EntryRef]) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for ref in refs:
            rows_found = self._all(
                "SELECT by, why FROM withdrawals WHERE entry_id = ? ORDER BY at, by",
                (self._id(ref),),
            )
            found |= {row["by"]: row["why"] for row in rows_found}
        return found

    def _restore(self, sql: str, values: tuple[object, ...]) -> frozenset[EntryRef]:
        entry_ids = [row["entry_id"] for row in self._all(sql, values)]
        self._mark(entry_ids)
        found = self._in("SELECT source_id, key FROM entries WHERE id IN ({})", entry_ids)
        return _refs(found)

    def _mark(self, entry_ids: Iterable[int]) -> None:
        self._conn.executemany(
            "UPDATE entries SET withdrawn = "
            "(SELECT min(at) FROM withdrawals WHERE entry_id = entries.id) WHERE id = ?",
            [(entry_id,) for entry_id in entry_ids],
        )


def _name(ref: EntryRef) -> str:
    return f"{ref.source_id}/{ref.key}"


def _refs(found: Iterable[rows.Row]) -> frozenset[EntryRef]:
    return frozenset(EntryRef(source_id=row["source_id"], key=row["key"]) for row in found)


def _filed(row: rows.Row) -> Filed:
    target = row["target_source"] and EntryRef(
        source_id=row["target_source"], key=row["target_key"]
    )
    return Filed(
        sender=EntryRef(source_id=row["source_id"], key=row["key"]),
        title=row["title"],
        at=rows.time(row["at"]),
        notice=rows.notice_from_text(row["value"]),
        state=FiledState(row["state"]),
        target=target or None,
        why=row["why"],
    )
