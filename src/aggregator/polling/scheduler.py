"""The clock: APScheduler calls what it is told to, every so often, and knows nothing else.

What is due is a column of the store, so a call that is late, missed or merged with the next loses
nothing, and a restart has nothing to restore.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

Action = Callable[[], Awaitable[object]]

_LOOK = 10.0  # seconds between two looks at whether the machine's clock was set back


class Every(BaseTrigger):  # type: ignore[misc]  # the library has no types
    """An interval from now on, whatever was missed.

    The library's own lists every second that was missed before it makes one of them: after a week's
    sleep of the machine that takes seconds, and after a clock that began in 1970 all memory.
    """

    def __init__(self, interval: timedelta) -> None:
        self.interval = interval

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        return now + self.interval


class Clock:
    """Calls actions in the event loop that it is started in, each never twice at once."""

    def __init__(self) -> None:
        logger = logging.getLogger(__name__)
        logger.setLevel(logging.ERROR)  # that an action still runs is no news
        self._scheduler = AsyncIOScheduler(timezone=UTC, logger=logger)
        self._under_way: set[asyncio.Future[object]] = set()
        self._looking: asyncio.TimerHandle | None = None

    def every(self, interval: timedelta, action: Action) -> None:
        """Call `action` an interval from the start, and then every interval.

        One that still runs is not called again; calls that were missed become one.
        """
        self._scheduler.add_job(
            partial(self._call, action),
            Every(interval),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    def start(self) -> None:
        """Begin. Needs a running event loop."""
        self._scheduler.start()
        self._look()

    def stop(self) -> None:
        """Call nothing more. An action under way is not cut: it ends by itself."""
        self._scheduler.shutdown(wait=False)
        if self._looking:
            self._looking.cancel()

    def put_right(self, now: datetime) -> None:
        """Call at once what is planned further ahead than it may be. Plans are of the wall clock:
        were that set back by a day, nothing would be called for a day."""
        for job in self._scheduler.get_jobs():
            if job.next_run_time > now + job.trigger.interval:
                job.modify(next_run_time=now)

    def _look(self) -> None:
        self.put_right(datetime.now(UTC))  # noqa: TID251 - the clock that the library plans by
        self._looking = asyncio.get_running_loop().call_later(_LOOK, self._look)

    async def _call(self, action: Action) -> None:
        """APScheduler cancels what it awaits when it stops; so it awaits this, not the action."""
        running = asyncio.ensure_future(action())
        self._under_way.add(running)
        running.add_done_callback(self._under_way.discard)
        with suppress(asyncio.CancelledError):
            await asyncio.wait({running})
        if running.done():
            running.result()
