"""What speaks against two entries being one text, however alike they are (rule 58).

News is written to a form: the earthquake of today and that of yesterday differ in a figure and a
town, and in nothing else. So the differences that count are looked for where the form is the same:
between the same words, before the same noun.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from aggregator.matching import figures, kinship, vocabulary
from aggregator.matching.wording import Wording

# Names that share so many first letters are spellings of one (Organisation, Organization).
_SPELLING = 4
# Below 48 words a text alone proves nothing (rule 61).
_BACKGROUND = 48
# Headlines that share a third of the shorter one's telling words speak of one thing.
_UNLIKE = 0.33


def against(a: Wording, b: Wording) -> str:
    """The first difference that speaks against a copy, in words for an editor; "" if none does.

    Symmetric, but for the order of the two sides in the words.
    """
    return (
        _slots(a, b)
        or _counts(a, b)
        or _headlined(a, b)
        or _headlined(b, a)
        or _denied(a, b)
        or _denied(b, a)
        or _about(a, b)
    )


def slots(a: Wording, b: Wording) -> Iterator[tuple[str, str]]:
    """The figures, names and days that differ between the same words: a's, and b's."""
    for frame in sorted(a.frames.keys() & b.frames.keys()):
        one, other = a.frames[frame], b.frames[frame]
        if one != other and one not in b.terms and other not in a.terms and _differ(one, other):
            yield one, other


def _slots(a: Wording, b: Wording) -> str:
    """Another figure, name or day between the same words."""
    return next((f"{one} against {other}" for one, other in slots(a, b)), "")


def _differ(one: str, other: str) -> bool:
    if one[0].isdigit() or other[0].isdigit():
        return not figures.agree(one, other)
    return one[:_SPELLING] != other[:_SPELLING]


def _counts(a: Wording, b: Wording) -> str:
    """Another number of the same thing: `1 morto` against `2 morti`.

    Of anything but a toll a number may stand elsewhere in the other text, behind another word.
    """
    for thing in sorted(a.counts.keys() & b.counts.keys()):
        ours, theirs = a.counts[thing], b.counts[thing]
        if any(figures.agree(one, other) for one in ours for other in theirs):
            continue
        if thing in vocabulary.TOLL or not (ours & b.figures or theirs & a.figures):
            return f"{_listed(ours)} against {_listed(theirs)} {thing}…"
    return ""


def _headlined(a: Wording, b: Wording) -> str:
    """A figure in a headline that is nearly, and not, one of the other's: what two issues of one
    bulletin differ in, where a portal cut the text before its figures."""
    for figure in a.title:
        if figure[0].isdigit() and not any(figures.agree(figure, other) for other in b.figures):
            for other in sorted(b.figures):
                if figures.near(figure, other):
                    return f"{figure} against {other}"
    return ""


def _about(a: Wording, b: Wording) -> str:
    """Unlike headlines that name somebody, and not one name of either in all of the other entry:
    one or two sentences of background stand under many heads."""
    is_long = min(len(a.text), len(b.text)) > _BACKGROUND
    if is_long or not (a.about and b.about):
        return ""
    if kinship.overlap(a.title_terms, b.title_terms) > _UNLIKE:
        return ""
    if _mentions(a, b.about) or _mentions(b, a.about):
        return ""
    return f"{_listed(a.about)} against {_listed(b.about)}"


def _mentions(one: Wording, names: frozenset[str]) -> bool:
    stems = {word[:_SPELLING] for word in (*one.title, *one.text)}
    return any(name[:_SPELLING] in stems for name in names)


def _listed(figures: frozenset[str]) -> str:
    return " and ".join(sorted(figures))


def _denied(a: Wording, b: Wording) -> str:
    """What the one says and the other denies: the same two words with and without a negation."""
    if not a.denials:
        return ""
    pairs = {*pairwise(b.text), *pairwise(b.title)}
    for before, negation, after in sorted(a.denials):
        if (before, after) in pairs:
            return f"{before} {negation} {after} against {before} {after}"
    return ""
