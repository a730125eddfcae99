"""What an attack is, and the few moves that all of them are made of."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

# Time between two drops of a slow drip: each long before any reader's own patience ends.
_DROP = timedelta(milliseconds=200)
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request that an attack answers: the `count`-th to it, from 1.

    `base` is the attack's own address without a slash at its end; `path` includes the query.
    """

    path: str
    headers: dict[str, str]
    count: int
    base: str
    out: asyncio.StreamWriter


Act = Callable[[Call], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """A wrong under its name. `result` is the name that a poll of it must end with, in the end.

    `finding` is the name of what must be told of a document that is read all the same. `guarded`
    attacks are for sources that may be asked at public addresses only.
    """

    name: str
    result: str
    act: Act
    finding: str | None = None
    guarded: bool = False


def answer(status: int, body: bytes = b"", **headers: str) -> Act:
    """The same whole answer every time; header names are written with `_` for `-`."""
    return made(lambda _: head(status, **{"Content_Length": str(len(body)), **headers}) + body)


def page(body: bytes, status: int = 200) -> Act:
    return answer(status, body, Content_Type="text/html; charset=utf-8")


def document(body: Callable[[], bytes], **headers: str) -> Act:
    """A 200 with a body that is made when it is asked for first, because it is large."""
    whole = cache(lambda: ok(body(), **headers))
    return made(lambda _: whole())


def made(whole: Callable[[Call], bytes]) -> Act:
    """An answer that depends on the call, as bytes from its status line on."""

    async def act(call: Call) -> None:
        await send(call, (whole(call),))

    return act


def ok(body: bytes, **headers: str) -> bytes:
    named = {"Content_Type": "application/rss+xml", "Content_Length": str(len(body)), **headers}
    return head(200, **named) + body


def head(status: int, **headers: str) -> bytes:
    """A status line and just these headers."""
    lines = [f"HTTP/1.1 {status} So be it"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


async def send(call: Call, pieces: Iterable[bytes]) -> None:
    """Write pieces as fast as the other side takes them."""
    for piece in pieces:
        for start in range(0, len(piece), _CHUNK):
            call.out.write(piece[start : start + _CHUNK])
            await call.out.drain()


def drip(first: bytes, drop: bytes) -> Act:
    """A beginning, and then a drop now and then, for ever."""

    async def act(call: Call) -> None:
        await send(call, (first,))
        while True:
            await asyncio.sleep(_DROP.total_seconds())
            await send(call, (drop,))

    return act


def flood(first: bytes, wave: bytes) -> Act:
    """A beginning, and then the same again as fast as it is taken, for ever."""

    async def act(call: Call) -> None:
        await send(call, (first,))
        while True:
            await send(call, (wave,))

    return act


def reset(first: bytes) -> Act:
    """Something, and then the line is cut, unsent bytes and all."""

    async def act(call: Call) -> None:
        await send(call, (first,))
        call.out.transport.abort()

    return act


async def silence(call: Call) -> None:
    """Nothing, for ever."""
    await asyncio.Event().wait()
