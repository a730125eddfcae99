"""Precision, recall and F1, of pairs and of clusterings, each with a 95 % interval.

A figure without its counts and its interval cannot be compared with another, so no function here
returns a bare share. All intervals are closed formulas: the same counts give the same interval.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import TypeVar

Item = TypeVar("Item")

# The 97.5th percentile of the normal distribution: 95 % lie between it and its negative.
_Z = 1.959964


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A share 0..1 with the ends of its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What was `found` rightly, found `wrong`ly, and `missed`."""

    found: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(
            found=self.found + other.found,
            wrong=self.wrong + other.wrong,
            missed=self.missed + other.missed,
        )

    @property
    def precision(self) -> Estimate | None:
        """The share of what was said that is right; None if nothing was said."""
        return wilson(self.found, self.found + self.wrong)

    @property
    def recall(self) -> Estimate | None:
        """The share of what is there that was found; None if nothing is there."""
        return wilson(self.found, self.found + self.missed)

    @property
    def f1(self) -> Estimate | None:
        """The harmonic mean of precision and recall; None if nothing is there and nothing was said.

        With J = found / (found + wrong + missed), F1 is 2J / (1 + J), which grows with J: so the
        interval of the share J, taken through that formula, is the interval of F1.
        """
        share = wilson(self.found, self.found + self.wrong + self.missed)
        if share is None:
            return None
        ends = (2 * at / (1 + at) for at in (share.value, share.low, share.high))
        value, low, high = ends
        return Estimate(value=value, low=low, high=high)


def tally(verdicts: Iterable[tuple[bool, bool]]) -> Count:
    """The count of verdicts, each (what was said, what is true)."""
    seen = Counter(verdicts)
    return Count(found=seen[True, True], wrong=seen[True, False], missed=seen[False, True])


def wilson(hits: int, of: int) -> Estimate | None:
    """The share `hits / of` with Wilson's score interval (1927); None of nothing.

    Unlike the textbook's normal interval it stays inside 0..1, and is honest about 20 of 20.
    """
    if not of:
        return None
    share = hits / of
    middle = (share + _Z**2 / (2 * of)) / (1 + _Z**2 / of)
    reach = _Z / (1 + _Z**2 / of) * sqrt(share * (1 - share) / of + _Z**2 / (4 * of**2))
    # The ends of 0 and of all are exact; arithmetic alone leaves a trace of 1e-17 there.
    low = 0.0 if hits == 0 else max(0.0, middle - reach)
    high = 1.0 if hits == of else min(1.0, middle + reach)
    return Estimate(value=share, low=low, high=high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clustering:
    """How well a clustering meets the true one: B³ (Bagga and Baldwin, 1998), and its pairs.

    Precision is, for the mean item, the share of its cluster that belongs there; recall the share
    of its true cluster that is with it. `clusters` and `truly` count clusters, of one item as well.
    """

    precision: Estimate
    recall: Estimate
    f1: Estimate
    pairs: Count
    clusters: int
    truly: int


def b_cubed(said: Mapping[Item, Hashable], true: Mapping[Item, Hashable]) -> Clustering:
    """B³ of the clusters `said` for items, against the `true` ones of the same items, one at least.

    The interval is the jackknife's over true clusters, since items of one event stand or fall
    together; with a single true cluster it says nothing, and is 0..1.
    """
    if not true or said.keys() != true.keys():
        raise ValueError("both clusterings must be of the same items, one at least")
    cells = Counter((true[item], said[item]) for item in true)
    ours, theirs = Counter(said.values()), Counter(true.values())
    parts = {cluster: _Part(items=size) for cluster, size in theirs.items()}
    for (real, mine), n in cells.items():
        parts[real] += _Part(precision=n * n / ours[mine], recall=n * n / theirs[real])
    both = _joined(cells.values())
    return Clustering(
        precision=_jackknife(parts.values(), lambda part: part.precision / part.items),
        recall=_jackknife(parts.values(), lambda part: part.recall / part.items),
        f1=_jackknife(parts.values(), _f1),
        pairs=Count(
            found=both, wrong=_joined(ours.values()) - both, missed=_joined(theirs.values()) - both
        ),
        clusters=len(ours),
        truly=len(theirs),
    )


def macro(counts: Iterable[Count]) -> Estimate | None:
    """The mean F1 of several classes, each as heavy as the other; None of no class.

    The ends are the means of the classes' ends: as if all erred to one side, so never too narrow.
    """
    known = [f1 for count in counts if (f1 := count.f1)]
    if not known:
        return None
    return Estimate(
        value=sum(f1.value for f1 in known) / len(known),
        low=sum(f1.low for f1 in known) / len(known),
        high=sum(f1.high for f1 in known) / len(known),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What the items of some true clusters add to B³: sums over the items, not means."""

    items: int = 0
    precision: float = 0.0
    recall: float = 0.0

    def __add__(self, other: _Part) -> _Part:
        return _Part(
            items=self.items + other.items,
            precision=self.precision + other.precision,
            recall=self.recall + other.recall,
        )

    def __sub__(self, other: _Part) -> _Part:
        return _Part(
            items=self.items - other.items,
            precision=self.precision - other.precision,
            recall=self.recall - other.recall,
        )


def _f1(part: _Part) -> float:
    return 2 * part.precision * part.recall / (part.precision + part.recall) / part.items


def _jackknife(parts: Collection[_Part], figure: Callable[[_Part], float]) -> Estimate:
    """A figure with the normal interval of the delete-one jackknife over the parts."""
    whole = sum(parts, _Part())
    value, number = figure(whole), len(parts)
    if number < 2:
        return Estimate(value=value, low=0.0, high=1.0)
    without = [figure(whole - part) for part in parts]
    middle = sum(without) / number
    reach = _Z * sqrt((number - 1) / number * sum((one - middle) ** 2 for one in without))
    return Estimate(value=value, low=max(0.0, value - reach), high=min(1.0, value + reach))


def _joined(sizes: Iterable[int]) -> int:
    """How many pairs clusters of these sizes hold."""
    return sum(size * (size - 1) // 2 for size in sizes)
