"""Feeds over HTTP: what caches, readers and scripts on other sites rely on."""

from __future__ import annotations

import gzip
import threading
from dataclasses import replace
from datetime import timedelta

import brotli
import pytest
from flask.testing import FlaskClient

from aggregator.model.feed import Service
from aggregator.serving.web.app import create_app
from aggregator.serving.web.coded import Cache, page
from tests.support import shelf as given
from tests.support.polling import FakeClock
from tests.support.shelf import MemoryShelf, shelf_of

BOUND = "http://127.0.0.1:8080"
EXTENSIONS = ["rss", "atom", "json"]
SHARED = {
    "Access-Control-Allow-Origin": "*",
    "X-Content-Type-Options": "nosniff",
    "Vary": "Accept-Encoding",
}


@pytest.fixture
def shelf() -> MemoryShelf:
    items = (given.item(given.entry("ansa", n), given.entry("portale", n)) for n in range(60))
    return shelf_of(given.feed(*items), was={"mondo": "esteri"})


@pytest.fixture
def client(shelf: MemoryShelf) -> FlaskClient:
    return create_app(shelf, base_url=BOUND, clock=FakeClock()).test_client()


@pytest.mark.parametrize(
    ("extension", "media_type"),
    [
        ("rss", "application/rss+xml; charset=utf-8"),
        ("atom", "application/atom+xml; charset=utf-8"),
        ("json", "application/feed+json"),
    ],
)
def test_a_feed_is_served_with_its_type_and_its_validators(
    client: FlaskClient, extension: str, media_type: str
) -> None:
    answer = client.get(f"/feeds/esteri.{extension}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == media_type
    assert answer.headers["Last-Modified"] == "Thu, 12 Mar 2026 12:00:00 GMT"
    assert answer.headers["Cache-Control"] == (
        "public, max-age=60, s-maxage=60, stale-while-revalidate=30"
    )
    assert answer.headers["ETag"].strip('"').isalnum()


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_head_says_what_get_says_without_a_body(client: FlaskClient, extension: str) -> None:
    path = f"/feeds/esteri.{extension}"
    head, get = client.head(path), client.get(path)
    assert head.status_code == 200
    assert head.data == b""
    assert dict(head.headers) == dict(get.headers)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("path", ["/feeds/esteri.rss", "/", "/healthz"])
def test_whatever_is_neither_get_nor_head_is_refused(
    client: FlaskClient, method: str, path: str
) -> None:
    answer = client.open(path, method=method)
    assert answer.status_code == 405
    assert {word.strip() for word in answer.headers["Allow"].split(",")} == {"GET", "HEAD"}


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", None),
        ("identity", None),
        ("gzip", "gzip"),
        ("br", "br"),
        ("gzip, br", "br"),
        ("gzip, deflate, br;q=0.5", "gzip"),
        ("gzip;q=0", None),
        ("*", "br"),
        ("br;q=0, *;q=0.1", "gzip"),
        ("gzip;q=0.5, identity", None),
        ("zstd", None),
    ],
)
def test_the_coding_is_the_one_that_the_reader_likes_best(
    client: FlaskClient, accepted: str, coding: str | None
) -> None:
    answer = client.get("/feeds/esteri.rss", headers={"Accept-Encoding": accepted})
    plain = client.get("/feeds/esteri.rss").data
    undo = {None: bytes, "gzip": gzip.decompress, "br": brotli.decompress}[coding]
    assert answer.headers.get("Content-Encoding") == coding
    assert undo(answer.data) == plain
    assert answer.headers["ETag"].endswith(f'-{coding}"' if coding else answer.headers["ETag"])


