"""The operator teaches an agency: what is there already is read anew, and credited in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from aggregator.model.agency import Agency, Credit
from aggregator.model.feed import Clause, FeedSpec, Query
from aggregator.model.reading import Reading, Window
from aggregator.model.source import Source
from aggregator.ports import Tally
from aggregator.reading import read
from tests.support.documents import as_fetched, rss
from tests.support.world import MINUTE, NOON, World, config, source

NORD = Agency(key="nord", name="Agenzia Nord", spellings=("AgNord",), languages=("it",))
NORDS = FeedSpec(slug="nord", title="Nord", clauses=(Clause(include=Query(agencies=("nord",))),))
ALL = FeedSpec(slug="all", title="All")
DOCUMENT = rss(
    "<title>Il ponte riapre</title><guid>1</guid>"
    "<description>(AgNord) - TORINO, 12 MAR - Il ponte riapre domani.</description>"
)
PORTAL = source("portale")
TAUGHT = replace(PORTAL, agencies=(NORD,))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "a.db", config(PORTAL, feeds=[ALL, NORDS]))
    yield made
    made.store.close()


def polled(world: World, of: Source, minutes: int) -> Tally:
    at = NOON + minutes * MINUTE
    found = read(as_fetched(DOCUMENT, of, at=at), of, world.store.window(of.id))
    assert isinstance(found, Reading)
    return world.take(found).tally


def credits_shown(world: World) -> list[Credit | None]:
    return [item.lead.credit for item in world.feed("all").items]


def test_a_new_agency_credits_what_is_there_without_a_revision(world: World) -> None:
    polled(world, PORTAL, 0)
    before = world.feed("all").items[0]
    world.apply(config(TAUGHT, feeds=[ALL, NORDS]), NOON + MINUTE)
    tally = polled(world, TAUGHT, 2)
    after = world.feed("all").items[0]
    assert after.lead.credit is not None
    assert (after.lead.credit.agency, after.lead.credit.name) == ("nord", "Agenzia Nord")
    assert (after.uid, after.position, after.lead.revision) == (before.uid, before.position, 1)
    assert (tally.new, tally.revised) == (0, 0)
    assert world.titles("nord") == ["Il ponte riapre"]


def test_an_agency_that_is_taken_away_takes_its_credits_with_it(world: World) -> None:
    world.apply(config(TAUGHT, feeds=[ALL, NORDS]))
    polled(world, TAUGHT, 0)
    world.apply(config(PORTAL, feeds=[ALL, NORDS]), NOON + MINUTE)
    polled(world, PORTAL, 2)
    assert credits_shown(world) == [None]
    assert world.titles("nord") == []


def test_a_change_of_agencies_makes_every_source_due_with_nothing_remembered(
    world: World,
) -> None:
    polled(world, PORTAL, 0)
    world.apply(config(TAUGHT, feeds=[ALL, NORDS]), NOON + MINUTE)
    (claim,) = world.store.claim_due(NOON + MINUTE, limit=9, per_host=9, lease=timedelta(minutes=5))
    assert (claim.source, claim.state.window) == (TAUGHT, Window())


def test_the_same_configuration_forgets_nothing(world: World) -> None:
    world.apply(config(TAUGHT, feeds=[ALL, NORDS]))
    polled(world, TAUGHT, 0)
    window = world.store.window("portale")
    world.apply(config(TAUGHT, feeds=[ALL, NORDS]), NOON + MINUTE)
    assert world.store.window("portale") == window != Window()
