"""A folder as a source: an agency's transfer fills it, each poll reads what is new or has changed.

The one module that knows the file system. It lists and reads and never writes, moves or deletes.
What was read is remembered as a signature of name, size and time of change, in the window beside
the entries; so no clock has to be trusted, and a file that comes late is read all the same. Links
are not followed: whoever may fill the folder may not choose what else is read.
"""

from __future__ import annotations

import asyncio
import heapq
import os
import stat
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from functools import partial
from hashlib import blake2b
from pathlib import Path
from urllib.parse import unquote, urlsplit

from aggregator.model.fetched import Fetched, FetchResult, NotModified, Part, Refused, Why
from aggregator.model.source import Source, SourceState
from aggregator.polling.alone import alone

MOST_LISTED = 2_000
"""Files of a folder that are looked at, the newest: with their entries they fit into a window."""

MOST_READ = 100
"""Files of one poll; the rest is read by the next one."""

STILL = timedelta(seconds=2)
"""A file that changed within this time is still being written."""

_SCHEME = "file:"
_LATEST = 2**36  # seconds: the year 4147; file systems know times that Python does not

Fetch = Callable[[Source, SourceState, datetime], Awaitable[FetchResult]]


def beside(network: Fetch) -> Fetch:
    """Ask files of sources that are a folder, and the network for all others."""

    async def ask(source: Source, state: SourceState, now: datetime) -> FetchResult:
        return await (fetch if source.url.startswith(_SCHEME) else network)(source, state, now)

    return ask


async def fetch(source: Source, state: SourceState, now: datetime) -> FetchResult:
    """What is new in a source's folder, oldest first; never raises for what a disk does."""
    seconds = source.timeout.total_seconds()
    try:
        async with asyncio.timeout(seconds):
            return await alone(partial(_visit, source, state, now))
    except TimeoutError:  # a network disk whose server is gone blocks whoever asks it, for ever
        detail = f"the folder was not read within {seconds:g} s"
        return Refused(source_id=source.id, at=now, why=Why.TIMEOUT, detail=detail)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class _File:
    """A file as listed: its time of change in nanoseconds first, for the order."""

    changed: int
    name: str
    size: int

    @property
    def signature(self) -> str:
        told = f"{self.name}\0{self.size}\0{self.changed}"
        return blake2b(told.encode(errors="surrogateescape"), digest_size=8).hexdigest()

    @property
    def modified(self) -> datetime:
        return datetime.fromtimestamp(min(max(self.changed // 10**9, 0), _LATEST), UTC)


def _visit(source: Source, state: SourceState, now: datetime) -> FetchResult:
    wanted = Path(unquote(urlsplit(source.url).path))
    known = {place.digest for place in state.window.places}
    try:
        listed = sorted(heapq.nlargest(MOST_LISTED, _listed(wanted.parent, wanted.name)))
    except OSError as error:
        why = _refusal(error)
        detail = f"{wanted.parent} cannot be listed: {error.strerror}"
        return Refused(source_id=source.id, at=now, why=why, detail=detail)
    fresh = [one for one in listed if one.signature not in known and _is_still(one, now)]
    parts = tuple(_parts(wanted.parent, fresh, source.max_size))
    if not parts:
        return NotModified(source_id=source.id, at=now)
    return Fetched(source_id=source.id, at=now, url=source.url, body=b"", parts=parts)


def _listed(folder: Path, pattern: str) -> Iterator[_File]:
    """The plain files that are meant. Transfers hide theirs behind a dot until they are whole."""
    with os.scandir(folder) as found:
        for entry in found:
            if entry.name.startswith(".") or not fnmatchcase(entry.name, pattern):
                continue
            with suppress(FileNotFoundError):  # moved on since it was listed
                about = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(about.st_mode):
                    yield _File(changed=about.st_mtime_ns, name=entry.name, size=about.st_size)


def _is_still(file: _File, now: datetime) -> bool:
    """Whether nobody writes it; a stamp far ahead is a clock that is wrong."""
    return abs(now - file.modified) >= STILL


def _parts(folder: Path, files: list[_File], limit: int) -> Iterator[Part]:
    """The first files, as many as one poll reads; bodies of `limit` bytes together, or one."""
    left = limit
    for file in files[:MOST_READ]:
        if file.size > limit:
            yield _part(file, fault=f"more than the {limit:,} bytes that are allowed")
        elif file.size > left:
            return
        else:
            left -= file.size
            yield _read(folder, file)


def _read(folder: Path, file: _File) -> Part:
    try:
        handle = os.open(folder / file.name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as opened:
            return _part(file, body=opened.read(file.size))
    except OSError as error:
        return _part(file, fault=error.strerror or "it cannot be read")


def _part(file: _File, *, body: bytes = b"", fault: str = "") -> Part:
    return Part(
        name=file.name.encode(errors="replace").decode(),
        signature=file.signature,
        modified=file.modified,
        body=body,
        fault=fault,
    )


def _refusal(error: OSError) -> Why:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return Why.NOT_FOUND
    return Why.FORBIDDEN if isinstance(error, PermissionError) else Why.UNREACHABLE
