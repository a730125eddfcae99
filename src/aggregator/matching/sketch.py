"""Under which keys an entry's possible copies are found: two entries that share one are judged.

Each key is one piece of the wording, so a shared key is a shared piece: a copy that was cut, edited
or retitled still shares some. Which pieces are taken depends on the words alone, not on how many
there are, so that the head of a text finds the whole of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import combinations, islice
from zlib import crc32

from aggregator.matching.wording import Wording

MAX_KEYS = 16
_HEAD = 30  # words of the lead, which a portal seldom cuts
_HEAD_KEYS, _TEXT_KEYS = 4, 7
_PREFIX = 5  # rule 65: a cut title is known by five words


def keys(wording: Wording) -> tuple[int, ...]:
    """At most 16 distinct signed 64-bit keys, sorted.

    A live page or a round-up is found by its text alone: its title is that of every day.
    """
    found = tuple(_pieces(wording.text))
    pieces = dict(zip(map(crc32, map(str.encode, found)), found, strict=True))
    ordered = [pieces[number] for number in sorted(pieces)]
    head = set(_pieces(wording.text[:_HEAD]))
    chosen = list(islice((piece for piece in ordered if piece in head), _HEAD_KEYS))
    chosen += [one for one in ordered[: len(chosen) + _TEXT_KEYS] if one not in chosen][:_TEXT_KEYS]
    if not wording.round_up:
        chosen += _of_title(wording)
    return tuple(sorted({_key(piece) for piece in chosen}))


def _of_title(wording: Wording) -> Iterator[str]:
    """The beginning of a title, the longest of its words by two, and the longest figures."""
    title = wording.title
    if len(title) >= _PREFIX:
        yield "=" + " ".join(title[:_PREFIX])
    telling = _longest(wording.title_terms, 3)
    yield from ("+" + " ".join(pair) for pair in combinations(telling, 2))
    figures = _longest((f for f in wording.figures if len(f) > 2), 2)
    if len(figures) == 2:
        yield "#" + " ".join(figures)


def _longest(words: Iterable[str], count: int) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))[:count]


def _pieces(words: Sequence[str]) -> Iterator[str]:
    return map(" ".join, zip(words, words[1:], words[2:], words[3:], strict=False))


def _key(piece: str) -> int:
    digest = blake2b(piece.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
