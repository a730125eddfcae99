"""Whatever real publishers send comes out well-formed and valid in all three formats."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from aggregator.model.feed import Feed
from aggregator.model.fetched import Fetched, Refused
from aggregator.model.reading import Window
from aggregator.reading import read
from aggregator.serving.render import atom, html, jsonfeed, rss
from aggregator.serving.render.site import Site
from tests.support import shelf as given
from tests.support.schemas import atom_faults, json_feed_faults

SITE = Site(title="Newsroom", base_url="https://news.example.org")
SOURCE = given.source("source")
FOLDERS = [
    "conformance/feed-rs",
    "conformance/gofeed",
    "conformance/newsboat",
    "conformance/rss-bridge",
    "conformance/simplepie",
    "real/feedjira",
    "real/italian",
    "real/live-2026",
    "real/miniflux",
    "real/rome",
    "real/rss-parser",
]


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_document_comes_out_valid(corpus: Path, folder: str) -> None:
    feeds = {str(path): _read(path) for path in (corpus / folder).rglob("*") if path.is_file()}
    faults = {path: _faults(corpus, feed) for path, feed in feeds.items() if feed}
    assert faults
    assert {path: found for path, found in faults.items() if found} == {}


def _read(path: Path) -> Feed | None:
    """A document as a feed of ours with the same items; None if it is no feed."""
    fetched = Fetched(
        source_id="source",
        at=given.NOON,
        url="https://source.example/feed",
        body=path.read_bytes(),
    )
    reading = read(fetched, SOURCE, Window())
    if isinstance(reading, Refused):
        return None
    return given.feed(*map(given.item, reading.entries), sources=[SOURCE])


def _faults(corpus: Path, feed: Feed) -> list[str]:
    etree.fromstring(rss.render(feed, SITE).body)
    html.feed(feed, SITE, "it")
    return [
        *atom_faults(corpus, atom.render(feed, SITE).body),
        *json_feed_faults(corpus, jsonfeed.render(feed, SITE).body),
    ]
