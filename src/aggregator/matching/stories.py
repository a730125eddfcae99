"""Which story an article joins, or that it founds one: one pass, in the order of arrival.

A story is a bag of stems that its articles used. What speaks for joining is how much likelier the
article's words are under that bag than under the language at large: the one-pass Dirichlet mixture
that the literature uses for streams of headlines (MStream, Yin et al. 2018), made bounded: a bag
keeps its weightiest stems, and a story that was silent for five days is over. Likeness to the
centre of the bag is added, because long texts share words by chance.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from aggregator.matching.profile import Profile, keys_of
from aggregator.matching.profile import keys as profile_keys

# A story that was silent for so long is over: NewsBlur looks back 120 hours (C4).
WINDOW = timedelta(days=5)
# Stems that a story keeps: those of many articles, and the weightiest of the others.
MAX_STEMS = 160
# Stories that an article is held against.
MAX_CANDIDATES = 12
# Keys of a story: the stems at its centre.
_MAX_KEYS = 24
# Evidence at which an article joins, in nats; below it founds a story of its own.
JOIN = 4.0
# A name tells as much as three other words: events of a kind differ in who and where alone.
_NAME = 3.0
# A bag is as certain as so many words: smoothing by the language at large.
_SMOOTHING = 200.0
# How often the language at large uses a word of substance; e² times less for each point of weight
# above that of a word that nothing is known of.
_COMMON, _RARITY, _USUAL = 5e-4, 2.0, 0.7
# Words of one text come together, so long texts have less evidence than words: they are scaled by
# this power of their length, counted from a headline's.
_TOGETHER, _HEADLINE, _FEWEST = 0.6, 8, 4
# One of so many words must be shared, whatever it weighs: a name alone joins headlines only.
_EACH = 6
# What likeness to the centre adds, counted from the likeness that two stories have by chance.
_CENTRE, _CHANCE = 6.0, 0.2
# Nats lost for each day since the story was last told, after half a day.
_SILENCE, _PATIENCE = 1.2, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryState:
    """What is known of a story, whatever its length: at most 160 stems.

    `uses` holds how often its `size` articles used a stem, a name counting three times; `centre`
    the sum of their unit vectors over the same stems, and `length` how long that is. `words` is the
    total of all uses, those of stems that were dropped among them.
    """

    language: str
    size: int
    words: float
    uses: Mapping[str, float]
    centre: Mapping[str, float]
    length: float
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The story that an article joins: its `place` among the candidates, how strongly, and why."""

    place: int
    score: float
    why: str


def choose(profile: Profile, at: datetime, candidates: Sequence[StoryState]) -> Choice | None:
    """The story that an article first seen `at` joins; None if it founds one, or is a round-up.

    The same for the same candidates in the same order; of two equals the earlier one is chosen.
    """
    if profile.round_up or not profile.terms:
        return None
    seeking = _seeking(profile)
    best, chosen = -math.inf, 0
    for place, story in enumerate(candidates):
        score = _evidence(seeking, story, at)
        if score > best:
            best, chosen = score, place
    if best < JOIN:
        return None
    return Choice(place=chosen, score=best, why=_why(seeking, candidates[chosen], best))


def grow(story: StoryState | None, profile: Profile, at: datetime) -> StoryState:
    """The story with one more article in it; with None, the story that the article founds.

    A round-up leaves no words behind, so nothing will ever be found alike (rule 62).
    """
    uses = dict(story.uses) if story else {}
    centre = dict(story.centre) if story else {}
    added = {} if profile.round_up else _direction(profile)
    for stem, part in added.items():
        uses[stem] = uses.get(stem, 0.0) + _stress(stem, profile)
        centre[stem] = round(centre.get(stem, 0.0) + part, 4)
    kept = sorted(uses, key=lambda stem: (-uses[stem], -centre[stem], stem))[:MAX_STEMS]
    return StoryState(
        language=story.language if story else profile.language,
        size=story.size + 1 if story else 1,
        words=(story.words if story else 0.0) + sum(_stress(stem, profile) for stem in added),
        uses={stem: uses[stem] for stem in kept},
        centre={stem: centre[stem] for stem in kept},
        length=math.hypot(*(centre[stem] for stem in kept)),
        first_seen=min(story.first_seen, at) if story else at,
        last_seen=max(story.last_seen, at) if story else at,
    )


def keys(story: StoryState) -> tuple[int, ...]:
    """The keys under which an article finds the story: at most 24, of the stems at its centre."""
    centre = sorted(story.centre, key=lambda stem: (-story.centre[stem], stem))
    return keys_of(story.language, centre[:_MAX_KEYS])


