"""Questions about copies: which texts of different outlets are one, and what must stay apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from aggregator.desk.evaluate import asked, report, specimens
from aggregator.desk.evaluate.asked import Asked
from aggregator.desk.evaluate.labels import Pair, WireText
from aggregator.desk.evaluate.methods import Judge, Methods, PairMethod, Verdict
from aggregator.desk.evaluate.report import OURS, Mistake, Result
from aggregator.desk.evaluate.scores import Count
from aggregator.desk.evaluate.specimens import Specimen

COPY, STORY = "copy", "story"
ONE_OUTLET = "pairs of one outlet, not joined by likeness"

Bridge = tuple[Specimen, Specimen, Verdict]
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
    yield asked.kept_apart((name, ONE_OUTLET), one, copies, most)
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
    yield asked.kept_apart((name, ONE_OUTLET), one, copies, most)
    yield asked.kept_apart((name, f"{ONE_OUTLET}, as articles"), one, articles, most)
    events = ask(lambda a, b: a.event == b.event)
    yield asked.answer((name, "copy or story against different"), events, related, most)
    members = _members(wires, texts)
    alike = [(members[a], members[b]) for a, b in twins if a in members and b in members]
    for what, judges in (("articles", articles), ("stories", related)):
        yield _twins((name, f"twin events kept apart, by {what}"), alike, judges, most)


def _judges(methods: Mapping[str, PairMethod], texts: Iterable[Specimen]) -> dict[str, Judge]:
    given = tuple(texts)
    return {name: method(given) for name, method in methods.items()}


def _truth(a: WireText, b: WireText) -> str:
    if a.original == b.original:
        return f"copies of {a.original}"
    return f"{a.original} and {b.original}, {'one event' if a.event == b.event else 'two events'}"


def _twins(
    question: tuple[str, str],
    twins: Iterable[tuple[list[Specimen], list[Specimen]]],
    judges: Mapping[str, Judge],
    most: int,
) -> Result:
    """Events that look alike: apart if no text of one is joined with a text of the other."""
    given = list(twins)
    rows, mistakes = [], []
    for method, judge in judges.items():
        bridges = [bridge for one, other in given if (bridge := _bridge(one, other, judge))]
        count = Count(found=len(given) - len(bridges), missed=len(bridges))
        rows.append(report.kept(method, count))
        if method == OURS:
            mistakes = [_confused(bridge) for bridge in bridges]
    return Result(
        set=question[0],
        question=question[1],
        rows=tuple(rows),
        mistakes=report.worst(mistakes, most),
    )


def _members(wires: Iterable[WireText], texts: Mapping[str, Specimen]) -> dict[str, list[Specimen]]:
    """The texts of each event."""
    members: dict[str, list[Specimen]] = {}
    for wire in wires:
        members.setdefault(wire.event, []).append(texts[wire.text.id])
    return members


def _bridge(ones: Iterable[Specimen], others: Sequence[Specimen], judge: Judge) -> Bridge | None:
    """The first two texts of two events that are joined."""
    pairs = ((a, b, judge(a, b)) for a in ones for b in others)
    return next((found for found in pairs if found[2].said), None)


def _confused(bridge: Bridge) -> Mistake:
    *texts, verdict = bridge
    return Mistake(
        kind="wrong",
        score=verdict.score,
        titles=tuple(f"{found.entry.title} [{found.text.outlet}]" for found in texts),
        truth="two events that look alike",
        why=verdict.why,
    )
