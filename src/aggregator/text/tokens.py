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

    Idempotent: `fold(fold(x)) == fold(x)`. Plain ASCII, most of a news text, takes a short way.
    """
    plain = text.casefold() if text.isascii() else _unaccented(text)
    return " ".join(_VOWEL_ACCENT.sub(r"\1", plain.replace("`", "'")).split())


def _unaccented(text: str) -> str:
    straight = text.translate(_APOSTROPHES)
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", straight).casefold())
    return decomposed.translate({ord(c): _bare(c) for c in set(decomposed) if not c.isascii()})


def _bare(character: str) -> str:
    """What is left of a decomposed character: nothing of a mark, one hyphen of any dash."""
    if unicodedata.combining(character):
        return ""
    dash = unicodedata.category(character) == "Pd"
    return "-" if dash else character.translate(_APOSTROPHES)


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text, in order; a figure keeps its inner marks (`5,1`, `10:30`)."""
    return tuple(_WORD.findall(fold(text)))
