"""Names to addresses, so that a name server that hangs holds up nobody but those who ask it.

`getaddrinfo` blocks, cannot be stopped, and takes as long as a resolver likes. So each lookup has a
thread of its own that nobody waits for, and both their number and our patience have bounds.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from functools import partial
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

from aggregator.polling.alone import alone

Lookup = Callable[..., list[tuple[Any, ...]]]
"""`socket.getaddrinfo`, or what stands for it."""

LOOKUPS = 64
"""Threads at once: one for each visit that may be under way."""

PATIENCE = 8.0
"""Seconds until a lookup is given up: glibc asks a silent server twice, five seconds each time, and
whoever has not answered the second question by now leaves no time for the visit."""


class Resolver(AbstractResolver):
    """Lives in one event loop. Asks `lookup` as it would `socket.getaddrinfo`."""

    def __init__(self, lookup: Lookup = socket.getaddrinfo, *, patience: float = PATIENCE) -> None:
        self._lookup = lookup
        self._patience = patience
        self._free = asyncio.Semaphore(LOOKUPS)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of a host. Raises `socket.gaierror`, also for one that took too long."""
        facts = {"family": family, "type": socket.SOCK_STREAM, "flags": socket.AI_ADDRCONFIG}
        try:
            async with asyncio.timeout(self._patience):
                infos = await self._in_thread(partial(self._lookup, host, port, **facts))
        except TimeoutError:
            raise socket.gaierror(socket.EAI_AGAIN, "the lookup took too long") from None
        return [_result(host, port, info) for info in infos]

    async def close(self) -> None:
        """Nothing is kept; threads that still wait for a name server are no one's."""

    async def _in_thread(self, call: Callable[[], list[tuple[Any, ...]]]) -> list[tuple[Any, ...]]:
        await self._free.acquire()
        return await alone(call, self._free.release)


def _result(host: str, port: int, info: tuple[Any, ...]) -> ResolveResult:
    return ResolveResult(
        hostname=host,
        host=info[4][0],
        port=port,
        family=info[0],
        proto=info[2],
        flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
    )
