"""The two orders of a feed, as one stored number an item: higher stands first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from math import log2

from aggregator.model.entry import Entry
from aggregator.model.source import Source
from aggregator.selection import credited

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# A story's pull halves in this time. Published designs use 1.4, 7 and 35 hours for "now", "today"
# and "this week"; a portal's trending box means today.
HALF_LIFE = timedelta(hours=7)


def latest(position: datetime) -> float:
    """Microseconds since 1970: exact in a double until the year 2255."""
    return float((position - EPOCH) // timedelta(microseconds=1))


def trending(first_seen: Iterable[datetime]) -> float:
    """Forward decay: log2 Σ 2^(t / half-life) over independent origins; needs no clock.

    Decay moves every score by the same amount, so the order changes only when an origin is added.
    """
    exponents = sorted(((t - EPOCH) / HALF_LIFE for t in first_seen), reverse=True)
    top = exponents[0]
    return top + log2(sum(2.0 ** (e - top) for e in exponents))


def alike(score: float) -> datetime:
    """When a single origin would have to be seen first, to stand where this trending score does."""
    return EPOCH + score * HALF_LIFE


def origins(entries: Iterable[Entry], sources: Mapping[str, Source]) -> tuple[datetime, ...]:
    """First sight at each independent origin, the earliest first."""
    return tuple(sorted(heard(entries, sources).values()))


def heard(entries: Iterable[Entry], sources: Mapping[str, Source]) -> dict[str, datetime]:
    """The independent origins, each with its first sight: an agency counts once, however many
    portals print its text, and so does a portal."""
    seen: dict[str, datetime] = {}
    for entry in entries:
        origin = credited.origin(entry, sources[entry.source_id])
        seen[origin] = min(seen.get(origin, entry.first_seen), entry.first_seen)
    return seen
