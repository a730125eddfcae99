"""When a document asks to be read again: `ttl`, `skipHours`, `skipDays` and `sy:*` of its channel.

Read off the text by themselves, since feedparser drops what is in skipHours and our scan looks at
items. Only what stands outside the items is looked at, so that a document of which only new items
are parsed says the same as the whole. What makes no sense is as if it were absent (rule 51).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from aggregator.model.reading import Hints

LONGEST = timedelta(days=366)
"""No hint asks for more; how much of it is granted is the schedule's business."""

# Channels are of a few kB; what is farther from an end of the document than this is not looked for.
_REACH = 65_536  # characters

_ITEM = re.compile(r"<(?:[\w.-]{1,32}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_ITEM_END = re.compile(r"</(?:[\w.-]{1,32}:)?(?:item|entry)\s*>", re.IGNORECASE)
_NO_MARKUP = re.compile(r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)
_VALUE = re.compile(
    r"<(?:[\w.-]{1,32}:)?(ttl|updatePeriod|updateFrequency|updateBase)(?:\s[^<>]{0,500})?>"
    r"\s{0,64}([^<]{0,64})</",
    re.IGNORECASE,
)
_SKIPPED = re.compile(r"<(hour|day)>\s{0,64}(\w{1,9})\s{0,64}</", re.IGNORECASE)

_UNITS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def of(text: str) -> Hints:
    """The hints of an XML document. Linear in its length, never raises."""
    channel = _NO_MARKUP.sub("", _outside_items(text))
    values: dict[str, str] = {}
    for name, value in _VALUE.findall(channel):
        values.setdefault(name.lower(), value.strip())
    period = _period(values.get("updateperiod", ""), values.get("updatefrequency", ""))
    return Hints(
        ttl=_minutes(values.get("ttl", "")),
        period=period,
        base=_moment(values.get("updatebase", "")) if period else None,
        skip_hours=_hours(channel),
        skip_days=_days(channel),
    )


def _outside_items(text: str) -> str:
    """What stands before the first item and after the last."""
    first = _ITEM.search(text)
    if first is None:
        return text[:_REACH]
    tail = text[max(first.start(), len(text) - _REACH) :]
    ends = [found.end() for found in _ITEM_END.finditer(tail)]
    return text[: min(first.start(), _REACH)] + (tail[ends[-1] :] if ends else "")


def _minutes(digits: str) -> timedelta | None:
    number = _whole(digits)
    return min(timedelta(minutes=number), LONGEST) if number else None


def _period(unit: str, frequency: str) -> timedelta | None:
    """How often the document is brought up to date, by its own account."""
    length = _UNITS.get(unit.lower())
    return length / (_whole(frequency) or 1) if length else None


def _moment(written: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment if 1970 <= moment.year < 2100 else None


def _hours(channel: str) -> tuple[int, ...]:
    """Hours of GMT; 24 is midnight, as RSS 0.91 counted. All of them are none."""
    written = (value for kind, value in _SKIPPED.findall(channel) if kind.lower() == "hour")
    numbers = {int(value) % 24 for value in written if value.isdecimal() and int(value) <= 24}
    return tuple(sorted(numbers)) if len(numbers) < 24 else ()


def _days(channel: str) -> tuple[int, ...]:
    """Days from Monday as 0. All of them are none."""
    written = (value.lower() for kind, value in _SKIPPED.findall(channel) if kind.lower() == "day")
    numbers = {_DAYS.index(value) for value in written if value in _DAYS}
    return tuple(sorted(numbers)) if len(numbers) < len(_DAYS) else ()


def _whole(digits: str) -> int:
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 8 else 0
