"""Documents to read, written short, and the way to read them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from aggregator.model.entry import Entry
from aggregator.model.fetched import Fetched, Refused
from aggregator.model.reading import Reading, Window
from aggregator.model.source import Kind, Source
from aggregator.reading import read

NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
SOURCE = Source(
    id="corriere",
    url="https://corriere.example/rss/home.xml",
    name="Corriere",
    kind=Kind.PORTAL,
    interval=timedelta(minutes=10),
    timeout=timedelta(seconds=20),
    max_size=10_000_000,
    language="it",
    timezone="Europe/Rome",
)
NOTHING = Window()
_NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:media="http://search.yahoo.com/mrss/"'
    ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    ' xmlns:atom="http://www.w3.org/2005/Atom"'
)


def rss(*items: str, head: str = "", root: str = "") -> bytes:
    """An RSS 2.0 document of items, each given as what stands between its tags."""
    inside = "".join(f"<item>{item}</item>\n" for item in items)
    return (
        f'<rss version="2.0" {_NAMESPACES} {root}><channel><title>Corriere</title>'
        f"{head}{inside}</channel></rss>"
    ).encode()


def atom(*entries: str, head: str = "", root: str = "") -> bytes:
    """An Atom 1.0 document of entries, each given as what stands between its tags."""
    inside = "".join(f"<entry>{entry}</entry>\n" for entry in entries)
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {root}><title>Corriere</title>'
        f"{head}{inside}</feed>"
    ).encode()


def as_fetched(body: bytes, source: Source = SOURCE, **given: Any) -> Fetched:
    """A body that came at noon."""
    facts: dict[str, Any] = {"source_id": source.id, "at": NOON, "url": source.url, "body": body}
    return Fetched(**facts | given)


def outcome(
    body: bytes, *, source: Source = SOURCE, previous: Window = NOTHING, **fetched: Any
) -> Reading | Refused:
    """What a body that came at noon is read as."""
    return read(as_fetched(body, source, **fetched), source, previous)


def reading(body: bytes, **given: Any) -> Reading:
    """The reading of a body that must be good."""
    found = outcome(body, **given)
    assert isinstance(found, Reading), found
    return found


def refusal(body: bytes, **given: Any) -> Refused:
    """The refusal of a body that must be refused."""
    found = outcome(body, **given)
    assert isinstance(found, Refused), found
    return found


def only(body: bytes, **given: Any) -> Entry:
    """The one entry of a document."""
    (entry,) = reading(body, **given).entries
    return entry


def names(found: Reading) -> tuple[str, ...]:
    """The names of a reading's findings."""
    return tuple(finding.name for finding in found.findings)
