"""What a parser of one format hands on: the document, and what only the bytes tell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b

from aggregator.model.reading import Document, RawEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """`digests` holds a hash of the bytes of each item of `document`, in its order.

    `complete` is False for a document that ended too early.
    """

    document: Document
    digests: tuple[str, ...]
    complete: bool


def digest_of(item: RawEntry) -> str:
    """The hash of an item whose bytes nobody knows: of all that it says, wherever it stands."""
    return blake2b(repr(replace(item, position=0)).encode(), digest_size=8).hexdigest()
