"""One visit, against a real server that is as wrong as real servers are."""

from __future__ import annotations

import asyncio
import gzip
import re
import ssl
import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import brotli
import pytest

from aggregator import __version__
from aggregator.model.fetched import (
    Fetched,
    FetchResult,
    Freshness,
    NotModified,
    Refused,
    Validators,
    Why,
)
from aggregator.model.source import Kind, Source, SourceState
from aggregator.polling.fetch import Client
from aggregator.polling.fetch.budget import SMALL, TOTAL
from tests.support.codings import zstd
from tests.support.server import Answer, Request, Server, drip, head, http, never, reset

NOW = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
NO_VALIDATORS = Validators()
SECOND = timedelta(seconds=1)
FEED = b"<rss version='2.0'><channel><title>T</title></channel></rss>"


def visit(
    answers: Mapping[str, list[Answer]],
    url: str = "http://127.0.0.1:{port}/feed",
    *,
    validators: Validators = NO_VALIDATORS,
    environ: Mapping[str, str] | None = None,
    base_url: str | None = None,
    times: int = 1,
    tls: ssl.SSLContext | None = None,
    **given: Any,
) -> tuple[FetchResult, list[Request]]:
    """Fetch an address of a server that answers like this; the last result, and what was asked."""

    async def run() -> tuple[FetchResult, list[Request]]:
        own = Client(environ or {}, base_url=base_url)
        async with Server(answers, tls=tls) as server, own as client:
            asked = source(url.replace("{port}", str(server.port)), **given)
            state = SourceState(source_id="s", next_poll_at=NOW, validators=validators)
            results = [await client.fetch(asked, state, NOW) for _ in range(times)]
            return results[-1], server.requests

    return asyncio.run(run())


def source(url: str, **given: Any) -> Source:
    facts: dict[str, Any] = {
        "id": "s",
        "url": url,
        "name": "S",
        "kind": Kind.PORTAL,
        "interval": timedelta(minutes=10),
        "timeout": timedelta(seconds=20),
        "max_size": 100_000,
        "allow_private": True,
    }
    return Source(**facts | given)


def fetched(*answers: Answer, **given: Any) -> Fetched:
    result, _ = visit({"/feed": list(answers)}, **given)
    assert isinstance(result, Fetched), result
    return result


def fetched_at_the_end(answers: Mapping[str, list[Answer]]) -> Fetched:
    result, _ = visit(answers)
    assert isinstance(result, Fetched), result
    return result


def refused(*answers: Answer, **given: Any) -> Refused:
    result, _ = visit({"/feed": list(answers)}, **given)
    assert isinstance(result, Refused), result
    return result


def asked(*answers: Answer, **given: Any) -> Request:
    """The first request that came."""
    _, requests = visit({"/feed": list(answers) or [http(200, FEED)]}, **given)
    return requests[0]


def test_a_body_comes_with_its_address_and_type() -> None:
    result = fetched(http(200, FEED, Content_Type='Text/XML; charset="ISO-8859-1"'))

    assert (result.source_id, result.at, result.body) == ("s", NOW, FEED)
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/feed", result.url)
    assert (result.media_type, result.charset) == ("text/xml", "iso-8859-1")
    assert result.moved_to is None


def test_we_say_who_we_are_and_what_we_can_read() -> None:
    headers = asked(base_url="https://news.example.org").headers

    assert headers["user-agent"] == f"aggregator/{__version__} (+https://news.example.org)"
    assert "application/rss+xml" in headers["accept"]
    assert headers["accept-encoding"] == "gzip, deflate, br, zstd"


def test_without_a_public_address_we_still_give_our_name() -> None:
    assert asked().headers["user-agent"] == f"aggregator/{__version__}"


def test_no_cookie_is_kept() -> None:
    answer = http(200, FEED, Set_Cookie="id=1; Path=/")

    _, requests = visit({"/feed": [answer]}, url="http://localhost:{port}/feed", times=2)

    assert [request.headers.get("cookie") for request in requests] == [None, None]


