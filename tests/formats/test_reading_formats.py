"""Every format's fields, as the entry holds them; each fixture shows one thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from aggregator.model.entry import Entry, Media
from tests.support.documents import SOURCE, atom, only, reading, refusal, rss

TITLE = "<title>Piove</title>"
LINK = "<link>https://corriere.example/meteo/1</link>"
WHEN = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)


def json_feed(
    item: str, head: str = "", version: str = "https://jsonfeed.org/version/1.1"
) -> bytes:
    return f'{{"version": "{version}", "title": "C", {head} "items": [{item}]}}'.encode()


RDF = b"""<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://corriere.example/"><title>Corriere</title>
  <link>https://corriere.example/</link><dc:language>it</dc:language></channel>
<item rdf:about="https://corriere.example/meteo/1"><title>Piove</title>
  <link>https://corriere.example/meteo/1</link><dc:date>2026-03-12T10:30:00+01:00</dc:date>
  <dc:creator>Anna Bianchi</dc:creator><dc:subject>Cronaca</dc:subject></item>
</rdf:RDF>"""
ATOM_03 = b"""<feed version="0.3" xmlns="http://purl.org/atom/ns#" xml:lang="it">
<title>Corriere</title><entry><title>Piove</title><id>tag:corriere.example,2026:1</id>
<link rel="alternate" type="text/html" href="https://corriere.example/meteo/1"/>
<issued>2026-03-12T10:30:00+01:00</issued><author><name>Anna Bianchi</name></author>
</entry></feed>"""
RSS_092 = b"""<rss version="0.92"><channel><title>Corriere</title><language>it-IT</language>
<item><title>Piove</title><link>https://corriere.example/meteo/1</link>
<description>Da nord a sud.</description></item></channel></rss>"""


@pytest.mark.parametrize(
    ("body", "key"),
    [
        (RDF, "guid:https://corriere.example/meteo/1"),
        (ATOM_03, "guid:tag:corriere.example,2026:1"),
        (RSS_092, "link:https://corriere.example/meteo/1"),
        (rss(TITLE + LINK + "<guid>x-1</guid>"), "guid:x-1"),
        (atom(TITLE + '<id>urn:x:1</id><link href="/meteo/1"/>'), "guid:urn:x:1"),
        (json_feed('{"id": 17, "title": "Piove", "url": "/meteo/1"}'), "guid:17"),
    ],
    ids=["RSS 1.0", "Atom 0.3", "RSS 0.92", "RSS 2.0", "Atom 1.0", "JSON Feed"],
)
def test_each_format_names_its_items(body: bytes, key: str) -> None:
    entry = only(body)
    assert (entry.key, entry.title, entry.language) == (key, "Piove", "it")
    assert entry.url == "https://corriere.example/meteo/1"


@pytest.mark.parametrize(
    ("body", "published", "updated"),
    [
        (RDF, WHEN, WHEN),
        (ATOM_03, WHEN, None),
        (rss(TITLE + "<pubDate>Thu, 12 Mar 2026 10:30:00 +0100</pubDate>"), WHEN, None),
        (rss(TITLE + "<dc:date>2026-03-12T09:30:00Z</dc:date>"), WHEN, WHEN),
        (
            atom(
                TITLE + "<published>2026-03-12T09:30:00Z</published>"
                "<updated>2026-03-12T09:45:00Z</updated>"
            ),
            WHEN,
            datetime(2026, 3, 12, 9, 45, tzinfo=UTC),
        ),
        (json_feed('{"id": "1", "date_published": "2026-03-12T10:30:00+01:00"}'), WHEN, None),
    ],
    ids=["RSS 1.0", "Atom 0.3", "RSS 2.0", "Dublin Core", "Atom 1.0", "JSON Feed"],
)
def test_each_format_dates_its_items(
    body: bytes, published: datetime, updated: datetime | None
) -> None:
    entry = only(body)
    assert (entry.published, entry.dated, entry.updated) == (published, True, updated)


BODIES: list[tuple[str, bytes, dict[str, Any]]] = [
    (
        "a short description is the summary alone",
        rss(TITLE + "<description>Da nord a sud.</description>"),
        {"summary": "Da nord a sud.", "content": ""},
    ),
    (
        "a description with markup is content as well",
        rss(
            TITLE + "<description>&lt;p&gt;Da &lt;b&gt;nord&lt;/b&gt;.&lt;/p&gt;&lt;p&gt;E sud."
            "&lt;/p&gt;" + "x" * 1300 + "</description>"
        ),
        {"content": "<p>Da <b>nord</b>.</p><p>E sud.</p>" + "x" * 1300},
    ),
    (
        "content:encoded beside a description",
        rss(
            TITLE + "<description>Da nord a sud.</description>"
            "<content:encoded><![CDATA[<p>Da nord a sud piove.</p>]]></content:encoded>"
        ),
        {"summary": "Da nord a sud.", "content": "<p>Da nord a sud piove.</p>"},
    ),
    (
        "content:encoded before the description",
        rss(
            "<content:encoded><![CDATA[<p>Da nord a sud piove.</p>]]></content:encoded>"
            "<description>Da nord a sud.</description>" + TITLE
        ),
        {"summary": "Da nord a sud.", "content": "<p>Da nord a sud piove.</p>"},
    ),
    (
        "content alone makes the summary",
        rss(
            TITLE
            + "<content:encoded><![CDATA[<p>Da nord</p><p>a <i>sud</i>.</p>]]></content:encoded>"
        ),
        {"summary": "Da nord a sud.", "content": ""},
    ),
    (
        "Atom content of type html",
        atom(
            TITLE + '<summary>Da nord a sud.</summary><content type="html">&lt;p&gt;Piove&lt;/p&gt;'
            "&lt;p&gt;e tira vento.&lt;/p&gt;</content>"
        ),
        {"summary": "Da nord a sud.", "content": "<p>Piove</p><p>e tira vento.</p>"},
    ),
    (
        "Atom content of type xhtml",
        atom(
            TITLE + '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>A &lt; B'
            "</p><ul><li>C</li></ul></div></content><summary>D</summary>"
        ),
        {"summary": "D", "content": "<p>A &lt; B</p><ul><li>C</li></ul>"},
    ),
    (
        "Atom content of type text",
        atom(TITLE + "<summary>D</summary><content>A &lt;b&gt; C</content>"),
        {"content": "<p>A &lt;b&gt; C</p>"},
    ),
    (
        "markup that is declared as plain text",
        atom(TITLE + "<summary>&lt;p&gt;Da &lt;b&gt;nord&lt;/b&gt;.&lt;/p&gt;</summary>"),
        {"summary": "Da nord."},
    ),
    (
        "markup that is escaped twice",
        rss(TITLE + "<description>&amp;lt;p&amp;gt;Da nord.&amp;lt;/p&amp;gt;</description>"),
        {"summary": "Da nord."},
    ),
    (
        "Atom content that is no text",
        atom(TITLE + '<content type="image/png">iVBORw0K</content>'),
        {"summary": "", "content": ""},
    ),
    (
        "JSON of both kinds",
        json_feed(
            '{"id": "1", "title": "Piove", "content_text": "A & B", "content_html": "<p>A</p>'
            '<p>B</p>", "summary": "Da nord."}'
        ),
        {"summary": "Da nord.", "content": "<p>A</p><p>B</p>"},
    ),
    (
        "a title of type html",
        atom('<title type="html">L&amp;#8217;&lt;b&gt;Italia&lt;/b&gt; &amp;amp; l\'UE</title>'),
        {"title": "L’Italia & l'UE"},
    ),
    (
        "a title of type text",
        atom("<title>Che cosa fa &lt;b&gt;</title>"),
        {"title": "Che cosa fa <b>"},
    ),
    (
        "an RSS title with markup in it",
        rss("<title>Il &lt;em&gt;Re&lt;/em&gt; &lt; Regina</title>"),
        {"title": "Il Re < Regina"},
    ),
]


@pytest.mark.parametrize(
    ("body", "fields"), [case[1:] for case in BODIES], ids=[case[0] for case in BODIES]
)
def test_texts_are_what_the_document_declares(body: bytes, fields: dict[str, Any]) -> None:
    entry = only(body)
    assert {name: getattr(entry, name) for name in fields} == fields


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (rss("<description>Piove da nord a sud.</description>"), "Piove da nord a sud."),
        (rss("<description>" + "parola " * 50 + "</description>"), "parola " * 10 + "parola…"),
        (rss("<link>https://a.example/meteo/piove-a_milano.html</link>"), "piove a milano"),
        (rss("<link>https://a.example/</link>"), "a.example"),
        (rss("<guid>x-1</guid>"), "Corriere"),
        (rss("<title>&#8206; &#8203;</title><guid>x-1</guid>"), "Corriere"),
    ],
    ids=["from the text", "cut", "from the address", "from the host", "from the source", "unseen"],
)
def test_an_entry_without_a_title_gets_the_best_there_is(body: bytes, title: str) -> None:
    assert only(body).title == title


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ('<link href="/a"/><link rel="enclosure" href="/b.mp3"/>', "/a"),
        ('<link rel="self" href="/b"/><link rel="alternate" href="/a"/>', "/a"),
        ('<link rel="alternate" type="application/json" href="/b"/><link href="/a"/>', "/a"),
        ('<link rel="related" href="/b"/><id>https://corriere.example/a</id>', "/a"),
    ],
    ids=["before an enclosure", "after self", "the page first", "the id"],
)
def test_the_address_of_an_atom_entry_is_its_page(item: str, url: str) -> None:
    assert only(atom(TITLE + item)).url == f"https://corriere.example{url}"


def test_the_address_behind_a_redirector_is_the_item_s() -> None:
    root = 'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
    original = "<feedburner:origLink>https://corriere.example/a</feedburner:origLink>"
    body = rss(f"{TITLE}<link>https://feedproxy.example/~r/1</link>{original}", root=root)
    assert only(body).url == "https://corriere.example/a"


AUTHORS = [
    ("<author>redazione@corriere.example (Anna Bianchi)</author>", ("Anna Bianchi",)),
    ("<author>redazione@corriere.example</author>", ()),
    ("<author>Anna Bianchi &lt;a@corriere.example&gt;</author>", ("Anna Bianchi",)),
    ("<dc:creator>Anna Bianchi (a@corriere.example)</dc:creator>", ("Anna Bianchi",)),
    ("<dc:creator>@bianchi</dc:creator>", ("@bianchi",)),
    (
        "<dc:creator>Anna Bianchi</dc:creator><dc:creator>Ugo Neri</dc:creator>",
        ("Anna Bianchi", "Ugo Neri"),
    ),
    ("<dc:creator>Anna &lt;b&gt;Bianchi&lt;/b&gt;</dc:creator>", ("Anna Bianchi",)),
    ("<atom:author><atom:name>Ugo Neri</atom:name></atom:author>", ("Ugo Neri",)),
]


@pytest.mark.parametrize(("item", "names"), AUTHORS, ids=[item for item, _ in AUTHORS])
def test_authors_are_names_without_addresses(item: str, names: tuple[str, ...]) -> None:
    assert only(rss(TITLE + item)).authors == names


@pytest.mark.parametrize(
    ("item", "names"),
    [
        ('"authors": [{"name": "Anna Bianchi"}, {"url": "x"}, 3]', ("Anna Bianchi",)),
        ('"author": {"name": "Ugo Neri"}', ("Ugo Neri",)),
        ('"author": "Ugo Neri"', ()),
    ],
    ids=["1.1", "1.0", "of a wrong type"],
)
def test_authors_of_a_json_feed(item: str, names: tuple[str, ...]) -> None:
    assert only(json_feed(f'{{"id": "1", {item}}}')).authors == names


def test_topics_are_the_item_s_own_under_one_name() -> None:
    source = replace(SOURCE, topics=("sport",))
    body = rss(f"{TITLE}<category>World</category><category>Bianchi, Anna</category>")
    assert only(body, source=source).topics == ("esteri", "bianchi, anna")
    labelled = atom(f'{TITLE}<category term="123" label="Politics"/>')
    assert only(labelled).topics == ("politica",)


def test_rule_088_a_lone_category_may_hold_several_topics() -> None:
    assert only(rss(f"{TITLE}<category>World, Calcio; Neve</category>")).topics == (
        *("esteri", "calcio", "neve"),
    )


PICTURES: list[tuple[str, str, Media]] = [
    (
        "media:content with caption and credit",
        '<media:content url="/a.jpg" type="image/JPEG" width="600" height="400" fileSize="9000">'
        "<media:credit>Ugo Neri</media:credit><media:description>Il Duomo</media:description>"
        "</media:content><description>Da nord a sud.</description>",
        Media(
            url="https://corriere.example/a.jpg",
            type="image/jpeg",
            medium="image",
            width=600,
            height=400,
            length=9000,
            title="Il Duomo",
            credit="Ugo Neri",
        ),
    ),
    (
        "media:thumbnail",
        '<media:thumbnail url="https://cdn.example/a"/>',
        Media(url="https://cdn.example/a", medium="image"),
    ),
    (
        "enclosure",
        '<enclosure url="https://cdn.example/a.mp3" type="audio/mpeg" length="12"/>',
        Media(url="https://cdn.example/a.mp3", type="audio/mpeg", medium="audio", length=12),
    ),
    (
        "kind told by the extension",
        '<enclosure url="https://cdn.example/a.MP4?x=1" length="much"/>',
        Media(url="https://cdn.example/a.MP4?x=1", medium="video"),
    ),
    (
        "itunes:image",
        '<itunes:image href="https://cdn.example/a.png"/>',
        Media(url="https://cdn.example/a.png", medium="image"),
    ),
    (
        "first picture of the text",
        "<description>&lt;img data-src='b.jpg'&gt;Da nord&lt;img src=c.jpg&gt;</description>",
        Media(url="https://corriere.example/meteo/b.jpg", medium="image"),
    ),
]


@pytest.mark.parametrize(
    ("item", "media"), [case[1:] for case in PICTURES], ids=[case[0] for case in PICTURES]
)
def test_media_are_absolute_and_say_their_kind(item: str, media: Media) -> None:
    assert only(rss(TITLE + LINK + item)).media == (media,)


def test_a_picture_that_stands_twice_is_one_and_pixels_are_none() -> None:
    body = rss(
        '<media:content url="https://cdn.example/a.jpg" medium="image"/>'
        '<media:thumbnail url="https://cdn.example/a.jpg"/>'
        '<media:thumbnail url="https://cdn.example/p.gif" width="1" height="1"/>'
        '<media:thumbnail url="javascript:x"/>' + TITLE
    )
    assert [media.url for media in only(body).media] == ["https://cdn.example/a.jpg"]


def test_rule_111_the_credit_of_a_picture_is_no_author() -> None:
    body = rss(
        f'{TITLE}<media:content url="https://cdn.example/a.jpg"/><media:credit>Reuters</media:credit>'
    )
    assert only(body).authors == ()
    assert only(body).media[0].credit == "Reuters"


def test_attachments_of_a_json_feed_are_media() -> None:
    body = json_feed(
        '{"id": "1", "image": "/a.jpg", "attachments": [{"url": "/b.mp3", "mime_type":'
        ' "audio/mpeg", "size_in_bytes": 12, "title": "La puntata"}, {"title": "x"}, null]}'
    )
    picture, sound = only(body).media
    assert picture == Media(url="https://corriere.example/a.jpg", medium="image")
    assert (sound.medium, sound.length, sound.title) == ("audio", 12, "La puntata")


def test_a_caption_is_the_text_only_of_an_item_that_has_no_other() -> None:
    group = "<media:group><media:description>Una piazza\nbagnata.</media:description></media:group>"
    film = only(atom(f"{TITLE}{group}", root='xmlns:media="http://search.yahoo.com/mrss/"'))
    assert film.summary == "Una piazza bagnata."
    article = only(rss(f"{TITLE}{group}<description>Da nord a sud.</description>"))
    assert (article.summary, article.content) == ("Da nord a sud.", "")


@pytest.mark.parametrize(
    ("body", "language"),
    [
        (rss(TITLE, head="<language>fr-FR</language>"), "fr"),
        (rss(f"{TITLE}<dc:language>de</dc:language>", head="<language>fr</language>"), "de"),
        (atom(TITLE, root='xml:lang="en-GB"'), "en"),
        (rss(TITLE), "it"),
        (rss(TITLE, head="<language>unknown</language>"), "it"),
        (json_feed('{"id": "1", "language": "es"}', '"language": "fr",'), "es"),
    ],
    ids=["channel", "item", "xml:lang", "source", "no language", "JSON"],
)
def test_the_language_is_the_item_s_else_the_channel_s_else_the_source_s(
    body: bytes, language: str
) -> None:
    assert only(body).language == language


@pytest.mark.parametrize(
    "body",
    [
        b'{"version": "https://jsonfeed.org/version/1", "items": 3}',
        b'{"version": "https://jsonfeed.org/version/1"}',
        b'{"error": "no such feed"}',
        b'{"version": 2, "items": [1e999999, -Infinity, ' + b"9" * 5000 + b"]",
        b"{" * 100_000,
        b'{"a":' * 100_000,
        b"{",
    ],
    ids=["items of a wrong type", "no items", "other", "numbers", "braces", "deep", "cut at once"],
)
def test_json_that_is_no_feed_is_refused(body: bytes) -> None:
    assert refusal(body).why == "not-a-feed"


def test_members_of_wrong_types_are_as_if_absent() -> None:
    item = '{"id": {}, "url": [7], "title": ["x"], "summary": "Da nord.", "tags": "x", "image": {}}'
    entry = only(json_feed(f"3, null, {item}"))
    assert (entry.title, entry.url, entry.media) == ("Da nord.", "", ())


def test_a_bare_version_number_is_taken_for_a_json_feed() -> None:
    assert only(json_feed('{"id": "1", "title": "Piove"}', version="1.1")).title == "Piove"


def test_a_long_text_is_bounded() -> None:
    found = reading(rss(f"<title>{'a ' * 3000}</title><description>{'b ' * 500_000}</description>"))
    (entry,) = found.entries
    assert len(entry.title) <= 1000
    assert len(entry.summary) <= 300
    assert len(entry.content) <= 400_000
    assert [finding.name for finding in found.findings if finding.name == "oversize"]


def digest_of(body: bytes) -> str:
    return only(body).digest


def test_the_digest_covers_what_a_reader_sees_and_no_date() -> None:
    def item(
        title: str = "Piove",
        text: str = "Da nord.",
        minute: int = 30,
        query: str = "",
        more: str = "",
    ) -> str:
        when = f"<pubDate>Thu, 12 Mar 2026 10:{minute}:00 +0100</pubDate>"
        link = f"<link>https://corriere.example/meteo/1{query}</link>"
        return f"<title>{title}</title>{link}{when}<description>{text}</description>{more}"

    base = digest_of(rss(item()))
    assert digest_of(rss(item(minute=45, query="?utm_source=a"))) == base
    assert digest_of(rss(item(title="Nevica"))) != base
    assert digest_of(rss(item(text="Da sud."))) != base
    assert digest_of(rss(item(more='<enclosure url="https://cdn.example/a.jpg"/>'))) != base


def entry_is_total(entry: Entry) -> bool:
    return bool(entry.key and entry.title and entry.digest and entry.published.tzinfo)


def test_an_item_that_says_next_to_nothing_is_a_whole_entry() -> None:
    assert entry_is_total(only(rss("<guid>1</guid>")))
