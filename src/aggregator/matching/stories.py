"""Which story an article joins, or that it founds one: one pass, in the order of arrival.

A story is a bag of stems that its articles used, and a few of these articles. What speaks for
joining is how much likelier the article's words are under that bag than under the language at
large: the one-pass Dirichlet mixture that the literature uses for streams of headlines (MStream,
Yin et al. 2018), made bounded: a bag keeps its weightiest stems, and a story that was silent for
five days is over. Likeness to the centre of the bag is added, because long texts share words by
chance. But a bag mixes: two events of one kind have the same words. So the articles that the story
is known by are asked as well, one by one, whether they and the newcomer tell one event.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from itertools import islice, takewhile
from typing import Any

from aggregator.matching import events, profile, vetoes
from aggregator.matching.profile import Profile, keys_of
from aggregator.matching.wording import Wording
from aggregator.model.entry import EntryRef

# A story that was silent for so long is over: NewsBlur looks back 120 hours (C4).
WINDOW = timedelta(days=5)
# Stems that a story keeps: those of many articles, and the weightiest of the others.
MAX_STEMS = 160
# Stories that an article is held against.
MAX_CANDIDATES = 6
# Articles that a story is known by: its first, and the newest.
MAX_MEMBERS = 6
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
# A name that nearly all of a story use, and the article does not, speaks against it: so much of
# what its absence would cost if every text named every name of its event.
_ABSENT, _NAMED_BY_TEXT, _MOSTLY, _ALWAYS = 0.7, 0.5, 1.5, 0.95
# Stories that are looked at closely, and how many members of each have their texts compared.
_CLOSER, _COMPARED = 3, 4
# Log-odds of one event that the two nearest members must have on average: those of two texts count
# for what they say, two headlines share too little to reach them. Between, by the shorter profile.
_OF_TEXTS, _TEXT, _OF_HEADLINES, _HEAD = -0.7, 20, -4.0, 5
# One member that has nothing in common does not outweigh all others.
_NEAREST, _UNLIKE = 2, -8.0
# An article has so many keys that one of them in common is chance.
_MANY_KEYS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An article that looks for its story: what it tells, how, and when it was first seen."""

    profile: Profile
    wording: Wording
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Member:
    """An article that a story is known by: its founding entry, when that was published, and its
    profile, packed, since it is seldom asked for; without slots, so that it is unpacked once."""

    ref: EntryRef
    at: datetime
    told: str

    @cached_property
    def profile(self) -> Profile:
        return profile.unpack(self.told)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryState:
    """What is known of a story, whatever its length: at most 160 stems, and 6 of its articles.

    `uses` holds how often its `size` articles used a stem, a name counting three times; `centre`
    the sum of their unit vectors over the same stems, and `length` how long that is. `words` is the
    total of all uses, those of stems that were dropped among them. `members` are in the order of
    their arrival; a story of up to 6 articles has all of them.
    """

    language: str
    size: int
    words: float
    uses: Mapping[str, float]
    centre: Mapping[str, float]
    length: float
    first_seen: datetime
    last_seen: datetime
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """What becomes of an article: the `place` of its story among the candidates (None: it founds
    one), how strongly it belongs there, why, and what is known of the story then.

    `absorbed` is the place of another candidate that has become part of that story.
    """

    place: int | None
    score: float
    why: str
    state: StoryState
    absorbed: int | None = None


# Asked for the wordings of entries; those that there are none of are left out.
Wordings = Callable[[Iterable[EntryRef]], Mapping[EntryRef, Wording]]


def place(report: Report, candidates: Sequence[StoryState], wordings: Wordings) -> Placed:
    """The story that an article joins, or that it founds one.

    If it fits two stories, and most articles of the smaller one fit the other as well, these are
    one: what was told at the same time in other words grew apart. The larger absorbs the smaller.
    The same for the same candidates in the same order; of two equals the earlier one is chosen.
    """
    fits = list(islice((f for f in _near(report, candidates) if _holds(f, wordings)), 2))
    if not fits:
        return Placed(place=None, score=0.0, why="", state=grow(None, report))
    best = fits[0]
    chosen = Placed(
        place=best.place,
        score=best.score,
        why=_why(best),
        state=grow(candidates[best.place], report),
    )
    return _absorbing(chosen, fits[1], wordings) if len(fits) > 1 else chosen


def grow(story: StoryState | None, report: Report) -> StoryState:
    """The story with one more article in it; with None, the story that the article founds.

    A round-up leaves no words behind, so nothing will ever be found alike (rule 62).
    """
    words = report.wording
    member = Member(ref=words.ref, at=words.at, told=profile.pack(report.profile))
    return _grown(story, report.profile, report.at, member)


def keys(story: StoryState) -> tuple[int, ...]:
    """The keys under which an article finds the story: at most 24, of the stems at its centre."""
    centre = sorted(story.centre, key=lambda stem: (-story.centre[stem], stem))
    return keys_of(story.language, centre[:_MAX_KEYS])


