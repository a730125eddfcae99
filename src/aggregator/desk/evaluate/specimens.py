"""Labelled texts made entries, by the way that every text takes: a feed's bytes, read.

What is measured is then what readers get, with all that reading does to a text on the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b
from xml.sax.saxutils import escape

from aggregator.desk.evaluate.labels import Text
from aggregator.model.entry import Entry
from aggregator.model.fetched import Fetched, Refused
from aggregator.model.reading import Window
from aggregator.model.source import Kind, Source
from aggregator.reading import body
from aggregator.text import tokens

# XML has no place for them, whatever they are written as.
_UNSENDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_A_NAME = re.compile(r"[^a-z0-9]+")
_NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Specimen:
    """A labelled text as we have it: read from a feed of its outlet."""

    text: Text
    entry: Entry
    source: Source


def prepare(texts: Iterable[Text]) -> dict[str, Specimen]:
    """Each text once, by its id; each as the only item of its document, so that no other one has a
    say in how it is named or dated."""
    return {text.id: _specimen(text) for text in {text.id: text for text in texts}.values()}


def _specimen(text: Text) -> Specimen:
    source = _source(text)
    fetched = Fetched(
        source_id=source.id, at=text.seen, url=source.url, body=_document(text).encode()
    )
    reading = body.read(fetched, source, Window())
    if isinstance(reading, Refused) or len(reading.entries) != 1:
        raise AssertionError(f"our own document cannot be read: {text.id}: {reading}")
    return Specimen(text=text, entry=reading.entries[0], source=source)


def _source(text: Text) -> Source:
    """The feed that an outlet would have; its id ends in a hash, since folding makes names meet."""
    plain = _NOT_A_NAME.sub("-", tokens.fold(text.outlet)).strip("-")[:40]
    digest = blake2b(text.outlet.encode(), digest_size=4).hexdigest()
    name = f"{plain}-{digest}".lstrip("-")
    return Source(
        id=name,
        url=f"https://{name}.example/feed",
        name=text.outlet,
        kind=Kind.AGENCY if text.is_agency else Kind.PORTAL,
        interval=timedelta(minutes=10),
        timeout=timedelta(seconds=20),
        max_size=10_000_000,
        agency=tokens.fold(text.outlet) if text.is_agency else None,
        language=text.language,
    )


def _document(text: Text) -> str:
    """An RSS document of this one item."""
    item = "".join(
        (
            _element("title", text.title),
            f'<guid isPermaLink="false">{_sendable(text.id)}</guid>',
            _element("link", text.link),
            _element("description", text.summary),
            _element("dc:creator", text.author),
            _element("pubDate", text.published.isoformat() if text.published else ""),
            _picture(text.picture_credit),
        )
    )
    outlet = _element("title", text.outlet)
    return f'<rss version="2.0" {_NAMESPACES}><channel>{outlet}<item>{item}</item></channel></rss>'


def _picture(credit: str) -> str:
    if not credit:
        return ""
    place = 'url="https://pictures.example/1.jpg" medium="image"'
    return f"<media:content {place}>{_element('media:credit', credit)}</media:content>"


def _element(name: str, value: str) -> str:
    return f"<{name}>{_sendable(value)}</{name}>" if value else ""


def _sendable(value: str) -> str:
    return escape(_UNSENDABLE.sub(" ", value))
