"""What of an article tells its event: a few weighted words, its names, its figures, its days.

Two texts on one event seldom share a sentence, but they share who, where and how many. So words
are folded by their stems, the title counts more than the text, and names more than other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import chain

from aggregator.matching import cleaning, figures, vocabulary
from aggregator.matching.statistics import Statistics
from aggregator.model.entry import Entry
from aggregator.text import tokens

# Words kept: a headline has ten of substance; behind the first sentences come details.
MAX_TERMS = 24
# Characters of the text that are looked at: the lead, where wires tell who, where and when.
_LEAD = 600
# Six letters fold the endings of Italian and English together and keep most words apart.
_STEM = 6
# What stands in the headline is what the article is about; who is rarer in news than what.
_TITLE, _NAME = 1.5, 1.5
# More capitals than this in a line is a house style, and proves no names.
_HOUSE_STYLE = 0.6
_MAX_KEYS = 12
_WORD = re.compile(r"\w+(?:[.,:]\d+)*")
_DAY_MONTH = re.compile(r"\b(?P<day>\d{1,2})\.?°?\s(?P<month>[^\W\d_]{3,10})\b")
_MONTH_DAY = re.compile(r"\b(?P<month>[^\W\d_]{3,10})\.?\s(?P<day>\d{1,2})\b(?![.,:]?\d)")
_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "gen gennaio jan january januar janvier ene enero",
            "feb febbraio february februar fevrier febrero",
            "mar marzo march marz mars",
            "apr aprile april avril abr abril",
            "mag maggio may mai mayo",
            "giu giugno jun june juni juin junio",
            "lug luglio jul july juli juillet julio",
            "ago agosto aug august aout",
            "set settembre sep sept september septembre septiembre",
            "ott ottobre oct october okt oktober octobre octubre",
            "nov novembre november noviembre",
            "dic dicembre dec december dez dezember decembre diciembre",
        ),
        start=1,
    )
    for word in words.split()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """An article as stories see it.

    `terms` are at most 24 stems with their weights, the weightiest first: how rare the word is
    (0..1, by the snapshot) times what its place says. `names` and `figures` are those of the terms
    and of the text; `days` are the dates that it gives, as days of a year of 31-day months. A
    `round_up` tells of many events, and so of none (rule 62).
    """

    language: str
    terms: tuple[tuple[str, float], ...]
    names: frozenset[str]
    figures: frozenset[str]
    days: frozenset[int]
    round_up: bool


def of(entry: Entry, source_name: str, statistics: Statistics) -> Profile:
    """The profile of an entry, cleaned of its source's furniture; for an article, its founder's."""
    title = cleaning.title(entry.title, source_name).words
    known = statistics.boilerplate.get(entry.source_id, frozenset())
    text = cleaning.text(entry.summary, title, known).words
    made = profile(title, text, entry.language or "", statistics)
    return replace(made, days=frozenset(_days(entry.title, entry.summary[:_LEAD])))


def profile(title: str, summary: str, language: str, statistics: Statistics) -> Profile:
    """The profile of a title and a text without furniture, under a snapshot of what is common."""
    text = summary[:_LEAD]
    weights: dict[str, float] = {}
    names: set[str] = set()
    for line, stress in ((title, _TITLE if text else 1.0), (text, 1.0)):
        for stem, weight, named in _words(line, statistics):
            weights[stem] = max(weights.get(stem, 0.0), weight * stress)
            if named:
                names.add(stem)
    top = sorted(weights.items(), key=lambda term: (-term[1], term[0]))[:MAX_TERMS]
    return Profile(
        language=language,
        terms=tuple((stem, round(weight, 3)) for stem, weight in top),
        names=frozenset(names.intersection(stem for stem, _ in top)),
        figures=frozenset(word for word in figures.words(f"{title} . {text}") if word[0].isdigit()),
        days=frozenset(_days(title, text)),
        round_up=cleaning.round_up(title),
    )


def keys(made: Profile) -> tuple[int, ...]:
    """The signed 64-bit keys under which its story is found: at most 12, of its first terms."""
    if made.round_up:
        return ()
    return keys_of(made.language, (stem for stem, _ in made.terms[:_MAX_KEYS]))


def keys_of(language: str, stems: Iterable[str]) -> tuple[int, ...]:
    """The keys of these stems, sorted."""
    return tuple(sorted({_key(language, stem) for stem in stems}))


def _key(language: str, stem: str) -> int:
    digest = blake2b(f"{language} {stem}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _words(line: str, statistics: Statistics) -> Iterator[tuple[str, float, bool]]:
    """Each word that says something: its stem, its weight, and whether it is a name."""
    written = _WORD.findall(line)
    named = not _house_style(written)
    for place, word in enumerate(written):
        folded = tokens.fold(word)
        if folded in vocabulary.FUNCTION_WORDS or (len(folded) < 2 and not folded.isdigit()):
            continue
        figure = folded[0].isdigit() or folded in vocabulary.NUMBERS
        name = named and place > 0 and word[0].isupper() and not figure
        stem = vocabulary.NUMBERS.get(folded, folded) if figure else folded[:_STEM]
        yield stem, statistics.weight(folded) * (_NAME if name else 1.0), name


def _house_style(written: Sequence[str]) -> bool:
    long = [word for word in written if len(word) > 3 and word[0].isalpha()]
    return sum(word[0].isupper() for word in long) > _HOUSE_STYLE * len(long)


def _days(*texts: str) -> Iterator[int]:
    folded = " . ".join(tokens.fold(text) for text in texts)
    for found in chain(_DAY_MONTH.finditer(folded), _MONTH_DAY.finditer(folded)):
        day, month = int(found["day"]), _MONTHS.get(found["month"])
        if month and 0 < day <= 31:
            yield (month - 1) * 31 + day
