"""The pages over HTTP: what a person sees, and what must never reach a browser."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from aggregator.health import State
from aggregator.model.article import Match
from aggregator.model.entry import Entry, Media, Revision
from aggregator.model.source import Kind, Rights
from aggregator.ports import Counter, Dossier, Placement
from aggregator.serving.render.words import LANGUAGES, WORDS
from aggregator.serving.web.app import create_app
from aggregator.text import ids
from tests.support import shelf as given
from tests.support.polling import FakeClock
from tests.support.shelf import MemoryShelf, shelf_of

LEAD = given.entry("ansa", 1, title="Ponte riaperto", language="it")
COPY = given.entry("portale", 2, title="Riaperto il ponte", dated=False)
SOURCES = {
    "ansa": given.source("ansa", name="ANSA", url="https://ansa.example/rss?password=${P}"),
    "portale": given.source("portale", name="Il Portale", kind=Kind.PORTAL),
}
UID = ids.of_article(LEAD.ref).removeprefix("urn:uuid:")


def whole_dossier(**changed: Any) -> Dossier:
    """Two carriers, one revision, one match, one placement."""
    before = Revision(
        revision=1,
        title="Ponte chiuso",
        summary="",
        content="",
        url="",
        digest="d",
        seen=given.NOON,
        until=given.NOON,
        why="same guid",
    )
    facts: dict[str, Any] = {
        "revisions": {LEAD.ref: (before,)},
        "matches": (Match(level="link", entry=LEAD.ref, other=COPY.ref, score=1, why="one link"),),
        "placements": (Placement(slug="esteri", title="Esteri", lead=LEAD.ref, uid="urn:uuid:1"),),
        "listed": {COPY.ref: False},
    }
    return given.dossier(LEAD, COPY, **facts | changed)


def new_shelf() -> MemoryShelf:
    first = given.item(LEAD, COPY)
    rest = [given.item(given.entry("portale", n)) for n in range(10, 40)]
    sources = tuple(SOURCES.values())
    shelf = shelf_of(
        given.feed(first, *rest, sources=sources),
        given.feed(*rest[:7], slug="sport", title="Sport & svago", sources=sources),
        given.feed(slug="vuoto", title="Vuoto"),
        dossiers={UID: whole_dossier()},
        statuses=(
            given.status(SOURCES["ansa"], why="every 4 min: 5 items an hour lately"),
            given.status(SOURCES["portale"], failures=3, result="timeout", detail="20 s passed"),
        ),
        counts=(
            Counter(name="entries", labels=(), value=7),
            Counter(name="polls", labels=(("result", "fetched"),), value=120),
            Counter(name="polls", labels=(("result", "timeout"),), value=3),
        ),
    )
    shelf.present = SOURCES
    return shelf


@pytest.fixture
def shelf() -> MemoryShelf:
    return new_shelf()


@pytest.fixture
def client(shelf: MemoryShelf) -> FlaskClient:
    return create_app(shelf, base_url="http://127.0.0.1:8080", clock=FakeClock()).test_client()


def words(page: str) -> str:
    """What a page says, without its markup."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def test_the_front_page_shows_every_feed_with_its_newest_items(client: FlaskClient) -> None:
    page = client.get("/").text
    assert page.count("<section") == 3
    assert "Ponte riaperto" in page
    assert "ANSA 11:59 1 more outlet" in words(page)
    assert "Sport &amp; svago" in page
    assert "Nothing here yet" in words(page)


def test_a_feeds_page_lists_its_items_and_lets_readers_find_the_feed(client: FlaskClient) -> None:
    page = client.get("/feeds/esteri").text
    alternates = re.findall(r'<link rel="alternate" type="([^"]+)"[^>]* href="([^"]+)"', page)
    assert alternates == [
        ("application/rss+xml", "http://127.0.0.1:8080/feeds/esteri.rss"),
        ("application/atom+xml", "http://127.0.0.1:8080/feeds/esteri.atom"),
        ("application/feed+json", "http://127.0.0.1:8080/feeds/esteri.json"),
    ]
    assert page.count("<article") == 31
    assert 'lang="it"' in page
    assert "Il Portale portal" in words(page)


def test_an_articles_page_shows_who_carries_it_its_past_and_why_it_is_one(
    client: FlaskClient,
) -> None:
    said = words(client.get(f"/articles/{UID}").text)
    assert "ANSA agency Ponte riaperto 11:59" in said
    assert "Il Portale portal Riaperto il ponte no longer listed by the outlet" in said
    assert "first seen 11:58, no date given" in said
    assert "Ponte chiuso until 12:00" in said
    assert "ANSA – Il Portale link: one link 1.00" in said
    assert "Esteri led by ANSA" in said


def test_an_alias_leads_to_the_article_that_took_it_in(
    client: FlaskClient, shelf: MemoryShelf
) -> None:
    alias = "11111111-2222-5333-8444-555555555555"
    shelf.dossiers[alias] = whole_dossier()
    answer = client.get(f"/articles/{alias}")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"/articles/{UID}"


