"""Whatever moment the service dies in, the next start goes on from there.

The supervisor is killed without a word at random moments of a newsroom's day; a second service over
the same newsroom is left alone, and in the end both must have understood the same.
"""

from __future__ import annotations

import os
import random  # noqa: TID251 - the moments of the kills, from a printed seed
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from aggregator.newsroom import Server, World, feeds_yaml, serve
from aggregator.newsroom.truth import Name, Partition, by_page, truth
from tests.support.process import Running, free_port, is_alive, is_free, serving, wait_until

KILLS = int(os.environ.get("AGGREGATOR_KILLS", "20"))
SEED = int(os.environ.get("AGGREGATOR_SEED", "0")) or time.time_ns() % 100_000


@dataclass
class Clock:
    """The newsroom's clock, which can be stopped; nothing changes then any more."""

    stopped: datetime | None = None

    def __call__(self) -> datetime:
        return self.stopped or datetime.now(UTC)  # noqa: TID251


@dataclass(frozen=True)
class Understood:
    """What a database says of the news: what is one article, the titles, what is in no output."""

    partition: Partition
    titles: dict[Name, str]
    withdrawn: frozenset[Name]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world() -> World:
    start = datetime.now(UTC)  # noqa: TID251
    return World(seed=SEED, start=start, speed=60, past=timedelta(hours=6))


@pytest.fixture
def newsroom(world: World, clock: Clock) -> Iterator[Server]:
    with serve(world, clock) as server:
        yield server


def test_kills_at_random_moments_change_nothing_in_the_end(
    newsroom: Server, world: World, clock: Clock, tmp_path: Path
) -> None:
    print(f"seed {SEED}, {KILLS} kills")
    disturbed = service(tmp_path, "disturbed", newsroom)
    undisturbed = service(tmp_path, "undisturbed", newsroom, "--poll-only")
    undisturbed.start()
    try:
        kill_at_random(disturbed, random.Random(SEED))
        disturbed.start()
        disturbed.wait_ready()
        clock.stopped = datetime.now(UTC)  # noqa: TID251
        outlets = len(world.roster)
        for running in (disturbed, undisturbed):
            wait_until(lambda: polled_since(running, clock(), outlets), "a last poll of all")  # noqa: B023
    finally:
        codes = [running.stop() for running in (disturbed, undisturbed)]
    assert codes == [0, 0]
    assert faults(disturbed) == []
    assert understood(disturbed) == understood(undisturbed)
    assert divided(understood(disturbed), by_page(truth(world, clock(), world.start))) == []


def divided(found: Understood, pages: Partition) -> list[frozenset[Name]]:
    """Pages whose items are not all of one article."""
    home = {name: group for group in found.partition for name in group}
    return [page for page in pages if len({home.get(name) for name in page}) > 1]


def kill_at_random(running: Running, chance: random.Random) -> None:
    """Start, let run for a moment, kill; nothing may be left that keeps the port or the lane."""
    for _ in range(KILLS):
        running.start()
        time.sleep(chance.uniform(0.0, 4.0))
        orphans = running.descendants()
        running.kill()
        wait_until(lambda: not any(map(is_alive, orphans)), f"the end of {orphans}")  # noqa: B023
        assert is_free(running.port)


def service(folder: Path, name: str, newsroom: Server, *more: str) -> Running:
    (folder / name).mkdir()
    path = folder / name / "feeds.yaml"
    path.write_text(feeds_yaml(newsroom.base))
    return serving(path, free_port(), *more)


def database(running: Running) -> Path:
    return running.log.parent / "demo.db"


def polled_since(running: Running, when: datetime, sources: int) -> bool:
    """Whether every source has been polled with success since a moment."""
    with closing(sqlite3.connect(database(running))) as conn:
        (count,) = conn.execute(
            "SELECT count(*) FROM sources WHERE last_success > ? AND result IS NOT NULL",
            (when.timestamp() * 1_000_000,),
        ).fetchone()
    return bool(count == sources)


def faults(running: Running) -> list[str]:
    """What SQLite finds wrong with the file."""
    with closing(sqlite3.connect(database(running))) as conn:
        checked = [row[0] for row in conn.execute("PRAGMA integrity_check")]
        dangling = [str(row) for row in conn.execute("PRAGMA foreign_key_check")]
    return [line for line in checked if line != "ok"] + dangling


def understood(running: Running) -> Understood:
    with closing(sqlite3.connect(database(running))) as conn:
        rows = conn.execute(
            "SELECT source_id, entries.url, title, articles.uid, entries.withdrawn "
            "FROM entries JOIN articles ON articles.id = article_id"
        ).fetchall()
    groups: dict[str, set[Name]] = {}
    for source_id, url, _, uid, _ in rows:
        groups.setdefault(uid, set()).add(name_of(source_id, url))
    killed = {uid for _, _, _, uid, gone in rows if gone}
    return Understood(
        partition=frozenset(frozenset(group) for group in groups.values()),
        titles={name_of(source_id, url): title for source_id, url, title, _, _ in rows},
        withdrawn=frozenset(name_of(name, url) for name, url, _, uid, _ in rows if uid in killed),
    )


def name_of(source_id: str, url: str) -> Name:
    """The newsroom's own name of an item: its link without the server's address."""
    parts = urlsplit(url)
    return Name(outlet=source_id, link=parts.path + (f"?{parts.query}" if parts.query else ""))
