"""The clock: APScheduler calls what it is told to, every so often, and knows nothing else.

What is due is a column of the store, so a call that is late, missed or merged with the next loses
nothing, and a restart has nothing to restore.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, timedelta
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

Action = Callable[[], Awaitable[object]]


class Clock:
    """Calls actions in the event loop that it is started in, each never twice at once."""

    def __init__(self) -> None:
        logger = logging.getLogger(__name__)
        logger.setLevel(logging.ERROR)  # that an action still runs is no news
        self._scheduler = AsyncIOScheduler(timezone=UTC, logger=logger)
        self._under_way: set[asyncio.Future[object]] = set()

    def every(self, interval: timedelta, action: Action) -> None:
        """Call `action` an interval from the start, and then every interval.

        One that still runs is not called again; calls that were missed become one.
        """
        self._scheduler.add_job(
            partial(self._call, action),
            "interval",
            seconds=interval.total_seconds(),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    def start(self) -> None:
        """Begin. Needs a running event loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Call nothing more. An action under way is not cut: it ends by itself."""
        self._scheduler.shutdown(wait=False)

    async def _call(self, action: Action) -> None:
        """APScheduler cancels what it awaits when it stops; so it awaits this, not the action."""
        running = asyncio.ensure_future(action())
        self._under_way.add(running)
        running.add_done_callback(self._under_way.discard)
        with suppress(asyncio.CancelledError):
            await asyncio.wait({running})
        if running.done():
            running.result()
