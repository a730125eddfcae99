"""Feeds as an OPML 2.0 subscription list (http://opml.org/spec2.opml)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from email.utils import format_datetime
from xml.etree import ElementTree

from aggregator.model.source import Source
from aggregator.ports import FeedSummary
from aggregator.serving.render.card import legal, seconds
from aggregator.serving.render.site import Site, feed_file, feed_page
from aggregator.text.secrets import redact

MEDIA_TYPE = "text/x-opml; charset=utf-8"


def render(feeds: Sequence[FeedSummary], site: Site) -> bytes:
    """Our feeds, in the order given; the date is the latest change of any of them."""
    changed = max((feed.changed_at for feed in feeds), default=None)
    return _document(site.title, changed, [_outline(feed, site) for feed in feeds])


def render_sources(sources: Iterable[Source], title: str) -> bytes:
    """The feeds that we poll, in the order given, undated; secrets in addresses are masked."""
    return _document(title, None, [_source_outline(source) for source in sources])


def _document(title: str, changed: datetime | None, outlines: Iterable[dict[str, str]]) -> bytes:
    root = ElementTree.Element("opml", version="2.0")
    head = ElementTree.SubElement(root, "head")
    ElementTree.SubElement(head, "title").text = legal(title)
    if changed:
        dated = format_datetime(seconds(changed), usegmt=True)
        ElementTree.SubElement(head, "dateModified").text = dated
    body = ElementTree.SubElement(root, "body")
    for outline in outlines:
        ElementTree.SubElement(body, "outline", outline)
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _source_outline(source: Source) -> dict[str, str]:
    name = legal(source.name) or source.id
    members = {
        "type": "rss",
        "text": name,
        "title": name,
        "language": source.language or "",
        "category": ",".join(source.topics),
        "xmlUrl": redact(source.url),
    }
    return {name: value for name, value in members.items() if value}


def _outline(feed: FeedSummary, site: Site) -> dict[str, str]:
    spec = feed.spec
    title = legal(spec.title) or spec.slug
    members = {
        "type": "rss",
        "text": title,
        "title": title,
        "description": legal(spec.description),
        "language": spec.language or "",
        "xmlUrl": site.url(feed_file(spec.slug, "rss")),
        "htmlUrl": site.url(feed_page(spec.slug)),
    }
    return {name: value for name, value in members.items() if value}
