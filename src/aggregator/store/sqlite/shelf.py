"""What web workers and the desk read: feeds, articles, sources and counts, on any connection."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from aggregator.errors import StoreError
from aggregator.model.article import Article
from aggregator.model.entry import Entry, EntryRef, Revision
from aggregator.model.feed import Collapse, Departure, Feed, FeedSpec, Item
from aggregator.model.source import Source
from aggregator.ports import Absence, Counter, Dossier, FeedSummary, Placement, SourceStatus
from aggregator.selection.live import MOST_BESIDE, beside, is_free
from aggregator.selection.shown import shown
from aggregator.selection.whole import completed
from aggregator.store.sqlite import rows, schema
from aggregator.store.sqlite.connect import translated
from aggregator.store.sqlite.feeds import FeedsPart
from aggregator.store.sqlite.notices import NoticesPart
from aggregator.text import urls

_ITEMS = f"""
SELECT members.uid AS item, articles.uid AS article, members.position AS place,
       members.updated AS said_at, {rows.ENTRY_COLUMNS}
FROM members JOIN entries ON entries.id = lead_id JOIN articles ON articles.id = article_id
WHERE slug = ? ORDER BY rank DESC, members.uid LIMIT ?
"""  # noqa: S608 - column names are ours
# The newest entries that may be shown of these articles, but of those that were withdrawn.
_VOICES = f"""
SELECT {rows.ENTRY_COLUMNS}
FROM entries JOIN sources ON sources.id = source_id AND sources.configured
WHERE article_id IN ({{0}}) AND {rows.FREE} AND article_id NOT IN (
  SELECT killed.article_id FROM entries AS killed
  WHERE killed.article_id IN ({{0}}) AND killed.withdrawn IS NOT NULL
)
ORDER BY first_seen DESC, source_id DESC, key DESC LIMIT {MOST_BESIDE + 1}
"""  # noqa: S608 - column names are ours
# Withdrawn items that a feed still tells of: kills are rare, and a reader comes by within days.
_DEPARTURES = 100
_SUMMARIES = """
SELECT spec, uid, generation, changed_at,
       (SELECT count(*) FROM members WHERE members.slug = feeds.slug) AS items,
       (SELECT max(position) FROM members WHERE members.slug = feeds.slug) AS newest
FROM feeds ORDER BY place
"""
_STORY_OF = """
SELECT stories.uid, story_why FROM articles JOIN stories ON stories.id = story_id
WHERE articles.id = ?
"""
_SUPERSEDED = """
SELECT old.source_id, old.key, later.source_id AS later_source, later.key AS later_key
FROM entries AS old JOIN entries AS later ON later.id = old.superseded_by WHERE old.article_id = ?
"""
_AT, _LAST = "SELECT article_id AS n FROM entries WHERE", "ORDER BY first_seen DESC, key"
_WEEK = 7 * 24 * 3_600 * 1_000_000
_STATUS = f"""
SELECT {rows.SOURCE_COLUMNS}, {rows.STATE_COLUMNS}, findings,
       (SELECT count(*) FROM entries WHERE source_id = sources.id) AS entries,
       (SELECT max(published) FROM entries WHERE source_id = sources.id AND dated) AS newest,
       (SELECT max(pause) FROM (
          SELECT published - lag(published) OVER (ORDER BY published) AS pause
          FROM (SELECT max(published) AS newest FROM entries
                WHERE source_id = sources.id AND dated)
          JOIN entries ON source_id = sources.id AND dated AND published >= newest - {_WEEK}
        )) AS pause
