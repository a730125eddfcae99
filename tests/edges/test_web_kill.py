"""What readers and the operator see of kills, corrections and stories, over a real database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from aggregator.model.entry import Entry
from aggregator.model.feed import Collapse, FeedSpec, Order
from aggregator.model.source import Kind
from aggregator.serving.web.app import create_app
from aggregator.store.sqlite import open_shelf
from aggregator.text import ids
from tests.support.commands import run
from tests.support.polling import FakeClock
from tests.support.world import MINUTE, NOON, World, config, entry, source

FEEDS = (
    FeedSpec(slug="all", title="All"),
    FeedSpec(slug="every", title="Every", collapse=Collapse.NONE),
    FeedSpec(slug="stories", title="Stories", collapse=Collapse.STORY, order=Order.TRENDING),
)
TITLE = "Il ministro annuncia la riforma delle pensioni"
TOLD = "Duecento miliardi in dieci anni, ha detto il ministro."
TEXT = entry("ansa", "guid:1", TITLE, language="it", summary=TOLD, url="https://ansa.example/1")
COPY = entry("portale", "guid:9", TITLE, language="it", summary=TOLD)
UID = ids.of_article(TEXT.ref)
PAGE = f"/articles/{UID.removeprefix('urn:uuid:')}"
KILL = entry(
    "ansa",
    "guid:k",
    "ANNULLARE la notizia: si prega di non utilizzare",
    language="it",
    summary=f"Si prega di annullare la notizia dal titolo «{TITLE}», trasmessa per errore.",
)
OUTPUTS = (
    "/",
    PAGE,
    *(f"/feeds/{feed.slug}{form}" for feed in FEEDS for form in ("", ".rss", ".atom", ".json")),
    f"/articles/{ids.of_article(KILL.ref).removeprefix('urn:uuid:')}",
    *("/status", "/status.json", "/opml", "/metrics"),
)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    ansa = source("ansa", kind=Kind.AGENCY, agency="ansa", language="it")
    others = (source("portale", language="it"), source("gazzetta", language="it"))
    made = World(tmp_path / "news.db", config(ansa, *others, feeds=FEEDS))
    made.lists("ansa", TEXT)
    made.lists("portale", COPY, at=NOON + MINUTE)
    yield made
    made.store.close()


@pytest.fixture
def client(world: World) -> Iterator[FlaskClient]:
    shelf = open_shelf(world.path)
    yield create_app(shelf, base_url="http://localhost", clock=FakeClock()).test_client()
    shelf.close()


@pytest.fixture
def feeds_yaml(world: World) -> Path:
    file = world.path.with_name("feeds.yaml")
    file.write_text(
        "service: {database: news.db}\n"
        "sources: {x: {url: 'https://x.example/', kind: portal}}\nfeeds: {x: {title: X}}\n"
    )
    return file


def told(name: str, key: str, title: str, **given: Any) -> Entry:
    return entry(name, key, title, language="it", **given)


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.parametrize("address", OUTPUTS)
def test_rule_072_after_a_kill_no_output_has_a_word_of_the_text(
    world: World, client: FlaskClient, address: str
) -> None:
    edited = told("portale", "guid:9", TITLE, summary=f"{TOLD} Si parte a luglio.")
    world.lists("portale", edited, at=NOON + 2 * MINUTE)
    world.lists("ansa", KILL, at=NOON + 5 * MINUTE)
    said = client.get(address).text
    assert "riforma delle pensioni" not in said
    assert "Duecento miliardi" not in said


@pytest.mark.parametrize("name", [UID, "ansa/guid:1", "portale/guid:9"])
def test_explain_says_who_killed_an_article_and_nothing_of_its_text(
    world: World, feeds_yaml: Path, name: str
) -> None:
    world.lists("ansa", KILL, at=NOON + 5 * MINUTE)
    spoken = run("explain", name, "-c", feeds_yaml).stdout
    assert "riforma" not in spoken + run("explain", name, "--json", "-c", feeds_yaml).stdout
    assert spoken.startswith(f"(no title)\n{UID}\n")
    assert "withdrawn 2026-03-12 12:05:00 UTC: in no output" in spoken
    assert "  by ansa/guid:k: " in spoken
    assert "  kill by ansa/guid:k, 2026-03-12 12:05:00 UTC, applied\n" in spoken


@pytest.mark.parametrize(
    ("language", "says"), [("en", "was withdrawn on 12 Mar"), ("it", "è stato ritirato 12 mar")]
)
def test_the_page_of_a_killed_article_is_gone_and_says_since_when(
    world: World, client: FlaskClient, language: str, says: str
) -> None:
    world.lists("ansa", KILL, at=NOON + 5 * MINUTE)
    answer = client.get(f"{PAGE}?lang={language}")
    assert answer.status_code == 410
    assert says in answer.text


def test_atom_buries_what_was_killed_and_digs_it_up_when_the_kill_is_dismissed(
    world: World, client: FlaskClient, feeds_yaml: Path
) -> None:
    before = client.get("/feeds/all.atom")
    world.lists("ansa", KILL, at=NOON + 5 * MINUTE)
    killed = client.get("/feeds/all.atom")
    assert f'<at:deleted-entry ref="{UID}" when="2026-03-12T12:05:00+00:00"/>' in killed.text
    assert killed.headers["ETag"] != before.headers["ETag"]
    assert run("notices", "--dismiss", "ansa/guid:k", "-c", feeds_yaml).exit_code == 0
    assert "deleted-entry" not in client.get("/feeds/all.atom").text
    assert TITLE in client.get("/feeds/all.atom").text


def test_a_corrected_text_leads_and_its_page_says_what_it_replaced_and_why(
    world: World, client: FlaskClient
) -> None:
    mended = f"{TITLE} /RPT (Ripetizione con testo corretto)"
    text = "Il ministro ha annunciato oggi la riforma, che vale tre miliardi e non due."
    world.lists("ansa", told("ansa", "guid:3", mended, summary=text), at=NOON + 5 * MINUTE)
    said = words(client.get(PAGE).text)
    assert "Replaced by a later text" in said
    assert "What wires said of it" in said
    assert "correction “" in said
    italian = words(client.get(f"{PAGE}?lang=it").text)
    assert "Sostituito da un testo successivo" in italian
    assert "correzione “" in italian


QUAKE = told("ansa", "guid:q", "Terremoto a Norcia, crolla il campanile di San Benedetto")
ECHO = told("gazzetta", "guid:q", "Norcia, la scossa fa crollare il campanile di San Benedetto")


@pytest.fixture
def quake(world: World) -> World:
    world.lists("ansa", QUAKE, at=NOON + 2 * MINUTE)
    world.lists("gazzetta", ECHO, at=NOON + 3 * MINUTE)
    return world


def test_an_articles_page_links_the_others_on_its_event_and_names_its_origins(
    quake: World, client: FlaskClient
) -> None:
    page = client.get(f"/articles/{ids.of_article(QUAKE.ref).removeprefix('urn:uuid:')}").text
    other = ids.of_article(ECHO.ref).removeprefix("urn:uuid:")
    assert f'<a href="/articles/{other}" lang="it">{ECHO.title}</a>' in page
    assert "Others on the same event" in page
    assert "Independent origins Ansa 12:02" in words(page)


def test_explain_tells_the_story_and_what_its_place_in_trending_is_made_of(
    quake: World, feeds_yaml: Path
) -> None:
    spoken = run("explain", ECHO.url, "-c", feeds_yaml).stdout
    assert f"The story that it tells: {ids.of_story(QUAKE.ref)}" in spoken
    assert f"  {ids.of_article(QUAKE.ref)}\n    ansa: {QUAKE.title}" in spoken
    said = " ".join(spoken.split())
    assert "stories another article's ansa speaks" in said
    assert "2 independent origins: agency ansa 2026-03-12 12:02:00 UTC, source gazzetta" in said
    # Two origins a minute apart weigh as one that is half a life younger would: about 7 hours.
    assert "ranks as if told once at 2026-03-12 19:02:" in said


def test_a_killed_article_is_no_more_named_by_the_others_of_its_story(
    quake: World, client: FlaskClient, feeds_yaml: Path
) -> None:
    assert run("withdraw", QUAKE.url, "-c", feeds_yaml).exit_code == 0
    page = client.get(f"/articles/{ids.of_article(ECHO.ref).removeprefix('urn:uuid:')}").text
    assert QUAKE.title not in page
    assert QUAKE.title not in run("explain", ECHO.url, "-c", feeds_yaml).stdout
    assert QUAKE.title not in client.get("/feeds/stories.json").text
