"""What statuses, headers and failures mean: tables, and totality on whatever is written there."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from aggregator.model.fetched import Freshness, Validators, Why
from aggregator.polling.fetch import answer, causes, dates, question

NOW = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
SENT = "Thu, 12 Mar 2026 09:00:00 GMT"
MINUTE = timedelta(minutes=1)
CAP = timedelta(days=31)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("Thu, 12 Mar 2026 12:00:00 GMT", NOW, id="the-form-of-today"),
        pytest.param("Thursday, 12-Mar-26 12:00:00 GMT", NOW, id="rfc-850"),
        pytest.param("Thu Mar 12 12:00:00 2026", NOW, id="asctime"),
        pytest.param("Thu, 12 Mar 2026 13:00:00 +0100", NOW, id="another-zone"),
        pytest.param("0", None, id="zero"),
        pytest.param("-1", None, id="minus-one"),
        pytest.param("", None, id="empty"),
        pytest.param(None, None, id="missing"),
        pytest.param("Thu, 99 Foo 2026 12:00:00 GMT", None, id="no-such-day"),
        pytest.param("Fri, 31 Dec 9999 23:59:59 -2300", None, id="beyond-the-calendar"),
    ],
)
def test_http_dates_are_read_in_all_their_forms(value: str | None, expected: object) -> None:
    assert dates.parse(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("120", 2 * MINUTE, id="seconds"),
        pytest.param(" 120 ", 2 * MINUTE, id="padded"),
        pytest.param("Thu, 12 Mar 2026 09:05:00 GMT", 5 * MINUTE, id="a-date-by-the-servers-clock"),
        pytest.param("0", None, id="zero"),
        pytest.param("-5", None, id="negative"),
        pytest.param("Thu, 12 Mar 2026 08:00:00 GMT", None, id="the-past"),
        pytest.param("99999999999999999999", CAP, id="absurd"),
        pytest.param("9" * 10_000, CAP, id="very-absurd"),
        pytest.param("Thu, 12 Mar 2093 08:00:00 GMT", CAP, id="in-a-lifetime"),
        pytest.param("soon", None, id="words"),
        pytest.param("²", None, id="a-digit-that-is-none"),
    ],
)
def test_rule_050_retry_after_has_two_forms_and_a_cap(
    value: str, expected: timedelta | None
) -> None:
    given = answer.freshness(CIMultiDict({"Retry-After": value, "Date": SENT}), NOW)

    assert given == Freshness(retry_after=expected)


def test_rule_050_without_a_date_of_its_own_the_servers_clock_is_ours() -> None:
    headers = CIMultiDict({"Retry-After": "Thu, 12 Mar 2026 12:05:00 GMT"})

    assert answer.freshness(headers, NOW).retry_after == 5 * MINUTE


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        pytest.param({"Cache-Control": "max-age=300"}, 5 * MINUTE, id="max-age"),
        pytest.param({"Cache-Control": 'public, Max-Age = "300"'}, 5 * MINUTE, id="oddly-written"),
        pytest.param({"Cache-Control": "s-maxage=300"}, None, id="for-proxies-only"),
        pytest.param({"Cache-Control": "max-age=0"}, None, id="zero"),
        pytest.param({"Cache-Control": "no-cache, max-age=300"}, None, id="rule-049-no-cache"),
        pytest.param({"Cache-Control": "no-store"}, None, id="rule-049-no-store"),
        pytest.param({"Expires": "0"}, None, id="rule-049-expires-0"),
        pytest.param({"Expires": SENT}, None, id="expires-now"),
        pytest.param({"Expires": "Thu, 12 Mar 2026 09:05:00 GMT"}, 5 * MINUTE, id="expires"),
        pytest.param(
            {"Expires": "Thu, 12 Mar 2026 09:05:00 GMT", "Cache-Control": "max-age=60"},
            MINUTE,
            id="max-age-beats-expires",
        ),
        pytest.param({"Cache-Control": "max-age=" + "9" * 5_000}, CAP, id="rule-051-absurd"),
        pytest.param({}, None, id="nothing"),
    ],
)
def test_rule_049_an_interval_is_inferred_only_from_a_positive_wish(
    headers: dict[str, str], expected: timedelta | None
) -> None:
    given = answer.freshness(CIMultiDict(headers | {"Date": SENT}), NOW)

    assert given == Freshness(max_age=expected)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("text/xml", ("text/xml", None)),
        ("Application/RSS+XML; Charset=UTF-8", ("application/rss+xml", "utf-8")),
        ('text/xml; charset="iso-8859-1"', ("text/xml", "iso-8859-1")),
        ("text/xml; charset='iso-8859-1'", ("text/xml", "iso-8859-1")),
        ("text/xml; charset=", ("text/xml", None)),
        ("text/xml;charset", ("text/xml", None)),
        ("rss", ("rss", None)),
        (";charset=utf-8", (None, "utf-8")),
        ("", (None, None)),
        ("text/xml; charset=\udcff", (None, None)),
    ],
)
def test_a_content_type_is_read_as_it_is_written(
    value: str, expected: tuple[str | None, str | None]
) -> None:
    assert answer.content_type(CIMultiDict({"Content-Type": value})) == expected


HEADERS = ("Retry-After", "Date", "Expires", "Cache-Control", "Content-Type", "ETag")


@given(st.dictionaries(st.sampled_from(HEADERS), st.text(max_size=60)))
def test_no_header_raises_and_no_wish_is_past_the_cap(headers: dict[str, str]) -> None:
    given = answer.freshness(CIMultiDict(headers), NOW)
    answer.content_type(CIMultiDict(headers))

    assert all(
        wish is None or timedelta() < wish <= CAP for wish in (given.max_age, given.retry_after)
    )


@given(st.text(min_size=1, max_size=60))
def test_rule_048_what_is_kept_of_a_validator_is_sent_as_it_came(value: str) -> None:
    kept = answer.validators(CIMultiDict({"ETag": value}))
    sent = question.conditions(kept, NOW)

    assert kept in (Validators(etag=value), Validators())
    assert sent in ({"If-None-Match": value}, {})


def _no_lookup(code: int) -> aiohttp.ClientConnectorDNSError:
    key = ConnectionKey("h.example", 80, False, True, None, None, None)
    return aiohttp.ClientConnectorDNSError(key, socket.gaierror(code, "words of the system"))


@pytest.mark.parametrize(
    ("error", "why", "words"),
    [
        pytest.param(
            _no_lookup(socket.EAI_NONAME),
            Why.UNREACHABLE,
            "h.example could not be reached: no such host h.example",
            id="no-such-name",
        ),
        pytest.param(
            _no_lookup(socket.EAI_AGAIN),
            Why.UNREACHABLE,
            "h.example could not be reached: its name could not be looked up (is there a network?)",
            id="no-network",
        ),
        pytest.param(
            TimeoutError(),
            Why.UNREACHABLE,
            "h.example could not be reached: the connection timed out",
            id="nobody-answers",
        ),
        pytest.param(
            OSError(113, "words of the system"),
            Why.UNREACHABLE,
            "h.example could not be reached: no route to the host",
            id="no-route",
        ),
        pytest.param(
            OSError(12345, "Words of the system"),
            Why.UNREACHABLE,
            "h.example could not be reached: Words of the system",
            id="something-rare",
        ),
        pytest.param(
            aiohttp.ServerDisconnectedError(),
            Why.UNREACHABLE,
            "h.example closed the connection without an answer",
            id="hung-up",
        ),
        pytest.param(
            aiohttp.ClientError(),
            Why.UNREACHABLE,
            "h.example could not be reached: ClientError",
            id="something-unknown",
        ),
    ],
)
def test_failures_are_told_in_words_that_name_the_host(
    error: Exception, why: Why, words: str
) -> None:
    assert causes.explain(error, "h.example", proxied=False) == (why, words)
