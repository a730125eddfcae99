"""Whether two texts tell one event: the odds, from what they share and from what differs.

Copies share their wording; two reports of one event share only who, where, when and how many. No
single sign decides, so each adds its part to the log-odds, and an unlike figure or day takes away.
The parts were fitted by logistic regression on pairs that editors had judged, in two languages,
and rounded.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta

from aggregator.matching import figures, vetoes, vocabulary
from aggregator.matching.profile import Profile
from aggregator.matching.wording import Wording

# Log-odds at which two texts count as one story: more likely than not.
SAME = 0.0
_BIAS = -5.8
_COSINE = 6.3  # of the root of the cosine: the step from nothing to a little counts most
_SHARED = 1.6  # of the logarithm of the weight that is shared
_DAY = -1.25  # a day apart; a day later there is other news
_MOST_DAYS = 5.0
_AGREE, _DISAGREE = 0.3, -1.05  # of the logarithm of the figures that agree, and that do not
_OTHER_DAYS = -1.9  # they name days, and none that lie side by side
_DIFFERS = -3.0  # another figure, name or day in the same place of both
# Two texts are of one form if they share so many of the shorter one's phrases, of five at least;
# headlines alone if they share half of their words; a standing headline is one that stays.
_FORM, _PHRASES, _FORM_OF_TITLES, _STANDING = 0.4, 5, 0.5, 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Odds:
    """The log-odds that two texts tell one event, and what they share, the weightiest first."""

    score: float
    shared: tuple[str, ...]

    @property
    def same(self) -> bool:
        return self.score >= SAME


NEVER = Odds(score=-math.inf, shared=())


def same_story(a: Profile, b: Profile, apart: timedelta, differs: str = "") -> Odds:
    """The odds that two texts, published so far apart, tell one event. Symmetric.

    `differs` is what `vetoes.against` said of their wordings: a toll that rises is one event still,
    so it is no veto here, but of two alike texts it is the surest sign of a twin.
    Never where they share nothing, in two languages, or where one of them tells of many events
    (rule 62).
    """
    if a.round_up or b.round_up or (a.language and b.language and a.language != b.language):
        return NEVER
    ours, theirs = dict(a.terms), dict(b.terms)
    shared = sorted(ours.keys() & theirs.keys(), key=lambda s: (-min(ours[s], theirs[s]), s))
    if not shared:
        return NEVER
    cosine = sum(ours[s] * theirs[s] for s in shared) / (_norm(ours) * _norm(theirs))
    weight = sum(min(ours[s], theirs[s]) for s in shared)
    days = min(abs(apart) / timedelta(days=1), _MOST_DAYS)
    words = _COSINE * math.sqrt(cosine) + _SHARED * math.log1p(weight)
    against = _DAY * days + _of_figures(a, b)
    against += (_OTHER_DAYS if other_days(a, b) else 0.0) + (_DIFFERS if differs else 0.0)
    return Odds(score=_BIAS + words + against, shared=tuple(shared))


def twins(a: Wording, b: Wording, *, other_days: bool) -> bool:
    """Whether two texts of one form tell two events: today's draw and last week's, two seizures.

    A toll that rises is the same event, so the number of victims proves nothing. `other_days` says
    that they name days, and none that lie side by side.
    """
    if other_days and _share_headline(a, b, _STANDING):
        return True
    if not _of_one_form(a, b):
        return False
    victims = _victims(a) | _victims(b)
    apart = any(victims.isdisjoint(pair) for pair in vetoes.slots(a, b))
    return apart or _headlines_differ(a, b)


def _of_one_form(a: Wording, b: Wording) -> bool:
    phrases = min(len(a.shingles), len(b.shingles))
    if phrases >= _PHRASES:
        return len(a.shingles & b.shingles) >= _FORM * phrases
    return _share_headline(a, b, _FORM_OF_TITLES)


def _share_headline(a: Wording, b: Wording, share: float) -> bool:
    ours, theirs = set(a.title), set(b.title)
    return len(ours & theirs) >= share * max(1, min(len(ours), len(theirs)))


def _victims(words: Wording) -> frozenset[str]:
    """The numbers of dead, injured or missing that a text gives."""
    return frozenset().union(*(words.counts.get(toll, ()) for toll in vocabulary.TOLL))


def _headlines_differ(a: Wording, b: Wording) -> bool:
    """Whether another figure stands between the same two words of the headlines, and is no toll."""
    if any(word[:4] in vocabulary.TOLL for word in (*a.title, *b.title)):
        return False
    ours, theirs = _figures_between(a), _figures_between(b)
    return any(
        ours[place] not in b.terms
        and theirs[place] not in a.terms
        and not figures.agree(ours[place], theirs[place])
        for place in ours.keys() & theirs.keys()
    )


def _figures_between(words: Wording) -> dict[tuple[str, str], str]:
    triples = zip(words.title, words.title[1:], words.title[2:], strict=False)
    return {(before, after): word for before, word, after in triples if word[0].isdigit()}


def _norm(terms: dict[str, float]) -> float:
    return math.sqrt(sum(weight * weight for weight in terms.values()))


def _of_figures(a: Profile, b: Profile) -> float:
    few, many = sorted((a.figures, b.figures), key=lambda found: (len(found), sorted(found)))
    agreeing = sum(any(figures.agree(one, other) for other in many) for one in few)
    return _AGREE * math.log1p(agreeing) + _DISAGREE * math.log1p(len(few) - agreeing)


def other_days(a: Profile, b: Profile) -> bool:
    """Whether two texts name days, and none that lie side by side."""
    return min((abs(one - other) for one in a.days for other in b.days), default=0) > 1
