"""What sources would give: each fetched and read once, as politely as by a poll, and nothing kept.

Without the store, so that a configuration can be tried out that has no database yet.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from urllib.parse import urlsplit

from aggregator.model.fetched import Fetched, NotModified, Refused, Why
from aggregator.model.reading import Reading, Window
from aggregator.model.source import Source, SourceState
from aggregator.polling.poll import CONCURRENCY, PER_HOST, Fetch, Read, blamed

Sample = tuple[Source, Reading | Refused]


class Sampler:
    """Visits sources without conditions. `observe` is told of each, in the loop's thread."""

    def __init__(
        self,
        *,
        fetch: Fetch,
        read: Read,
        clock: Callable[[], datetime],
        observe: Callable[[Sample], None],
    ) -> None:
        self._fetch = fetch
        self._read = read
        self._clock = clock
        self._observe = observe
        self._slots = asyncio.Semaphore(CONCURRENCY)
        self._gates = defaultdict[str, asyncio.Semaphore](lambda: asyncio.Semaphore(PER_HOST))

    async def run(self, sources: Iterable[Source]) -> tuple[Sample, ...]:
        """A sample of each source, in the order given."""
        return tuple(await asyncio.gather(*(self._visit(source) for source in sources)))

    async def _visit(self, source: Source) -> Sample:
        host = urlsplit(source.url).hostname or ""
        async with self._gates[host], self._slots:
            sample = source, await self._outcome(source)
        self._observe(sample)
        return sample

    async def _outcome(self, source: Source) -> Reading | Refused:
        now = self._clock()
        fresh = SourceState(source_id=source.id, next_poll_at=now)
        match await self._fetch(source, fresh, now):
            case Fetched() as fetched:
                return blamed(await self._read(fetched, source, Window()), fetched)
            case Refused() as refused:
                return refused
            case NotModified(at=at):
                detail = "304 to a request without conditions"
                return Refused(source_id=source.id, at=at, why=Why.BAD_STATUS, detail=detail)