def test_a_withdrawn_article_is_gone_and_its_text_with_it(
    client: FlaskClient, shelf: MemoryShelf
) -> None:
    dossier = whole_dossier()
    first, *others = dossier.article.entries
    killed = replace(first, withdrawn=given.NOON)
    withdrawn = replace(dossier.article, entries=(killed, *others))
    shelf.dossiers[UID] = replace(dossier, article=withdrawn)
    answer = client.get(f"/articles/{UID}")
    assert answer.status_code == 410
    assert "Ponte" not in answer.text
    assert "withdrawn on 12 Mar 2026, 12:00" in answer.text


def test_an_article_whose_sources_were_all_removed_is_not_found(
    client: FlaskClient, shelf: MemoryShelf
) -> None:
    shelf.present = {}
    assert client.get(f"/articles/{UID}").status_code == 404


def test_an_article_forgets_a_source_that_was_taken_out(
    client: FlaskClient, shelf: MemoryShelf
) -> None:
    shelf.present = {"ansa": SOURCES["ansa"]}
    page = client.get(f"/articles/{UID}").text
    assert "Ponte riaperto" in page
    assert "Riaperto il ponte" not in page
    assert "No other copy of this text has been seen." in page


@pytest.mark.parametrize(
    ("rights", "shown"),
    [(Rights.FULL, True), (Rights.SUMMARY, True), (Rights.HEADLINE, False)],
)
def test_an_articles_page_shows_no_more_than_the_sources_rights_allow(
    client: FlaskClient, shelf: MemoryShelf, rights: Rights, shown: bool
) -> None:
    shelf.present = {id: replace(source, rights=rights) for id, source in SOURCES.items()}
    assert ("Summary 1." in client.get(f"/articles/{UID}").text) is shown


@pytest.mark.parametrize("name", ["nowhere", "../etc/passwd", "ansa/guid:1", UID[:-1]])
def test_an_article_is_asked_for_by_its_id_alone(client: FlaskClient, name: str) -> None:
    assert client.get(f"/articles/{name}").status_code == 404


def test_the_status_page_says_in_words_how_each_source_is(client: FlaskClient) -> None:
    said = words(client.get("/status").text)
    assert "ANSA agency https://ansa.example/rss?password=*** ok" in said
    assert "too slow 3 polls in a row refused" in said
    assert "timeout (20 s passed)" in said
    assert "Suggested change of feeds.yaml: sources: portale: timeout: 40s" in said
    assert "polls result=fetched 120" in said


def test_the_status_document_says_the_same(client: FlaskClient) -> None:
    told = client.get("/status.json").json
    assert told is not None
    assert [(s["id"], s["state"], s["result"]) for s in told["sources"]] == [
        ("ansa", "ok", "fetched"),
        ("portale", "slow", "timeout"),
    ]
    assert told["sources"][0]["url"] == "https://ansa.example/rss?password=***"
    assert told["sources"][1]["next_poll_at"] == "2026-03-12T12:10:00+00:00"
    assert told["sources"][0]["why"] == "every 4 min: 5 items an hour lately"
    assert [(f["slug"], f["items"]) for f in told["feeds"]] == [
        ("esteri", 31),
        ("sport", 7),
        ("vuoto", 0),
    ]
    assert told["counters"][1] == {"name": "polls", "labels": {"result": "fetched"}, "value": 120}


def test_every_state_has_words_and_findings_are_told(
    client: FlaskClient, shelf: MemoryShelf
) -> None:
    off = given.status(replace(SOURCES["ansa"], enabled=False), failures=2)
    odd = replace(given.status(SOURCES["portale"]), findings=(("undated", "3 of 9"),))
    shelf.statuses = (off, odd)
    told = client.get("/status.json").json
    assert told is not None
    assert [source["state"] for source in told["sources"]] == ["disabled", "ok"]
    assert [source["words"] for source in told["sources"]] == [
        "its `enabled` is false: what it brought stays",
        "it has brought nothing yet",
    ]
    assert "undated 3 of 9" in words(client.get("/status").text)


