"""Which entries are one text: matches between pairs, and the groups that they make.

A verdict on a pair is pure and symmetric, a group follows from the set of the matches, and its id
is its founding entry's; so the articles do not depend on the order of arrival.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aggregator.matching import grouping, kinship
from aggregator.model.article import Article, Match
from aggregator.model.entry import Entry
from aggregator.text import ids, tokens

LINK = "link"


def judge(a: Entry, b: Entry) -> Match | None:
    """The match between two entries, or None if they are different texts.

    Today's evidence is one canonical address (rules 14, 15). Inside one source likeness proves
    nothing (rule 57), so there the titles must be the same as well; and an address under which two
    texts share almost nothing is a page whose content changes, and joins nobody (rule 108).
    """
    if not a.canonical or a.canonical != b.canonical or a.ref == b.ref:
        return None
    if a.source_id == b.source_id and tokens.fold(a.title) != tokens.fold(b.title):
        return None
    if kinship.strangers(a, b):
        return None
    first, second = sorted((a.ref, b.ref))
    return Match(
        level=LINK, entry=first, other=second, score=1.0, why=f"same address {a.canonical}"
    )


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries of an article, its founding entry first."""
    return tuple(sorted(entries, key=lambda entry: (entry.first_seen, entry.ref)))


def regroup(before: Iterable[Article], matches: Iterable[Match]) -> tuple[Article, ...]:
    """The articles that the entries of `before` make under these matches, in the order of ids."""
    old = tuple(before)
    entries = {entry.ref: entry for article in old for entry in article.entries}
    was = {entry.ref: article for article in old for entry in article.entries}
    parts = grouping.groups(entries, matches)
    made = (_article([entries[ref] for ref in part], [was[ref] for ref in part]) for part in parts)
    return tuple(sorted(made, key=lambda article: article.uid))


def _article(entries: Sequence[Entry], was: Sequence[Article]) -> Article:
    ordered = in_order(entries)
    first = ordered[0]
    return Article(
        uid=ids.of_article(first.ref),
        entries=ordered,
        position=first.position or first.first_seen,
        first_seen=first.first_seen,
        updated=max(article.updated for article in was),
    )
