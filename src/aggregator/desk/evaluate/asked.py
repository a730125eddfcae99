"""A question to pairs of texts, put to every method: whether the two belong together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aggregator.desk.evaluate import report
from aggregator.desk.evaluate.methods import Judge, Verdict
from aggregator.desk.evaluate.report import OURS, Mistake, Result, Row
from aggregator.desk.evaluate.scores import Count, tally
from aggregator.desk.evaluate.specimens import Specimen


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Two texts, whether they belong together, and how a person put it."""

    a: Specimen
    b: Specimen
    true: bool
    truth: str

    @property
    def same_outlet(self) -> bool:
        return self.a.text.outlet == self.b.text.outlet


def answer(
    question: tuple[str, str], pairs: Sequence[Asked], judges: Mapping[str, Judge], most: int
) -> Result:
    """What each judge says of the pairs of a set; `question` is the set's name and what is asked.

    The mistakes are our own, `most` of each kind.
    """
    rows, mistakes = [], []
    for method, judge in judges.items():
        verdicts = [judge(pair.a, pair.b) for pair in pairs]
        given = list(zip(pairs, verdicts, strict=True))
        rows.append(report.counted(method, tally((v.said, pair.true) for pair, v in given)))
        if method == OURS:
            mistakes = [_mistake(pair, v) for pair, v in given if v.said != pair.true]
    return Result(
        set=question[0],
        question=question[1],
        rows=tuple(rows),
        mistakes=report.worst(mistakes, most),
    )


def kept_apart(
    question: tuple[str, str], pairs: Sequence[Asked], judges: Mapping[str, Judge], most: int
) -> Result:
    """As `answer`, of pairs that nothing but an address may join, whatever is true of them."""
    rows, mistakes = [], []
    for method, judge in judges.items():
        verdicts = [judge(pair.a, pair.b) for pair in pairs]
        joined = [
            (pair, v) for pair, v in zip(pairs, verdicts, strict=True) if v.said and not v.by_name
        ]
        rows.append(_kept(method, len(pairs), len(joined)))
        if method == OURS:
            mistakes = [_mistake(pair, v) for pair, v in joined]
    return Result(
        set=question[0],
        question=question[1],
        rows=tuple(rows),
        mistakes=report.worst(mistakes, most),
    )


def _kept(method: str, pairs: int, joined: int) -> Row:
    return report.kept(method, Count(found=pairs - joined, missed=joined))


def _mistake(pair: Asked, verdict: Verdict) -> Mistake:
    return Mistake(
        kind="wrong" if verdict.said else "missed",
        score=verdict.score,
        titles=tuple(f"{one.entry.title} [{one.text.outlet}]" for one in (pair.a, pair.b)),
        truth=pair.truth,
        why=verdict.why,
    )
