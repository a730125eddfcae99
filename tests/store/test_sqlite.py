"""The SQLite store keeps the contract, and promises of its own: migrations and read-only use."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from aggregator.errors import SchemaTooNew, StoreError
from aggregator.model.feed import Clause, Collapse, FeedSpec, Order, Query
from aggregator.model.source import Kind
from aggregator.store.sqlite import Store, open_shelf, open_store
from tests.store.contract import StoreContract

SCHEMA = Path(__file__).with_name("schema.sql")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "a.db")
    yield opened
    opened.close()


@pytest.fixture
def full_spec() -> FeedSpec:
    query = Query(kinds=(Kind.AGENCY,), topics=("esteri",), words=("/a+/", "perché"))
    return FeedSpec(
        slug="full",
        title="Full",
        clauses=(Clause(include=query, exclude=(Query(sources=("a",)), Query())), Clause()),
        description="d",
        language="it",
        collapse=Collapse.NONE,
        order=Order.TRENDING,
        limit=7,
        prefer=("ansa",),
        max_age=timedelta(hours=6),
        was=("old",),
    )


class TestSQLite(StoreContract):
    pass


def test_a_fresh_schema_is_the_frozen_one(store: Store, tmp_path: Path) -> None:
    assert schema_of(tmp_path / "a.db") == SCHEMA.read_text(encoding="utf-8")


def test_opening_again_migrates_nothing(store: Store, tmp_path: Path) -> None:
    before = (tmp_path / "a.db").read_bytes()
    store.close()
    open_store(tmp_path / "a.db").close()
    assert schema_of(tmp_path / "a.db") == SCHEMA.read_text(encoding="utf-8")
    assert len((tmp_path / "a.db").read_bytes()) >= len(before)


def test_a_database_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    open_store(tmp_path / "a.db").close()
    with sqlite3.connect(tmp_path / "a.db") as conn:
        conn.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "VALUES ('aggregator', 'm9999_of_the_future', '2030-01-01')"
        )
    conn.close()
    with pytest.raises(SchemaTooNew, match="m9999_of_the_future"):
        open_store(tmp_path / "a.db")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nowhere"):
        open_store(tmp_path / "nowhere" / "a.db")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("a diary, not a database; long enough to be looked into" * 20)
    with pytest.raises(StoreError, match="not a database"):
        open_store(tmp_path / "a.db")


def test_a_reader_never_makes_the_file(tmp_path: Path) -> None:
    shelf = open_shelf(tmp_path / "a.db")
    assert "cannot be read" in (shelf.not_ready() or "")
    assert not (tmp_path / "a.db").exists()


def test_a_reader_becomes_ready_when_the_poller_has_made_the_file(tmp_path: Path) -> None:
    shelf = open_shelf(tmp_path / "a.db")
    assert shelf.not_ready() is not None
    store = open_store(tmp_path / "a.db")
    assert shelf.not_ready() == "no configuration has been applied yet"
    shelf.close()
    store.close()


def test_a_reader_cannot_write(store: Store, tmp_path: Path) -> None:
    shelf = open_shelf(tmp_path / "a.db")
    with pytest.raises(StoreError, match="readonly"), shelf.transaction() as conn:
        conn.execute("DELETE FROM sources")
    shelf.close()


def schema_of(path: Path) -> str:
    conn = sqlite3.connect(path)
    found = conn.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '\\_sqlite%' "
        "ESCAPE '\\' ORDER BY type DESC, name"
    ).fetchall()
    conn.close()
    return "".join(f"{sql};\n" for (sql,) in found)
