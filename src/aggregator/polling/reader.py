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
from dataclasses import replace
from datetime import timedelta
from types import TracebackType
from typing import Self

from aggregator.model.fetched import Fetched, Refused, Why
from aggregator.model.reading import Reading, Window
from aggregator.model.source import Source
from aggregator.reading import read

LIGHT = 5_000
"""Marks of markup, together with hundreds of bytes, that are read at once: at the 0.1 ms that each
may take, half a second in the worst case, and 20 ms for the fifty items of a usual feed. To count
length for more would send healthy feeds to wait behind those that besiege the child."""

LENGTH = struct.Struct("!Q")
"""Begins each message to and from the child: how many bytes follow."""

PATIENCE = timedelta(minutes=1)
"""How long an answer is waited for. The child's own bound counts the processor's time alone; one
that is stopped or starved would else keep all heavy documents waiting for ever."""

_SLICE = 64 * 1024

Outcome = Reading | Refused | str
"""What a child says: the traceback is that of a fault of ours."""

_CHILD = "aggregator.polling.reader_child"


class Reader:
    """Reads bodies of one event loop. A context manager, which owns the child."""

    def __init__(self, patience: timedelta = PATIENCE) -> None:
        self._patience = patience
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

        Heavy documents are read one at a time. Cancelling gives up the one at hand. Raises
        `RuntimeError` for a fault of ours in the child, with its traceback.
        """
        parts = (part.body for part in fetched.parts)
        if sum(map(weight, (fetched.body, *parts))) <= LIGHT:
            return read(fetched, source, previous)
        async with self._turn:
            outcome = await self._ask(fetched, source, previous)
        if isinstance(outcome, str):
            raise RuntimeError(outcome)
        return outcome or _too_complex(fetched)

    async def _ask(self, fetched: Fetched, source: Source, previous: Window) -> Outcome | None:
        """The child's answer; None if it died of the question."""
        child = self._child or await self._begin()
        outcome, is_spent = None, True
        try:
            async with asyncio.timeout(self._patience.total_seconds()):
                await _send(child, pickle.dumps((replace(fetched, body=b""), source, previous)))
                await _send(child, fetched.body)
                outcome, is_spent = await _receive(child)
        except (OSError, EOFError):  # of which a time-out is one
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
    """What reading a body may cost: its marks of markup and data, and its length in hundreds."""
    return sum(map(body.count, (b"<", b"&", b"{", b"["))) + len(body) // 100


async def _send(child: asyncio.subprocess.Process, message: bytes) -> None:
    """By slices, so that a large body is never copied whole. Raises `OSError` if the child dies."""
    if child.stdin is None:
        raise RuntimeError("the child has no input")
    child.stdin.write(LENGTH.pack(len(message)))
    for start in range(0, len(message), _SLICE):
        child.stdin.write(message[start : start + _SLICE])
        await child.stdin.drain()


async def _receive(child: asyncio.subprocess.Process) -> tuple[Outcome, bool]:
    """The outcome, and whether the child is spent. Raises `EOFError` if it dies."""
    if child.stdout is None:
        raise RuntimeError("the child has no output")
    (length,) = LENGTH.unpack(await child.stdout.readexactly(LENGTH.size))
    answer: tuple[Outcome, bool] = pickle.loads(  # noqa: S301 - written by our own child
        await child.stdout.readexactly(length)
    )
    return answer


def _too_complex(fetched: Fetched) -> Refused:
    detail = "the document takes more time or memory to read than any feed needs"
    return Refused(source_id=fetched.source_id, at=fetched.at, why=Why.TOO_COMPLEX, detail=detail)