def least_shared(keys: Collection[int]) -> int:
    """How many of an article's keys a story must have to be a candidate: of many, one is chance."""
    return 2 if len(keys) >= _MANY_KEYS else 1


def pack(story: StoryState) -> dict[str, Any]:
    """A story's state as JSON can hold it: long strings, since they are read in one go."""
    return {
        "language": story.language,
        "size": story.size,
        "words": story.words,
        "stems": " ".join(story.uses),
        "uses": " ".join(f"{used:g}" for used in story.uses.values()),
        "centre": " ".join(str(story.centre[stem]) for stem in story.uses),
        "first_seen": story.first_seen.isoformat(),
        "last_seen": story.last_seen.isoformat(),
        "members": [
            [member.ref.source_id, member.ref.key, member.at.isoformat(), member.told]
            for member in story.members
        ],
    }


def unpack(packed: Mapping[str, Any]) -> StoryState:
    """The state that `pack` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    stems = packed["stems"].split()
    centre = dict(zip(stems, map(float, packed["centre"].split()), strict=True))
    return StoryState(
        language=packed["language"],
        size=packed["size"],
        words=packed["words"],
        uses=dict(zip(stems, map(float, packed["uses"].split()), strict=True)),
        centre=centre,
        length=math.hypot(*centre.values()),
        first_seen=datetime.fromisoformat(packed["first_seen"]),
        last_seen=datetime.fromisoformat(packed["last_seen"]),
        members=tuple(
            Member(
                ref=EntryRef(source_id=source_id, key=key),
                at=datetime.fromisoformat(at),
                told=told,
            )
            for source_id, key, at, told in packed["members"]
        ),
    )


def _grown(story: StoryState | None, told: Profile, at: datetime, member: Member) -> StoryState:
    uses = dict(story.uses) if story else {}
    centre = dict(story.centre) if story else {}
    added = {} if told.round_up else _direction(told)
    for stem, part in added.items():
        uses[stem] = uses.get(stem, 0.0) + _stress(stem, told)
        centre[stem] = round(centre.get(stem, 0.0) + part, 4)
    kept = sorted(uses, key=lambda stem: (-uses[stem], -centre[stem], stem))[:MAX_STEMS]
    before = story.members if story else ()
    return StoryState(
        language=story.language if story else told.language,
        size=story.size + 1 if story else 1,
        words=(story.words if story else 0.0) + sum(_stress(stem, told) for stem in added),
        uses={stem: uses[stem] for stem in kept},
        centre={stem: centre[stem] for stem in kept},
        length=math.hypot(*(centre[stem] for stem in kept)),
        first_seen=min(story.first_seen, at) if story else at,
        last_seen=max(story.last_seen, at) if story else at,
        members=before if told.round_up else _known_by((*before, member)),
    )


def _known_by(members: Sequence[Member]) -> tuple[Member, ...]:
    """The first, and the newest."""
    if len(members) <= MAX_MEMBERS:
        return tuple(members)
    return (members[0], *members[1 - MAX_MEMBERS :])


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


def _seeking(told: Profile) -> _Seeking:
    stress = {stem: _stress(stem, told) for stem, _ in told.terms}
    return _Seeking(
        language=told.language,
        stress=stress,
        rarity={stem: math.exp(_RARITY * (w - _USUAL)) / _COMMON for stem, w in told.terms},
        direction=_direction(told),
        stressed=sum(stress.values()),
        scale=(_HEADLINE / max(_FEWEST, len(stress))) ** _TOGETHER,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    """A story that an article may join, by the bag; `nearest` are the members that it is likeliest
    to be on one event with."""

    place: int
    score: float
    report: Report
    seeking: _Seeking
    story: StoryState
    nearest: tuple[Member, ...]


def _near(report: Report, candidates: Sequence[StoryState]) -> Iterator[_Fit]:
    """The stories whose bags and members speak for them, the best first."""
    if report.profile.round_up or not report.profile.terms:
        return
    seeking = _seeking(report.profile)
    scores = [_evidence(seeking, story, report.at) for story in candidates]
    likely = (at for at in range(len(scores)) if scores[at] >= JOIN)
    for at in sorted(likely, key=lambda at: (-scores[at], at))[:_CLOSER]:
        nearest = _nearest(report, candidates[at].members)
        if nearest:
            yield _Fit(
                place=at,
                score=scores[at],
                report=report,
                seeking=seeking,
                story=candidates[at],
                nearest=nearest,
            )


def _nearest(report: Report, members: Sequence[Member]) -> tuple[Member, ...]:
    """The likeliest members, if two of them are likely enough by their profiles; else none."""
    margins = [_margin(report, member, "") for member in members]
    order = sorted(range(len(members)), key=lambda n: (-margins[n], n))[:_COMPARED]
    agree = _agree(margins[n] for n in order)
    return tuple(members[n] for n in order) if agree else ()


def _holds(fit: _Fit, wordings: Wordings) -> bool:
    """Whether a story is one event with the article when the texts are compared as well.

    Twins are counted against it: at least as many of them as of members that agree keep it apart.
    """
    ours = fit.report
    known = wordings(member.ref for member in fit.nearest)
    margins, twins, agreeing = [], 0, 0
    for member in fit.nearest:
        words = known.get(member.ref)
        differs = vetoes.against(ours.wording, words) if words else ""
        margins.append(_margin(ours, member, differs))
        twin = words is not None and _are_twins(ours, member, words)
        twins += twin
        agreeing += margins[-1] >= 0 and not twin
    return twins < max(1, agreeing) and _agree(margins)


def _are_twins(ours: Report, member: Member, words: Wording) -> bool:
    days = events.other_days(ours.profile, member.profile)
    return events.twins(ours.wording, words, other_days=days)


def _agree(margins: Iterable[float]) -> bool:
    best = sorted(margins, reverse=True)[:_NEAREST]
    return sum(best) >= 0 if best else False


def _margin(report: Report, member: Member, differs: str) -> float:
    """By how much the odds of one event exceed what is asked of texts of this length."""
    ours, theirs = report.profile, member.profile
    odds = events.same_story(ours, theirs, report.wording.at - member.at, differs)
    shorter = min(len(ours.terms), len(theirs.terms))
    share = min(1.0, max(0.0, (shorter - _HEAD) / (_TEXT - _HEAD)))
    asked = _OF_HEADLINES + (_OF_TEXTS - _OF_HEADLINES) * share
    return max(_UNLIKE, odds.score) - asked


def _absorbing(chosen: Placed, rival: _Fit, wordings: Wordings) -> Placed:
    """The same, with the rival's story in it, or it in the rival's, if the smaller is a part."""
    other = rival.story
    grew = chosen.state.size >= other.size
    large, small = (chosen.state, other) if grew else (other, chosen.state)
    if small.size > MAX_MEMBERS or not _is_part(small, large, wordings):
        return chosen
    return replace(
        chosen,
        place=chosen.place if grew else rival.place,
        absorbed=rival.place if grew else chosen.place,
        state=_merged(large, small),
    )


def _is_part(small: StoryState, large: StoryState, wordings: Wordings) -> bool:
    """Whether most articles of a small story would join the large one."""
    texts = wordings(member.ref for member in small.members)
    votes = 0
    for member in small.members:
        if words := texts.get(member.ref):
            report = Report(profile=member.profile, wording=words, at=member.at)
            votes += any(_holds(fit, wordings) for fit in _near(report, (large,)))
    return 2 * votes > small.size


def _merged(large: StoryState, small: StoryState) -> StoryState:
    """The large story with all articles of a small one, each of which is a member."""
    grown = large
    for member in small.members:
        grown = _grown(grown, member.profile, small.last_seen, member)
    both = sorted((*large.members, *small.members), key=lambda member: (member.at, member.ref))
    return replace(
        grown, first_seen=min(large.first_seen, small.first_seen), members=_known_by(both)
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
    words = _of_words(seeking, story, sorted(shared)) - _ABSENT * _of_absent(seeking, story)
    return words + popular - _SILENCE * days


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


def _of_absent(seeking: _Seeking, story: StoryState) -> float:
    """How unlikely it is that the article leaves out the names that the story seldom does."""
    if story.size == 1:
        return 0.0
    often = takewhile(lambda used: used[1] >= _MOSTLY * story.size, story.uses.items())
    return seeking.scale * sum(
        -math.log(1 - _NAMED_BY_TEXT * min(_ALWAYS, uses / (_NAME * story.size)))
        for stem, uses in often
        if stem not in seeking.stress
    )


def _why(fit: _Fit) -> str:
    weights, story = fit.seeking.direction, fit.story
    shared = sorted(
        weights.keys() & story.uses.keys(),
        key=lambda stem: (-weights[stem] * story.centre[stem], stem),
    )
    told = ", ".join(f"{stem}…" if not stem[0].isdigit() else stem for stem in shared[:6])
    return (
        f"shares {told} with {story.size} articles, of which {len(fit.nearest)} were compared; "
        f"evidence {fit.score:.1f}, {JOIN:.1f} is enough"
    )


def _direction(told: Profile) -> dict[str, float]:
    """The unit vector of a profile's terms."""
    stressed = {stem: weight * _stress(stem, told) for stem, weight in told.terms}
    norm = math.hypot(*stressed.values())
    return {stem: weight / norm for stem, weight in stressed.items()}


def _stress(stem: str, told: Profile) -> float:
    return _NAME if stem in told.names else 1.0
