"""Feeds are materialised as news comes; a feed filled in one go is the oracle for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.model.article import Article
from aggregator.model.entry import Entry
from aggregator.model.feed import Clause, Collapse, FeedSpec, Order, Query
from aggregator.model.source import Kind
from aggregator.selection.belongs import places
from tests.support.world import MINUTE, NOON, World, config, entry, source

SOURCES = (source("ansa", kind=Kind.AGENCY, agency="ansa"), source("portale"), source("gazzetta"))
GAZZETTA = Query(sources=("gazzetta",))
SPECS = (
    FeedSpec(slug="all", title="All", limit=1000),
    FeedSpec(slug="each", title="Each", limit=1000, collapse=Collapse.NONE),
    FeedSpec(slug="trend", title="Trend", limit=1000, order=Order.TRENDING),
    FeedSpec(
        slug="some",
        title="Some",
        limit=1000,
        clauses=(
            Clause(include=Query(words=("riforma",)), exclude=(Query(sources=("gazzetta",)),)),
        ),
        prefer=("portale",),
    ),
)
TITLES = (
    "Il ministro annuncia la riforma delle pensioni",
    "Il ministro annuncia la riforma delle pensioni (2)",
    "Terremoto in Umbria, scuole chiuse domani",
)
ITEMS = st.builds(
    lambda number, title, page: (number, title, page),
    st.integers(1, 4),
    st.sampled_from(TITLES),
    st.sampled_from(("a", "b", "c")),
)
POLLS = st.lists(
    st.tuples(
        st.sampled_from([one.id for one in SOURCES]),
        st.lists(ITEMS, max_size=4, unique_by=lambda item: item[0]),
    ),
    max_size=12,
)


Polls = list[tuple[str, list[tuple[int, str, str]]]]


def entries(source_id: str, items: list[tuple[int, str, str]]) -> list[Entry]:
    return [
        entry(source_id, f"guid:{number}", title, url=f"https://news.example/{page}")
        for number, title, page in items
    ]


def expected(articles: list[Article], spec: FeedSpec) -> list[tuple[str, str, str]]:
    """What `belongs` says of every article, in the feed's order."""
    by_id = {one.id: one for one in SOURCES}
    found = [(article, place) for article in articles for place in places(article, spec, by_id)]
    found.sort(key=lambda pair: (-pair[1].rank, pair[1].uid))
    return [(place.uid, article.uid, place.lead.key) for article, place in found]


@settings(max_examples=60, deadline=None)
@given(POLLS)
def test_what_is_materialised_is_what_belongs(
    polls: list[tuple[str, list[tuple[int, str, str]]]],
) -> None:
    with TemporaryDirectory() as folder:
        world = World(Path(folder) / "a.db", config(*SOURCES, feeds=SPECS))
        for number, (source_id, items) in enumerate(polls):
            world.lists(source_id, *entries(source_id, items), at=NOON + number * MINUTE)
        articles = list(world.store.all_articles())
        held = {
            spec.slug: [(i.uid, i.article, i.lead.key) for i in world.feed(spec.slug).items]
            for spec in SPECS
        }
        assert held == {spec.slug: expected(articles, spec) for spec in SPECS}
        world.store.close()


@settings(max_examples=40, deadline=None)
@given(POLLS)
def test_a_rebuilt_feed_equals_the_grown_one(
    polls: list[tuple[str, list[tuple[int, str, str]]]],
) -> None:
    with TemporaryDirectory() as folder:
        world = World(Path(folder) / "a.db", config(*SOURCES, feeds=SPECS))
        for number, (source_id, items) in enumerate(polls):
            world.lists(source_id, *entries(source_id, items), at=NOON + number * MINUTE)
        again = [replace(spec, slug=f"{spec.slug}-again") for spec in SPECS]
        world.apply(config(*SOURCES, feeds=[*SPECS, *again]), NOON + timedelta(days=1))
        assert [_shape(world, spec.slug) for spec in again] == [
            _shape(world, spec.slug) for spec in SPECS
        ]
        world.store.close()


def _shape(world: World, slug: str) -> list[tuple[str, str, str, float]]:
    return [
        (i.uid, i.lead.source_id, i.lead.key, i.position.timestamp())
        for i in world.feed(slug).items
    ]
