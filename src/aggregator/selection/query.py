"""Whether an entry answers a query: the meaning of `from:` and `not:`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import re2

from aggregator.model.entry import Entry
from aggregator.model.feed import Clause, Query
from aggregator.model.source import Source
from aggregator.selection import credited
from aggregator.selection.shown import topics_of
from aggregator.text import tokens


def qualifies(entry: Entry, source: Source, clauses: Sequence[Clause]) -> bool:
    """Whether any clause takes the entry: its `include` does and none of its `exclude` does."""
    return any(
        _answers(entry, source, clause.include)
        and not any(_answers(entry, source, query) for query in clause.exclude)
        for clause in clauses
    )


def _answers(entry: Entry, source: Source, query: Query) -> bool:
    """Keys are AND, values of one key OR, an empty key asks nothing."""
    return (
        (not query.sources or source.id in query.sources)
        and (not query.kinds or source.kind in query.kinds)
        and (not query.agencies or _is_by(entry, source, query.agencies))
        and (not query.topics or not set(query.topics).isdisjoint(topics_of(entry, source)))
        and (not query.languages or entry.language in query.languages)
        and (not query.words or _says(entry, query.words))
    )


def _is_by(entry: Entry, source: Source, agencies: Sequence[str]) -> bool:
    return source.agency in agencies or credited.agency(entry, source) in agencies


def _says(entry: Entry, words: Sequence[str]) -> bool:
    text = f"{entry.title}\n{entry.summary}"
    return any(_matcher(word)(text) for word in words)


@lru_cache(maxsize=1024)
def _matcher(word: str) -> Callable[[str], bool]:
    """A test for a whole word or phrase, or for an RE2 pattern written `/…/`.

    RE2 runs in linear time whatever the pattern (rule 92). Both sides are folded, so that
    `perché`, `PERCHE'` and `perche` are one word; a pattern sees the folded text as well.
    """
    if len(word) > 2 and word.startswith("/") and word.endswith("/"):
        pattern = re2.compile(f"(?i){word[1:-1]}")
        return lambda text: pattern.search(tokens.fold(text)) is not None
    phrase = f" {' '.join(tokens.words(word))} "
    return lambda text: phrase in f" {' '.join(tokens.words(text))} "
