"""Which entries belong together, given the matches between them: no chains of weak links.

A match says something of two entries only. Where A is like B and B is like C, A and C may be
strangers (rule 59), so a group takes in what agrees with the member that stands for it, or with two
of its members. Everything is done in one order that follows from the matches themselves, so the
groups are a function of the set of entries and matches, whatever the order of their arrival.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

from aggregator.matching.decrees import ALWAYS
from aggregator.model.article import Match
from aggregator.model.entry import EntryRef

# A notice says that one text takes the place of another, or repeats it (rules 71 and 78).
NOTICE = "notice"
# Levels that prove what they say, and join at once: the operator's word, one address, a wire's.
# What the operator keeps apart may leave room for some of them only, so these are in order.
STRONG = (ALWAYS, "link", NOTICE)
# More copies than any wire text has; beyond it something else than copying is going on. The reader
# of C3 drops groups above 4 in one feed, NewsBlur (C4) stops at 10: we are made for thirty portals.
MAX_SIZE = 200

Group = tuple[EntryRef, ...]
NOTHING: Mapping[EntryRef, Set[EntryRef]] = {}


def groups(
    refs: Iterable[EntryRef],
    matches: Iterable[Match],
    agencies: Mapping[EntryRef, str],
    apart: Mapping[EntryRef, Set[EntryRef]] = NOTHING,
) -> tuple[Group, ...]:
    """The groups, each sorted, in the order of their first members; alone is a group of one.

    `agencies` holds whose text an entry is, where that is known: two agencies write two texts, so
    no likeness of a third one joins theirs. No group holds two of which `apart` has each under the
    other, whatever joins them.
    """
    forming = _Forming(refs, agencies, apart)
    known = [m for m in matches if m.entry in forming.home and m.other in forming.home]
    for match in known:
        forming.note(match)
    for match in sorted((m for m in known if m.level in STRONG), key=_strength):
        forming.join(match)
    weak = sorted(known, key=forming.order)
    while sum(forming.join(match) for match in weak if forming.agree(match)):
        pass  # once more, since what was refused may have two witnesses now
    return tuple(sorted(tuple(sorted(group)) for group in forming.parts()))


def _strength(match: Match) -> tuple[int, EntryRef, EntryRef]:
    first, second = sorted((match.entry, match.other))
    return STRONG.index(match.level), first, second


class _Forming:
    """Groups in the making: where each entry is at home, and what it has been matched with."""

    def __init__(
        self,
        refs: Iterable[EntryRef],
        agencies: Mapping[EntryRef, str],
        apart: Mapping[EntryRef, Set[EntryRef]],
    ) -> None:
        self.home: dict[EntryRef, set[EntryRef]] = {ref: {ref} for ref in refs}
        self._agencies = agencies
        self._apart = apart
        self._matched: dict[EntryRef, dict[EntryRef, float]] = defaultdict(dict)

    def parts(self) -> Iterable[set[EntryRef]]:
        return {id(group): group for group in self.home.values()}.values()

    def note(self, match: Match) -> None:
        for one, other in ((match.entry, match.other), (match.other, match.entry)):
            self._matched[one][other] = max(match.score, self._matched[one].get(other, 0.0))

    def order(self, match: Match) -> tuple[bool, float, EntryRef, EntryRef]:
        """First what a third entry bears out, then the higher score."""
        borne_out = self._matched[match.entry].keys() & self._matched[match.other].keys()
        first, second = sorted((match.entry, match.other))
        return not borne_out, -match.score, first, second

    def join(self, match: Match) -> bool:
        ours, theirs = self.home[match.entry], self.home[match.other]
        if ours is theirs or self._kept_apart(ours, theirs):
            return False
        ours |= theirs
        for ref in theirs:
            self.home[ref] = ours
        return True

    def agree(self, match: Match) -> bool:
        """Whether a weak match may join two groups: on each side it is of the entry that speaks for
        its group, or two members at least are like members of the other."""
        ours, theirs = self.home[match.entry], self.home[match.other]
        if ours is theirs or len(ours) + len(theirs) > MAX_SIZE:
            return False
        if len(self._named(ours) | self._named(theirs)) > 1:
            return False
        if self._speaks(match.entry, ours) and self._speaks(match.other, theirs):
            return True
        return self._touch(ours, theirs) and self._touch(theirs, ours)

    def _kept_apart(self, group: set[EntryRef], others: set[EntryRef]) -> bool:
        return bool(self._apart) and any(
            not others.isdisjoint(self._apart.get(ref, ())) for ref in group
        )

    def _named(self, group: set[EntryRef]) -> set[str]:
        return {named for ref in group if (named := self._agencies.get(ref, ""))}

    def _touch(self, group: set[EntryRef], others: set[EntryRef]) -> bool:
        touching = sum(1 for ref in group if not others.isdisjoint(self._matched[ref]))
        return touching >= min(2, len(group))

    def _speaks(self, ref: EntryRef, group: set[EntryRef]) -> bool:
        """Whether an entry is more like the rest of its group than any other: the wire's own text
        among its copies. Where all are equally alike none speaks, but for either of a pair."""
        if len(group) <= 2:
            return True
        ours = self._likeness(ref, group)
        return all(self._likeness(one, group) < ours for one in group if one != ref)

    def _likeness(self, ref: EntryRef, group: set[EntryRef]) -> float:
        matched = self._matched[ref]
        return sum(sorted(score for other, score in matched.items() if other in group))
