"""How often a source brings something new, and how often it is worth asking it.

Two smoothed rates, one that forgets in hours and one that forgets in days: the mean of both rises
within minutes when news breaks, and does not take a quiet lunch hour for the end of the world.
Every figure here was chosen by the back-test of `docs/cadence.md`, on other days than it reports.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from aggregator.model.source import Rhythm

LATELY = timedelta(hours=2)
"""What `Rhythm.lately` remembers: an entry counts a third of itself after so long."""

USUALLY = timedelta(days=1)
"""What `Rhythm.usually` remembers: a whole day, so that it knows no hours."""

USUAL = 2.0
"""Entries an hour at which a source is asked in its configured interval, and what is supposed of a
source of which nothing is known: the middle of the news feeds that we measured."""

SHARPNESS = 0.75
"""How strongly the interval follows the rate. 0.5 gives the least mean delay for a number of polls
(the optimum of `Σ rate·interval` under `Σ 1/interval`), 1 asks once for every so many entries, and
lets the late and the few wait. Between them, the median is best and the 90th percentile still fair.
"""

_HOUR = timedelta(hours=1)
_HARDLY = 1e-4  # entries an hour, one in a year: a bound for the arithmetic, past every ceiling


def begun(at: datetime) -> Rhythm:
    """The rhythm after a first document: what it listed came at any time, and so says nothing."""
    return Rhythm(lately=USUAL, usually=USUAL, at=at)


def heard(rhythm: Rhythm, new: int, at: datetime) -> Rhythm:
    """The rhythm after a good answer with `new` entries, taken to have come evenly since the last.

    Dates are not asked: they lie (rules 19 to 32), and at this scale first sight is as good.
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
    return configured * math.pow(USUAL / max(rate(rhythm), _HARDLY), SHARPNESS)


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


def _smoothed(before: float, new: int, gap: timedelta, memory: timedelta) -> float:
    """A rate after `new` entries in `gap`: the exponential mean of what was and what is."""
    kept = math.exp(-(gap / memory))
    if not gap:
        return before + new / (memory / _HOUR)
    return before * kept + new / (gap / _HOUR) * -math.expm1(-(gap / memory))
