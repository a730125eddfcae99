"""A feed as Atom 1.0 (RFC 4287), by feedgen.

An entry keeps where it came from in `atom:source`, and links to its article's page and to every
other copy as `related`: our merging can be seen and checked from the feed itself. What was taken
down leaves a tombstone (RFC 6721), so that readers that know these take it down as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from aggregator.model.feed import Departure, Feed, Rendered
from aggregator.serving.render import feedgenx
from aggregator.serving.render.card import Card, cards, channel, is_recording, rendered, seconds
from aggregator.serving.render.feedgenx import TOMBSTONES, Element, element
from aggregator.serving.render.site import Site

MEDIA_TYPE = "application/atom+xml"
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")  # as RFC 4287 has it
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def render(feed: Feed, site: Site, query: str = "") -> Rendered:
    """The document; `query` is the canonical query that its own address carries."""
    made = feedgenx.generator(feed, site, "atom", MEDIA_TYPE, query)
    made.subtitle(channel(feed, site).description)
    if feed.departures:
        made.extra.prefixes["at"] = TOMBSTONES.strip("{}")
        made.extra.append = partial(_add_tombstones, feed.departures)
    for card in cards(feed, site):
        _fill(feedgenx.add(made, partial(_complete, card)), card)
    return rendered(made.atom_str(pretty=True), f"{MEDIA_TYPE}; charset=utf-8", feed)


def _fill(entry: Any, card: Card) -> None:
    entry.id(card.uid)
    entry.title(card.title)
    entry.updated(card.updated)
    entry.published(card.published)
    # feedgen drops `rel`, which leaves its default, alternate; the others are in `_complete`.
    entry.link(href=card.link)
    entry.author([{"name": name} for name in card.names or (card.origin.name,)])
    for topic in card.topics:
        entry.category(term=topic)
    if card.summary:
        entry.summary(card.summary, type="text")
    if card.content:
        entry.content(card.content, type="html")


def _complete(card: Card, entry: Element) -> None:
    if card.language and _LANGUAGE_TAG.fullmatch(card.language):
        entry.set(_XML_LANG, card.language)
    element(entry, "link", href=card.article, rel="related", type="text/html")
    for address, outlet in card.related:
        element(entry, "link", href=address, rel="related", title=outlet)
    for media in filter(is_recording, card.media):
        element(
            entry, "link", href=media.url, rel="enclosure", type=media.type, length=media.length
        )
    _add_source(entry, card)
    feedgenx.add_media(entry, card)


def _add_tombstones(departures: Sequence[Departure], feed: Element) -> None:
    for gone in departures:
        when = seconds(gone.at).isoformat()
        element(feed, TOMBSTONES + "deleted-entry", ref=gone.uid, when=when)


def _add_source(entry: Element, card: Card) -> None:
    source = element(entry, "source")
    element(source, "id", card.origin.uid)
    element(source, "title", card.origin.name)
    element(source, "updated", card.updated.isoformat())
    element(source, "link", href=card.origin.url, rel="self")
