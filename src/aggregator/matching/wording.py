"""What of an entry is compared: its own words, cleaned, and what a verdict asks of them.

Everything that a verdict needs is made once here, because an entry is judged against many others.
`pack` keeps the folded words alone: cleaning and folding are the dear part.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import pairwise

from aggregator.matching import cleaning, figures, vocabulary
from aggregator.matching.statistics import Statistics
from aggregator.model.entry import Entry, EntryRef
from aggregator.text import html, tokens

# Words of a text that are compared. A portal prints the head of a wire text, seldom its tail.
MAX_WORDS = 300
_BYLINE = 8  # words in which a byline names its house
_STEM = 4  # letters of a noun that its numbers share: morto, morti; ferito, feriti
# Quotations, the short ones as well so that marks without sides are paired rightly; a cut text may
# end within one. A title or a name in quotes is part of what the outlet says.
_QUOTED = re.compile(r"""["“„«][^"“”„«»]*(?:["”»]|$)""")
_QUOTATION = 25  # letters
_TITLE_CUT = 60  # rule 65: the wires' own limit is 64 characters; a title cut there may lack dots
_NAME = re.compile(r"(?<=[a-zà-ÿ0-9,;] )[A-ZÀ-Þ][^\W\d_]{2,}")
_HOUSE_STYLE = 0.6
_SEPARATOR = "\x1f"

Three = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Wording:
    """An entry as it is compared.

    `title` and `text` are folded words in order, cleaned; `told` is the text without quotations, or
    None if it has none; `*_cut` says that it goes on elsewhere;
    `language` is the entry's, or "" in doubt; `agency` is the key of the agency whose text
    it is, or ""; `house` is its source's folded name, `byline` who is named as its author, folded;
    `at` is when it was published. `names` are those of the text, `about` those of the title.

    Without slots, because what follows from the words is made when a verdict first asks for it, and
    kept: most pairs are told apart by less.
    """

    ref: EntryRef
    canonical: str
    language: str
    agency: str
    house: str
    byline: str
    at: datetime
    title: tuple[str, ...]
    text: tuple[str, ...]
    told: tuple[str, ...] | None
    title_cut: bool
    text_cut: bool
    round_up: bool
    names: frozenset[str]
    about: frozenset[str]

    @cached_property
    def title_terms(self) -> frozenset[str]:
        """The words of the title that do more than bind others."""
        return frozenset(self.title) - vocabulary.FUNCTION_WORDS

    @cached_property
    def terms(self) -> frozenset[str]:
        """The words of title and text that do more than bind others, figures among them."""
        return frozenset((*self.title, *self.text)) - vocabulary.FUNCTION_WORDS

    @cached_property
    def figures(self) -> frozenset[str]:
        return frozenset(word for word in (*self.title, *self.text) if word[0].isdigit())

    @cached_property
    def shingles(self) -> frozenset[int]:
        """All runs of three words of the text."""
        return shingles(self.text)

    @cached_property
    def prose(self) -> frozenset[int]:
        """The runs of three words outside quotations; the very `shingles` if there are none."""
        return self.shingles if self.told is None else shingles(self.told)

    @cached_property
    def frames(self) -> Mapping[Three, str]:
        """The figure, name or day that stands between the same words."""
        return _frames(self.text, self.names)

    @cached_property
    def counts(self) -> Mapping[str, frozenset[str]]:
        """How many of what, by the stem of the noun."""
        return _counts((*self.title, *self.text))

    @cached_property
    def denials(self) -> frozenset[Three]:
        """Negations with the word before and behind."""
        return _denials(self.title) | _denials(self.text)


def of(entry: Entry, source_name: str, statistics: Statistics) -> Wording:
    """The wording of an entry, without what its source repeats according to the statistics."""
    known = statistics.repeated_by(entry.source_id)
    title = cleaning.title(entry.title, source_name, known)
    text = cleaning.text(_text(entry), title.words, known)
    told = _QUOTED.sub(_unless_short, text.words)
    words = figures.words(text.words)[:MAX_WORDS]
    headline = figures.words(title.words)
    return Wording(
        ref=entry.ref,
        canonical=entry.canonical,
        language=entry.language or "",
        agency=_credited(entry),
        house=tokens.fold(source_name),
        byline=_byline(entry, words),
        at=_at(entry),
        title=headline,
        text=words,
        told=None if told == text.words else figures.words(told)[:MAX_WORDS],
        names=frozenset(tokens.words(" ".join(_NAME.findall(text.words)))).intersection(words),
        about=_named(title.words),
        title_cut=title.cut or len(title.words) >= _TITLE_CUT,
        text_cut=text.cut,
        round_up=cleaning.round_up(entry.title),
    )


def pack(wording: Wording) -> str:
    """A wording as a short string, for the store; `unpack` needs the entry for the rest."""
    flags = f"{wording.title_cut:d}{wording.text_cut:d}{wording.round_up:d}"
    told = "" if wording.told is None else " ".join(wording.told) or "-"
    named = (" ".join(sorted(names)) for names in (wording.names, wording.about))
    parts = (" ".join(wording.title), " ".join(wording.text), told, *named)
    facts = (flags, wording.language, wording.agency, wording.house, wording.byline)
    return _SEPARATOR.join((*facts, *parts))


def unpack(entry: Entry, packed: str) -> Wording:
    """The wording that `pack` wrote of this entry. Raises ValueError for anything else."""
    flags, language, agency, house, byline, *words = packed.split(_SEPARATOR)
    title, text, told, names, about = words
    cut, text_cut, round_up = (flag == "1" for flag in flags)
    return Wording(
        ref=entry.ref,
        canonical=entry.canonical,
        language=language,
        agency=agency,
        house=house,
        byline=byline,
        at=_at(entry),
        title=tuple(title.split()),
        text=tuple(text.split()),
        told=tuple(told.removeprefix("-").split()) if told else None,
        names=frozenset(names.split()),
        about=frozenset(about.split()),
        title_cut=cut,
        text_cut=text_cut,
        round_up=round_up,
    )


def apart(a: Wording, b: Wording) -> timedelta:
    """The time between the two publications, never negative."""
    return abs(a.at - b.at)


def _at(entry: Entry) -> datetime:
    return entry.published if entry.dated else entry.first_seen


def _named(title: str) -> frozenset[str]:
    """Names in a headline; none where most of its words have capitals, which is a house's style."""
    long = [word for word in title.split() if len(word) > 3]
    if sum(word[0].isupper() for word in long) > _HOUSE_STYLE * len(long):
        return frozenset()
    return frozenset(tokens.words(" ".join(_NAME.findall(title))))


def _unless_short(quoted: re.Match[str]) -> str:
    return " " if len(quoted[0]) > _QUOTATION else quoted[0]


def shingles(words: tuple[str, ...]) -> frozenset[int]:
    """Runs of three words, as their hashes: they are only ever looked for in each other, and
    a hundred numbers cost a tenth of a hundred tuples."""
    return frozenset(map(hash, zip(words, words[1:], words[2:], strict=False)))


def _frames(words: Sequence[str], names: frozenset[str]) -> dict[Three, str]:
    """What stands in each slot, by the two words before it and by the two behind it."""
    frames: dict[Three, str] = {}
    for place, word in enumerate(words):
        if word[0].isdigit() or word in names or word in vocabulary.DATES:
            if place > 1:
                frames.setdefault((words[place - 2], words[place - 1], ""), word)
            if place + 2 < len(words):
                frames.setdefault(("", words[place + 1], words[place + 2]), word)
    return frames


def _counts(words: Sequence[str]) -> dict[str, frozenset[str]]:
    counts: dict[str, frozenset[str]] = {}
    for word, thing in pairwise(words):
        if "0" <= word[0] <= "9" or word in vocabulary.ONE:
            stem = thing[:_STEM]
            if _is_counted(word, thing, stem):
                count = "1" if word in vocabulary.ONE else word
                counts[stem] = counts.get(stem, frozenset()) | {count}
    return counts


def _is_counted(word: str, thing: str, stem: str) -> bool:
    if word in vocabulary.ONE:
        return stem in vocabulary.TOLL
    known = stem in vocabulary.MEASURES or thing in vocabulary.DATES
    return len(stem) == _STEM and stem.isalpha() and not known


def _denials(words: tuple[str, ...]) -> frozenset[Three]:
    if vocabulary.NEGATIONS.isdisjoint(words):
        return frozenset()
    triples = zip(words, words[1:], words[2:], strict=False)
    return frozenset(triple for triple in triples if triple[1] in vocabulary.NEGATIONS)


def _text(entry: Entry) -> str:
    """The fuller of summary and content: the one may be a standfirst, the other only pictures."""
    body = html.head_text(entry.content) if entry.content else ""
    if body.startswith(entry.summary[:40]) or not entry.summary:
        return body or entry.summary
    return f"{entry.summary} {body}" if body else entry.summary


def _byline(entry: Entry, words: Sequence[str]) -> str:
    """Who is named before the text (`By Jane Roe of Radio One`), and in the fields for it."""
    named = " ".join(entry.authors)
    before = " ".join(words[:_BYLINE]) if words and words[0] in vocabulary.BY else ""
    return tokens.fold(f"{named} {before}") if named or before else ""


def _credited(entry: Entry) -> str:
    return entry.credit.agency if entry.credit else ""
