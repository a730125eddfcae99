"""The labelled sets of the corpus: all can be read, and what must not get worse does not."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from aggregator.desk.evaluate import answers, halves, labelled, ours
from aggregator.desk.evaluate.halves import Half
from aggregator.desk.evaluate.labels import Labels
from aggregator.desk.evaluate.report import Result

COPIES = "copies of different outlets, sure labels"
CREDITS = "whose text it is"
TRAPS = "an agency is named, but it is not its text"


@pytest.fixture(scope="module")
def labels(corpus: Path) -> Labels:
    return labelled.load(corpus / "labels")


@pytest.fixture(scope="module")
def results(labels: Labels) -> dict[tuple[str, str], Result]:
    """Our answers on the small sets, which take seconds."""
    few = Labels(pairs={"pairs.en": labels.pairs["pairs.en"]}, credits=labels.credits)
    found = answers(few, ours.methods(), 20)
    return {(result.set, result.question): result for result in found}


HALVES: tuple[Half, ...] = ("a", "b")
KINDS = [one.name for one in fields(Labels) if one.name != "twins"]


def told(labels: Labels, kind: str) -> list[str]:
    """Every record of every set of a kind, in one order."""
    return sorted(repr(record) for records in getattr(labels, kind).values() for record in records)


@pytest.mark.parametrize("kind", KINDS)
def test_two_halves_of_the_sets_make_the_whole(labels: Labels, kind: str) -> None:
    first, second = (told(halves.of(labels, half), kind) for half in HALVES)
    assert first
    assert second
    assert sorted([*first, *second]) == told(labels, kind)


def test_at_most_one_merge_of_sure_pairs_is_wrong(
    results: dict[tuple[str, str], Result],
) -> None:
    found = results["pairs.en", COPIES]
    [row] = found.rows
    assert row.count.wrong <= 1, found.mistakes
    assert row.recall
    assert row.recall.value >= 0.85, found.mistakes


@pytest.mark.parametrize("name", ["credit", "credit.it"])
def test_credits_are_right_and_mostly_found(
    results: dict[tuple[str, str], Result], name: str
) -> None:
    found = results[name, CREDITS]
    [row] = found.rows
    assert row.precision
    assert row.recall
    assert row.precision.value >= 0.98, found.mistakes
    assert row.recall.value >= 0.92, found.mistakes


@pytest.mark.parametrize("name", ["credit", "credit.it"])
def test_an_agency_that_is_only_named_is_not_credited(
    results: dict[tuple[str, str], Result], name: str
) -> None:
    found = results[name, TRAPS]
    [row] = found.rows
    assert row.recall
    assert row.recall.value >= 0.95, found.mistakes
