"""What the newsroom's web server answers, looked at without a socket."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from email.utils import formatdate

import pytest

from aggregator.newsroom import site
from aggregator.newsroom.outlets import Outlet
from aggregator.newsroom.site import Request, Response
from aggregator.newsroom.world import World
from tests.support.newsroom import BASE, shown

START = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
LATER = START + timedelta(hours=1)
WORLD = World(seed=1, start=START)
FEED = "/il-portale/feed.xml"


def get(path: str, at: datetime = START, method: str = "GET", **headers: str) -> Response:
    """Header names with underscores for hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return site.answer(WORLD, Request(method=method, path=path, headers=named), at, BASE)


def test_a_feed_says_its_type_and_when_it_changed() -> None:
    response = get(FEED)
    assert response.status == 200
    assert response.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert response.headers["Last-Modified"] == formatdate(
        WORLD.changed("il-portale", START).timestamp(), usegmt=True
    )
    assert len(shown(response.body)) > 5


def test_an_unchanged_feed_is_not_sent_again() -> None:
    first = get(FEED)
    again = get(FEED, if_none_match=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_a_changed_feed_is_sent_whatever_the_date() -> None:
    first = get(FEED)
    dates = {"if_modified_since": "Thu, 12 Mar 2099 09:00:00 GMT"}
    assert get(FEED, LATER, if_none_match=first.headers["ETag"], **dates).status == 200


@pytest.mark.parametrize(
    ("since", "status"),
    [
        ("Thu, 12 Mar 2026 09:00:00 GMT", 304),
        ("Wed, 11 Mar 2026 09:00:00 GMT", 200),
        ("the day before yesterday", 200),
    ],
)
def test_without_a_tag_the_date_decides(since: str, status: int) -> None:
    assert get(FEED, if_modified_since=since).status == status


def test_a_client_that_takes_gzip_gets_it_under_another_tag() -> None:
    plain, packed = get(FEED), get(FEED, accept_encoding="gzip, br")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"


def test_a_head_tells_the_length_and_sends_nothing() -> None:
    head, whole = get(FEED, method="HEAD"), get(FEED)
    assert (head.status, head.body) == (200, b"")
    assert head.headers == {**whole.headers, "Content-Length": str(len(whole.body))}


@pytest.mark.parametrize("path", ["/nowhere", "/il-portale/0a1-x", "/img/x.png", "/feed.xml"])
def test_what_is_not_there_is_not_found(path: str) -> None:
    assert get(path).status == 404


def test_nothing_can_be_posted() -> None:
    response = get(FEED, method="POST")
    assert (response.status, response.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("outlet", WORLD.roster, ids=lambda outlet: str(outlet.id))
def test_every_link_of_every_feed_leads_to_its_page(outlet: Outlet) -> None:
    entries = shown(get(outlet.feed_path).body)
    paths = [entry.link.removeprefix(BASE).partition("?")[0] for entry in entries]
    assert {get(path).status for path in paths} == {200}


def test_an_articles_page_shows_its_text_and_a_picture_that_is_there() -> None:
    item = WORLD.listed("quotidiano-nuovo", START)[0]
    page = get(item.page).body.decode()
    assert item.draft(START).paragraphs[0].replace("'", "&#x27;") in page
    assert item.picture.path in page
    assert get(item.picture.path).headers["Content-Type"] == "image/png"


@pytest.mark.parametrize("path", ["/", "/il-portale/"])
def test_the_index_and_the_front_pages_show_what_is_new(path: str) -> None:
    newest = WORLD.listed("il-portale", START)[0]
    page = get(path)
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert newest.link in page.body.decode()
    assert "Invented news" in page.body.decode()