# -- conditions ------------------------------------------------------------------------------------


def test_a_first_visit_has_no_conditions() -> None:
    headers = asked().headers

    assert "if-none-match" not in headers
    assert "if-modified-since" not in headers


def test_rule_048_validators_are_kept_and_sent_uncut() -> None:
    long = 'W/"' + "x" * 6_000 + '"'
    date = "Thu, 12 Mar 2026 11:00:00 GMT"
    given = fetched(http(200, FEED, ETag=long, Last_Modified=date)).validators

    sent = asked(validators=given).headers

    assert given == Validators(etag=long, last_modified=date)
    assert (sent["if-none-match"], sent["if-modified-since"]) == (long, date)


def test_rule_048_a_304_may_bring_new_validators() -> None:
    result, _ = visit(
        {"/feed": [http(304, ETag='"new"', Cache_Control="max-age=60")]},
        validators=Validators(etag='"old"'),
    )

    assert result == NotModified(
        source_id="s",
        at=NOW,
        validators=Validators(etag='"new"'),
        freshness=Freshness(max_age=timedelta(minutes=1)),
    )


def test_rule_047_a_last_modified_in_the_future_is_not_sent() -> None:
    poison = Validators(etag='"e"', last_modified="Sat, 12 Mar 2041 11:00:00 GMT")

    sent = asked(validators=poison).headers

    assert sent["if-none-match"] == '"e"'
    assert "if-modified-since" not in sent


def test_a_validator_of_raw_bytes_is_dropped_because_it_could_not_be_sent_again() -> None:
    result = fetched(http(200, FEED, ETag='"\udcff\udce8"'))

    assert result.validators == Validators()


def test_a_304_to_a_request_without_conditions_is_a_bad_status() -> None:
    assert refused(http(304)).why is Why.BAD_STATUS


# -- statuses --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "why", "words"),
    [
        (401, Why.UNAUTHORIZED, "401 Unauthorized"),
        (407, Why.UNAUTHORIZED, "407 Proxy Authentication Required"),
        (403, Why.FORBIDDEN, "403 Forbidden"),
        (451, Why.FORBIDDEN, "451 Unavailable For Legal Reasons"),
        (404, Why.NOT_FOUND, "404 Not Found"),
        (410, Why.GONE, "410 Gone"),
        (429, Why.RATE_LIMITED, "429 Too Many Requests"),
        (500, Why.SERVER_ERROR, "500 Internal Server Error"),
        (503, Why.SERVER_ERROR, "503 Service Unavailable"),
        (599, Why.SERVER_ERROR, "599"),
        (206, Why.BAD_STATUS, "206 Partial Content"),
        (226, Why.BAD_STATUS, "226 IM Used"),
        (300, Why.BAD_STATUS, "300 Multiple Choices"),
        (400, Why.BAD_STATUS, "400 Bad Request"),
        (999, Why.BAD_STATUS, "999"),
    ],
)
def test_every_status_has_a_stable_name(status: int, why: Why, words: str) -> None:
    result = refused(http(status, FEED))

    assert (result.why, result.status) == (why, status)
    assert result.detail == f"127.0.0.1 answered {words}"


def test_rule_050_a_refusal_carries_how_long_to_stay_away() -> None:
    assert refused(http(429, Retry_After="120")).freshness == Freshness(
        retry_after=timedelta(minutes=2)
    )


