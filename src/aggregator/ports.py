"""What the use-cases ask of the store: small Protocols, owned by those who call them.

`store.sqlite` satisfies all of them; the contract test in `tests/store` runs against each
implementation. Methods never block on the network; all raise `StoreError` if the database cannot
be used, and nothing else on purpose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from aggregator.matching.grouping import NOTICE
from aggregator.matching.identity import Known
from aggregator.matching.statistics import Statistics
from aggregator.matching.stories import StoryState
from aggregator.matching.wording import Wording
from aggregator.model.article import Article, Match, Story
from aggregator.model.entry import Entry, EntryRef, Revision
from aggregator.model.feed import Feed, FeedSpec, Service
from aggregator.model.fetched import NotModified, Refused
from aggregator.model.matching import Matching
from aggregator.model.notice import Notice
from aggregator.model.reading import Finding, Reading, Window
from aggregator.model.source import Source, SourceState
from aggregator.text import ids


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
        self,
        now: datetime,
        *,
        limit: int,
        per_host: int,
        lease: timedelta,
        refused: int | None = None,
    ) -> tuple[Claim, ...]:
        """Lease enabled sources whose `next_poll_at` has come, the longest waiting first.

        At most `limit`, of which at most `refused` whose last poll was a refusal, and at most
        `per_host` leased at once of one host, those leased before included. An expired lease counts
        as none. One that was asked more than an hour from now is due: the clock was wrong then.
        One atomic step, safe beside other pollers.
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
    pause: timedelta | None = None  # the longest between dated entries of the newest's last week


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where an article stands in a feed, and which entry speaks for it there."""

    slug: str
    title: str
    lead: EntryRef
    uid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Since when a source has left an entry out of the middle of its listing; when its page was
    `asked`, and the stable name of the `answer` ("" before that)."""

    since: datetime
    asked: datetime | None = None
    answer: str = ""


class FiledState(StrEnum):
    """What became of a notice."""

    WAITING = "waiting"  # nobody can tell which text it means
    APPLIED = "applied"
    DISMISSED = "dismissed"  # the operator says that it means nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A notice and what became of it; `title` is its own, `why` how its target was found."""

    sender: EntryRef
    title: str
    at: datetime
    notice: Notice
    state: FiledState
    target: EntryRef | None
    why: str

    @property
    def name(self) -> str:
        """Its short and stable name, for whoever settles it: the first digits of its article's
        UUID."""
        return ids.of_article(self.sender).removeprefix("urn:uuid:")[:8]

    @property
    def match(self) -> Match | None:
        """What joins its text and the earlier one that it means, if it has a text (rule 71)."""
        if (
            self.target is None
            or not self.notice.bears_text
            or self.state is not FiledState.APPLIED
        ):
            return None
        first, second = sorted((self.sender, self.target))
        why = f"{self.notice.kind.value}: {self.why}"
        return Match(level=NOTICE, entry=first, other=second, score=1.0, why=why)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """All that is known of one article: for its page and for `explain`.

    `story` is the one that it tells, with the articles told last, and `story_why` why it does (""
    if it founded it). `notices` are those that its entries are, or that mean one of them.
    `withdrawals` are who forbids it, as `Notices.withdraw` has it, and why; `superseded` which
    later text has taken the place of an entry.
    """

    article: Article
    matches: tuple[Match, ...]
    aliases: tuple[str, ...]
    placements: tuple[Placement, ...]
    revisions: Mapping[EntryRef, tuple[Revision, ...]]
    listed: Mapping[EntryRef, bool]
    sources: Mapping[str, Source]
    origins: Mapping[EntryRef, str] = field(default_factory=dict)
    absences: Mapping[EntryRef, Absence] = field(default_factory=dict)
    story: Story | None = None
    story_why: str = ""
    notices: tuple[Filed, ...] = ()
    withdrawals: Mapping[str, str] = field(default_factory=dict)
    superseded: Mapping[EntryRef, EntryRef] = field(default_factory=dict)


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

    def configured(self) -> Mapping[str, Source]:
        """The sources of the present configuration by id; those taken out are not in it."""
        ...

    def sources(self) -> tuple[SourceStatus, ...]:
        """All configured sources in the order of the configuration."""
        ...

    def counters(self) -> tuple[Counter, ...]:
        """Counters of facts since the database was made, sorted."""
        ...

    def filed(self, *, waiting: bool) -> tuple[Filed, ...]:
        """The notices, newest first: those that wait for the operator, or all."""
        ...

    def service(self) -> Service:
        """The service's settings as last applied."""
        ...

    def bound(self) -> str | None:
        """The address that `serve` answers at by itself, where no `base_url` is configured."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Articles that may have to be grouped anew, with every match among their entries."""

    articles: tuple[Article, ...]
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A row of a feed's materialised content: one item, where it stands, and what it shows.

    `said` is a digest of the lead's text as shown: another one moves `updated`. `shown` is a digest
    of all that outputs give of the item: another one raises the feed's generation.
    """

    slug: str
    uid: str
    lead: EntryRef
    rank: float
    position: datetime
    updated: datetime
    said: str
    shown: str


class Transactional(Protocol):
    def transaction(self) -> AbstractContextManager[object]:
        """One write transaction, whole or not at all; this thread's calls inside are part of it.

        It takes the write lock at once, so what is read inside stays true until the end.
        """
        ...


class Entries(Protocol):
    """The entries of sources, asked for and written inside a transaction."""

    def known(self, source_id: str, names: Iterable[str]) -> tuple[Known, ...]:
        """Every entry of the source that goes by any of the names, each once, by key."""
        ...

    def buried(self, source_id: str, names: Iterable[str]) -> Mapping[str, datetime]:
        """Those of the names that belong to purged entries of the source, with the time of that."""
        ...

    def add(self, entry: Entry, names: frozenset[str], origin: str) -> None:
        """A new entry, founding an article of its own. `position` must be set.

        `origin` says why it is new although its names are known; "" for most.
        """
        ...

    def revise(self, before: Entry, after: Entry, at: datetime, why: str) -> None:
        """Keep `before` as a revision and let `after`, of the same key, take its place."""
        ...

    def recredit(self, entry: Entry) -> None:
        """Take over an entry's credit: its words are the same, and read otherwise."""
        ...

    def name(self, ref: EntryRef, names: frozenset[str]) -> None:
        """Let an entry go by these names as well."""
        ...


