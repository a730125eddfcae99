"""What one body said: its entries, everything it listed, and what was odd about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from aggregator.model.entry import Entry, Media


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What naming and dating the items of a document need of each one, parsed or remembered.

    `guid` is folded, `link` canonical and "" for a front door; `title`, `text` (all of its words),
    `said` and `updated` (its dates as written) are hashes, "" of nothing but for `text`. `claim` is
    when it says that it was published, `hour` what its clock shows. `oversize` counts its texts
    that are cut for their length.
    """

    guid: str
    link: str
    title: str
    text: str
    said: str
    updated: str
    claim: datetime | None
    hour: int | None = None
    oversize: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One place of a document: the entry key that stands there and a hash of its bytes.

    `linked` says that it is known by its address as well as by its key. Without `facts` the item
    must be read again, whatever its hash.
    """

    key: str
    digest: str
    linked: bool = False
    facts: Facts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A source's last good document: the hash of its whole body and its places, in order."""

    body: str = ""
    places: tuple[Listed, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(place.key for place in self.places)

    @property
    def names(self) -> frozenset[str]:
        """The keys, and the addresses by which listed items are known as well."""
        linked = (p.facts.link for p in self.places if p.linked and p.facts)
        return self.keys | {f"link:{link}" for link in linked}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something odd in a document that an operator may want to know.

    `name` is stable (`truncated`, `undated`, `constant-guid`, `html-in-title`, ...);
    `detail` says it in words with the figures.
    """

    name: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RawText:
    """A text of an item as it stood: `html` says whether the document declared markup."""

    value: str
    html: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEntry:
    """An item as the document gave it: strings, nothing guessed. `position` counts from 0.

    `base` is the xml:base in force at the item (perhaps relative, or ""), `text_base` that of its
    text if it has one of its own; `language` is its own xml:lang.
    `status` is None where the document says nothing of it; an `embargo` of "" has no end.
    `credits` are names in fields that say whose text it is, the surest first; `taken_from` is the
    feed that it names as its own source.
    """

    position: int
    guid: str | None = None
    guid_is_link: bool = False
    link: str | None = None
    title: RawText | None = None
    summary: RawText | None = None
    contents: tuple[RawText, ...] = ()
    published: str | None = None
    updated: str | None = None
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    media: tuple[Media, ...] = ()
    language: str | None = None
    base: str = ""
    text_base: str = ""
    status: str | None = None
    embargo: str | None = None
    urgency: str | None = None
    note: str | None = None
    credits: tuple[str, ...] = ()
    taken_from: str | None = None
    version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """When a document asks to be read again: `ttl`, `skipHours` and `skipDays`, `sy:*`.

    `period` is sy:updatePeriod over sy:updateFrequency, counted from `base` if that is given.
    `skip_hours` are of GMT, `skip_days` count from Monday as 0; never all of them.
    """

    ttl: timedelta | None = None
    period: timedelta | None = None
    base: datetime | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A parsed body, before normalising: the channel's own claims and its raw entries in order."""

    format: str  # rss, rdf, atom, json
    items: tuple[RawEntry, ...]
    title: str = ""
    language: str | None = None
    link: str | None = None
    generator: str | None = None
    findings: tuple[Finding, ...] = ()
    hints: Hints = Hints()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one good body said. `entries` are those that must be looked at; `window` lists all.

    `complete` is False for a cut document: what is missing from it says nothing (rule 34's kin).
    `hints` is None for a body that we had already: what the last one said still stands.
    `title` and `language` are the channel's own, as it declares them.
    """

    source_id: str
    at: datetime
    entries: tuple[Entry, ...]
    window: Window
    complete: bool = True
    findings: tuple[Finding, ...] = ()
    title: str = ""
    language: str | None = None
    hints: Hints | None = None
