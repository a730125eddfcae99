"""Copies as we tell them: the lane's own functions, without the store between them.

Statistics are learnt from the set's own texts, as upkeep learns them from the stored ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

from aggregator.desk.evaluate.methods import Judge, Verdict
from aggregator.desk.evaluate.specimens import Specimen
from aggregator.matching import likeness, sketch, statistics, vetoes, wording
from aggregator.matching.articles import regroup
from aggregator.matching.statistics import Statistics
from aggregator.matching.wording import Wording
from aggregator.model.article import Article, Match
from aggregator.model.entry import Entry, EntryRef
from aggregator.text import ids

Pair = tuple[EntryRef, EntryRef]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    """The texts of a set as they are compared, and the pairs that the store would bring up."""

    entries: tuple[Entry, ...]
    learnt: Statistics
    wordings: Mapping[EntryRef, Wording]
    candidates: frozenset[Pair]

    def match(self, a: EntryRef, b: EntryRef) -> Match | None:
        return likeness.judge(self.wordings[a], self.wordings[b], self.learnt)

    def why_not(self, a: EntryRef, b: EntryRef) -> str:
        """What kept two texts apart, as far as it can be said in a word."""
        if (min(a, b), max(a, b)) not in self.candidates:
            return "they share no key, so the lane does not compare them"
        return vetoes.against(self.wordings[a], self.wordings[b]) or "too little in common"


def judge(specimens: Sequence[Specimen]) -> Judge:
    """Whether any two texts are one, judged by themselves."""
    compared = _compared(specimens)

    def of(a: Specimen, b: Specimen) -> Verdict:
        found = compared.match(a.entry.ref, b.entry.ref)
        if found is None:
            return Verdict(said=False, why=compared.why_not(a.entry.ref, b.entry.ref))
        return Verdict(
            said=True,
            score=found.score,
            why=_evidence(found),
            by_name=found.level == likeness.LINK,
        )

    return of


def joined(specimens: Sequence[Specimen]) -> Judge:
    """Whether two texts come to stand in one article: candidates, verdicts, groups."""
    compared = _compared(specimens)
    matches = _matches(compared)
    home = {
        entry.ref: article.uid
        for article in _grouped(compared, matches.values())
        for entry in article.entries
    }

    def of(a: Specimen, b: Specimen) -> Verdict:
        one, other = a.entry.ref, b.entry.ref
        direct = matches.get((min(one, other), max(one, other)))
        if home[one] == home[other]:
            why = _evidence(direct) if direct else "each is joined with another of the same article"
            return Verdict(said=True, score=direct.score if direct else 0.5, why=why)
        if direct:
            return Verdict(said=False, why=f"matched, but no article agreed; {_evidence(direct)}")
        return Verdict(said=False, why=compared.why_not(one, other))

    return of


def articles(specimens: Sequence[Specimen]) -> tuple[Article, ...]:
    """The articles that the texts of a set make."""
    compared = _compared(specimens)
    return _grouped(compared, _matches(compared).values())


def _grouped(compared: _Compared, matches: Iterable[Match]) -> tuple[Article, ...]:
    return regroup(map(_alone, compared.entries), matches)


def _alone(entry: Entry) -> Article:
    """The article that an entry founds."""
    return Article(
        uid=ids.of_article(entry.ref),
        entries=(entry,),
        position=entry.first_seen,
        first_seen=entry.first_seen,
        updated=entry.first_seen,
    )


def _evidence(match: Match) -> str:
    return f"{match.level}: {match.why}"


def _matches(compared: _Compared) -> dict[Pair, Match]:
    return {pair: match for pair in compared.candidates if (match := compared.match(*pair))}


def _compared(specimens: Iterable[Specimen]) -> _Compared:
    given = tuple(specimens)
    learnt = statistics.learn(one.entry for one in given)
    wordings = {one.entry.ref: wording.of(one.entry, one.source.name, learnt) for one in given}
    return _Compared(
        entries=tuple(one.entry for one in given),
        learnt=learnt,
        wordings=wordings,
        candidates=frozenset(_candidates(wordings)),
    )


def _candidates(wordings: Mapping[EntryRef, Wording]) -> Iterator[Pair]:
    """The pairs that share a key or an address, in their order."""
    holders: defaultdict[int | str, list[EntryRef]] = defaultdict(list)
    for ref, words in wordings.items():
        names: tuple[int | str, ...] = (*sketch.keys(words), words.canonical)
        for name in names:
            if name != "":
                holders[name].append(ref)
    pairs = (combinations(sorted(refs), 2) for refs in holders.values())
    return chain.from_iterable(pairs)
