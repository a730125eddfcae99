"""A cut headline is completed in every output, and the output moves only when that changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aggregator.desk import explain as desk
from aggregator.model.feed import Collapse, FeedSpec
from aggregator.model.source import Kind
from aggregator.serving.render import html
from aggregator.serving.render.site import Site
from tests.support.texts import text
from tests.support.world import MINUTE, NOON, World, config, source

WHOLE = "Maltempo in Liguria, chiuse le scuole di Genova e La Spezia fino a giovedì"
CUT = "Maltempo in Liguria, chiuse le scuole..."
WORDS = (
    "La pioggia continua a cadere su tutta la costa e il sindaco ha firmato questa mattina l'atto "
    "che tiene chiuse le scuole della provincia fino al miglioramento delle condizioni."
)
WIRE = text("ansa", CUT, WORDS)
COPY = text("portale", WHOLE, WORDS)
ALONE = FeedSpec(slug="alone", title="Alone", collapse=Collapse.NONE)
LATER = NOON + 10 * MINUTE


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    sources = source("ansa", kind=Kind.AGENCY), source("portale")
    feeds = (FeedSpec(slug="all", title="All"), ALONE)
    made = World(tmp_path / "a.db", config(*sources, feeds=feeds))
    made.lists("ansa", WIRE)
    yield made
    made.store.close()


def test_rule_065_a_copy_that_comes_completes_the_title_of_the_lead(world: World) -> None:
    assert world.titles() == [CUT]
    world.lists("portale", COPY, at=LATER)
    (item,) = world.feed().items
    assert (item.lead.source_id, item.lead.title, item.updated) == ("ansa", WHOLE, LATER)


def test_rule_065_the_title_is_cut_again_when_the_copy_is_taken_out(world: World) -> None:
    world.lists("portale", COPY, at=LATER)
    after = replace(world.config, sources=world.config.sources[:1])
    world.apply(after, LATER + MINUTE)
    (item,) = world.feed().items
    assert (item.lead.title, item.updated) == (CUT, LATER + MINUTE)


def test_where_each_copy_is_an_item_each_says_what_it_says(world: World) -> None:
    world.lists("portale", COPY, at=LATER)
    assert sorted(world.titles("alone")) == sorted([CUT, WHOLE])


def test_the_page_of_the_article_says_where_the_title_is_whole(world: World) -> None:
    world.lists("portale", COPY, at=LATER)
    dossier = world.store.dossier(WIRE.url)
    assert dossier is not None
    page = html.article(dossier, Site(title="News", base_url="http://x.example"), "en", ())
    assert page is not None
    assert f"<h1>{WHOLE}</h1>" in page.decode()
    assert "The headline was cut; it is whole at Portale." in page.decode()


def test_explain_says_where_the_title_is_from(world: World) -> None:
    world.lists("portale", COPY, at=LATER)
    dossier = world.store.dossier(WIRE.url)
    assert dossier is not None
    sources = world.store.configured()
    told = desk.explain(dossier, desk.Setting(sources=sources, feeds=world.config.feeds, prefer=()))
    told_from = f"the item's own was cut; whole in portale/{COPY.key}"
    assert told["fields"]["title"] == {"value": WHOLE, "from": told_from}