# -- redirects -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statuses", "adoptable"),
    [
        pytest.param([301], True, id="301"),
        pytest.param([308], True, id="rule-044-308-is-as-301"),
        pytest.param([301, 308, 301], True, id="a-chain-of-permanent-ones"),
        pytest.param([302], False, id="302"),
        pytest.param([303], False, id="303"),
        pytest.param([307], False, id="307"),
        pytest.param([301, 302], False, id="301-then-302"),
        pytest.param([307, 301], False, id="307-then-301"),
    ],
)
def test_rule_043_only_a_chain_of_permanent_redirects_moves_a_source(
    statuses: list[int], adoptable: bool
) -> None:
    stops = ["/feed", *(f"/{n}" for n in range(1, len(statuses))), "/new"]
    answers: dict[str, list[Answer]] = {
        stop: [http(status, Location=there)]
        for stop, status, there in zip(stops, statuses, stops[1:], strict=False)
    }

    result, requests = visit(answers | {"/new": [http(200, FEED)]})

    assert isinstance(result, Fetched)
    assert result.url.endswith("/new")
    assert result.moved_to == (result.url if adoptable else None)
    assert [request.path for request in requests] == stops


def test_rule_044_a_308_moves_a_source_as_a_301_does() -> None:
    moved = [
        fetched_at_the_end({"/feed": [http(status, Location="/new")], "/new": [http(200, FEED)]})
        for status in (301, 308)
    ]

    assert [result.moved_to is not None for result in moved] == [True, True]


def test_rule_042_a_document_in_the_body_of_a_redirect_is_not_used() -> None:
    result, _ = visit(
        {"/feed": [http(301, FEED, Location="/page")], "/page": [http(200, b"<html>moved</html>")]}
    )

    assert isinstance(result, Fetched)
    assert result.body == b"<html>moved</html>"


def test_rule_037_we_ask_for_no_partial_answer_and_take_none() -> None:
    result, (request,) = visit({"/feed": [http(226, FEED)]}, validators=Validators(etag='"e"'))

    assert "a-im" not in request.headers
    assert isinstance(result, Refused)
    assert result.why is Why.BAD_STATUS


def test_five_redirects_are_followed_and_no_more() -> None:
    result, requests = visit({"/feed": [http(302, Location="/feed")]})

    assert isinstance(result, Refused)
    assert result.why is Why.TOO_MANY_REDIRECTS
    assert len(requests) == 6


@pytest.mark.parametrize(
    "location",
    [
        pytest.param("file:///etc/passwd", id="a-file"),
        pytest.param("ftp://127.0.0.1/feed", id="ftp"),
        pytest.param("javascript:alert(1)", id="a-script"),
        pytest.param("http://", id="no-host"),
        pytest.param("http://h.invalid:99999/", id="no-port"),
        pytest.param("http://[::1/", id="half-an-address"),
        pytest.param("http://\udcff.invalid/", id="raw-bytes"),
        pytest.param("", id="nowhere"),
    ],
)
def test_a_redirect_to_what_is_no_web_address_is_a_bad_redirect(location: str) -> None:
    assert refused(http(301, Location=location)).why is Why.BAD_REDIRECT


def test_a_redirect_without_a_location_is_a_bad_redirect() -> None:
    assert refused(http(301)).detail == "127.0.0.1 redirected to nowhere"


# -- logins and secrets ----------------------------------------------------------------------------


def test_user_and_password_of_an_address_become_basic_auth() -> None:
    request = asked(
        url="http://${USER}:${PASSWORD}@127.0.0.1:{port}/feed",
        environ={"USER": "paola", "PASSWORD": "p%40ss"},
    )

    assert request.headers["authorization"] == "Basic cGFvbGE6cEBzcw=="  # paola:p@ss


def test_a_login_goes_along_within_its_host() -> None:
    answers: dict[str, list[Answer]] = {
        "/feed": [http(302, Location="/new")],
        "/new": [http(200, FEED)],
    }

    _, requests = visit(answers, url="http://u:p@127.0.0.1:{port}/feed")

    assert ["authorization" in request.headers for request in requests] == [True, True]


def test_a_login_is_not_told_to_another_host() -> None:
    async def run() -> list[Request]:
        async with Server({"/feed": [http(200, FEED)]}) as other, Client({}) as client:
            there = f"http://localhost:{other.port}/feed"
            async with Server({"/feed": [http(302, Location=there)]}) as first:
                asked = source(f"http://u:p@127.0.0.1:{first.port}/feed")
                await client.fetch(asked, SourceState(source_id="s", next_poll_at=NOW), NOW)
                return first.requests + other.requests

    requests = asyncio.run(run())

    assert ["authorization" in request.headers for request in requests] == [True, False]


