"""How much likeness it takes to join two entries: the thresholds that an operator may set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


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
