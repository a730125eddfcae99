"""`aggregator discover`: the feeds behind pages of a real server, and what is printed of them."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from aggregator import config, newsroom
from aggregator.reading import links
from tests.support.commands import run, site
from tests.support.world import NOON

RSS = (
    b"<rss version='2.0'><channel><title>Il Giornale &amp; C.</title><language>it-IT</language>"
    b"<item><title>A</title><guid>1</guid><pubDate>Thu, 12 Mar 2026 10:00:00 +0100</pubDate></item>"
    b"<item><title>B</title><guid>2</guid><pubDate>Wed, 11 Mar 2026 10:00:00 +0100</pubDate></item>"
    b"</channel></rss>"
)
JSON = b'{"version": "https://jsonfeed.org/version/1.1", "title": "Sport", "items": [{"id": "1"}]}'
PAGE = b"<!doctype html><html><head><title>Il Giornale</title>%s</head><body>%s</body></html>"


def alternate(href: str, kind: str = "application/rss+xml") -> bytes:
    return f'<link rel="alternate" type="{kind}" href="{href}">'.encode()


def discover(address: str, *options: str) -> tuple[int, str]:
    result = run("discover", "--allow-private", address, *options)
    return result.exit_code, result.output


def test_what_a_page_announces_is_printed_as_sources_to_paste() -> None:
    head = alternate("/rss.xml") + alternate("/sport.json", "application/feed+json")
    answers = {"/": PAGE % (head, b""), "/rss.xml": RSS, "/sport.json": JSON}
    with site(answers) as base:
        code, output = discover(f"{base}/")
    assert code == 0
    assert "# 2 items, the newest of 2026-03-12 09:00 UTC" in output
    assert "# 1 item, undated" in output
    assert yaml.safe_load(output)["sources"] == {
        "il-giornale-c": {
            "url": f"{base}/rss.xml",
            "kind": "portal",
            "name": "Il Giornale & C.",
            "language": "it",
        },
        "sport": {"url": f"{base}/sport.json", "kind": "portal", "name": "Sport"},
    }


def test_what_is_printed_is_a_configuration() -> None:
    with site({"/": PAGE % (alternate("/rss.xml"), b""), "/rss.xml": RSS}) as base:
        _, output = discover(f"{base}/")
    assert len(config.parse(f"{output}\nfeeds: {{f: {{}}}}", "feeds.yaml", {}).sources) == 1


def test_an_address_that_is_a_feed_itself_is_told_as_such() -> None:
    with site({"/rss.xml": RSS}) as base:
        assert "# this address is a feed itself" in discover(f"{base}/rss.xml")[1]


PAGES = [
    pytest.param(PAGE % (b"", b"<a href='rss.xml'>RSS</a>"), id="a link in the text"),
    pytest.param(PAGE % (b"", b""), id="nothing: the usual places"),
    pytest.param(
        PAGE % (alternate("/gone.xml"), b"<a href='/rss.xml'>"), id="a stale announcement"
    ),
    pytest.param(PAGE % (alternate("/rss.xml") * 2, b""), id="announced twice"),
]


@pytest.mark.parametrize("page", PAGES)
def test_where_feeds_are_found(page: bytes) -> None:
    with site({"/": page, "/rss.xml": RSS}) as base:
        code, output = discover(f"{base}/", "--json")
    assert code == 0
    assert [feed["url"] for feed in json.loads(output)["feeds"]] == [f"{base}/rss.xml"]


NOTHING = [
    pytest.param(
        {"/": PAGE % (b"", b"<a href='/rss'>RSS</a>")}, "html-page", id="no feed anywhere"
    ),
    pytest.param({"/": b"<NewsML/>"}, "not-a-feed", id="no page"),
    pytest.param({}, "not-found", id="no answer"),
]


@pytest.mark.parametrize(("answers", "why"), NOTHING)
def test_without_a_feed_the_exit_code_is_1_and_the_reason_is_told(
    answers: dict[str, bytes], why: str
) -> None:
    with site(answers) as base:
        code, output = discover(f"{base}/")
    assert code == 1
    assert f": {why}: " in output


def test_an_address_that_is_not_public_is_asked_only_on_request() -> None:
    with site({"/": RSS}) as base:
        result = run("discover", f"{base}/")
    assert result.exit_code == 1
    assert "forbidden-address" in result.output


def test_the_feeds_of_a_simulated_outlet_are_found(tmp_path: Path) -> None:
    world = newsroom.World(seed=7, start=NOON, speed=60.0)
    with newsroom.serve(world, lambda: NOON + timedelta(hours=2)) as at:
        told = yaml.safe_load(newsroom.feeds_yaml(at.base))
        feed = next(iter(told["sources"].values()))["url"]
        code, output = discover(feed)
    assert (code, feed in output) == (0, True)


LINKS = [
    pytest.param('<link rel="alternate" type="text/html" href="/it">', (), (), id="a translation"),
    pytest.param(
        '<LINK HREF=/f.xml TYPE="application/atom+xml" REL="ALTERNATE HOME">',
        ("https://a.example/f.xml",),
        (),
        id="any order, case and quotes",
    ),
    pytest.param(
        '<base href="https://cdn.example/x/"><link rel=alternate type=application/rss+xml href=f>',
        ("https://cdn.example/x/f",),
        (),
        id="a base",
    ),
    pytest.param(
        '<!-- <link rel="alternate" type="application/rss+xml" href="/old"> -->',
        (),
        (),
        id="comment",
    ),
    pytest.param(
        '<a href="/feed/?cat=1&amp;x=2">F</a><a href="/feedback">no</a><a href="/a.rss">R</a>',
        (),
        ("https://a.example/feed/?cat=1&x=2", "https://a.example/a.rss"),
        id="links that look like feeds",
    ),
    pytest.param('<a href="javascript:rss">', (), (), id="no address"),
]


@pytest.mark.parametrize(("page", "announced", "hinted"), LINKS)
def test_the_links_of_a_page(
    page: str, announced: tuple[str, ...], hinted: tuple[str, ...]
) -> None:
    named = links.feeds(page, "https://a.example/home/")
    assert (named.announced, named.hinted) == (announced, hinted)
