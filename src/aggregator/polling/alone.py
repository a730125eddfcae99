"""Calls that may block for ever, each in a thread of its own that nobody waits for.

The event loop's own pool has a handful of threads, which a few dead name servers or a network disk
that is gone would fill; and threads of a pool are waited for at the end. What is given up goes on
by itself, so whoever calls bounds how many there are.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


async def alone(call: Callable[[], T], ended: Callable[[], None] = lambda: None) -> T:
    """What `call` returns or raises. `ended` is called in the loop once it is over, waited for or
    not."""
    loop = asyncio.get_running_loop()
    found: asyncio.Future[T] = loop.create_future()

    def settle(set_: Callable[[], None]) -> None:
        ended()
        if not found.done():  # else given up by now
            set_()

    def run() -> None:
        set_ = _outcome(call, found)
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(settle, set_)

    Thread(target=run, name="alone", daemon=True).start()
    return await found


def _outcome(call: Callable[[], T], found: asyncio.Future[T]) -> Callable[[], None]:
    """What is to be done with the future, which belongs to the loop's thread."""
    try:
        result = call()
    except Exception as error:  # told to whoever waits, whatever it is
        fault = error
        return lambda: found.set_exception(fault)
    return lambda: found.set_result(result)
