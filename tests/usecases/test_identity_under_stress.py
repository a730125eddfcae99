"""What sources do to the ids of their items, and what an operator is told of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from aggregator.model.entry import Entry
from aggregator.ports import Tally
from tests.support.world import MINUTE, NOON, World, config, entry, source

TITLES = (
    "Il ministro annuncia la riforma delle pensioni",
    "Terremoto in Umbria, scuole chiuse domani",
    "Calcio, pareggio nel finale tra Lario e Trevisol",
    "Sciopero dei treni, garantite le fasce dei pendolari",
)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "a.db", config(source("ansa")))
    yield made
    made.store.close()


def findings(world: World) -> dict[str, str]:
    (status,) = world.store.sources()
    return dict(status.findings)


def items(mark: str, **given: object) -> list[Entry]:
    """Four items, at addresses of their own, whose ids hold a mark."""
    return [
        entry("ansa", f"guid:{mark}-{n}", title, url=f"https://ansa.example/{n}", **given)
        for n, title in enumerate(TITLES)
    ]


def loose(mark: str, **given: object) -> list[Entry]:
    """The same items without addresses: only their ids and titles name them."""
    return [
        entry("ansa", f"guid:{mark}-{n}", title, url="", canonical="", aliases=(), **given)
        for n, title in enumerate(TITLES)
    ]


def test_rule_006_an_id_that_comes_back_after_a_month_is_a_new_item(world: World) -> None:
    old = entry("ansa", "guid:1", TITLES[0])
    world.lists("ansa", old)
    world.lists("ansa", entry("ansa", "guid:2", TITLES[1]), at=NOON + MINUTE)
    year = NOON + timedelta(days=365)
    rewritten = entry(
        "ansa", "guid:1", f"{TITLES[0]}, un anno dopo", published=year, url=old.url + "-bis"
    )
    assert world.lists("ansa", rewritten, at=year).tally == Tally(new=1)
    assert findings(world) == {
        "id-reused": "1 ids hold another piece than before, which is kept apart"
    }


def test_rule_006_an_id_that_was_listed_all_the_time_is_its_old_item(world: World) -> None:
    world.lists("ansa", entry("ansa", "guid:1", TITLES[0]))
    year = NOON + timedelta(days=365)
    edited = entry("ansa", "guid:1", f"{TITLES[0]}, un anno dopo", published=year)
    assert world.lists("ansa", edited, at=year).tally == Tally(revised=1)
    assert findings(world) == {}


def test_rule_007_ids_that_are_new_at_each_request_announce_nothing_and_are_told(
    world: World,
) -> None:
    world.lists("ansa", *items("a"))
    assert world.lists("ansa", *items("b"), at=NOON + MINUTE).tally == Tally()
    assert world.lists("ansa", *items("c"), at=NOON + 2 * MINUTE).tally == Tally()
    assert findings(world) == {
        "guid-churn": "4 of 4 items have new ids once more; their addresses or titles name them"
    }
    assert len(world.titles()) == 4


@pytest.mark.parametrize("dated", [True, False], ids=["dated", "undated"])
def test_rule_007_without_addresses_a_document_of_known_titles_is_known(
    world: World, dated: bool
) -> None:
    world.lists("ansa", *loose("a", dated=dated))
    for minutes, mark in ((1, "b"), (2, "c")):
        at = NOON + minutes * MINUTE
        assert world.lists("ansa", *loose(mark, dated=dated), at=at).tally == Tally()
    assert [*findings(world)] == ["guid-churn"]
    assert len(world.titles()) == 4


def test_rule_007_a_column_that_keeps_its_title_is_new_each_day(world: World) -> None:
    def column(number: int) -> Entry:
        return entry(
            "ansa", f"guid:oroscopo-{number}", "Oroscopo", url="", canonical="", aliases=()
        )

    world.lists("ansa", column(1), *items("a"))
    after = world.lists("ansa", column(2), *items("a"), at=NOON + timedelta(days=1))
    assert after.tally == Tally(new=1)
    assert findings(world) == {}


def test_rule_007_items_that_share_a_title_are_not_told_apart_by_it(world: World) -> None:
    def twins(mark: str) -> list[Entry]:
        return [
            entry("ansa", f"guid:{mark}-{n}", "Ultim'ora", url="", canonical="", aliases=())
            for n in range(4)
        ]

    world.lists("ansa", *twins("a"))
    assert world.lists("ansa", *twins("b"), at=NOON + MINUTE).tally == Tally(new=4)


def test_rule_008_a_source_that_flips_between_http_and_https_is_told(world: World) -> None:
    plain = [replace(one, url=one.url.replace("https://", "http://")) for one in items("a")]
    fresh = entry("ansa", "guid:new", "Maltempo, allerta arancione in Liguria")
    world.lists("ansa", *items("a"))
    assert world.lists("ansa", fresh, *plain, at=NOON + MINUTE).tally == Tally(new=1)
    assert findings(world) == {"scheme-changed": "4 of 5 items change between http:// and https://"}
    kept = {item.lead.url for item in world.feed().items}
    assert kept == {fresh.url, *(one.url for one in items("a"))}


def test_rule_011_a_source_that_changed_its_ids_once_is_told(world: World) -> None:
    world.lists("ansa", *items("a"))
    assert world.lists("ansa", *items("cms"), at=NOON + MINUTE).tally == Tally()
    assert findings(world) == {
        "ids-moved": "4 of 4 items have other ids than before and are known all the same"
    }


def test_rule_011_one_id_that_changed_is_no_news_of_the_source(world: World) -> None:
    world.lists("ansa", *items("a"))
    one, *others = items("a")
    renamed = entry("ansa", "guid:other", one.title, url=one.url)
    assert world.lists("ansa", renamed, *others, at=NOON + MINUTE).tally == Tally()
    assert findings(world) == {}


def test_rule_012_two_back_ends_with_ids_of_their_own_announce_nothing_and_are_told(
    world: World,
) -> None:
    for minutes, mark in enumerate("abab"):
        done = world.lists("ansa", *items(mark), at=NOON + minutes * MINUTE)
    assert done.tally == Tally()
    assert [*findings(world)] == ["answers-in-turn"]
    assert len(world.titles()) == 4


def test_rule_012_two_back_ends_with_items_of_their_own_announce_nothing_and_are_told(
    world: World,
) -> None:
    late = NOON + timedelta(hours=2)
    others = [
        entry("ansa", f"guid:b-{n}", f"{title} bis", published=late)
        for n, title in enumerate(TITLES)
    ]
    world.lists("ansa", *items("a"))
    world.lists("ansa", *others, at=late)
    done = world.lists("ansa", *items("a"), at=NOON + timedelta(hours=3))
    assert done.tally == Tally()
    assert findings(world) == {
        "answers-in-turn": ("4 of 4 items are back after an absence, as if two servers took turns")
    }


def test_what_was_told_goes_when_a_document_gives_no_reason_for_it(world: World) -> None:
    world.lists("ansa", *items("a"))
    world.lists("ansa", *items("b"), at=NOON + MINUTE)
    fresh = entry("ansa", "guid:neu", "Maltempo, allerta arancione in Liguria")
    world.lists("ansa", fresh, *items("b"), at=NOON + 2 * MINUTE)
    assert findings(world) == {}


def test_an_equal_body_leaves_what_was_told(world: World) -> None:
    world.lists("ansa", *items("a"))
    world.lists("ansa", *items("b"), at=NOON + MINUTE)
    world.lists("ansa", *items("b"), at=NOON + 2 * MINUTE)
    assert [*findings(world)] == ["ids-moved"]


def listing(source_id: str, *numbers: int) -> list[Entry]:
    """The items of one site under these numbers, as one of its addresses gives them."""
    return [
        entry(source_id, f"guid:{n}", f"Titolo numero {n}", url=f"https://news.example/{n}")
        for n in numbers
    ]


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        pytest.param(
            range(1, 11), {"same-as": "9 of its 10 items are those of the source ansa"}, id="same"
        ),
        pytest.param(range(5, 15), {}, id="a section that shares half"),
        pytest.param(range(6), {}, id="a section that is part of it"),
    ],
)
def test_rule_016_a_source_that_lists_what_another_one_does_is_told(
    tmp_path: Path, numbers: Sequence[int], told: dict[str, str]
) -> None:
    world = World(tmp_path / "b.db", config(source("ansa"), source("doppia")))
    world.lists("ansa", *listing("ansa", *range(10)))
    world.lists("doppia", *listing("doppia", *numbers), at=NOON + MINUTE)
    (ansa, double) = world.store.sources()
    assert (dict(ansa.findings), dict(double.findings)) == ({}, told)
    world.store.close()
