"""When a source is asked again, and what is remembered of its last answer.

Pure, and one function for every outcome: the schedule is a column of the source's state, so the
next poll is decided where that state is, and written in the transaction of the poll's entries.
Refusals slow a source down and never stop it (rule 102); what a server asks for is honoured inside
bounds that keep one wrong header from silencing a wire.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta

from aggregator.model.fetched import (
    Fetched,
    FetchResult,
    Freshness,
    NotModified,
    Refused,
    Validators,
    Why,
)
from aggregator.model.reading import Reading, Window
from aggregator.model.source import Source, SourceState
from aggregator.ports import Outcome, Tally

FIRST_RETRY = timedelta(minutes=1)
"""Pause after a first accident, if the interval is not shorter: most are over in a minute
(CommaFeed, too, retries three times before it slows down)."""

SLOWEST = timedelta(hours=4)
"""Longest pause between two failing polls: CommaFeed's maximum. A portal that is back after a
week-end must not stay unseen for a day; a conditional GET every four hours burdens nobody."""

GONE = timedelta(hours=24)
"""Pause after a 410. It means "do not come back" (rule 46), but sites do say it by mistake."""

LONGEST_RETRY_AFTER = timedelta(hours=8)
"""What is believed of Retry-After (rule 50): Feedbin's cap."""

LONGEST_MAX_AGE = timedelta(hours=1)
"""What is believed of max-age and Expires (rule 51). They speak of caches, and feeds served as
static files carry days by oversight: more than an hour would make a wire worthless."""

SPREAD = 0.1
"""Largest share by which a pause is stretched (rule 103). A source's own share is fixed, so sources
of one interval have slightly different periods and drift apart, and the interval stays a floor."""

LONGEST_WINDOW = 5_000
"""Places remembered while a source sends cut documents only (rule 39 knows 5,000 items)."""

_ACCIDENTS = frozenset(
    {
        Why.UNREACHABLE,
        Why.TLS,
        Why.TIMEOUT,
        Why.BAD_ENCODING,
        Why.SERVER_ERROR,
        Why.EMPTY_BODY,
        Why.INTERNAL_ERROR,
    }
)


def settle(
    source: Source, state: SourceState, result: FetchResult, outcome: Outcome, tally: Tally
) -> SourceState:
    """The source's state after one poll.

    `result` is what the network gave, `outcome` what came of it (a `Fetched` that was read is a
    `Reading`, or a `Refused` if the body was none), `tally` what was new. The lease ends.
    """
    failures = state.failures + 1 if isinstance(outcome, Refused) else 0
    pause = _pause(source, outcome, result.freshness, failures)
    settled = replace(
        state,
        next_poll_at=result.at + stretched(pause, source.id),
        last_attempt=result.at,
        failures=failures,
        lease_until=None,
    )
    match outcome:
        case Refused():
            return replace(settled, result=outcome.why.value, detail=outcome.detail)
        case NotModified():
            return _kept(settled, outcome)
        case Reading():
            return _read(settled, result, outcome, tally)


def stretched(pause: timedelta, source_id: str) -> timedelta:
    """A pause, longer by the source's own share of `SPREAD`; the same for the same id, always."""
    digest = hashlib.blake2b(source_id.encode(), digest_size=8).digest()
    return pause * (1 + SPREAD * int.from_bytes(digest, "big") / 2**64)


def _kept(settled: SourceState, outcome: NotModified) -> SourceState:
    """After a 304: the window stands; validators that it brought replace the old (rule 48)."""
    return replace(
        settled,
        validators=Validators(
            etag=outcome.validators.etag or settled.validators.etag,
            last_modified=outcome.validators.last_modified or settled.validators.last_modified,
        ),
        last_success=outcome.at,
        result="not-modified",
        detail="",
    )


def _read(settled: SourceState, result: FetchResult, reading: Reading, tally: Tally) -> SourceState:
    """After a document. One that was cut leaves the old validators: we ask for the whole again."""
    brought = result.validators if isinstance(result, Fetched) and reading.complete else None
    return replace(
        settled,
        validators=brought or settled.validators,
        window=reading.window if reading.complete else joined(settled.window, reading.window),
        last_success=reading.at,
        last_new=reading.at if tally.new else settled.last_new,
        result="fetched",
        detail="",
    )


def joined(old: Window, cut: Window) -> Window:
    """The window after a cut document: its places, then those old ones that it does not name.

    What is missing from a cut document says nothing, so everything listed stays listed. No body
    is remembered: the whole document, when it comes, must be read even if we had it before.
    """
    named = cut.keys
    kept = tuple(place for place in old.places if place.key not in named)
    return Window(places=(cut.places + kept)[:LONGEST_WINDOW])


def _pause(source: Source, outcome: Outcome, freshness: Freshness, failures: int) -> timedelta:
    if isinstance(outcome, Refused):
        return max(
            _back_off(source.interval, outcome.why, failures),
            min(freshness.retry_after or timedelta(), LONGEST_RETRY_AFTER),
        )
    return max(source.interval, min(freshness.max_age or timedelta(), LONGEST_MAX_AGE))


def _back_off(interval: timedelta, why: Why, failures: int) -> timedelta:
    """Accidents are retried soon; answers that were meant, from the interval on. Both double."""
    if why is Why.GONE:
        return max(interval, GONE)
    if why is Why.SECRET_MISSING:
        return interval  # nobody was asked, so nobody needs our patience
    first = min(interval, FIRST_RETRY) if why in _ACCIDENTS else interval
    doublings = min(failures - 1, 20)  # 2**20 minutes are two years: past every bound
    return min(first * (1 << doublings), max(interval, SLOWEST))
