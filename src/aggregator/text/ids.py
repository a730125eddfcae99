"""Names that never change: `urn:uuid:`, minted from what they name; a replay mints the same ones.

Nothing of our own address goes into an id, or moving the service would announce all news again.
"""

from __future__ import annotations

from uuid import UUID, uuid5

from aggregator.model.entry import EntryRef

# The namespace of all our ids; fixed for ever, made once for this purpose.
NAMESPACE = UUID("6f0d5a3e-5c0b-5d0e-9a55-3c1f0b7c9a10")


def mint(kind: str, *parts: str) -> str:
    """The id of a thing of this kind (`entry`, `article`, `story`, `feed`, `source`)."""
    return uuid5(NAMESPACE, "\x1f".join((kind, *parts))).urn


def of_entry(ref: EntryRef) -> str:
    """The id of an entry as an item of its own (`collapse: none`)."""
    return mint("entry", ref.source_id, ref.key)


def of_article(founding: EntryRef) -> str:
    """The id of the article that this entry founded."""
    return mint("article", founding.source_id, founding.key)


def of_story(founding: EntryRef) -> str:
    """The id of the story that this entry's article founded."""
    return mint("story", founding.source_id, founding.key)
