"""Questions about stories: which texts are on one event, by clusters and by pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Literal

from aggregator.desk.evaluate import asked, report, specimens
from aggregator.desk.evaluate.asked import Asked
from aggregator.desk.evaluate.labels import Scored, Text, Told
from aggregator.desk.evaluate.methods import Methods
from aggregator.desk.evaluate.report import OURS, Mistake, Result, Row
from aggregator.desk.evaluate.scores import b_cubed
from aggregator.desk.evaluate.specimens import Specimen

_ONE_STORY = 3


def of_events(name: str, told: Sequence[Told], methods: Methods, most: int) -> Iterator[Result]:
    """Texts with their events: their first sentence alone; and whole, if there is more."""
    heads = [one.text for one in told]
    yield _clustered((name, "stories (B³), headlines"), told, heads, methods, most)
    if any(one.body for one in told):
        whole = [replace(one.text, summary=one.body) for one in told]
        yield _clustered((name, "stories (B³), whole texts"), told, whole, methods, most)


def of_scored(name: str, pairs: Sequence[Scored], methods: Methods, most: int) -> Iterator[Result]:
    """Graded pairs: one story only with the highest grade."""
    texts = specimens.prepare(text for pair in pairs for text in (pair.a, pair.b))
    judges = {method: made(tuple(texts.values())) for method, made in methods.related.items()}
    questions = [
        Asked(
            a=texts[pair.a.id],
            b=texts[pair.b.id],
            true=pair.score == _ONE_STORY,
            truth=f"graded {pair.score} of {_ONE_STORY}",
        )
        for pair in pairs
    ]
    yield asked.answer((name, "one story against anything less"), questions, judges, most)


def _clustered(
    question: tuple[str, str],
    told: Sequence[Told],
    texts: Sequence[Text],
    methods: Methods,
    most: int,
) -> Result:
    given = specimens.prepare(texts)
    true = {one.text.id: one.event for one in told}
    rows: list[Row] = []
    mistakes: tuple[Mistake, ...] = ()
    for method, cluster in methods.stories.items():
        said = dict(cluster(tuple(given.values())))
        rows.append(report.clustered(method, b_cubed(said, true)))
        if method == OURS:
            mistakes = _mistakes(said, true, given, most)
    return Result(set=question[0], question=question[1], rows=tuple(rows), mistakes=mistakes)


def _mistakes(
    said: Mapping[str, str], true: Mapping[str, str], given: Mapping[str, Specimen], most: int
) -> tuple[Mistake, ...]:
    """The events that our clusters join, and those that they tear, the heaviest first."""
    joined = _mixed(said, true)
    torn = _mixed(true, said)
    wrong = (
        _mistake("wrong", pair, given, joined, f"events {true[pair[0]]} and {true[pair[1]]}")
        for pair in joined
    )
    missed = (_mistake("missed", pair, given, torn, f"one event, {true[pair[0]]}") for pair in torn)
    return report.worst((*wrong, *missed), most)


def _mixed(whole: Mapping[str, str], parts: Mapping[str, str]) -> dict[tuple[str, str], int]:
    """For every two parts that meet in one whole: a text of each, and how many pairs that makes."""
    members: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, cluster in whole.items():
        members[cluster][parts[name]].append(name)
    return {
        (one[0], other[0]): len(one) * len(other)
        for groups in members.values()
        for one, other in combinations(groups.values(), 2)
    }


def _mistake(
    kind: Literal["wrong", "missed"],
    pair: tuple[str, str],
    given: Mapping[str, Specimen],
    weights: Mapping[tuple[str, str], int],
    truth: str,
) -> Mistake:
    """`score` is the share of all such pairs that this one mistake makes."""
    return Mistake(
        kind=kind,
        score=weights[pair] / sum(weights.values()),
        titles=tuple(given[name].entry.title for name in pair),
        truth=truth,
        why=f"{weights[pair]} pairs of texts",
    )
