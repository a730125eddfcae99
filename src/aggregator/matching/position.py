"""The time that feeds are ordered by: set once, at first sight, and never moved."""

from __future__ import annotations

from datetime import datetime, timedelta

from aggregator.model.entry import Entry

# A claim within this long before first sight is believed; an older one arrives late and would
# sink unseen below what readers have already read.
_BELIEVED = timedelta(hours=6)


def at_first_sight(entry: Entry, *, first_document: bool) -> datetime:
    """The position of an entry that was never seen before.

    The first good document of a new source keeps its claimed order (rule 38 without the flood);
    undated entries have their guess from reading, one second a place (rule 18). What is held under
    an embargo is news at its end.
    """
    if entry.held and entry.embargo is not None:
        return entry.embargo
    claimed = min(entry.published, entry.first_seen)
    if first_document or not entry.dated or entry.first_seen - claimed <= _BELIEVED:
        return claimed
    return entry.first_seen
