"""What holds for the reading of any bytes at all."""

from __future__ import annotations

from datetime import timedelta
from xml.parsers import expat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.model.entry import Entry
from aggregator.model.fetched import Refused
from aggregator.model.reading import Reading
from tests.support.documents import NOON, atom, outcome, rss

ITEMS = [
    "<title>Uno &amp; due</title><guid>1</guid><link>https://a.example/1</link>",
    "<title><![CDATA[Tre <b>più</b>]]></title><description>&lt;p&gt;Testo&lt;/p&gt;</description>"
    "<pubDate>Thu, 12 Mar 2026 10:00:00 CET</pubDate><category>World, Sport</category>",
    '<media:content url="/a.jpg"><media:description>Foto</media:description></media:content>'
    "<guid isPermaLink='false'>2</guid><dc:creator>a@b.example (Neri)</dc:creator>",
    '<content:encoded xml:base="/c/">&lt;img src="x"&gt;</content:encoded><itunes:image href="y"/>',
]
JSON = (
    b'{"version": "https://jsonfeed.org/version/1", "items": [{"id": 1, "url": "/a", "tags": ["b"]'
)
SEEDS = [
    rss(*ITEMS),
    b"<?xml version='1.0' encoding='iso-8859-1'?><!DOCTYPE rss>" + rss(*ITEMS),
    atom(*(item.replace("guid", "id") for item in ITEMS), root="xml:lang='it' xml:base='/b/'"),
    JSON + b"}]}",
    b"<!DOCTYPE html><html><title>Login</title></html>",
]
SCRAPS = st.sampled_from(
    [
        *(
            b"<item>",
            b"</item>",
            b"<entry>",
            b"</channel>",
            b"</rss>",
            b"<rss>",
            b"<![CDATA[",
            b"]]>",
        ),
        *(b"<!--", b"-->", b"<?", b"?>", b"&", b"&#0;", b"&x;", b"<", b">", b'"', b"'", b"\xff"),
        *(
            b"\x00",
            b"\xe8",
            b"<x:y>",
            b" xmlns:x=''",
            b" xml:base='http://['",
            b"<!DOCTYPE a [",
            b"{",
        ),
        *(
            b"<a><b></a>",
            b"</",
            b"<guid>",
            b"<link>http://[</link>",
            b"xml:lang=''",
            b"[[[",
            b",",
            b"\\u",
        ),
    ]
)


@st.composite
def broken(draw: st.DrawFn) -> bytes:
    """A good document with scraps put in, pieces taken out, and perhaps its end cut off."""
    body = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(body)))
        gone = draw(st.integers(0, 12))
        body = body[:at] + draw(SCRAPS | st.binary(max_size=3)) + body[at + gone :]
    return body[: draw(st.integers(0, len(body)))] if draw(st.booleans()) else body


PAGES = ("html-page", "challenge", "consent-wall", "login-page")
REFUSALS = ("empty-body", *PAGES, "not-a-feed", "too-complex", "own-output")


def is_sound(entry: Entry) -> bool:
    """Whether an entry is what every output relies on."""
    texts = (entry.title, entry.summary, entry.content, *entry.authors, *entry.topics, entry.url)
    expat.ParserCreate("utf-8").Parse(f"<x>{''.join(map(escaped, texts))}</x>".encode(), True)
    addresses = (entry.url, *(media.url for media in entry.media))
    return (
        bool(entry.key and entry.title and entry.digest)
        and all(not url or url[:4].lower() == "http" for url in addresses)
        and len(entry.title) <= 1000
        and len(entry.summary) <= 300
        and entry.published <= NOON + timedelta(minutes=10)
        and (entry.updated is None or entry.updated.tzinfo is not None)
    )


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "")


def holds(found: Reading | Refused) -> bool:
    if isinstance(found, Refused):
        return found.why in REFUSALS
    keys = [entry.key for entry in found.entries]
    return (
        all(map(is_sound, found.entries))
        and len(set(keys)) == len(keys)
        and keys == [place.key for place in found.window.places]
    )