class Texts(Protocol):
    """What entries are compared by, asked for and written inside a transaction."""

    def statistics(self) -> Statistics:
        """The snapshot that verdicts are judged under; an empty one before the first."""
        ...

    def matching(self) -> Matching:
        """What the operator says of matching, as last applied."""
        ...

    def put_wording(self, made: Wording, keys: Iterable[int]) -> None:
        """Keep how an entry is compared; its possible copies are found by the keys."""
        ...

    def alike(self, ref: EntryRef, keys: Iterable[int]) -> tuple[Wording, ...]:
        """The entries that share a key with this one: a bounded number, the nearest of them."""
        ...

    def neighbours(self, ref: EntryRef, canonical: str) -> tuple[Wording, ...]:
        """The other entries with this canonical address, a bounded number of those seen first;
        those that never were compared are left out."""
        ...

    def wordings(self, refs: Iterable[EntryRef]) -> Mapping[EntryRef, Wording]:
        """How these entries are compared; those that never were, or are gone, are left out."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A story that goes on: its id, and what is known of it."""

    uid: str
    state: StoryState


class Stories(Protocol):
    """Which articles tell one event, asked for and written inside a transaction."""

    def like(self, keys: Iterable[int], since: datetime) -> tuple[Told, ...]:
        """The stories under these keys that were told since a time: a bounded number, the nearest,
        in the order in which they began."""
        ...

    def tell(self, uid: str, state: StoryState, article: str, why: str) -> None:
        """Let an article tell a story, new or known, of which this is known now."""
        ...

    def absorb(self, part: str, whole: str) -> None:
        """Let the articles of one story tell another, and the one be no more."""
        ...

    def stories_of(self, articles: Iterable[str]) -> Mapping[str, str]:
        """The stories that these articles tell, by article."""
        ...

    def story(self, uid: str) -> Story | None:
        """A story with its articles; None if nothing tells it."""
        ...


class Searchable(Protocol):
    """Where the text is looked for that a notice means."""

    def configured(self) -> Mapping[str, Source]:
        """The sources of the present configuration by id; those taken out are not in it."""
        ...

    def earlier(self, sources: Iterable[str], since: datetime) -> tuple[Entry, ...]:
        """Entries of these sources, and all that credit anybody, first seen since a time: a
        bounded number, the newest first."""
        ...


class Notices(Searchable, Protocol):
    """What wires order, and the marks that it leaves; inside a transaction."""

    def file(self, ref: EntryRef, notice: Notice, at: datetime) -> None:
        """Keep the notice that an entry is, as waiting."""
        ...

    def conclude(self, ref: EntryRef, state: FiledState, target: EntryRef | None, why: str) -> None:
        """Note what became of the notice that an entry is."""
        ...

    def unfile(self, ref: EntryRef) -> frozenset[EntryRef]:
        """Undo what the notice did that an entry was, if it was one; the entries that it marked."""
        ...

    def joined_by_notice(self, ref: EntryRef) -> tuple[Match, ...]:
        """The matches that notices make of an entry."""
        ...

    def supersede(self, ref: EntryRef, by: EntryRef) -> None:
        """Let a later text take the place of an entry."""
        ...

    def withdraw(self, refs: Iterable[EntryRef], by: str, at: datetime, why: str) -> None:
        """Forbid entries; `by` is a notice's entry as `source/key`, or the operator."""
        ...

    def restore(self, refs: Iterable[EntryRef]) -> frozenset[EntryRef]:
        """Forbid entries no longer, whoever did; those that were forbidden."""
        ...


