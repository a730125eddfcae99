"""What goes wrong in a document that came whole: size, depth, entities, encodings, ids, dates.

Sizes stay below the ten megabytes that a poller usually allows, unless size is the attack: what is
refused unread proves nothing about reading.
"""

from __future__ import annotations

from collections.abc import Callable

from aggregator.newsroom.hostile.attack import Act, Attack, Call, answer, document, made, ok
from aggregator.newsroom.hostile.feeds import SCRIPT, SECRET, feed, item, items

_MEGA = 1024 * 1024
_ESCAPED = SCRIPT.replace("<", "&lt;").replace(">", "&gt;")


def _json(body: Callable[[], bytes]) -> Act:
    return document(body, Content_Type="application/feed+json")


def _json_feed(inside: str) -> bytes:
    return f'{{"version": "https://jsonfeed.org/version/1.1", "items": {inside}}}'.encode()


def _doctype(inside: str, title: str) -> bytes:
    """A feed with a DOCTYPE and an item whose title uses it."""
    used = item(70).replace("Notizia numero 70", f"Prima {title} dopo")
    return feed(used + item(71), prolog=f"<?xml version='1.0'?><!DOCTYPE rss [{inside}]>")


def _laughs() -> bytes:
    """Ten entities, each ten times the one before: a gigabyte."""
    steps = (f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
    return _doctype("<!ENTITY l0 'ha'>" + "".join(steps), "&l9;")


def _quadratic() -> bytes:
    return _doctype(f"<!ENTITY long '{'x' * 50_000}'>", "&long;" * 50_000)


def _attributes() -> bytes:
    return feed(item(0, "<x " + " ".join(f"a{n}='1'" for n in range(300_000)) + "/>"))


def _categories() -> bytes:
    many = "".join(f"<category>tema {n}</category>" for n in range(10_000))
    return feed("".join(item(n, many) for n in range(20)))


def _namespaces() -> bytes:
    return feed(item(0, "".join(f"<n{n}:x xmlns:n{n}='urn:{n}'/>" for n in range(100_000))))


def _scripts() -> bytes:
    """A script, plain and escaped, in every field that might be shown."""
    fields = [
        "title",
        "link",
        "description",
        "author",
        "category",
        "comments",
        "guid",
        "content:encoded",
    ]
    plain = "".join(f"<{field}>{_ESCAPED}</{field}>" for field in fields)
    raw = "".join(f"<{field}><![CDATA[{SCRIPT}]]></{field}>" for field in fields)
    links = "".join(
        f"<item><title>Collegamento {n}</title><guid isPermaLink='false'>s{n}</guid>"
        f"<link>{address}</link><description>&lt;a href='{address}'&gt;qui&lt;/a&gt;"
        "&lt;img src=x onerror=alert(1)&gt;</description></item>"
        for n, address in enumerate(("javascript:alert(1)", "data:text/html,x", SECRET))
    )
    return feed(f"<item>{plain}</item><item>{raw}</item>{links}", channel=f"<link>{SECRET}</link>")


def _churn(call: Call) -> bytes:
    """The same items under new guids at each visit."""
    return ok(feed(items(9).replace("item-", f"visit-{call.count}-")))


def _dates() -> bytes:
    stamps = (
        *("Sat, 01 Jan 0000 00:00:00 GMT", "Fri, 31 Dec 2999 23:59:59 GMT", "99999999999999999999"),
        *("Thu, 99 Foo 10000 99:99:99 +9999", "-1", "0001-01-01T00:00:00+14:00", "9" * 5000),
    )
    return feed("".join(item(n, f"<pubDate>{one}</pubDate>") for n, one in enumerate(stamps)))


SIZES = (
    Attack(
        name="a-hundred-thousand-items",
        result="fetched",
        act=document(
            lambda: feed("".join(f"<item><title>n {n}</title></item>" for n in range(100_000)))
        ),
        finding="too-many-items",
    ),
    Attack(
        name="an-item-of-50-megabytes",
        result="too-large",
        act=document(lambda: feed(item(0, f"<description>{'x ' * (25 * _MEGA)}</description>"))),
    ),
    Attack(
        name="an-item-of-8-megabytes",
        result="fetched",
        act=document(lambda: feed(item(0, f"<description>{'x ' * (4 * _MEGA)}</description>"))),
        finding="oversize",
    ),
    Attack(name="ten-thousand-topics-an-item", result="too-complex", act=document(_categories)),
    Attack(name="a-tag-of-300000-attributes", result="too-complex", act=document(_attributes)),
    Attack(name="a-hundred-thousand-namespaces", result="too-complex", act=document(_namespaces)),
    Attack(
        name="a-million-tags",
        result="too-complex",
        act=document(lambda: feed(item(0, "<a/>" * _MEGA))),
    ),
    Attack(
        name="deep-xml",
        result="too-complex",
        act=document(lambda: feed(item(0, "<a>" * 500_000 + "</a>" * 500_000))),
    ),
    Attack(
        name="deep-xml-never-closed",
        result="too-complex",
        act=document(lambda: b"<rss><channel>" + b"<a>" * _MEGA),
    ),
    Attack(
        name="deep-markup",
        result="fetched",
        act=document(
            lambda: feed(item(0, f"<description>{'&lt;div&gt;' * 100_000}</description>"))
        ),
    ),
    Attack(
        name="deep-json",
        result="not-a-feed",
        act=_json(lambda: _json_feed("[" * _MEGA + "]" * _MEGA)),
    ),
    Attack(
        name="a-million-json-items",
        result="too-complex",
        act=_json(lambda: _json_feed(f"[{','.join(['{}'] * 3_000_000)}]")),
    ),
    Attack(
        name="a-json-number-of-a-megabyte",
        result="fetched",
        act=_json(lambda: _json_feed(f'[{{"id": {"9" * _MEGA}, "title": "uno"}}]')),
    ),
)

ENTITIES = (
    Attack(name="billion-laughs", result="fetched", act=document(_laughs)),
    Attack(name="quadratic-blow-up", result="fetched", act=document(_quadratic)),
    Attack(
        name="external-entity",
        result="fetched",
        act=document(lambda: _doctype(f"<!ENTITY x SYSTEM '{SECRET}'>", "&x;")),
    ),
    Attack(
        name="external-parameter-entity",
        result="fetched",
        act=document(lambda: _doctype(f"<!ENTITY % x SYSTEM '{SECRET}'> %x;", "niente")),
    ),
    Attack(
        name="external-dtd",
        result="fetched",
        act=document(lambda: feed(prolog=f"<!DOCTYPE rss SYSTEM '{SECRET}'>")),
    ),
    Attack(
        name="included-file",
        result="fetched",
        act=document(
            lambda: feed(
                item(0, f"<x:include xmlns:x='http://www.w3.org/2001/XInclude' href='{SECRET}'/>")
            )
        ),
    ),
)

ENCODINGS = (
    Attack(
        name="nul-bytes",
        result="fetched",
        act=document(lambda: feed().replace(b"Notizia", b"No\0ti\0zia")),
    ),
    Attack(
        name="broken-utf-8",
        result="fetched",
        act=document(lambda: feed().replace(b"Notizia", b"Notizi\xc3\xff\xed\xa0\x80")),
    ),
    Attack(
        name="broken-utf-16",
        result="fetched",
        act=document(lambda: b"\xff\xfe" + feed().decode().encode("utf-16-le") + b"\x00\xd8\x41"),
    ),
    Attack(
        name="utf-7",
        result="not-a-feed",
        act=document(
            lambda: feed(prolog="<?xml version='1.0' encoding='utf-7'?>").replace(b"<", b"+ADw-"),
            Content_Type="text/xml; charset=utf-7",
        ),
    ),
    Attack(
        name="charset-that-is-none",
        result="fetched",
        act=document(lambda: feed(), Content_Type="text/xml; charset=rot_13"),
    ),
    Attack(
        name="wrong-charset",
        result="fetched",
        act=document(
            lambda: "Città già più".join(feed().decode().split("Notizia")).encode("cp1252"),
            Content_Type="text/xml; charset=utf-8",
        ),
    ),
)

CLAIMS = (
    Attack(name="script-in-every-field", result="fetched", act=document(_scripts)),
    Attack(name="new-guids-every-time", result="fetched", act=made(_churn)),
    Attack(
        name="one-guid-for-all",
        result="fetched",
        act=document(
            lambda: feed("".join(item(n).replace(f"item-{n}<", "uguale<") for n in range(9)))
        ),
        finding="constant-guid",
    ),
    Attack(name="impossible-dates", result="fetched", act=document(_dates)),
    Attack(
        name="our-own-output",
        result="own-output",
        act=document(
            lambda: feed(channel="<generator>aggregator (newsroom syndication)</generator>")
        ),
    ),
    Attack(name="json-that-is-no-feed", result="not-a-feed", act=answer(200, b'{"ok": true}')),
    Attack(
        name="a-picture", result="not-a-feed", act=answer(200, b"\x89PNG\r\n\x1a\n" + bytes(99))
    ),
    Attack(name="a-site-map", result="not-a-feed", act=answer(200, b"<urlset><url/></urlset>")),
    Attack(
        name="words-before-the-feed",
        result="fetched",
        act=document(lambda: b"\n\nWarning: mysql_connect() in <b>x.php</b>\n" + feed()),
    ),
    Attack(
        name="a-feed-without-items",
        result="fetched",
        act=document(lambda: feed("")),
        finding="no-items",
    ),
)

BODIES = (*SIZES, *ENTITIES, *ENCODINGS, *CLAIMS)
