"""Matches between pairs, and the groups and ids that they make."""

from __future__ import annotations

from datetime import timedelta

from aggregator.matching import articles
from aggregator.model.article import Article, Match
from aggregator.model.entry import Entry, EntryRef
from aggregator.text import ids
from tests.support.world import MINUTE, NOON, entry

PAGE = "https://news.example/riforma"
TITLE = "Il ministro annuncia la riforma delle pensioni"


def at(source_id: str, key: str = "guid:1", title: str = TITLE, canonical: str = PAGE) -> Entry:
    return entry(source_id, key, title, canonical=canonical)


def ref(name: str) -> EntryRef:
    return EntryRef(source_id=name, key="guid:1")


def link(one: str, other: str) -> Match:
    return Match(level="link", entry=ref(one), other=ref(other), score=1.0, why="")


def alone(one: Entry, **given: object) -> Article:
    facts: dict[str, object] = {
        "uid": ids.of_article(one.ref),
        "entries": (one,),
        "position": one.position or one.first_seen,
        "first_seen": one.first_seen,
        "updated": one.first_seen,
    }
    return Article(**(facts | given))  # type: ignore[arg-type]


def test_the_earlier_seen_entry_founds_the_article() -> None:
    early = entry("z", "guid:1", TITLE, first_seen=NOON, position=NOON - MINUTE)
    late = entry("a", "guid:1", TITLE, first_seen=NOON + MINUTE, position=NOON + MINUTE)
    (made,) = articles.regroup([alone(late), alone(early)], [link("a", "z")])
    assert made.uid == ids.of_article(early.ref)
    assert (made.position, made.first_seen) == (NOON - MINUTE, NOON)
    assert made.entries == (early, late)


def test_a_split_gives_each_part_the_id_of_its_own_founding_entry() -> None:
    early = entry("a", "guid:1", TITLE, first_seen=NOON)
    late = entry("b", "guid:1", TITLE, first_seen=NOON + MINUTE)
    joined = articles.regroup([alone(early), alone(late)], [link("a", "b")])
    parts = articles.regroup(joined, [])
    assert {part.uid for part in parts} == {ids.of_article(early.ref), ids.of_article(late.ref)}


def test_what_forbids_one_entry_forbids_the_article_that_it_joins() -> None:
    killed = alone(entry("a", "guid:1", TITLE, withdrawn=NOON))
    other = alone(entry("b", "guid:1", TITLE, first_seen=NOON - timedelta(hours=1)))
    (made,) = articles.regroup([killed, other], [link("a", "b")])
    assert made.withdrawn == NOON
