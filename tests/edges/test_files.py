"""A folder as a source, on a real disk and a real store: what is read, when, and what never is."""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from aggregator.ingest import Ingest
from aggregator.model.entry import Status
from aggregator.model.fetched import Fetched, FetchResult, NotModified, Refused, Why
from aggregator.model.source import Kind, Source, SourceState
from aggregator.polling import files
from aggregator.polling.alone import alone
from aggregator.polling.poll import Poller
from aggregator.ports import Done
from tests.support.polling import FakeClock, ScriptedFetcher, read_at_once, rss
from tests.support.wires import message, news_item, ninjs
from tests.support.world import MINUTE, NOON, World, config, source

SECOND = timedelta(seconds=1)
HEAD = "<headline>{}</headline>"


def put(folder: Path, name: str, body: bytes, changed: datetime = NOON - MINUTE) -> Path:
    """A file as a transfer leaves it."""
    path = folder / name
    path.write_bytes(body)
    stamp = changed.timestamp()
    os.utime(path, (stamp, stamp))
    return path


def wire(folder: Path, pattern: str = "*.xml", **given: int) -> Source:
    return source("ansa", url=f"file://{folder}/{pattern}", kind=Kind.AGENCY, **given)


def visit(source: Source) -> FetchResult:
    state = SourceState(source_id=source.id, next_poll_at=NOON)
    return asyncio.run(files.fetch(source, state, NOON))


def read_names(source: Source) -> list[str]:
    found = visit(source)
    assert isinstance(found, Fetched), found
    return [part.name for part in found.parts]


class Desk:
    """A poller over a store whose one source is a folder."""

    def __init__(self, folder: Path, pattern: str) -> None:
        self.inbox = folder / "inbox"
        self.inbox.mkdir()
        self.source = wire(self.inbox, pattern)
        self.world = World(folder / "news.db", config(self.source))
        self.clock = FakeClock()
        self.told: list[Done] = []

    def poll(self) -> Done:
        """One visit, a minute after the last."""
        self.clock.advance(MINUTE)
        poller = Poller(
            schedule=self.world.store,
            fetch=files.beside(ScriptedFetcher({}).fetch),
            read=read_at_once,
            commit=Ingest(self.world.store).commit,
            clock=self.clock,
            observe=self.told.append,
        )

        async def one() -> tuple[Done, ...]:
            done = await poller.run(["ansa"])
            await poller.drain()
            return done

        (done,) = asyncio.run(one())
        return done

    def findings(self) -> list[str]:
        (status,) = self.world.store.sources()
        return [name for name, _ in status.findings]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path, "*")
    yield made
    made.world.store.close()


def test_files_are_read_oldest_first_and_only_those_that_are_meant(tmp_path: Path) -> None:
    put(tmp_path, "b.xml", b"2", NOON - 2 * MINUTE)
    put(tmp_path, "a.xml", b"1")
    put(tmp_path, "c.txt", b"not asked for")
    put(tmp_path, ".d.xml", b"hidden by the transfer")
    (tmp_path / "e.xml").mkdir()
    assert read_names(wire(tmp_path)) == ["b.xml", "a.xml"]


def test_a_link_is_not_followed_wherever_it_leads(tmp_path: Path) -> None:
    secret = put(tmp_path, "secret.key", b"s")
    (tmp_path / "a.xml").symlink_to(secret)
    assert isinstance(visit(wire(tmp_path)), NotModified)


def test_a_file_that_is_still_being_written_waits(tmp_path: Path) -> None:
    put(tmp_path, "a.xml", b"1", NOON - SECOND)
    put(tmp_path, "b.xml", b"2", NOON - 3 * SECOND)
    assert read_names(wire(tmp_path)) == ["b.xml"]


def test_a_stamp_far_ahead_is_no_reason_to_wait(tmp_path: Path) -> None:
    put(tmp_path, "a.xml", b"1", NOON + 60 * MINUTE)
    assert read_names(wire(tmp_path)) == ["a.xml"]


def test_one_visit_is_bounded_in_files_and_bytes(tmp_path: Path) -> None:
    for number in range(files.MOST_READ + 5):
        put(tmp_path, f"{number:03}.xml", b"x" * 10, NOON - MINUTE + number * SECOND / 10)
    assert len(read_names(wire(tmp_path))) == files.MOST_READ
    assert read_names(wire(tmp_path, max_size=25)) == ["000.xml", "001.xml"]


def test_a_file_that_is_too_large_is_named_and_stops_nobody(tmp_path: Path) -> None:
    put(tmp_path, "a.xml", b"x" * 50, NOON - 2 * MINUTE)
    put(tmp_path, "b.xml", b"x")
    found = visit(wire(tmp_path, max_size=25))
    assert isinstance(found, Fetched)
    assert [(part.name, bool(part.fault)) for part in found.parts] == [
        ("a.xml", True),
        ("b.xml", False),
    ]


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    found = visit(wire(tmp_path / "nowhere"))
    assert isinstance(found, Refused)
    assert found.why is Why.NOT_FOUND