class Articles(Protocol):
    """The groups of entries, asked for and written inside a transaction."""

    def at_address(self, canonical: str) -> tuple[EntryRef, ...]:
        """The entries with this canonical address, a bounded number of those seen first."""
        ...

    def called(self, name: str) -> tuple[EntryRef, ...]:
        """The entries that a pair of the operator's means: those with this canonical address, as
        `at_address`, or the one that is `source/key`."""
        ...

    def rematch(self, ref: EntryRef, matches: Iterable[Match]) -> frozenset[EntryRef]:
        """Let these be all matches of an entry; answers the entries that it matched before."""
        ...

    def articles_of(self, refs: Iterable[EntryRef]) -> tuple[Article, ...]:
        """The articles in which these entries are now."""
        ...

    def cluster(self, refs: Iterable[EntryRef]) -> Cluster:
        """The whole articles in which these entries are now, and all that matches lead to from
        there, in the order of their uids."""
        ...

    def regroup(self, before: Iterable[Article], after: Iterable[Article]) -> None:
        """Put `after` in the place of `before`, over the same entries.

        The id that an entry's article has where it is the founding entry goes on naming the article
        that it is in: ids that were handed out stay good through joins and splits.
        """
        ...

    def all_articles(self) -> Iterator[Article]:
        """Every article, in the order of first sight, in bounded memory."""
        ...

    def of_source(self, source_id: str) -> Iterator[Article]:
        """The articles that an entry of this source is in, in bounded memory."""
        ...


class Members(Stories, Protocol):
    """The materialised content of feeds, written inside a transaction."""

    def configured(self) -> Mapping[str, Source]:
        """The sources of the present configuration by id; those taken out are not in it."""
        ...

    def specs(self) -> tuple[FeedSpec, ...]:
        """The feeds of the present configuration, in its order."""
        ...

    def service(self) -> Service:
        """The service's settings as last applied."""
        ...

    def members_of(self, articles: Iterable[str]) -> tuple[Member, ...]:
        """Every membership of these articles."""
        ...

    def members_called(self, uids: Iterable[str]) -> tuple[Member, ...]:
        """Every membership of items with these guids."""
        ...

    def older_members(self, slug: str, than: datetime) -> tuple[Member, ...]:
        """The members of a feed whose position lies before a time, oldest first."""
        ...

    def put(self, members: Iterable[Member]) -> None:
        """Insert or replace by (slug, uid)."""
        ...

    def drop(self, members: Iterable[Member]) -> None:
        """Delete by (slug, uid)."""
        ...

    def depart(self, members: Iterable[Member], at: datetime) -> None:
        """Remember items as withdrawn from their feeds, until they are put there again."""
        ...

    def touch(self, slugs: Iterable[str], at: datetime) -> None:
        """Raise the generation of feeds; `changed_at` becomes `at`, but never goes back."""
        ...


class Counts(Protocol):
    """The counts of facts, written inside a transaction."""

    def count(self, name: str, labels: Mapping[str, str], by: int = 1) -> None:
        """Add to a counter of facts."""
        ...


class States(Counts, Protocol):
    """The state of sources and the counts of facts, written inside a transaction."""

    def first_document(self, source_id: str) -> bool:
        """Whether the source has never had a good document."""
        ...

    def is_asked(self, source: Source) -> bool:
        """Whether the configuration of this moment still asks this source at this address."""
        ...

    def window(self, source_id: str) -> Window:
        """The source's last good document."""
        ...

    def settle(self, state: SourceState, findings: tuple[Finding, ...] | None) -> None:
        """Write a source's state; `findings` of a reading, None if nothing was read.

        Tombstones of entries of which no name is listed any more are forgotten.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A page to ask, once: that of an entry which its source does not list `since` a time."""

    source: Source
    entry: EntryRef
    url: str
    host: str
    since: datetime


