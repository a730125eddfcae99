"""A feed as RSS 2.0, by feedgen.

After the RSS Advisory Board's best practices (https://www.rssboard.org/rss-profile): titles are
plain text escaped once, descriptions are text escaped as HTML, at most one enclosure, its length
"0" where unknown. feedgen switches the process's locale for a moment to write `lastBuildDate`,
so two threads must not render at once.
"""

from __future__ import annotations

from email.utils import format_datetime
from functools import partial
from html import escape
from typing import Any

from aggregator.model.feed import Feed, Rendered
from aggregator.serving.render import feedgenx
from aggregator.serving.render.card import Card, cards, is_recording, rendered
from aggregator.serving.render.feedgenx import ATOM, CONTENT, DC, Element, element
from aggregator.serving.render.site import Site

MEDIA_TYPE = "application/rss+xml"


def render(feed: Feed, site: Site, query: str = "") -> Rendered:
    """The document; `query` is the canonical query that its own address carries."""
    made = feedgenx.generator(feed, site, "rss", MEDIA_TYPE, query)
    for card in cards(feed, site):
        _fill(feedgenx.add(made, partial(_complete, card)), card)
    return rendered(made.rss_str(pretty=True), f"{MEDIA_TYPE}; charset=utf-8", feed)


def _fill(entry: Any, card: Card) -> None:
    entry.guid(card.uid, permalink=False)
    entry.title(card.title)
    entry.link(href=card.link)
    entry.source(url=card.origin.url, title=card.origin.name)
    for topic in card.topics:
        entry.category(term=topic)
    if card.summary:
        entry.description(escape(card.summary, quote=False))
    enclosure = next(filter(is_recording, card.media), None)
    if enclosure:
        entry.enclosure(enclosure.url, enclosure.length or 0, enclosure.type)


def _complete(card: Card, item: Element) -> None:
    element(item, "pubDate", format_datetime(card.published, usegmt=True))
    if card.content:
        element(item, CONTENT + "encoded", card.content)
    for author in card.names:
        element(item, DC + "creator", author)
    element(item, ATOM + "link", href=card.article, rel="related", type="text/html")
    for address, outlet in card.related:
        element(item, ATOM + "link", href=address, rel="related", title=outlet)
    feedgenx.add_media(item, card)
