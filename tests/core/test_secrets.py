"""Secrets in addresses: expanded late, shown never."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.text import secrets

TEMPLATE = "https://feeds.example/u.xml?username=${WIRE_USER}&password=${WIRE_WORD}"
ENVIRON = {"WIRE_USER": "rossi", "WIRE_WORD": "s3gr&to"}


def test_the_names_that_an_address_asks_for_come_in_order() -> None:
    assert secrets.names(TEMPLATE + "&again=${WIRE_USER}") == ("WIRE_USER", "WIRE_WORD")
    assert secrets.names("https://a.example/$HOME/${}/${1}") == ()


def test_values_are_put_in() -> None:
    assert secrets.expand(TEMPLATE, ENVIRON) == (
        "https://feeds.example/u.xml?username=rossi&password=s3gr&to"
    )


def test_a_value_that_is_missing_is_named() -> None:
    with pytest.raises(KeyError, match="WIRE_USER"):
        secrets.expand(TEMPLATE, {})


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (TEMPLATE, "https://feeds.example/u.xml?username=***&password=***"),
        ("https://a.example/?api_key=1&x=2", "https://a.example/?api_key=***&x=2"),
        ("https://a.example/?x=2&access_token=1#y", "https://a.example/?x=2&access_token=***#y"),
        ("https://rossi:s3@a.example/x", "https://***@a.example/x"),
        ("https://a.example/${WIRE_WORD}/x", "https://a.example/***/x"),
        ("https://a.example/x?page=2", "https://a.example/x?page=2"),
        ("http://[::1", "http://[::1"),
    ],
    ids=["parameters", "key", "token", "credentials", "path", "nothing", "no address"],
)
def test_an_address_is_shown_without_its_secrets(url: str, shown: str) -> None:
    assert secrets.redact(url) == shown


@pytest.mark.parametrize(
    ("name", "secret"),
    [
        ("Authorization", True),
        ("X-API-Key", True),
        ("Cookie", True),
        ("X-Access-Token", True),
        ("Accept-Language", False),
        ("X-Edition", False),
    ],
)
def test_a_header_that_tells_who_we_are_is_known_by_its_name(name: str, secret: bool) -> None:
    assert secrets.is_secret_header(name) is secret


@given(st.text(max_size=40))
def test_redacting_twice_is_redacting_once(text: str) -> None:
    once = secrets.redact(f"https://a.example/?password={text}")
    assert secrets.redact(once) == once
