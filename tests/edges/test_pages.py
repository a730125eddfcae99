"""Rule 36 on real sockets: one conditional GET of an item's own page, within all that guards us."""

from __future__ import annotations

import asyncio
import socket
import sqlite3
from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from aggregator.absentees import Absentees
from aggregator.matching import absence
from aggregator.model.fetched import FetchResult, NotModified
from aggregator.model.source import Source
from aggregator.observe.events import Event, TakenDown
from aggregator.polling.fetch import Client
from aggregator.polling.pages import Pages, page
from tests.support.commands import run, site
from tests.support.server import Answer, Request, Server, head, http, never
from tests.support.world import NOON, World, config, entry, source

T = TypeVar("T")
HOUR = timedelta(hours=1)
NAMES = {"home.test": "127.0.0.1", "away.test": "127.0.0.1", "private.test": "127.0.0.2"}
ENVIRON = {"KEY": "s3cret"}
# A body that does not come: whoever waits for it waits until the time-out.
ENDLESS: Answer = never(head(200, Content_Length="1000000"))


def lookup(host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
    if host not in NAMES:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (NAMES[host], port))]


def is_public(address: str) -> bool:
    return address == "127.0.0.1"


def outlet(port: int, **given: Any) -> Source:
    return source("home", url=f"http://home.test:{port}/feed", **given)


def look(
    answers: Mapping[str, list[Answer]], url: str = "http://home.test:{port}/1", **given: Any
) -> tuple[FetchResult, list[Request]]:
    """Ask a page of a server that answers like this, for a source of home.test."""

    async def run() -> tuple[FetchResult, list[Request]]:
        client = Client(ENVIRON, lookup=lookup, is_public=is_public)
        async with Server(answers) as server, client:
            asked = page(outlet(server.port, **given), url.replace("{port}", str(server.port)))
            return await client.look(asked, NOON, NOON + HOUR), server.requests

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        pytest.param([http(200, b"<html>")], "there", id="200"),
        pytest.param([http(200)], "there", id="200 without a body"),
        pytest.param([ENDLESS], "there", id="200, whose body is not waited for"),
        pytest.param([head(304)], "there", id="304"),
        pytest.param([http(404)], "not-found", id="404"),
        pytest.param([http(410)], "gone", id="410"),
        pytest.param([http(404, cf_mitigated="challenge")], "challenge", id="404 of a challenge"),
        pytest.param([http(403, b"<html>")], "forbidden", id="403"),
        pytest.param(
            [never(head(403, Content_Length="9"))], "forbidden", id="403 without its page"
        ),
        pytest.param([http(429)], "rate-limited", id="429"),
        pytest.param([http(503)], "server-error", id="503"),
        pytest.param([never()], "timeout", id="nothing"),
        pytest.param([http(302, Location="/2")], "gone", id="a redirect to 410"),
        pytest.param([http(302, Location="/3")], "there", id="a redirect to the front page"),
        pytest.param(
            [http(301, Location="http://private.test:{port}/2")],
            "forbidden-address",
            id="a redirect to a private address",
        ),
    ],
)
def test_rule_036_the_final_answer_counts(answer: list[Answer], name: str) -> None:
    answers: dict[str, list[Answer]] = {"/1": answer, "/2": [http(410)], "/3": [http(200)]}
    found, _ = look(answers, timeout=timedelta(seconds=1 if name == "timeout" else 20))
    assert absence.name_of(found) == name


def test_rule_036_the_question_is_one_conditional_get_for_a_page() -> None:
    found, (request,) = look({"/1": [head(304)]})
    assert isinstance(found, NotModified)
    assert request.headers["if-modified-since"] == "Thu, 12 Mar 2026 12:00:00 GMT"
    assert request.headers["accept"].startswith("text/html")


OWN: dict[str, Any] = {
    "user_agent": "Own/1",
    "headers": (("X-Plain", "p"), ("X-Api-Key", "${KEY}")),
}


def test_a_page_at_home_is_asked_as_its_source_is() -> None:
    _, (request,) = look({"/1": [http(200)]}, **OWN)
    told = [request.headers.get(name) for name in ("user-agent", "x-plain", "x-api-key")]
    assert told == ["Own/1", "p", "s3cret"]


def test_a_page_elsewhere_is_asked_by_a_stranger() -> None:
    _, (request,) = look({"/1": [http(200)]}, "http://away.test:{port}/1", **OWN)
    assert request.headers["user-agent"].startswith("aggregator/")
    assert not {"x-plain", "x-api-key"} & request.headers.keys()


def test_no_secret_of_ours_is_put_into_a_publishers_address() -> None:
    _, (request,) = look({}, "http://away.test:{port}/${KEY}")
    assert "s3cret" not in request.path


