"""Bytes ready to send in every coding, and the few of them that are worth keeping.

A feed is rendered and compressed once a generation, by one thread; the others meanwhile get the
generation before (rule 101), so that a hundred readers coming at once cost one render.
"""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from threading import Lock

import brotli

from aggregator.model.feed import Rendered

SMALLEST = 512  # bytes; below this a coding's overhead eats its gain


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """One answer in each coding ("" is identity); `etag` is the bare hash of the identity bytes."""

    media_type: str
    etag: str
    last_modified: datetime | None
    bodies: Mapping[str, bytes]

    @property
    def etags(self) -> frozenset[str]:
        return frozenset(tag(self.etag, coding) for coding in self.bodies)


def tag(etag: str, coding: str) -> str:
    """The entity tag of a coding, without quotes: other bytes, so another tag."""
    return f"{etag}-{coding}" if coding else etag


def document(rendered: Rendered) -> Coded:
    """A rendered feed in all codings."""
    return Coded(
        media_type=rendered.media_type,
        etag=rendered.etag,
        last_modified=rendered.last_modified,
        bodies=compressed(rendered.body),
    )


def page(body: bytes, media_type: str) -> Coded:
    """A page in all codings; it has no date of its own, its hash says whether it changed."""
    etag = blake2b(body, digest_size=16).hexdigest()
    return Coded(media_type=media_type, etag=etag, last_modified=None, bodies=compressed(body))


def compressed(body: bytes) -> dict[str, bytes]:
    """The body in each coding; the same body always gives the same bytes."""
    if len(body) < SMALLEST:
        return {"": body}
    return {
        "": body,
        "gzip": gzip.compress(body, compresslevel=6, mtime=0),
        "br": brotli.compress(body, quality=5),
    }


class Cache:
    """The latest generation of each answer, least recently used first out, bounded in bytes."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._size = 0
        self._kept: OrderedDict[Hashable, tuple[Hashable, Coded]] = OrderedDict()
        self._index = Lock()
        self._making = Lock()

    def get(self, key: Hashable, generation: Hashable, make: Callable[[], Coded]) -> Coded:
        """The answer of this generation, or the one before while another thread is rendering."""
        kept = self._look(key)
        if kept and kept[0] == generation:
            return kept[1]
        if kept and self._making.locked():
            return kept[1]
        with self._making:
            return self._made(key, generation, make)

    def _made(self, key: Hashable, generation: Hashable, make: Callable[[], Coded]) -> Coded:
        """Another thread may have made it while this one waited."""
        kept = self._look(key)
        if kept and kept[0] == generation:
            return kept[1]
        coded = make()
        self._keep(key, generation, coded)
        return coded

    def _look(self, key: Hashable) -> tuple[Hashable, Coded] | None:
        with self._index:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, key: Hashable, generation: Hashable, coded: Coded) -> None:
        with self._index:
            self._drop(self._kept.pop(key, None))
            self._kept[key] = (generation, coded)
            self._size += _weight(coded)
            while self._size > self._budget:
                self._drop(self._kept.popitem(last=False)[1])

    def _drop(self, kept: tuple[Hashable, Coded] | None) -> None:
        if kept:
            self._size -= _weight(kept[1])


def _weight(coded: Coded) -> int:
    return sum(map(len, coded.bodies.values()))
