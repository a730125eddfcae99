"""What an answer's status and headers say: pure, and total on whatever a server writes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.message import Message
from http import HTTPStatus

from aggregator.model.fetched import Freshness, Validators, Why
from aggregator.polling.fetch import dates

PERMANENT = frozenset({301, 308})
REDIRECTS = PERMANENT | {302, 303, 307}

LONGEST = timedelta(days=31)
"""No server's wish is longer (rule 50: reader's cap); how much of it is granted is cadence's."""

_BY_STATUS = {
    401: Why.UNAUTHORIZED,
    407: Why.UNAUTHORIZED,
    403: Why.FORBIDDEN,
    451: Why.FORBIDDEN,
    404: Why.NOT_FOUND,
    410: Why.GONE,
    429: Why.RATE_LIMITED,
}
_MAX_AGE = re.compile(r'(?i)(?:^|[\s,])max-age\s*=\s*"?(\d+)')
_NEVER_KEPT = re.compile(r"(?i)\bno-(?:cache|store)\b")

Headers = Mapping[str, str]
"""By name, in any case, the first value of each."""


def refusal(status: int) -> Why:
    """The name of a status that is neither 200, 304 nor a redirect."""
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    return Why.SERVER_ERROR if 500 <= status <= 599 else Why.BAD_STATUS


def is_challenge(headers: Headers) -> bool:
    """Whether a proof of a browser is wanted: Cloudflare's header for it."""
    return headers.get("cf-mitigated", "").strip().lower() == "challenge"


def phrase(status: int) -> str:
    """A status in words of our own, e.g. `503 Service Unavailable`; the server's are not shown."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def validators(headers: Headers) -> Validators:
    """ETag and Last-Modified as they stand, uncut (rule 48)."""
    return Validators(
        etag=_repeatable(headers.get("ETag")),
        last_modified=_repeatable(headers.get("Last-Modified")),
    )


def freshness(headers: Headers, now: datetime) -> Freshness:
    """How long the server asks us to wait; dates count from its own Date header (rule 50)."""
    there = dates.parse(headers.get("Date")) or now
    return Freshness(
        max_age=_max_age(headers, there),
        retry_after=_wait(headers.get("Retry-After"), there),
    )


def content_type(headers: Headers) -> tuple[str | None, str | None]:
    """Media type (lower case, without parameters) and charset (lower case), if they are given."""
    value = _repeatable(headers.get("Content-Type"))
    if not value:
        return None, None
    message = Message()
    message["Content-Type"] = value
    media_type = value.partition(";")[0].strip().lower()
    charset = (message.get_content_charset() or "").strip("'\" ")
    return media_type or None, charset or None


def _repeatable(value: str | None) -> str | None:
    """A header that can be stored and sent again byte for byte; raw bytes in it cannot."""
    return value if value and value.isprintable() else None


def _max_age(headers: Headers, there: datetime) -> timedelta | None:
    """Only a positive wish is one: `no-cache` and `Expires: 0` name no interval (rule 49)."""
    control = headers.get("Cache-Control", "")
    if _NEVER_KEPT.search(control):
        return None
    if found := _MAX_AGE.search(control):
        return _positive(_seconds(found[1]))
    expires = dates.parse(headers.get("Expires"))
    return _positive(expires - there) if expires else None


def _wait(value: str | None, there: datetime) -> timedelta | None:
    if value and value.strip().isascii() and value.strip().isdecimal():
        return _positive(_seconds(value.strip()))
    until = dates.parse(value)
    return _positive(until - there) if until else None


def _seconds(digits: str) -> timedelta:
    """Digits as a duration; more than nine are more than thirty years, and may not overflow."""
    return timedelta(seconds=int(digits)) if len(digits) < 10 else LONGEST


def _positive(wish: timedelta) -> timedelta | None:
    return min(wish, LONGEST) if wish > timedelta() else None
