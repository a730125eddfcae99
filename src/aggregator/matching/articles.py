"""The articles that entries make under their matches, and how they keep their ids.

A group follows from the set of the matches, and an article's id from its founding entry alone; so
the articles do not depend on the order of arrival, and survive any number of joins and splits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aggregator.matching import grouping
from aggregator.matching.decrees import NONE, Decrees
from aggregator.model.article import Article, Match
from aggregator.model.entry import Entry
from aggregator.text import ids


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries of an article, its founding entry first."""
    return tuple(sorted(entries, key=lambda entry: (entry.first_seen, entry.root)))


def regroup(
    before: Iterable[Article], matches: Iterable[Match], decrees: Decrees = NONE
) -> tuple[Article, ...]:
    """The articles that the entries of `before` make under these matches, in the order of ids."""
    old = tuple(before)
    entries = {entry.ref: entry for article in old for entry in article.entries}
    was = {entry.ref: article for article in old for entry in article.entries}
    agencies = {ref: entry.credit.agency for ref, entry in entries.items() if entry.credit}
    apart = decrees.apart(entries.values())
    parts = grouping.groups(entries, matches, agencies, apart)
    made = (_article([entries[ref] for ref in part], [was[ref] for ref in part]) for part in parts)
    return tuple(sorted(made, key=lambda article: article.uid))


def _article(entries: Sequence[Entry], was: Sequence[Article]) -> Article:
    ordered = in_order(entries)
    first = ordered[0]
    return Article(
        uid=ids.of_article(first.root),
        entries=ordered,
        position=first.position or first.first_seen,
        first_seen=first.first_seen,
        updated=max(article.updated for article in was),
    )
