"""Whether an article enters a feed, who leads it there, and in which place.

The one function that decides membership: the store materialises its answers, and tests use it as
the oracle for what the store says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from aggregator.model.article import Article, Story
from aggregator.model.entry import Entry, EntryRef
from aggregator.model.feed import Collapse, FeedSpec, Order
from aggregator.model.source import Kind, Source
from aggregator.selection import credited, query, rank
from aggregator.selection.live import live
from aggregator.selection.shown import shown
from aggregator.text import ids

# The steps of `_precedence`, each in words: what put an entry before the next in line.
_STEPS = (
    "prefer names it, or names it earlier",
    "an agency speaks before portals",
    "its source has more trust",
    "it has the fuller text",
    "it was seen earlier",
    "by its name, all else being equal",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An item's place in one feed: its guid, the entry that speaks for it, the number it is
    ordered by (higher first; ties by uid)."""

    uid: str
    lead: EntryRef
    rank: float
    position: datetime


def places(
    article: Article, spec: FeedSpec, sources: Mapping[str, Source], prefer: Sequence[str] = ()
) -> tuple[Place, ...]:
    """The items that an article is in a feed: none, one, or with `collapse: none` one an entry.

    `sources` holds the configured sources: an entry of any other is not live, nor is one that its
    wire holds back (`selection.live`). `prefer` is the
    service's, used where the feed names none. For `collapse: story` the article is a whole story,
    see `as_one`.
    """
    voices = live(article.entries, sources)
    fit = [e for e in voices if query.qualifies(e, sources[e.source_id], spec.clauses)]
    if article.withdrawn or not fit:
        return ()
    if spec.collapse is Collapse.NONE:
        return tuple(_entry_place(e, spec, sources) for e in fit)
    speaker = lead(fit, sources, spec.prefer or prefer)
    return (
        Place(
            uid=article.uid,
            lead=speaker.ref,
            rank=_rank(spec, article.position, voices, sources),
            position=article.position,
        ),
    )


def as_one(story: Story) -> Article | None:
    """A story as if it were one article: the entries of those of its articles that may be shown.

    It stands where the article that founded it stands, and stays there.
    """
    first, standing = story.articles[0], [a for a in story.articles if not a.withdrawn]
    if not standing:
        return None
    return Article(
        uid=story.uid,
        entries=tuple(entry for article in standing for entry in article.entries),
        position=first.position,
        first_seen=first.first_seen,
        updated=max(article.updated for article in standing),
    )


def lead(entries: Sequence[Entry], sources: Mapping[str, Source], prefer: Sequence[str]) -> Entry:
    """Who speaks: preferred, then agency before portal, trust, fuller, earlier, key."""
    return min(entries, key=lambda entry: _precedence(entry, sources[entry.source_id], prefer))


def why_lead(entries: Sequence[Entry], sources: Mapping[str, Source], prefer: Sequence[str]) -> str:
    """Why the lead speaks and not the next in line, in words."""
    first, *others = sorted(_precedence(e, sources[e.source_id], prefer) for e in entries)
    if not others:
        return "no other entry qualifies"
    steps = zip(_STEPS, first, others[0], strict=True)
    return next((words for words, ours, theirs in steps if ours != theirs), "it is one of equals")


def _precedence(entry: Entry, source: Source, prefer: Sequence[str]) -> tuple[object, ...]:
    text = shown(entry, source)
    return (
        _preference(entry, source, prefer),
        source.kind is not Kind.AGENCY,
        -source.trust,
        -max(len(text.content), len(text.summary)),
        entry.first_seen,
        entry.ref,
    )


def _preference(entry: Entry, source: Source, prefer: Sequence[str]) -> int:
    """The first place at which `prefer` names the source or its agency, or behind these whose text
    it is; after all if nowhere."""
    own, by = {source.id, source.agency}, credited.agency(entry, source)
    places = (2 * i + (n not in own) for i, n in enumerate(prefer) if n in own or n == by)
    return next(places, 2 * len(prefer))


def _entry_place(entry: Entry, spec: FeedSpec, sources: Mapping[str, Source]) -> Place:
    own = entry.position or entry.first_seen
    return Place(
        uid=ids.of_entry(entry.root),
        lead=entry.ref,
        rank=_rank(spec, own, (entry,), sources),
        position=own,
    )


def _rank(
    spec: FeedSpec, position: datetime, voices: Sequence[Entry], sources: Mapping[str, Source]
) -> float:
    if spec.order is Order.TRENDING:
        return rank.trending(rank.origins(voices, sources))
    return rank.latest(position)
