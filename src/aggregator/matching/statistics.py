"""What is common in news of late: how many entries use a word, and what a source always says.

A verdict must be repeatable, so it never counts as it goes: it is judged under a snapshot that has
a name, is renewed by upkeep alone, and is stored with each match. Both parts of it are bounded.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from aggregator.matching import cleaning, vocabulary
from aggregator.model.entry import Entry
from aggregator.model.matching import LIMITS, Matching
from aggregator.text import tokens

# Below this a count of words says more of the few entries than of the language.
_ENOUGH = 400
# Words kept; rarer ones weigh as much as unseen ones, which is right for both.
_MAX_WORDS, _RARE = 50_000, 2
# A sentence is furniture if so many entries have it that are unlike each other otherwise: of one
# source, of a small one, or of whichever sources.
_SOME, _SOME_OF_FEW, _FEW = 3, 2, 50
# Entries that share so much of what else they say are copies or states of one text: takes of one
# event repeat their first sentence, portals repeat a wire's, and that is no furniture.
_ALIKE = 0.15
_COMPARED = 16  # entries that a further one is compared with
_MAX_SENTENCES = 200  # a source
# Sentences at either end of a text that may be furniture.
_ENDS = 4
# Words in everyday use weigh little even before anything was counted.
_FUNCTION_WEIGHT, _SHORT_WEIGHT, _PRIOR = 0.1, 0.3, 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """A named snapshot: entries counted, entries that use a word, sentences that a source repeats.

    `boilerplate` holds folded sentences by source id, those of "" stand in entries of any source;
    `told` are those that the operator adds.
    """

    name: str
    documents: int = 0
    frequencies: Mapping[str, int] = field(default_factory=dict)
    boilerplate: Mapping[str, frozenset[str]] = field(default_factory=dict)
    told: frozenset[str] = frozenset()

    def weight(self, word: str) -> float:
        """How much a shared word tells, 0..1: its idf over that of a word seen once.

        Before enough is counted, function words of five languages and short words tell little.
        """
        if self.documents < _ENOUGH:
            return _prior(word)
        count = self.frequencies.get(word, 1)
        return math.log((self.documents + 1) / count) / math.log(self.documents + 1)

    def repeated_by(self, source_id: str) -> frozenset[str]:
        """The folded sentences that say nothing in an entry of this source (rules 61, 109)."""
        learnt = self.boilerplate.get(source_id) or self.boilerplate.get("", frozenset())
        return learnt | self.told if self.told else learnt


EMPTY = Statistics(name="")


def _prior(word: str) -> float:
    if word in vocabulary.FUNCTION_WORDS:
        return _FUNCTION_WEIGHT
    return _SHORT_WEIGHT if len(word) < 4 and not word[0].isdigit() else _PRIOR


def learn(entries: Iterable[Entry]) -> Statistics:
    """The snapshot of these entries; the same for the same entries in any order.

    Its name is a digest of what it says, so two equal snapshots have one name.
    """
    ordered = sorted(entries, key=lambda entry: entry.ref)
    counts: Counter[str] = Counter()
    ends: Counter[int] = Counter()
    totals: Counter[str] = Counter()
    for one in map(_said, ordered):
        counts.update(one.words)
        ends.update({hash(end) for end in one.ends})
        totals[one.source_id] += 1
    # Most entries say nothing twice, and all of them in pieces would not fit beside the rest.
    repeating = (one for entry in ordered if (one := _said(entry)).repeats(ends))
    said = tuple(repeating)
    own = _furniture_by_source(said, totals)
    common = _furniture_of_all(said, own)
    boilerplate = {source: own[source] | common for source in sorted(own)} | {"": common}
    return _named(len(ordered), _commonest(counts), boilerplate)


@dataclass(frozen=True, slots=True)
class _Said:
    """An entry in pieces: the words of its title, and of each folded sentence and part of the title
    before or behind a bar; those of `ends` may be furniture."""

    source_id: str
    title: frozenset[str]
    sentences: Mapping[str, frozenset[str]]
    ends: tuple[str, ...]

    @property
    def words(self) -> frozenset[str]:
        return self.title.union(*self.sentences.values())

    def repeats(self, ends: Mapping[int, int]) -> bool:
        """Whether any of its ends is counted more than once, by their hashes."""
        return any(ends[hash(end)] > 1 for end in self.ends)

    def without(self, dropped: Container[str]) -> frozenset[str]:
        """The words that tell of the title and the sentences that are not dropped."""
        kept = (words for one, words in self.sentences.items() if one not in dropped)
        return self.title.union(*kept) - vocabulary.FUNCTION_WORDS


def _said(entry: Entry) -> _Said:
    sentences = [tokens.fold(sentence) for sentence in cleaning.sentences(entry.summary)]
    parts = [tokens.fold(part) for part in cleaning.title_parts(entry.title)]
    title = frozenset(tokens.words(entry.title)).difference(*map(tokens.words, parts))
    ends = dict.fromkeys((*sentences[:_ENDS], *sentences[-_ENDS:], *parts))
    return _Said(
        entry.source_id,
        title,
        {sentence: frozenset(tokens.words(sentence)) for sentence in (*parts, *sentences)},
        tuple(end for end in ends if end),
    )


def _furniture_by_source(
    said: Iterable[_Said], totals: Mapping[str, int]
) -> dict[str, frozenset[str]]:
    """What each source repeats; `totals` are its entries, also those that repeat nothing. Its
    entries are compared by what it does not repeat."""
    by_source: dict[str, list[_Said]] = {source: [] for source in totals}
    for one in said:
        by_source[one.source_id].append(one)
    found = {}
    for source, entries in by_source.items():
        often = Counter(sentence for one in entries for sentence in one.sentences)
        repeated = {sentence for sentence, count in often.items() if count > 1}
        habits = _Habits()
        for one in entries:
            habits.note(one.ends, one.without(repeated))
        found[source] = habits.kept(_SOME if totals[source] >= _FEW else _SOME_OF_FEW)
    return found


def _furniture_of_all(said: Iterable[_Said], own: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """What several sources repeat. A wire's copies repeat each other as well, so entries are
    compared by all that is not their source's furniture."""
    habits = _Habits()
    for one in said:
        for sentence in one.ends:
            habits.note((sentence,), one.without({sentence, *own[one.source_id]}))
    return habits.kept(_SOME)


