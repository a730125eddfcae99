"""A notice: what a wire tells newsrooms about a text that it sent, and what became of it.

It acts on an article and is never itself news (design, vocabulary); but some notices carry the new
text with them, and that text is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from aggregator.model.entry import EntryRef


class NoticeKind(StrEnum):
    """What a notice asks for."""

    KILL = "kill"  # never should have been sent: take it down
    WITHDRAW = "withdraw"  # no longer stood by: take it down
    HOLD = "hold"  # not to be shown until the wire says otherwise
    CORRECTION = "correction"  # what was sent is wrong in a point
    REFILE = "refile"  # sent again for a fault of form
    REPEAT = "repeat"  # sent again as it was (rule 78)
    UPDATE = "update"  # sent again with more
    EMBARGO = "embargo"  # not to be shown before a moment

    @property
    def takes_down(self) -> bool:
        """Whether its target leaves every output."""
        return self in (NoticeKind.KILL, NoticeKind.WITHDRAW, NoticeKind.HOLD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a notice says of its target, the surest first of each.

    `ids` are story numbers and slugs as written; `titles` without furniture; `sent` is the time of
    day at which the target went out, on the wire's own clock.
    """

    ids: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    version: int | None = None
    sent: time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice, recognised.

    `words` are those that prove it, `confidence` 0..1 how well. `bears_text`: it brings a text of
    its own that is news; else it is an order to editors, and never shown. `itself`: it is the entry
    that it speaks of, or a later state of it. `change` is what changed, in the wire's words.
    `until` is when an embargo ends; None without an end (rule 75).
    """

    kind: NoticeKind
    words: tuple[str, ...]
    confidence: float
    named: Named = Named()
    bears_text: bool = False
    itself: bool = False
    change: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Which entry a notice means; `target` None waits for the operator.

    `takes` are further entries that are surely the same text (flash, takes, copies under its very
    title); `near` those among which nobody can tell, the likeliest first. `score` is 0..1.
    """

    target: EntryRef | None
    score: float
    why: str
    takes: tuple[EntryRef, ...] = ()
    near: tuple[EntryRef, ...] = ()
