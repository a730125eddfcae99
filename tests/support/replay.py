"""Days of real polls, polled again: a local server, a simulated clock, the real poller and store.

The archives hold one folder an outlet with each changed body under the time of its poll, and a
timeline of every poll, changed or not. What a plain reading of the files finds is counted here
apart, with the standard library alone, so that it can be held against what the service made.
"""

from __future__ import annotations

import asyncio
import html
import re
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path

from aiohttp import web

from aggregator import configure
from aggregator.ingest import Ingest
from aggregator.model.config import Config
from aggregator.model.feed import Collapse, FeedSpec, Order, Service
from aggregator.model.fetched import Fetched, Refused
from aggregator.model.reading import Reading, Window
from aggregator.model.source import Source
from aggregator.polling.fetch import Client
from aggregator.polling.poll import Poller
from aggregator.ports import Done
from aggregator.reading import body, read
from aggregator.serving.render import atom, jsonfeed, rss
from aggregator.serving.render.site import Site
from aggregator.store.sqlite import Store, open_store
from tests.support.world import source

SITE = Site(title="Replay", base_url="https://replay.example")
SPECS = (
    FeedSpec(slug="latest", title="Latest", limit=200),
    FeedSpec(slug="everything", title="Everything", limit=20_000),
    FeedSpec(slug="entries", title="Entries", limit=20_000, collapse=Collapse.NONE),
    FeedSpec(slug="trending", title="Trending", limit=100, order=Order.TRENDING),
)
FORMATS = {"rss": rss.render, "atom": atom.render, "json": jsonfeed.render}


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """One poll of the timeline; `body` is None where nothing had changed."""

    at: datetime
    outlet: str
    body: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A closed item as a plain reading of a file sees it."""

    id: str
    title: str


@dataclass
class Report:
    """What one replay came to, small enough to travel between processes."""

    results: dict[str, dict[str, int]] = field(default_factory=dict)
    entries: dict[str, int] = field(default_factory=dict)
    splits: list[tuple[str, str, str]] = field(default_factory=list)
    successions: list[tuple[str, str, str]] = field(default_factory=list)
    title_revisions: int = 0
    feeds: dict[str, bytes] = field(default_factory=dict)
    again: dict[str, bytes] = field(default_factory=dict)
    uids: dict[str, list[str]] = field(default_factory=dict)
    shown: list[tuple[str, str, str]] = field(default_factory=list)
    removed_by_cut: int = 0
    received: int = 0
    parsed: int = 0


def unpack(corpus: Path, folder: Path) -> dict[str, Path]:
    """The windows by their first letter, unpacked."""
    for archive in sorted((corpus / "replay").glob("*.tar.xz")):
        with tarfile.open(archive) as tar:
            # Python 3.11.2, which Debian ships, has no filters yet.
            tar.extraction_filter = getattr(tarfile, "data_filter", None)
            tar.extractall(folder)
    return {path.name[0]: path for path in sorted(folder.iterdir()) if path.is_dir()}


def timeline(window: Path) -> Iterator[Poll]:
    for line in (window / "timeline.tsv").read_text().splitlines()[1:]:
        stamp, _, outlet, *_ = line.split("\t")
        body = window / outlet / f"{stamp}.xml"
        at = datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        yield Poll(at=at, outlet=outlet, body=body if body.exists() else None)


def closed_items(body: bytes) -> list[Item]:
    """The items that are closed, by regular expression: good enough for these files, and ours."""
    text = body.decode("utf-8", "replace")
    found = re.findall(r"<(item|entry)\b[^>]*>(.*?)</\1>", text, re.DOTALL)
    return [_item(inner) for _, inner in found]


def is_cut(body: Path) -> bool:
    """Whether a body ends before its root element does."""
    end = body.read_bytes().rstrip()
    return bool(end) and not end.endswith((b"</rss>", b"</feed>", b"</rdf:RDF>"))


def titles_read(poll: Poll) -> list[str]:
    """The titles that we read in one body by itself, in its order."""
    found = source(poll.outlet)
    body = poll.body.read_bytes() if poll.body else b""
    fetched = Fetched(source_id=found.id, at=poll.at, url=found.url, body=body)
    outcome = read(fetched, found, Window())
    return [entry.title for entry in outcome.entries] if isinstance(outcome, Reading) else []


def replay(window: Path, database: Path, *, whole: bool) -> Report:
    """Poll a window into a fresh database; of each body what is new is read, or the `whole`."""
    return asyncio.run(_replay(window, database, whole=whole))


async def _replay(window: Path, database: Path, *, whole: bool) -> Report:
    polls = list(timeline(window))
    outlets = sorted({poll.outlet for poll in polls})
    server = _Server()
    port = await server.start()
    store = open_store(database)
    try:
        configure.apply(store, _config(outlets), polls[0].at)
        report = Report()
        reader = _Reader(report, whole=whole)
        async with Client({"REPLAY_PORT": str(port)}) as client:
            poller = _poller(store, client, server, reader)
            for at, due in _rounds(polls):
                await _round(poller, server, store, at, due, report)
            report.feeds = _rendered(store)
            server.forgetful, server.now = True, server.now + timedelta(hours=1)
            await poller.run(outlets)
            report.again = _rendered(store)
            await poller.drain()
        _tell(store, report)
    finally:
        store.close()
        await server.stop()
    return report


async def _round(
    poller: Poller,
    server: _Server,
    store: Store,
    at: datetime,
    due: Sequence[Poll],
    report: Report,
) -> None:
    """One instant of the timeline: the outlets that were polled then, with what they said."""
    server.now = at
    server.bodies |= {poll.outlet: poll.body.read_bytes() for poll in due if poll.body}
    before = {poll.outlet: store.window(poll.outlet).keys for poll in due}
    for done in await poller.run([poll.outlet for poll in due]):
        counts = report.results.setdefault(done.source_id, {})
        counts[done.why] = counts.get(done.why, 0) + 1
    for status in store.sources():
        name = status.source.id
        if name in before and any(finding == "truncated" for finding, _ in status.findings):
            report.removed_by_cut += len(before[name] - store.window(name).keys)


class _Server:
    """Serves each outlet's body of the moment, with an ETag; `forgetful` answers 200 always."""

    def __init__(self) -> None:
        self.bodies: dict[str, bytes] = {}
        self.now = datetime(2020, 1, 1, tzinfo=UTC)
        self.forgetful = False

    async def start(self) -> int:
        app = web.Application()
        app.router.add_get("/{outlet}.xml", self._answer)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        body = self.bodies.get(request.match_info["outlet"], b"")
        etag = f'"{blake2b(body, digest_size=8).hexdigest()}"'
        if request.headers.get("If-None-Match") == etag and not self.forgetful:
            return web.Response(status=304, headers={"ETag": etag})
        headers = {"ETag": etag, "Content-Type": "application/rss+xml"}
        return web.Response(body=body, headers=headers)


