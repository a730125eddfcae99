"""What the operator says of pairs of items: these are one text, those never, whatever is alike.

A pair names items, by address or as `source/key`; an address may be that of several entries, of
whichever sources. Nothing is looked up here: who gathers asks the store for what is named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import product
from typing import Protocol

from aggregator.model.article import Match
from aggregator.model.entry import EntryRef
from aggregator.model.matching import Matching, Pair

ALWAYS = "always"

Apart = Mapping[EntryRef, frozenset[EntryRef]]


class Named(Protocol):
    """What has the names that pairs use: an entry, and its wording."""

    @property
    def ref(self) -> EntryRef: ...
    @property
    def canonical(self) -> str: ...


class Decrees:
    """The pairs of a configuration, ready to be asked."""

    def __init__(self, said: Matching) -> None:
        self._never = _both_ways(said.never)
        self._always = _both_ways(said.always)

    def forbid(self, a: Named, b: Named) -> bool:
        """Whether these two must not be one article."""
        theirs = names(b)
        return any(not theirs.isdisjoint(self._never.get(name, ())) for name in names(a))

    def partners(self, of: Named) -> frozenset[str]:
        """The names of all that is one text with an item, because the operator says so."""
        return frozenset().union(*(self._always.get(name, ()) for name in names(of)))

    def apart(self, entries: Iterable[Named]) -> Apart:
        """Which of these entries must not be in one article with which; both ways."""
        called: dict[str, set[EntryRef]] = defaultdict(set)
        for entry in entries if self._never else ():
            for name in names(entry):
                called[name].add(entry.ref)
        found: dict[EntryRef, set[EntryRef]] = defaultdict(set)
        for name in called.keys() & self._never.keys():
            others = set().union(*(called.get(other, ()) for other in self._never[name]))
            for one, other in product(called[name], others):
                found[one].add(other)
                found[other].add(one)
        return {ref: frozenset(others - {ref}) for ref, others in found.items()}


def names(of: Named) -> frozenset[str]:
    """The names by which a pair may mean an item."""
    own = f"{of.ref.source_id}/{of.ref.key}"
    return frozenset((own, of.canonical)) if of.canonical else frozenset((own,))


def match(one: EntryRef, other: EntryRef) -> Match:
    """What joins two entries of an `always`."""
    first, second = sorted((one, other))
    return Match(level=ALWAYS, entry=first, other=second, score=1.0, why="the operator says so")


def _both_ways(pairs: Iterable[Pair]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
        found[other].add(one)
    return {name: frozenset(others) for name, others in found.items()}


NONE = Decrees(Matching())
