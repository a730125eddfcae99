"""What we know of a document before we parse it: the items of the last one, by hashes of them.

Most documents repeat all items but one, so an item that says what it said last time, under the same
circumstances, is listed and no more. The hash is keyed with all that an item is read under besides
its own bytes; change any of it, or how we read, and every item is new again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from aggregator.model.fetched import Fetched
from aggregator.model.reading import Listed, Window
from aggregator.model.source import Source
from aggregator.text import urls

VERSION = 4
"""To be raised with every change of reading that makes another entry of the same bytes."""

MAX_ENTRIES = 2000
"""Rule 39: as many items of one document are looked at, the newest ones. Which those are only the
dates of all items tell, so longer documents are read whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """The places of the last good document by their digests, and the key of the digests."""

    key: bytes
    known: Mapping[str, Listed] = field(default_factory=dict)

    def digest(self, *parts: str) -> str:
        """The hash by which an item is known again."""
        said = "\0".join(parts).encode(errors="surrogatepass")
        return blake2b(said, key=self.key, digest_size=8).hexdigest()

    def emptied(self) -> Memory:
        """Nothing known, under the same key: the whole document is read."""
        return replace(self, known={})


def of(fetched: Fetched, source: Source, previous: Window) -> Memory:
    """What is remembered of `previous` for a body that was fetched for `source`."""
    lent = (VERSION, urls.place(fetched.url), source.name, source.language)
    clock = (source.timezone, source.hours)
    house = (source.kind, source.agency, source.agencies)
    places = previous.places if len(previous.places) <= MAX_ENTRIES else ()
    return Memory(
        key=blake2b(repr((lent, clock, house)).encode(), digest_size=32).digest(),
        known={place.digest: place for place in places if place.facts},
    )