class _Habits:
    """How often a sentence stands in entries that are unlike otherwise."""

    def __init__(self) -> None:
        self._unlike: dict[str, list[frozenset[str]]] = defaultdict(list)

    def note(self, sentences: Iterable[str], own: frozenset[str]) -> None:
        """Count an entry, by all of its other words, unless it is another state of one counted."""
        for sentence in sentences:
            seen = self._unlike[sentence]
            if len(seen) < _COMPARED and not any(_are_alike(own, other) for other in seen):
                seen.append(own)

    def kept(self, least: int) -> frozenset[str]:
        often = [(len(seen), one) for one, seen in self._unlike.items() if len(seen) >= least]
        often.sort(key=lambda item: (-item[0], item[1]))
        return frozenset(sentence for _, sentence in often[:_MAX_SENTENCES])


def _are_alike(a: frozenset[str], b: frozenset[str]) -> bool:
    return len(a & b) >= _ALIKE * min(len(a), len(b))  # also where one has nothing else to say


def under(learnt: Statistics, said: Matching) -> Statistics:
    """A learnt snapshot together with the operator's settings, and named after both: what is judged
    under other settings is judged under another snapshot."""
    ruling = (said.limits, said.boilerplate)
    if ruling == (LIMITS, ()):
        return learnt
    digest = blake2b(repr(ruling).encode(), digest_size=4).hexdigest()
    pieces = (piece for line in said.boilerplate for piece in (line, *cleaning.sentences(line)))
    told = frozenset(map(tokens.fold, pieces))
    return replace(learnt, name=f"{learnt.name}+{digest}", told=told)


def pack(statistics: Statistics) -> str:
    """A snapshot as JSON, for the store."""
    return json.dumps(
        {
            "documents": statistics.documents,
            "frequencies": dict(statistics.frequencies),
            "boilerplate": {s: sorted(kept) for s, kept in statistics.boilerplate.items()},
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def unpack(name: str, packed: str) -> Statistics:
    """The snapshot that `pack` wrote. Raises ValueError or KeyError for anything else."""
    held = json.loads(packed)
    return Statistics(
        name=name,
        documents=held["documents"],
        frequencies=held["frequencies"],
        boilerplate={s: frozenset(kept) for s, kept in held["boilerplate"].items()},
    )


def _commonest(counts: Counter[str]) -> dict[str, int]:
    often = [(word, count) for word, count in counts.items() if count >= _RARE]
    often.sort(key=lambda item: (-item[1], item[0]))
    return dict(often[:_MAX_WORDS])


def _named(
    documents: int, frequencies: dict[str, int], boilerplate: dict[str, frozenset[str]]
) -> Statistics:
    bare = Statistics(
        name="", documents=documents, frequencies=frequencies, boilerplate=boilerplate
    )
    digest = blake2b(pack(bare).encode(), digest_size=6).hexdigest()
    return Statistics(
        name=f"s{digest}", documents=documents, frequencies=frequencies, boilerplate=boilerplate
    )
