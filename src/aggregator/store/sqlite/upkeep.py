"""The store's own care: what retention takes away, and what it leaves in its place."""

from __future__ import annotations

from datetime import datetime

from aggregator.model.article import Article
from aggregator.store.sqlite import rows
from aggregator.store.sqlite.feeds import FeedsPart


class UpkeepPart(FeedsPart):
    """Satisfies `ports.Keeper`."""

    def expired(self, before: datetime, *, limit: int) -> tuple[Article, ...]:
        found = self._all(
            "SELECT id FROM articles WHERE position < ? ORDER BY position, id LIMIT ?",
            (rows.micros(before), limit),
        )
        return self._load(row["id"] for row in found)

    def purge(self, article: Article) -> None:
        for entry in article.entries:
            listed = self.window(entry.source_id).keys
            named = self._all(
                "SELECT name FROM names WHERE entry_id = ?", (self._id(entry.ref)[0],)
            )
            names = {row["name"] for row in named}
            if listed.isdisjoint(names):
                continue
            self._conn.executemany(
                "INSERT OR IGNORE INTO tombstones (source_id, name) VALUES (?, ?)",
                [(entry.source_id, name) for name in sorted(names)],
            )
        self._conn.execute("DELETE FROM articles WHERE uid = ?", (article.uid,))

    def optimise(self) -> None:
        """Let the planner's statistics follow the data; cheap, meant for every few hours."""
        self._conn.execute("PRAGMA optimize")
