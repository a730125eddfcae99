"""Dates in HTTP headers: any of the three forms of RFC 9110 §5.6.7, or nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def parse(value: str | None) -> datetime | None:
    """The moment, aware, in UTC (a date that names no zone is GMT); None for anything else."""
    if not value:
        return None
    try:
        when = parsedate_to_datetime(value)
        return when.replace(tzinfo=when.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
