"""A real HTTP server on loopback that answers byte for byte what a test wrote down.

Nothing between the test and the socket understands HTTP, so it can be as wrong as real ones are.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

Script = Callable[[asyncio.StreamWriter], Awaitable[None]]
Answer = bytes | Script


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was asked; header names in lower case."""

    path: str
    headers: Mapping[str, str]


class Server:
    """Answers each path with its answers, one a request, the last one for ever; others with 404.

    `{port}` in an answer's headers stands for the server's own port.
    """

    def __init__(
        self, answers: Mapping[str, list[Answer]], *, tls: ssl.SSLContext | None = None
    ) -> None:
        self._answers = {path: list(given) for path, given in answers.items()}
        self._tls = tls
        self._serving: set[asyncio.Task[None]] = set()
        self.requests: list[Request] = []
        self.port = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, ssl=self._tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.close()
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = _request(await reader.readuntil(b"\r\n\r\n"))
            self.requests.append(request)
            await self._answer(request.path, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client went away, as it may
        finally:
            writer.close()

    async def _answer(self, path: str, writer: asyncio.StreamWriter) -> None:
        answers = self._answers.get(path, [http(404)])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, bytes):
            writer.write(answer.replace(b"{port}", str(self.port).encode()))
            await writer.drain()
        else:
            await answer(writer)


def http(status: int, body: bytes = b"", **headers: str) -> bytes:
    """A whole answer. Header names are written with `_` for `-`; Content-Length is added."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    named.setdefault("Content-Length", str(len(body)))
    return head(status, **named) + body


def head(status: int, **headers: str) -> bytes:
    """A status line and just these headers."""
    lines = [f"HTTP/1.1 {status} Whatever"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "surrogateescape")


def never(*first: bytes) -> Script:
    """Writes something, or nothing, and then no more, without closing."""

    async def script(writer: asyncio.StreamWriter) -> None:
        writer.write(b"".join(first))
        await writer.drain()
        await asyncio.Event().wait()

    return script


def drip(first: bytes, drop: bytes) -> Script:
    """Writes a drop every few milliseconds, for ever."""

    async def script(writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        while True:
            writer.write(drop)
            await writer.drain()
            await asyncio.sleep(0.005)

    return script


def reset(first: bytes) -> Script:
    """Writes something and then breaks the connection."""

    async def script(writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        await writer.drain()
        writer.transport.abort()

    return script


def _request(block: bytes) -> Request:
    first, *lines = block.decode("utf-8").rstrip("\r\n").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return Request(
        path=first.split(" ")[1],
        headers={name.lower(): value.strip() for name, _, value in pairs},
    )
