"""Which entries may be shown at all, before any feed is asked.

Apart from the rest, because whoever shows an entry (a feed, a page, a list of copies) must ask the
same question: what a wire cancels or holds back, or an outlet took down, may be seen nowhere.
"""

from __future__ import annotations

from collections.abc import Container, Iterable

from aggregator.model.entry import Entry, Status


def live(entries: Iterable[Entry], sources: Container[str]) -> list[Entry]:
    """The entries that may be shown, in order; `sources` are the configured ones."""
    return [entry for entry in entries if entry.source_id in sources and is_free(entry)]


def is_free(entry: Entry) -> bool:
    """Whether an entry may be shown: usable, under no embargo, news itself, and not taken back.

    There is no clock here, so that the same entry gives the same answer for ever: the lane marks
    what is `held` under an embargo, and takes the mark away when its time comes (rule 75).
    """
    taken_back = entry.gone is not None or entry.withdrawn is not None or entry.superseded
    return entry.status is Status.USABLE and not (entry.held or entry.notice or taken_back)
