"""A text that is another house's than the outlet's: every output says so, and nothing runs."""

from __future__ import annotations

import json
from typing import Any

import pytest
from lxml import etree

from aggregator.model.agency import Credit, Form
from aggregator.model.feed import Feed
from aggregator.model.source import Kind
from aggregator.serving.render import atom, html, jsonfeed, rss
from aggregator.serving.render.site import Site
from tests.support import shelf as given

SITE = Site(title="Newsroom", base_url="https://news.example.org")
NS = {"a": "http://www.w3.org/2005/Atom", "dc": "http://purl.org/dc/elements/1.1/"}
HOSTILE = "<script>alert(1)</script>"
PORTAL = {"name": "Il Portale", "kind": Kind.PORTAL}


def feed(name: str = "ANSA", agency: str = "ansa", **of: Any) -> Feed:
    """A feed with one item of a portal, credited to an agency."""
    facts: dict[str, Any] = {"authors": ()} | of
    outlet = facts.pop("source", PORTAL)
    credit = Credit(agency=agency, name=name, words="", form=Form.DATELINE, confidence=0.99)
    item = given.item(given.entry("portale", 1, credit=credit, **facts))
    return given.feed(item, sources=(given.source("portale", **outlet),))


def creators(of: Feed) -> dict[str, list[str]]:
    """Who is named as an author, by format."""
    document = etree.fromstring(rss.render(of, SITE).body)
    entries = etree.fromstring(atom.render(of, SITE).body)
    (item,) = json.loads(jsonfeed.render(of, SITE).body)["items"]
    return {
        "rss": [node.text for node in document.findall(".//item/dc:creator", NS)],
        "atom": [node.text for node in entries.findall(".//a:entry/a:author/a:name", NS)],
        "json": [author["name"] for author in item["authors"]],
    }


def everywhere(*names: str) -> dict[str, list[str]]:
    return {form: list(names) for form in ("rss", "atom", "json")}


def test_feeds_say_whose_text_an_outlet_carries() -> None:
    assert creators(feed()) == everywhere("ANSA via Il Portale")


def test_writers_are_still_named_and_the_agency_not_twice() -> None:
    authors = ("Anna Rossi", "Ansa")
    assert creators(feed(authors=authors)) == everywhere("ANSA via Il Portale", "Anna Rossi")


@pytest.mark.parametrize(
    "source",
    [
        pytest.param({"name": "Mondo", "agency": "ansa"}, id="a source of the agency"),
        pytest.param({"name": "ANSA.it - Mondo", "kind": Kind.PORTAL}, id="an outlet named so"),
    ],
)
def test_a_house_that_carries_its_own_text_is_named_once(source: dict[str, Any]) -> None:
    assert creators(feed(authors=("Anna Rossi",), source=source)) == everywhere("Anna Rossi")


def test_json_feed_names_the_credit_by_itself() -> None:
    (item,) = json.loads(jsonfeed.render(feed(), SITE).body)["items"]
    assert item["_aggregator"]["credit"] == "ANSA"
    assert item["_aggregator"]["source"]["name"] == "Il Portale"


def test_pages_show_it_in_the_byline() -> None:
    page = html.feed(feed(), SITE, "en").decode()
    assert '<span class="outlet">ANSA via Il Portale</span>' in page


def test_a_hostile_name_is_text_in_every_output() -> None:
    hostile = feed(name=f"{HOSTILE} & \x00co", agency="hostile")
    assert creators(hostile) == everywhere(f"{HOSTILE} & co via Il Portale")
    assert HOSTILE not in html.feed(hostile, SITE, "en").decode()


def test_the_article_s_page_says_it_of_the_lead_and_in_the_list_of_outlets() -> None:
    of = feed(name=f"{HOSTILE}ANSA")
    dossier = given.dossier(of.items[0].lead, sources=of.sources)
    page = (html.article(dossier, SITE, "en", ()) or b"").decode()
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;ANSA via Il Portale") == 2
    assert HOSTILE not in page
