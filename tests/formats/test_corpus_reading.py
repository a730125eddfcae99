"""Whatever real publishers, agencies and other parsers' fixtures hold is read or named."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

import pytest

from aggregator.model.entry import Entry
from aggregator.model.fetched import Fetched, Refused
from aggregator.model.reading import Reading, Window
from aggregator.reading import read
from tests.support.documents import NOON, SOURCE

REFUSALS = {"empty-body", "html-page", "challenge", "consent-wall", "login-page", "not-a-feed"}


class Body(NamedTuple):
    outlet: str
    at: datetime
    bytes: bytes


def outcome(body: bytes, at: datetime = NOON) -> Reading | Refused:
    fetched = Fetched(source_id=SOURCE.id, at=at, url="https://feeds.example/a/rss.xml", body=body)
    return read(fetched, SOURCE, Window())


def faults(entry: Entry, at: datetime) -> list[str]:
    """What an output could not rely on."""
    texts = (entry.title, entry.summary, entry.content, *entry.authors, *entry.topics)
    addresses = (entry.url, *(media.url for media in entry.media))
    checks = {
        "no key": not entry.key,
        "no title": not entry.title,
        "no digest": not entry.digest,
        "long title": len(entry.title) > 1000,
        "long summary": len(entry.summary) > 300,
        "ahead": entry.published > at + timedelta(minutes=10),
        "before there were feeds": entry.published.year < 1990,
        "no address": any(url and not url.lower().startswith("http") for url in addresses),
        "unsafe": "<script" in entry.content.lower() or "javascript:" in entry.url.lower(),
        "cannot be sent": not is_xml(" ".join(texts)),
    }
    return [name for name, failed in checks.items() if failed]


def is_xml(text: str) -> bool:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return bool(expat.ParserCreate("utf-8").Parse(f"<x>{escaped}</x>".encode(), True))


def documents(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def replayed(corpus: Path) -> Iterator[Body]:
    """Every changed body of both windows, in the archives' order."""
    for archive in sorted((corpus / "replay").glob("*.tar.xz")):
        with tarfile.open(archive) as window:
            for member in window:
                content = window.extractfile(member)
                if content is not None and member.name.endswith(".xml"):
                    path = Path(member.name)
                    at = datetime.strptime(path.stem, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
                    yield Body(path.parent.name, at, content.read())


@pytest.mark.parametrize("folder", ["real", "conformance", "wire"])
def test_every_document_is_read_soundly_or_refused_by_name(corpus: Path, folder: str) -> None:
    found = {path: outcome(path.read_bytes()) for path in documents(corpus / folder)}
    refused = {f.why.value for f in found.values() if isinstance(f, Refused)}
    broken = {
        (path.name, entry.key): wrong
        for path, reading in found.items()
        if isinstance(reading, Reading)
        for entry in reading.entries
        if (wrong := faults(entry, NOON))
    }
    assert broken == {}
    assert refused <= REFUSALS


def test_all_live_feeds_are_read(corpus: Path) -> None:
    found = {
        path.name: outcome(path.read_bytes())
        for path in (corpus / "real" / "live-2026").glob("*.xml")
    }
    assert {name for name, f in found.items() if isinstance(f, Refused)} == set()
    # One has unquoted attributes and a prefix that nobody declared, from its root on.
    silent = {name for name, f in found.items() if isinstance(f, Reading) and not f.entries}
    assert silent == {"7ef13a42fa7e177a.xml"}


def test_every_eighth_replayed_body_is_read_soundly(corpus: Path) -> None:
    bodies = [body for body in replayed(corpus) if body.bytes][::8]
    found = [(body, outcome(body.bytes, body.at)) for body in bodies]
    assert [body.outlet for body, reading in found if isinstance(reading, Refused)] == []
    broken = {
        (body.outlet, entry.key): wrong
        for body, reading in found
        if isinstance(reading, Reading)
        for entry in reading.entries
        if (wrong := faults(entry, body.at))
    }
    assert broken == {}


def test_the_replayed_bodies_that_say_nothing_are_named_as_what_they_are(corpus: Path) -> None:
    empty = [body for body in replayed(corpus) if not body.bytes]
    silent = [
        b for b in replayed(corpus) if b.bytes and not (b"<item" in b.bytes or b"<entry" in b.bytes)
    ]
    assert (len(empty), len(silent)) == (7, 8)
    refused = [outcome(body.bytes, body.at) for body in empty]
    assert {found.why.value for found in refused if isinstance(found, Refused)} == {"empty-body"}
    read_ = [outcome(body.bytes, body.at) for body in silent]
    names = [
        finding.name for found in read_ if isinstance(found, Reading) for finding in found.findings
    ]
    assert names == ["no-items"] * 8


def test_of_every_cut_body_each_closed_item_is_used_and_no_other(corpus: Path) -> None:
    cut = [body for body in replayed(corpus) if body.bytes and not closes_its_root(body.bytes)]
    readings = [outcome(body.bytes, body.at) for body in cut]
    assert len(cut) == 5
    assert [isinstance(found, Reading) and found.complete for found in readings] == [False] * 5
    assert [len(found.entries) for found in readings if isinstance(found, Reading)] == [
        body.bytes.count(b"</item>") + body.bytes.count(b"</entry>") for body in cut
    ]


def closes_its_root(body: bytes) -> bool:
    return body.rstrip().endswith((b"</rss>", b"</feed>", b"</rdf:RDF>", b"-->"))


def test_a_real_body_cut_at_any_tenth_gives_a_head_of_its_items(corpus: Path) -> None:
    body = max(replayed(corpus), key=lambda one: len(one.bytes) if one.outlet == "bbc" else 0)
    whole = outcome(body.bytes, body.at)
    assert isinstance(whole, Reading)
    keys = [entry.key for entry in whole.entries]
    for tenth in range(1, 10):
        cut = outcome(io.BytesIO(body.bytes).read(len(body.bytes) * tenth // 10), body.at)
        assert isinstance(cut, Reading)
        assert [entry.key for entry in cut.entries] == keys[: len(cut.entries)]
        assert len(cut.entries) >= len(keys) * (tenth - 1) // 10