def test_a_secret_that_is_not_there_is_named_and_nobody_is_asked() -> None:
    result, requests = visit({}, url="http://127.0.0.1:{port}/feed?key=${WIRE_KEY}")

    assert isinstance(result, Refused)
    assert result.why is Why.SECRET_MISSING
    assert result.detail == "the environment variable WIRE_KEY is not set"
    assert requests == []


def test_a_moved_address_has_its_secrets_folded_back() -> None:
    answers: dict[str, list[Answer]] = {
        "/feed?key=s%26cret": [http(301, Location="/new?key=s%26cret")],
        "/new?key=s%26cret": [http(200, FEED)],
    }

    result, _ = visit(
        answers, url="http://127.0.0.1:{port}/feed?key=${KEY}", environ={"KEY": "s%26cret"}
    )

    assert isinstance(result, Fetched)
    assert result.moved_to == result.url
    assert result.url.endswith("/new?key=${KEY}")


def test_an_address_that_cannot_be_asked_is_told_without_its_secret() -> None:
    result = refused(url="ftp://u:secret@feeds.invalid/")

    assert result.why is Why.UNREACHABLE
    assert "secret" not in result.detail


# -- bodies ----------------------------------------------------------------------------------------


def _deflated(data: bytes) -> bytes:
    raw = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return raw.compress(data) + raw.flush()


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        pytest.param("gzip", gzip.compress(FEED), id="gzip"),
        pytest.param("GZIP", gzip.compress(FEED), id="in-capitals"),
        pytest.param("x-gzip", gzip.compress(FEED), id="x-gzip"),
        pytest.param("gzip", gzip.compress(FEED[:9]) + gzip.compress(FEED[9:]), id="two-members"),
        pytest.param("gzip", gzip.compress(FEED) + b"\0\0", id="padded"),
        pytest.param("deflate", zlib.compress(FEED), id="deflate"),
        pytest.param("deflate", _deflated(FEED), id="deflate-without-header"),
        pytest.param("br", brotli.compress(FEED), id="br"),
        pytest.param("zstd", zstd.compress(FEED), id="zstd"),
        pytest.param("zstd", zstd.compress(FEED[:9]) + zstd.compress(FEED[9:]), id="two-frames"),
        pytest.param("br, gzip", gzip.compress(brotli.compress(FEED)), id="two-codings"),
        pytest.param("gzip,gzip", gzip.compress(FEED), id="two-codings-of-which-one-is-there"),
        pytest.param("identity", zstd.compress(FEED), id="zstd-marked-as-nothing"),
        pytest.param("identity", FEED, id="identity"),
        pytest.param("gzip", FEED, id="rule-055-plain-marked-gzip"),
        pytest.param("deflate", FEED, id="rule-055-plain-marked-deflate"),
        pytest.param("br", FEED, id="rule-055-plain-marked-br"),
        pytest.param("utf-8", FEED, id="plain-marked-with-a-charset"),
        pytest.param("identity", gzip.compress(FEED), id="gzip-marked-as-nothing"),
        pytest.param("gzip", gzip.compress(FEED)[:-8], id="cut-behind-the-last-byte"),
    ],
)
def test_a_body_is_decoded_as_what_it_is(coding: str, body: bytes) -> None:
    assert fetched(http(200, body, Content_Encoding=coding)).body == FEED


