"""Memory for large bodies: as much as there is, shared by turns, whoever sends how much.

Sixty-four visits of ten megabytes each would be more memory than the rest of the service. Nearly
all feeds are small, so a body that stays small asks nobody; one that grows waits until there is
room for the largest that its source may send, and keeps the room until its poll has ended: read and
stored, not only received.
"""

from __future__ import annotations

import asyncio
from collections import deque

SMALL = 256_000
"""Bytes that every visit may hold unasked; of 362 real feeds, 345 are smaller."""

TOTAL = 20_000_000
"""Bytes for those that are larger: two at once of the largest size that is allowed unless the
operator says otherwise. One that may be larger than all of it has it alone. With 64 visits of
10 MB each at once, a process that did nothing else grew by 113 MB."""


class Budget:
    """Gives room to tasks of one event loop, in the order in which they ask."""

    def __init__(self, total: int = TOTAL) -> None:
        self._total = total
        self._free = total
        self._held: dict[asyncio.Task[object], int] = {}
        self._waiting: deque[tuple[int, asyncio.Future[None]]] = deque()

    async def hold(self, size: int) -> None:
        """Wait for room for this many bytes; it is the task's until it ends, or holds other."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("room is held by tasks")
        self._give_back(task)
        share = min(size, self._total)
        await self._turn(share)
        self._held[task] = share
        task.add_done_callback(self._give_back)

    async def _turn(self, share: int) -> None:
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append((share, turn))
        self._serve()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._free += share
            self._serve()
            raise

    def _serve(self) -> None:
        """Let in whoever is first and fits; nobody overtakes, or the largest would wait for ever"""
        while self._waiting:
            share, turn = self._waiting[0]
            if not turn.done():
                if share > self._free:
                    return
                self._free -= share
                turn.set_result(None)
            self._waiting.popleft()

    def _give_back(self, task: asyncio.Task[object]) -> None:
        self._free += self._held.pop(task, 0)
        self._serve()
