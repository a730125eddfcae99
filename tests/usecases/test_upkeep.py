"""What time alone takes away, and that it does not come back as news."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from aggregator import upkeep
from aggregator.model.feed import FeedSpec
from aggregator.ports import Tally
from tests.support.world import MINUTE, NOON, World, config, entry, source

DAY = timedelta(days=1)
FEEDS = (
    FeedSpec(slug="all", title="All"),
    FeedSpec(slug="today", title="Today", max_age=timedelta(hours=24)),
)
OLD, NEW = "Il ministro annuncia la riforma delle pensioni", "Terremoto in Umbria, scuole chiuse"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "a.db", config(source("ansa"), feeds=FEEDS, retention=7 * DAY))
    made.lists("ansa", entry("ansa", "guid:1", OLD))
    yield made
    made.store.close()


def test_an_item_past_its_feeds_age_leaves_that_feed_alone(world: World) -> None:
    later = NOON + DAY + MINUTE
    assert upkeep.run(world.store, later) == 0
    assert (world.titles("today"), world.titles("all")) == ([], [OLD])
    assert world.feed("today").changed_at == later
    assert world.feed("all").changed_at == NOON


def test_an_item_past_its_feeds_age_does_not_enter_it(world: World) -> None:
    other = entry("ansa", "guid:2", NEW, published=NOON - 2 * DAY)
    fresh = World(world.path.with_name("b.db"), config(source("ansa"), feeds=FEEDS))
    fresh.lists("ansa", other)
    assert (fresh.titles("today"), fresh.titles("all")) == ([], [NEW])
    fresh.store.close()


def test_upkeep_without_work_changes_nothing(world: World) -> None:
    before = (world.feed("all"), world.feed("today"))
    assert upkeep.run(world.store, NOON + MINUTE) == 0
    assert (world.feed("all"), world.feed("today")) == before


def test_rule_033_what_was_purged_does_not_come_back_while_it_is_listed(world: World) -> None:
    late = NOON + 8 * DAY
    assert upkeep.run(world.store, late) == 1
    assert world.titles() == []
    one, two = entry("ansa", "guid:1", OLD), entry("ansa", "guid:2", NEW, published=late)
    assert world.lists("ansa", one, two, at=late + MINUTE).tally == Tally(new=1)
    assert world.titles() == [NEW]
    assert world.lists("ansa", one, two, at=late + 2 * MINUTE).tally == Tally()


def test_a_tombstone_goes_when_its_source_lists_the_item_no_more(world: World) -> None:
    late = NOON + 8 * DAY
    upkeep.run(world.store, late)
    world.lists("ansa", entry("ansa", "guid:2", NEW, published=late), at=late)
    assert world.store.buried("ansa", ["guid:1"]) == {}


def test_a_purged_article_takes_everything_of_its_own_along(world: World) -> None:
    world.lists("ansa", entry("ansa", "guid:1", f"{OLD} (2)"), at=NOON + MINUTE)
    upkeep.run(world.store, NOON + 8 * DAY)
    assert world.store.known("ansa", ["guid:1"]) == ()
    assert world.store.dossier("ansa/guid:1") is None
    left = "SELECT (SELECT count(*) FROM revisions) + (SELECT count(*) FROM members) AS n"
    assert world.store._all(left)[0]["n"] == 0


def test_any_number_of_old_articles_goes_in_one_run(tmp_path: Path) -> None:
    made = World(tmp_path / "b.db", config(source("ansa"), retention=7 * DAY))
    made.lists("ansa", *(entry("ansa", f"guid:{n}", f"{OLD} {n}") for n in range(450)))
    assert upkeep.run(made.store, NOON + 8 * DAY) == 450
    assert made.titles() == []
    made.store.close()


def test_a_purged_item_that_is_listed_once_more_is_too_old_to_be_news(world: World) -> None:
    late = NOON + 8 * DAY
    upkeep.run(world.store, late)
    world.lists("ansa", entry("ansa", "guid:2", NEW, published=late), at=late)
    again = entry("ansa", "guid:1", OLD)
    assert world.lists("ansa", again, at=late + MINUTE).tally == Tally()
    assert world.titles() == [NEW]


def test_a_burial_does_not_hold_the_next_piece_under_the_same_id(world: World) -> None:
    """Rules 33 and 108: a page that is a shelf for changing pieces."""
    page = {"url": "https://ansa.example/raccolta/7", "aliases": ()}
    fresh = World(world.path.with_name("b.db"), config(source("ansa"), retention=7 * DAY))
    fresh.lists("ansa", entry("ansa", "guid:7", OLD, **page))
    soon, late = NOON + 6 * DAY, NOON + 8 * DAY
    fresh.lists("ansa", entry("ansa", "guid:7", NEW, published=soon, **page), at=soon)
    assert upkeep.run(fresh.store, late) == 1
    edited = entry("ansa", "guid:7", f"{NEW} domani", published=soon, **page)
    assert fresh.lists("ansa", edited, at=late).tally == Tally(revised=1)
    third = entry(
        "ansa", "guid:7", "Calcio, pareggio nel finale a Trevisol", published=late, **page
    )
    assert fresh.lists("ansa", third, at=late + MINUTE).tally == Tally(new=1)
    fresh.store.close()


def test_a_fresh_copy_keeps_its_old_article(tmp_path: Path) -> None:
    sources = (source("ansa"), source("portale"))
    made = World(tmp_path / "b.db", config(*sources, retention=7 * DAY))
    page = {"url": "https://news.example/a"}
    made.lists("ansa", entry("ansa", "guid:1", OLD, **page))
    late = NOON + 8 * DAY
    made.lists("portale", entry("portale", "guid:9", OLD, published=late, **page), at=late)
    assert upkeep.run(made.store, late + MINUTE) == 0
    made.store.close()


def test_rule_075_an_embargoed_item_is_shown_when_its_time_comes_and_not_before(
    world: World,
) -> None:
    end = NOON + timedelta(hours=2)
    early = entry("ansa", "guid:2", NEW, embargo=end)
    world.lists("ansa", entry("ansa", "guid:1", OLD), early, at=NOON + MINUTE)
    assert upkeep.release(world.store, end - MINUTE) == 0
    assert world.titles() == [OLD]
    before = world.feed().generation
    assert upkeep.release(world.store, end + MINUTE) == 1
    (first, _) = world.feed().items
    assert (first.lead.title, first.position, first.updated) == (NEW, end, end)
    assert world.feed().generation > before
    assert upkeep.release(world.store, end + 2 * MINUTE) == 0


def test_an_embargo_that_had_ended_when_its_item_came_holds_nothing(world: World) -> None:
    late = entry("ansa", "guid:2", NEW, embargo=NOON - MINUTE)
    world.lists("ansa", late, at=NOON + MINUTE)
    assert NEW in world.titles()


def test_a_version_that_lifts_an_embargo_frees_its_item_at_once(world: World) -> None:
    held = entry("ansa", "guid:2", NEW, embargo=NOON + DAY)
    world.lists("ansa", held, at=NOON + MINUTE)
    free = entry("ansa", "guid:2", NEW, digest="another")
    world.lists("ansa", free, at=NOON + 2 * MINUTE)
    assert NEW in world.titles()
    assert upkeep.release(world.store, NOON + 2 * DAY) == 0


TAIL = "Seguite il notiziario anche sul canale della redazione."


def filled(world: World, count: int, at: datetime = NOON) -> None:
    """Unlike entries of one source, all of which end with the same sentence."""
    entries = [
        entry(
            "ansa",
            f"guid:n{n}",
            f"Ponte{n} treno{n} scuola{n}",
            summary=f"Vino{n} neve{n} porto{n} calcio{n} museo{n} voto{n}. {TAIL}",
        )
        for n in range(count)
    ]
    world.lists("ansa", *entries, at=at)


def test_nothing_is_learnt_from_a_few_entries(world: World) -> None:
    assert not upkeep.learn(world.store, NOON)
    assert world.store.is_judged()


def test_a_snapshot_is_made_when_there_is_enough_and_again_when_it_has_doubled(
    world: World,
) -> None:
    filled(world, 210)
    assert upkeep.learn(world.store, NOON + MINUTE)
    first = world.store.statistics()
    assert "seguite il notiziario" in " ".join(first.boilerplate["ansa"])
    assert not upkeep.learn(world.store, NOON + 2 * MINUTE)
    assert upkeep.learn(world.store, NOON + timedelta(days=1, minutes=2)) is False  # nothing new
    assert world.store.statistics() == first


def test_under_a_new_snapshot_what_was_joined_by_furniture_alone_is_apart_again(
    world: World,
) -> None:
    text = f"{TAIL} {TAIL.replace('notiziario', 'giornale')}"
    world.apply(config(source("ansa"), source("portale"), feeds=FEEDS, retention=7 * DAY))
    filled(world, 210)
    one = entry("portale", "guid:x", "Il palazzo riapre dopo i lavori", summary=text)
    world.lists("portale", one, at=NOON + MINUTE)
    before = {item.uid for item in world.feed("all", limit=500).items}
    assert upkeep.learn(world.store, NOON + 2 * MINUTE)
    judged = 0
    while some := upkeep.rejudge(world.store, NOON + 3 * MINUTE):
        judged += some
    assert judged == 212
    assert world.store.is_judged()
    assert {item.uid for item in world.feed("all", limit=500).items} >= before
    dossier = world.store.dossier("portale/guid:x")
    assert dossier is not None
    assert dossier.matches == ()


def test_what_is_older_than_copies_come_is_not_judged_again(world: World) -> None:
    filled(world, 210)
    upkeep.learn(world.store, NOON + 6 * DAY)
    assert upkeep.rejudge(world.store, NOON + 6 * DAY) == 0
    assert world.store.is_judged()
