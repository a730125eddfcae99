"""What an evaluation says: for each question our figures beside others', and our errors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from aggregator.desk.evaluate.scores import Clustering, Count, Estimate

OURS = "ours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One method's figures. Where clusters are compared, the shares are of B³ and the counts of
    the pairs that clusters make; a question of one kind alone has a recall only."""

    method: str
    count: Count
    precision: Estimate | None
    recall: Estimate | None
    f1: Estimate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One thing said wrongly or missed: how sure we were (0..1), the titles, what is true, why."""

    kind: Literal["wrong", "missed"]
    score: float
    titles: tuple[str, ...]
    truth: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The answer to one question on one set."""

    set: str
    question: str
    rows: tuple[Row, ...]
    mistakes: tuple[Mistake, ...] = ()


def counted(method: str, count: Count) -> Row:
    return Row(
        method=method, count=count, precision=count.precision, recall=count.recall, f1=count.f1
    )


def kept(method: str, count: Count) -> Row:
    """Of what must be found, or refused, or kept apart, the share that was; no more is asked."""
    return Row(method=method, count=count, precision=None, recall=count.recall, f1=None)


def clustered(method: str, found: Clustering) -> Row:
    return Row(
        method=method,
        count=found.pairs,
        precision=found.precision,
        recall=found.recall,
        f1=found.f1,
    )


def worst(mistakes: Iterable[Mistake], most: int) -> tuple[Mistake, ...]:
    """The surest of each kind, what is wrong before what is missed."""
    given = sorted(mistakes, key=lambda one: (-one.score, one.titles))
    wrong = [one for one in given if one.kind == "wrong"]
    missed = [one for one in given if one.kind == "missed"]
    return (*wrong[:most], *missed[:most])