class Absences(Protocol):
    """What left the middle of its source's listing, asked for and written in a transaction."""

    def restless(self, source_id: str) -> datetime | None:
        """When the source last reordered its items, or brought some back; None if never."""
        ...

    def unsettle(self, source_id: str, at: datetime) -> None:
        """Note that a source is restless; what it has left out is not asked about any more."""
        ...

    def absent(self, source_id: str) -> Mapping[EntryRef, frozenset[str]]:
        """The entries that are noted as absent, with all their names."""
        ...

    def miss(self, ref: EntryRef, host: str, since: datetime) -> None:
        """Note that an entry is listed no more; `host` is that of its page."""
        ...

    def relist(self, refs: Iterable[EntryRef]) -> frozenset[EntryRef]:
        """Forget the absence of entries; answers those that were gone and are not any more."""
        ...

    def questions(
        self, now: datetime, *, away: timedelta, gap: timedelta, limit: int
    ) -> tuple[Question, ...]:
        """The pages to ask now, the longest absent first, at most one a host: from now on they are
        asked, and no other of their hosts is for `gap`.

        Only of enabled sources that have said for `away`, by good answers, that the item is absent.
        """
        ...

    def answered(self, question: Question, answer: str, gone: datetime | None) -> bool:
        """Note what a page said, and whether that makes its entry gone; False if the entry has been
        listed again meanwhile, and nothing was noted."""
        ...

    def rest(self, host: str, until: datetime) -> None:
        """Ask no page of a host before a time."""
        ...


class Tellable(Texts, Members, Protocol):
    """What telling events apart needs."""


class Gatherable(Transactional, Articles, Notices, Tellable, Protocol):
    """What gathering entries into articles needs."""


class Heedable(Gatherable, Counts, Protocol):
    """What doing as a notice says needs."""


class Lane(Heedable, Entries, States, Absences, Protocol):
    """All that one poll's outcome needs to become the store's state."""


class Files(Shelf, Searchable, Protocol):
    """What looking through the notices needs; read-only."""


class Hand(Files, Heedable, Protocol):
    """What an operator needs who takes things down, brings them back, and settles notices."""


class ConfigStore(Gatherable, Protocol):
    """What a configuration is applied to."""

    def set_service(self, service: Service) -> None: ...

    def set_matching(self, said: Matching) -> None: ...

    def judge_anew(self) -> None:
        """Let all entries count as judged under an older snapshot, though it is the same."""
        ...

    def set_sources(self, sources: Iterable[Source], now: datetime) -> None:
        """Let these be the configured sources, in this order; a new one is due at once.

        A source of the same id and another address keeps its entries and loses its validators and
        window. One that is not among them stays, with its entries, and is in no output.
        """
        ...

    def set_feeds(self, feeds: Iterable[tuple[FeedSpec, str]], now: datetime) -> None:
        """Let these (with their uids) be the feeds, in this order.

        A feed whose spec differs gets a new generation; one that is not among them is gone.
        """
        ...


class Keeper(Gatherable, Protocol):
    """What upkeep asks of the store, inside transactions of bounded size."""

    def learnt(self) -> datetime | None:
        """When the present snapshot was made; None before the first."""
        ...

    def count_entries(self, *, limit: int) -> int:
        """How many entries there are; counted no further than `limit`."""
        ...

    def recent(self, *, limit: int) -> tuple[Entry, ...]:
        """The entries that were first seen last: their titles and summaries, no more."""
        ...

    def set_statistics(self, made: Statistics, at: datetime) -> None:
        """Judge under this snapshot from now on; if it is another one, all entries were judged
        under an older one."""
        ...

    def is_judged(self) -> bool:
        """Whether every entry was judged under the present snapshot; cheap."""
        ...

    def next_unjudged(self, since: datetime, *, limit: int) -> tuple[Entry, ...]:
        """The next entries to judge anew, the newest first: from now on they count as judged.

        Those that were first seen before `since` are never among them.
        """
        ...

    def has_ended(self, now: datetime) -> bool:
        """Whether an embargo of held entries has ended; cheap, outside a transaction."""
        ...

    def set_free(self, now: datetime, *, limit: int) -> tuple[Article, ...]:
        """Hold entries no longer whose embargo has ended; answers their articles, now changed."""
        ...

    def expired(self, before: datetime, *, limit: int) -> tuple[Article, ...]:
        """The oldest articles whose position, and whose newest entry's first sight, lie before a
        time."""
        ...

    def forget_stories(self) -> None:
        """Delete the stories that no article tells any more."""
        ...

    def forget_departures(self, before: datetime) -> None:
        """Tell no longer of items that were withdrawn before a time."""
        ...

    def purge(self, article: Article, at: datetime) -> None:
        """Delete an article whole; what a source still lists of it leaves its names behind, so that
        it does not come back as news (rule 33)."""
        ...

    def optimise(self) -> None:
        """The database's own care; cheap, outside a transaction."""
        ...
