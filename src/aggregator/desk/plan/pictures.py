"""What a store holds at one moment, and what differs between two of them: merges and members."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice, product

from aggregator.matching.decrees import Decrees
from aggregator.model.article import Match
from aggregator.model.entry import EntryRef
from aggregator.model.matching import Matching
from aggregator.ports import ConfigStore, Member

# Articles whose matches are asked for together.
_AT_ONCE = 200
_EVER = datetime(9999, 1, 1, tzinfo=UTC)
# Titles that are told of what enters a feed, and of what leaves it.
_TOLD = 5
_APART = "the operator keeps them apart"
_NO_MORE = "not enough any more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An entry in a line."""

    source: str
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Two sides that become one article, or are none any more, and why."""

    one: Said
    other: Said
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """What enters a feed and what leaves it: how many items, and the titles of the newest.

    `others_lead` counts the items that stay and are spoken for by another entry.
    """

    feed: str
    entering: int
    leaving: int
    others_lead: int
    first_entering: tuple[str, ...]
    first_leaving: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """As much of an entry as pairs of the operator's need."""

    ref: EntryRef
    canonical: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The entries of each article with its founding one first; what each entry says, goes by, and
    is joined by; and by feed and item who leads it, the newest item first.

    Entries stand here by their roots, which are the same when their source has another name.
    """

    articles: Mapping[str, tuple[EntryRef, ...]]
    said: Mapping[EntryRef, Said]
    names: Mapping[EntryRef, Name]
    matches: Mapping[EntryRef, tuple[Match, ...]]
    members: Mapping[str, Mapping[str, EntryRef]]

    @property
    def homes(self) -> dict[EntryRef, str]:
        """The article of each entry."""
        return {ref: uid for uid, refs in self.articles.items() for ref in refs}


def picture(store: ConfigStore) -> Picture:
    """What a store holds now; takes some seconds for some ten thousand entries."""
    articles: dict[str, tuple[EntryRef, ...]] = {}
    said: dict[EntryRef, Said] = {}
    names: dict[EntryRef, Name] = {}
    roots: dict[EntryRef, EntryRef] = {}
    for article in store.all_articles():
        articles[article.uid] = tuple(entry.root for entry in article.entries)
        for entry in article.entries:
            said[entry.root] = Said(source=entry.source_id, title=entry.title, url=entry.url)
            names[entry.root] = Name(ref=entry.ref, canonical=entry.canonical)
            roots[entry.ref] = entry.root
    joined = (uid for uid, entries in articles.items() if len(entries) > 1)
    found = _joining(store, ([names[root].ref for root in articles[uid]] for uid in joined))
    return Picture(
        articles=articles,
        said=said,
        names=names,
        matches=_by_entry(
            replace(match, entry=roots[match.entry], other=roots[match.other]) for match in found
        ),
        members={
            spec.slug: {m.uid: roots[m.lead] for m in _members(store, spec.slug)}
            for spec in store.specs()
        },
    )


def made(before: Picture, after: Picture) -> tuple[Merge, ...]:
    """The articles that were several: the first one beside each other."""
    return tuple(
        Merge(one=after.said[first[0]], other=after.said[other[0]], why=_evidence(after, other))
        for first, other in _sides(after.articles, before.homes)
    )


def broken(before: Picture, after: Picture, said: Matching) -> tuple[Merge, ...]:
    """The articles that fall apart: the first part beside each other."""
    decrees = Decrees(said)
    return tuple(
        Merge(
            one=before.said[first[0]],
            other=before.said[other[0]],
            why=_APART
            if _are_forbidden(after, decrees, first, other)
            else f"{_NO_MORE}: {_evidence(before, other)}",
        )
        for first, other in _sides(before.articles, after.homes)
    )


def flows(before: Picture, after: Picture) -> tuple[Flow, ...]:
    """What enters and leaves feeds, new and removed ones as well; those that change, by name."""
    slugs = sorted(before.members.keys() | after.members.keys())
    found = (_flow(slug, before, after) for slug in slugs)
    return tuple(flow for flow in found if flow.entering or flow.leaving or flow.others_lead)


def _flow(slug: str, before: Picture, after: Picture) -> Flow:
    old, new = before.members.get(slug, {}), after.members.get(slug, {})
    entering = [after.said[lead].title for uid, lead in new.items() if uid not in old]
    leaving = [before.said[lead].title for uid, lead in old.items() if uid not in new]
    return Flow(
        feed=slug,
        entering=len(entering),
        leaving=len(leaving),
        others_lead=sum(lead != new[uid] for uid, lead in old.items() if uid in new),
        first_entering=tuple(entering[:_TOLD]),
        first_leaving=tuple(leaving[:_TOLD]),
    )


def _joining(store: ConfigStore, groups: Iterable[Sequence[EntryRef]]) -> frozenset[Match]:
    """All matches of these entries."""
    found: set[Match] = set()
    rest = iter(groups)
    while some := list(islice(rest, _AT_ONCE)):
        found.update(store.cluster(ref for refs in some for ref in refs).matches)
    return frozenset(found)


def _by_entry(matches: Iterable[Match]) -> dict[EntryRef, tuple[Match, ...]]:
    found: dict[EntryRef, list[Match]] = defaultdict(list)
    for match in matches:
        found[match.entry].append(match)
        found[match.other].append(match)
    return {ref: tuple(every) for ref, every in found.items()}


def _members(store: ConfigStore, slug: str) -> Iterable[Member]:
    return reversed(store.older_members(slug, _EVER))


Side = tuple[EntryRef, ...]


def _sides(
    articles: Mapping[str, Side], homes: Mapping[EntryRef, str]
) -> Iterator[tuple[Side, Side]]:
    """The first part of each article that is of several by `homes`, beside each further one."""
    for refs in articles.values():
        parts: dict[str, Side] = defaultdict(tuple)
        for ref in refs:
            parts[homes.get(ref, "")] += (ref,)
        first, *others = parts.values()
        yield from ((first, other) for other in others)


def _evidence(of: Picture, side: Side) -> str:
    """The best of what joins a part of an article with the rest of it."""
    across = {m for ref in side for m in of.matches.get(ref, ()) if _leaves(m, side)}
    best = max(across, key=lambda m: (m.score, m.entry, m.other), default=None)
    return f"{best.level}: {best.why}" if best else ""


def _leaves(match: Match, side: Side) -> bool:
    return (match.entry in side) != (match.other in side)


def _are_forbidden(of: Picture, decrees: Decrees, one: Side, other: Side) -> bool:
    return any(decrees.forbid(of.names[a], of.names[b]) for a, b in product(one, other))
