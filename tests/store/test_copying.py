"""A bounded copy of a store: whole articles, and nothing that points outside."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from aggregator.store.sqlite import copy, open_store
from tests.support.world import MINUTE, NOON, World, config, entry, source

BRIDGE = "https://ansa.example/ponte"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "a.db", config(source("ansa"), source("portale")))
    made.lists("ansa", entry("ansa", "guid:1", "Riaperto il ponte", url=BRIDGE))
    made.lists("ansa", entry("ansa", "guid:2", "Pioggia"), at=NOON + MINUTE)
    again = entry("portale", "guid:3", "Ponte riaperto", url=BRIDGE)
    made.lists("portale", again, at=NOON + 2 * MINUTE)
    yield made
    made.store.close()


def asked(path: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as conn:
        return conn.execute(sql).fetchall()


def titles(path: Path) -> list[str]:
    with closing(open_store(path)) as store:
        return sorted(e.title for article in store.all_articles() for e in article.entries)


@pytest.mark.parametrize(
    ("newest", "expected"),
    [
        pytest.param(1, ["Ponte riaperto", "Riaperto il ponte"], id="with all of its article"),
        pytest.param(9, ["Pioggia", "Ponte riaperto", "Riaperto il ponte"], id="all there is"),
    ],
)
def test_the_articles_of_the_newest_entries_are_copied(
    world: World, tmp_path: Path, newest: int, expected: list[str]
) -> None:
    copy(world.path, tmp_path / "b.db", newest=newest)
    assert titles(tmp_path / "b.db") == expected


def test_the_copy_holds_what_the_feeds_and_articles_held(world: World, tmp_path: Path) -> None:
    copy(world.path, tmp_path / "b.db", newest=9)
    with closing(open_store(tmp_path / "b.db")) as store:
        assert store.feed("all") == world.feed()
        assert tuple(store.all_articles()) == tuple(world.store.all_articles())
        assert store.configured() == world.store.configured()


def test_nothing_in_the_copy_points_outside(world: World, tmp_path: Path) -> None:
    with world.store.transaction() as conn:
        conn.execute("UPDATE entries SET superseded_by = 2 WHERE id = 1")
    copy(world.path, tmp_path / "b.db", newest=1)
    assert asked(tmp_path / "b.db", "PRAGMA foreign_key_check") == []
    assert asked(tmp_path / "b.db", "SELECT superseded_by FROM entries WHERE id = 1") == [(None,)]


def test_the_store_itself_is_only_read(world: World, tmp_path: Path) -> None:
    before = world.feed()
    copy(world.path, tmp_path / "b.db", newest=9)
    with closing(open_store(tmp_path / "b.db")) as store, store.transaction() as conn:
        conn.execute("DELETE FROM articles")
    assert world.feed() == before
