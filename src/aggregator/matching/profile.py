"""What of an article tells its event: a few weighted words, its names, its figures, its days.

Two texts on one event seldom share a sentence, but they share who, where and how many. So words
are folded by their stems, the title counts more than the text, and names more than other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from aggregator.matching import cleaning, figures, vocabulary
from aggregator.matching.statistics import Statistics
from aggregator.matching.wording import Wording
from aggregator.model.entry import Entry
from aggregator.text import tokens

# Words kept: a headline has ten of substance; behind the first sentences come details.
MAX_TERMS = 24
# Characters of the text that are looked at: the lead, where wires tell who, where and when; and as
# many words.
_LEAD, _LEAD_WORDS = 600, 100
# Six letters fold the endings of Italian and English together and keep most words apart.
_STEM = 6
# What stands in the headline is what the article is about; who is rarer in news than what.
_TITLE, _NAME = 1.5, 1.5
# Rarer words than this are no nearer to the event: slips, and who else is quoted. It is what a word
# weighs before anything is counted, so a young store judges as an old one does.
_RAREST = 0.7
# More capitals than this in a line is a house style, and proves no names.
_HOUSE_STYLE = 0.6
_MAX_KEYS = 12
_WORD = re.compile(r"[^\W_]+")
# A day of a month: looked for by its figure, since most words are none.
_DAY = re.compile(r"(?<![\d.,:])\d{1,2}(?![\d])(?![.,:]\d)")
_MONTH_AFTER = re.compile(r"[.°]{0,2}\s([^\W\d_]{3,10})\b")
_MONTH_BEFORE = re.compile(r"\b([^\W\d_]{3,10})\.?\s$")
_LONGEST_MONTH = 12
_TOLD, _NAMED = "\x1f", "^"
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


def of(entry: Entry, words: Wording, statistics: Statistics) -> Profile:
    """The profile of an entry whose wording is known; for an article, its founder's."""
    lead = entry.summary[:_LEAD]
    text = words.text[:_LEAD_WORDS]
    weights, names = _weighed(words.title, text, _names(entry.title, lead), statistics)
    return Profile(
        language=words.language,
        terms=weights,
        names=names,
        figures=frozenset(word for word in (*words.title, *text) if word[0].isdigit()),
        days=frozenset(_days(f"{entry.title} {lead}")),
        round_up=words.round_up,
    )


def profile(title: str, summary: str, language: str, statistics: Statistics) -> Profile:
    """The profile of a title and a text without furniture, under a snapshot of what is common."""
    lead = summary[:_LEAD]
    said, text = figures.words(title), figures.words(lead)
    weights, names = _weighed(said, text, _names(title, lead), statistics)
    return Profile(
        language=language,
        terms=weights,
        names=names,
        figures=frozenset(word for word in (*said, *text) if word[0].isdigit()),
        days=frozenset(_days(f"{title} {lead}")),
        round_up=cleaning.round_up(title),
    )


def pack(made: Profile) -> str:
    """A profile as a short string; a round-up's is not kept anywhere, so it is not told."""
    terms = " ".join(
        f"{_NAMED if stem in made.names else ''}{stem} {weight}" for stem, weight in made.terms
    )
    days = " ".join(map(str, sorted(made.days)))
    return _TOLD.join((made.language, terms, " ".join(sorted(made.figures)), days))


def unpack(packed: str) -> Profile:
    """The profile that `pack` wrote. Raises ValueError for anything else."""
    language, told, numbers, days = packed.split(_TOLD)
    words = told.split(" ") if told else []
    stems, weights = words[::2], words[1::2]
    return Profile(
        language=language,
        terms=tuple(
            (stem.removeprefix(_NAMED), float(weight))
            for stem, weight in zip(stems, weights, strict=True)
        ),
        names=frozenset(stem.removeprefix(_NAMED) for stem in stems if stem[0] == _NAMED),
        figures=frozenset(numbers.split()),
        days=frozenset(map(int, days.split())),
        round_up=False,
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


def _weighed(
    title: Sequence[str], text: Sequence[str], named: frozenset[str], statistics: Statistics
) -> tuple[tuple[tuple[str, float], ...], frozenset[str]]:
    """The weightiest stems, and those of them that are names."""
    weights: dict[str, float] = {}
    names: set[str] = set()
    for line, stress in ((title, _TITLE if text else 1.0), (text, 1.0)):
        for place, word in enumerate(line):
            figure = word[0].isdigit()
            if word in vocabulary.FUNCTION_WORDS or (len(word) < 2 and not figure):
                continue
            name = place > 0 and word in named and not figure
            stem = word if figure else word[:_STEM]
            weight = min(_RAREST, statistics.weight(word)) * stress * (_NAME if name else 1.0)
            if weight > weights.get(stem, 0.0):
                weights[stem] = weight
            if name:
                names.add(stem)
    # Of equals by the alphabet: so two texts keep the same ones of the words that they share.
    top = sorted(weights.items(), key=lambda term: (-term[1], term[0]))[:MAX_TERMS]
    terms = tuple((stem, round(weight, 3)) for stem, weight in top)
    return terms, frozenset(names.intersection(stem for stem, _ in top))


def _names(*lines: str) -> frozenset[str]:
    """The folded words that are written with a capital inside a line that is no house's style."""
    return frozenset(tokens.words(" ".join(word for line in lines for word in _capitals(line))))


def _capitals(line: str) -> list[str]:
    written = _WORD.findall(line)
    capitals = [word for word in written if word[0].isupper()]
    long = sum(len(word) > 3 and word[0].isalpha() for word in written)
    if sum(len(word) > 3 for word in capitals) > _HOUSE_STYLE * long:
        return []
    return capitals[1:] if written[:1] == capitals[:1] else capitals


def _days(text: str) -> Iterator[int]:
    for found in _DAY.finditer(text):
        day, start = int(found[0]), found.start()
        after = _MONTH_AFTER.match(text, found.end())
        before = _MONTH_BEFORE.search(text[max(0, start - _LONGEST_MONTH) : start])
        for word in (after, before):
            month = _MONTHS.get(tokens.fold(word[1])) if word else None
            if month and 0 < day <= 31:
                yield (month - 1) * 31 + day
