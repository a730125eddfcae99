"""Secrets go into an address for the network only, and come out of it again."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from aggregator.polling.fetch import address

TEMPLATE = "https://h.example/wire?key=${KEY}"


def test_an_address_is_asked_without_its_fragment_and_login() -> None:
    opened = address.opened("https://u:p@h.example:8443/a?b=c#d", {})

    assert str(opened.url) == "https://h.example:8443/a?b=c"
    assert opened.authorization == "Basic dTpw"


@pytest.mark.parametrize(
    "template",
    ["ftp://h.example/", "h.example/feed", "https://", "file:///etc/passwd", "", "http://h:x/"],
)
def test_what_is_no_web_address_is_refused(template: str) -> None:
    with pytest.raises(ValueError, match=r"only http|[Ii]nvalid|[Pp]ort"):
        address.opened(template, {})


def test_a_secret_that_is_missing_is_named() -> None:
    with pytest.raises(KeyError, match="KEY"):
        address.opened(TEMPLATE, {"OTHER": "x"})


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("/new", "https://h.example/new"),
        ("new?x=1", "https://h.example/dir/new?x=1"),
        ("//other.example/feed", "https://other.example/feed"),
        ("?page=2", "https://h.example/dir/feed?page=2"),
        ("https://u:p@other.example/feed#top", "https://other.example/feed"),
        ("/caffè latte", "https://h.example/caff%C3%A8%20latte"),
    ],
)
def test_a_redirect_is_resolved_against_where_it_was_said(location: str, expected: str) -> None:
    start = address.opened("https://h.example/dir/feed", {})

    assert str(address.followed(start, location).url) == expected


@pytest.mark.parametrize(
    ("start", "location", "kept"),
    [
        pytest.param("https://u:p@h.example/", "/new", True, id="same-host"),
        pytest.param("http://u:p@h.example/", "https://h.example/", True, id="to-https"),
        pytest.param("https://u:p@h.example/", "http://h.example/", False, id="to-http"),
        pytest.param("https://u:p@h.example/", "https://www.h.example/", False, id="subdomain"),
        pytest.param("http://u:p@h.example/", "http://h.example:81/", False, id="another-port"),
        pytest.param("https://u:p@h.example/", "https://h.example:81/", False, id="another-https"),
    ],
)
def test_a_login_goes_only_where_it_is_meant_for(start: str, location: str, kept: bool) -> None:
    there = address.followed(address.opened(start, {}), location)

    assert (there.authorization is not None) is kept


SECRETS = st.text(string.ascii_letters + string.digits + "%+ &=/:@~è€", min_size=4, max_size=20)


@given(SECRETS)
def test_no_spelling_of_a_secret_is_stored(secret: str) -> None:
    asked = URL("https://h.example/").with_query({"key": secret})
    in_path = URL.build(scheme="https", host="h.example", path=f"/{secret}/feed")
    as_written = URL(f"https://h.example/wire?key={secret}")

    for url in (asked, in_path, as_written):
        folded = address.folded(url, TEMPLATE, {"KEY": secret})
        assert "${KEY}" in folded


def test_folding_leaves_an_address_without_secrets_as_it_is() -> None:
    url = URL("https://h.example:8443/a%20b?c=%C3%A8")

    assert address.folded(url, "https://h.example/", {"KEY": "a"}) == str(url)


def test_a_secret_that_is_part_of_another_folds_as_the_longer_one() -> None:
    template = "https://h.example/?a=${SHORT}&b=${LONG}"
    url = URL("https://h.example/?a=abcd&b=abcdef")

    folded = address.folded(url, template, {"SHORT": "abcd", "LONG": "abcdef"})

    assert folded == template
