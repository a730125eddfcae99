"""A store on disk and the lane over it, and short ways to say what a source listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any

from aggregator import configure
from aggregator.ingest import Ingest
from aggregator.model.config import Config
from aggregator.model.entry import Entry
from aggregator.model.feed import Feed, FeedSpec, Service
from aggregator.model.reading import Listed, Reading, Window
from aggregator.model.source import Kind, Source, SourceState
from aggregator.ports import Done, Outcome, Tally
from aggregator.store.sqlite import Store, open_store

NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def source(name: str = "ansa", **given: Any) -> Source:
    """A portal unless said otherwise."""
    facts: dict[str, Any] = {
        "id": name,
        "url": f"https://{name}.example/rss.xml",
        "name": name.capitalize(),
        "kind": Kind.PORTAL,
        "interval": timedelta(minutes=10),
        "timeout": timedelta(seconds=20),
        "max_size": 10_000_000,
    }
    return Source(**facts | given)


def entry(source_id: str, key: str, title: str, **given: Any) -> Entry:
    """An entry of noon with an address of its own; its digest follows from what is shown."""
    facts: dict[str, Any] = {
        "source_id": source_id,
        "key": key,
        "url": f"https://{source_id}.example/{key.partition(':')[2]}",
        "title": title,
        "summary": "",
        "content": "",
        "published": NOON,
        "dated": True,
        "first_seen": NOON,
    }
    facts |= given
    facts.setdefault("canonical", facts["url"])
    facts.setdefault("aliases", (f"link:{facts['canonical']}",) if facts["canonical"] else ())
    shown = "\n".join(str(facts[name]) for name in ("title", "summary", "content", "url"))
    facts.setdefault("digest", blake2b(shown.encode(), digest_size=8).hexdigest())
    return Entry(**facts)


def reading(source_id: str, entries: Sequence[Entry], at: datetime, **given: Any) -> Reading:
    """One good document that lists just these entries."""
    places = tuple(Listed(key=e.key, digest=e.digest) for e in entries)
    body = blake2b(repr(places).encode(), digest_size=8).hexdigest()
    return Reading(
        source_id=source_id,
        at=at,
        entries=tuple(replace(e, first_seen=at) for e in entries),
        window=Window(body=body, places=places),
        **given,
    )


@dataclass
class World:
    """A real database, with the lane that writes it."""

    path: Path
    config: Config
    store: Store = field(init=False)

    def __post_init__(self) -> None:
        self.store = open_store(self.path)
        self.apply(self.config)

    def apply(self, config: Config, at: datetime = NOON) -> None:
        self.config = config
        configure.apply(self.store, config, at)

    def lists(self, source_id: str, *entries: Entry, at: datetime = NOON, **given: Any) -> Done:
        """The source is polled at this time and lists these entries."""
        return self.take(reading(source_id, entries, at, **given))

    def take(self, outcome: Outcome) -> Done:
        found = next(s for s in self.config.sources if s.id == outcome.source_id)

        def settle(tally: Tally) -> SourceState:
            window = outcome.window if isinstance(outcome, Reading) else Window()
            return SourceState(
                source_id=found.id,
                next_poll_at=outcome.at + found.interval,
                last_success=outcome.at,
                window=window,
            )

        return Ingest(self.store).commit(found, outcome, settle)

    def feed(self, slug: str = "all", **given: Any) -> Feed:
        feed = self.store.feed(slug, **given)
        assert feed is not None
        return feed

    def titles(self, slug: str = "all") -> list[str]:
        return [item.lead.title for item in self.feed(slug).items]


def config(
    *sources: Source, feeds: Sequence[FeedSpec] = (FeedSpec(slug="all", title="All"),), **given: Any
) -> Config:
    return Config(service=Service(**given), sources=sources, feeds=tuple(feeds))
