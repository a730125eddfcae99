"""Changed entries gathered into articles: judged anew against all that may be the same text.

Used wherever verdicts can change: by the lane for what is new, by upkeep under a new ruling.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from aggregator.matching import articles, decrees, likeness, sketch, statistics, wording
from aggregator.matching.decrees import Decrees
from aggregator.matching.wording import Wording
from aggregator.membership import Membership
from aggregator.model.article import Article, Match
from aggregator.model.entry import Entry, EntryRef
from aggregator.model.source import Source
from aggregator.ports import Gatherable
from aggregator.telling import Telling


class Gathering:
    """Keeps matches and articles true, inside the caller's transaction."""

    def __init__(self, store: Gatherable) -> None:
        self._store = store
        said = store.matching()
        self._statistics = statistics.under(store.statistics(), said)
        self._limits, self._decrees = said.limits, Decrees(said)
        self._sources = store.configured()

    def judge(self, changed: Iterable[Entry]) -> frozenset[EntryRef]:
        """Judge entries anew; every entry whose article may be another one now."""
        affected: set[EntryRef] = set()
        for entry in changed:
            matches = self._matches(entry)
            affected |= self._store.rematch(entry.ref, matches)
            affected.add(entry.ref)
            affected.update(ref for match in matches for ref in (match.entry, match.other))
        return frozenset(affected)

    def regroup(self, refs: Iterable[EntryRef], at: datetime) -> tuple[Article, ...]:
        """Put these entries into the articles that their matches make, the articles into their
        stories, and both into their feeds."""
        cluster = self._store.cluster(refs)
        made = articles.regroup(cluster.articles, cluster.matches, self._decrees)
        membership = Membership(self._store)
        present = membership.of(cluster.articles)
        if _shape(made) != _shape(cluster.articles):
            self._store.regroup(cluster.articles, made)
        absorbed = Telling(self._store).assign(made)
        present = (*present, *self._store.members_called(sorted(absorbed)))
        membership.refresh(present, made, at)
        membership.close(at)
        return made

    def _matches(self, entry: Entry) -> tuple[Match, ...]:
        if entry.notice:
            return ()  # an order is no text that could be copied
        ours = self._wording(entry)
        keys = sketch.keys(ours)
        self._store.put_wording(ours, keys)
        others = {other.ref: other for other in self._store.alike(entry.ref, keys)}
        if entry.canonical:
            there = self._store.neighbours(entry.ref, entry.canonical)
            others |= {other.ref: other for other in there}
        judged = (
            likeness.judge(ours, other, self._statistics, self._limits)
            for other in others.values()
            if not self._decrees.forbid(ours, other)
        )
        return (
            *(match for match in judged if match),
            *self._decreed(entry),
            *self._store.joined_by_notice(entry.ref),
        )

    def _decreed(self, entry: Entry) -> Iterable[Match]:
        """What the operator joins an entry with, however unlike."""
        partners = self._decrees.partners(entry)
        others = {ref for name in partners for ref in self._store.called(name)}
        return (decrees.match(entry.ref, other) for other in sorted(others - {entry.ref}))

    def _wording(self, entry: Entry) -> Wording:
        source: Source | None = self._sources.get(entry.source_id)
        name = source.name if source else ""
        return wording.of(entry, name, self._statistics)


def _shape(of: Iterable[Article]) -> dict[str, tuple[EntryRef, ...]]:
    return {article.uid: tuple(entry.ref for entry in article.entries) for article in of}
