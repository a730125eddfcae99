"""A feed: a merged output that we serve. What it asks for, and what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from aggregator.model.entry import Entry
from aggregator.model.source import Kind, Source

# The generator that every output names; whoever polls can tell our own feeds by it (rule 99).
GENERATOR = "aggregator (newsroom syndication)"


class Collapse(StrEnum):
    """What one item of a feed is: an entry, an article, or a story."""

    NONE = "none"
    ARTICLE = "article"
    STORY = "story"


class Order(StrEnum):
    LATEST = "latest"
    TRENDING = "trending"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Values of one field are OR, fields are AND, an empty field asks nothing.

    `topics` are folded as `text.tokens.fold`; a word in `/…/` is an RE2 pattern.
    """

    sources: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    agencies: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One `from:` and what is taken out of it: an entry that any of `exclude` takes is out.

    A feed over other feeds has one clause for each of theirs, with its own `not:` added.
    """

    include: Query = Query()
    exclude: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSpec:
    """What the operator asked for. An entry qualifies if any clause takes it."""

    slug: str
    title: str
    clauses: tuple[Clause, ...] = (Clause(),)
    description: str = ""
    language: str | None = None
    collapse: Collapse = Collapse.ARTICLE
    order: Order = Order.LATEST
    limit: int = 50
    prefer: tuple[str, ...] = ()
    max_age: timedelta | None = None
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """The `service:` part of feeds.yaml; `base_url` None: the address that we are bound to."""

    title: str = "Aggregator"
    base_url: str | None = None
    database: str = "aggregator.db"
    retention: timedelta = timedelta(days=30)
    prefer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of a feed as readers see it: the lead speaks, the copies are linked.

    `uid` is the item's guid: the entry's, article's or story's, by the feed's collapse level.
    `article` is the uid of the article's own page.
    """

    uid: str
    article: str
    lead: Entry
    copies: tuple[Entry, ...]
    position: datetime
    updated: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """An item that was withdrawn from a feed, and when: readers are told to take it down."""

    uid: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed's content at one generation. `changed_at` is its `updated` and its Last-Modified.

    `sources` holds every source that an item's entries name. `departures` are those of late.
    """

    spec: FeedSpec
    uid: str
    items: tuple[Item, ...]
    generation: int
    changed_at: datetime
    sources: Mapping[str, Source]
    departures: tuple[Departure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """Bytes to serve. `etag` is the bare hash of `body` (the web layer adds quotes and coding)."""

    body: bytes
    media_type: str
    etag: str
    last_modified: datetime
