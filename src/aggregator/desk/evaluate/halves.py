"""A labelled set in two halves, `a` and `b`: one to look at, one to be measured on.

What belongs together is never torn apart (pairs that share a text, texts on one event, twins), or
one half would tell of the other. The split depends on names alone, so it is the same everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Literal, TypeVar

from aggregator.desk.evaluate.labels import Labels, Pair
from aggregator.text import tokens

Half = Literal["a", "b"]
Record = TypeVar("Record")


def of(labels: Labels, half: Half) -> Labels:
    """The half of every set of a folder."""
    return replace(
        labels,
        pairs={
            name: _half(half, pairs, lambda pair: (pair.a.id, pair.b.id), _namesakes(pairs))
            for name, pairs in labels.pairs.items()
        },
        wires={
            name: _half(half, wires, lambda wire: (wire.event,), labels.twins.get(name, ()))
            for name, wires in labels.wires.items()
        },
        events={
            name: _half(half, told, lambda one: (one.kin,)) for name, told in labels.events.items()
        },
        scored={
            name: _half(half, pairs, lambda pair: (pair.a.id, pair.b.id))
            for name, pairs in labels.scored.items()
        },
        credits={
            name: _half(half, found, lambda one: (one.text.id,))
            for name, found in labels.credits.items()
        },
        notices={
            name: _half(half, found, lambda one: (one.text.id,))
            for name, found in labels.notices.items()
        },
    )


def _half(
    half: Half,
    records: Sequence[Record],
    names: Callable[[Record], Sequence[str]],
    ties: Iterable[Sequence[str]] = (),
) -> tuple[Record, ...]:
    """The records of one half; those whose `names` meet, directly or by `ties`, go together."""
    first = _firsts([*map(names, records), *ties])
    return tuple(record for record in records if _half_of(first[names(record)[0]]) == half)


def _namesakes(pairs: Iterable[Pair]) -> list[tuple[str, str]]:
    """Texts of one title under two ids."""
    texts = (text for pair in pairs for text in (pair.a, pair.b))
    return [(text.id, f"title: {tokens.fold(text.title)}") for text in texts]


def _firsts(groups: Iterable[Sequence[str]]) -> dict[str, str]:
    """For each name the least of all names that it is connected with."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        parent.setdefault(name, name)
        while parent[name] != name:
            parent[name] = name = parent[parent[name]]
        return name

    for one, *others in groups:
        for other in (one, *others):
            low, high = sorted((root(one), root(other)))
            parent[high] = low
    return {name: root(name) for name in parent}


def _half_of(name: str) -> Half:
    return "b" if blake2b(name.encode(), digest_size=1).digest()[0] % 2 else "a"
