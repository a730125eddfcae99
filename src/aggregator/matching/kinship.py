"""Whether two texts can be states of one piece at all: the words that they share.

This decides only the extreme case, a text that has nothing in common with another (rule 108). How
alike texts must be to be copies of each other is another question.
"""

from __future__ import annotations

from collections.abc import Iterable

from aggregator.model.entry import Entry
from aggregator.text import tokens

# Below four words of substance a text proves nothing (rule 61 has the same spirit).
_ENOUGH = 4
# Unrelated news texts of a few hundred words still share some everyday words; a tenth of the
# shorter one is below what any two texts on one event share, and none at all for short ones.
_NOTHING = 0.1
# Five letters fold most endings of Italian and English words together: the cautious direction,
# since a false likeness keeps a revision in place where a false strangeness invents an item.
_STEM = 5
_EVERYDAY = frozenset(
    """about after again against ahead allora altri altro anche ancora before being between
    contro could della delle dello degli dalla dalle dallo dagli dopo during essere every first
    from have having hanno into just last later more most nella nelle nello negli news never other
    over people perche please poco prima quale quando quella quelle quelli quello questa queste
    questi questo said says senza several siamo solo some sono sotto still sulla sulle sullo sugli
    than that their them then there these they this those three through today tutta tutte tutti
    tutto under until update very video watch were what when where which while will with would
    year years your""".split()  # noqa: SIM905 - prose wraps, lists do not
)


def substance(*texts: str) -> frozenset[str]:
    """The stems of the words that carry meaning: figures, and words of four letters or more."""
    return _stems(word for text in texts for word in tokens.words(text))


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(
        word[:_STEM]
        for word in words
        if (len(word) > 3 and word not in _EVERYDAY) or word[0].isdigit()
    )


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """Shared share of the smaller set, 0..1; 0 if either is empty."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def resemblance(a: Entry, b: Entry) -> float:
    """How much of the poorer entry's substance stands in the richer one, 0..1."""
    return overlap(_of(a), _of(b))


def strangers(a: Entry, b: Entry) -> bool:
    """Whether two texts, both long enough to tell, share almost nothing. Symmetric."""
    return _apart(_of(a), _of(b))


def unlike(a: Iterable[str], b: Iterable[str]) -> bool:
    """The same of words that were folded already."""
    return _apart(_stems(a), _stems(b))


def _apart(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    return min(len(ours), len(theirs)) >= _ENOUGH and overlap(ours, theirs) <= _NOTHING


def _of(entry: Entry) -> frozenset[str]:
    return substance(entry.title, entry.summary)