FROM sources WHERE configured ORDER BY place
"""  # noqa: S608 - column names are ours


class Shelf(FeedsPart, NoticesPart):
    """Satisfies `ports.Shelf` and `ports.Files`; reads only, so a read-only connection will do."""

    def generation(self, slug: str) -> int | None:
        row = self._one("SELECT generation FROM feeds WHERE slug = ?", (slug,))
        return None if row is None else int(row["generation"])

    def renamed(self, slug: str) -> str | None:
        row = self._one("SELECT slug FROM renamed WHERE old = ?", (slug,))
        return None if row is None else str(row["slug"])

    def feed(self, slug: str, *, limit: int | None = None) -> Feed | None:
        with self._connections.snapshot():
            row = self._one("SELECT * FROM feeds WHERE slug = ?", (slug,))
            if row is None:
                return None
            spec = rows.spec_from_text(row["spec"])
            sources = self.configured()
            items = self._items(spec, limit or spec.limit, sources)
            departures = self._departures(slug)
        used = {e.source_id for item in items for e in (item.lead, *item.copies)}
        return Feed(
            spec=spec,
            uid=row["uid"],
            items=items,
            generation=row["generation"],
            changed_at=rows.time(row["changed_at"]),
            sources={name: source for name, source in sources.items() if name in used},
            departures=departures,
        )

    def feeds(self) -> tuple[FeedSummary, ...]:
        return tuple(
            FeedSummary(
                spec=rows.spec_from_text(row["spec"]),
                uid=row["uid"],
                items=row["items"],
                generation=row["generation"],
                changed_at=rows.time(row["changed_at"]),
                newest=rows.maybe_time(row["newest"]),
            )
            for row in self._all(_SUMMARIES)
        )

    def dossier(self, name: str) -> Dossier | None:
        with self._connections.snapshot():
            article_id = self._find(name)
            return None if article_id is None else self._dossier(article_id)

    def sources(self) -> tuple[SourceStatus, ...]:
        return tuple(
            SourceStatus(
                source=rows.source_from_row(row),
                state=rows.state_from_row(row, rows.window_from_row(None)),
                entries=row["entries"],
                newest=rows.maybe_time(row["newest"]),
                findings=tuple((name, detail) for name, detail in json.loads(row["findings"])),
                pause=rows.maybe_duration(row["pause"]),
            )
            for row in self._all(_STATUS)
        )

    def counters(self) -> tuple[Counter, ...]:
        found = self._all("SELECT name, labels, value FROM counters ORDER BY name, labels")
        return tuple(
            Counter(
                name=row["name"],
                labels=tuple(sorted(json.loads(row["labels"]).items())),
                value=row["value"],
            )
            for row in found
        )

    def not_ready(self) -> str | None:
        try:
            with translated(self._connections.path):
                current = schema.is_current(self._connections.db)
            if not current:
                return "the database is not prepared yet: the poller does so when it starts"
            if not self._one("SELECT 1 FROM settings WHERE name = 'service'"):
                return "no configuration has been applied yet"
        except StoreError as error:
            return f"the database cannot be read: {error}"
        return None

    def _departures(self, slug: str) -> tuple[Departure, ...]:
        found = self._all(
            "SELECT uid, at FROM departures WHERE slug = ? ORDER BY at DESC, uid LIMIT ?",
            (slug, _DEPARTURES),
        )
        return tuple(Departure(uid=row["uid"], at=rows.time(row["at"])) for row in found)

    def _items(self, spec: FeedSpec, limit: int, sources: Mapping[str, Source]) -> tuple[Item, ...]:
        found = self._all(_ITEMS, (spec.slug, limit))
        return tuple(self._item(row, spec, sources) for row in found)

    def _item(self, row: rows.Row, spec: FeedSpec, sources: Mapping[str, Source]) -> Item:
        lead = _as_shown(row, sources)
        copies = beside(lead, self._voices(row, spec, sources))
        return Item(
            uid=row["item"],
            article=row["article"],
            lead=completed(lead, copies, sources),
            copies=copies,
            position=rows.time(row["place"]),
            updated=rows.time(row["said_at"]),
        )

    def _voices(
        self, row: rows.Row, spec: FeedSpec, sources: Mapping[str, Source]
    ) -> tuple[Entry, ...]:
        """The entries that an item stands for, but for its lead, as they are shown."""
        match spec.collapse:
            case Collapse.NONE:
                return ()
            case Collapse.ARTICLE:
                articles = [row["article_id"]]
            case Collapse.STORY:
                articles = self._telling(row["item"])
        found = self._all(_VOICES.format(",".join("?" * len(articles))), (*articles, *articles))
        voices = (_as_shown(voice, sources) for voice in found)
        return tuple(voice for voice in voices if is_free(voice))

    def _find(self, name: str) -> int | None:
        """An article's number by any of the names that a person may have for it.

        Of several items at one address, the one that was seen last: it is what stands there now.
        """
        urn = name if name.startswith("urn:") else f"urn:uuid:{name}"
        source_id, _, key = name.partition("/")
        asked: tuple[tuple[str, tuple[Any, ...]], ...] = (
            ("SELECT id AS n FROM articles WHERE uid = ?", (urn,)),
            ("SELECT article_id AS n FROM entries WHERE founds = ?", (urn,)),
            (
                "SELECT article_id AS n FROM members JOIN entries ON entries.id = lead_id "
                "WHERE uid = ?",
                (urn,),
            ),
            (f"{_AT} url = ? AND url <> '' {_LAST}", (name,)),
            (f"{_AT} canonical = ? AND canonical <> '' {_LAST}", (urls.canonical(name),)),
            (
                "SELECT article_id AS n FROM entries WHERE source_id = ? AND key = ?",
                (source_id, key),
            ),
        )
        rows_found = (self._one(f"{sql} LIMIT 1", values) for sql, values in asked)
        return next((row["n"] for row in rows_found if row), None)

    def _dossier(self, article_id: int) -> Dossier:
        (article,) = self._load((article_id,))
        refs = {entry.ref for entry in article.entries}
        founds = self._all("SELECT founds FROM entries WHERE article_id = ?", (article_id,))
        windows = {source_id: self.window(source_id).keys for source_id in _source_ids(article)}
        names = self._names(article_id)
        told = self._one(_STORY_OF, (article_id,))
        return Dossier(
            article=article,
            matches=self._matches((article_id,)),
            aliases=tuple(sorted({row["founds"] for row in founds} - {article.uid})),
            placements=self._placements(article, told["uid"] if told else ""),
            revisions=self._revisions(article_id),
            origins=self._origins(article_id),
            absences=self._absences(article_id),
            listed={ref: not windows[ref.source_id].isdisjoint(names[ref]) for ref in refs},
            sources={k: v for k, v in self._every_source().items() if k in windows},
            story=self.story(told["uid"]) if told else None,
            story_why=told["story_why"] if told else "",
            notices=self._notices_of(article_id),
            withdrawals=self.withdrawals(sorted(refs)) if article.withdrawn else {},
            superseded=self._superseded(article_id),
        )

    def _placements(self, article: Article, story: str) -> tuple[Placement, ...]:
        """Where its own entries speak, and where its story is told by another article's."""
        titles = {spec.slug: spec.title for spec in self.specs()}
        told = () if article.withdrawn else self.members_called((story,))
        members = {(m.slug, m.uid): m for m in (*told, *self.members_of([article.uid]))}
        return tuple(
            Placement(slug=m.slug, title=titles[m.slug], lead=m.lead, uid=m.uid)
            for _, m in sorted(members.items())
        )

    def _names(self, article_id: int) -> dict[EntryRef, set[str]]:
        found: dict[EntryRef, set[str]] = {}
        for row in self._all(
            "SELECT entries.source_id, key, name FROM names JOIN entries ON entries.id = entry_id "
            "WHERE article_id = ?",
            (article_id,),
        ):
            ref = EntryRef(source_id=row["source_id"], key=row["key"])
            found.setdefault(ref, set()).add(row["name"])
        return found

    def _revisions(self, article_id: int) -> dict[EntryRef, tuple[Revision, ...]]:
        found: dict[EntryRef, list[Revision]] = {}
        for row in self._all(
            "SELECT source_id, key, revisions.* "
            "FROM revisions JOIN entries ON entries.id = entry_id "
            "WHERE article_id = ? ORDER BY source_id, key, revisions.revision",
            (article_id,),
        ):
            ref = EntryRef(source_id=row["source_id"], key=row["key"])
            found.setdefault(ref, []).append(rows.revision_from_row(row))
        return {ref: tuple(states) for ref, states in found.items()}

    def _origins(self, article_id: int) -> dict[EntryRef, str]:
        found = self._all(
            "SELECT source_id, key, origin FROM entries WHERE article_id = ? AND origin <> ''",
            (article_id,),
        )
        return {
            EntryRef(source_id=row["source_id"], key=row["key"]): row["origin"] for row in found
        }

    def _superseded(self, article_id: int) -> dict[EntryRef, EntryRef]:
        found = self._all(_SUPERSEDED, (article_id,))
        return {
            EntryRef(source_id=row["source_id"], key=row["key"]): EntryRef(
                source_id=row["later_source"], key=row["later_key"]
            )
            for row in found
        }

    def _absences(self, article_id: int) -> dict[EntryRef, Absence]:
        found = self._all(
            "SELECT entries.source_id, key, since, asked, answer "
            "FROM absences JOIN entries ON entries.id = entry_id WHERE article_id = ?",
            (article_id,),
        )
        return {
            EntryRef(source_id=row["source_id"], key=row["key"]): Absence(
                since=rows.time(row["since"]),
                asked=rows.maybe_time(row["asked"]),
                answer=row["answer"],
            )
            for row in found
        }


def _source_ids(article: Article) -> Iterable[str]:
    return sorted({entry.source_id for entry in article.entries})


def _as_shown(row: rows.Row, sources: Mapping[str, Source]) -> Entry:
    return shown(rows.entry_from_row(row), sources[row["source_id"]])