@pytest.mark.parametrize("state", State, ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_has_a_word_on_the_page(language: str, state: State) -> None:
    assert WORDS[language][f"state_{state}"]


def test_metrics_are_a_view_of_the_store(client: FlaskClient) -> None:
    answer = client.get("/metrics")
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    families = {f.name: f for f in text_string_to_metric_families(answer.text)}
    polls = {s.labels["result"]: s.value for s in families["aggregator_polls"].samples}
    failures = {s.labels["source"]: s.value for s in families["aggregator_source_failures"].samples}
    assert polls == {"fetched": 120, "timeout": 3}
    assert failures == {"ansa": 0, "portale": 3}
    health = [s.labels for s in families["aggregator_source_health"].samples if s.value == 1]
    assert health == [{"source": "ansa", "state": "ok"}, {"source": "portale", "state": "slow"}]
    assert families["aggregator_entries"].samples[0].name == "aggregator_entries_total"
    stamps = families["aggregator_source_last_success_timestamp_seconds"].samples
    assert stamps[0].value == given.NOON.timestamp()
    assert families["aggregator_source_last_new_timestamp_seconds"].samples == []


def test_the_feed_list_is_opml(client: FlaskClient) -> None:
    answer = client.get("/opml")
    outlines = ElementTree.fromstring(answer.data).findall("body/outline")
    assert answer.headers["Content-Type"] == "text/x-opml; charset=utf-8"
    assert [(o.get("text"), o.get("xmlUrl")) for o in outlines] == [
        ("Esteri", "http://127.0.0.1:8080/feeds/esteri.rss"),
        ("Sport & svago", "http://127.0.0.1:8080/feeds/sport.rss"),
        ("Vuoto", "http://127.0.0.1:8080/feeds/vuoto.rss"),
    ]


def test_alive_needs_no_store_and_ready_does(client: FlaskClient, shelf: MemoryShelf) -> None:
    shelf.broken = "no such file"
    assert (client.get("/healthz").status_code, client.get("/healthz").text) == (200, "ok\n")
    assert client.get("/readyz").status_code == 503


def test_not_ready_says_why(client: FlaskClient, shelf: MemoryShelf) -> None:
    assert client.get("/readyz").status_code == 200
    shelf.waiting_for = "no configuration has been applied"
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.text == "not ready: no configuration has been applied\n"


def test_robots_may_read_feeds_and_not_the_operators_pages(client: FlaskClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /status", "Disallow: /metrics"} < set(lines)


PAGES = ["/", "/feeds/esteri", f"/articles/{UID}", "/status", "/nowhere"]


@pytest.mark.parametrize("path", PAGES)
def test_pages_carry_their_own_protection(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


@pytest.mark.parametrize("path", PAGES)
def test_pages_need_one_stylesheet_and_no_script(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    (sheet,) = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    style = client.get(sheet)
    assert "<script" not in page
    assert "<style" not in page
    assert not re.search(r"\son\w+=|\sstyle=", page)
    assert style.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in style.headers["Cache-Control"]


EVIL = "\"><script>alert(1)</script><img src=x onerror='alert(2)'>{{7*7}}"


class Markup(HTMLParser):
    """The tags and attributes that a browser would see in a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


def evil_entry(number: int) -> Entry:
    media = (
        Media(url="javascript:alert(3)", type="image/png"),
        Media(url='https://img.example/"onload="alert(4)', type="image/png"),
    )
    return given.entry(
        "ansa",
        number,
        title=EVIL,
        summary=EVIL,
        content=EVIL,
        url="javascript:alert(5)",
        language=EVIL,
        topics=(EVIL,),
        authors=(EVIL,),
        media=media,
    )


@pytest.mark.parametrize("path", PAGES)
def test_nothing_that_a_source_sends_becomes_markup(path: str) -> None:
    named = given.source("ansa", name=EVIL)
    lead = evil_entry(1)
    match = Match(level=EVIL, entry=lead.ref, other=lead.ref, score=1, why=EVIL)
    file = given.dossier(lead, evil_entry(2), matches=(match,))
    shelf = shelf_of(
        given.feed(given.item(lead, evil_entry(2)), title=EVIL, sources=[named]),
        dossiers={UID: file},
        statuses=(replace(given.status(named, detail=EVIL), findings=((EVIL, EVIL),)),),
        counts=(Counter(name=EVIL, labels=((EVIL, EVIL),), value=1),),
        present={"ansa": named},
    )
    page = (
        create_app(shelf, base_url="http://127.0.0.1:8080", clock=FakeClock())
        .test_client()
        .get(path)
        .text
    )
    markup = Markup(page)
    assert "script" not in markup.tags
    assert [name for name, _ in markup.attributes if name.startswith("on")] == []
    assert ("src", "x") not in markup.attributes
    assert [value for _, value in markup.attributes if (value or "").startswith("java")] == []
    assert "49" not in words(page)


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [
        ("", "", "en"),
        ("", "it-IT,it;q=0.9,en;q=0.5", "it"),
        ("", "de", "en"),
        ("?lang=it", "en", "it"),
        ("?lang=xx", "it", "it"),
    ],
)
def test_a_page_speaks_the_readers_language(
    client: FlaskClient, query: str, accepted: str, language: str
) -> None:
    answer = client.get(f"/status{query}", headers={"Accept-Language": accepted})
    assert f'<html lang="{language}">' in answer.text
    assert answer.headers["Vary"] == "Accept-Language, Accept-Encoding"


def test_an_unchanged_page_is_304(client: FlaskClient) -> None:
    tag = client.get("/").headers["ETag"]
    assert client.get("/", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("path", ["/nowhere", "/feeds/nowhere", "/articles/nowhere"])
def test_a_missing_page_is_a_page(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "There is nothing at this address." in answer.text


def test_a_fault_of_ours_shows_no_traceback(shelf: MemoryShelf) -> None:
    app = create_app(shelf, base_url="http://127.0.0.1:8080", clock=FakeClock())
    shelf.content["esteri"] = replace(shelf.content["esteri"], sources={})
    answer = app.test_client().get("/feeds/esteri.json")
    assert answer.status_code == 500
    assert json.loads(answer.data) == {"error": {"status": 500, "message": "Internal Server Error"}}