def cluster(items: Sequence[tuple[Profile, datetime]]) -> tuple[int, ...]:
    """The label of each item's story when they arrive in this order; labels count from 0.

    The lane's own way, for measuring: candidates are found by keys, and are few.
    """
    found: list[StoryState] = []
    holders: defaultdict[int, set[int]] = defaultdict(set)
    labels: list[int] = []
    for profile, at in items:
        near = _nearest(holders[key] for key in profile_keys(profile))
        choice = choose(profile, at, [found[label] for label in near])
        label = near[choice.place] if choice else len(found)
        before = found[label] if choice else None
        found[label : label + 1] = [grow(before, profile, at)]
        labels.append(label)
        _move(holders, label, keys(before) if before else (), keys(found[label]))
    return tuple(labels)


def _nearest(holding: Iterable[Iterable[int]]) -> list[int]:
    """At most 12 stories: those that share the most keys, of equals the youngest."""
    shared = Counter(chain.from_iterable(holding))
    return sorted(shared, key=lambda label: (-shared[label], -label))[:MAX_CANDIDATES]


def _move(
    holders: Mapping[int, set[int]], label: int, before: Iterable[int], now: Iterable[int]
) -> None:
    for key in before:
        holders[key].discard(label)
    for key in now:
        holders[key].add(label)


def pack(story: StoryState) -> dict[str, Any]:
    """A story's state as JSON can hold it."""
    return {
        "language": story.language,
        "size": story.size,
        "words": story.words,
        "stems": " ".join(story.uses),
        "uses": list(story.uses.values()),
        "centre": [story.centre[stem] for stem in story.uses],
        "first_seen": story.first_seen.isoformat(),
        "last_seen": story.last_seen.isoformat(),
    }


def unpack(packed: Mapping[str, Any]) -> StoryState:
    """The state that `pack` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    stems = packed["stems"].split()
    return StoryState(
        language=packed["language"],
        size=packed["size"],
        words=packed["words"],
        uses=dict(zip(stems, packed["uses"], strict=True)),
        centre=dict(zip(stems, packed["centre"], strict=True)),
        length=math.hypot(*packed["centre"]),
        first_seen=datetime.fromisoformat(packed["first_seen"]),
        last_seen=datetime.fromisoformat(packed["last_seen"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seeking:
    """A profile made ready to be held against many stories.

    `rarity` is the inverse of how often the language at large uses a stem.
    """

    language: str
    stress: Mapping[str, float]
    rarity: Mapping[str, float]
    direction: Mapping[str, float]
    stressed: float
    scale: float


def _seeking(profile: Profile) -> _Seeking:
    stress = {stem: _stress(stem, profile) for stem, _ in profile.terms}
    return _Seeking(
        language=profile.language,
        stress=stress,
        rarity={stem: math.exp(_RARITY * (w - _USUAL)) / _COMMON for stem, w in profile.terms},
        direction=_direction(profile),
        stressed=sum(stress.values()),
        scale=(_HEADLINE / max(_FEWEST, len(stress))) ** _TOGETHER,
    )


def _evidence(seeking: _Seeking, story: StoryState, at: datetime) -> float:
    """What speaks for joining, in nats: words, likeness, popularity, against its silence."""
    silent = abs(at - story.last_seen)
    foreign = seeking.language and story.language and seeking.language != story.language
    shared = seeking.stress.keys() & story.uses.keys()
    few = _EACH * len(shared) < min(len(seeking.stress), len(story.uses))
    if silent > WINDOW or foreign or few or not shared:
        return -math.inf
    days = max(0.0, silent / timedelta(days=1) - _PATIENCE)
    popular = math.log(story.size)  # the mixture's own prior
    return _of_words(seeking, story, sorted(shared)) + popular - _SILENCE * days


def _of_words(seeking: _Seeking, story: StoryState, shared: Sequence[str]) -> float:
    """How much likelier the words are in this story, and how near they are to its centre."""
    certain = story.words + _SMOOTHING
    common = sum(seeking.stress[stem] for stem in shared)
    found = sum(
        seeking.stress[stem]
        * math.log((story.uses[stem] * seeking.rarity[stem] + _SMOOTHING) / certain)
        for stem in shared
    )
    missing = (seeking.stressed - common) * math.log(certain / _SMOOTHING)
    near = sum(seeking.direction[stem] * story.centre[stem] for stem in shared) / story.length
    return seeking.scale * (found - missing) + _CENTRE * (near - _CHANCE)


def _why(seeking: _Seeking, story: StoryState, score: float) -> str:
    shared = seeking.stress.keys() & story.uses.keys()
    first = sorted(shared, key=lambda stem: (-seeking.direction[stem] * story.centre[stem], stem))
    told = ", ".join(f"{stem}…" if not stem[0].isdigit() else stem for stem in first[:6])
    return f"shares {told} with {story.size} articles; evidence {score:.1f}, {JOIN:.1f} is enough"


def _direction(profile: Profile) -> dict[str, float]:
    """The unit vector of a profile's terms."""
    stressed = {stem: weight * _stress(stem, profile) for stem, weight in profile.terms}
    norm = math.hypot(*stressed.values())
    return {stem: weight / norm for stem, weight in stressed.items()}


def _stress(stem: str, profile: Profile) -> float:
    return _NAME if stem in profile.names else 1.0
