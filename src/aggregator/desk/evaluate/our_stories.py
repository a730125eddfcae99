"""Stories as we tell them: each article joins one by its founder, in the order of arrival."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from aggregator.desk.evaluate import our_articles
from aggregator.desk.evaluate.methods import Judge, Verdict
from aggregator.desk.evaluate.specimens import Specimen
from aggregator.matching import events, profile, statistics, stories, vetoes, wording
from aggregator.matching.stories import Report, StoryState
from aggregator.matching.wording import Wording
from aggregator.model.entry import EntryRef


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """The number of a story, how strongly an article joined it, and why; it may have founded it."""

    story: int
    score: float = 0.0
    why: str = ""


def clusters(specimens: Sequence[Specimen]) -> Mapping[str, str]:
    """The story of each text, by ids."""
    return {name: str(told.story) for name, told in _told(specimens).items()}


def together(specimens: Sequence[Specimen]) -> Judge:
    """Whether two texts come to stand in one story."""
    told = _told(specimens)

    def of(a: Specimen, b: Specimen) -> Verdict:
        one, other = told[a.text.id], told[b.text.id]
        if one.story != other.story:
            return Verdict(said=False, why="in two stories")
        why = "; ".join(dict.fromkeys(found.why for found in (one, other) if found.why))
        strength = min((found.score for found in (one, other) if found.why), default=0.0)
        return Verdict(said=True, score=strength / (1 + strength), why=why or "one article")

    return of


def odds(specimens: Sequence[Specimen]) -> Judge:
    """Whether two texts are one, or on one event, by themselves: nothing else of their articles and
    stories is asked."""
    copies = our_articles.judge(specimens)
    learnt = statistics.learn(one.entry for one in specimens)
    wordings = {one.entry.ref: wording.of(one.entry, one.source.name, learnt) for one in specimens}
    profiles = {
        one.entry.ref: profile.of(one.entry, wordings[one.entry.ref], learnt) for one in specimens
    }

    def of(a: Specimen, b: Specimen) -> Verdict:
        copy = copies(a, b)
        if copy.said:
            return copy
        ours, theirs = profiles[a.entry.ref], profiles[b.entry.ref]
        differs = vetoes.against(wordings[a.entry.ref], wordings[b.entry.ref])
        found = events.same_story(ours, theirs, a.entry.published - b.entry.published, differs)
        score = 1 / (1 + math.exp(-found.score)) if found.shared else 0.0
        return Verdict(said=found.same, score=score, why=f"shared: {', '.join(found.shared[:8])}")

    return of


def _told(specimens: Sequence[Specimen]) -> dict[str, _Told]:
    """What becomes of each text, by ids: the copies of an article go where its founder goes."""
    learnt = statistics.learn(one.entry for one in specimens)
    by_ref = {one.entry.ref: one for one in specimens}
    shelf = _Shelf()
    articles = sorted(our_articles.articles(specimens), key=lambda a: (a.first_seen, a.uid))
    for article in articles:
        founder = by_ref[article.entries[0].ref]
        words = wording.of(founder.entry, founder.source.name, learnt)
        told = profile.of(founder.entry, words, learnt)
        shelf.tell(Report(profile=told, wording=words, at=article.first_seen))
    return {
        by_ref[entry.ref].text.id: shelf.of(article.entries[0].ref)
        for article in articles
        for entry in article.entries
    }


class _Shelf:
    """The stories told so far, under the keys by which the store finds them."""

    def __init__(self) -> None:
        self._states: dict[int, StoryState] = {}
        self._by_key: defaultdict[int, set[int]] = defaultdict(set)
        self._wordings: dict[EntryRef, Wording] = {}
        self._told: dict[EntryRef, _Told] = {}
        self._part_of: dict[int, int] = {}

    def tell(self, report: Report) -> None:
        """Let an article join the story that it tells, or found one."""
        self._wordings[report.wording.ref] = report.wording
        near = self._candidates(profile.keys(report.profile))
        placed = stories.place(report, [self._states[story] for story in near], self._worded)
        story = len(self._told) if placed.place is None else near[placed.place]
        self._unfile(story)
        if placed.absorbed is not None:
            self._part_of[near[placed.absorbed]] = story
            self._unfile(near[placed.absorbed])
        self._states[story] = placed.state
        for key in stories.keys(placed.state):
            self._by_key[key].add(story)
        told = _Told(story=story, score=placed.score, why=placed.why)
        self._told[report.wording.ref] = told

    def of(self, ref: EntryRef) -> _Told:
        """The story of an article's founder, now that all are told."""
        told = self._told[ref]
        while told.story in self._part_of:
            told = replace(told, story=self._part_of[told.story])
        return told

    def _candidates(self, keys: Sequence[int]) -> list[int]:
        shared = Counter(story for key in keys for story in self._by_key[key])
        enough = (s for s in shared if shared[s] >= stories.least_shared(keys))
        nearest = sorted(enough, key=lambda story: (-shared[story], -story))
        return nearest[: stories.MAX_CANDIDATES]

    def _worded(self, refs: Iterable[EntryRef]) -> Mapping[EntryRef, Wording]:
        return {ref: self._wordings[ref] for ref in refs}

    def _unfile(self, story: int) -> None:
        if story in self._states:
            for key in stories.keys(self._states.pop(story)):
                self._by_key[key].discard(story)
