"""The clock ticks, does not overlap itself, survives a bad tick, and stops cleanly."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import pytest

from aggregator.polling.scheduler import Clock, Every

SOON = timedelta(milliseconds=10)


def test_an_action_is_called_again_and_again() -> None:
    async def main() -> None:
        called = asyncio.Semaphore(0)

        async def action() -> None:
            called.release()

        clock = Clock()
        clock.every(SOON, action)
        clock.start()
        for _ in range(3):
            await asyncio.wait_for(called.acquire(), 10)
        clock.stop()

    asyncio.run(main())


def test_what_was_missed_is_not_counted_however_long_it_was() -> None:
    woken = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
    asleep = datetime(1970, 1, 1, tzinfo=UTC)

    assert Every(SOON).get_next_fire_time(asleep, woken) == woken + SOON


def test_a_clock_that_is_set_back_does_not_keep_actions_waiting() -> None:
    async def main() -> None:
        called = asyncio.Event()

        async def action() -> None:
            called.set()

        clock = Clock()
        clock.every(timedelta(hours=1), action)
        clock.start()
        clock.put_right(datetime(2000, 1, 1, tzinfo=UTC))
        await asyncio.wait_for(called.wait(), 10)
        clock.stop()

    asyncio.run(main())


def test_an_action_that_still_runs_is_not_called_again_while_others_are(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def main() -> int:
        calls = 0
        ticks = asyncio.Semaphore(0)

        async def slow() -> None:
            nonlocal calls
            calls += 1
            await asyncio.Event().wait()

        async def quick() -> None:
            ticks.release()

        clock = Clock()
        clock.every(SOON, slow)
        clock.every(SOON, quick)
        clock.start()
        for _ in range(5):
            await asyncio.wait_for(ticks.acquire(), 10)
        clock.stop()
        return calls

    assert asyncio.run(main()) == 1
    assert caplog.records == []


def test_one_that_fails_is_told_and_called_again(caplog: pytest.LogCaptureFixture) -> None:
    async def main() -> None:
        called = asyncio.Semaphore(0)

        async def faulty() -> None:
            called.release()
            raise ZeroDivisionError("a fault of ours")

        clock = Clock()
        clock.every(SOON, faulty)
        clock.start()
        for _ in range(2):
            await asyncio.wait_for(called.acquire(), 10)
        clock.stop()

    asyncio.run(main())

    assert "ZeroDivisionError" in caplog.text


def test_stopping_lets_an_action_under_way_end_by_itself(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def main() -> list[str]:
        events: list[str] = []
        begun, go_on, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

        async def action() -> None:
            begun.set()
            await go_on.wait()
            events.append("ended")
            ended.set()

        clock = Clock()
        clock.every(SOON, action)
        clock.start()
        await asyncio.wait_for(begun.wait(), 10)
        clock.stop()
        await asyncio.sleep(0)
        events.append("stopped")
        go_on.set()
        await asyncio.wait_for(ended.wait(), 10)
        return events

    caplog.set_level(logging.WARNING)

    assert asyncio.run(main()) == ["stopped", "ended"]
    assert caplog.records == []


def test_after_stopping_nothing_is_called() -> None:
    async def main() -> int:
        calls = 0
        called = asyncio.Event()

        async def action() -> None:
            nonlocal calls
            calls += 1
            called.set()

        clock = Clock()
        clock.every(SOON, action)
        clock.start()
        await asyncio.wait_for(called.wait(), 10)
        clock.stop()
        await asyncio.sleep(0)
        before = calls
        await asyncio.sleep(5 * SOON.total_seconds())
        return calls - before

    assert asyncio.run(main()) == 0
