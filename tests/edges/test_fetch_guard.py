"""Who is asked, as whom, and who gets to know what: against real servers on several addresses."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from aggregator.model.fetched import Fetched, FetchResult, NotModified, Refused, Validators, Why
from aggregator.model.source import Kind, Source, SourceState
from aggregator.polling.fetch import Client
from tests.support.server import Answer, Request, Server, http

NOW = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
FEED = b"<rss version='2.0'><channel><title>T</title></channel></rss>"
HAD = Validators(etag='"e"')
NAMES = {
    "public.test": ["127.0.0.1"],
    "private.test": ["127.0.0.2"],
    "both.test": ["127.0.0.2", "127.0.0.1"],
    "only-private.test": ["127.0.0.2", "127.0.0.3"],
}


def lookup(host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
    if host not in NAMES:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")
    kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
    return [(*kind, (address, port)) for address in NAMES[host]]


def is_public(address: str) -> bool:
    """For these tests the first address of loopback is the internet, and all others are not."""
    return address == "127.0.0.1"


def source(url: str = "", **given: Any) -> Source:
    facts: dict[str, Any] = {
        "id": "s",
        "url": url,
        "name": "S",
        "kind": Kind.PORTAL,
        "interval": timedelta(minutes=10),
        "timeout": timedelta(seconds=20),
        "max_size": 100_000,
    }
    return Source(**facts | given)


def visit(
    answers: Mapping[str, list[Answer]],
    url: str,
    *,
    environ: Mapping[str, str] | None = None,
    state: Mapping[str, Any] | None = None,
    **given: Any,
) -> tuple[FetchResult, list[Request]]:
    """Fetch an address; `{port}` in what is given and answered is the server's."""

    async def run() -> tuple[FetchResult, list[Request]]:
        own = Client(environ or {}, lookup=lookup, is_public=is_public)
        async with Server(answers) as server, own as client:
            asked = source(**at(server.port, {"url": url, **given}))
            known = at(server.port, {"source_id": "s", "next_poll_at": NOW, **(state or {})})
            return await client.fetch(asked, SourceState(**known), NOW), server.requests

    return asyncio.run(run())


