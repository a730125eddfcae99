"""Articles, and the matches that made them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aggregator.matching.articles import in_order
from aggregator.model.article import Article, Match
from aggregator.model.entry import Entry, EntryRef
from aggregator.ports import Cluster
from aggregator.store.sqlite import rows
from aggregator.store.sqlite.base import chunks
from aggregator.store.sqlite.entries import AT_ONE_ADDRESS, EntriesPart

_HERE, _THERE = (
    "SELECT level, score, why, snapshot, a.source_id AS a_source, a.key AS a_key, "  # noqa: S608
    "b.source_id AS b_source, b.key AS b_key FROM entries AS near "
    f"JOIN matches ON {side} = near.id "
    "JOIN entries AS a ON a.id = entry_id JOIN entries AS b ON b.id = other_id "
    "WHERE near.article_id IN ({})"
    for side in ("entry_id", "other_id")
)
_MATCHED = """
SELECT source_id, key FROM matches JOIN entries ON id = other_id WHERE entry_id = ?
UNION ALL
SELECT source_id, key FROM matches JOIN entries ON id = entry_id WHERE other_id = ?
"""
_ACROSS, _BACK = (
    f"SELECT DISTINCT far.article_id FROM entries AS near JOIN matches ON {here} = near.id "  # noqa: S608
    f"JOIN entries AS far ON far.id = {there} WHERE near.article_id IN ({{}})"
    for here, there in (("entry_id", "other_id"), ("other_id", "entry_id"))
)
# Articles that are looked at together. Copies of one text are some dozens; more than this is a
# chain through something that everybody prints, and where it ends matters to nobody.
_WIDEST = 1_000
# How many articles are held in memory at once where all are gone through.
_BATCH = 200


class ArticlesPart(EntriesPart):
    """Satisfies `ports.Articles`."""

    def at_address(self, canonical: str) -> tuple[EntryRef, ...]:
        found = self._all(
            "SELECT source_id, key FROM entries "
            "WHERE canonical = ? AND canonical <> '' ORDER BY first_seen, source_id, key LIMIT ?",
            (canonical, AT_ONE_ADDRESS),
        )
        return tuple(EntryRef(source_id=row["source_id"], key=row["key"]) for row in found)

    def called(self, name: str) -> tuple[EntryRef, ...]:
        source_id, _, key = name.partition("/")
        found = self._all(
            "SELECT source_id, key FROM entries WHERE source_id = ? AND key = ?", (source_id, key)
        )
        own = tuple(EntryRef(source_id=row["source_id"], key=row["key"]) for row in found)
        return own or self.at_address(name)

    def rematch(self, ref: EntryRef, matches: Iterable[Match]) -> frozenset[EntryRef]:
        entry_id = self._id(ref)
        before = self._all(_MATCHED, (entry_id, entry_id))
        if before:
            self._conn.execute(
                "DELETE FROM matches WHERE entry_id = ? OR other_id = ?", (entry_id, entry_id)
            )
        self._conn.executemany(
            "INSERT INTO matches (entry_id, other_id, level, score, why, snapshot) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            [
                (self._id(m.entry), self._id(m.other), m.level, m.score, m.why, m.snapshot)
                for m in matches
            ],
        )
        return frozenset(EntryRef(source_id=row["source_id"], key=row["key"]) for row in before)

    def articles_of(self, refs: Iterable[EntryRef]) -> tuple[Article, ...]:
        return self._load(sorted(self._article_ids(refs)))

    def cluster(self, refs: Iterable[EntryRef]) -> Cluster:
        article_ids = self._connected(self._article_ids(refs))
        articles = tuple(sorted(self._load(article_ids), key=lambda article: article.uid))
        return Cluster(articles=articles, matches=self._matches(article_ids))

    def _article_ids(self, refs: Iterable[EntryRef]) -> set[int]:
        """Where these entries are; those that there are none of are in no article."""
        asked = tuple(refs)
        numbers = [self._numbers[ref] for ref in asked if ref in self._numbers]
        found = {
            row["article_id"]
            for row in self._in("SELECT article_id FROM entries WHERE id IN ({})", numbers)
        }
        for ref in asked:
            if ref not in self._numbers:
                found |= {
                    row["article_id"]
                    for row in self._all(
                        "SELECT article_id FROM entries WHERE source_id = ? AND key = ?",
                        (ref.source_id, ref.key),
                    )
                }
        return found

    def _connected(self, article_ids: set[int]) -> set[int]:
        """These articles, and those that matches lead to: groups are decided over all of them."""
        found, edge = set(article_ids), set(article_ids)
        while edge and len(found) < _WIDEST:
            beyond = {row["article_id"] for row in self._in(_ACROSS, edge)}
            beyond |= {row["article_id"] for row in self._in(_BACK, edge)}
            edge = beyond - found
            found |= edge
        return found

    def regroup(self, before: Iterable[Article], after: Iterable[Article]) -> None:
        was, made = {article.uid: article for article in before}, tuple(after)
        for article in made:
            if was.get(article.uid) != article:
                self._put_article(article)
        staying = {article.uid for article in made}
        gone = [(uid,) for uid in was if uid not in staying]
        self._conn.executemany("DELETE FROM articles WHERE uid = ?", gone)

    def all_articles(self) -> Iterator[Article]:
        yield from self._batches("SELECT id FROM articles ORDER BY first_seen, id")

    def of_source(self, source_id: str) -> Iterator[Article]:
        yield from self._batches(
            "SELECT DISTINCT article_id AS id FROM entries WHERE source_id = ? ORDER BY article_id",
            source_id,
        )

    def _batches(self, sql: str, *values: str) -> Iterator[Article]:
        article_ids = [row["id"] for row in self._all(sql, values)]
        for part in chunks(article_ids, _BATCH):
            yield from self._load(part)

    def _load(self, article_ids: Iterable[int]) -> tuple[Article, ...]:
        wanted = tuple(article_ids)
        entries: dict[int, list[Entry]] = {}
        for row in self._in(
            f"SELECT {rows.ENTRY_COLUMNS} FROM entries WHERE article_id IN ({{}})",  # noqa: S608
            wanted,
        ):
            entries.setdefault(row["article_id"], []).append(rows.entry_from_row(row))
        found = self._in("SELECT * FROM articles WHERE id IN ({})", wanted)
        return tuple(
            Article(
                uid=row["uid"],
                entries=in_order(entries[row["id"]]),
                position=rows.time(row["position"]),
                first_seen=rows.time(row["first_seen"]),
                updated=rows.time(row["updated"]),
            )
            for row in found
        )

    def _matches(self, article_ids: Iterable[int]) -> tuple[Match, ...]:
        wanted = tuple(sorted(article_ids))
        found = {}
        for row in (*self._in(_HERE, wanted), *self._in(_THERE, wanted)):
            match = _match_from_row(row)
            found[match.entry, match.other, match.level] = match
        return tuple(found[name] for name in sorted(found))

    def _put_article(self, article: Article) -> None:
        """The article's row under its id, and its entries in it."""
        self._upsert(
            "articles",
            {
                "uid": article.uid,
                "position": rows.micros(article.position),
                "first_seen": rows.micros(article.first_seen),
                "updated": rows.micros(article.updated),
            },
            ("uid",),
        )
        self._conn.executemany(
            "UPDATE entries SET article_id = (SELECT id FROM articles WHERE uid = ?) "
            "WHERE source_id = ? AND key = ?",
            [(article.uid, entry.source_id, entry.key) for entry in article.entries],
        )


def _match_from_row(row: rows.Row) -> Match:
    return Match(
        level=row["level"],
        entry=EntryRef(source_id=row["a_source"], key=row["a_key"]),
        other=EntryRef(source_id=row["b_source"], key=row["b_key"]),
        score=row["score"],
        why=row["why"],
        snapshot=row["snapshot"],
    )
