"""Dates in the dialects that outlets write."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from aggregator.newsroom.outlets import Stamp

_DAYS = ("lun", "mar", "mer", "gio", "ven", "sab", "dom")
_MONTHS = ("gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic")


def stamp(dialect: Stamp, at: datetime, zone: str) -> str:
    """A moment as this dialect writes it, cut to the second."""
    utc = at.astimezone(UTC).replace(microsecond=0)
    local = utc.astimezone(ZoneInfo(zone))
    match dialect:
        case Stamp.RFC822:
            return format_datetime(local)
        case Stamp.GMT:
            return format_datetime(utc, usegmt=True)
        case Stamp.ITALIAN:
            day, month = _DAYS[local.weekday()], _MONTHS[local.month - 1]
            return f"{day}, {local:%d} {month} {local:%Y %H:%M:%S %z}"
        case Stamp.ISO:
            return local.isoformat()
        case Stamp.ZULU:
            return f"{utc:%Y-%m-%dT%H:%M:%SZ}"
        case Stamp.NAIVE:
            return f"{local:%Y-%m-%dT%H:%M:%S}"
