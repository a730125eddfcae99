"""Stories in the lane: which articles tell one event, and what a feed of stories holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from aggregator import upkeep
from aggregator.model.entry import Entry
from aggregator.model.feed import Clause, Collapse, FeedSpec, Order, Query
from aggregator.model.source import Kind
from tests.support.world import MINUTE, NOON, World, config, entry, source

DAY = timedelta(days=1)
FEEDS = (
    FeedSpec(slug="all", title="All"),
    FeedSpec(slug="stories", title="Stories", collapse=Collapse.STORY),
    FeedSpec(slug="trending", title="Trending", collapse=Collapse.STORY, order=Order.TRENDING),
    FeedSpec(
        slug="portal",
        title="Portal",
        collapse=Collapse.STORY,
        clauses=(Clause(include=Query(sources=("portale",))),),
    ),
)
QUAKE = "Terremoto di magnitudo 5,1 a Norcia, crolla il campanile di San Benedetto"
QUAKE_TOLD = "Norcia, la scossa di magnitudo 5,1 fa crollare il campanile di San Benedetto"
QUAKE_RECALLED = "Norcia, il campanile di San Benedetto crolla per la scossa"
STRIKE = "Sciopero dei treni venerdì, Trenitalia annuncia le fasce garantite"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    ansa = source("ansa", kind=Kind.AGENCY, agency="ansa", language="it")
    others = (source("portale", language="it"), source("gazzetta", language="it"))
    made = World(tmp_path / "a.db", config(ansa, *others, feeds=FEEDS, retention=7 * DAY))
    made.lists("ansa", _told("ansa", "guid:1", QUAKE), _told("ansa", "guid:2", STRIKE))
    made.lists("portale", _told("portale", "guid:1", QUAKE_TOLD), at=NOON + 5 * MINUTE)
    yield made
    made.store.close()


def _told(name: str, key: str, title: str, **given: Any) -> Entry:
    return entry(name, key, title, language="it", **given)


def test_two_texts_on_one_event_are_two_articles_and_one_story(world: World) -> None:
    assert len(world.titles("all")) == 3
    assert sorted(world.titles("stories")) == sorted([STRIKE, QUAKE])
    quake = next(i for i in world.feed("stories").items if i.lead.title == QUAKE)
    assert [copy.title for copy in quake.copies] == [QUAKE_TOLD]


def test_a_story_keeps_its_id_and_its_place_when_another_article_tells_it(world: World) -> None:
    before = {i.lead.title: (i.uid, i.position) for i in world.feed("stories").items}
    generation = world.feed("stories").generation
    late = _told("gazzetta", "guid:1", QUAKE_RECALLED)
    world.lists("gazzetta", late, at=NOON + 50 * MINUTE)
    after = {i.lead.title: (i.uid, i.position) for i in world.feed("stories").items}
    assert after == before
    assert world.feed("stories").generation > generation
    quake = next(i for i in world.feed("stories").items if i.lead.title == QUAKE)
    assert len(quake.copies) == 2


def test_a_story_is_in_a_feed_by_those_of_its_entries_that_qualify_and_one_of_them_leads(
    world: World,
) -> None:
    assert world.titles("portal") == [QUAKE_TOLD]
    (item,) = world.feed("portal").items
    assert item.uid in {i.uid for i in world.feed("stories").items}


def test_a_story_that_more_houses_tell_trends_above_one_that_came_with_it(world: World) -> None:
    assert world.titles("trending") == [QUAKE, STRIKE]


BRIDGE = "Crolla il ponte sul Taverone"
BRIDGE_SHUT = "Taverone, ponte chiuso dopo il crollo"
INQUIRY = "Salvi indagato per il cedimento"
BOTH = "Crolla il ponte sul Taverone, cedimento: Salvi indagato"


def test_stories_that_an_article_shows_to_be_one_event_become_one_item(world: World) -> None:
    at = NOON + 20 * MINUTE
    world.lists("ansa", _told("ansa", "guid:11", BRIDGE), at=at)
    world.lists("portale", _told("portale", "guid:11", BRIDGE_SHUT), at=at + MINUTE)
    world.lists("gazzetta", _told("gazzetta", "guid:11", INQUIRY), at=at + 2 * MINUTE)
    apart = {i.lead.title: i for i in world.feed("stories").items}
    assert {BRIDGE, INQUIRY} <= apart.keys()
    world.lists("gazzetta", _told("gazzetta", "guid:12", BOTH), at=at + 3 * MINUTE)
    whole = {i.uid: i for i in world.feed("stories").items}
    assert apart[INQUIRY].uid not in whole
    item = whole[apart[BRIDGE].uid]
    assert {e.title for e in (item.lead, *item.copies)} == {BRIDGE, BRIDGE_SHUT, INQUIRY, BOTH}


TWIN = "Superlotto, il concorso di {}: nessun sei, il montepremi sale a {} milioni di euro"


def test_two_draws_of_one_week_are_two_items(world: World) -> None:
    at = NOON + 20 * MINUTE
    world.lists("ansa", _told("ansa", "guid:21", TWIN.format("martedì", "41,2")), at=at)
    world.lists("portale", _told("portale", "guid:21", TWIN.format("giovedì", "43,7")), at=at)
    assert {TWIN.format("martedì", "41,2"), TWIN.format("giovedì", "43,7")} <= set(
        world.titles("stories")
    )


def test_a_purged_article_leaves_its_story_to_the_others(world: World) -> None:
    late = _told("gazzetta", "guid:1", QUAKE_RECALLED, published=NOON + DAY)
    world.lists("gazzetta", late, at=NOON + DAY)
    uid = next(i.uid for i in world.feed("stories").items if i.lead.title == QUAKE)
    assert upkeep.run(world.store, NOON + 7 * DAY + 30 * MINUTE) > 0
    (item,) = world.feed("stories").items
    assert item.uid == uid
    assert item.lead.source_id == "gazzetta"
    assert upkeep.run(world.store, NOON + 9 * DAY) > 0
    assert world.titles("stories") == []


def test_a_source_that_is_taken_out_leaves_the_stories_too(world: World) -> None:
    ansa = source("ansa", kind=Kind.AGENCY, agency="ansa", language="it")
    world.apply(config(ansa, feeds=FEEDS), at=NOON + 10 * MINUTE)
    quake = next(i for i in world.feed("stories").items if i.lead.title == QUAKE)
    assert quake.copies == ()
    assert world.titles("portal") == []


def test_a_rebuilt_feed_of_stories_equals_the_grown_one(world: World) -> None:
    grown = [(i.uid, i.lead.ref, i.position) for i in world.feed("stories").items]
    without = config(*world.config.sources, feeds=FEEDS[:1])
    world.apply(without, at=NOON + 10 * MINUTE)
    world.apply(config(*world.config.sources, feeds=FEEDS), at=NOON + 11 * MINUTE)
    assert [(i.uid, i.lead.ref, i.position) for i in world.feed("stories").items] == grown
