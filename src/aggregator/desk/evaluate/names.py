"""Questions about single texts: whose text it is, and whether it is a notice, and of which kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from aggregator.desk.evaluate import report, specimens
from aggregator.desk.evaluate.labels import Credited, Noticed, WireText
from aggregator.desk.evaluate.methods import Methods, NameMethod
from aggregator.desk.evaluate.report import OURS, Mistake, Result, Row
from aggregator.desk.evaluate.scores import Count, macro
from aggregator.desk.evaluate.specimens import Specimen
from aggregator.text import agencies, tokens

NEWS, KILL = "news", "kill"
# What a set that lacks the finer kind calls it.
_COARSER = {"withdraw": KILL, "hold": KILL, "refile": "correction"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A text, what it is by its label and by a method (None: nothing of the kind), and why; `put`
    is the difference in words."""

    specimen: Specimen
    true: str | None
    said: str | None
    put: str
    why: str


def of_credits(
    name: str, credited: Sequence[Credited], methods: Methods, most: int
) -> Iterator[Result]:
    """Whose text each is; those that name an agency without being its copy also by themselves."""
    texts = specimens.prepare(one.text for one in credited)
    truth = {one.text.id: _house(one.agency) for one in credited}
    found = {method: _ask(texts.values(), truth, ask) for method, ask in methods.credits.items()}
    yield _named((name, "whose text it is"), found, most)
    traps = {one.text.id for one in credited if one.trap}
    if traps:
        trapped = {
            method: [one for one in told if one.specimen.text.id in traps]
            for method, told in found.items()
        }
        yield _refused((name, "an agency is named, but it is not its text"), trapped, most)


def of_wires(name: str, wires: Sequence[WireText], methods: Methods, most: int) -> Result:
    """The credits that wire texts show."""
    texts = specimens.prepare(wire.text for wire in wires)
    truth = {wire.text.id: _house(wire.agency) for wire in wires}
    found = {method: _ask(texts.values(), truth, ask) for method, ask in methods.credits.items()}
    return _named((name, "whose text it is"), found, most)


def of_notices(
    name: str, noticed: Sequence[Noticed], methods: Methods, most: int
) -> Iterator[Result]:
    """Which kind of notice each is, or news: each kind, kills first, then their macro mean."""
    texts = specimens.prepare(one.text for one in noticed)
    truth: dict[str, str | None] = {one.text.id: one.kind for one in noticed}
    kinds = sorted({one.kind for one in noticed}, key=lambda kind: (kind != KILL, kind))
    found = {
        method: [_as_labelled(one, kinds) for one in _ask(texts.values(), truth, ask)]
        for method, ask in methods.notices.items()
    }
    for kind in kinds:
        yield _named((name, f"notices: {kind}"), {m: _of(t, kind) for m, t in found.items()}, most)
    rows = (_macro(method, told, kinds) for method, told in found.items())
    yield Result(set=name, question="notices: mean of the kinds", rows=tuple(rows))
    yield from _targets(name, noticed, methods, most)


def _targets(
    name: str, noticed: Sequence[Noticed], methods: Methods, most: int
) -> Iterator[Result]:
    """Which of all texts that the notices of a set mean each of them means."""
    meant = {one.text.id: one.target for one in noticed if one.target}
    if not meant:
        return
    notices = specimens.prepare(one.text for one in noticed if one.target)
    texts = tuple(specimens.prepare(meant.values()).values())
    truth: dict[str, str | None] = {notice: target.id for notice, target in meant.items()}
    found = {
        method: _ask(notices.values(), truth, partial(find, texts))
        for method, find in methods.targets.items()
    }
    yield _named((name, "notices: which text one means"), found, most)


def _house(label: str | None) -> str | None:
    """The name of the agency that a label means, by whatever name; one of its own if unknown."""
    known = agencies.known().alone(label) if label else None
    return known.name if known else label


def _ask(
    texts: Iterable[Specimen], truth: Mapping[str, str | None], ask: NameMethod
) -> list[_Told]:
    told = []
    for text in texts:
        true, (said, why) = truth[text.text.id], ask(text)
        put = f"{true or 'nothing'}, not {said or 'nothing'}"
        told.append(_Told(specimen=text, true=true, said=said, put=put, why=why))
    return told


def _as_labelled(told: _Told, kinds: Sequence[str]) -> _Told:
    """What was said, in the words of a set that has only these kinds."""
    said = told.said or NEWS
    return replace(told, said=said if said in kinds else _COARSER.get(said, said))


def _of(told: Iterable[_Told], kind: str) -> list[_Told]:
    """The same as a question for this kind alone."""
    return [
        replace(
            one,
            true=kind if one.true == kind else None,
            said=kind if one.said == kind else None,
        )
        for one in told
    ]


def _count(told: Iterable[_Told]) -> Count:
    """A wrong name where there is another one is wrong and missed."""
    return sum(
        (
            Count(
                found=int(one.said is not None and _agree(one)),
                wrong=int(one.said is not None and not _agree(one)),
                missed=int(one.true is not None and not _agree(one)),
            )
            for one in told
        ),
        Count(),
    )


def _agree(told: _Told) -> bool:
    """Whether what was said is true, case and accents aside."""
    return tokens.fold(told.said or "") == tokens.fold(told.true or "")


def _named(question: tuple[str, str], found: Mapping[str, list[_Told]], most: int) -> Result:
    rows = tuple(report.counted(method, _count(told)) for method, told in found.items())
    return _result(question, rows, found, most)


def _refused(question: tuple[str, str], found: Mapping[str, list[_Told]], most: int) -> Result:
    """Texts that must be given no name at all."""
    rows = tuple(_kept(method, told) for method, told in found.items())
    return _result(question, rows, found, most)


def _kept(method: str, told: Sequence[_Told]) -> Row:
    named = sum(one.said is not None for one in told)
    return report.kept(method, Count(found=len(told) - named, missed=named))


def _macro(method: str, told: Sequence[_Told], kinds: Sequence[str]) -> Row:
    counts = [_count(_of(told, kind)) for kind in kinds]
    return Row(
        method=method, count=sum(counts, Count()), precision=None, recall=None, f1=macro(counts)
    )


def _result(
    question: tuple[str, str],
    rows: tuple[Row, ...],
    found: Mapping[str, list[_Told]],
    most: int,
) -> Result:
    mistakes = [_mistake(one) for one in found.get(OURS, ()) if not _agree(one)]
    return Result(
        set=question[0], question=question[1], rows=rows, mistakes=report.worst(mistakes, most)
    )


def _mistake(told: _Told) -> Mistake:
    return Mistake(
        kind="missed" if told.said is None else "wrong",
        score=1.0,
        titles=(f"{told.specimen.entry.title} [{told.specimen.text.outlet}]",),
        truth=told.put,
        why=told.why,
    )
