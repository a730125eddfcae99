"""Lookups that hang hold up nobody else, and end."""

from __future__ import annotations

import asyncio
import socket
from threading import Event
from typing import Any

import pytest

from aggregator.polling.fetch.resolver import LOOKUPS, Resolver

FOUND = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 80))]


class Names:
    """A resolver of names in `.dead` that never answers, until the test ends."""

    def __init__(self) -> None:
        self.freed = Event()

    def __call__(self, host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        if host.endswith(".dead"):
            self.freed.wait()
        if host.endswith(".invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return FOUND


def test_a_name_is_looked_up() -> None:
    async def run() -> None:
        (one,) = await Resolver(Names()).resolve("a.example", 8080)
        assert (one["hostname"], one["host"], one["port"]) == ("a.example", "93.184.216.34", 8080)
        assert one["family"] == socket.AF_INET

    asyncio.run(run())


def test_what_the_lookup_says_is_said() -> None:
    async def run() -> None:
        with pytest.raises(socket.gaierror) as caught:
            await Resolver(Names()).resolve("a.invalid")
        assert caught.value.errno == socket.EAI_NONAME

    asyncio.run(run())


def test_a_name_server_that_hangs_is_given_up_and_named_as_a_lookup() -> None:
    async def run(names: Names) -> None:
        with pytest.raises(socket.gaierror) as caught:
            await Resolver(names, patience=0.05).resolve("a.dead")
        assert caught.value.errno == socket.EAI_AGAIN

    names = Names()
    asyncio.run(run(names))
    names.freed.set()


def test_those_that_hang_hold_up_no_other() -> None:
    async def run(names: Names) -> None:
        resolver = Resolver(names, patience=60)
        hanging = [asyncio.create_task(resolver.resolve(f"{n}.dead")) for n in range(LOOKUPS - 1)]
        await asyncio.sleep(0)
        assert len(await resolver.resolve("a.example")) == 1
        assert not any(task.done() for task in hanging)
        names.freed.set()
        assert all(len(found) == 1 for found in await asyncio.gather(*hanging))

    asyncio.run(run(Names()))


def test_no_more_threads_are_started_than_that() -> None:
    async def run(names: Names) -> None:
        resolver = Resolver(names, patience=60)
        hanging = [asyncio.create_task(resolver.resolve(f"{n}.dead")) for n in range(LOOKUPS)]
        await asyncio.sleep(0)
        waiting = asyncio.create_task(resolver.resolve("a.example"))
        await asyncio.sleep(0.05)
        assert not waiting.done()
        names.freed.set()
        await asyncio.gather(waiting, *hanging)

    asyncio.run(run(Names()))
