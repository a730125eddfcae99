"""What one item of a feed says, in every format alike.

RSS, Atom, JSON Feed and the pages differ in spelling only. Which title stands in for a missing
one, which address is the link, what is related, which characters may not be sent: decided here,
once. Entries arrive already cut to what their source's rights allow.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import blake2b

from aggregator.model.entry import Entry, Media
from aggregator.model.feed import Feed, Item, Rendered
from aggregator.model.source import Source
from aggregator.serving.render.site import Site, article_page
from aggregator.text import ids, tokens
from aggregator.text.secrets import redact

# Everything outside `Char` of XML 1.0 (https://www.w3.org/TR/xml/#charsets). No escape exists for
# these; one in a title makes the whole document unreadable. JSON and HTML drop them as well, so
# that all formats say the same.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_TITLE_WIDTH = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The source that speaks: `uid` is its id in `atom:source`, `url` its redacted address."""

    id: str
    uid: str
    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Another live copy of the text: who carries it, where, and under which title."""

    source_id: str
    name: str
    url: str
    title: str
    published: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One item, ready to be spelt: texts hold legal characters only, addresses are http(s).

    `title` and `link` are never empty. `credit` names the agency whose text it is, where that is
    another house than the one that carries it. `copies` are in the store's order; those without
    an address have `url` "". Times are aware UTC in whole seconds.
    """

    uid: str
    title: str
    link: str
    article: str
    summary: str
    content: str
    published: datetime
    updated: datetime
    language: str | None
    authors: tuple[str, ...]
    topics: tuple[str, ...]
    media: tuple[Media, ...]
    origin: Origin
    copies: tuple[Copy, ...]
    credit: str = ""

    @property
    def voice(self) -> str:
        """Who speaks: the outlet, or `ANSA via Il Portale`."""
        return f"{self.credit} via {self.origin.name}" if self.credit else self.origin.name

    @property
    def names(self) -> tuple[str, ...]:
        """Who is named as the author: the item's authors, and before them the voice of a text
        that is another house's; an author who is that house is not named twice."""
        if not self.credit:
            return self.authors
        others = (name for name in self.authors if tokens.fold(name) != tokens.fold(self.credit))
        return (self.voice, *others)

    @property
    def related(self) -> tuple[tuple[str, str], ...]:
        """(address, outlet) of each copy that stands elsewhere, each address once."""
        found: dict[str, str] = {}
        for copy in self.copies:
            if copy.url and copy.url != self.link:
                found.setdefault(copy.url, copy.name)
        return tuple(found.items())

    @property
    def outlets(self) -> int:
        """How many other sources carry the text."""
        return len({copy.source_id for copy in self.copies} - {self.origin.id})

    @property
    def picture(self) -> Media | None:
        """The first picture, if there is any."""
        return next((media for media in self.media if is_picture(media)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """What a feed says of itself; `description` is never empty, `publisher` is the service."""

    title: str
    description: str
    language: str | None
    updated: datetime
    publisher: str


def channel(feed: Feed, site: Site) -> Channel:
    """What a feed says of itself."""
    title = legal(feed.spec.title) or feed.spec.slug
    return Channel(
        title=title,
        description=legal(feed.spec.description) or title,
        language=feed.spec.language,
        updated=seconds(feed.changed_at),
        publisher=legal(site.title) or "Aggregator",
    )


def cards(feed: Feed, site: Site) -> tuple[Card, ...]:
    """The items of a feed in its order."""
    return tuple(card(item, feed.sources[item.lead.source_id], feed, site) for item in feed.items)


def card(item: Item, source: Source, feed: Feed, site: Site) -> Card:
    """What an item says; `source` is its lead's."""
    lead = item.lead
    article = site.url(article_page(item.article))
    return Card(
        uid=item.uid,
        title=_title(lead, source),
        link=web_address(lead.url) or article,
        article=article,
        summary=legal(lead.summary),
        content=legal(lead.content),
        published=seconds(lead.published),
        updated=seconds(item.updated),
        language=lead.language,
        authors=_legal_each(lead.authors),
        topics=_legal_each(lead.topics),
        media=tuple(_legal_media(media) for media in lead.media if web_address(media.url)),
        origin=origin(source),
        credit=credit(lead, source),
        copies=tuple(_copy(entry, feed.sources[entry.source_id]) for entry in item.copies),
    )


def origin(source: Source) -> Origin:
    """Who speaks, with nothing secret left in the address; a folder of ours is nobody's to know."""
    uid = ids.mint("source", source.id)
    return Origin(
        id=source.id,
        uid=uid,
        name=legal(source.name) or source.id,
        url=web_address(redact(source.url)) or uid,
    )


def credit(entry: Entry, source: Source) -> str:
    """The agency whose text it is, or "" where the outlet is that house itself."""
    said = entry.credit
    if said is None or said.agency == source.agency:
        return ""
    outlet = f" {' '.join(tokens.words(source.name))} "
    is_own = f" {' '.join(tokens.words(said.name))} " in outlet
    return "" if is_own else legal(said.name).strip()


def legal(text: str) -> str:
    """The text without characters that no XML document may hold."""
    return _ILLEGAL.sub("", text)


def web_address(url: str) -> str:
    """The address if it is http(s), else "": a link of ours never runs a script."""
    shown = legal(url)
    return shown if _WEB.match(shown) else ""


def seconds(when: datetime) -> datetime:
    """The time in UTC, in whole seconds: the finest that all formats can write."""
    return when.astimezone(UTC).replace(microsecond=0)


def is_picture(media: Media) -> bool:
    """Whether it is to be looked at: by its type, or by its medium where no type is known."""
    return (media.type or media.medium or "").startswith("image")


def is_recording(media: Media) -> bool:
    """Whether it is sound or film of a known type, as an enclosure must be."""
    return (media.type or "").startswith(("audio/", "video/"))


def rendered(body: bytes, media_type: str, feed: Feed) -> Rendered:
    """Bytes to serve, with the hash that names them and the time at which the feed last changed."""
    return Rendered(
        body=body,
        media_type=media_type,
        etag=blake2b(body, digest_size=16).hexdigest(),
        last_modified=seconds(feed.changed_at),
    )


def _title(entry: Entry, source: Source) -> str:
    """The title; for items without one (short posts) the first words of what they say."""
    written = legal(entry.title).strip()
    opening = textwrap.shorten(legal(entry.summary), width=_TITLE_WIDTH, placeholder="…")
    return written or opening or legal(source.name) or source.id


def _copy(entry: Entry, source: Source) -> Copy:
    return Copy(
        source_id=source.id,
        name=legal(source.name) or source.id,
        url=web_address(entry.url),
        title=_title(entry, source),
        published=seconds(entry.published),
    )


def _legal_each(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(shown for text in texts if (shown := legal(text).strip()))


def _legal_media(media: Media) -> Media:
    return replace(
        media,
        url=legal(media.url),
        type=legal(media.type or "") or None,
        title=legal(media.title or "") or None,
        credit=legal(media.credit or "") or None,
    )
