"""Addresses: absolute for display, folded for comparison."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.text import urls

BASE = "https://corriere.example/rss/home.xml"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/x?b=1#c", "https://a.example/x?b=1#c"),
        ("HTTP://A.example/x", "HTTP://A.example/x"),
        ("  https://a.example/x\n", "https://a.example/x"),
        ("https://a.example/a b\"c'd<e>", "https://a.example/a%20b%22c'd%3Ce%3E"),
        ("/politica/1", "https://corriere.example/politica/1"),
        ("articolo.html", "https://corriere.example/rss/articolo.html"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("?p=1", "https://corriere.example/rss/home.xml?p=1"),
        ("www.a.example/x", "https://www.a.example/x"),
        ("https://a.example/è", "https://a.example/è"),
    ],
)
def test_an_address_is_made_absolute_and_otherwise_left_alone(url: str, shown: str) -> None:
    assert urls.absolute(url, BASE) == shown


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:image/gif;base64,R0lGOD",
        "mailto:a@b.example",
        "tag:a.example,2026:1",
        "file:///etc/passwd",
        "https://",
        "https:///x",
        "http://[::1",
        "http://a.example:99999/",
        "http://a.example:x/",
        "https://a.example/" + "x" * 5000,
    ],
)
def test_what_is_no_address_of_the_web_is_empty(url: str) -> None:
    assert urls.absolute(url, BASE) == ""


def test_a_relative_address_without_a_base_is_empty() -> None:
    assert urls.absolute("/politica/1") == ""


def test_the_place_of_a_feed_lends_no_secret_to_its_items() -> None:
    place = urls.place("https://user:word@feeds.example/a/Ultimora.xml?username=u&password=p#x")
    assert place == "https://feeds.example/a/Ultimora.xml"
    assert urls.absolute("#top", place) == "https://feeds.example/a/Ultimora.xml#top"


FOLDED = [
    ("http://a.example/x", "https://a.example/x"),
    ("https://A.Example:443/x", "https://a.example/x"),
    ("http://a.example:80/x", "https://a.example/x"),
    ("https://a.example:8443/x", "https://a.example:8443/x"),
    ("https://user:word@a.example/x", "https://a.example/x"),
    ("https://a.example./x", "https://a.example/x"),
    ("https://a.example", "https://a.example/"),
    ("https://a.example/x#comments", "https://a.example/x"),
    ("https://a.example/#!/x/1", "https://a.example/#!/x/1"),
    ("https://a.example/b/../x/./y", "https://a.example/x/y"),
    ("https://a.example/%7ex/%c3%a8", "https://a.example/~x/%C3%A8"),
    ("https://a.example/~x/è", "https://a.example/~x/%C3%A8"),
    ("https://a.example/100%", "https://a.example/100%25"),
    ("https://a.example/x?b=2&a=1&b=2&", "https://a.example/x?a=1&b=2"),
    ("https://città.example/x", "https://xn--citt-3na.example/x"),
]


@pytest.mark.parametrize(("url", "canonical"), FOLDED, ids=[url for url, _ in FOLDED])
def test_spellings_of_one_address_fold_together(url: str, canonical: str) -> None:
    assert urls.canonical(url) == canonical


@pytest.mark.parametrize(
    "parameter",
    [
        "utm_source=rss&utm_medium=x",
        "mtm_campaign=a",
        "fbclid=IwAR1",
        "gclid=1",
        "at_medium=RSS&at_campaign=K",
        "ns_mchannel=rss&ito=1490&ns_campaign=1490",
        "partner=rss&emc=rss",
        "xtor=RSS-1",
        "ref=rss",
        "ref=www.a.example",
        "ref=a.example",
        "mod=rss_markets_main",
        "source=feed",
        "UTM_Source=rss",
    ],
)
def test_rule_014_tracking_parameters_are_stripped_before_comparing(parameter: str) -> None:
    assert urls.canonical(f"https://a.example/x?id=7&{parameter}") == "https://a.example/x?id=7"


@pytest.mark.parametrize(
    "query", ["id=7", "ref=12345", "source=ansa", "p=1", "newsfeed=1", "v=VivYKr5F93o", "mod=4"]
)
def test_rule_014_parameters_that_name_the_page_stay(query: str) -> None:
    assert urls.canonical(f"https://a.example/x?{query}") == f"https://a.example/x?{query}"


@pytest.mark.parametrize(
    "url",
    [
        "https://m.a.example/x",
        "https://amp.a.example/x",
        "https://www.a.example/x",
        "https://www.m.a.example/x",
        "https://print.a.example/x",
        "https://a.example/x/",
        "https://a.example/x/index.html",
        "https://a.example/x/index.php",
        "https://a.example/x/amp/",
    ],
)
def test_rule_015_doors_for_other_devices_fold(url: str) -> None:
    assert urls.canonical(url) == "https://a.example/x"


@pytest.mark.parametrize(
    "url", ["https://m.example/x", "https://www.example/x", "https://amplify.a.example/x"]
)
def test_rule_015_a_host_that_is_called_like_a_door_stays(url: str) -> None:
    assert urls.canonical(url) == url


@pytest.mark.parametrize("url", ["", "mailto:a@b.example", "x", "http://[::1"])
def test_what_is_no_address_has_no_canonical_form(url: str) -> None:
    assert urls.canonical(url) == ""


@pytest.mark.parametrize(
    ("url", "is_root"),
    [
        ("https://www.a.example/", True),
        ("https://a.example/index.html", True),
        ("https://a.example/x", False),
        ("https://a.example/?p=1", False),
        ("", False),
    ],
)
def test_a_front_door_is_known_as_one(url: str, is_root: bool) -> None:
    assert urls.is_root(urls.canonical(url)) is is_root


def test_rule_008_a_guid_that_flips_between_http_and_https_is_one_name() -> None:
    assert urls.fold_scheme("http://a.example/?p=1#2") == "https://a.example/?p=1#2"
    assert urls.fold_scheme("HTTP://a.example/") == "https://a.example/"
    assert urls.fold_scheme("tag:a.example,2026:1") == "tag:a.example,2026:1"


_PIECES = st.sampled_from(
    [
        *("http://", "https://", "www.", "m.", "amp.", "a.example", "è.example", ":80", ":8080"),
        *("/", "..", ".", "x", "%7e", "%C3%A8", "%", "%2F", "index.html", "amp", "//", " ", "["),
        *("]", "?", "&", "=", "utm_x=1", "ref=", "ref=a.example", "p=1", "#", "#!", "@", "+"),
        *("'", "\\", "\ud800"),
    ]
)


@given(st.lists(_PIECES, max_size=14).map("".join))
def test_folding_twice_is_folding_once(tail: str) -> None:
    once = urls.canonical(f"https://a.example{tail}")
    assert urls.canonical(once) == once


@given(st.lists(_PIECES, max_size=14).map("".join), st.text(max_size=20))
def test_making_absolute_twice_is_making_absolute_once(tail: str, text: str) -> None:
    once = urls.absolute(tail + text, BASE)
    assert urls.absolute(once, BASE) == once
    assert once == "" or once[:4].lower() == "http"
