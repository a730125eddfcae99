"""A shelf in memory, and short ways to write what stands on it: for tests of rendering and web.

Only what the web reads is here; nothing is matched or selected.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from aggregator.errors import StoreError
from aggregator.model.article import Article
from aggregator.model.entry import Entry
from aggregator.model.feed import Feed, FeedSpec, Item, Service
from aggregator.model.source import Kind, Source, SourceState
from aggregator.ports import Counter, Dossier, FeedSummary, Filed, SourceStatus
from aggregator.text import ids

NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)


def source(id: str = "ansa", **given: Any) -> Source:
    """An agency unless said otherwise."""
    facts: dict[str, Any] = {
        "id": id,
        "url": f"https://{id}.example/rss.xml",
        "name": id.capitalize(),
        "kind": Kind.AGENCY,
        "interval": timedelta(minutes=10),
        "timeout": timedelta(seconds=20),
        "max_size": 10_000_000,
    }
    return Source(**facts | given)


def entry(source_id: str = "ansa", number: int = 1, **given: Any) -> Entry:
    """An entry of noon, minus one minute a number."""
    when = NOON - timedelta(minutes=number)
    facts: dict[str, Any] = {
        "source_id": source_id,
        "key": f"guid:{number}",
        "url": f"https://{source_id}.example/news/{number}",
        "canonical": f"{source_id}.example/news/{number}",
        "title": f"Title {number}",
        "summary": f"Summary {number}.",
        "content": "",
        "published": when,
        "dated": True,
        "first_seen": when,
        "digest": f"digest-{number}",
    }
    return Entry(**facts | given)


def item(lead: Entry, *copies: Entry, **given: Any) -> Item:
    """An item under its article's id, founded by the lead."""
    uid = ids.of_article(lead.ref)
    facts: dict[str, Any] = {
        "uid": uid,
        "article": uid,
        "lead": lead,
        "copies": copies,
        "position": lead.published,
        "updated": lead.updated or lead.published,
    }
    return Item(**facts | given)


def feed(
    *items: Item, slug: str = "esteri", title: str = "Esteri", sources: Sequence[Source] = ()
) -> Feed:
    """A feed of generation 7, last changed at noon."""
    named = {s.id: s for s in sources}
    asked = (e.source_id for i in items for e in (i.lead, *i.copies))
    return Feed(
        spec=FeedSpec(slug=slug, title=title),
        uid=ids.mint("feed", slug),
        items=items,
        generation=7,
        changed_at=NOON,
        sources={id: named.get(id) or source(id) for id in asked},
    )


def status(of: Source, **state: Any) -> SourceStatus:
    """A source that was polled at noon and answered, unless `state` says otherwise."""
    facts: dict[str, Any] = {
        "source_id": of.id,
        "next_poll_at": NOON + of.interval,
        "last_attempt": NOON,
        "last_success": NOON,
        "result": "fetched",
    }
    return SourceStatus(source=of, state=SourceState(**facts | state), entries=3, newest=NOON)


def dossier(*entries: Entry, **given: Any) -> Dossier:
    """The file on the article that the first entry founded; nothing placed, nothing revised."""
    article = Article(
        uid=ids.of_article(entries[0].ref),
        entries=entries,
        position=entries[0].published,
        first_seen=entries[0].first_seen,
        updated=NOON,
    )
    facts: dict[str, Any] = {
        "article": article,
        "matches": (),
        "aliases": (),
        "placements": (),
        "revisions": {},
        "origins": {},
        "listed": {},
        "sources": {e.source_id: source(e.source_id) for e in entries},
    }
    return Dossier(**facts | given)


@dataclass
class MemoryShelf:
    """What web workers read, held in plain attributes that a test may change."""

    content: dict[str, Feed] = field(default_factory=dict)
    was: dict[str, str] = field(default_factory=dict)
    dossiers: dict[str, Dossier] = field(default_factory=dict)
    present: Mapping[str, Source] = field(default_factory=dict)
    statuses: tuple[SourceStatus, ...] = ()
    counts: tuple[Counter, ...] = ()
    waiting: tuple[Filed, ...] = ()
    settings: Service = field(default_factory=lambda: Service(title="Newsroom"))
    waiting_for: str | None = None
    broken: str | None = None
    reads: int = 0

    def generation(self, slug: str) -> int | None:
        self._check()
        return self.content[slug].generation if slug in self.content else None

    def renamed(self, slug: str) -> str | None:
        return self.was.get(slug)

    def feed(self, slug: str, *, limit: int | None = None) -> Feed | None:
        self._check()
        self.reads += 1
        whole = self.content.get(slug)
        return replace(whole, items=whole.items[: limit or whole.spec.limit]) if whole else None

    def feeds(self) -> tuple[FeedSummary, ...]:
        self._check()
        return tuple(_summary(feed) for feed in self.content.values())

    def dossier(self, name: str) -> Dossier | None:
        return self.dossiers.get(name.removeprefix("urn:uuid:"))

    def configured(self) -> Mapping[str, Source]:
        return self.present

    def sources(self) -> tuple[SourceStatus, ...]:
        self._check()
        return self.statuses

    def counters(self) -> tuple[Counter, ...]:
        return self.counts

    def filed(self, *, waiting: bool) -> tuple[Filed, ...]:
        return self.waiting

    def service(self) -> Service:
        self._check()
        return self.settings

    def bound(self) -> str | None:
        return None

    def not_ready(self) -> str | None:
        self._check()
        return self.waiting_for

    def _check(self) -> None:
        if self.broken:
            raise StoreError(self.broken)


def shelf_of(*feeds: Feed, **given: Any) -> MemoryShelf:
    """A shelf with these feeds, in this order."""
    content: Mapping[str, Feed] = {feed.spec.slug: feed for feed in feeds}
    return MemoryShelf(content=dict(content), **given)


def _summary(content: Feed) -> FeedSummary:
    return FeedSummary(
        spec=content.spec,
        uid=content.uid,
        items=len(content.items),
        generation=content.generation,
        changed_at=content.changed_at,
        newest=content.items[0].lead.published if content.items else None,
    )
