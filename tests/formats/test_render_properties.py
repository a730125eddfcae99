"""Whatever a feed holds, each format is well-formed and gives it back."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import feedparser
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from lxml import etree

from aggregator.model.entry import Media
from aggregator.model.feed import Feed
from aggregator.serving.render import atom, jsonfeed, rss
from aggregator.serving.render.card import cards, legal
from aggregator.serving.render.site import Site
from tests.support import shelf as given

SITE = Site(title="Newsroom", base_url="https://news.example.org")
A = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"

# XML parsers turn CR into LF, and we write CR as a reference, so all characters come back.
texts = st.text(max_size=40)
names = st.lists(texts, max_size=3).map(tuple)
times = st.integers(-(10**15), 10**15).map(lambda n: given.NOON + timedelta(microseconds=n))
addresses = st.sampled_from(["", "https://x.example/?a=1&b=\"<'>", "http://è.example/ü", "ftp://x"])
media = st.builds(
    Media,
    url=addresses,
    type=st.sampled_from([None, "image/png", "audio/mpeg", "application/pdf"]),
    medium=st.sampled_from([None, "image", "video"]),
    width=st.none() | st.integers(0, 9000),
    length=st.none() | st.integers(0, 2**40),
    title=st.none() | texts,
    credit=st.none() | texts,
)


@st.composite
def entries(draw: st.DrawFn, number: int) -> Any:
    """An entry of which nothing is known but its key."""
    return given.entry(
        draw(st.sampled_from(["ansa", "portale"])),
        number,
        title=draw(texts),
        summary=draw(texts),
        content=draw(texts),
        url=draw(addresses),
        published=draw(times),
        updated=draw(st.none() | times),
        authors=draw(names),
        topics=draw(names),
        language=draw(st.sampled_from([None, "it", "en-GB"])),
        media=tuple(draw(st.lists(media, max_size=2))),
    )


@st.composite
def feeds(draw: st.DrawFn) -> Feed:
    """Up to three items, each with up to two copies, from sources with any name."""
    size = draw(st.integers(0, 3))
    items = [
        given.item(draw(entries(10 * n)), *(draw(entries(10 * n + m + 1)) for m in range(n)))
        for n in range(size)
    ]
    named = [given.source(id, name=draw(texts)) for id in ("ansa", "portale")]
    return given.feed(*items, sources=named, title=draw(texts))


@settings(max_examples=60, deadline=None)
@drawn(feeds())
def test_rss_gives_back_what_went_in(feed: Feed) -> None:
    channel = etree.fromstring(rss.render(feed, SITE).body).find("channel")
    expected = cards(feed, SITE)
    assert [_rss_item(item) for item in channel.findall("item")] == [
        (c.uid, c.title, c.link, c.summary, c.content, c.origin.name, c.topics, c.authors)
        for c in expected
    ]


@settings(max_examples=60, deadline=None)
@drawn(feeds())
def test_atom_gives_back_what_went_in(feed: Feed) -> None:
    root = etree.fromstring(atom.render(feed, SITE).body)
    assert [_atom_entry(entry) for entry in root.findall(A + "entry")] == [
        (
            c.uid,
            c.title,
            c.link,
            c.summary,
            c.content,
            c.origin.name,
            c.topics,
            c.authors or (c.origin.name,),
            c.published,
            c.updated,
        )
        for c in cards(feed, SITE)
    ]


@settings(max_examples=60, deadline=None)
@drawn(feeds())
def test_json_gives_back_what_went_in(feed: Feed) -> None:
    items = json.loads(jsonfeed.render(feed, SITE).body)["items"]
    assert [_json_item(item) for item in items] == [
        (
            c.uid,
            c.title,
            c.link,
            c.summary,
            c.content or c.summary or c.title,
            c.origin.name,
            c.topics,
            c.authors or (c.origin.name,),
            c.published,
            c.updated,
        )
        for c in cards(feed, SITE)
    ]


@settings(max_examples=40, deadline=None)
@drawn(feeds())
def test_feedparser_reads_both_xml_formats_without_complaint(feed: Feed) -> None:
    expected = cards(feed, SITE)
    for rendered in (rss.render(feed, SITE), atom.render(feed, SITE)):
        document = feedparser.parse(rendered.body, resolve_relative_uris=False)
        assert document.bozo == 0
        assert [entry.id for entry in document.entries] == [card.uid for card in expected]


@drawn(texts)
def test_legal_is_idempotent_and_touches_nothing_that_xml_can_hold(text: str) -> None:
    assert legal(legal(text)) == legal(text)
    assert legal(text) == "".join(c for c in text if _is_char(ord(c)))


def _is_char(point: int) -> bool:
    """`Char` of XML 1.0, spelt as the specification spells it."""
    return (
        point in (0x9, 0xA, 0xD)
        or 0x20 <= point <= 0xD7FF
        or 0xE000 <= point <= 0xFFFD
        or 0x10000 <= point <= 0x10FFFF
    )


def _all(parent: Any, name: str) -> tuple[str, ...]:
    return tuple(child.text or "" for child in parent.findall(name))


def _rss_item(item: Any) -> tuple[object, ...]:
    return (
        item.findtext("guid"),
        item.findtext("title"),
        item.findtext("link"),
        unescape(item.findtext("description") or ""),
        item.findtext(CONTENT) or "",
        item.findtext("source"),
        _all(item, "category"),
        _all(item, CREATOR),
    )


def _atom_entry(entry: Any) -> tuple[object, ...]:
    return (
        entry.findtext(A + "id"),
        entry.findtext(A + "title"),
        entry.find(A + "link").get("href"),
        entry.findtext(A + "summary") or "",
        entry.findtext(A + "content") or "",
        entry.findtext(f"{A}source/{A}title"),
        tuple(category.get("term") for category in entry.findall(A + "category")),
        _all(entry, f"{A}author/{A}name"),
        datetime.fromisoformat(entry.findtext(A + "published")),
        datetime.fromisoformat(entry.findtext(A + "updated")),
    )


def _json_item(item: Any) -> tuple[object, ...]:
    return (
        item["id"],
        item["title"],
        item["url"],
        item.get("summary", ""),
        item.get("content_html") or item["content_text"],
        item["_aggregator"]["source"]["name"],
        tuple(item.get("tags", ())),
        tuple(author["name"] for author in item["authors"]),
        datetime.fromisoformat(item["date_published"]),
        datetime.fromisoformat(item["date_modified"]),
    )