@given(broken())
@settings(deadline=None)
def test_a_broken_document_gives_sound_entries_or_a_named_refusal(body: bytes) -> None:
    assert holds(outcome(body))


@given(st.binary(max_size=200), st.text(max_size=12) | st.none())
@settings(deadline=None)
def test_any_bytes_under_any_label_give_a_named_outcome(body: bytes, charset: str | None) -> None:
    assert holds(outcome(body, charset=charset))


@given(st.integers(0, len(SEEDS[0])))
@settings(deadline=None)
def test_a_document_cut_anywhere_gives_a_head_of_its_items(end: int) -> None:
    whole = outcome(SEEDS[0])
    cut = outcome(SEEDS[0][:end])
    assert isinstance(whole, Reading)
    titles = [entry.title for entry in whole.entries]
    found = [] if isinstance(cut, Refused) else [entry.title for entry in cut.entries]
    assert found == titles[: len(found)]


BIG = 50_000


def persons(*names: str) -> bytes:
    return rss("".join(f"<dc:creator>{name}</dc:creator>" for name in names))


@pytest.mark.parametrize(
    "body",
    [
        b"<rss>" + b"<item>" * BIG,
        b"<rss><channel>" + b"<item/>" * BIG,
        b"<rss><channel><item>" + b"<a>" * BIG,
        b"<rss><![CDATA[" * BIG,
        b"<rss>" + b"<!--" * BIG,
        b"<!DOCTYPE rss [" * BIG,
        b"<rss " + b'a="' * BIG,
        b"<rss>" + b"&" * BIG,
        b"<rss>" + b"&#" * BIG,
        b"<rss xmlns:" * BIG,
        b"<rss>" + b"</item>" * BIG,
        b"<rss><channel><item><title>" + b"&lt;div&gt;" * BIG + b"</title></item></channel></rss>",
        b"<rss><channel><item><description>"
        + b"&lt;a " * BIG
        + b"</description></item></channel></rss>",
        b"<rss><channel><item><pubDate>" + b"1" * BIG + b"</pubDate></item></channel></rss>",
        b"<rss><channel><item><link>http://" + b"a." * BIG + b"</link></item></channel></rss>",
        b"<rss><channel><item><author>" + b"a." * BIG + b"</author></item></channel></rss>",
        b"<p>" * BIG,
        b"{" * BIG,
        b'{"version": "1", "items": [' + b"[" * BIG,
        b'{"version": "1", "items": [' + b"{}," * BIG,
        b"\xff" * BIG,
        b"<?xml encoding='" * BIG,
        b"<html>" + b"<title" * 4 * BIG,
        b'{"version": "1", "items": [{"id": "1", "authors": [{"name": "' + b"@" * BIG + b'"}]}]}',
        persons(("a" * 1999 + " ") * 300),
        persons("&#97;" * BIG),
        persons("a<!-- -->" * BIG),
        persons("@" * BIG),
        b"<rss a='" + b"a" * 20 * BIG + b"'><channel>" + b"<item/>" * BIG + b"</channel></rss>",
        b"<rss xml:base='http://a.example/"
        + b"a/" * 10 * BIG
        + b"'><channel>"
        + b"<item xml:base='b'><title>a</title></item>" * BIG
        + b"</channel></rss>",
        b"<rss><channel><item><title>a</b>" + b"<b" * 4 * BIG,
        rss("<description>" + "&#187;" * 8 * BIG + "</description>"),
        b"<rss><channel><item><link>" + b"<" * 10 * BIG + b"</link></item></channel></rss>",
        b"<rss><channel><item><link>" + b'"' * 10 * BIG + b"</link></item></channel></rss>",
        b"<rss><channel><item>&" + b"".join(b"a%d:b <" % n for n in range(BIG)),
    ],
    ids=lambda body: repr(body[:24]),
)
def test_a_hostile_body_costs_no_more_than_its_length(body: bytes) -> None:
    """A quadratic step on a body of this size would take hours; the run's time limit shows it."""
    assert isinstance(outcome(body), Reading | Refused)
