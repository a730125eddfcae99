"""What a feed says in RSS, Atom and JSON Feed, and what all three must agree on."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree

from aggregator.model.entry import Media
from aggregator.model.feed import GENERATOR, Departure, Feed, Rendered
from aggregator.model.source import Kind
from aggregator.serving.render import atom, jsonfeed, rss
from aggregator.serving.render.site import Site
from tests.support import shelf as given
from tests.support.schemas import atom_faults, json_feed_faults

SITE = Site(title="Newsroom", base_url="https://news.example.org")
RENDERERS: tuple[Callable[..., Rendered], ...] = (rss.render, atom.render, jsonfeed.render)
FORMATS = pytest.mark.parametrize("render", RENDERERS, ids=["rss", "atom", "json"])
NS = {
    "a": "http://www.w3.org/2005/Atom",
    "at": "http://purl.org/atompub/tombstones/1.0",
    "c": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "m": "http://search.yahoo.com/mrss/",
}
HOSTILE = "<script>alert(1)</script> ]]> & \"quoted\" 'too' &amp; \u2028 \ufdd0 😀"


def rich_feed() -> Feed:
    """One item with everything, carried by three sources, and one with next to nothing."""
    full = given.entry(
        "ansa",
        1,
        title="Ponte chiuso & riaperto",
        summary="Chiuso alle 10 < riaperto alle 12",
        content="<p>Chiuso & <b>riaperto</b>.</p>",
        language="it",
        authors=("Anna Rossi", "Luca Bo"),
        topics=("cronaca", "trasporti"),
        media=(
            Media(
                url="https://img.example/ponte.jpg",
                type="image/jpeg",
                width=800,
                height=450,
                title="Il ponte",
                credit="Foto Agenzia",
            ),
            Media(url="https://img.example/ponte.mp3", type="audio/mpeg"),
            Media(url="https://img.example/altro.mp3", type="audio/mpeg", length=77),
        ),
    )
    bare = given.entry("portale", 2, title="", summary="", url="")
    copies = (given.entry("portale", 3), given.entry("gazzetta", 4, url=""))
    sources = (
        given.source("ansa", name="ANSA", url="https://ansa.example/rss?user=${U}&password=${P}"),
        given.source("portale", name="Il Portale", kind=Kind.PORTAL),
    )
    return given.feed(given.item(full, *copies), given.item(bare), sources=sources)


GONE = (
    Departure(uid="urn:uuid:1a9a2900-7d32-5c19-92ed-d4fbe2221af1", at=given.NOON),
    Departure(
        uid="urn:uuid:2b9a2900-7d32-5c19-92ed-d4fbe2221af1", at=given.NOON - timedelta(hours=1)
    ),
)


def rid_feed() -> Feed:
    """The rich feed, after two items were withdrawn from it."""
    return replace(rich_feed(), departures=GONE)


def xml(rendered: Rendered) -> Any:
    return etree.fromstring(rendered.body)


def found(root: Any, path: str) -> list[str]:
    """The texts or attribute values at an XPath, in document order."""
    return [getattr(node, "text", None) or str(node) for node in root.xpath(path, namespaces=NS)]


def items_of(rendered: Rendered) -> list[Any]:
    items: list[Any] = json.loads(rendered.body)["items"]
    return items


def parsed(rendered: Rendered) -> Any:
    return feedparser.parse(BytesIO(rendered.body))


@FORMATS
def test_the_same_feed_gives_the_same_bytes(render: Callable[..., Rendered]) -> None:
    assert render(rich_feed(), SITE) == render(rich_feed(), SITE)


@FORMATS
def test_rule_093_dates_of_the_feed_come_from_its_last_change_and_never_from_now(
    render: Callable[..., Rendered],
) -> None:
    long_ago = replace(rich_feed(), changed_at=given.NOON - timedelta(days=900))
    written = re.findall(
        r"\d{4}-\d\d-\d\d(?=T)|\d\d \w{3} \d{4}", render(long_ago, SITE).body.decode()
    )
    changed, published = {"2023-09-24", "24 Sep 2023"}, {"2026-03-12", "12 Mar 2026"}
    assert set(written) & changed
    assert set(written) <= changed | published


@FORMATS
def test_rule_094_last_modified_is_the_stored_change_and_the_tag_hashes_the_bytes(
    render: Callable[..., Rendered],
) -> None:
    before = render(rich_feed(), SITE)
    killed = replace(rich_feed(), items=rich_feed().items[1:])
    after = render(replace(killed, changed_at=given.NOON + timedelta(hours=1)), SITE)
    assert before.last_modified == given.NOON
    assert after.last_modified == given.NOON + timedelta(hours=1)
    assert after.etag != before.etag


@FORMATS
def test_rule_098_the_id_is_the_items_and_survives_a_change_of_lead(
    render: Callable[..., Rendered],
) -> None:
    first, second = given.entry("ansa", 1), given.entry("portale", 1)
    before = given.feed(given.item(first, second))
    uid = before.items[0].uid
    after = replace(before, items=(replace(before.items[0], lead=second, copies=(first,)),))
    assert [e.id for e in _entries(render(before, SITE))] == [uid]
    assert [e.id for e in _entries(render(after, SITE))] == [uid]


@FORMATS
def test_rule_099_every_output_names_its_generator(render: Callable[..., Rendered]) -> None:
    assert GENERATOR.encode() in render(rich_feed(), SITE).body


@FORMATS
def test_items_stand_in_the_order_given(render: Callable[..., Rendered]) -> None:
    numbers = (5, 1, 9, 3)
    feed = given.feed(*(given.item(given.entry("ansa", n)) for n in numbers))
    titles = [e.title for e in _entries(render(feed, SITE))]
    assert titles == ["Title 5", "Title 1", "Title 9", "Title 3"]


@FORMATS
def test_secrets_in_a_sources_address_are_never_written(render: Callable[..., Rendered]) -> None:
    body = render(rich_feed(), SITE).body.decode()
    assert "${" not in body
    assert "password=***" in body


@FORMATS
def test_hostile_text_stays_text(render: Callable[..., Rendered]) -> None:
    lead = given.entry(title=HOSTILE, summary=HOSTILE, authors=(HOSTILE,), topics=(HOSTILE,))
    feed = given.feed(given.item(lead), title=HOSTILE, sources=[given.source("ansa", name=HOSTILE)])
    assert _first_title(render(feed, Site(title=HOSTILE, base_url=SITE.base_url))) == HOSTILE


@FORMATS
@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_rule_082_characters_that_xml_cannot_hold_are_dropped(
    render: Callable[..., Rendered], bad: str
) -> None:
    text = f"Sotto{bad}sopra"
    media = (Media(url=f"https://img.example/{bad}1.jpg", title=text, credit=text),)
    lead = given.entry(
        title=text, summary=text, content=text, authors=(text,), topics=(text,), media=media
    )
    feed = given.feed(given.item(lead), title=text, sources=[given.source("ansa", name=text)])
    assert _first_title(render(feed, SITE)) == "Sottosopra"


@FORMATS
@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//x.example", ""])
def test_a_link_that_is_no_web_address_gives_way_to_the_articles_page(
    render: Callable[..., Rendered], address: str
) -> None:
    feed = given.feed(given.item(given.entry(url=address)))
    bare = feed.items[0].article.removeprefix("urn:uuid:")
    assert _first_link(render(feed, SITE)) == f"https://news.example.org/articles/{bare}"


@FORMATS
@pytest.mark.parametrize(
    ("title", "summary", "shown"),
    [
        ("Un titolo", "Un sommario.", "Un titolo"),
        ("", "Un post senza titolo.", "Un post senza titolo."),
        ("  ", "parola " * 40, "parola " * 11 + "parola…"),
        ("", "", "Ansa"),
    ],
    ids=["a title", "a short post", "a long post", "nothing but its source"],
)
def test_an_item_always_has_a_title(
    render: Callable[..., Rendered], title: str, summary: str, shown: str
) -> None:
    feed = given.feed(given.item(given.entry(title=title, summary=summary)))
    assert _first_title(render(feed, SITE)) == shown


@FORMATS
def test_an_empty_feed_is_a_feed(render: Callable[..., Rendered]) -> None:
    assert _entries(render(given.feed(), SITE)) == []


@FORMATS
def test_the_self_address_carries_the_query_that_was_asked(render: Callable[..., Rendered]) -> None:
    extension = {rss.render: "rss", atom.render: "atom", jsonfeed.render: "json"}[render]
    body = render(rich_feed(), SITE, "limit=2").body.decode()
    assert f"https://news.example.org/feeds/esteri.{extension}?limit=2" in body


def test_rss_says_everything_of_an_item() -> None:
    root = xml(rss.render(rich_feed(), SITE))
    item = root.xpath("//item")[0]
    uid = rich_feed().items[0].uid
    article = f"https://news.example.org/articles/{uid.removeprefix('urn:uuid:')}"
    assert found(item, "title") == ["Ponte chiuso & riaperto"]
    assert found(item, "link") == ["https://ansa.example/news/1"]
    assert found(item, "guid") == [uid]
    assert found(item, "guid/@isPermaLink") == ["false"]
    assert found(item, "pubDate") == ["Thu, 12 Mar 2026 11:59:00 GMT"]
    assert found(item, "description") == ["Chiuso alle 10 &lt; riaperto alle 12"]
    assert found(item, "c:encoded") == ["<p>Chiuso & <b>riaperto</b>.</p>"]
    assert found(item, "category") == ["cronaca", "trasporti"]
    assert found(item, "dc:creator") == ["Anna Rossi", "Luca Bo"]
    assert found(item, "source") == ["ANSA"]
    assert found(item, "source/@url") == ["https://ansa.example/rss?user=***&password=***"]
    assert found(item, "a:link[@rel='related']/@href") == [
        article,
        "https://portale.example/news/3",
    ]


def test_rss_has_one_enclosure_and_its_length_is_nought_where_unknown() -> None:
    item = xml(rss.render(rich_feed(), SITE)).xpath("//item")[0]
    assert found(item, "enclosure/@url") == ["https://img.example/ponte.mp3"]
    assert found(item, "enclosure/@length") == ["0"]
    assert found(item, "enclosure/@type") == ["audio/mpeg"]


@pytest.mark.parametrize("render", [rss.render, atom.render], ids=["rss", "atom"])
def test_rule_111_pictures_carry_their_own_caption_and_credit(
    render: Callable[..., Rendered],
) -> None:
    root = xml(render(rich_feed(), SITE))
    assert found(root, "//m:content[1]/@url") == ["https://img.example/ponte.jpg"]
    assert found(root, "//m:content[1]/@medium") == ["image"]
    assert found(root, "//m:content[1]/@width") == ["800"]
    assert found(root, "//m:content[1]/m:description") == ["Il ponte"]
    assert found(root, "//m:content[1]/m:credit") == ["Foto Agenzia"]
    assert "Foto Agenzia" not in found(root, "//dc:creator | //a:author/a:name")


def test_the_rss_channel_says_where_it_lives() -> None:
    spec = replace(rich_feed().spec, language="it", description="Dal mondo")
    channel = xml(rss.render(replace(rich_feed(), spec=spec), SITE)).xpath("/rss/channel")[0]
    assert found(channel, "link") == ["https://news.example.org/feeds/esteri"]
    assert found(channel, "a:link[@rel='self']/@href") == [
        "https://news.example.org/feeds/esteri.rss"
    ]
    assert found(channel, "lastBuildDate") == ["Thu, 12 Mar 2026 12:00:00 +0000"]
    assert found(channel, "language") == ["it"]
    assert found(channel, "description") == ["Dal mondo"]


def test_atom_says_everything_of_an_entry() -> None:
    root = xml(atom.render(rich_feed(), SITE))
    entry = root.xpath("//a:entry", namespaces=NS)[0]
    assert found(entry, "a:id") == [rich_feed().items[0].uid]
    assert found(entry, "a:title") == ["Ponte chiuso & riaperto"]
    assert found(entry, "a:published") == ["2026-03-12T11:59:00+00:00"]
    assert found(entry, "a:updated") == ["2026-03-12T11:59:00+00:00"]
    assert found(entry, "a:summary") == ["Chiuso alle 10 < riaperto alle 12"]
    assert found(entry, "a:summary/@type") == ["text"]
    assert found(entry, "a:content") == ["<p>Chiuso & <b>riaperto</b>.</p>"]
    assert found(entry, "a:content/@type") == ["html"]
    assert found(entry, "a:author/a:name") == ["Anna Rossi", "Luca Bo"]
    assert found(entry, "a:category/@term") == ["cronaca", "trasporti"]
    assert found(entry, "a:link[not(@rel)]/@href") == ["https://ansa.example/news/1"]
    assert found(entry, "a:link[@rel='related'][2]/@title") == ["Il Portale"]
    assert found(entry, "a:link[@rel='enclosure']/@length") == ["77"]
    assert found(entry, "@xml:lang") == ["it"]


def test_atom_keeps_the_source_of_each_entry() -> None:
    root = xml(atom.render(rich_feed(), SITE))
    assert found(root, "//a:entry/a:source/a:title") == ["ANSA", "Il Portale"]
    assert len(set(found(root, "//a:entry/a:source/a:id"))) == 2
    assert found(root, "//a:entry[1]/a:source/a:link/@href") == [
        "https://ansa.example/rss?user=***&password=***"
    ]


def test_an_atom_entry_without_authors_is_by_its_source() -> None:
    root = xml(atom.render(rich_feed(), SITE))
    assert found(root, "//a:entry[2]/a:author/a:name") == ["Il Portale"]


def test_json_says_everything_of_an_item() -> None:
    item = items_of(jsonfeed.render(rich_feed(), SITE))[0]
    origin = item.pop("_aggregator")
    assert item == {
        "id": rich_feed().items[0].uid,
        "url": "https://ansa.example/news/1",
        "title": "Ponte chiuso & riaperto",
        "summary": "Chiuso alle 10 < riaperto alle 12",
        "content_html": "<p>Chiuso & <b>riaperto</b>.</p>",
        "image": "https://img.example/ponte.jpg",
        "date_published": "2026-03-12T11:59:00+00:00",
        "date_modified": "2026-03-12T11:59:00+00:00",
        "authors": [{"name": "Anna Rossi"}, {"name": "Luca Bo"}],
        "tags": ["cronaca", "trasporti"],
        "language": "it",
        "attachments": [
            {"url": "https://img.example/ponte.mp3", "mime_type": "audio/mpeg"},
            {
                "url": "https://img.example/altro.mp3",
                "mime_type": "audio/mpeg",
                "size_in_bytes": 77,
            },
        ],
    }
    assert origin["source"]["name"] == "ANSA"
    assert [copy["name"] for copy in origin["copies"]] == ["Il Portale", "Gazzetta"]


@pytest.mark.parametrize(
    ("summary", "content", "key", "value"),
    [
        ("Breve.", "<p>Tutto.</p>", "content_html", "<p>Tutto.</p>"),
        ("Breve.", "", "content_text", "Breve."),
        ("", "", "content_text", "Title 1"),
    ],
    ids=["html", "excerpt only", "headline only"],
)
def test_a_json_item_has_exactly_the_content_there_is(
    summary: str, content: str, key: str, value: str
) -> None:
    feed = given.feed(given.item(given.entry(summary=summary, content=content)))
    item = items_of(jsonfeed.render(feed, SITE))[0]
    assert {name: item[name] for name in item if name.startswith("content_")} == {key: value}


@pytest.mark.parametrize("render", [rss.render, atom.render], ids=["rss", "atom"])
def test_feedparser_finds_nothing_to_complain_about(render: Callable[..., Rendered]) -> None:
    document = parsed(render(rich_feed(), SITE))
    assert document.bozo == 0
    assert document.entries[0].tags[1].term == "trasporti"
    assert document.entries[0].source.title == "ANSA"


@pytest.mark.parametrize(
    "feed", [rich_feed(), given.feed(), rid_feed()], ids=["rich", "empty", "with tombstones"]
)
def test_atom_is_valid_by_the_schema_of_rfc_4287(corpus: Path, feed: Feed) -> None:
    assert atom_faults(corpus, atom.render(feed, SITE).body) == []


def test_what_was_withdrawn_leaves_a_tombstone_in_atom_before_all_entries() -> None:
    root = xml(atom.render(rid_feed(), SITE))
    assert [dict(stone.attrib) for stone in root.findall("at:deleted-entry", NS)] == [
        {"ref": GONE[0].uid, "when": "2026-03-12T12:00:00+00:00"},
        {"ref": GONE[1].uid, "when": "2026-03-12T11:00:00+00:00"},
    ]
    names = [etree.QName(child).localname for child in root]
    assert names.index("deleted-entry") < names.index("entry")
    assert root.nsmap["at"] == NS["at"]


def test_a_feed_without_tombstones_does_not_speak_of_them() -> None:
    assert b"tombstones" not in atom.render(rich_feed(), SITE).body


@pytest.mark.parametrize("feed", [rich_feed(), given.feed()], ids=["rich", "empty"])
def test_json_is_valid_by_the_schema_of_json_feed(corpus: Path, feed: Feed) -> None:
    assert json_feed_faults(corpus, jsonfeed.render(feed, SITE).body) == []


class _Entry:
    """An item of any format, as far as these tests compare them."""

    def __init__(self, id: str, title: str, link: str) -> None:
        self.id, self.title, self.link = id, title, link


def _entries(rendered: Rendered) -> list[_Entry]:
    if "json" in rendered.media_type:
        return [_Entry(i["id"], i["title"], i["url"]) for i in items_of(rendered)]
    root = xml(rendered)
    ids = found(root, "//item/guid | //a:entry/a:id")
    titles = found(root, "//item/title | //a:entry/a:title")
    links = found(root, "//item/link | //a:entry/a:link[not(@rel)]/@href")
    return [_Entry(*said) for said in zip(ids, titles, links, strict=True)]


def _first_title(rendered: Rendered) -> str:
    return _entries(rendered)[0].title


def _first_link(rendered: Rendered) -> str:
    return _entries(rendered)[0].link
