"""What others would say of the same texts: rules that anybody can write in a minute.

A figure of ours means something beside these alone. Each is told in docs/evaluating.md; NewsBlur's
is made after the description of its rule, not after its code.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, TypeVar

from aggregator.desk.evaluate.labels import Text
from aggregator.text import tokens

Made = TypeVar("Made")

_JACCARD = 0.5
# NewsBlur's clustering of stories: a title of ten letters counts if it is the same; one of five
# words if .6 of the poorer title's words, three at least, are shared; words in more than fifty
# titles do not count; nothing is compared across more than 120 hours.
_LETTERS, _WORDS, _OVERLAP, _SHARED, _COMMON = 10, 5, 0.6, 3, 50
_LOOK_BACK = timedelta(hours=120)
_DIGITS = re.compile(r"\d+")
# A text joins the nearest cluster if the cosine with its centre is as high: for headlines the best
# of .1, .15, .2, .25 and .3, so that the baseline is not made weak by its one constant.
_NEAR = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Generic[Made]):
    """A rule on two texts: what it makes of each, and how alike two are, 0 for "different"."""

    make: Callable[[Text], Made]
    alike: Callable[[Made, Made], float]


def exact_title() -> Rule[str]:
    """The same title, folded."""
    return Rule(make=lambda text: tokens.fold(text.title), alike=lambda a, b: float(a == b != ""))


def jaccard() -> Rule[frozenset[str]]:
    """Half of all words of two titles are in both."""

    def alike(a: frozenset[str], b: frozenset[str]) -> float:
        share = len(a & b) / len(a | b) if a and b else 0.0
        return share if share >= _JACCARD else 0.0

    return Rule(make=lambda text: frozenset(tokens.words(text.title)), alike=alike)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Title:
    """A title as NewsBlur compares it: without digits, plural s, and the outlet's own name."""

    text: Text
    plain: str
    words: int
    telling: frozenset[str]


def newsblur(texts: Iterable[Text]) -> Rule[_Title]:
    """NewsBlur's overlap rule, with the words that are common in these titles left out."""
    titles = [_title_words(text) for text in texts]
    counts = Counter(word for words in titles for word in set(words))
    common = {word for word, count in counts.items() if count > _COMMON}

    def make(text: Text) -> _Title:
        words = _title_words(text)
        telling = frozenset(word for word in words if len(word) > 2 and word not in common)
        return _Title(text=text, plain=" ".join(words), words=len(words), telling=telling)

    return Rule(make=make, alike=_overlap)


def _title_words(text: Text) -> list[str]:
    own = set(tokens.words(text.outlet))
    words = tokens.words(_DIGITS.sub(" ", text.title))
    return [word.removesuffix("s") for word in words if word not in own]


def _overlap(a: _Title, b: _Title) -> float:
    if abs(a.text.seen - b.text.seen) > _LOOK_BACK or a.text.outlet == b.text.outlet:
        return 0.0
    if a.plain == b.plain and len(a.plain) >= _LETTERS:
        return 1.0
    shared = len(a.telling & b.telling)
    if shared < _SHARED or min(a.words, b.words) < _WORDS:
        return 0.0
    share = shared / min(len(a.telling), len(b.telling))
    return share if share >= _OVERLAP else 0.0


def joined(texts: Sequence[Text], rule: Rule[Made]) -> dict[str, str]:
    """The cluster of each text, by ids: each joins the first cluster with a member that the rule
    finds alike, else founds one."""
    made = [(text.id, rule.make(text)) for text in texts]
    clusters: dict[str, str] = {}
    for at, (name, one) in enumerate(made):
        near = (clusters[other] for other, two in made[:at] if rule.alike(one, two))
        clusters[name] = next(near, name)
    return clusters


def leaders(texts: Sequence[Text]) -> dict[str, str]:
    """Plain tf-idf leader clustering of titles with their texts: the cluster of each, by ids.

    Each joins the cluster with the nearest centre if that is near enough, else founds one.
    """
    bags = {text.id: Counter(tokens.words(f"{text.title} {text.summary}")) for text in texts}
    rarity = _rarity(bags.values())
    centres = _Centres()
    clusters: dict[str, str] = {}
    for name, bag in bags.items():
        vector = _unit({word: (1 + math.log(n)) * rarity[word] for word, n in bag.items()})
        nearest, cosine = centres.nearest(vector)
        clusters[name] = nearest if cosine >= _NEAR else name
        centres.add(clusters[name], vector)
    return clusters


class _Centres:
    """The sums of the vectors of each cluster, found by their words."""

    def __init__(self) -> None:
        self._by_word: defaultdict[str, dict[str, float]] = defaultdict(dict)
        self._squares: defaultdict[str, float] = defaultdict(float)

    def nearest(self, vector: Mapping[str, float]) -> tuple[str, float]:
        """The cluster with the highest cosine, the first of equals; ("", 0) if none has a word."""
        products = self._products(vector)
        cosines = ((name, dot / math.sqrt(self._squares[name])) for name, dot in products.items())
        return max(cosines, key=lambda item: item[1], default=("", 0.0))

    def add(self, name: str, vector: Mapping[str, float]) -> None:
        """Move a cluster's centre by a vector of length 1."""
        self._squares[name] += 2 * self._products(vector).get(name, 0.0) + 1
        for word, weight in vector.items():
            centres = self._by_word[word]
            centres[name] = centres.get(name, 0.0) + weight

    def _products(self, vector: Mapping[str, float]) -> dict[str, float]:
        found: defaultdict[str, float] = defaultdict(float)
        for word, weight in vector.items():
            for name, other in self._by_word.get(word, {}).items():
                found[name] += weight * other
        return found


def _rarity(bags: Iterable[Mapping[str, int]]) -> dict[str, float]:
    """How rare each word is: log(texts / texts with it)."""
    given = list(bags)
    found = Counter(word for bag in given for word in bag)
    return {word: math.log(len(given) / count) for word, count in found.items()}


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
    return {word: weight / length for word, weight in vector.items()}
