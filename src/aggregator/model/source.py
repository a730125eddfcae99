"""A source (a feed that we poll) and the state of its polling."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from aggregator.model.agency import Agency
from aggregator.model.fetched import Validators
from aggregator.model.reading import Hints, Window


class Kind(StrEnum):
    """What a source is: an `agency` writes its texts, a `portal` may republish anyone's."""

    AGENCY = "agency"
    PORTAL = "portal"


class Rights(StrEnum):
    """How much of a source's texts may be shown: the title, also an excerpt, or all."""

    HEADLINE = "headline"
    SUMMARY = "summary"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A feed that we poll, as the operator configured it; it *is* its key in the YAML.

    `url` is kept as written: secrets stand in it as `${NAME}` and are expanded at fetch only.
    `timezone` is an IANA name, used for dates that name no zone; `hours` is 12
    if its clock leaves out am and pm. `topics` are folded
    (lower case, without accents). `trust` orders sources of one kind, higher first.
    `interval` is what a source of unknown rhythm gets; a known one lets the pause between two polls
    move between `min_interval` and `max_interval` (None: it does not move to that side).
    `headers` and `proxy` are kept as written, too; `allow_private` lets it be asked at addresses
    that are not public. `agencies` are those that the operator adds to the known ones, the same for
    every source: its texts are read by them.
    """

    id: str
    url: str
    name: str
    kind: Kind
    interval: timedelta
    timeout: timedelta
    max_size: int
    min_interval: timedelta | None = None
    max_interval: timedelta | None = None
    agency: str | None = None
    language: str | None = None
    timezone: str = "UTC"
    hours: int = 24
    topics: tuple[str, ...] = ()
    trust: int = 0
    rights: Rights = Rights.FULL
    enabled: bool = True
    user_agent: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    proxy: str | None = None
    allow_private: bool = False
    agencies: tuple[Agency, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How often a source brings something new: smoothed rates in entries an hour, one with a memory
    of hours and one of days, as they stood `at` its last good answer; None before the first."""

    lately: float = 0.0
    usually: float = 0.0
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """Where the polling of one source stands; a row that changes in the transaction of each poll.

    `result` is the stable name of the last poll's outcome (`fetched`, `not-modified`, or a
    refusal's `why`), `detail` its words for the operator. `failures` counts refusals in a row.
    `last_full` is when a whole document came last, so that one is asked for each day. `moved_to` is
    the address that is asked instead of the configured one, which itself was asked last at
    `moved_checked`; `moving_to` is where permanent redirects lead since `moving_since`,
    `moving_count` times in a row, and nothing is asked yet. `hints` are those of the last document;
    `why` says in words why the next poll is when it is.
    """

    source_id: str
    next_poll_at: datetime
    validators: Validators = Validators()
    window: Window = Window()
    last_attempt: datetime | None = None
    last_success: datetime | None = None
    last_new: datetime | None = None
    result: str | None = None
    detail: str = ""
    failures: int = 0
    moved_to: str | None = None
    moved_checked: datetime | None = None
    moving_to: str | None = None
    moving_since: datetime | None = None
    moving_count: int = 0
    last_full: datetime | None = None
    rhythm: Rhythm = Rhythm()
    hints: Hints = Hints()
    why: str = ""
    lease_until: datetime | None = None
