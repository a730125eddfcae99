"""The file's parts -> the model's values: defaults applied, feeds over feeds worked out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from graphlib import TopologicalSorter
from typing import Any

from aggregator.config import shape
from aggregator.model.agency import Agency
from aggregator.model.config import Config
from aggregator.model.feed import Clause, FeedSpec, Query, Service
from aggregator.model.matching import Limits, Matching, Pair
from aggregator.model.source import Kind, Source

# A wire is what a newsroom must have first, and 2 to 5 minutes between two polls are inside the
# norms of known aggregators for a client that sends validators and honours max-age; portals print
# later, and 5 to 15 minutes are what CommaFeed, Feedbin and NewsBlur give the busy ones.
_INTERVALS = {Kind.AGENCY: timedelta(minutes=3), Kind.PORTAL: timedelta(minutes=10)}
# Where nothing is said, its rhythm moves a source's interval twelve-fold, a news site's range from
# its busiest hour to its night; but nobody is asked more often than every two minutes without an
# operator's word.
_POLITE = timedelta(minutes=2)
_PATIENT = timedelta(days=1)
_TIMEOUT = timedelta(seconds=20)
_MAX_SIZE = 10_000_000  # bytes; news feeds are of 10 kB to 1 MB


def config(file: shape.FilePart) -> Config:
    """The whole configuration, of a file in which `across` finds nothing wrong."""
    defaults = file.defaults or shape.DefaultsPart()
    clauses = _clauses(file.feeds)
    service = (file.service or shape.ServicePart()).said()
    private = service.pop("allow_private", False)
    agencies = tuple(Agency(key=key, **part.said()) for key, part in (file.agencies or {}).items())
    return Config(
        service=replace(Service(), **service),
        sources=tuple(
            replace(_source(name, part, defaults, allow_private=private), agencies=agencies)
            for name, part in file.sources.items()
        ),
        feeds=tuple(_feed(slug, part, clauses[slug]) for slug, part in file.feeds.items()),
        matching=_matching(file.matching or shape.MatchingPart()),
    )


def _matching(part: shape.MatchingPart) -> Matching:
    said = part.said()
    boilerplate = tuple(sorted(said.pop("boilerplate", ())))
    never, always = (_pairs(said.pop(name, ())) for name in ("never", "always"))
    if "phrases" in said:
        said["phrases"] /= 100
    limits = Limits(**said)
    return Matching(limits=limits, boilerplate=boilerplate, never=never, always=always)


def _pairs(found: Iterable[Sequence[str]]) -> tuple[Pair, ...]:
    return tuple(sorted({(one, other) for one, other in map(sorted, found)}))


def _source(
    name: str, part: shape.SourcePart, defaults: shape.DefaultsPart, *, allow_private: bool
) -> Source:
    built_in = {"name": name, "allow_private": allow_private, **_pace(part.kind, defaults)}
    said = {**built_in, **part.said()}
    said |= _bounds(part.kind, said)
    said.pop("allow_files", None)  # `across` has seen to it
    said["headers"] = tuple(said.get("headers", {}).items())
    return Source(id=name, **said)


def _pace(kind: Kind, defaults: shape.DefaultsPart) -> dict[str, Any]:
    """How a source of this kind is polled if it says nothing itself."""
    built_in = {"timeout": _TIMEOUT, "max_size": _MAX_SIZE}
    for_all = defaults.said()
    for_kinds = {kind: for_all.pop(kind.value, shape.PacePart()) for kind in Kind}
    return {**built_in, **for_all, **for_kinds[kind].said()}


def _bounds(kind: Kind, said: Mapping[str, Any]) -> dict[str, timedelta]:
    """The interval and what it may become, where some or none of the three was said."""
    low, high = said.get("min_interval"), said.get("max_interval")
    interval: timedelta = said.get("interval") or _INTERVALS[kind]
    interval = max(interval, low or interval)
    interval = min(interval, high or interval)
    return {
        "interval": interval,
        "min_interval": low or min(interval, max(interval / 2, _POLITE)),
        "max_interval": high or max(interval, min(interval * 6, _PATIENT)),
    }


def _feed(slug: str, part: shape.FeedPart, clauses: tuple[Clause, ...]) -> FeedSpec:
    said = {"title": slug, **part.said()}
    said.pop("from_", None)
    said.pop("not_", None)
    return FeedSpec(slug=slug, clauses=clauses, **said)


def _clauses(feeds: Mapping[str, shape.FeedPart]) -> dict[str, tuple[Clause, ...]]:
    """What each feed asks for. A union takes its parts' clauses, each with its own `not` on top.

    The parts of a feed come before it, so that no depth of unions needs recursion.
    """
    clauses: dict[str, tuple[Clause, ...]] = {}
    parts = {slug: _parts(feed) for slug, feed in feeds.items()}
    for slug in TopologicalSorter(parts).static_order():
        feed = feeds[slug]
        exclude = (_query(feed.not_),) if feed.not_ else ()
        clauses[slug] = tuple(
            dict.fromkeys(
                replace(clause, exclude=tuple(dict.fromkeys((*clause.exclude, *exclude))))
                for clause in _asked(feed, clauses)
            )
        )
    return clauses


def _asked(feed: shape.FeedPart, known: Mapping[str, tuple[Clause, ...]]) -> tuple[Clause, ...]:
    if isinstance(feed.from_, shape.QueryPart):
        return (Clause(include=_query(feed.from_)),)
    if feed.from_ is None:
        return (Clause(),)
    return tuple(clause for part in feed.from_ for clause in known[part])


def _parts(feed: shape.FeedPart) -> tuple[str, ...]:
    return feed.from_ if isinstance(feed.from_, tuple) else ()


def _query(part: shape.QueryPart) -> Query:
    return Query(**part.said())