class _Reader:
    """Reads in this process, and counts items."""

    def __init__(self, report: Report, *, whole: bool) -> None:
        self._report = report
        self._whole = whole

    async def read(self, fetched: Fetched, source: Source, previous: Window) -> Reading | Refused:
        found = body.read(fetched, source, previous, whole=self._whole)
        if isinstance(found, Reading) and found.window != previous:
            self._report.received += len(found.window.places)
            self._report.parsed += len(found.entries)
        return found


def _poller(store: Store, client: Client, server: _Server, reader: _Reader) -> Poller:
    return Poller(
        schedule=store,
        fetch=client.fetch,
        read=reader.read,
        commit=Ingest(store).commit,
        clock=lambda: server.now,
        observe=_ignore,
    )


def _ignore(done: Done) -> None:
    """The results are returned as well."""


def _config(outlets: Sequence[str]) -> Config:
    address = "http://127.0.0.1:${REPLAY_PORT}/"
    sources = tuple(
        source(name, url=f"{address}{name}.xml", allow_private=True) for name in outlets
    )
    service = Service(retention=timedelta(days=36_500))
    return Config(service=service, sources=sources, feeds=SPECS)


def _rounds(polls: Sequence[Poll]) -> Iterator[tuple[datetime, list[Poll]]]:
    at: dict[datetime, list[Poll]] = {}
    for poll in polls:
        at.setdefault(poll.at, []).append(poll)
    yield from sorted(at.items())


def _rendered(store: Store) -> dict[str, bytes]:
    return {
        f"{spec.slug}.{name}": render(feed, SITE).body
        for spec in SPECS
        for name, render in FORMATS.items()
        if (feed := store.feed(spec.slug))
    }


def _tell(store: Store, report: Report) -> None:
    """What the store holds, in figures, and each decision that a person should look at."""
    conn = store._conn
    for row in conn.execute("SELECT source_id, count(*) AS n FROM entries GROUP BY 1"):
        report.entries[row["source_id"]] = row["n"]
    for row in conn.execute("SELECT source_id, origin, title FROM entries WHERE origin <> ''"):
        report.splits.append((row["source_id"], row["origin"], row["title"]))
    states = conn.execute(
        "SELECT source_id, revisions.title AS old, why, coalesce("
        "  (SELECT title FROM revisions AS next WHERE next.entry_id = revisions.entry_id"
        "   AND next.revision = revisions.revision + 1), entries.title) AS new "
        "FROM revisions JOIN entries ON entries.id = entry_id"
    ).fetchall()
    for row in states:
        report.title_revisions += row["old"] != row["new"]
        if row["why"] != "same id":
            report.successions.append((row["source_id"], row["old"], row["new"]))
    for spec in SPECS:
        feed = store.feed(spec.slug)
        report.uids[spec.slug] = [item.uid for item in feed.items] if feed else []
    everything = store.feed("everything")
    if everything:
        report.shown = [(i.lead.source_id, i.lead.url, i.lead.title) for i in everything.items]


def _item(inner: str) -> Item:
    guid = _first(r"<(?:guid|id)\b[^>]*>(.*?)</(?:guid|id)>", inner)
    link = _first(r"<link>(.*?)</link>", inner)
    return Item(id=guid or link, title=_first(r"<title[^>]*>(.*?)</title>", inner))


def _first(pattern: str, text: str) -> str:
    found = re.search(pattern, text, re.DOTALL)
    bare = re.sub(r"<!\[CDATA\[|\]\]>", "", found[1]) if found else ""
    plain = re.sub(r"<[^>]+>", "", html.unescape(html.unescape(bare)))
    return " ".join(plain.split())


def plain_facts(window: Path) -> Mapping[str, Mapping[str, int]]:
    """Per outlet: `ids` distinct, `edits` of a title under one id, `empty` and `bare` bodies."""
    facts: dict[str, dict[str, int]] = {}
    titles: dict[tuple[str, str], str] = {}
    for poll in timeline(window):
        counts = facts.setdefault(poll.outlet, {"ids": 0, "edits": 0, "empty": 0, "bare": 0})
        if poll.body is None:
            continue
        body = poll.body.read_bytes()
        items = closed_items(body)
        counts["empty"] += not body.strip()
        counts["bare"] += bool(body.strip()) and not items
        for item in items:
            name = (poll.outlet, item.id)
            counts["ids"] += name not in titles
            counts["edits"] += titles.get(name, item.title) != item.title
            titles[name] = item.title
    return facts
