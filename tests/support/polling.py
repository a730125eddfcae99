"""The two fakes of polling: a clock that stands until it is moved, and a network that is written.

Everything else in these tests is real.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from xml.sax.saxutils import escape

from aggregator.model.fetched import Fetched, FetchResult, NotModified, Refused, Validators, Why
from aggregator.model.reading import Reading, Window
from aggregator.model.source import Source, SourceState
from aggregator.reading import read
from tests.support.world import NOON


class FakeClock:
    """Time as the test says."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, by: timedelta) -> None:
        self.now += by


class Gate:
    """An answer that comes when the test opens it."""

    def __init__(self, answer: bytes) -> None:
        self.answer = answer
        self.asked = asyncio.Event()
        self.opened = asyncio.Event()

    async def pass_through(self) -> bytes:
        self.asked.set()
        await self.opened.wait()
        return self.answer


Answer = bytes | Why | Exception | Gate | None


class ScriptedFetcher:
    """Answers each source with its answers, one a visit, the last one for ever.

    A body is fetched, a `Why` refused, an exception raised, None is a 304. `visits` lists who was
    asked, `states` with which state, `peak` how many were under way at most.
    """

    def __init__(self, answers: Mapping[str, Sequence[Answer]]) -> None:
        self._answers = {source_id: list(given) for source_id, given in answers.items()}
        self._under_way = 0
        self.visits: list[str] = []
        self.states: list[SourceState] = []
        self.peak = 0

    async def fetch(self, source: Source, state: SourceState, now: datetime) -> FetchResult:
        self.visits.append(source.id)
        self.states.append(state)
        self._under_way += 1
        self.peak = max(self.peak, self._under_way)
        try:
            await asyncio.sleep(0)
            return await self._result(source, now)
        finally:
            self._under_way -= 1

    async def _result(self, source: Source, now: datetime) -> FetchResult:
        answers = self._answers[source.id]
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, Gate):
            answer = await answer.pass_through()
        match answer:
            case bytes():
                return Fetched(
                    source_id=source.id,
                    at=now,
                    url=source.url,
                    body=answer,
                    validators=Validators(etag=f'"{len(self.visits)}"'),
                )
            case Why():
                return Refused(source_id=source.id, at=now, why=answer, detail="as scripted")
            case None:
                return NotModified(source_id=source.id, at=now)
            case Exception():
                raise answer


async def read_at_once(fetched: Fetched, source: Source, previous: Window) -> Reading | Refused:
    """Reading without a process of its own."""
    return read(fetched, source, previous)


def rss(*titles: str) -> bytes:
    """A feed that lists these titles; each title is its item's identity."""
    items = "".join(
        f"<item><title>{escape(title)}</title><guid isPermaLink='false'>{escape(title)}</guid>"
        f"<link>https://news.example/{index}-{escape(title.replace(' ', '-'))}</link></item>"
        for index, title in enumerate(titles)
    )
    return f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>".encode()