@pytest.mark.parametrize("asked", ["", "gzip", "br"])
@pytest.mark.parametrize("known", ["", "gzip", "br"])
def test_the_tag_of_any_coding_means_that_the_reader_has_it(
    client: FlaskClient, asked: str, known: str
) -> None:
    tag = client.get("/feeds/esteri.atom", headers={"Accept-Encoding": known}).headers["ETag"]
    headers = {"Accept-Encoding": asked, "If-None-Match": f'"other", W/{tag}'}
    answer = client.get("/feeds/esteri.atom", headers=headers)
    assert answer.status_code == 304
    assert answer.data == b""


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"If-None-Match": "*"}, 304),
        ({"If-None-Match": '"other"'}, 200),
        ({"If-Modified-Since": "Thu, 12 Mar 2026 12:00:00 GMT"}, 304),
        ({"If-Modified-Since": "Thu, 12 Mar 2026 11:59:59 GMT"}, 200),
        ({"If-Modified-Since": "yesterday"}, 200),
        (
            {"If-None-Match": '"other"', "If-Modified-Since": "Thu, 12 Mar 2026 12:00:00 GMT"},
            200,
        ),
    ],
    ids=["any", "another tag", "same time", "earlier", "no date", "the tag silences the time"],
)
def test_conditions_are_judged_as_rfc_9110_says(
    client: FlaskClient, headers: dict[str, str], status: int
) -> None:
    assert client.get("/feeds/esteri.json", headers=headers).status_code == status


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_rule_095_a_304_has_the_headers_of_the_200(client: FlaskClient, extension: str) -> None:
    """All but those of a body; Last-Modified is one of these beside an ETag (RFC 9110, 15.4.5)."""
    path = f"/feeds/esteri.{extension}"
    full = client.get(path, headers={"Accept-Encoding": "gzip"})
    headers = {"Accept-Encoding": "gzip", "If-None-Match": full.headers["ETag"]}
    short = client.get(path, headers=headers)
    body = {"Content-Type", "Content-Length", "Content-Encoding", "Last-Modified"}
    assert dict(short.headers) == {k: v for k, v in full.headers.items() if k not in body}


