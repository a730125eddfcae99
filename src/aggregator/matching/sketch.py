"""Under which keys an entry's possible copies are found: two entries that share one are judged.

Each key is one piece of the wording, so a shared key is a shared piece: a copy that was cut, edited
or retitled still shares some. Which pieces are taken depends on the words alone, not on how many
there are, so that the head of a text finds the whole of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from zlib import crc32

from aggregator.matching.wording import Wording

MAX_KEYS = 16
_WIDTH = 4  # words in a piece of text
_HEAD = 40  # words of the lead
_HEAD_KEYS, _BODY_KEYS = 6, 5
_PREFIX = 5  # rule 65: a cut title is known by five words


def keys(wording: Wording) -> tuple[int, ...]:
    """At most 16 distinct signed 64-bit keys, sorted; () for what is never joined by its words."""
    if wording.round_up:
        return ()
    pieces = (*_of_text(wording.text), *_of_title(wording))
    return tuple(sorted({_key(wording.language, piece) for piece in pieces}))[:MAX_KEYS]


def _of_text(words: Sequence[str]) -> Iterator[str]:
    head = _least(_pieces(words[:_HEAD]), _HEAD_KEYS)
    yield from head
    yield from _least(_pieces(words[_HEAD:]), _BODY_KEYS)


def _of_title(wording: Wording) -> Iterator[str]:
    title = wording.title
    if len(title) >= _PREFIX:
        yield "=" + " ".join(title[:_PREFIX])
    figures = sorted((f for f in wording.figures if len(f) > 2), key=lambda f: (-len(f), f))[:3]
    yield from (f"#{one} {other}" for i, one in enumerate(figures) for other in figures[i + 1 :])


def _pieces(words: Sequence[str]) -> Iterator[str]:
    return (" ".join(words[at : at + _WIDTH]) for at in range(len(words) - _WIDTH + 1))


def _least(pieces: Iterable[str], count: int) -> list[str]:
    """The pieces with the least hashes: the same choice in each text that has them."""
    return sorted(set(pieces), key=lambda piece: (crc32(piece.encode()), piece))[:count]


def _key(language: str, piece: str) -> int:
    digest = blake2b(f"{language} {piece}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