def test_rule_055_a_body_that_does_not_decode_is_asked_for_once_more_without_coding() -> None:
    broken = gzip.compress(FEED)[:10] + b"\xff" * 40

    result, requests = visit(
        {"/feed": [http(200, broken, Content_Encoding="gzip"), http(200, FEED)]}
    )

    assert isinstance(result, Fetched)
    assert result.body == FEED
    assert [request.headers["accept-encoding"] for request in requests] == [
        "gzip, deflate, br, zstd",
        "identity",
    ]


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "rot13", "gzip, br"])
def test_rule_055_a_body_that_never_decodes_is_a_bad_encoding(coding: str) -> None:
    noise = bytes(range(255, 155, -1))

    result, requests = visit({"/feed": [http(200, noise, Content_Encoding=coding)]})

    assert isinstance(result, Refused)
    assert result.why is Why.BAD_ENCODING
    assert len(requests) == 2


MEGABYTES = b"<rss>" + b" " * 50_000_000


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(http(200, FEED + b" " * 100_000), id="announced"),
        pytest.param(head(200) + FEED + b" " * 100_000, id="unannounced"),
        pytest.param(http(200, gzip.compress(MEGABYTES), Content_Encoding="gzip"), id="gzip-bomb"),
        pytest.param(http(200, zlib.compress(MEGABYTES), Content_Encoding="deflate"), id="deflate"),
        pytest.param(
            http(200, brotli.compress(MEGABYTES, quality=1), Content_Encoding="br"), id="br-bomb"
        ),
        pytest.param(http(200, zstd.compress(MEGABYTES), Content_Encoding="zstd"), id="zstd-bomb"),
        pytest.param(
            http(200, gzip.compress(gzip.compress(MEGABYTES)), Content_Encoding="gzip, gzip"),
            id="a-bomb-in-a-bomb",
        ),
        pytest.param(
            http(200, gzip.compress(FEED) + gzip.compress(MEGABYTES), Content_Encoding="gzip"),
            id="a-bomb-in-the-second-member",
        ),
    ],
)
def test_rule_054_decoded_bytes_count_against_the_limit(answer: bytes) -> None:
    result = refused(answer)

    assert result.why is Why.TOO_LARGE
    assert result.detail == "127.0.0.1 sent more than the 100,000 bytes that are allowed"


def test_a_body_that_is_announced_as_too_large_is_not_waited_for() -> None:
    assert refused(never(head(200, Content_Length="100001"))).why is Why.TOO_LARGE


def test_headers_as_long_as_portals_send_are_read() -> None:
    assert fetched(http(200, FEED, Link="<https://cdn.example/a.css>, " * 500)).body == FEED


def test_a_body_of_just_the_limit_is_taken() -> None:
    body = FEED.ljust(100_000)

    assert fetched(http(200, body)).body == body


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(http(200), id="nothing"),
        pytest.param(http(200, b" \r\n\t\n"), id="white-space"),
        pytest.param(http(200, gzip.compress(b""), Content_Encoding="gzip"), id="nothing-gzipped"),
        pytest.param(http(200, b"", Content_Encoding="gzip"), id="nothing-marked-gzip"),
        pytest.param(http(200, b"", Content_Encoding="br"), id="nothing-marked-br"),
    ],
)
def test_rule_053_an_empty_body_is_an_error(answer: bytes) -> None:
    assert refused(answer).why is Why.EMPTY_BODY


def test_waiting_for_memory_takes_nothing_from_the_servers_time() -> None:
    large = FEED.ljust(2 * SMALL)

    async def run() -> list[FetchResult]:
        async with Server({"/feed": [http(200, large)]}) as server, Client({}) as client:
            one = source(f"http://127.0.0.1:{server.port}/feed", max_size=TOTAL, timeout=SECOND)
            state = SourceState(source_id="s", next_poll_at=NOW)
            fetched, done = asyncio.Event(), asyncio.Event()

            async def held() -> FetchResult:
                result = await client.fetch(one, state, NOW)
                fetched.set()
                await done.wait()
                return result

            first = asyncio.create_task(held())
            await fetched.wait()
            second = asyncio.create_task(client.fetch(one, state, NOW))
            await asyncio.sleep(1.2 * SECOND.total_seconds())
            done.set()
            return [await first, await second]

    assert [type(result) for result in asyncio.run(run())] == [Fetched, Fetched]


