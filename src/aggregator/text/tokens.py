"""Folding and words: what two spellings of one word have in common.

Wires write `e'` where portals write `è`, curly where others write straight quotes, and hyphens of
six kinds (rule 64); all comparison of text starts here, no output does.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = str.maketrans("\u2018\u2019\u201b\u02bc\u00b4\u0060\u2032\u02b9", "'" * 8)
_VOWEL_ACCENT = re.compile(r"([aeiou])'(?!\w)")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_WORD = re.compile(r"\w+(?:[.,:]\d+)*", re.UNICODE)


def fold(text: str) -> str:
    """Fold case, accents, compatibility forms, apostrophe accents, dashes and white space.

    Idempotent: `fold(fold(x)) == fold(x)`. Only the few characters beyond ASCII, each looked at
    once, cost more than a pass over the text.
    """
    if not text.isascii():
        for character in set(_BEYOND_ASCII.findall(text)):
            text = text.replace(character, _bare(character))
    plain = text.casefold().replace("`", "'")
    if "'" in plain:
        plain = _VOWEL_ACCENT.sub(r"\1", plain)
    return " ".join(plain.split())


@lru_cache(maxsize=4096)
def _bare(character: str) -> str:
    """What is left of one character: nothing of a mark, one hyphen of any dash."""
    straight = character.translate(_APOSTROPHES)
    composed = unicodedata.normalize("NFKC", straight).casefold()
    parts = (c for c in unicodedata.normalize("NFKD", composed) if not unicodedata.combining(c))
    return "".join("-" if unicodedata.category(c) == "Pd" else c for c in parts).translate(
        _APOSTROPHES
    )


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text, in order; a figure keeps its inner marks (`5,1`, `10:30`)."""
    return tuple(_WORD.findall(fold(text)))