@pytest.mark.parametrize("given", [{}, {"allow_private": True}], ids=["public", "of one's own"])
def test_rule_036_a_private_page_elsewhere_is_never_asked(given: dict[str, bool]) -> None:
    found, requests = look({"/1": [http(410)]}, "http://private.test:{port}/1", **given)
    assert (absence.name_of(found), requests) == ("forbidden-address", [])


@pytest.mark.parametrize("url", ["http://nowhere.test/1", "http://[x/1", "http://a b/"])
def test_an_address_that_leads_nowhere_is_no_answer(url: str) -> None:
    found, _ = look({}, url)
    assert absence.name_of(found) == "unreachable"


Scene = Callable[[Server, Pages], Awaitable[None]]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "a.db", config())
    yield made
    made.store.close()


async def at_once(call: Callable[[], T]) -> T:
    """A lane that has nothing else to do."""
    return call()


def missing_the_second(
    world: World, answer: Answer, scene: Scene, report: Callable[[Event], None] = print
) -> None:
    """A scene an hour after the second of three items left its listing; its page answers so."""

    async def run() -> None:
        client = Client({}, lookup=lookup, is_public=is_public)
        async with Server({"/2": [answer]}) as server, client:
            world.apply(config(outlet(server.port)))
            at = f"http://home.test:{server.port}"
            items = [entry("home", f"guid:{n}", f"Item {n}", url=f"{at}/{n}") for n in (1, 2, 3)]
            world.lists("home", *items, at=NOON - HOUR)
            world.lists("home", items[0], items[2], at=NOON)
            world.lists("home", items[0], items[2], at=NOON + HOUR)
            pages = Pages(
                absentees=Absentees(world.store),
                look=client.look,
                in_lane=at_once,
                clock=lambda: NOON + HOUR,
                report=report,
            )
            await scene(server, pages)

    asyncio.run(run())


def asked(server: Server) -> list[str]:
    return [request.path for request in server.requests]


def test_rule_036_an_item_leaves_once_its_page_says_so_and_is_asked_no_more(world: World) -> None:
    told: list[Event] = []

    async def scene(server: Server, pages: Pages) -> None:
        assert "Item 2" in world.titles()
        await pages.tick()
        await pages.tick()
        assert sorted(world.titles()) == ["Item 1", "Item 3"]
        assert asked(server) == ["/2"]
        url = f"http://home.test:{server.port}/2"
        assert told == [TakenDown(source="home", url=url, answer="gone")]

    missing_the_second(world, http(410), scene, told.append)


def test_rule_036_an_item_whose_page_stands_stays(world: World) -> None:
    told: list[Event] = []

    async def scene(server: Server, pages: Pages) -> None:
        await pages.tick()
        assert len(world.titles()) == 3
        assert (asked(server), told) == (["/2"], [])

    missing_the_second(world, http(200, b"<html>"), scene, told.append)


def test_an_end_gives_up_what_is_asked_and_asks_no_more(world: World) -> None:
    under_way = asyncio.Event()

    async def silent(_: asyncio.StreamWriter) -> None:
        under_way.set()
        await asyncio.Event().wait()

    async def scene(server: Server, pages: Pages) -> None:
        tick = asyncio.create_task(pages.tick())
        await under_way.wait()
        await pages.drain()
        await tick
        await pages.tick()
        assert asked(server) == ["/2"]
        assert len(world.titles()) == 3

    missing_the_second(world, silent, scene)


def feed(*numbers: int) -> bytes:
    """A feed whose items link to /1, /2, ... of its own server."""
    items = "".join(
        f"<item><title>Item {n}</title><guid isPermaLink='false'>{n}</guid><link>/{n}</link></item>"
        for n in numbers
    )
    return f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>".encode()


def test_rule_036_a_pass_over_what_is_due_asks_pages_and_one_over_named_sources_does_not(
    tmp_path: Path,
) -> None:
    answers: dict[str, bytes | int] = {"/feed": feed(1, 2, 3), "/2": 410}
    file = tmp_path / "feeds.yaml"

    def shown() -> list[int]:
        document = run("show", "all", "--format", "json", "-c", file).stdout
        return [n for n in (1, 2, 3) if f"Item {n}" in document]

    with site(answers) as base:
        file.write_text(
            "service: {database: news.db}\n"
            f"sources: {{home: {{url: '{base}/feed', kind: portal, allow_private: true}}}}\n"
            "feeds: {all: {title: All}}\n"
        )
        run("poll", "home", "-c", file)
        answers["/feed"] = feed(1, 3)
        run("poll", "home", "-c", file)
        with sqlite3.connect(tmp_path / "news.db") as connection:
            connection.execute("UPDATE absences SET since = since - 3600000000")  # an hour passes
        run("poll", "home", "-c", file)
        assert shown() == [1, 2, 3]
        run("poll", "-c", file)
        assert shown() == [1, 3]
