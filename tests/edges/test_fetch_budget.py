"""Room for large bodies: bounded, in turn, and held until a task ends."""

from __future__ import annotations

import asyncio

from aggregator.polling.fetch.budget import Budget


class Visitor:
    """A task that wants room, says when it has it, and keeps it until it is told to end."""

    def __init__(self, budget: Budget, size: int) -> None:
        self.has_room = False
        self._end = asyncio.Event()
        self.task = asyncio.create_task(self._visit(budget, size))

    async def _visit(self, budget: Budget, size: int) -> None:
        await budget.hold(size)
        self.has_room = True
        await self._end.wait()

    async def end(self) -> None:
        self._end.set()
        await self.task
        await settled()


async def settled() -> None:
    """Let every task come as far as it gets by itself."""
    for _ in range(10):
        await asyncio.sleep(0)


def test_who_does_not_fit_waits_until_somebody_has_ended() -> None:
    async def run() -> None:
        budget = Budget(100)
        one, two, three = (Visitor(budget, size) for size in (60, 60, 40))
        await settled()
        assert [v.has_room for v in (one, two, three)] == [True, False, False]  # nobody overtakes
        await one.end()
        assert [two.has_room, three.has_room] == [True, True]
        await two.end()
        await three.end()

    asyncio.run(run())


def test_one_that_is_larger_than_all_has_it_alone() -> None:
    async def run() -> None:
        budget = Budget(100)
        large, small = Visitor(budget, 10_000), Visitor(budget, 1)
        await settled()
        assert (large.has_room, small.has_room) == (True, False)
        await large.end()
        assert small.has_room
        await small.end()

    asyncio.run(run())


def test_who_gives_up_waiting_leaves_its_turn_to_the_next() -> None:
    async def run() -> None:
        budget = Budget(100)
        one, two, three = (Visitor(budget, 60) for _ in range(3))
        await settled()
        two.task.cancel()
        await settled()
        await one.end()
        assert three.has_room
        await three.end()
        last = Visitor(budget, 100)
        await settled()
        assert last.has_room  # nothing was lost
        await last.end()

    asyncio.run(run())


def test_a_task_that_asks_again_holds_the_last_only() -> None:
    async def run() -> None:
        budget = Budget(100)
        for _ in range(5):
            await budget.hold(80)

    asyncio.run(run())
