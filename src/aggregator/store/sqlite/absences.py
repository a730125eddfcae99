"""Entries that left the middle of their source's listing, and whose page is asked when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from aggregator.model.entry import EntryRef
from aggregator.model.source import Source
from aggregator.ports import Question
from aggregator.store.sqlite import rows
from aggregator.store.sqlite.entries import EntriesPart
from aggregator.store.sqlite.sources import FORGET_QUESTIONS

# One a host, since each question makes its host rest; the longest absent first.
_DUE = """
SELECT entry_id, entries.source_id, key, url, absences.host, min(since) AS since
FROM absences
JOIN entries ON entries.id = entry_id
LEFT JOIN page_hosts ON page_hosts.host = absences.host
WHERE asked IS NULL AND coalesce(next_at, 0) <= :now AND EXISTS (
  SELECT 1 FROM sources
  WHERE id = entries.source_id AND configured AND enabled AND last_success - since >= :away
)
GROUP BY absences.host ORDER BY min(since), entry_id LIMIT :limit
"""


class AbsencesPart(EntriesPart):
    """Satisfies `ports.Absences`."""

    def restless(self, source_id: str) -> datetime | None:
        row = self._one("SELECT restless FROM sources WHERE id = ?", (source_id,))
        return None if row is None else rows.maybe_time(row["restless"])

    def unsettle(self, source_id: str, at: datetime) -> None:
        self._conn.execute(
            "UPDATE sources SET restless = ? WHERE id = ?", (rows.micros(at), source_id)
        )
        self._conn.execute(FORGET_QUESTIONS, (source_id,))

    def absent(self, source_id: str) -> Mapping[EntryRef, frozenset[str]]:
        found: dict[EntryRef, set[str]] = {}
        for row in self._all(
            "SELECT key, name FROM absences JOIN entries ON entries.id = absences.entry_id "
            "JOIN names ON names.entry_id = absences.entry_id WHERE absences.source_id = ?",
            (source_id,),
        ):
            ref = EntryRef(source_id=source_id, key=row["key"])
            found.setdefault(ref, set()).add(row["name"])
        return {ref: frozenset(names) for ref, names in found.items()}

    def miss(self, ref: EntryRef, host: str, since: datetime) -> None:
        entry_id = self._id(ref)
        row = {"entry_id": entry_id, "source_id": ref.source_id, "host": host}
        self._upsert("absences", row | {"since": rows.micros(since)}, ("entry_id",))

    def relist(self, refs: Iterable[EntryRef]) -> frozenset[EntryRef]:
        gone = set()
        for ref in refs:
            entry_id = self._id(ref)
            self._conn.execute("DELETE FROM absences WHERE entry_id = ?", (entry_id,))
            if self._conn.execute(
                "UPDATE entries SET gone = NULL WHERE id = ? AND gone IS NOT NULL", (entry_id,)
            ).rowcount:
                gone.add(ref)
        return frozenset(gone)

    def questions(
        self, now: datetime, *, away: timedelta, gap: timedelta, limit: int
    ) -> tuple[Question, ...]:
        values = {"now": rows.micros(now), "away": rows.maybe_span(away), "limit": limit}
        found = self._conn.execute(_DUE, values).fetchall()
        self._conn.executemany(
            "UPDATE absences SET asked = ? WHERE entry_id = ?",
            [(values["now"], row["entry_id"]) for row in found],
        )
        self._conn.execute("DELETE FROM page_hosts WHERE next_at <= :now", values)
        for row in found:
            self.rest(row["host"], now + gap)
        sources = self.configured() if found else {}
        return tuple(_question(row, sources[row["source_id"]]) for row in found)

    def answered(self, question: Question, answer: str, gone: datetime | None) -> bool:
        noted = self._one(
            "UPDATE absences SET answer = ? WHERE since = ? AND entry_id = "
            "(SELECT id FROM entries WHERE source_id = ? AND key = ?) RETURNING entry_id",
            (answer, rows.micros(question.since), question.entry.source_id, question.entry.key),
        )
        if noted and gone:
            self._conn.execute(
                "UPDATE entries SET gone = ? WHERE id = ?", (rows.micros(gone), noted["entry_id"])
            )
        return noted is not None

    def rest(self, host: str, until: datetime) -> None:
        self._conn.execute(
            "INSERT INTO page_hosts (host, next_at) VALUES (?, ?) "
            "ON CONFLICT (host) DO UPDATE SET next_at = max(next_at, excluded.next_at)",
            (host, rows.micros(until)),
        )


def _question(row: rows.Row, source: Source) -> Question:
    return Question(
        source=source,
        entry=EntryRef(source_id=source.id, key=row["key"]),
        url=row["url"],
        host=row["host"],
        since=rows.time(row["since"]),
    )
