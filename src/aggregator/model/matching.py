"""The operator's hand in matching: how much likeness it takes, and what is one text, or two,
whatever the texts say.

`never` and `always` name items, not entries: an operator says them before, while and after the
items are stored, and they hold all the time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

# Two items, each by its folded address or as `source/key`; sorted.
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """One set for the installation.

    `phrases` is the share, above 0.5 and up to 1, of a text of some length that must stand in
    another word for word; shorter texts need more. `text_within` and `title_within` are the longest
    times between two texts that are joined by their words, and by their headlines.
    """

    phrases: float = 0.6
    text_within: timedelta = timedelta(hours=120)
    title_within: timedelta = timedelta(hours=24)


LIMITS = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """The `matching:` part of feeds.yaml; its lists sorted, so that equal ones say the same.

    `boilerplate` are sentences that say nothing in whichever source, besides the learnt ones.
    """

    limits: Limits = LIMITS
    boilerplate: tuple[str, ...] = ()
    never: tuple[Pair, ...] = ()
    always: tuple[Pair, ...] = ()
