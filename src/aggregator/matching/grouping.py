"""Which entries belong together, given the matches between them: no chains of weak links.

A match says something of two entries only. Where A is like B and B is like C, A and C may be
strangers (rule 59), so a group takes in what agrees with the member that stands for it, or with two
of its members. Everything is done in one order that follows from the matches themselves, so the
groups are a function of the set of entries and matches, whatever the order of their arrival.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from aggregator.model.article import Match
from aggregator.model.entry import EntryRef

# Levels that prove what they say, and join at once: one address, or the operator's own word.
STRONG = frozenset({"link", "always"})
# More copies than any wire text has; beyond it something else than copying is going on. The reader
# of C3 drops groups above 4 in one feed, NewsBlur (C4) stops at 10: we are made for thirty portals.
MAX_SIZE = 200

Group = tuple[EntryRef, ...]


def groups(refs: Iterable[EntryRef], matches: Iterable[Match]) -> tuple[Group, ...]:
    """The groups, each sorted, in the order of their first members; alone is a group of one."""
    forming = _Forming(refs)
    known = [m for m in matches if m.entry in forming.home and m.other in forming.home]
    ordered = sorted(known, key=_order)
    for match in ordered:
        if match.level in STRONG:
            forming.join(match)
    weak = _best_of_each_pair(ordered)
    for match in weak:
        forming.note(match)
    while sum(forming.join(match) for match in weak if forming.agree(match)):
        pass  # once more, since what was refused may have two witnesses now
    return tuple(sorted(tuple(sorted(group)) for group in forming.parts()))


def _order(match: Match) -> tuple[float, EntryRef, EntryRef, str]:
    first, second = sorted((match.entry, match.other))
    return -match.score, first, second, match.level


def _best_of_each_pair(ordered: Iterable[Match]) -> tuple[Match, ...]:
    best: dict[frozenset[EntryRef], Match] = {}
    for match in ordered:
        best.setdefault(frozenset((match.entry, match.other)), match)
    return tuple(best.values())


class _Forming:
    """Groups in the making: where each entry is at home, and what it has been matched with."""

    def __init__(self, refs: Iterable[EntryRef]) -> None:
        self.home: dict[EntryRef, set[EntryRef]] = {ref: {ref} for ref in refs}
        self._matched: dict[EntryRef, dict[EntryRef, float]] = defaultdict(dict)

    def parts(self) -> Iterable[set[EntryRef]]:
        return {id(group): group for group in self.home.values()}.values()

    def note(self, match: Match) -> None:
        self._matched[match.entry][match.other] = match.score
        self._matched[match.other][match.entry] = match.score

    def join(self, match: Match) -> bool:
        ours, theirs = self.home[match.entry], self.home[match.other]
        if ours is theirs:
            return False
        ours |= theirs
        for ref in theirs:
            self.home[ref] = ours
        return True

    def agree(self, match: Match) -> bool:
        """Whether a weak match may join two groups: it is between their representatives, or two
        members of the one, or as many as there are, match members of the other, and the reverse."""
        ours, theirs = self.home[match.entry], self.home[match.other]
        if ours is theirs or len(ours) + len(theirs) > MAX_SIZE:
            return False
        if match.entry in self._speakers(ours) and match.other in self._speakers(theirs):
            return True
        return self._touch(ours, theirs) and self._touch(theirs, ours)

    def _touch(self, group: set[EntryRef], others: set[EntryRef]) -> bool:
        touching = sum(1 for ref in group if not others.isdisjoint(self._matched[ref]))
        return touching >= min(2, len(group))

    def _speakers(self, group: set[EntryRef]) -> frozenset[EntryRef]:
        """The members that are most like the rest: the wire's own text among its copies. Several if
        they are so equally, as both of two are."""
        likeness = {ref: self._likeness(ref, group) for ref in group}
        most = max(likeness.values())
        return frozenset(ref for ref, value in likeness.items() if value == most)

    def _likeness(self, ref: EntryRef, group: set[EntryRef]) -> float:
        matched: Mapping[EntryRef, float] = self._matched[ref]
        return sum(sorted(score for other, score in matched.items() if other in group))
