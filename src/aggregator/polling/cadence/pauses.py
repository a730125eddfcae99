"""How long a source is left alone after an answer or a refusal, within the operator's bounds.

An answer's pause is the source's own rhythm, or longer if its server or its document asks for that.
A refusal's pause doubles with each in a row and never ends (rule 102). Both stay between the
source's floor and ceiling, whatever is claimed: a wire must not fall silent by one wrong header.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from aggregator.model.fetched import Freshness, Refused, Why
from aggregator.model.reading import Hints
from aggregator.model.source import Rhythm, Source
from aggregator.polling.cadence import rhythm as rhythms

GONE = timedelta(hours=24)
"""Pause after a 410, past every ceiling. It means "do not come back" (rule 46), but sites do say it
by mistake."""

GONE_FOR_GOOD = timedelta(days=7)
"""Pause once `GONE` was answered `SECOND_THOUGHTS` times: polling has stopped, but for one question
a week that keeps the result true and finds out by itself that a portal has thought better."""

SECOND_THOUGHTS = 3

LONGEST_RETRY_AFTER = timedelta(hours=8)
"""What is believed of Retry-After (rule 50), if the ceiling is higher: Feedbin's cap."""

SPREAD = 0.1
"""Largest share by which a pause differs from what was decided (rule 103). A source's own share is
fixed, so sources of one interval have slightly different periods and drift apart."""

_HOUR = timedelta(hours=1)
_WEEK = 7 * 24  # hours

# Most are over in a minute, so they are asked again as soon as the floor allows.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """How long to wait, and why, in words for the operator."""

    length: timedelta
    why: str


def floor(source: Source) -> timedelta:
    """The shortest pause that the operator allows."""
    return min(source.min_interval or source.interval, source.interval)


def ceiling(source: Source) -> timedelta:
    """The longest pause that the operator allows."""
    return max(source.max_interval or source.interval, source.interval)


def after_answer(
    source: Source, rhythm: Rhythm, freshness: Freshness, hints: Hints, at: datetime
) -> Pause:
    """The pause after a document or a 304 at `at`; `hints` are those of the last document."""
    pause = _by_rhythm(source, rhythm, at)
    for name, wish in _wishes(freshness, hints, at):
        if min(wish, ceiling(source)) > pause.length:
            pause = _regular(source, wish, f"its {name} asks for {spoken(wish)}")
    allowed = min(_past_skipped(hints, at + pause.length) - at, ceiling(source))
    if allowed > pause.length:
        return _once(allowed, "it asks not to be read at this hour or day")
    return pause


def after_refusal(source: Source, refused: Refused, failures: int) -> Pause:
    """The pause after the `failures`-th refusal in a row. Accidents are retried from the floor on,
    answers that were meant from the interval on; both double up to the ceiling."""
    high = ceiling(source)
    if refused.why is Why.GONE:
        pause = GONE if failures <= SECOND_THOUGHTS else GONE_FOR_GOOD
        return _once(max(high, pause), "it says that it is gone for good")
    if refused.why is Why.SECRET_MISSING:  # nobody was asked, so nobody needs our patience
        return _once(source.interval, "a secret is not set")
    first = floor(source) if refused.why in _ACCIDENTS else source.interval
    doublings = min(failures - 1, 22)  # of one second seven weeks: past every ceiling
    length = min(first * (1 << doublings), high)
    wish = min(refused.freshness.retry_after or timedelta(), LONGEST_RETRY_AFTER, high)
    if wish > length:
        return _once(wish, "its Retry-After asks for that")
    times = "" if failures == 1 else f" {failures} times in a row"
    return _once(length, f"refused{times} ({refused.why.value})")


def spread(pause: timedelta, source: Source) -> timedelta:
    """A pause, longer by the source's own share of `SPREAD`, or shorter where it would pass the
    ceiling; the same for the same source, always. No room between the bounds, no spread."""
    high = max(ceiling(source), pause if pause >= GONE else timedelta())
    shortest = max(min(pause, high / (1 + SPREAD)), floor(source))
    longest = max(min(pause * (1 + SPREAD), high), shortest)
    digest = hashlib.blake2b(source.id.encode(), digest_size=8).digest()
    return shortest + (longest - shortest) * (int.from_bytes(digest, "big") / 2**64)


def spoken(length: timedelta) -> str:
    """A duration for an operator, in the largest unit that it holds twice: `90 s`, `7.4 min`."""
    seconds = length.total_seconds()
    units = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))
    unit, size = next((one for one in units if seconds >= 2 * one[1]), units[-1])
    number = seconds / size
    return f"{number:.2g} {unit}" if number < 10 else f"{number:.0f} {unit}"


def _by_rhythm(source: Source, rhythm: Rhythm, at: datetime) -> Pause:
    if floor(source) == ceiling(source):
        return Pause(length=source.interval, why=f"every {spoken(source.interval)}, as configured")
    known = rhythm != rhythms.begun(at)
    words = rhythms.words(rhythm) if known else "its rhythm is not known yet"
    return _regular(source, rhythms.interval(rhythm, source.interval), words)


def _regular(source: Source, length: timedelta, words: str) -> Pause:
    """A pause within the bounds, that says at which of them it stands."""
    low, high = floor(source), ceiling(source)
    bound = ", the floor" if length <= low else ", the ceiling" if length >= high else ""
    held = min(max(length, low), high)
    return Pause(length=held, why=f"every {spoken(held)}{bound}: {words}")


def _once(length: timedelta, words: str) -> Pause:
    return Pause(length=length, why=f"in {spoken(length)}: {words}")


def _wishes(freshness: Freshness, hints: Hints, at: datetime) -> Iterator[tuple[str, timedelta]]:
    """What server and document ask for; a wish that names no positive time is none (rule 49)."""
    if freshness.max_age:
        yield "max-age", freshness.max_age
    if freshness.retry_after:
        yield "Retry-After", min(freshness.retry_after, LONGEST_RETRY_AFTER)
    if hints.ttl:
        yield "ttl", hints.ttl
    if hints.period:
        yield "sy:updatePeriod", _until_update(hints.period, hints.base, at)


def _until_update(period: timedelta, base: datetime | None, at: datetime) -> timedelta:
    """How long until the next update by the document's own timetable; without a base, a period."""
    return period - (at - base) % period if base else period


def _past_skipped(hints: Hints, due: datetime) -> datetime:
    """`due`, or the end of the hours and days around it that the document asks to skip (GMT)."""
    hour = due.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    for passed in range(_WEEK):
        open_ = hour + passed * _HOUR
        if open_.hour not in hints.skip_hours and open_.weekday() not in hints.skip_days:
            return max(due, open_)
    return due
