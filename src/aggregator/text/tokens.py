"""Folding and words: what two spellings of one word have in common.

Wires write `e'` where portals write `è`, curly where others write straight quotes, and hyphens of
six kinds (rule 64); all comparison of text starts here, no output does.
"""

from __future__ import annotations

import re
import unicodedata

_APOSTROPHES = str.maketrans("\u2018\u2019\u201b\u02bc\u00b4\u0060\u2032\u02b9", "'" * 8)
_VOWEL_ACCENT = re.compile(r"([aeiou])'(?!\w)")
_WORD = re.compile(r"\w+(?:[.,:]\d+)*", re.UNICODE)


def fold(text: str) -> str:
    """Fold case, accents, compatibility forms, apostrophe accents, dashes and white space.

    Idempotent: `fold(fold(x)) == fold(x)`.
    """
    straight = text.translate(_APOSTROPHES)
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", straight).casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    dashes = "".join("-" if unicodedata.category(c) == "Pd" else c for c in bare)
    return " ".join(_VOWEL_ACCENT.sub(r"\1", dashes.translate(_APOSTROPHES)).split())


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text, in order; a figure keeps its inner marks (`5,1`, `10:30`)."""
    return tuple(_WORD.findall(fold(text)))
