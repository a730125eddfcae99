"""The facts that operators are told: one frozen event each, with a stable name and its figures.

Whoever knows a fact hands one event to one function; what becomes of it (a line for a person, a
JSON object) is decided once, in `observe.log`.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Base: `name` is stable, `level` the severity (`info`, `warning`, `error`)."""

    name: ClassVar[str]
    level: ClassVar[str] = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled(Event):
    """A source brought something: `result` is `fetched`."""

    name: ClassVar[str] = "polled"
    source: str
    result: str
    new: int
    revised: int
    joined: int
    next_poll_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PollRefused(Event):
    """A source gave nothing usable: `why` is the refusal's stable name."""

    name: ClassVar[str] = "poll-refused"
    level: ClassVar[str] = "warning"
    source: str
    why: str
    detail: str
    next_poll_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Configured(Event):
    name: ClassVar[str] = "configured"
    file: str
    sources: int
    feeds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigRefused(Event):
    """A new configuration is not usable; the old one goes on."""

    name: ClassVar[str] = "config-refused"
    level: ClassVar[str] = "error"
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged(Event):
    name: ClassVar[str] = "purged"
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt(Event):
    """What is common in news was counted anew; verdicts are judged under it from now on."""

    name: ClassVar[str] = "learnt"
    snapshot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Released(Event):
    """Embargoes have ended."""

    name: ClassVar[str] = "released"
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenDown(Event):
    """A source lists an item no more, and its page is gone: it leaves the outputs."""

    name: ClassVar[str] = "taken-down"
    source: str
    url: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Started(Event):
    name: ClassVar[str] = "started"
    process: str
    pid: int
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped(Event):
    name: ClassVar[str] = "stopped"
    process: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Killed(Event):
    """A child process did not end in time when it was told to."""

    name: ClassVar[str] = "killed"
    level: ClassVar[str] = "warning"
    process: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Died(Event):
    """A child process ended by itself; it is started again after `pause` seconds."""

    name: ClassVar[str] = "died"
    level: ClassVar[str] = "error"
    process: str
    status: int
    pause: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Surprised(Event):
    """Something that should not happen: a fault of ours, told with its traceback."""

    name: ClassVar[str] = "surprised"
    level: ClassVar[str] = "error"
    at: str
    error: str
    trace: str

    @classmethod
    def of(cls, at: str, error: Exception) -> Surprised:
        lines = traceback.format_exception(error)
        return cls(at=at, error=f"{type(error).__name__}: {error}", trace="".join(lines))
