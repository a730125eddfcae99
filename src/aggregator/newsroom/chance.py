"""Chance without a state: every draw is a hash of what it is about.

A generator that is advanced draw by draw makes each answer depend on all questions before it; here
the n-th story is the same whether or not the first n-1 were ever told, so that a restarted server,
another process and a test agree on every byte.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Chance:
    """One draw. `about` names what is drawn next; equal names are equal draws, for ever."""

    name: str

    def about(self, *names: object) -> Chance:
        """The draw about something inside this."""
        return Chance("/".join((self.name, *map(str, names))))

    def unit(self) -> float:
        """A number in 0 ≤ x < 1, uniformly."""
        digest = hashlib.blake2b(self.name.encode(), digest_size=6).digest()
        return int.from_bytes(digest) / 2**48

    def happens(self, probability: float) -> bool:
        return self.unit() < probability

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self.unit() * (high - low + 1))

    def span(self, low: timedelta, high: timedelta) -> timedelta:
        """A span of time, to the second."""
        return low + timedelta(seconds=int(self.unit() * (high - low).total_seconds()))

    def pick(self, things: Sequence[T]) -> T:
        return things[int(self.unit() * len(things))]

    def several(self, things: Sequence[T], count: int) -> tuple[T, ...]:
        """That many different things, or all if there are fewer, in an order of chance."""
        pool = list(things)
        for index in range(min(count, len(pool))):
            other = self.about(index).between(index, len(pool) - 1)
            pool[index], pool[other] = pool[other], pool[index]
        return tuple(pool[:count])

    def ranked(self, things: Sequence[T], weight: Callable[[T], float]) -> tuple[T, ...]:
        """All things of positive weight, in an order drawn so that the first is each with a
        probability in proportion to its weight (Efraimidis and Spirakis, 2006)."""
        keyed = [
            (-math.log(self.about(index).unit() + 2**-49) / weight(thing), index)
            for index, thing in enumerate(things)
            if weight(thing) > 0
        ]
        return tuple(things[index] for _, index in sorted(keyed))
