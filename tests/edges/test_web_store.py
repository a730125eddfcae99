"""The web over a real database: what the lane writes is what readers get."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from aggregator.model.feed import FeedSpec
from aggregator.model.source import Kind
from aggregator.serving.web.app import create_app
from aggregator.store.sqlite import open_shelf
from tests.support.polling import FakeClock
from tests.support.world import MINUTE, NOON, World, config, entry, source

ANSA = source("ansa", kind=Kind.AGENCY, agency="ansa")
PORTAL = source("portale")
FEEDS = (FeedSpec(slug="all", title="All"),)
BOUND = "http://127.0.0.1:8080"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "news.db", config(ANSA, PORTAL, feeds=FEEDS))


@pytest.fixture
def client(world: World) -> FlaskClient:
    return create_app(open_shelf(world.path), base_url=BOUND, clock=FakeClock()).test_client()


def items(client: FlaskClient) -> list[dict[str, object]]:
    told = client.get("/feeds/all.json").json
    assert told is not None
    found: list[dict[str, object]] = told["items"]
    return found


def test_a_text_in_two_sources_is_one_item_and_its_page_says_why(
    world: World, client: FlaskClient
) -> None:
    shared = "https://ansa.example/ponte"
    world.lists("portale", entry("portale", "guid:a", "Riaperto il ponte", url=shared))
    world.lists("ansa", entry("ansa", "guid:b", "Ponte riaperto", url=shared), at=NOON + MINUTE)
    (only,) = items(client)
    page = client.get(f"/articles/{str(only['id']).removeprefix('urn:uuid:')}").text
    assert only["title"] == "Ponte riaperto"
    assert "Ponte riaperto" in page
    assert "Riaperto il ponte" in page
    assert "Why these are one text" in page
    assert "No other copy" not in page


def test_an_edited_title_is_a_revision_and_another_tag(world: World, client: FlaskClient) -> None:
    world.lists("ansa", entry("ansa", "guid:a", "Ponte chiuso"))
    before = client.get("/feeds/all.atom")
    world.lists("ansa", entry("ansa", "guid:a", "Ponte riaperto"), at=NOON + MINUTE)
    after = client.get("/feeds/all.atom", headers={"If-None-Match": before.headers["ETag"]})
    uid = str(items(client)[0]["id"]).removeprefix("urn:uuid:")
    assert after.status_code == 200
    assert after.headers["Last-Modified"] == "Thu, 12 Mar 2026 12:01:00 GMT"
    assert "Ponte chiuso" in client.get(f"/articles/{uid}").text


@pytest.mark.parametrize("extension", ["rss", "atom", "json"])
def test_polling_the_same_again_changes_not_one_byte(
    world: World, client: FlaskClient, extension: str
) -> None:
    world.lists("ansa", entry("ansa", "guid:a", "Ponte chiuso"))
    before = client.get(f"/feeds/all.{extension}")
    world.lists("ansa", entry("ansa", "guid:a", "Ponte chiuso"), at=NOON + timedelta(hours=3))
    fresh = create_app(open_shelf(world.path), base_url=BOUND, clock=FakeClock()).test_client()
    after = fresh.get(f"/feeds/all.{extension}")
    assert after.data == before.data
    assert after.headers["ETag"] == before.headers["ETag"]
    assert after.headers["Last-Modified"] == before.headers["Last-Modified"]


def test_a_source_taken_out_leaves_feeds_and_article_pages(
    world: World, client: FlaskClient
) -> None:
    world.lists("ansa", entry("ansa", "guid:a", "Ponte chiuso"))
    uid = str(items(client)[0]["id"]).removeprefix("urn:uuid:")
    world.apply(config(PORTAL, feeds=FEEDS), at=NOON + MINUTE)
    assert items(client) == []
    assert client.get(f"/articles/{uid}").status_code == 404


def test_a_renamed_feed_moves_for_good(world: World, client: FlaskClient) -> None:
    renamed = FeedSpec(slug="tutto", title="Tutto", was=("all",))
    world.apply(config(ANSA, PORTAL, feeds=(renamed,)), at=NOON + MINUTE)
    answer = client.get("/feeds/all.rss")
    assert answer.status_code == 301
    assert answer.headers["Location"] == "/feeds/tutto.rss"


def test_the_operators_pages_read_the_same_store(world: World, client: FlaskClient) -> None:
    world.lists("ansa", entry("ansa", "guid:a", "Ponte chiuso"))
    assert 'aggregator_source_entries{source="ansa"} 1.0' in client.get("/metrics").text
    assert client.get("/readyz").status_code == 200
    assert client.get("/status").status_code == 200
    assert "Ponte chiuso" in client.get("/").text


def test_before_there_is_a_database_the_web_is_alive_and_not_ready(tmp_path: Path) -> None:
    client = create_app(
        open_shelf(tmp_path / "later.db"), base_url=BOUND, clock=FakeClock()
    ).test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
    assert client.get("/").status_code == 503
    assert client.get("/feeds/all.rss").status_code == 503


def test_many_threads_read_one_shelf(world: World) -> None:
    world.lists("ansa", *(entry("ansa", f"guid:{n}", f"Notizia {n}") for n in range(20)))
    app = create_app(open_shelf(world.path), base_url=BOUND, clock=FakeClock())
    bodies: list[bytes] = []
    paths = ("/feeds/all.rss", "/", "/feeds/all.rss?limit=5", "/status")

    def read() -> None:
        client = app.test_client()
        bodies.extend(client.get(path).data for path in paths * 5)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(bodies) == 80
    assert len(set(bodies)) == 4


def test_a_title_that_the_operator_changed_is_served_at_once(
    world: World, client: FlaskClient
) -> None:
    client.get("/feeds/all.rss")
    retitled = replace(FEEDS[0], title="Tutte le notizie")
    world.apply(config(ANSA, PORTAL, feeds=(retitled,)), at=NOON + MINUTE)
    assert "Tutte le notizie" in client.get("/feeds/all.rss").text


def test_an_address_that_the_operator_changed_is_served_at_once(
    world: World, client: FlaskClient
) -> None:
    client.get("/feeds/all.rss")
    world.apply(
        config(ANSA, PORTAL, feeds=FEEDS, base_url="https://news.example.org"), at=NOON + MINUTE
    )
    assert "https://news.example.org/feeds/all.rss" in client.get("/feeds/all.rss").text


def test_rule_036_an_item_that_vanishes_from_the_middle_is_marked_and_leaves_no_output(
    world: World, client: FlaskClient
) -> None:
    first, second, third = (entry("ansa", f"guid:{n}", f"Titolo {n}") for n in range(3))
    world.lists("ansa", first, second, third)
    before = items(client)
    world.lists("ansa", first, third, at=NOON + MINUTE)
    mark = "no longer listed by the outlet"
    pages = {
        str(item["title"]): client.get(f"/articles/{str(item['id']).removeprefix('urn:uuid:')}")
        for item in before
    }
    assert items(client) == before
    assert mark in pages["Titolo 1"].text
    assert mark not in pages["Titolo 0"].text + pages["Titolo 2"].text
