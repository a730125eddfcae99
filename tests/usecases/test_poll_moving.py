"""What a source's server says of its address, over days: asked, believed and taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from aggregator.ingest import Ingest
from aggregator.model.source import SourceState
from aggregator.polling.fetch import Client
from aggregator.polling.moving import ANSWERS, LASTING, RECHECK
from aggregator.polling.poll import Poller
from aggregator.ports import Done
from tests.support.polling import FakeClock, read_at_once, rss
from tests.support.server import Answer, Server, head, http
from tests.support.world import World, config, source

FEED = rss("Una notizia", "Un’altra notizia")
SPACE = LASTING / (ANSWERS - 1)
MOVED: list[Answer] = [http(301, Location="/new")]


class Outlet:
    """One source of a real store, polled over real sockets at the times that a test says."""

    def __init__(self, folder: Path, answers: Mapping[str, list[Answer]]) -> None:
        self.folder = folder
        self.answers = answers
        self.paths: list[str] = []
        self.done: list[Done] = []

    def polled(self, *pauses: timedelta) -> SourceState:
        """The state after one poll and one more after each pause."""
        return asyncio.run(self._polled(pauses))

    async def _polled(self, pauses: tuple[timedelta, ...]) -> SourceState:
        clock = FakeClock()
        async with Server(self.answers) as server, Client({}) as client:
            url = f"http://127.0.0.1:{server.port}/feed"
            world = World(
                self.folder / "news.db", config(source("ansa", url=url, allow_private=True))
            )
            poller = Poller(
                schedule=world.store,
                fetch=client.fetch,
                read=read_at_once,
                commit=Ingest(world.store).commit,
                clock=clock,
                observe=self.done.append,
            )
            for pause in (timedelta(), *pauses):
                clock.advance(pause)
                await poller.run(["ansa"])
            await poller.drain()
            self.paths = [request.path for request in server.requests]
            (status,) = world.store.sources()
            return replace(status.state, window=world.store.window("ansa"))


def test_rule_040_a_source_that_has_moved_is_asked_there_after_a_day(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path, {"/feed": MOVED, "/new": [http(200, FEED)]})

    state = outlet.polled(*[SPACE] * ANSWERS)

    assert state.moved_to is not None
    assert state.moved_to.endswith("/new")
    assert outlet.paths == ["/feed", "/new"] * ANSWERS + ["/new"]


def test_rule_041_a_redirect_to_a_home_page_keeps_the_old_address(tmp_path: Path) -> None:
    page = http(200, b"<!DOCTYPE html><html><title>Portale</title><p>Notizie</p></html>")
    outlet = Outlet(tmp_path, {"/feed": MOVED, "/new": [page]})

    state = outlet.polled(*[SPACE] * ANSWERS)

    assert (state.moved_to, state.moving_to, state.result) == (None, None, "html-page")


def test_rule_045_a_move_that_was_taken_back_is_forgotten_after_three_days(tmp_path: Path) -> None:
    back: list[Answer] = [*MOVED * ANSWERS, http(200, FEED)]
    outlet = Outlet(tmp_path, {"/feed": back, "/new": [http(200, FEED)]})

    state = outlet.polled(*[SPACE] * ANSWERS, RECHECK)

    assert (state.moved_to, state.moved_checked) == (None, None)
    assert outlet.paths[-2:] == ["/new", "/feed"]


def test_rule_047_a_304_for_ever_is_not_believed_for_longer_than_a_day(tmp_path: Path) -> None:
    first = http(200, FEED, ETag='"1"')
    news = http(200, rss("Una notizia nuova"), ETag='"1"')
    outlet = Outlet(tmp_path, {"/feed": [first, http(304), news]})

    state = outlet.polled(timedelta(hours=23), timedelta(hours=1))

    assert [done.tally.new for done in outlet.done] == [2, 0, 1]
    assert state.last_full == state.last_attempt


def test_a_body_that_broke_off_takes_nothing_away(tmp_path: Path) -> None:
    half = head(200, Content_Length=str(len(FEED))) + FEED[: FEED.index(b"</item>") + 7]
    outlet = Outlet(tmp_path, {"/feed": [http(200, FEED, ETag='"1"'), half]})

    state = outlet.polled(timedelta(hours=1))

    assert state.result == "fetched"
    assert len(state.window.places) == 2
    assert state.validators.etag == '"1"'


def test_too_little_of_a_body_is_the_connections_fault(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path, {"/feed": [head(200, Content_Length="900") + b"<?xml versi"]})

    state = outlet.polled()

    assert state.result == "unreachable"
    assert state.detail == "the answer broke off after 11 bytes"
