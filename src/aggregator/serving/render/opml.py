"""All our feeds as an OPML 2.0 subscription list (http://opml.org/spec2.opml)."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import format_datetime
from xml.etree import ElementTree

from aggregator.ports import FeedSummary
from aggregator.serving.render.card import legal, seconds
from aggregator.serving.render.site import Site, feed_file, feed_page

MEDIA_TYPE = "text/x-opml; charset=utf-8"


def render(feeds: Sequence[FeedSummary], site: Site) -> bytes:
    """The document, feeds in the order given; its date is the latest change of any of them."""
    root = ElementTree.Element("opml", version="2.0")
    head = ElementTree.SubElement(root, "head")
    ElementTree.SubElement(head, "title").text = legal(site.title)
    if feeds:
        changed = seconds(max(feed.changed_at for feed in feeds))
        ElementTree.SubElement(head, "dateModified").text = format_datetime(changed, usegmt=True)
    body = ElementTree.SubElement(root, "body")
    for feed in feeds:
        ElementTree.SubElement(body, "outline", _outline(feed, site))
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


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