@pytest.mark.parametrize(
    "path",
    [
        "/feeds/esteri.rss",
        "/feeds/esteri.rss?limit=x",
        "/feeds/mondo.rss",
        "/feeds/nowhere.rss",
        "/nowhere",
        "/healthz",
        "/metrics",
        "/status.json",
        "/opml",
    ],
)
def test_rule_095_every_path_has_cors_and_vary(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert {name: answer.headers[name].split(", ")[-1] for name in SHARED} == SHARED


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("limit=0", ""),
        ("limit=-3", ""),
        ("limit=", ""),
        ("limit=abc", ""),
        ("limit=1e3", ""),
        ("limit=٣", ""),
        ("limit=9999999999999", ""),
        ("limit=201", "?limit=200"),
        ("limit=007", "?limit=7"),
        ("limit=%32%30", "?limit=20"),
        ("limit=5&limit=6", "?limit=5"),
        ("limit=5&_=123", "?limit=5"),
        ("_=0.3471", ""),
        ("LIMIT=5", ""),
        ("utm_source=x&limit=5", "?limit=5"),
    ],
)
def test_rule_100_a_query_that_is_not_canonical_is_sent_to_the_one_that_is(
    client: FlaskClient, query: str, canonical: str
) -> None:
    answer = client.get(f"/feeds/esteri.json?{query}")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"/feeds/esteri.json{canonical}"
    assert client.get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("query", "count"), [("", 50), ("?limit=1", 1), ("?limit=60", 60), ("?limit=200", 60)]
)
def test_a_limit_gives_so_many_items(client: FlaskClient, query: str, count: int) -> None:
    answer = client.get(f"/feeds/esteri.json{query}")
    assert answer.json is not None
    assert len(answer.json["items"]) == count


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/feeds/nowhere.json", "application/json"),
        ("/feeds/nowhere.rss", "application/xml"),
        ("/feeds/nowhere.atom", "application/xml"),
        ("/feeds/nowhere", "text/html; charset=utf-8"),
        ("/feeds/esteri.xml", "text/html; charset=utf-8"),
    ],
)
def test_an_unknown_slug_is_404_in_the_format_asked_for(
    client: FlaskClient, path: str, media_type: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == media_type


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/feeds/mondo.rss", "/feeds/esteri.rss"),
        ("/feeds/mondo.json?limit=5", "/feeds/esteri.json?limit=5"),
        ("/feeds/mondo", "/feeds/esteri"),
    ],
)
def test_a_renamed_slug_moves_for_good(client: FlaskClient, path: str, location: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 301
    assert answer.headers["Location"] == location


def test_addresses_never_come_from_the_host_header(client: FlaskClient) -> None:
    headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    pages = [client.get(p, headers=headers) for p in ("/", "/feeds/esteri.atom", "/opml")]
    assert [b"evil.example" in page.data for page in pages] == [False, False, False]
    assert b"http://127.0.0.1:8080/feeds/esteri.atom" in pages[1].data


def test_the_configured_base_url_wins_and_may_hold_a_path(shelf: MemoryShelf) -> None:
    shelf.settings = Service(title="Newsroom", base_url="https://example.org/news")
    client = create_app(shelf, base_url=BOUND, clock=FakeClock()).test_client()
    assert b"https://example.org/news/feeds/esteri.rss" in client.get("/feeds/esteri.rss").data
    assert client.get("/feeds/esteri.rss?x=1").headers["Location"] == "/news/feeds/esteri.rss"
    assert b'href="/news/feeds/esteri"' in client.get("/").data


def test_an_unchanged_generation_is_rendered_once(client: FlaskClient, shelf: MemoryShelf) -> None:
    answers = [client.get("/feeds/esteri.rss").data for _ in range(5)]
    assert len(set(answers)) == 1
    assert shelf.reads == 1


def test_a_new_generation_is_rendered_anew(client: FlaskClient, shelf: MemoryShelf) -> None:
    before = client.get("/feeds/esteri.rss")
    old = shelf.content["esteri"]
    later = given.NOON + timedelta(minutes=1)
    shelf.content["esteri"] = replace(old, items=old.items[1:], generation=8, changed_at=later)
    after = client.get("/feeds/esteri.rss", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.headers["Last-Modified"] == "Thu, 12 Mar 2026 12:01:00 GMT"
    assert b"Title 0<" not in after.data


def test_rule_101_while_one_thread_renders_the_others_get_the_generation_before() -> None:
    cache, rendering, done = Cache(10_000), threading.Event(), threading.Event()
    old, new = page(b"old", "text/plain"), page(b"new", "text/plain")
    cache.get("key", 1, lambda: old)

    def slow() -> object:
        rendering.set()
        assert done.wait(10)
        return new

    renderer = threading.Thread(target=lambda: cache.get("key", 2, slow))  # type: ignore[arg-type]
    renderer.start()
    assert rendering.wait(10)
    meanwhile = cache.get("key", 2, lambda: pytest.fail("rendered twice"))
    done.set()
    renderer.join()
    assert meanwhile is old
    assert cache.get("key", 2, lambda: pytest.fail("rendered twice")) is new


def test_the_cache_is_bounded_in_bytes_and_lets_the_least_used_go() -> None:
    cache, made = Cache(300), list[str]()

    def ask(key: str) -> None:
        def make() -> object:
            made.append(key)
            return page(b"x" * 100, "text/plain")

        cache.get(key, 1, make)  # type: ignore[arg-type]

    for key in ("a", "b", "c", "a", "d", "a", "b"):
        ask(key)
    assert made == ["a", "b", "c", "d", "b"]


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/feeds/esteri.json", "application/json"),
        ("/feeds/esteri.rss", "application/xml"),
        ("/feeds/esteri", "text/html; charset=utf-8"),
        ("/", "text/html; charset=utf-8"),
        ("/metrics", "text/html; charset=utf-8"),
    ],
)
def test_a_store_that_cannot_be_read_is_503_and_says_when_to_come_back(
    client: FlaskClient, shelf: MemoryShelf, path: str, media_type: str
) -> None:
    shelf.broken = "disk image is malformed at /srv/secret/aggregator.db"
    answer = client.get(path)
    assert answer.status_code == 503
    assert answer.headers["Content-Type"] == media_type
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Cache-Control"] == "no-store"
    assert b"secret" not in answer.data
