"""What feedgen cannot say by itself: extensions that add finished elements, and shared settings.

feedgen 1.0 knows no media credits, no dc:creator without a detour, no full atom:source, and drops
`rel` from the links of Atom entries. It does let an extension append elements, so ours is one
class that carries a function; what is appended stays beside the format that needs it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from feedgen.feed import FeedGenerator
from feedgen.util import xml_elem

from aggregator.model.entry import Media
from aggregator.model.feed import GENERATOR, Feed
from aggregator.serving.render.card import Card, channel, is_picture
from aggregator.serving.render.site import Site, feed_file, feed_page

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
MRSS = "{http://search.yahoo.com/mrss/}"
TOMBSTONES = "{http://purl.org/atompub/tombstones/1.0}"

Element = Any  # lxml's, which ships no types
Append = Callable[[Element], None]


class Root:
    """Feed extension: declares the prefixes that are used, once, at the root, and lets a function
    append to what the feed says of itself; entries come behind that, as RFC 4287's schema asks."""

    def __init__(self) -> None:
        self.append: Append | None = None
        self.prefixes = {"media": MRSS.strip("{}"), "dc": DC.strip("{}")}

    def extend_ns(self) -> dict[str, str]:
        return self.prefixes

    def extend_atom(self, feed: Element) -> Element:
        if self.append is not None:
            self.append(feed)
        return feed

    def extend_rss(self, feed: Element) -> Element:
        return feed


class Extra:
    """Entry extension: lets a function append to the finished element."""

    def __init__(self) -> None:
        self.append: Append | None = None

    def _extend(self, element: Element) -> Element:
        if self.append is not None:
            self.append(element)
        return element

    extend_atom = _extend
    extend_rss = _extend


def generator(feed: Feed, site: Site, extension: str, media_type: str, query: str) -> FeedGenerator:
    """An empty document with everything that the channel says.

    Both dates are set, as feedgen's own default is the present moment, which would make every
    render another document (rule 93). The page's link comes last, as feedgen makes the last link
    RSS's `<link>`.
    """
    says = channel(feed, site)
    made = FeedGenerator()
    made.register_extension("extra", Root, Extra)
    made.id(feed.uid)
    made.title(says.title)
    made.description(says.description)
    made.author({"name": says.publisher})
    made.generator(GENERATOR)
    made.docs("https://www.rssboard.org/rss-specification")
    if says.language:
        made.language(says.language)
    made.updated(says.updated)
    made.lastBuildDate(says.updated)
    self_address = site.url(feed_file(feed.spec.slug, extension, query))
    made.link(href=self_address, rel="self", type=media_type)
    made.link(href=site.url(feed_page(feed.spec.slug)), rel="alternate", type="text/html")
    return made


def add(made: FeedGenerator, append: Append) -> Any:
    """A new entry at the end, whose element `append` will complete."""
    entry = made.add_entry(order="append")
    entry.extra.append = append
    return entry


def element(parent: Element, name: str, text: str = "", **attributes: str | int | None) -> Element:
    """A child with the attributes that have a value."""
    given = {key: str(value) for key, value in attributes.items() if value is not None}
    child = xml_elem(name, parent, **given)
    child.text = text or None
    return child


def add_media(parent: Element, card: Card) -> None:
    """Pictures, sound and film as Media RSS (https://www.rssboard.org/media-rss)."""
    for media in card.media:
        child = element(
            parent,
            MRSS + "content",
            url=media.url,
            type=media.type,
            medium=_medium(media),
            width=media.width,
            height=media.height,
            fileSize=media.length,
        )
        if media.title:
            element(child, MRSS + "description", media.title, type="plain")
        if media.credit:
            element(child, MRSS + "credit", media.credit)


def _medium(media: Media) -> str | None:
    return "image" if is_picture(media) else media.medium
