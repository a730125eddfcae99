"""What of an entry is compared: its own words, cleaned, and what a verdict asks of them.

Everything that a verdict needs is made once here, because an entry is judged against many others.
`pack` keeps the folded words alone: cleaning and folding are the dear part, sets are cheap.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from aggregator.matching import cleaning, vocabulary
from aggregator.matching.statistics import Statistics
from aggregator.model.entry import Entry, EntryRef
from aggregator.text import html, tokens

# Words of a text that are compared. A portal prints the head of a wire text, seldom its tail.
MAX_WORDS = 300
# Words in a shingle: three is short enough to survive light editing (C3 takes 3 to 4).
SHINGLE = 3
_TITLE_CUT = 60  # rule 65: the wires' own limit is 64 characters; a title cut there may lack dots
_NAME = re.compile(r"(?<=[^\W\d_A-Z][ ,;'’] )?(?<=[a-zà-ÿ,;] )[A-ZÀ-Þ][^\W\d_]{2,}")
_SEPARATOR = "\x1f"

Shingle = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """An entry as it is compared.

    `title` and `text` are folded words in order, `cut` says that title or text goes on elsewhere.
    `terms` are the words of title and text that bind nothing, `slots` what stands where a text of
    the same form has another word: figures, names, days. `at` is when it was published.
    """

    ref: EntryRef
    canonical: str
    language: str
    agency: str
    at: datetime
    title: tuple[str, ...]
    text: tuple[str, ...]
    title_cut: bool
    text_cut: bool
    round_up: bool
    names: frozenset[str]
    title_terms: frozenset[str]
    terms: frozenset[str]
    figures: frozenset[str]
    shingles: frozenset[Shingle]
    frames: Mapping[Shingle, str]


def of(
    entry: Entry, source_name: str, statistics: Statistics, *, agency: str | None = None
) -> Wording:
    """The wording of an entry. `agency` is its source's own; what the entry credits goes first."""
    title = cleaning.title(entry.title, source_name)
    known = statistics.boilerplate.get(entry.source_id, frozenset())
    text = cleaning.text(_text(entry), title.words, known)
    names = frozenset(tokens.words(" ".join(_NAME.findall(text.words))))
    words = _figures_out(tokens.words(text.words)[:MAX_WORDS])
    return _made(
        entry,
        agency=_credited(entry) or agency or "",
        title=_figures_out(tokens.words(title.words)),
        text=words,
        title_cut=title.cut,
        text_cut=text.cut,
        round_up=cleaning.round_up(entry.title),
        names=names.intersection(words),
    )


def pack(wording: Wording) -> str:
    """A wording as a short string, for the store; `unpack` needs the entry for the rest."""
    flags = f"{wording.title_cut:d}{wording.text_cut:d}{wording.round_up:d}"
    parts = (wording.title, wording.text, sorted(wording.names))
    return _SEPARATOR.join((flags, wording.agency, *(" ".join(part) for part in parts)))


def unpack(entry: Entry, packed: str) -> Wording:
    """The wording that `pack` wrote of this entry. Raises ValueError for anything else."""
    flags, agency, title, text, names = packed.split(_SEPARATOR)
    return _made(
        entry,
        agency=agency,
        title=tuple(title.split()),
        text=tuple(text.split()),
        title_cut=flags[0] == "1",
        text_cut=flags[1] == "1",
        round_up=flags[2] == "1",
        names=frozenset(names.split()),
    )


def _made(
    entry: Entry,
    *,
    agency: str,
    title: tuple[str, ...],
    text: tuple[str, ...],
    title_cut: bool,
    text_cut: bool,
    round_up: bool,
    names: frozenset[str],
) -> Wording:
    title_terms = frozenset(title) - vocabulary.FUNCTION_WORDS
    return Wording(
        ref=entry.ref,
        canonical=entry.canonical,
        language=entry.language or "",
        agency=agency,
        at=entry.published if entry.dated else entry.first_seen,
        title=title,
        text=text,
        title_cut=title_cut,
        text_cut=text_cut,
        round_up=round_up,
        names=names,
        title_terms=title_terms,
        terms=title_terms.union(text) - vocabulary.FUNCTION_WORDS,
        figures=frozenset(word for word in (*title, *text) if word[0].isdigit()),
        shingles=frozenset(zip(text, text[1:], text[2:], strict=False)),
        frames=_frames(text, names),
    )


def _frames(words: Sequence[str], names: frozenset[str]) -> dict[Shingle, str]:
    """What stands in each slot, by the two words before it and by the two behind it."""
    frames: dict[Shingle, str] = {}
    for place, word in enumerate(words):
        if word[0].isdigit() or word in names or word in vocabulary.DATES:
            if place > 1:
                frames.setdefault((words[place - 2], words[place - 1], ""), word)
            if place + 2 < len(words):
                frames.setdefault(("", words[place + 1], words[place + 2]), word)
    return frames


def _text(entry: Entry) -> str:
    """The fuller of summary and content: the one may be a standfirst, the other only pictures."""
    body = html.head_text(entry.content) if entry.content else ""
    if body.startswith(entry.summary[:40]) or not entry.summary:
        return body or entry.summary
    return f"{entry.summary} {body}" if body else entry.summary


def _credited(entry: Entry) -> str:
    return getattr(entry.credit, "agency", "") or ""


def _figures_out(words: Sequence[str]) -> tuple[str, ...]:
    """Figures in one spelling: `4:12`, `4,12` and `4.12`; `due` is 2."""
    return tuple(
        word.replace(",", ".").replace(":", ".")
        if word[0].isdigit()
        else vocabulary.NUMBERS.get(word, word)
        for word in words
    )


def hours_apart(a: Wording, b: Wording) -> float:
    """Hours between the two publications, never negative."""
    return abs((a.at - b.at).total_seconds()) / 3600