def at(port: int, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The same with the port put into texts."""
    return {
        name: fact.replace("{port}", str(port)) if isinstance(fact, str) else fact
        for name, fact in facts.items()
    }


def fetched(answers: Mapping[str, list[Answer]], url: str, **given: Any) -> Fetched:
    result, _ = visit(answers, url, **given)
    assert isinstance(result, Fetched), result
    return result


def refused(answers: Mapping[str, list[Answer]], url: str, **given: Any) -> Refused:
    result, _ = visit(answers, url, **given)
    assert isinstance(result, Refused), result
    return result


def to(url: str, status: int = 302) -> list[Answer]:
    return [http(status, Location=url)]


# -- which addresses -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "words"),
    [
        ("127.0.0.2", "127.0.0.2 is no public address"),
        ("private.test", "private.test is at 127.0.0.2, which is no public address"),
    ],
)
def test_rule_056_an_address_that_is_not_public_is_refused_by_name(host: str, words: str) -> None:
    result, requests = visit({"/feed": [http(200, FEED)]}, f"http://{host}:{{port}}/feed")

    assert isinstance(result, Refused)
    assert result.why is Why.FORBIDDEN_ADDRESS
    assert result.detail == f"{words}; if that is meant, set allow_private: true"
    assert requests == []


def test_rule_056_a_host_of_which_no_address_is_public_is_refused_by_name() -> None:
    result = refused({}, "http://only-private.test:{port}/feed")

    assert result.why is Why.FORBIDDEN_ADDRESS


def test_rule_056_every_hop_is_looked_at() -> None:
    answers: dict[str, list[Answer]] = {
        "/feed": to("http://public.test:{port}/2"),
        "/2": to("http://private.test:{port}/3"),
        "/3": [http(200, FEED)],
    }

    result, requests = visit(answers, "http://public.test:{port}/feed")

    assert isinstance(result, Refused)
    assert result.why is Why.FORBIDDEN_ADDRESS
    assert [request.path for request in requests] == ["/feed", "/2"]


def test_rule_056_of_several_addresses_only_the_public_ones_are_connected() -> None:
    assert fetched({"/feed": [http(200, FEED)]}, "http://both.test:{port}/feed").body == FEED


def test_rule_056_a_source_that_allows_it_may_be_anywhere() -> None:
    own = Client({}, is_public=lambda address: False)

    async def run() -> FetchResult:
        async with Server({"/feed": [http(200, FEED)]}) as server, own as client:
            one = source(f"http://127.0.0.1:{server.port}/feed", allow_private=True)
            return await client.fetch(one, SourceState(source_id="s", next_poll_at=NOW), NOW)

    assert isinstance(asyncio.run(run()), Fetched)


def test_the_guard_is_on_unless_a_source_says_otherwise() -> None:
    async def run() -> FetchResult:
        async with Server({"/feed": [http(200, FEED)]}) as server, Client({}) as client:
            one = source(f"http://127.0.0.1:{server.port}/feed")
            return await client.fetch(one, SourceState(source_id="s", next_poll_at=NOW), NOW)

    result = asyncio.run(run())

    assert isinstance(result, Refused)
    assert result.why is Why.FORBIDDEN_ADDRESS


# -- as whom ---------------------------------------------------------------------------------------


def test_rule_116_a_publisher_that_refuses_us_by_our_name_is_named_and_not_deceived() -> None:
    result, requests = visit({"/feed": [http(403)]}, "http://public.test:{port}/feed")

    assert isinstance(result, Refused)
    assert (result.why, result.status) == (Why.FORBIDDEN, 403)
    assert [request.headers["user-agent"].partition("/")[0] for request in requests] == [
        "aggregator"
    ]


def test_rule_116_a_source_may_have_its_own_name_and_headers() -> None:
    _, (request,) = visit(
        {"/feed": [http(200, FEED)]},
        "http://public.test:{port}/feed",
        user_agent="notiziario/1",
        headers=(("Authorization", "Bearer ${TOKEN}"), ("X-Edition", "it"), ("accept", "x/y")),
        environ={"TOKEN": "hunter2"},
    )

    assert request.headers["user-agent"] == "notiziario/1"
    assert request.headers["authorization"] == "Bearer hunter2"
    assert request.headers["x-edition"] == "it"
    assert request.headers["accept"] == "x/y"


def test_what_tells_who_we_are_is_told_to_no_other_origin() -> None:
    headers = (
        ("Authorization", "Bearer ${TOKEN}"),
        ("X-Api-Key", "${TOKEN}"),
        ("X-Customer", "${TOKEN}"),
        ("X-Edition", "it"),
    )

    _, requests = visit(
        {"/feed": to("http://both.test:{port}/2"), "/2": [http(200, FEED)]},
        "http://public.test:{port}/feed",
        headers=headers,
        environ={"TOKEN": "hunter2"},
    )

    names = ("authorization", "x-api-key", "x-customer", "x-edition")
    told = [[name for name in names if name in request.headers] for request in requests]
    assert told == [list(names), ["x-edition"]]


def test_a_secret_of_a_header_that_comes_back_in_an_address_is_not_passed_on() -> None:
    result = fetched(
        {"/feed": to("/feed?token=hunter2", 301), "/feed?token=hunter2": [http(200, FEED)]},
        "http://public.test:{port}/feed",
        headers=(("X-Api-Key", "${TOKEN}"),),
        environ={"TOKEN": "hunter2"},
    )

    assert "hunter2" not in repr(result)
    assert result.moved_to == result.url
    assert result.url.endswith("/feed?token=${TOKEN}")


@pytest.mark.parametrize(
    ("environ", "why"),
    [({}, Why.SECRET_MISSING), ({"TOKEN": "a\r\nX-Evil: 1"}, Why.UNREACHABLE)],
    ids=["not there", "two lines"],
)
def test_a_header_that_cannot_be_sent_is_told_and_nobody_is_asked(
    environ: Mapping[str, str], why: Why
) -> None:
    result, requests = visit(
        {"/feed": [http(200, FEED)]},
        "http://public.test:{port}/feed",
        headers=(("X-Api-Key", "${TOKEN}"),),
        environ=environ,
    )

    assert isinstance(result, Refused)
    assert (result.why, requests) == (why, [])
    assert "Evil" not in result.detail


def test_a_header_of_a_login_stands_above_the_one_in_the_address() -> None:
    _, (request,) = visit(
        {"/feed": [http(200, FEED)]},
        "http://u:p@public.test:{port}/feed",
        headers=(("authorization", "Bearer ${TOKEN}"),),
        environ={"TOKEN": "hunter2"},
    )

    assert request.headers["authorization"] == "Bearer hunter2"


# -- through a proxy -------------------------------------------------------------------------------


def test_a_proxy_is_asked_for_what_it_alone_can_reach() -> None:
    result, (request,) = visit(
        {"http://feeds.test/rss": [http(200, FEED)]},
        "http://feeds.test/rss",
        proxy="http://${USER}:p@127.0.0.1:{port}",
        environ={"USER": "paola"},
    )

    assert isinstance(result, Fetched)
    assert result.url == "http://feeds.test/rss"
    assert request.headers["proxy-authorization"] == "Basic cGFvbGE6cA=="


def test_a_proxy_whose_name_is_not_found_is_not_taken_for_the_source() -> None:
    result = refused({}, "http://feeds.test/rss", proxy="http://no-proxy.test:3128")

    assert result.why is Why.UNREACHABLE
    assert result.detail == "the proxy could not be reached: its name was not found"


@pytest.mark.parametrize("host", ["10.0.0.1", "2130706433", "0x7f.1", "[::1]", "a.localhost."])
def test_rule_056_a_redirect_behind_a_proxy_is_judged_as_it_is_written(host: str) -> None:
    result, requests = visit(
        {"http://feeds.test/rss": [http(302, Location=f"http://{host}/")]},
        "http://feeds.test/rss",
        proxy="http://127.0.0.1:{port}",
    )

    assert isinstance(result, Refused)
    assert result.why is Why.FORBIDDEN_ADDRESS
    assert len(requests) == 1


def test_the_proxys_own_address_is_trusted() -> None:
    proxy = "http://private.test:1"

    result = refused({}, "http://feeds.test/rss", proxy=proxy)

    assert result.why is Why.UNREACHABLE
    assert result.detail == "the proxy could not be reached: connection refused"


@pytest.mark.parametrize(
    ("status", "why", "words"),
    [
        (407, Why.UNAUTHORIZED, "the proxy wants another login (407)"),
        (502, Why.UNREACHABLE, "the proxy has no way to feeds.test (502)"),
    ],
)
def test_a_proxy_that_makes_no_tunnel_is_told(status: int, why: Why, words: str) -> None:
    result = refused(
        {"feeds.test:443": [http(status)]},
        "https://feeds.test/rss",
        proxy="http://127.0.0.1:{port}",
    )

    assert (result.why, result.detail) == (why, words)


# -- where it is now -------------------------------------------------------------------------------

MOVED = {"moved_to": "http://public.test:{port}/new", "moved_checked": NOW, "validators": HAD}


def test_a_moved_source_is_asked_where_it_is() -> None:
    result, requests = visit({"/new": [http(304)]}, "http://public.test:{port}/feed", state=MOVED)

    assert isinstance(result, NotModified)
    assert result.adopted
    assert [request.path for request in requests] == ["/new"]


def test_rule_045_the_configured_address_is_asked_again_without_conditions() -> None:
    answers: dict[str, list[Answer]] = {"/feed": to("/new", 301), "/new": [http(200, FEED)]}

    result, requests = visit(
        answers, "http://public.test:{port}/feed", state={**MOVED, "moved_checked": None}
    )

    assert isinstance(result, Fetched)
    assert (result.adopted, result.moved_to) == (False, result.url)
    assert [(r.path, "if-none-match" in r.headers) for r in requests] == [
        ("/feed", False),
        ("/new", False),
    ]


def test_rule_045_if_the_configured_address_is_dead_the_adopted_one_is_asked_at_once() -> None:
    result, requests = visit(
        {"/new": [http(200, FEED)]},
        "http://public.test:{port}/feed",
        state={**MOVED, "failures": 1},
    )

    assert isinstance(result, Fetched)
    assert result.adopted
    assert [request.path for request in requests] == ["/feed", "/new"]


def test_a_login_is_not_told_where_a_source_has_moved_to() -> None:
    state = {**MOVED, "moved_to": "http://both.test:{port}/new"}

    _, (request,) = visit(
        {"/new": [http(304)]},
        "http://u:p@public.test:{port}/feed",
        state=state,
        headers=(("X-Api-Key", "k"),),
    )

    assert "authorization" not in request.headers
    assert "x-api-key" not in request.headers


def test_a_304_at_the_end_of_permanent_redirects_says_where_they_led() -> None:
    result, _ = visit(
        {"/feed": to("/new", 308), "/new": [http(304)]},
        "http://public.test:{port}/feed",
        state={"validators": HAD},
    )

    assert isinstance(result, NotModified)
    assert result.moved_to is not None
    assert result.moved_to.endswith("/new")


# -- once a day ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "asked"),
    [
        pytest.param(timedelta(hours=23), '"e"', id="within"),
        pytest.param(timedelta(hours=24), None, id="due"),
        pytest.param(timedelta(days=9), None, id="long-due"),
        pytest.param(timedelta(days=-9), None, id="the-clock-was-set-back"),
    ],
)
def test_rule_047_a_whole_document_is_asked_for_each_day(age: timedelta, asked: str | None) -> None:
    _, (request,) = visit(
        {"/feed": [http(200, FEED)]},
        "http://public.test:{port}/feed",
        state={"validators": HAD, "last_full": NOW - age},
    )

    assert request.headers.get("if-none-match") == asked