# -- bodies that break off -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(head(200, Content_Length="99999") + FEED, id="shorter-than-said"),
        pytest.param(
            head(200, Transfer_Encoding="chunked") + b"%x\r\n%s\r\n" % (len(FEED), FEED),
            id="without-the-last-chunk",
        ),
        pytest.param(
            head(200, Transfer_Encoding="chunked") + b"ffff\r\n" + FEED,
            id="in-the-middle-of-a-chunk",
        ),
        pytest.param(http(200, gzip.compress(FEED)[:-8], Content_Encoding="gzip"), id="gzip"),
        pytest.param(http(200, _deflated(FEED)[:-1], Content_Encoding="deflate"), id="deflate"),
        pytest.param(
            head(200, Content_Length="99999", Content_Encoding="gzip") + gzip.compress(FEED),
            id="behind-a-whole-gzip",
        ),
    ],
)
def test_what_came_before_a_body_broke_off_is_passed_on_with_a_mark(answer: bytes) -> None:
    result = fetched(answer)

    assert result.cut
    assert FEED.startswith(result.body)
    assert len(result.body) > len(FEED) - 5


@pytest.mark.parametrize("name", ["gzip", "br", "zstd"])
def test_of_a_compressed_body_that_broke_off_the_beginning_is_passed_on(name: str) -> None:
    noise = bytes(n * n % 251 for n in range(90_000))
    coders = {"gzip": gzip.compress, "br": brotli.compress, "zstd": zstd.compress}
    coded = coders[name](b"<rss>" + noise * 3 + noise[::-1] + noise[::7])

    result = fetched(
        head(200, Content_Length=str(len(coded)), Content_Encoding=name) + coded[:-20],
        max_size=1_000_000,
    )

    assert result.cut
    assert result.body.startswith(b"<rss>")


def test_a_whole_body_has_no_such_mark() -> None:
    assert not fetched(http(200, gzip.compress(FEED), Content_Encoding="gzip")).cut
    assert not fetched(head(200) + FEED).cut


# -- walls -----------------------------------------------------------------------------------------

CHALLENGE = b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body/></html>"


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(http(403, FEED, cf_mitigated="challenge"), id="said-in-a-header"),
        pytest.param(http(503, CHALLENGE), id="503"),
        pytest.param(http(403, CHALLENGE), id="403"),
        pytest.param(http(429, CHALLENGE), id="429"),
        pytest.param(http(403, gzip.compress(CHALLENGE), Content_Encoding="gzip"), id="compressed"),
    ],
)
def test_rule_052_a_challenge_is_told_from_a_plain_refusal(answer: bytes) -> None:
    result = refused(answer)

    assert result.why is Why.CHALLENGE
    assert result.status in (403, 429, 503)
    assert result.detail.startswith("127.0.0.1 answered ")


@pytest.mark.parametrize(
    "body", [b"", b"<html>Forbidden, please log in</html>", b"\xff\x00", bytes(300_000)]
)
def test_a_refusal_without_a_challenge_keeps_its_name(body: bytes) -> None:
    assert refused(http(403, body)).why is Why.FORBIDDEN


# -- networks --------------------------------------------------------------------------------------

