"""How well we tell credits, copies, stories and notices, measured on labelled texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from aggregator.desk.evaluate import copies, halves, labelled, names, others, ours, stories
from aggregator.desk.evaluate.halves import Half
from aggregator.desk.evaluate.labels import Labels
from aggregator.desk.evaluate.methods import Methods
from aggregator.desk.evaluate.report import Result

Record = TypeVar("Record")


def evaluate(folder: Path, *, half: Half | None = None, most: int = 5) -> Iterator[Result]:
    """Every question to every labelled set of a folder, as each is answered.

    `half` asks about one half of each set alone; of our mistakes `most` of each kind are told.
    Raises `LabelError` for broken lines and `UnknownName` if there is no set, both at once.
    """
    labels = labelled.load(folder)
    asked = halves.of(labels, half) if half else labels
    return answers(asked, ours.methods().beside(others.methods()), most)


def answers(labels: Labels, methods: Methods, most: int) -> Iterator[Result]:
    """Every question to every set that has a text."""
    for name, pairs in _full(labels.pairs):
        yield from copies.of_pairs(name, pairs, methods, most)
    for name, wires in _full(labels.wires):
        yield from copies.of_wires(name, wires, labels.twins.get(name, ()), methods, most)
        yield names.of_wires(name, wires, methods, most)
    for name, credited in _full(labels.credits):
        yield from names.of_credits(name, credited, methods, most)
    for name, noticed in _full(labels.notices):
        yield from names.of_notices(name, noticed, methods, most)
    for name, told in _full(labels.events):
        yield from stories.of_events(name, told, methods, most)
    for name, scored in _full(labels.scored):
        yield from stories.of_scored(name, scored, methods, most)


def _full(sets: Mapping[str, tuple[Record, ...]]) -> Iterable[tuple[str, tuple[Record, ...]]]:
    """The sets that are not empty."""
    return ((name, records) for name, records in sets.items() if records)
