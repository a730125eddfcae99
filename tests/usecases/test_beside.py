"""Items that very many entries carry: what is linked is bounded, and known by its digest."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from aggregator.model.entry import Entry
from aggregator.model.feed import Collapse, Feed, FeedSpec
from aggregator.model.source import Kind
from aggregator.selection.live import MOST_BESIDE, is_free
from aggregator.store.sqlite import rows
from tests.support.world import MINUTE, NOON, World, config, entry, source

FEEDS = (
    FeedSpec(slug="all", title="All"),
    FeedSpec(slug="stories", title="Stories", collapse=Collapse.STORY),
)
TITLE = "Riaperto al traffico il ponte sul Marzeno dopo un anno di lavori"
PORTALS = [f"portale{n:02}" for n in range(MOST_BESIDE + 9)]
SOURCES = (
    source("ansa", kind=Kind.AGENCY, agency="ansa", language="it"),
    *(source(name, language="it") for name in PORTALS),
)
WIRE = entry("ansa", "guid:1", TITLE, language="it")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database after all have told it: made once, as it takes seconds."""
    path = tmp_path_factory.mktemp("told") / "news.db"
    made = World(path, config(*SOURCES, feeds=FEEDS))
    made.lists("ansa", WIRE)
    for minute, name in enumerate(PORTALS, start=1):
        made.lists(name, copy(name), at=NOON + minute * MINUTE)
    made.store.close()
    return path


@pytest.fixture
def world(told: Path, tmp_path: Path) -> Iterator[World]:
    path = Path(shutil.copy(told, tmp_path))
    made = World(path, config(*SOURCES, feeds=FEEDS))
    yield made
    made.store.close()


def copy(name: str) -> Entry:
    return entry(name, "guid:1", TITLE, language="it")


def linked(feed: Feed) -> list[str]:
    (item,) = feed.items
    assert item.lead.ref == WIRE.ref
    return [one.source_id for one in item.copies]


@pytest.mark.parametrize("slug", ["all", "stories"])
def test_of_very_many_copies_those_that_came_last_are_linked(world: World, slug: str) -> None:
    assert linked(world.feed(slug)) == PORTALS[-MOST_BESIDE:]


@pytest.mark.parametrize("slug", ["all", "stories"])
def test_a_copy_that_is_not_linked_changes_no_feed_when_it_changes(world: World, slug: str) -> None:
    before = world.feed(slug)
    first, at = PORTALS[0], NOON + 200 * MINUTE
    world.lists(first, entry(first, "guid:1", TITLE, language="it", authors=("A",)), at=at)
    assert world.feed(slug) == before


@pytest.mark.parametrize("slug", ["all", "stories"])
def test_a_copy_that_is_linked_changes_the_feed_when_it_leaves(world: World, slug: str) -> None:
    before = world.feed(slug)
    fewer = [one for one in world.config.sources if one.id != PORTALS[-1]]
    world.apply(config(*fewer, feeds=FEEDS), at=NOON + 200 * MINUTE)
    assert linked(world.feed(slug)) == PORTALS[-MOST_BESIDE - 1 : -1]
    assert world.feed(slug).generation > before.generation


MARKS = [
    "status = 'withheld'",
    "held = 1",
    "notice = 'kill'",
    "gone = 1",
    "superseded_by = 1",
    "withdrawn = 1",
]


@pytest.mark.parametrize("mark", MARKS)
def test_the_store_reads_no_entry_that_may_not_be_shown(world: World, mark: str) -> None:
    """So that those that may are never pushed out of what is linked."""
    many = ", ".join(f"'{name}'" for name in PORTALS[9:])
    with world.store.transaction() as conn:
        conn.execute(f"UPDATE entries SET {mark} WHERE source_id IN ({many})")
    (row,) = world.store._all(f"SELECT count(*) AS n FROM entries WHERE {rows.FREE}")
    entries = world.store.articles_of([WIRE.ref])[0].entries
    assert row["n"] == len([one for one in entries if is_free(one)]) == 10
