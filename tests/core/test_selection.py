"""Whether an article enters a feed, who leads it there, and what is shown of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from aggregator.model.article import Article
from aggregator.model.entry import Entry, Media, Status
from aggregator.model.feed import Clause, Collapse, FeedSpec, Order, Query
from aggregator.model.source import Kind, Rights, Source
from aggregator.selection import rank
from aggregator.selection.belongs import Place, places
from aggregator.selection.query import qualifies
from aggregator.selection.shown import shown
from aggregator.text import ids
from tests.support.world import MINUTE, NOON, entry, source

ANSA = source("ansa", kind=Kind.AGENCY, agency="ansa", topics=("esteri",))
PORTAL = source("portale", topics=("cronaca",))
SOURCES = {one.id: one for one in (ANSA, PORTAL)}


def article(*entries: Entry, **given: Any) -> Article:
    first = entries[0]
    facts: dict[str, Any] = {
        "uid": ids.of_article(first.ref),
        "entries": entries,
        "position": NOON,
        "first_seen": first.first_seen,
        "updated": NOON,
    }
    return Article(**facts | given)


def wire(**given: Any) -> Entry:
    facts: dict[str, Any] = {
        "title": "Perché la città è ferma",
        "topics": ("politica",),
        "language": "it",
    }
    return entry("ansa", "guid:1", **facts | given)


def copy(**given: Any) -> Entry:
    facts: dict[str, Any] = {"first_seen": NOON + MINUTE}
    return entry("portale", "guid:9", "La città ferma", **facts | given)


def spec(**given: Any) -> FeedSpec:
    return FeedSpec(**({"slug": "f", "title": "F"} | given))


QUERIES = [
    pytest.param(Query(), True, id="an empty query takes everything"),
    pytest.param(Query(sources=("portale", "ansa")), True, id="values are or"),
    pytest.param(Query(sources=("ansa",), topics=("sport",)), False, id="keys are and"),
    pytest.param(Query(kinds=(Kind.PORTAL,)), False, id="kind"),
    pytest.param(Query(agencies=("ansa",)), True, id="agency"),
    pytest.param(Query(topics=("esteri",)), True, id="a topic of the source"),
    pytest.param(Query(topics=("politica",)), True, id="a topic of the item"),
    pytest.param(Query(languages=("en",)), False, id="language"),
    pytest.param(Query(words=("CITTA'",)), True, id="a word, folded"),
    pytest.param(Query(words=("perche",)), True, id="a word without its accent"),
    pytest.param(Query(words=("citt",)), False, id="words are whole"),
    pytest.param(Query(words=("citta e ferma",)), True, id="a phrase"),
    pytest.param(Query(words=("/citt.{1,2} e/",)), True, id="a pattern sees the folded text"),
    pytest.param(Query(words=("/^ferma/",)), False, id="a pattern that is not there"),
]


@pytest.mark.parametrize(("query", "expected"), QUERIES)
def test_a_query(query: Query, expected: bool) -> None:
    assert qualifies(wire(), ANSA, [Clause(include=query)]) is expected


def test_what_is_excluded_is_out_of_its_clause_only() -> None:
    without = Clause(exclude=(Query(words=("mare",)), Query(words=("ferma",))))
    assert not qualifies(wire(), ANSA, [without])
    assert qualifies(wire(), ANSA, [without, Clause(include=Query(sources=("ansa",)))])


def test_a_pattern_that_would_hang_a_backtracking_engine_is_harmless() -> None:
    slow = Query(words=("/(a+)+$/",))
    assert not qualifies(wire(title="a" * 5000 + "!"), ANSA, [Clause(include=slow)])


def test_an_article_enters_once_with_the_agency_speaking() -> None:
    both = article(copy(first_seen=NOON), wire(first_seen=NOON + MINUTE))
    (place,) = places(both, spec(), SOURCES)
    assert (place.uid, place.lead) == (both.uid, wire().ref)


LEADS = [
    pytest.param({"prefer": ("portale",)}, {}, "portale", id="the feed prefers a source"),
    pytest.param({"prefer": ("reuters", "ansa")}, {}, "ansa", id="or an agency"),
    pytest.param({}, {"kind": Kind.AGENCY, "trust": 5}, "portale", id="then trust"),
    pytest.param({}, {"kind": Kind.AGENCY}, "portale", id="then the fuller text"),
]


@pytest.mark.parametrize(("feed", "portal", "expected"), LEADS)
def test_who_leads(feed: dict[str, Any], portal: dict[str, Any], expected: str) -> None:
    sources = SOURCES | {"portale": replace(PORTAL, **portal)}
    both = article(wire(), copy(content="<p>Tutto il testo</p>"))
    (place,) = places(both, spec(**feed), sources)
    assert place.lead.source_id == expected


def test_the_lead_is_one_of_those_that_qualify() -> None:
    only = spec(clauses=(Clause(include=Query(sources=("portale",))),))
    (place,) = places(article(wire(), copy()), only, SOURCES)
    assert place.lead.source_id == "portale"


def test_an_entry_of_a_source_that_was_taken_out_is_not_live() -> None:
    assert places(article(wire()), spec(), {"portale": PORTAL}) == ()


HELD = [
    pytest.param({"status": Status.WITHHELD}, id="withheld"),
    pytest.param({"status": Status.CANCELED}, id="canceled"),
    pytest.param({"embargo": NOON + MINUTE, "held": True}, id="under an embargo when it came"),
]


@pytest.mark.parametrize("given", HELD)
def test_what_its_wire_holds_back_is_in_no_feed(given: dict[str, Any]) -> None:
    assert places(article(wire(**given)), spec(), SOURCES) == ()
    assert places(article(wire(**given)), spec(collapse=Collapse.NONE), SOURCES) == ()


def test_a_copy_speaks_where_the_wire_s_own_is_held_back() -> None:
    (place,) = places(article(wire(status=Status.WITHHELD), copy()), spec(), SOURCES)
    assert place.lead.source_id == "portale"


def test_rule_075_an_embargoed_item_that_came_early_is_shown_only_when_it_is_free() -> None:
    early = wire(embargo=NOON + 60 * MINUTE, held=True)
    assert places(article(early), spec(), SOURCES) == ()
    assert len(places(article(replace(early, held=False)), spec(), SOURCES)) == 1


def test_rule_073_what_forbids_one_entry_forbids_every_copy() -> None:
    assert places(article(wire(), copy(withdrawn=NOON)), spec(), SOURCES) == ()


@pytest.mark.parametrize("bar", [{"notice": "kill"}, {"superseded": True}], ids=lambda b: str(b))
def test_what_is_no_news_or_has_a_later_text_leaves_the_place_to_its_copies(
    bar: dict[str, Any],
) -> None:
    (place,) = places(article(wire(**bar), copy()), spec(), SOURCES)
    assert place.lead == copy().ref


def test_without_collapse_each_qualifying_entry_is_an_item_of_its_own() -> None:
    found = places(article(wire(), copy()), spec(collapse=Collapse.NONE), SOURCES)
    assert {p.uid for p in found} == {ids.of_entry(wire().ref), ids.of_entry(copy().ref)}


def test_a_higher_rank_is_a_later_position() -> None:
    assert rank.latest(NOON) < rank.latest(NOON + timedelta(microseconds=1))


def trending(*entries: Entry) -> Place:
    (place,) = places(article(*entries), spec(order=Order.TRENDING), SOURCES)
    return place


def test_two_origins_pull_as_much_as_one_a_half_life_later() -> None:
    later = rank.trending([NOON + rank.HALF_LIFE])
    assert rank.trending([NOON, NOON]) == pytest.approx(later)


def test_an_agency_counts_as_one_origin_however_many_of_its_feeds_carry_it() -> None:
    sources = SOURCES | {"ansa-2": replace(ANSA, id="ansa-2")}
    twice = article(wire(), replace(wire(), source_id="ansa-2"))
    (alone,) = places(article(wire()), spec(order=Order.TRENDING), sources)
    (both,) = places(twice, spec(order=Order.TRENDING), sources)
    assert both.rank == alone.rank


def test_a_portal_of_its_own_raises_the_trend() -> None:
    assert trending(wire(), copy()).rank > trending(wire()).rank


RIGHTS = [
    pytest.param(Rights.FULL, ("s", "<p>c</p>", 1), id="full"),
    pytest.param(Rights.SUMMARY, ("s", "", 1), id="summary"),
    pytest.param(Rights.HEADLINE, ("", "", 0), id="headline"),
]


@pytest.mark.parametrize(("rights", "expected"), RIGHTS)
def test_rights_keep_back_what_they_must(rights: Rights, expected: tuple[str, str, int]) -> None:
    full = wire(summary="s", content="<p>c</p>", media=(Media(url="https://a.example/1.jpg"),))
    told: Source = replace(ANSA, rights=rights)
    seen = shown(full, told)
    assert (seen.summary, seen.content, len(seen.media)) == expected
    assert seen.topics == ("esteri", "politica")
    assert shown(seen, told) == seen
