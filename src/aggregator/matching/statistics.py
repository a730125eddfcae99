"""What is common in news of late: how many entries use a word, and what a source always says.

A verdict must be repeatable, so it never counts as it goes: it is judged under a snapshot that has
a name, is renewed by upkeep alone, and is stored with each match. Both parts of it are bounded.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from aggregator.matching import cleaning, vocabulary
from aggregator.model.entry import Entry
from aggregator.text import tokens

# Below this a count of words says more of the few entries than of the language.
_ENOUGH = 400
# Words kept; rarer ones weigh as much as unseen ones, which is right for both.
_MAX_WORDS, _RARE = 50_000, 2
# A sentence is a source's furniture if so many unlike entries of it, and such a share, have it.
_SOME, _SHARE = 3, 0.05
_MAX_SENTENCES = 200  # a source
# Sentences at either end of a text that may be furniture.
_ENDS = 4
# Words in everyday use weigh little even before anything was counted.
_FUNCTION_WEIGHT, _SHORT_WEIGHT, _PRIOR = 0.1, 0.3, 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """A named snapshot: entries counted, entries that use a word, sentences that a source repeats.

    `boilerplate` holds folded sentences by source id.
    """

    name: str
    documents: int = 0
    frequencies: Mapping[str, int] = field(default_factory=dict)
    boilerplate: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def weight(self, word: str) -> float:
        """How much a shared word tells, 0..1: its idf over that of a word seen once.

        Before enough is counted, function words of five languages and short words tell little.
        """
        if self.documents < _ENOUGH:
            return _prior(word)
        count = self.frequencies.get(word, 1)
        return math.log((self.documents + 1) / count) / math.log(self.documents + 1)


EMPTY = Statistics(name="")


def _prior(word: str) -> float:
    if word in vocabulary.FUNCTION_WORDS:
        return _FUNCTION_WEIGHT
    return _SHORT_WEIGHT if len(word) < 4 and not word[0].isdigit() else _PRIOR


def learn(entries: Iterable[Entry]) -> Statistics:
    """The snapshot of these entries; the same for the same entries in any order.

    Its name is a digest of what it says, so two equal snapshots have one name.
    """
    counts: Counter[str] = Counter()
    ends: dict[str, dict[str, list[frozenset[str]]]] = defaultdict(lambda: defaultdict(list))
    totals: Counter[str] = Counter()
    for entry in sorted(entries, key=lambda entry: entry.ref):
        title = tokens.words(entry.title)
        counts.update(set(title).union(tokens.words(entry.summary)))
        totals[entry.source_id] += 1
        for sentence in set(_ends(entry)):
            _count_unlike(ends[entry.source_id][sentence], frozenset(title))
    boilerplate = {
        source: kept for source in sorted(ends) if (kept := _kept(ends[source], totals[source]))
    }
    return _named(totals.total(), _commonest(counts), boilerplate)


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


def _ends(entry: Entry) -> Iterator[str]:
    sentences = cleaning.sentences(entry.summary)
    parts = cleaning.title_parts(entry.title)
    for sentence in (*sentences[:_ENDS], *sentences[-_ENDS:], *parts):
        if folded := tokens.fold(sentence):
            yield folded


def _count_unlike(titles: list[frozenset[str]], title: frozenset[str]) -> None:
    """Count an entry unless it is another state of one that was counted: takes of one event repeat
    their first sentence, and that is no furniture."""
    if all(2 * len(title & other) < min(len(title), len(other)) for other in titles[-16:]):
        titles.append(title)


def _kept(found: Mapping[str, Sequence[object]], total: int) -> frozenset[str]:
    floor = max(_SOME, _SHARE * total)
    often = [(len(titles), sentence) for sentence, titles in found.items() if len(titles) >= floor]
    often.sort(key=lambda item: (-item[0], item[1]))
    return frozenset(sentence for _, sentence in often[:_MAX_SENTENCES])


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