SOON = timedelta(milliseconds=100)
CHUNKED = head(200, Transfer_Encoding="chunked")


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(never(), id="no-answer"),
        pytest.param(never(b"HTTP/1.1 200 OK\r\n"), id="half-a-header"),
        pytest.param(never(head(200, Content_Length="100") + FEED), id="half-a-body"),
        pytest.param(drip(head(200, Content_Length="99999"), b" "), id="slow-drip"),
        pytest.param(drip(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"), id="headers-for-ever"),
    ],
)
def test_a_server_that_never_ends_meets_the_deadline(answer: Answer) -> None:
    result = refused(answer, timeout=SOON)

    assert result.why is Why.TIMEOUT
    assert result.detail == "127.0.0.1 did not finish its answer within 0.1 s"


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        pytest.param(reset(b""), Why.UNREACHABLE, id="closed-without-an-answer"),
        pytest.param(reset(head(200, Content_Length="99")), Why.UNREACHABLE, id="reset-in-body"),
        pytest.param(
            head(200, Content_Length="99"), Why.UNREACHABLE, id="nothing-of-what-was-said"
        ),
        pytest.param(CHUNKED, Why.UNREACHABLE, id="no-chunk-at-all"),
        pytest.param(CHUNKED + b"zz\r\n", Why.BAD_STATUS, id="a-chunk-of-no-size"),
        pytest.param(b"SSH-2.0-OpenSSH_9\r\n\r\n", Why.BAD_STATUS, id="not-http"),
        pytest.param(FEED, Why.BAD_STATUS, id="a-feed-without-http"),
        pytest.param(head(200, Content_Length="-1"), Why.BAD_STATUS, id="a-negative-length"),
        pytest.param(head(200, X="x" * 100_000), Why.TOO_LARGE, id="a-header-without-end"),
        pytest.param(head(200, **{f"X{n}": "x" for n in range(500)}), Why.TOO_LARGE, id="flood"),
    ],
)
def test_every_way_of_not_answering_has_a_stable_name(answer: Answer, why: Why) -> None:
    result = refused(answer)

    assert result.why is why
    assert result.detail.startswith("127.0.0.1 ")


def test_a_port_where_nobody_listens_is_told_in_words() -> None:
    result, _ = visit({}, url="http://127.0.0.1:1/feed")

    assert isinstance(result, Refused)
    assert result.why is Why.UNREACHABLE
    assert result.detail == "127.0.0.1 could not be reached: connection refused"


@pytest.mark.parametrize(
    "url", ["http://feeds.invalid/rss", "http://a..b/rss", f"http://{'a' * 70}.invalid/"]
)
def test_a_host_that_cannot_be_is_unreachable(url: str) -> None:
    result, _ = visit({}, url=url)

    assert isinstance(result, Refused)
    assert result.why is Why.UNREACHABLE
    assert result.detail.startswith(url.split("/")[2])


def test_a_certificate_that_nobody_vouches_for_is_a_tls_refusal() -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(Path(__file__).parent / "data" / "localhost.pem")

    result, requests = visit(
        {"/feed": [http(200, FEED)]}, url="https://localhost:{port}/feed", tls=tls
    )

    assert isinstance(result, Refused)
    assert result.why is Why.TLS
    assert result.detail.startswith("the certificate of localhost is not valid: ")
    assert requests == []


def test_a_server_that_does_not_speak_tls_is_a_tls_refusal() -> None:
    async def run() -> FetchResult:
        async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"220 mail.example ESMTP\r\n")
            writer.close()

        async with await asyncio.start_server(greet, "127.0.0.1", 0) as server, Client({}) as one:
            port = server.sockets[0].getsockname()[1]
            state = SourceState(source_id="s", next_poll_at=NOW)
            return await one.fetch(source(f"https://127.0.0.1:{port}/"), state, NOW)

    result = asyncio.run(run())

    assert isinstance(result, Refused)
    assert result.why is Why.TLS
    assert result.detail == "no encrypted connection to 127.0.0.1 could be agreed on"


def test_one_client_serves_many_sources_at_once() -> None:
    async def run() -> list[FetchResult]:
        async with Server({"/feed": [http(200, FEED)]}) as server, Client({}) as client:
            one = source(f"http://127.0.0.1:{server.port}/feed")
            state = SourceState(source_id="s", next_poll_at=NOW)
            visits = (client.fetch(replace(one, id=str(n)), state, NOW) for n in range(30))
            return await asyncio.gather(*visits)

    results = asyncio.run(run())

    assert [result.source_id for result in results] == [str(n) for n in range(30)]
    assert {type(result) for result in results} == {Fetched}
