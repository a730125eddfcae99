"""Asking the pages of items that their source lists no more, each once, whether they are gone.

Beside the poller and through its client: with its guard, its turns at a host and its patience.
What is asked, and what an answer means, is decided in `matching.absence`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Protocol, TypeVar

from aggregator.absentees import Absentees
from aggregator.matching import absence
from aggregator.model.fetched import FetchResult
from aggregator.model.source import Source
from aggregator.observe import log
from aggregator.observe.events import Event, TakenDown
from aggregator.ports import Question
from aggregator.text.secrets import redact

T = TypeVar("T")
Look = Callable[[Source, datetime, datetime], Awaitable[FetchResult]]

_ACCEPT = ("Accept", "text/html, application/xhtml+xml, */*;q=0.5")


class InLane(Protocol):
    """`Poller.in_lane`."""

    def __call__(self, call: Callable[[], T]) -> Awaitable[T]: ...


class Pages:
    """Asks what is to be asked, in one event loop, and ends with `drain`.

    `look` never raises for what a network does; `report` is told what leaves the outputs.
    """

    def __init__(
        self,
        *,
        absentees: Absentees,
        look: Look,
        in_lane: InLane,
        clock: Callable[[], datetime],
        report: Callable[[Event], None] = log.emit,
    ) -> None:
        self._absentees = absentees
        self._look = look
        self._in_lane = in_lane
        self._clock = clock
        self._report = report
        self._asking: set[asyncio.Task[None]] = set()
        self._draining = False

    async def tick(self) -> None:
        """Ask the pages whose time has come, and wait for their answers."""
        if self._draining:
            return
        questions = await self._in_lane(partial(self._absentees.ask, self._clock()))
        if self._draining or not questions:
            return
        self._asking = {asyncio.create_task(self._ask(question)) for question in questions}
        await asyncio.wait(self._asking)
        for task in self._asking:
            if not task.cancelled():
                task.result()

    async def drain(self) -> None:
        """Stop: what is under way is given up, and is not asked again."""
        self._draining = True
        for task in self._asking:
            task.cancel()
        if self._asking:
            await asyncio.wait(self._asking)

    async def _ask(self, question: Question) -> None:
        asked = page(question.source, question.url)
        answer = await self._look(asked, question.since, self._clock())
        settle = partial(self._absentees.settle, question, answer)
        if await self._in_lane(lambda: settle(self._clock())):
            self._report(
                TakenDown(
                    source=question.source.id,
                    url=redact(question.url),
                    answer=absence.name_of(answer),
                )
            )


def page(source: Source, url: str) -> Source:
    """A page as something to ask: as its source asks where it is at home, else as a stranger.

    The address is a publisher's words: a `${NAME}` in it is no secret of ours to fill in.
    """
    home = absence.is_home(source, url)
    own = source.headers if home else ()
    return replace(
        source,
        url=url.replace("${", "%24{"),
        headers=(*own, _ACCEPT),
        user_agent=source.user_agent if home else None,
        proxy=source.proxy if home else None,
        allow_private=source.allow_private and home,
    )
