"""What the use-cases ask of the store: small Protocols, owned by those who call them.

`store.sqlite` satisfies all of them; the contract test in `tests/store` runs against each
implementation. Methods never block on the network; all raise `StoreError` if the database cannot
be used, and nothing else on purpose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from aggregator.model.article import Article, Match
from aggregator.model.config import Config
from aggregator.model.entry import EntryRef, Revision
from aggregator.model.feed import Feed, FeedSpec, Service
from aggregator.model.fetched import NotModified, Refused
from aggregator.model.reading import Reading
from aggregator.model.source import Source, SourceState


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A source that is ours to poll until `state.lease_until`."""

    source: Source
    state: SourceState


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What a reading changed: entries first seen, revised in place, joined to other articles."""

    new: int = 0
    revised: int = 0
    joined: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What one poll came to, for logs and tables. `why` is the stable name of the result."""

    source_id: str
    at: datetime
    why: str
    detail: str = ""
    tally: Tally = Tally()
    next_poll_at: datetime | None = None


class Schedule(Protocol):
    """The schedule as a column."""

    def claim_due(
        self, now: datetime, *, limit: int, per_host: int, lease: timedelta
    ) -> tuple[Claim, ...]:
        """Lease enabled sources whose `next_poll_at` has come, the longest waiting first.

        At most `limit`, and at most `per_host` leased at once of one host, those leased before
        included. An expired lease counts as none. One atomic step, safe beside other pollers.
        """
        ...

    def claim(self, ids: Iterable[str], now: datetime, *, lease: timedelta) -> tuple[Claim, ...]:
        """Lease the named sources, due or not, enabled or not; those leased elsewhere are left out.

        Raises `UnknownName` for an id that is not configured.
        """
        ...

    def release(self, ids: Iterable[str]) -> None:
        """Give leases back without a result, so that the sources stay due."""
        ...


class ConfigStore(Protocol):
    """Where a configuration is applied."""

    def apply(self, config: Config, now: datetime) -> None:
        """Make sources, feeds and service settings equal `config`, in one transaction; feeds whose
        question changed are rebuilt."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSummary:
    spec: FeedSpec
    uid: str
    items: int
    generation: int
    changed_at: datetime
    newest: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStatus:
    source: Source
    state: SourceState
    entries: int
    newest: datetime | None
    findings: tuple[tuple[str, str], ...] = ()  # (name, detail) of the last reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where an article stands in a feed, and which entry speaks for it there."""

    slug: str
    title: str
    lead: EntryRef
    uid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """All that is known of one article: for its page and for `explain`."""

    article: Article
    matches: tuple[Match, ...]
    aliases: tuple[str, ...]
    placements: tuple[Placement, ...]
    revisions: Mapping[EntryRef, tuple[Revision, ...]]
    listed: Mapping[EntryRef, bool]
    sources: Mapping[str, Source]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """A counter of facts, e.g. name `polls`, labels (("result", "fetched"),)."""

    name: str
    labels: tuple[tuple[str, str], ...]
    value: int


class Shelf(Protocol):
    """What web workers read; opened read-only."""

    def generation(self, slug: str) -> int | None:
        """The feed's generation, or None for a slug that is not served. One cheap SELECT."""
        ...

    def renamed(self, slug: str) -> str | None:
        """The present slug of a feed that `was` this one, or None."""
        ...

    def feed(self, slug: str, *, limit: int | None = None) -> Feed | None:
        """The newest members in the feed's order; `limit` defaults to the feed's own."""
        ...

    def feeds(self) -> tuple[FeedSummary, ...]:
        """All feeds in the order of the configuration."""
        ...

    def dossier(self, name: str) -> Dossier | None:
        """An article by its uid (with or without `urn:uuid:`), an alias, an entry's address or
        canonical address, or `source/key`; None if nothing has that name."""
        ...

    def sources(self) -> tuple[SourceStatus, ...]:
        """All configured sources in the order of the configuration."""
        ...

    def counters(self) -> tuple[Counter, ...]:
        """Counters of facts since the database was made, sorted."""
        ...

    def service(self) -> Service:
        """The service's settings as last applied."""
        ...

    def not_ready(self) -> str | None:
        """Why feeds cannot be served yet, in words; None if they can."""
        ...


Outcome = Reading | NotModified | Refused
Settle = Callable[[Tally], SourceState]


class Commit(Protocol):
    """The lane, as the poller sees it: `ingest.Ingest.commit`."""

    def __call__(self, source: Source, outcome: Outcome, settle: Settle) -> Done:
        """Make one poll's outcome the store's state, in one transaction.

        `settle` is asked for the source's next state once it is known what was new; that state is
        written in the same transaction, and the lease ends with it.
        """
        ...
