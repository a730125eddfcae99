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
    """Whether an entry may be shown: usable, under no embargo when it came, and not taken down.

    There is no clock here, so that the same entry gives the same answer for ever: one that came
    under an embargo stays hidden until a version without it comes (rule 75).
    """
    embargoed = entry.embargo is not None and entry.embargo > entry.first_seen
    return entry.status is Status.USABLE and not embargoed and entry.gone is None
