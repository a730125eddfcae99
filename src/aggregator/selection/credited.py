"""Whose text an entry is, for whatever selects or counts: its credit speaks before its source."""

from __future__ import annotations

from aggregator.model.entry import Entry
from aggregator.model.source import Source


def agency(entry: Entry, source: Source) -> str | None:
    """The key of the agency whose text it is: the credit's, else the source's; None for nobody's
    but the source's own."""
    return entry.credit.agency if entry.credit else source.agency


def origin(entry: Entry, source: Source) -> str:
    """The one voice that an entry stands for, however many outlets print it."""
    house = agency(entry, source)
    return f"agency {house}" if house else f"source {source.id}"
