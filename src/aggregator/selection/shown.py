"""What may be shown of an entry, under the rights of the source it came from."""

from __future__ import annotations

from dataclasses import replace

from aggregator.model.entry import Entry
from aggregator.model.source import Rights, Source


def shown(entry: Entry, source: Source) -> Entry:
    """The entry as outputs give it: the source's topics added, what its rights keep back blanked.

    Idempotent.
    """
    topics = topics_of(entry, source)
    if topics != entry.topics:
        entry = replace(entry, topics=topics)
    if source.rights is Rights.FULL:
        return entry
    if source.rights is Rights.SUMMARY:
        return replace(entry, content="")
    return replace(entry, content="", summary="", media=())


def topics_of(entry: Entry, source: Source) -> tuple[str, ...]:
    """The source's topics and the item's own, each once."""
    return tuple(dict.fromkeys((*source.topics, *entry.topics)))
