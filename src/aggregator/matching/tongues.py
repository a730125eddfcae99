"""Which language a text is in, by the small words that bind it.

A mark is a hint, not a proof (rule 77): a portal that never set the language of its software says
that its Italian is English, and its copies would never meet their wire's text.
"""

from __future__ import annotations

from collections.abc import Iterable

# The commonest words that say little elsewhere; of each language about as many.
_WORDS = {
    "it": """il gli di che non della dei nel alla sono ha anche piu dal dalla delle ai nella degli
        hanno stato""",
    "en": """the of and to for is was with that on at by from has have be are his said after""",
    "de": """der die das und den von zu mit sich auf fur ist im dem nicht ein
        eine nach wurde bei""",
    "fr": """le les des et du est dans pour qui sur pas au par avec ce aux sont cette etre plus""",
    "es": """el los las y por que para su como mas sus fue ante tras sobre ha este
        esta pero hasta""",
}
_TONGUES = {language: frozenset(words.split()) for language, words in _WORDS.items()}
# So many different ones, and so many more than of any other language.
_LEAST, _AHEAD = 3, 2


def spoken(words: Iterable[str], marked: str) -> str:
    """The language of folded words, or what they are marked as where they do not tell.

    A mark of a language that is not known here is believed.
    """
    if marked and marked not in _TONGUES:
        return marked
    found = frozenset(words)
    counts = sorted(((len(found & own), name) for name, own in _TONGUES.items()), reverse=True)
    (most, language), (second, _) = counts[:2]
    return language if most >= _LEAST and most >= second + _AHEAD else marked
