"""News in an invented language: seeded, with the lengths, figures and copies of real listings.

Invented, because real texts may not be kept here; words follow Zipf's law and Italian's small words
bind them, so that keys, weights and languages behave as they do with news.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from random import Random

_SYLLABLES = "ba be bi co da de di fa fo ga gi la le li ma mi mo na ne no pa pe po ra re ri"
_ENDS = "nto ra re sa to ne la zia ggio tta sco dro"
_BINDING = "il la di che non della dei nel alla per con una ha sono anche dal ai del un e a"
_TOWNS = "Montebruno Pietrascura Valdarsa Roccaforte Sanvito Campolongo Torrevecchia"
_WORDS = 12_000
_BOUND = 0.4  # of the words of a text
# Of real wires: a headline of nine words, a lead and a second paragraph of thirty.
_TITLE, _TEXT = 9, 55
_COPIED = 0.3  # of the items of a day
_LATELY = 200  # texts that a portal still copies


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A title and a plain text."""

    title: str
    text: str


def items(seed: int) -> Iterator[Item]:
    """News without end, the same for the same seed; three in ten are copies, cut or whole."""
    random = Random(seed)
    writer = _Writer(random)
    lately: list[Item] = []
    while True:
        if lately and random.random() < _COPIED:
            yield _copied(random.choice(lately), random)
        else:
            written = writer.item()
            lately = [*lately[1 - _LATELY :], written]
            yield written


class _Writer:
    def __init__(self, random: Random) -> None:
        self._random = random
        self._words = sorted({self._word() for _ in range(_WORDS)})
        random.shuffle(self._words)
        self._weights = list(accumulate(1 / (rank + 10) for rank in range(len(self._words))))

    def item(self) -> Item:
        town = self._random.choice(_TOWNS.split())
        title = " ".join(self._run(_TITLE)).capitalize()
        first, second = (" ".join(self._run(_TEXT // 2)).capitalize() for _ in range(2))
        figure = self._random.randrange(2, 900)
        return Item(
            title=f"{title} a {town}",
            text=f"{town.upper()}, 12 MAR - {first} di {town}. {second} per {figure} persone.",
        )

    def _run(self, count: int) -> Iterator[str]:
        binding = _BINDING.split()
        telling = self._random.choices(self._words, cum_weights=self._weights, k=count)
        for word in telling:
            yield self._random.choice(binding) if self._random.random() < _BOUND else word

    def _word(self) -> str:
        stem = self._random.choices(_SYLLABLES.split(), k=self._random.randint(1, 3))
        return "".join((*stem, self._random.choice(_ENDS.split())))


def _copied(item: Item, random: Random) -> Item:
    """As portals do: whole, under another headline, or only the beginning."""
    words = item.text.split()
    how = random.randrange(3)
    text = item.text if how else f"{' '.join(words[: len(words) * 2 // 3])}..."
    title = item.title if how != 1 else " ".join(reversed(item.title.split()))
    return Item(title=title, text=f"{text} Leggi anche le altre notizie.")
