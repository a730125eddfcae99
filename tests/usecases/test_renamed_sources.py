"""A source that gets another name: its entries, state and history move, and readers see nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aggregator.matching.renames import renames
from aggregator.model.feed import Collapse, FeedSpec
from aggregator.model.source import Source
from tests.support.world import MINUTE, NOON, World, config, entry, source

OLD = source("ansa")
NEW = replace(OLD, id="ansa-mondo")
OTHER = source("portale")
FEEDS = (
    FeedSpec(slug="all", title="All"),
    FeedSpec(slug="voices", title="Voices", collapse=Collapse.NONE),
)
LATER = NOON + 10 * MINUTE
PONTE = entry("ansa", "guid:1", "Riaperto il ponte", url="https://ansa.example/1")
RENAMED = replace(PONTE, source_id="ansa-mondo")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "a.db", config(OLD, OTHER, feeds=FEEDS))
    made.lists("ansa", PONTE)
    made.apply(config(NEW, OTHER, feeds=FEEDS), LATER)
    yield made
    made.store.close()


def uids(world: World, slug: str = "all") -> list[str]:
    return [item.uid for item in world.feed(slug).items]


@pytest.mark.parametrize("slug", ["all", "voices"])
def test_its_items_keep_their_ids_and_times(tmp_path: Path, slug: str) -> None:
    world = World(tmp_path / "b.db", config(OLD, OTHER, feeds=FEEDS))
    world.lists("ansa", PONTE)
    (before,) = world.feed(slug).items
    world.apply(config(NEW, OTHER, feeds=FEEDS), LATER)
    (after,) = world.feed(slug).items
    world.store.close()
    assert after.lead.source_id == "ansa-mondo"
    assert (after.uid, after.position, after.updated) == (
        before.uid,
        before.position,
        before.updated,
    )


def test_what_it_lists_again_is_known(world: World) -> None:
    before = uids(world)
    done = world.lists("ansa-mondo", RENAMED, at=LATER)
    assert (done.tally.new, done.tally.revised) == (0, 0)
    assert uids(world) == before


def test_a_revision_and_a_copy_leave_the_id_as_it_is(world: World) -> None:
    before = uids(world)
    edited = replace(RENAMED, title="Riaperto il ponte, festa in piazza", digest="edited")
    world.lists("ansa-mondo", edited, at=LATER)
    world.lists("portale", entry("portale", "guid:7", "Ponte", url=PONTE.url), at=LATER + MINUTE)
    assert uids(world) == before
    dossier = world.store.dossier("ansa-mondo/guid:1")
    assert dossier is not None
    assert [state.title for state in dossier.revisions[RENAMED.ref]] == ["Riaperto il ponte"]


def test_which_of_two_that_came_together_founded_the_article_stays(tmp_path: Path) -> None:
    world = World(tmp_path / "b.db", config(OLD, OTHER, feeds=FEEDS))
    world.lists("ansa", PONTE)
    world.lists("portale", entry("portale", "guid:7", "Ponte", url=PONTE.url))
    before = uids(world)
    world.apply(config(replace(OLD, id="zansa"), OTHER, feeds=FEEDS), LATER)
    again = replace(PONTE, source_id="zansa", title="Riaperto il ponte oggi", digest="edited")
    world.lists("zansa", again, at=LATER)
    assert uids(world) == before
    world.store.close()


def test_its_state_moves_with_it(world: World) -> None:
    (status, _) = world.store.sources()
    assert (status.source.id, status.entries) == ("ansa-mondo", 1)
    assert status.state.last_success == NOON
    assert not world.store.window("ansa").places


def test_another_source_under_the_old_name_may_list_the_same(world: World) -> None:
    again = replace(OLD, url="https://ansa.example/another.xml")
    world.apply(config(NEW, again, OTHER, feeds=FEEDS), LATER)
    world.lists("ansa", replace(PONTE, url="https://ansa.example/2", canonical=""), at=LATER)
    assert len(set(uids(world))) == 2
    assert len(set(uids(world, "voices"))) == 2


def test_renamed_back_it_is_as_it_was(world: World) -> None:
    before = uids(world)
    world.apply(config(OLD, OTHER, feeds=FEEDS), LATER + MINUTE)
    assert uids(world) == before
    assert world.lists("ansa", PONTE, at=LATER + MINUTE).tally.new == 0


AT_B = replace(OLD, url="https://b.example/rss")


@pytest.mark.parametrize(
    ("known", "wanted", "expected"),
    [
        pytest.param([OLD], [NEW], {"ansa": "ansa-mondo"}, id="another name, the same address"),
        pytest.param(
            [OLD],
            [replace(NEW, url=f"{OLD.url}?utm_source=x")],
            {"ansa": "ansa-mondo"},
            id="written otherwise",
        ),
        pytest.param([OLD], [OLD, NEW], {}, id="the old name stays"),
        pytest.param([OLD], [AT_B, NEW], {}, id="the old name stays, with another address"),
        pytest.param([OLD, NEW], [NEW], {}, id="the new name has a history of its own"),
        pytest.param([AT_B], [NEW], {}, id="another address"),
    ],
)
def test_what_is_a_rename(
    known: list[Source], wanted: list[Source], expected: dict[str, str]
) -> None:
    assert renames(known, wanted) == expected
