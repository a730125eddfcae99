"""What a changed configuration does to feeds that hold news already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from aggregator.ingest import Ingest
from aggregator.model.feed import Clause, Collapse, FeedSpec, Query
from aggregator.model.source import Kind, Rights, SourceState
from aggregator.ports import Tally
from tests.support.world import MINUTE, NOON, World, config, entry, reading, source

ALL = FeedSpec(slug="all", title="All")
AGENCIES = FeedSpec(
    slug="agencies", title="Agencies", clauses=(Clause(include=Query(kinds=(Kind.AGENCY,))),)
)
ANSA, PORTAL = source("ansa", kind=Kind.AGENCY), source("portale")
TITLE = "Il ministro annuncia la riforma delle pensioni"
LATER = NOON + 10 * MINUTE


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "a.db", config(ANSA, PORTAL, feeds=[ALL, AGENCIES]))
    made.lists("ansa", entry("ansa", "guid:1", TITLE, summary="Il testo."))
    made.lists("portale", entry("portale", "guid:2", "Terremoto, scuole chiuse domani"))
    yield made
    made.store.close()


def test_a_feed_holds_what_its_new_question_asks_for(world: World) -> None:
    portals = replace(AGENCIES, clauses=(Clause(include=Query(kinds=(Kind.PORTAL,))),))
    world.apply(config(ANSA, PORTAL, feeds=[ALL, portals]), LATER)
    assert world.titles("agencies") == ["Terremoto, scuole chiuse domani"]
    assert world.feed("agencies").changed_at == LATER


def test_only_that_feed_is_rebuilt(world: World) -> None:
    before = world.feed("all")
    changed = replace(AGENCIES, collapse=Collapse.NONE)
    world.apply(config(ANSA, PORTAL, feeds=[ALL, changed]), LATER)
    assert world.feed("all") == before


def test_a_new_feed_is_filled_from_what_is_there(world: World) -> None:
    world.apply(config(ANSA, PORTAL, feeds=[ALL, replace(ALL, slug="new")]), LATER)
    assert world.titles("new") == world.titles("all")


def test_a_new_title_changes_the_bytes_and_no_item(world: World) -> None:
    before = world.feed("all")
    world.apply(config(ANSA, PORTAL, feeds=[replace(ALL, title="Tutto"), AGENCIES]), LATER)
    after = world.feed("all")
    assert after.items == before.items
    assert after.generation > before.generation
    assert after.changed_at == LATER


def test_a_removed_source_leaves_every_output_and_comes_back_whole(world: World) -> None:
    before = world.titles("all")
    world.apply(config(PORTAL, feeds=[ALL, AGENCIES]), LATER)
    assert world.titles("all") == ["Terremoto, scuole chiuse domani"]
    assert world.titles("agencies") == []
    world.apply(config(ANSA, PORTAL, feeds=[ALL, AGENCIES]), LATER + MINUTE)
    assert world.titles("all") == before


def test_a_disabled_source_keeps_its_entries(world: World) -> None:
    world.apply(config(replace(ANSA, enabled=False), PORTAL, feeds=[ALL, AGENCIES]), LATER)
    assert world.titles("agencies") == [TITLE]


def test_less_rights_take_the_text_back_at_once(world: World) -> None:
    cut = replace(ANSA, rights=Rights.HEADLINE)
    world.apply(config(cut, PORTAL, feeds=[ALL, AGENCIES]), LATER)
    (item,) = world.feed("agencies").items
    assert (item.lead.title, item.lead.summary) == (TITLE, "")
    assert world.feed("agencies").changed_at == LATER


def test_a_new_topic_of_a_source_moves_its_articles(world: World) -> None:
    topical = FeedSpec(
        slug="all", title="All", clauses=(Clause(include=Query(topics=("esteri",))),)
    )
    world.apply(config(ANSA, PORTAL, feeds=[topical]), LATER)
    assert world.titles() == []
    world.apply(config(replace(ANSA, topics=("esteri",)), PORTAL, feeds=[topical]), LATER)
    assert world.titles() == [TITLE]


def test_a_slower_rhythm_changes_no_feed(world: World) -> None:
    before = world.feed("all")
    slower = replace(ANSA, interval=timedelta(hours=1))
    world.apply(config(slower, PORTAL, feeds=[ALL, AGENCIES]), LATER)
    assert world.feed("all") == replace(before, sources=world.feed("all").sources)


def test_a_feed_that_is_not_there_any_more_is_not_served(world: World) -> None:
    world.apply(config(ANSA, PORTAL, feeds=[ALL]), LATER)
    assert world.store.feed("agencies") is None
    assert world.store.generation("agencies") is None


def test_the_services_preference_decides_where_a_feed_has_none(world: World) -> None:
    page = {"url": "https://news.example/a"}
    world.lists("ansa", entry("ansa", "guid:5", TITLE, **page), at=NOON + MINUTE)
    world.lists("portale", entry("portale", "guid:6", f"{TITLE}, ecco", **page), at=NOON + MINUTE)
    assert world.titles()[0] == TITLE
    world.apply(config(ANSA, PORTAL, feeds=[ALL, AGENCIES], prefer=("portale",)), LATER)
    assert world.titles()[0] == f"{TITLE}, ecco"


def test_a_new_name_of_a_source_changes_the_bytes_and_no_date(world: World) -> None:
    page = {"url": "https://news.example/a"}
    world.lists("ansa", entry("ansa", "guid:5", TITLE, **page), at=NOON + MINUTE)
    world.lists("portale", entry("portale", "guid:6", TITLE, **page), at=NOON + MINUTE)
    before = world.feed("all")
    renamed = replace(PORTAL, name="Il Portale")
    world.apply(config(ANSA, renamed, feeds=[ALL, AGENCIES]), LATER)
    after = world.feed("all")
    assert after.generation > before.generation
    assert [item.updated for item in after.items] == [item.updated for item in before.items]


def test_a_feed_that_comes_back_is_no_generation_that_it_ever_was(world: World) -> None:
    before = world.feed("agencies").generation
    world.apply(config(ANSA, PORTAL, feeds=[ALL]), LATER)
    world.apply(config(ANSA, PORTAL, feeds=[ALL, AGENCIES]), LATER + MINUTE)
    assert world.feed("agencies").generation > before


def test_a_source_that_comes_back_at_another_address_asks_for_everything(world: World) -> None:
    world.apply(config(PORTAL, feeds=[ALL, AGENCIES]), LATER)
    moved = replace(ANSA, url="https://ansa.example/new.xml")
    world.apply(config(moved, PORTAL, feeds=[ALL, AGENCIES]), LATER)
    assert world.store.window("ansa").places == ()


def test_what_the_old_address_said_meanwhile_is_dropped(world: World) -> None:
    before = world.store.sources()
    asked = world.config.sources[0]
    world.apply(
        config(replace(ANSA, url="https://ansa.example/new.xml"), PORTAL, feeds=[ALL, AGENCIES]),
        LATER,
    )
    at = LATER + MINUTE
    late = reading("ansa", [entry("ansa", "guid:9", "Borse in calo")], at)
    done = Ingest(world.store).commit(asked, late, _never)
    assert (done.why, world.titles("agencies")) == ("dropped", [TITLE])
    assert world.store.sources()[0].state.last_success == before[0].state.last_success


def _never(tally: Tally) -> SourceState:
    raise AssertionError("a dropped outcome settles nothing")
