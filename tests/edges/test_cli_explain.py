"""`explain`: where each field came from, why the entries are one article, and where it appears."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aggregator.absentees import Absentees
from aggregator.model.agency import Credit, Form
from aggregator.model.entry import Media
from aggregator.model.feed import Clause, Collapse, FeedSpec, Query
from aggregator.model.fetched import FetchResult, NotModified, Refused, Why
from aggregator.model.source import Kind, Rights
from aggregator.text import ids
from tests.support.commands import run
from tests.support.world import MINUTE, NOON, World, config, entry, source

BRIDGE = "https://ansa.example/ponte"
PICTURE = Media(url="https://ansa.example/ponte.jpg", type="image/jpeg")
ANSA = source("ansa", kind=Kind.AGENCY, agency="ansa", topics=("cronaca",), language="it")
PORTAL = source("portale", timezone="Europe/Rome")
FEEDS = (
    FeedSpec(slug="latest", title="Ultime"),
    FeedSpec(slug="portali", title="Portali", prefer=("portale",)),
    FeedSpec(slug="voci", title="Voci", collapse=Collapse.NONE),
    FeedSpec(slug="sport", title="Sport", clauses=(Clause(include=Query(topics=("sport",))),)),
    FeedSpec(slug="oggi", title="Oggi", max_age=MINUTE),
)
# As it stands in the portal first; the agency's own text comes later, is edited, and leads.
COPY = entry("portale", "guid:p1", "Riaperto il ponte", url=BRIDGE, summary="Dopo un anno.")
TEXT = entry(
    "ansa",
    "guid:a1",
    "Ponte riaperto",
    url=BRIDGE,
    language="it",
    topics=("cronaca", "ponti"),
    authors=("A. Rossi",),
    media=(PICTURE,),
    summary="Dopo un anno di lavori.",
    credit=Credit(agency="afp", name="AFP", words="(AFP) -", form=Form.DATELINE, confidence=0.99),
)
UID = ids.of_article(COPY.ref)
ALIAS = ids.of_article(TEXT.ref)


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path / "news.db", config(ANSA, PORTAL, feeds=FEEDS))
    world.lists("portale", COPY)
    world.lists("ansa", TEXT, at=NOON + MINUTE)
    edited = replace(TEXT, title="Ponte riaperto a Lecco", digest="edited")
    world.lists("ansa", edited, at=NOON + 2 * MINUTE)
    return world


@pytest.fixture
def feeds_yaml(world: World) -> Path:
    """A configuration that names the world's database; what it says was never applied."""
    file = world.path.with_name("feeds.yaml")
    file.write_text(
        "service: {database: news.db}\n"
        "sources: {x: {url: 'https://x.example/', kind: portal}}\nfeeds: {x: {title: X}}\n"
    )
    return file


def told(feeds_yaml: Path, name: str = UID) -> dict[str, Any]:
    result = run("explain", name, "--json", "-c", feeds_yaml)
    assert result.exit_code == 0
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize(
    "name",
    [
        BRIDGE,
        f"{BRIDGE}?utm_source=feed&fbclid=x#top",
        f"  <{BRIDGE}>\n",
        UID,
        UID.removeprefix("urn:uuid:"),
        UID.removeprefix("urn:uuid:").upper(),
        ALIAS,
        "ansa/guid:a1",
        "portale/guid:p1",
        f"https://news.example.org/articles/{UID.removeprefix('urn:uuid:')}",
        f"http://127.0.0.1:8080/articles/{ALIAS.removeprefix('urn:uuid:')}/?lang=it",
        ids.of_entry(TEXT.ref),
    ],
)
def test_an_article_goes_by_many_names(feeds_yaml: Path, name: str) -> None:
    assert told(feeds_yaml, name)["article"] == UID


def test_an_address_that_was_reused_stands_for_what_is_there_now(
    world: World, feeds_yaml: Path
) -> None:
    page = "https://portale.example/diretta"
    for hour, title in enumerate(("Il voto alla Camera", "La finale di Coppa")):
        at = NOON + hour * 60 * MINUTE
        world.lists("portale", entry("portale", f"guid:{hour}", title, url=page), at=at)
    assert told(feeds_yaml, page)["fields"]["title"]["value"] == "La finale di Coppa"


@pytest.mark.parametrize(
    ("title", "spoken", "why"),
    [
        ("Riaperto il ponte sul fiume", "it", "the words of its title and excerpt"),
        ("Pisa-Lecco 2-1", "de", "the item or its channel"),
    ],
)
def test_a_language_is_that_of_the_words_or_of_a_mark(
    world: World, feeds_yaml: Path, title: str, spoken: str, why: str
) -> None:
    page = "https://portale.example/lingua"
    given = entry("portale", "guid:l", title, url=page, summary="", language=spoken)
    world.lists("portale", given, at=NOON + 60 * MINUTE)
    assert told(feeds_yaml, page)["fields"]["language"] == {"value": spoken, "from": why}


