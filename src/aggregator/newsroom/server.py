"""The world on a socket: a small HTTP/1.1 server in a thread of its own.

On asyncio streams rather than the standard library's threading server, because a thousand sources
keep connections open at once, and because all of them can be closed from here when it is time.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import unquote, urlsplit

from aggregator.newsroom import site
from aggregator.newsroom.site import Request, Response
from aggregator.newsroom.world import World

Clock = Callable[[], datetime]
# A silent client is let go; longer than any poller's time between two requests of one batch.
_PATIENCE = timedelta(seconds=30)
# A herd of sources due at once must find room in the kernel's queue.
_BACKLOG = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A request for an outlet's feed: the `count`-th since the server started, from 1."""

    outlet: str
    count: int
    at: datetime


# What goes wrong, by script: the healthy response in, what is really sent out.
Fault = Callable[[Visit, Response], Response]


def unavailable(visit: Visit, response: Response) -> Response:
    """A fault: the outlet's server is overloaded and says so."""
    words = f"{visit.outlet} is overloaded\n".encode()
    return Response(status=503, headers={"Content-Type": "text/plain"}, body=words)


def slow(delay: timedelta) -> Fault:
    """A fault: everything comes, this much later."""
    return lambda _, response: replace(response, delay=delay)


@contextlib.contextmanager
def serve(
    world: World, clock: Clock, *, host: str = "127.0.0.1", port: int = 0
) -> Iterator[Server]:
    """Serve a world, at the moments that `clock` shows, for as long as the block runs.

    `host` is an IPv4 address or a name of one; port 0 takes a free one. Raises `OSError` if the
    address cannot be bound.
    """
    stop = asyncio.Event()
    loop = asyncio.new_event_loop()
    try:
        with socket.create_server((host, port), backlog=_BACKLOG) as listening:
            server = Server(world, clock, f"http://{host}:{listening.getsockname()[1]}")
            run = server.run(listening, stop)
            thread = threading.Thread(target=loop.run_until_complete, args=(run,), name="newsroom")
            thread.start()
            try:
                yield server
            finally:
                loop.call_soon_threadsafe(stop.set)
                thread.join()
    finally:
        loop.close()


class Server:
    """A served world. `base` is its address, without a slash at the end.

    `faults` gives outlets their faults by id; it may be changed while the server runs.
    """

    def __init__(self, world: World, clock: Clock, base: str) -> None:
        self.base = base
        self.faults: dict[str, Fault] = {}
        self._world = world
        self._clock = clock
        self._visits: Counter[str] = Counter()
        self._clients: set[asyncio.Task[None]] = set()

    async def run(self, listening: socket.socket, stop: asyncio.Event) -> None:
        """Accept clients until `stop` is set; then let go of all of them at once."""
        accepting = await asyncio.start_server(self._accept, sock=listening)
        await stop.wait()
        accepting.close()
        for client in self._clients:
            client.cancel()
        await asyncio.gather(*self._clients, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        client = asyncio.get_running_loop().create_task(self._attend(reader, writer))
        self._clients.add(client)
        client.add_done_callback(self._clients.discard)

    async def _attend(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One client, until it leaves, falls silent, talks nonsense, or the server stops."""
        client_left = (OSError, EOFError, ValueError, asyncio.LimitOverrunError)
        try:
            with contextlib.suppress(*client_left):
                while await self._respond(await _read(reader), writer):
                    pass
            writer.close()
        finally:
            # Where we are stopping, what is still unsent is dropped; else this changes nothing.
            if not writer.is_closing():
                writer.transport.abort()

    async def _respond(self, request: Request, writer: asyncio.StreamWriter) -> bool:
        """Answer a request; whether the client may send another."""
        response = self._answer(request)
        await asyncio.sleep(response.delay.total_seconds())
        writer.write(_head(response) + response.body)
        await writer.drain()
        return request.headers.get("connection", "").lower() != "close"

    def _answer(self, request: Request) -> Response:
        at = self._clock()
        response = site.answer(self._world, request, at, self.base)
        outlet = site.feed_of(self._world, request.path)
        if outlet is None:
            return response
        self._visits[outlet.id] += 1
        fault = self.faults.get(outlet.id)
        visit = Visit(outlet=outlet.id, count=self._visits[outlet.id], at=at)
        return fault(visit, response) if fault else response


async def _read(reader: asyncio.StreamReader) -> Request:
    """The next request's head. Raises `ValueError` for what is none, `EOFError` at the end."""
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _PATIENCE.total_seconds())
    first, *lines = head.decode("latin-1").rstrip().split("\r\n")
    method, target, _ = first.split(" ", 2)
    pairs = (line.partition(":") for line in lines)
    return Request(
        method=method,
        path=unquote(urlsplit(target).path),
        headers={name.strip().lower(): value.strip() for name, _, value in pairs},
    )


def _head(response: Response) -> bytes:
    headers = dict(response.headers)
    if response.status != HTTPStatus.NOT_MODIFIED:
        headers.setdefault("Content-Length", str(len(response.body)))
    lines = [f"HTTP/1.1 {response.status} {HTTPStatus(response.status).phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
