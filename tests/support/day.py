"""A simulated newsroom's day through the real poller, reader, lane, upkeep and web.

The newsroom answers over HTTP on loopback; its clock, the poller's and the web's are one, which
stands until it is moved, so that what each poll did can be held against the truth of its moment.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient

from aggregator import config, configure, upkeep
from aggregator.desk import explain
from aggregator.ingest import Ingest
from aggregator.model.entry import EntryRef
from aggregator.model.fetched import Fetched, Refused
from aggregator.model.reading import Reading, Window
from aggregator.model.source import Source
from aggregator.newsroom import World, demo, serve
from aggregator.newsroom.truth import Name, Partition, Truth, truth
from aggregator.polling.fetch import Client
from aggregator.polling.poll import Poller
from aggregator.ports import Done
from aggregator.reading import body
from aggregator.serving.web.app import create_app
from aggregator.store.sqlite import Store, open_shelf, open_store
from tests.support.polling import FakeClock

FORMATS = ("rss", "atom", "json")
_FEEDS = """\
  everything: {title: Everything, limit: 1000}
  entries: {title: Entries, limit: 1000, collapse: none}
  stories: {title: Stories, limit: 1000, collapse: story}
"""


@dataclass
class Day:
    """The service over a world, between two polls of everything."""

    world: World
    store: Store
    web: FlaskClient
    clock: FakeClock
    known: dict[Name, Truth] = field(default_factory=dict)
    _guids: dict[str, str] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        return self.clock.now

    def get(self, address: str) -> tuple[int, str]:
        answer = self.web.get(address)
        return answer.status_code, answer.text

    def items(self, slug: str) -> list[dict[str, Any]]:
        """What a feed lists, as its JSON says it."""
        found: list[dict[str, Any]] = json.loads(self.get(f"/feeds/{slug}.json")[1])["items"]
        return found

    def shown(self) -> dict[Name, EntryRef]:
        """The entries that can be seen in a feed now, each for itself."""
        feed = self.store.feed("entries")
        assert feed
        return {self._name(item.lead.ref, item.lead.url): item.lead.ref for item in feed.items}

    def named(self) -> dict[Name, tuple[EntryRef, str]]:
        """Every entry that is stored, shown or not, with its article."""
        rows = self.store._conn.execute(
            "SELECT source_id, key, entries.url, articles.uid FROM entries "
            "JOIN articles ON articles.id = article_id"
        )
        named = {}
        for row in rows:
            ref = EntryRef(source_id=row["source_id"], key=row["key"])
            named[self._name(ref, row["url"])] = (ref, row["uid"])
        return named

    def articles(self) -> Partition:
        """The articles that the service makes of what the truth knows and no order is."""
        groups: dict[str, set[Name]] = {}
        for name, (_, uid) in self.named().items():
            if name in self.known and not self.known[name].notice:
                groups.setdefault(uid, set()).add(name)
        return frozenset(map(frozenset, groups.values()))

    def outputs(self) -> Iterator[tuple[str, str]]:
        """Everything that anybody can read without knowing where to look."""
        for summary in self.store.feeds():
            for form in FORMATS:
                address = f"/feeds/{summary.spec.slug}.{form}"
                yield address, self.get(address)[1]
            yield f"/feeds/{summary.spec.slug}", self.get(f"/feeds/{summary.spec.slug}")[1]
        yield "/", self.get("/")[1]

    def pages(self, uid: str) -> Iterator[tuple[str, int, str]]:
        """What is told of one article: its page in both languages, and its explanation."""
        bare = uid.removeprefix("urn:uuid:")
        for language in ("it", "en"):
            status, text = self.get(f"/articles/{bare}?lang={language}")
            yield f"/articles/{bare}?lang={language}", status, text
        dossier = self.store.dossier(uid)
        assert dossier
        specs = [summary.spec for summary in self.store.feeds()]
        setting = explain.Setting(sources=self.store.configured(), feeds=specs, prefer=())
        told = explain.explain(dossier, setting)
        yield f"explain {uid}", 410, json.dumps(told, ensure_ascii=False)

    def _name(self, ref: EntryRef, url: str) -> Name:
        """The newsroom's own name of an entry: its link, or what its guid names."""
        parts = urlsplit(url)
        link = parts.path + (f"?{parts.query}" if parts.query else "")
        return Name(outlet=ref.source_id, link=link or self._guids.get(ref.key, ""))

    def learn(self) -> None:
        """The truth of this moment."""
        self.known = {one.name: one for one in truth(self.world, self.now, self.world.start)}
        tag = "guid:tag:{}.example,2026:{}"
        self._guids = {tag.format(n.outlet, t.guid): n.link for n, t in self.known.items()}


Look = Callable[[Day], None]


def run(world: World, folder: Path, *, step: timedelta, steps: int, look: Look) -> None:
    """Poll every outlet at each step, and look at what came of it."""
    asyncio.run(_run(world, folder, step, steps, look))


async def _run(world: World, folder: Path, step: timedelta, steps: int, look: Look) -> None:
    clock = FakeClock(world.start)
    store = open_store(folder / "day.db")
    with serve(world, clock) as server:
        text = demo.feeds_yaml(server.base, world.roster) + _FEEDS
        configure.apply(store, config.parse(text, "day.yaml", {}), clock.now)
        app = create_app(open_shelf(folder / "day.db"), base_url="http://127.0.0.1:9", clock=clock)
        day = Day(world=world, store=store, web=app.test_client(), clock=clock)
        async with Client({}) as client:
            poller = _poller(store, client, clock)
            for _ in range(steps):
                await poller.run([outlet.id for outlet in world.roster])
                upkeep.release(store, clock.now)
                day.learn()
                look(day)
                clock.advance(step)
            await poller.drain()
    store.close()


def _poller(store: Store, client: Client, clock: FakeClock) -> Poller:
    return Poller(
        schedule=store,
        fetch=client.fetch,
        read=_read,
        commit=Ingest(store).commit,
        clock=clock,
        observe=_ignore,
    )


async def _read(fetched: Fetched, source: Source, previous: Window) -> Reading | Refused:
    return body.read(fetched, source, previous)


def _ignore(done: Done) -> None:
    """What came of a poll is looked at in the store."""
