"""We, as a method: the very functions that the lane calls, on texts that were read as any other.

Statistics are learnt from the set's own texts, as upkeep learns them from the stored ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations

from aggregator.desk.evaluate.methods import Judge, Methods, Verdict
from aggregator.desk.evaluate.report import OURS
from aggregator.desk.evaluate.specimens import Specimen
from aggregator.matching import grouping, likeness, sketch, statistics, wording
from aggregator.matching.statistics import Statistics
from aggregator.matching.wording import Wording
from aggregator.model.article import Match
from aggregator.model.entry import EntryRef


def methods() -> Methods:
    """What the service does, for every question."""
    return Methods(
        copies={OURS: _copies},
        articles={OURS: _articles},
        related={},
        stories={},
        credits={OURS: _credit},
        notices={},
    )


def _copies(specimens: Sequence[Specimen]) -> Judge:
    """Any two texts, judged."""
    learnt, wordings = _wordings(specimens)

    def judge(a: Specimen, b: Specimen) -> Verdict:
        found = likeness.judge(wordings[a.entry.ref], wordings[b.entry.ref], learnt)
        return _verdict(found) if found else Verdict(said=False)

    return judge


def _verdict(match: Match) -> Verdict:
    return Verdict(
        said=True,
        score=match.score,
        why=f"{match.level}: {match.why}",
        by_name=match.level == likeness.LINK,
    )


def _articles(specimens: Sequence[Specimen]) -> Mapping[str, str]:
    """The whole way: candidates, verdicts, groups."""
    learnt, wordings = _wordings(specimens)
    pairs = ((wordings[a], wordings[b]) for a, b in _candidates(wordings))
    matches = [match for a, b in pairs if (match := likeness.judge(a, b, learnt))]
    groups = grouping.groups(wordings, matches)
    names = {specimen.entry.ref: specimen.text.id for specimen in specimens}
    return {names[ref]: names[group[0]] for group in groups for ref in group}


def _candidates(wordings: Mapping[EntryRef, Wording]) -> Iterator[tuple[EntryRef, EntryRef]]:
    """The pairs that share a key or an address, each once."""
    holders: defaultdict[int | str, list[EntryRef]] = defaultdict(list)
    for ref, words in wordings.items():
        names: tuple[int | str, ...] = (*sketch.keys(words), words.canonical)
        for name in names:
            if name != "":
                holders[name].append(ref)
    pairs = (combinations(sorted(refs), 2) for refs in holders.values())
    return iter(sorted(set(chain.from_iterable(pairs))))


def _wordings(specimens: Sequence[Specimen]) -> tuple[Statistics, dict[EntryRef, Wording]]:
    learnt = statistics.learn(specimen.entry for specimen in specimens)
    return learnt, {
        one.entry.ref: wording.of(one.entry, one.source.name, learnt) for one in specimens
    }


def _credit(specimen: Specimen) -> tuple[str | None, str]:
    credit = specimen.entry.credit
    return (credit.name, f"{credit.form}: {credit.words}") if credit else (None, "")
