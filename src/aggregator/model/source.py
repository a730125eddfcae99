"""A source (a feed that we poll) and the state of its polling."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from aggregator.model.fetched import Validators
from aggregator.model.reading import Window


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
    `timezone` is an IANA name, used for dates that name no zone. `topics` are folded
    (lower case, without accents). `trust` orders sources of one kind, higher first.
    """

    id: str
    url: str
    name: str
    kind: Kind
    interval: timedelta
    timeout: timedelta
    max_size: int
    agency: str | None = None
    language: str | None = None
    timezone: str = "UTC"
    topics: tuple[str, ...] = ()
    trust: int = 0
    rights: Rights = Rights.FULL
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """Where the polling of one source stands; a row that changes in the transaction of each poll.

    `result` is the stable name of the last poll's outcome (`fetched`, `not-modified`, or a
    refusal's `why`), `detail` its words for the operator. `failures` counts refusals in a row.
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
    lease_until: datetime | None = None
