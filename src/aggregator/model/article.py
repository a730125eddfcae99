"""An article: one text, carried by one or many sources; and the matches that made it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aggregator.model.entry import Entry, EntryRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The evidence that joined two entries; stored, so that a merge can be explained and undone.

    `level` is the kind of evidence (`link`: one canonical address), `score` 0..1, `snapshot` the
    name of the statistics that the verdict was judged under ("" where none is needed).
    """

    level: str
    entry: EntryRef
    other: EntryRef
    score: float
    why: str
    snapshot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One text: the entries that are near-duplicates of each other, by first sight, then by root.

    `uid` is `urn:uuid:…`, what readers see as guid. `position`, the time that feeds are ordered by,
    is set once from the founding entry (the first) and never moves. `updated` is the last visible
    change.
    """

    uid: str
    entries: tuple[Entry, ...]
    position: datetime
    first_seen: datetime
    updated: datetime

    @property
    def withdrawn(self) -> datetime | None:
        """Since when it is in no output: what forbids one of its entries forbids all (rule 72)."""
        return min((e.withdrawn for e in self.entries if e.withdrawn), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One event, told by several articles, in the order (first_seen, uid); never empty.

    Of a story that goes on and on these are the article that founded it and those told last.
    """

    uid: str
    articles: tuple[Article, ...]
