"""Stories as we tell them: each article joins one by its founder, in the order of arrival."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from aggregator.desk.evaluate import our_articles
from aggregator.desk.evaluate.methods import Judge, Verdict
from aggregator.desk.evaluate.specimens import Specimen
from aggregator.matching import events, profile, statistics, stories, vetoes, wording
from aggregator.matching.profile import Profile
from aggregator.matching.stories import StoryState


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
    profiles = {one.entry.ref: profile.of(one.entry, one.source.name, learnt) for one in specimens}
    wordings = {one.entry.ref: wording.of(one.entry, one.source.name, learnt) for one in specimens}

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
    found: dict[str, _Told] = {}
    for article in sorted(our_articles.articles(specimens), key=lambda a: (a.first_seen, a.uid)):
        founder = by_ref[article.entries[0].ref]
        ours = profile.of(founder.entry, founder.source.name, learnt)
        told = shelf.tell(ours, article.first_seen)
        found |= {by_ref[entry.ref].text.id: told for entry in article.entries}
    return found


class _Shelf:
    """The stories told so far, under the keys by which the store finds them."""

    def __init__(self) -> None:
        self._states: list[StoryState] = []
        self._by_key: defaultdict[int, set[int]] = defaultdict(set)

    def tell(self, ours: Profile, at: datetime) -> _Told:
        """Let an article join the story that it tells, or found one."""
        shared = Counter(story for key in profile.keys(ours) for story in self._by_key[key])
        near = sorted(shared, key=lambda story: (-shared[story], -story))[: stories.MAX_CANDIDATES]
        choice = stories.choose(ours, at, [self._states[story] for story in near])
        if choice is None:
            self._states.append(stories.grow(None, ours, at))
            self._file(len(self._states) - 1, ())
            return _Told(story=len(self._states) - 1)
        story = near[choice.place]
        before = stories.keys(self._states[story])
        self._states[story] = stories.grow(self._states[story], ours, at)
        self._file(story, before)
        return _Told(story=story, score=choice.score, why=choice.why)

    def _file(self, story: int, before: Iterable[int]) -> None:
        for key in before:
            self._by_key[key].discard(story)
        for key in stories.keys(self._states[story]):
            self._by_key[key].add(story)
