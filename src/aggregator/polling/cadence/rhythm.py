"""How often a source brings something new, and how often it is worth asking it.

Two smoothed rates, one that forgets in hours and one that forgets in days: their mean rises within
minutes when news breaks, and does not take a quiet lunch hour for the end of the world. A poll for
every so many entries then sees half of all news early for the fewest polls; the square root of the
rate would see the late ones earlier, and needs more (figures in `docs/cadence.md`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta

from aggregator.model.source import Rhythm

LATELY = timedelta(hours=2)
"""What `Rhythm.lately` remembers: an entry counts a third of itself after so long. One hour or two
make no difference to the back-test."""

USUALLY = timedelta(days=1)
"""What `Rhythm.usually` remembers: a whole day, so that it knows no hours. Knowing the hours was
tried, and did not win."""

USUAL = 2.0
"""Entries an hour at which a source is asked in its configured interval, and what is supposed of a
source of which nothing is known: the middle of the news feeds that we measured."""

_HOUR = timedelta(hours=1)
_HARDLY = 1e-4  # entries an hour, one in a year: a bound for the arithmetic, past every ceiling
# Dates that lie closer together say when a site was built, not how often it writes.
_SHORTEST = timedelta(hours=6)


def begun(at: datetime, dates: Sequence[datetime] = ()) -> Rhythm:
    """The rhythm after a first document, by the dates of what it lists; usual without any."""
    ages = [at - date for date in dates if date <= at]
    if len(ages) < 2:
        return Rhythm(lately=USUAL, usually=USUAL, at=at)
    return Rhythm(lately=_dated(ages, LATELY), usually=_dated(ages, USUALLY), at=at)


def heard(rhythm: Rhythm, new: int, at: datetime) -> Rhythm:
    """The rhythm after a good answer with `new` entries, taken to have come evenly since the last.

    From the second answer on no date is asked: they lie (rules 19 to 32), and our own first sight
    is as good at this scale.
    """
    if rhythm.at is None:
        return begun(at)
    gap = max(at - rhythm.at, timedelta())
    return Rhythm(
        lately=_smoothed(rhythm.lately, new, gap, LATELY),
        usually=_smoothed(rhythm.usually, new, gap, USUALLY),
        at=at,
    )


def rate(rhythm: Rhythm) -> float:
    """Entries an hour to be expected next."""
    return (rhythm.lately + rhythm.usually) / 2


def interval(rhythm: Rhythm, configured: timedelta) -> timedelta:
    """How often this rhythm is worth asking, before any bound; `configured` at the usual rate."""
    return configured * (USUAL / max(rate(rhythm), _HARDLY))


def words(rhythm: Rhythm) -> str:
    """The rate for an operator: `11 items an hour lately`."""
    hourly = rate(rhythm)
    if hourly >= 1:
        return f"{_items(hourly)} an hour lately"
    if hourly * 24 >= 1:
        return f"{_items(hourly * 24)} a day lately"
    return "hardly anything lately"


def _items(number: float) -> str:
    return "1 item" if round(number) == 1 else f"{round(number)} items"


def _dated(ages: Sequence[timedelta], memory: timedelta) -> float:
    """The rate that a list shows which goes back to its oldest item and no further."""
    seen = sum(math.exp(-(age / memory)) for age in ages)
    whole = -math.expm1(-(max(*ages, _SHORTEST) / memory))
    return seen / (memory / _HOUR * whole)


def _smoothed(before: float, new: int, gap: timedelta, memory: timedelta) -> float:
    """A rate after `new` entries in `gap`: the exponential mean of what was and what is."""
    kept = math.exp(-(gap / memory))
    if not gap:
        return before + new / (memory / _HOUR)
    return before * kept + new / (gap / _HOUR) * -math.expm1(-(gap / memory))