def test_each_file_is_read_once(desk: Desk) -> None:
    put(desk.inbox, "1.xml", message(news_item(guid="a")))
    put(desk.inbox, "2.json", ninjs(headline="B"))
    put(desk.inbox, "3.rss", rss("C", "D"))
    first, second = desk.poll(), desk.poll()
    assert (first.why, first.tally.new) == ("fetched", 4)
    assert (second.why, second.tally.new) == ("not-modified", 0)


def test_a_new_file_and_a_changed_one_are_read_at_the_next_visit(desk: Desk) -> None:
    put(desk.inbox, "1.xml", news_item(guid="a").encode())
    desk.poll()
    put(desk.inbox, "1.xml", news_item(guid="a", version="2", content=HEAD.format("X")).encode())
    put(desk.inbox, "0.xml", news_item(guid="b").encode(), NOON - 60 * MINUTE)
    done = desk.poll()
    assert (done.tally.new, done.tally.revised) == (1, 1)


def test_versions_that_lie_side_by_side_become_one_item(desk: Desk) -> None:
    for number in (2, 3, 1):
        body = news_item(guid="a", version=str(number), content=HEAD.format(f"Take {number}"))
        put(desk.inbox, f"{number}.xml", body.encode())
    assert desk.poll().tally.new == 1
    (known,) = desk.world.store.known("ansa", ["guid:a"])
    assert (known.entry.title, known.entry.version) == ("Take 3", 3)
    assert desk.poll().why == "not-modified"


def test_a_cancellation_takes_the_item_out_of_the_feeds(desk: Desk) -> None:
    put(desk.inbox, "1.xml", news_item(guid="a").encode())
    desk.poll()
    assert [feed.items for feed in desk.world.store.feeds()] == [1]
    kill = news_item(guid="a", version="1", meta='<pubStatus qcode="stat:canceled"/>')
    put(desk.inbox, "2.xml", kill.encode())
    desk.poll()
    (known,) = desk.world.store.known("ansa", ["guid:a"])
    assert known.entry.status is Status.CANCELED
    assert [feed.items for feed in desk.world.store.feeds()] == [0]


def test_what_cannot_be_read_is_named_once_and_the_rest_is_read(desk: Desk) -> None:
    put(desk.inbox, "1.xml", b"<NewsML><NewsItem/></NewsML>", NOON - 60 * MINUTE)
    put(desk.inbox, "2.xml", news_item(guid="a").encode())
    assert desk.poll().tally.new == 1
    assert desk.findings() == ["unreadable-file"]
    assert desk.poll().why == "not-modified"


def test_a_cut_file_is_left_until_it_is_whole(desk: Desk) -> None:
    whole = message(news_item(guid="a"), news_item(guid="b"))
    put(desk.inbox, "1.xml", whole[:-400])
    put(desk.inbox, "2.xml", news_item(guid="c").encode())
    desk.poll()
    put(desk.inbox, "1.xml", whole, NOON)
    desk.poll()
    known = desk.world.store.known("ansa", ["guid:a", "guid:b", "guid:c"])
    assert [one.entry.key for one in known] == ["guid:a", "guid:b", "guid:c"]


def test_files_that_are_moved_away_withdraw_nothing(desk: Desk) -> None:
    put(desk.inbox, "1.xml", news_item(guid="a").encode()).unlink()
    put(desk.inbox, "2.xml", news_item(guid="b").encode())
    desk.poll()
    (desk.inbox / "2.xml").unlink()
    assert desk.poll().why == "not-modified"
    assert [feed.items for feed in desk.world.store.feeds()] == [1]


def test_nothing_is_moved_or_deleted(desk: Desk) -> None:
    put(desk.inbox, "1.xml", news_item().encode())
    before = sorted(desk.inbox.iterdir())
    desk.poll()
    assert sorted(desk.inbox.iterdir()) == before


def test_a_folder_that_does_not_answer_is_given_up(tmp_path: Path) -> None:
    put(tmp_path, "a.xml", b"<a/>")
    found = visit(replace(wire(tmp_path), timeout=timedelta()))

    assert isinstance(found, Refused)
    assert found.why is Why.TIMEOUT


def test_what_blocks_for_ever_holds_up_neither_others_nor_the_end() -> None:
    never = threading.Event()

    async def main() -> str:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0):
                await alone(never.wait)
        return await alone(lambda: "answered")

    try:
        assert asyncio.run(main()) == "answered"
    finally:
        never.set()
