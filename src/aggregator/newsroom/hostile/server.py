"""Attacks on sockets: one port, and for each attack a loopback address of its own.

All of 127.0.0.0/8 is this machine on Linux, so attacks need no names to be different hosts.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from ipaddress import IPv4Address

from aggregator.newsroom.hostile.attack import Attack, Call

# The first attack's address; nothing else listens there.
_FIRST = IPv4Address("127.7.0.1")
_BACKLOG = 128


class Hostile:
    """The served attacks. `visits` counts the requests that each attack was sent, by its name."""

    def __init__(self, attacks: Sequence[Attack], port: int) -> None:
        self.attacks = {str(_FIRST + index): attack for index, attack in enumerate(attacks)}
        self.visits: Counter[str] = Counter()
        self._port = port
        self._calls: set[asyncio.Task[None]] = set()

    @property
    def addresses(self) -> Mapping[str, str]:
        """The address of each attack's feed, by the attack's name."""
        return {attack.name: self._base(host) + "/feed" for host, attack in self.attacks.items()}

    async def run(self, listening: Sequence[socket.socket], stop: asyncio.Event) -> None:
        """Attack whoever comes until `stop` is set."""
        servers = [await asyncio.start_server(self._accept, sock=one) for one in listening]
        await stop.wait()
        for server in servers:
            server.close()
        for call in self._calls:
            call.cancel()
        await asyncio.gather(*self._calls, return_exceptions=True)

    def _base(self, host: str) -> str:
        return f"http://{host}:{self._port}"

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        call = asyncio.get_running_loop().create_task(self._attend(reader, writer))
        self._calls.add(call)
        call.add_done_callback(self._calls.discard)

    async def _attend(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request, one attack; then the line is closed."""
        host: str = writer.get_extra_info("sockname")[0]
        attack = self.attacks[host]
        try:
            with contextlib.suppress(OSError, EOFError):
                asked = await reader.readuntil(b"\r\n\r\n")
                self.visits[attack.name] += 1
                await attack.act(self._call(host, asked, writer))
            writer.close()
        finally:
            if not writer.is_closing():
                writer.transport.abort()

    def _call(self, host: str, asked: bytes, writer: asyncio.StreamWriter) -> Call:
        first, *lines = asked.decode("latin-1").rstrip().split("\r\n")
        pairs = (line.partition(":") for line in lines)
        return Call(
            path=first.split(" ")[1],
            headers={name.strip().lower(): value.strip() for name, _, value in pairs},
            count=self.visits[self.attacks[host].name],
            base=self._base(host),
            out=writer,
        )


@contextlib.contextmanager
def serve(attacks: Sequence[Attack]) -> Iterator[Hostile]:
    """Serve attacks for as long as the block runs. Raises `OSError` if no port can be bound."""
    stop = asyncio.Event()
    loop = asyncio.new_event_loop()
    with contextlib.closing(loop), contextlib.ExitStack() as sockets:
        listening = [sockets.enter_context(_listen(_FIRST, 0))]
        port: int = listening[0].getsockname()[1]
        for index in range(1, len(attacks)):
            listening.append(sockets.enter_context(_listen(_FIRST + index, port)))
        hostile = Hostile(attacks, port)
        run = hostile.run(listening, stop)
        thread = threading.Thread(target=loop.run_until_complete, args=(run,), name="hostile")
        thread.start()
        try:
            yield hostile
        finally:
            loop.call_soon_threadsafe(stop.set)
            thread.join()


def _listen(host: IPv4Address, port: int) -> socket.socket:
    return socket.create_server((str(host), port), backlog=_BACKLOG)
