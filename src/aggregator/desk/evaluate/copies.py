"""Questions about copies: which texts of different outlets are one, and what must stay apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from aggregator.desk.evaluate import asked, report, specimens
from aggregator.desk.evaluate.asked import Asked
from aggregator.desk.evaluate.labels import Pair, WireText
from aggregator.desk.evaluate.methods import Judge, Methods, PairMethod
from aggregator.desk.evaluate.report import OURS, Mistake, Result
from aggregator.desk.evaluate.scores import Count
from aggregator.desk.evaluate.specimens import Specimen

COPY, STORY = "copy", "story"

Twins = Sequence[tuple[str, str]]


def of_pairs(name: str, pairs: Sequence[Pair], methods: Methods, most: int) -> Iterator[Result]:
    """Labelled pairs: those whose label is sure, then all; one outlet's by themselves."""
    texts = specimens.prepare(text for pair in pairs for text in (pair.a, pair.b))
    copies = _judges(methods.copies, texts.values())
    related = _judges(methods.related, texts.values())
    sure = [pair for pair in pairs if pair.sure]

    def ask(of: Iterable[Pair], *labels: str) -> list[Asked]:
        return [
            Asked(
                a=texts[pair.a.id],
                b=texts[pair.b.id],
                true=pair.label in labels,
                truth=f"{pair.label}: {pair.why}" if pair.why else pair.label,
            )
            for pair in of
        ]

    for which, of in (("sure labels", sure), ("all labels", pairs)):
        apart = [pair for pair in of if not pair.same_outlet]
        question = f"copies of different outlets, {which}"
        yield asked.answer((name, question), ask(apart, COPY), copies, most)
    one = ask((pair for pair in pairs if pair.same_outlet), COPY)
    yield asked.kept_apart((name, "pairs of one outlet, not joined by likeness"), one, copies, most)
    for which, of in (("sure labels", sure), ("all labels", pairs)):
        question = f"copy or story against different, {which}"
        yield asked.answer((name, question), ask(of, COPY, STORY), related, most)


def of_wires(
    name: str, wires: Sequence[WireText], twins: Twins, methods: Methods, most: int
) -> Iterator[Result]:
    """Wire texts as outlets carry them: every pair of the set is asked about."""
    texts = specimens.prepare(wire.text for wire in wires)
    copies = _judges(methods.copies, texts.values())
    articles = _judges(methods.articles, texts.values())
    related = _judges(methods.related, texts.values())

    def ask(true: Callable[[WireText, WireText], bool]) -> list[Asked]:
        return [
            Asked(a=texts[a.text.id], b=texts[b.text.id], true=true(a, b), truth=_truth(a, b))
            for a, b in combinations(wires, 2)
        ]

    pairs = ask(lambda a, b: a.original == b.original)
    other = [pair for pair in pairs if not pair.same_outlet]
    yield asked.answer(
        (name, "copies of different outlets, judged pair by pair"), other, copies, most
    )
    yield asked.answer((name, "copies of different outlets, as articles"), other, articles, most)
    one = [pair for pair in pairs if pair.same_outlet]
    yield asked.kept_apart((name, "pairs of one outlet, not joined by likeness"), one, copies, most)
    events = ask(lambda a, b: a.event == b.event)
    yield asked.answer((name, "copy or story against different"), events, related, most)
    for what, judges in (("articles", articles), ("stories", related)):
        yield _twins((name, f"twin events kept apart, by {what}"), wires, texts, twins, judges)


def _judges(methods: Mapping[str, PairMethod], texts: Iterable[Specimen]) -> dict[str, Judge]:
    given = tuple(texts)
    return {name: method(given) for name, method in methods.items()}


def _truth(a: WireText, b: WireText) -> str:
    if a.original == b.original:
        return f"copies of {a.original}"
    return f"{a.original} and {b.original}, {'one event' if a.event == b.event else 'two events'}"


def _twins(
    question: tuple[str, str],
    wires: Sequence[WireText],
    texts: Mapping[str, Specimen],
    twins: Twins,
    judges: Mapping[str, Judge],
) -> Result:
    """Events that look alike: apart if no text of one is joined with a text of the other."""
    members: dict[str, list[Specimen]] = {}
    for wire in wires:
        members.setdefault(wire.event, []).append(texts[wire.text.id])
    known = [(a, b) for a, b in twins if a in members and b in members]
    rows, mistakes = [], []
    for method, judge in judges.items():
        joined = [
            (a, b, found) for a, b in known if (found := _bridge(members[a], members[b], judge))
        ]
        count = Count(found=len(known) - len(joined), missed=len(joined))
        rows.append(report.kept(method, count))
        if method == OURS:
            mistakes = [_confused(a, b, found) for a, b, found in joined]
    return Result(set=question[0], question=question[1], rows=tuple(rows), mistakes=tuple(mistakes))


def _bridge(
    ones: Iterable[Specimen], others: Sequence[Specimen], judge: Judge
) -> tuple[Specimen, Specimen] | None:
    """The first two texts of two events that are joined."""
    return next(((a, b) for a in ones for b in others if judge(a, b).said), None)


def _confused(one: str, other: str, bridge: tuple[Specimen, Specimen]) -> Mistake:
    return Mistake(
        kind="wrong",
        score=1.0,
        titles=tuple(f"{found.entry.title} [{found.text.outlet}]" for found in bridge),
        truth=f"{one} and {other} are two events",
        why="",
    )
