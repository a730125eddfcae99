"""What a parser of one format hands on: the document, and what only the bytes tell."""

from __future__ import annotations

from dataclasses import dataclass

from aggregator.model.reading import Document, Facts, RawEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """`digests` holds a hash of each item of `document`, in its order, where its bytes are known.

    `known` are the positions and hashes of those items that were not parsed, because their bytes
    were parsed before. `complete` is False for a document that ended too early.
    """

    document: Document
    complete: bool
    digests: tuple[str, ...] = ()
    known: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One item of a document; `raw` is None for one that said the same in the last document."""

    position: int
    digest: str
    facts: Facts
    raw: RawEntry | None
