"""Which entries may be shown at all, before any feed is asked.

Apart from the rest, because whoever shows an entry (a feed, a page, a list of copies) must ask the
same question: what a wire cancels or holds back, or an outlet took down, may be seen nowhere.
"""

from __future__ import annotations

from collections.abc import Container, Iterable

from aggregator.model.entry import Entry, Status

MOST_BESIDE = 50
"""Copies that an item links: twice as many as outlets that print a text that everybody prints."""


def live(entries: Iterable[Entry], sources: Container[str]) -> list[Entry]:
    """The entries that may be shown, in order; `sources` are the configured ones."""
    return [entry for entry in entries if entry.source_id in sources and is_free(entry)]


def beside(lead: Entry, voices: Iterable[Entry]) -> tuple[Entry, ...]:
    """The other entries that an item links, in the order (first_seen, ref): those that came last,
    since a story may have hundreds and nobody follows so many."""
    others = (entry for entry in voices if entry.ref != lead.ref)
    return tuple(sorted(others, key=lambda one: (one.first_seen, one.ref))[-MOST_BESIDE:])


def is_free(entry: Entry) -> bool:
    """Whether an entry may be shown: usable, under no embargo, news itself, and not taken back.

    There is no clock here, so that the same entry gives the same answer for ever: the lane marks
    what is `held` under an embargo, and takes the mark away when its time comes (rule 75).
    """
    taken_back = entry.gone is not None or entry.withdrawn is not None or entry.superseded
    return entry.status is Status.USABLE and not (entry.held or entry.notice or taken_back)
