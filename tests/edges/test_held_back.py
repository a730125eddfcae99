"""What a wire cancels or holds back, over a real database and the real web: it is seen nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from aggregator.model.entry import Entry, Status
from aggregator.model.feed import FeedSpec
from aggregator.model.source import Kind
from aggregator.serving.web.app import create_app
from aggregator.store.sqlite import open_shelf
from aggregator.text import ids
from tests.support.polling import FakeClock
from tests.support.world import MINUTE, NOON, World, config, entry, source

SHARED = "https://ansa.example/ponte"
WIRE = entry("ansa", "guid:a", "Ponte riaperto", url=SHARED, version=1)
COPY = entry("portale", "guid:b", "Riaperto il ponte", url=SHARED)
PAGE = f"/articles/{ids.of_article(WIRE.ref).removeprefix('urn:uuid:')}"

HELD: list[Any] = [
    pytest.param({"status": Status.CANCELED}, 410, id="canceled"),
    pytest.param({"status": Status.WITHHELD}, 410, id="withheld"),
    pytest.param({"embargo": NOON + timedelta(hours=3)}, 404, id="under embargo"),
]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    sources = (source("ansa", kind=Kind.AGENCY, agency="ansa"), source("portale"))
    made = World(tmp_path / "news.db", config(*sources, feeds=[FeedSpec(slug="all", title="All")]))
    yield made
    made.store.close()


@pytest.fixture
def client(world: World) -> FlaskClient:
    shelf = open_shelf(world.path)
    return create_app(shelf, base_url="http://127.0.0.1:8080", clock=FakeClock()).test_client()


def held(given: dict[str, Any]) -> Entry:
    """The next version of the wire's item, held back."""
    return replace(WIRE, version=2, digest="held", **given)


def titles(client: FlaskClient) -> list[str]:
    told = client.get("/feeds/all.json").json
    assert told is not None
    return [item["title"] for item in told["items"]]


@pytest.mark.parametrize(("given", "code"), HELD)
def test_an_item_that_is_held_back_is_in_no_feed_and_its_page_has_no_text(
    world: World, client: FlaskClient, given: dict[str, Any], code: int
) -> None:
    world.lists("ansa", WIRE)
    assert (titles(client), client.get(PAGE).status_code) == (["Ponte riaperto"], 200)
    world.lists("ansa", held(given), at=NOON + MINUTE)
    assert (titles(client), client.get(PAGE).status_code) == ([], code)
    assert "Ponte riaperto" not in client.get(PAGE).text


def test_beside_a_free_copy_what_is_under_embargo_is_not_even_mentioned(
    world: World, client: FlaskClient
) -> None:
    world.lists("ansa", WIRE)
    world.lists("portale", COPY, at=NOON + MINUTE)
    world.lists("ansa", held({"embargo": NOON + timedelta(hours=3)}), at=NOON + 2 * MINUTE)
    assert titles(client) == ["Riaperto il ponte"]
    for address in ("/", "/feeds/all", "/feeds/all.atom", "/feeds/all.rss", PAGE):
        assert "Ponte riaperto" not in client.get(address).text


@pytest.mark.parametrize("status", [Status.CANCELED, Status.WITHHELD])
def test_what_its_wire_takes_back_is_no_more_told_by_its_copies(
    world: World, client: FlaskClient, status: Status
) -> None:
    world.lists("ansa", WIRE)
    world.lists("portale", COPY, at=NOON + MINUTE)
    world.lists("ansa", held({"status": status}), at=NOON + 2 * MINUTE)
    for address in ("/", "/feeds/all", "/feeds/all.atom", "/feeds/all.rss", PAGE):
        assert "ponte" not in client.get(address).text.lower().replace("/ponte", "")


def test_a_version_that_frees_it_brings_it_back(world: World, client: FlaskClient) -> None:
    world.lists("ansa", held({"status": Status.WITHHELD}))
    world.lists("ansa", replace(WIRE, version=3, digest="freed"), at=NOON + MINUTE)
    assert titles(client) == ["Ponte riaperto"]
