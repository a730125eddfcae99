"""What an item of a feed of stories says in each format."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import feedparser
import pytest

from aggregator.model.feed import Collapse, Feed, Order, Rendered
from aggregator.serving.render import atom, html, jsonfeed, rss
from aggregator.serving.render.site import Site
from aggregator.text import ids
from tests.support import shelf as given
from tests.support.schemas import atom_faults, json_feed_faults

SITE = Site(title="Newsroom", base_url="https://news.example.org")
LEAD = given.entry("ansa", 1, title="Crolla il campanile")
OTHERS = (
    given.entry("portale", 2, title="La scossa fa crollare il campanile"),
    given.entry("gazzetta", 3, title="Il campanile dopo la scossa"),
)
STORY = ids.of_story(LEAD.ref)
ARTICLE = ids.of_article(LEAD.ref).removeprefix("urn:uuid:")
PAGE = f"https://news.example.org/articles/{ARTICLE}"


def stories() -> Feed:
    """One story that three articles tell; its lead's article has a page of its own."""
    made = given.feed(given.item(LEAD, *OTHERS, uid=STORY))
    return replace(made, spec=replace(made.spec, collapse=Collapse.STORY, order=Order.TRENDING))


@pytest.mark.parametrize("render", [rss.render, atom.render], ids=["rss", "atom"])
def test_its_guid_is_the_storys_and_the_other_articles_are_related(
    render: Callable[..., Rendered],
) -> None:
    (entry,) = feedparser.parse(render(stories(), SITE).body).entries
    assert (entry.id, entry.title, entry.link) == (STORY, LEAD.title, LEAD.url)
    related = [link.href for link in entry.links if link.rel == "related"]
    assert related == [PAGE, *(one.url for one in OTHERS)]


def test_its_guid_in_json_is_the_storys_and_the_other_articles_are_its_copies() -> None:
    (item,) = json.loads(jsonfeed.render(stories(), SITE).body)["items"]
    assert (item["id"], item["url"]) == (STORY, LEAD.url)
    assert item["_aggregator"]["article"] == PAGE
    assert [one["url"] for one in item["_aggregator"]["copies"]] == [one.url for one in OTHERS]


def test_its_page_leads_to_the_article_and_counts_who_else_tells_it() -> None:
    page = html.feed(stories(), SITE, "en").decode()
    assert f'<a class="copies" href="/articles/{ARTICLE}">2 more outlets</a>' in page


def test_a_feed_of_stories_is_valid(corpus: Path) -> None:
    assert atom_faults(corpus, atom.render(stories(), SITE).body) == []
    assert json_feed_faults(corpus, jsonfeed.render(stories(), SITE).body) == []
