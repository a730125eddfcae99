"""The store's own care: what retention takes away, and what it leaves in its place."""

from __future__ import annotations

from datetime import datetime

from aggregator.model.article import Article
from aggregator.model.entry import Entry
from aggregator.store.sqlite import rows
from aggregator.store.sqlite.feeds import FeedsPart


class UpkeepPart(FeedsPart):
    """Satisfies `ports.Keeper`."""

    def has_ended(self, now: datetime) -> bool:
        sql = "SELECT 1 FROM entries WHERE held AND embargo <= ? LIMIT 1"
        return self._one(sql, (rows.micros(now),)) is not None

    def set_free(self, now: datetime, *, limit: int) -> tuple[Article, ...]:
        at = rows.micros(now)
        due = self._all(
            "SELECT id, article_id FROM entries WHERE held AND embargo <= ? "
            "ORDER BY embargo, id LIMIT ?",
            (at, limit),
        )
        article_ids = {row["article_id"] for row in due}
        self._conn.executemany(
            "UPDATE entries SET held = 0, changed = ? WHERE id = ?",
            [(at, row["id"]) for row in due],
        )
        self._conn.executemany(
            "UPDATE articles SET updated = ? WHERE id = ?", [(at, one) for one in article_ids]
        )
        return self._load(article_ids)

    def expired(self, before: datetime, *, limit: int) -> tuple[Article, ...]:
        found = self._all(
            "SELECT id FROM articles WHERE position < ? AND NOT EXISTS "
            "(SELECT 1 FROM entries WHERE article_id = articles.id AND first_seen >= ?) "
            "ORDER BY position, id LIMIT ?",
            (rows.micros(before), rows.micros(before), limit),
        )
        return self._load(row["id"] for row in found)

    def forget_departures(self, before: datetime) -> None:
        self._conn.execute("DELETE FROM departures WHERE at < ?", (rows.micros(before),))

    def purge(self, article: Article, at: datetime) -> None:
        for entry in article.entries:
            self._bury(entry, at)
        self._conn.execute("DELETE FROM articles WHERE uid = ?", (article.uid,))

    def _bury(self, entry: Entry, at: datetime) -> None:
        """Leave the names of an entry that is still listed, but those that another one has too."""
        mine = self._all(
            "SELECT name, (SELECT count(*) FROM names AS other WHERE other.source_id = "
            "names.source_id AND other.name = names.name) AS owners FROM names WHERE entry_id = ?",
            (self._id(entry.ref),),
        )
        if self.window(entry.source_id).names.isdisjoint(row["name"] for row in mine):
            return
        self._conn.executemany(
            "INSERT OR REPLACE INTO tombstones (source_id, name, entry, buried) "
            "VALUES (?, ?, ?, ?)",
            [
                (entry.source_id, row["name"], entry.key, rows.micros(at))
                for row in mine
                if row["owners"] == 1
            ],
        )

    def optimise(self) -> None:
        """Let the planner's statistics follow the data; cheap, meant for every few hours."""
        self._conn.execute("PRAGMA optimize")
