"""Reading where it can do no harm: what is light at once, all else in a process that may be lost.

Bytes are counted before a document is read; the time and memory that reading takes are not, and
markup of a few megabytes can cost minutes. So what is heavy goes to one child, which the kernel
bounds. A document that costs it its life is refused by name, and another child takes its place.
"""

from __future__ import annotations

import asyncio
import pickle
import struct
import sys
from types import TracebackType
from typing import Self

from aggregator.model.fetched import Fetched, Refused, Why
from aggregator.model.reading import Reading, Window
from aggregator.model.source import Source
from aggregator.reading import read

LIGHT = 5_000
"""Marks of markup, together with kilobytes, that are read at once: at the 0.1 ms that each may
take, half a second in the worst case, and 20 ms for the fifty items of a usual feed."""

LENGTH = struct.Struct("!Q")
"""Each message to and from the child: its length, then so many pickled bytes."""

_CHILD = "aggregator.polling.reader_child"


class Reader:
    """Reads bodies of one event loop. A context manager, which owns the child."""

    def __init__(self) -> None:
        self._child: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._end()

    async def read(self, fetched: Fetched, source: Source, previous: Window) -> Reading | Refused:
        """As `reading.read`; refuses with `too-complex` what cannot be read within bounds.

        Heavy documents are read one at a time. Cancelling gives up the one at hand.
        """
        parts = (part.body for part in fetched.parts)
        if sum(map(weight, (fetched.body, *parts))) <= LIGHT:
            return read(fetched, source, previous)
        async with self._turn:
            answer = await self._ask(pickle.dumps((fetched, source, previous)))
        return answer or _too_complex(fetched)

    async def _ask(self, question: bytes) -> Reading | Refused | None:
        """The child's answer; None if it died of the question."""
        child = self._child or await self._begin()
        outcome, is_spent = None, True
        try:
            outcome, is_spent = await _exchange(child, question)
        except (OSError, EOFError):
            pass
        finally:
            if is_spent:
                await self._end()
        return outcome

    async def _begin(self) -> asyncio.subprocess.Process:
        self._child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            _CHILD,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        return self._child

    async def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        if child.returncode is None:
            child.kill()
        await child.wait()


def weight(body: bytes) -> int:
    """What reading a body may cost: its marks of markup and data, and its kilobytes."""
    return sum(map(body.count, (b"<", b"&", b"{", b"["))) + len(body) // 1000


async def _exchange(
    child: asyncio.subprocess.Process, question: bytes
) -> tuple[Reading | Refused, bool]:
    """The outcome, and whether the child is better not asked again. Raises `OSError`, `EOFError`
    if it dies."""
    if child.stdin is None or child.stdout is None:
        raise RuntimeError("a child without pipes")
    child.stdin.writelines((LENGTH.pack(len(question)), question))
    await child.stdin.drain()
    (length,) = LENGTH.unpack(await child.stdout.readexactly(LENGTH.size))
    answer: tuple[Reading | Refused, bool] = pickle.loads(  # noqa: S301 - written by our own child
        await child.stdout.readexactly(length)
    )
    return answer


def _too_complex(fetched: Fetched) -> Refused:
    detail = "the document takes more time or memory to read than any feed needs"
    return Refused(source_id=fetched.source_id, at=fetched.at, why=Why.TOO_COMPLEX, detail=detail)