def test_each_field_that_is_shown_names_its_origin(feeds_yaml: Path) -> None:
    found = told(feeds_yaml)
    assert found["lead"] == "ansa/guid:a1"
    assert found["lead_why"] == "an agency speaks before portals"
    assert {name: (field["value"], field["from"]) for name, field in found["fields"].items()} == {
        "id": ("a1", "the item's own id"),
        "title": ("Ponte riaperto a Lecco", "the item's title, as plain text"),
        "address": (BRIDGE, "the item's link, made absolute"),
        "compared": (BRIDGE, "the address, folded for comparison only"),
        "published": (
            "2026-03-12T12:00:00+00:00",
            "the item's own date; one without a zone is read in UTC",
        ),
        "language": ("it", "the words of its title and excerpt"),
        "authors": ("A. Rossi", "the item"),
        "credit": ("AFP", "dateline “(AFP) -”; right in 99% of such cases"),
        "topics": ("cronaca, ponti", "feeds.yaml, and ponti from the item"),
        "picture": (PICTURE.url, "the item"),
        "text": (
            "23 characters of excerpt, 0 of whole text",
            "the item; all of it may be shown",
        ),
    }


def test_the_order_has_its_reason(feeds_yaml: Path) -> None:
    found = told(feeds_yaml)
    assert found["position"] == "2026-03-12T12:00:00+00:00"
    assert found["position_why"] == "the date of portale/guid:p1, which was seen first"


def test_the_evidence_that_joined_the_entries_is_told(feeds_yaml: Path) -> None:
    found = told(feeds_yaml)
    assert found["aliases"] == [ALIAS]
    assert [one["entry"] for one in found["entries"]] == ["portale/guid:p1", "ansa/guid:a1"]
    assert found["matches"] == [
        {
            "level": "link",
            "score": 1.0,
            "between": ["ansa/guid:a1", "portale/guid:p1"],
            "why": f"same address {BRIDGE}",
            "snapshot": "",
        }
    ]


def test_who_speaks_in_each_feed_and_why_is_told(feeds_yaml: Path) -> None:
    places = {(one["feed"], one["lead"]): one["why"] for one in told(feeds_yaml)["feeds"]}
    assert places == {
        ("latest", "ansa/guid:a1"): "an agency speaks before portals",
        ("portali", "portale/guid:p1"): "prefer names it, or names it earlier",
        ("voci", "ansa/guid:a1"): "each entry is an item of its own there",
        ("voci", "portale/guid:p1"): "each entry is an item of its own there",
    }


def test_why_it_is_not_in_the_other_feeds_is_told(feeds_yaml: Path) -> None:
    assert {one["feed"]: one["why"] for one in told(feeds_yaml)["not_in"]} == {
        "sport": "no entry is what it asks for",
        "oggi": "it is older than the feed's max_age",
    }


def test_an_edit_is_told_with_what_it_changed_and_why_it_is_the_same_item(
    feeds_yaml: Path,
) -> None:
    (state,) = told(feeds_yaml)["entries"][1]["revisions"]
    assert (state["revision"], state["title"], state["until"]) == (
        *(1, "Ponte riaperto", "2026-03-12T12:02:00+00:00"),
    )
    assert (state["changed"], state["why"]) == (["title"], "same id")


def test_what_rights_keep_back_is_not_shown_here_either(world: World, feeds_yaml: Path) -> None:
    strict = replace(ANSA, rights=Rights.HEADLINE)
    world.apply(config(strict, PORTAL, feeds=FEEDS))
    fields = told(feeds_yaml, "ansa/guid:a1")["entries"][1]["fields"]
    assert "picture" not in fields
    assert fields["text"]["from"] == "the item; rights: headline keeps all but the title back"


def test_an_entry_whose_source_was_taken_out_is_told_as_such(
    world: World, feeds_yaml: Path
) -> None:
    world.apply(config(PORTAL, feeds=FEEDS))
    found = told(feeds_yaml)
    assert [one["live"] for one in found["entries"]] == [True, False]
    assert found["lead"] == "portale/guid:p1"
    assert "its source is not configured any more: in no output" in spoken(feeds_yaml)


def test_an_article_without_any_source_left_is_still_explained(
    world: World, feeds_yaml: Path
) -> None:
    world.apply(config(source("altro"), feeds=FEEDS))
    found = told(feeds_yaml)
    assert found["feeds"] == []
    assert found["lead_why"].startswith("none of its sources is configured any more")


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (Why.GONE, "answered gone: in no output"),
        (Why.FORBIDDEN, "answered forbidden"),
        (None, "is there"),
    ],
    ids=["its page is gone", "its page gave no answer that counts", "its page stands"],
)
def test_what_its_page_answered_is_told_of_an_item_that_is_listed_no_more(
    world: World, feeds_yaml: Path, why: Why | None, said: str
) -> None:
    first, last = (entry("portale", f"guid:{name}", f"Altro {name}") for name in ("a", "z"))
    world.lists("portale", first, COPY, last, at=NOON + 3 * MINUTE)
    for minutes in (4, 64):
        world.lists("portale", first, last, at=NOON + minutes * MINUTE)
    assert "its source lists it no more\n" in spoken(feeds_yaml)
    absentees, at = Absentees(world.store), NOON + 65 * MINUTE
    (question,) = absentees.ask(at)
    absentees.settle(question, _answer(why), at)
    gone, answer = why is Why.GONE, why.value if why else "there"
    portal = told(feeds_yaml)["entries"][0]
    assert (portal["live"], portal["listed"]) == (not gone, False)
    assert portal["gone"] == (at.isoformat() if gone else None)
    assert portal["page"] == {"asked": at.isoformat(), "answer": answer}
    assert f"and {said}" in " ".join(spoken(feeds_yaml).split())


def _answer(why: Why | None) -> FetchResult:
    if why is None:
        return NotModified(source_id="portale", at=NOON)
    return Refused(source_id="portale", at=NOON, why=why, detail="")


def test_an_article_that_everyone_took_down_is_still_explained(
    world: World, feeds_yaml: Path
) -> None:
    others = [entry("portale", f"guid:{n}", f"Altro {n}") for n in range(3)]
    world.lists("portale", COPY, *others, at=NOON + 3 * MINUTE)
    for minutes in (4, 64):
        world.lists("portale", COPY, others[0], others[2], at=NOON + minutes * MINUTE)
    absentees, at = Absentees(world.store), NOON + 65 * MINUTE
    (question,) = absentees.ask(at)
    absentees.settle(question, _answer(Why.GONE), at)
    found = told(feeds_yaml, "portale/guid:1")
    assert found["feeds"] == []
    assert found["lead_why"] == "its source lists it no more, and its page is gone"


def test_an_undated_item_is_told_as_our_guess(world: World, feeds_yaml: Path) -> None:
    world.lists("portale", COPY, entry("portale", "guid:p2", "Senza data", dated=False))
    published = told(feeds_yaml, "portale/guid:p2")["fields"]["published"]
    assert published["from"] == "our guess: the item has no date that can be believed"


def test_a_person_reads_it_in_eighty_columns(feeds_yaml: Path) -> None:
    assert spoken(feeds_yaml) == TEXT_FOR_A_PERSON.format(uid=UID, alias=ALIAS)


def spoken(feeds_yaml: Path) -> str:
    return run("explain", UID, "-c", feeds_yaml).stdout


TEXT_FOR_A_PERSON = """\
Ponte riaperto a Lecco
{uid}
  also {alias}
2 entries of 2 sources
first seen 2026-03-12 12:00:00 UTC, last changed 2026-03-12 12:02:00 UTC

What is shown, and where each field came from
  speaks        [2] ansa
                  an agency speaks before portals
  title         Ponte riaperto a Lecco
                  [2] the item's title, as plain text
  address       https://ansa.example/ponte
                  [2] the item's link, made absolute
  published     2026-03-12 12:00:00 UTC
                  [2] the item's own date; one without a zone is read in UTC
  language      it
                  [2] the words of its title and excerpt
  authors       A. Rossi
                  [2] the item
  credit        AFP
                  [2] dateline “(AFP) -”; right in 99% of such cases
  topics        cronaca, ponti
                  [2] feeds.yaml, and ponti from the item
  picture       https://ansa.example/ponte.jpg
                  [2] the item
  text          23 characters of excerpt, 0 of whole text
                  [2] the item; all of it may be shown
  stands at     2026-03-12 12:00:00 UTC
                  the date of [1], which was seen first

[1] portale, portal: Portale
  seen          2026-03-12 12:00:00 UTC
                  its source lists it
  id            p1
  title         Riaperto il ponte
  address       https://ansa.example/ponte
  published     2026-03-12 12:00:00 UTC
                  the item's own date; one without a zone is read in
                  Europe/Rome
  text          13 characters of excerpt, 0 of whole text

[2] ansa, agency: Ansa
  seen          2026-03-12 12:01:00 UTC
                  its source lists it
  id            a1
  address       https://ansa.example/ponte
  published     2026-03-12 12:00:00 UTC
  text          23 characters of excerpt, 0 of whole text
  until         2026-03-12 12:02:00 UTC
                  changed then: title
                  its title was: Ponte riaperto
                  the same item because: same id

Why these entries are one article
  [1] = [2]
    link, score 1.00: same address https://ansa.example/ponte

Where it appears
  latest        [2] ansa speaks: an agency speaks before portals
  portali       [1] portale speaks: prefer names it, or names it earlier
  voci          [1] portale speaks: each entry is an item of its own there
  voci          [2] ansa speaks: each entry is an item of its own there
  not in        sport
                  no entry is what it asks for
  not in        oggi
                  it is older than the feed's max_age
"""
