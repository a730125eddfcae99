"""Rule 36 over a real database: what is missed, when it is asked, and what an answer does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from aggregator.absentees import Absentees
from aggregator.model.entry import Entry, Status
from aggregator.model.feed import FeedSpec
from aggregator.model.fetched import Fetched, FetchResult, Freshness, NotModified, Refused, Why
from aggregator.ports import Absence, Question
from aggregator.store.sqlite import open_store
from tests.support.world import MINUTE, NOON, World, config, entry, source

HOUR = timedelta(hours=1)
TITLES = ("Riaperto il ponte", "Sciopero dei treni", "Il bilancio del comune", "Nuova biblioteca")
TOP, MISSING, NEXT, LAST = (entry("ansa", f"guid:{n}", title) for n, title in enumerate(TITLES))
ALL = (TOP, MISSING, NEXT, LAST)
REST = (TOP, NEXT, LAST)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    sources = source("ansa"), source("portale"), source("gazzetta")
    made = World(tmp_path / "a.db", config(*sources))
    yield made
    made.store.close()


def lose(world: World, *, since: datetime = NOON, until: datetime = NOON + HOUR) -> None:
    """The second of four items leaves the listing, and the source goes on saying so."""
    world.lists("ansa", *ALL, at=since - MINUTE)
    world.lists("ansa", *REST, at=since)
    world.lists("ansa", *REST, at=until)


def asked(world: World, at: datetime = NOON + HOUR) -> list[str]:
    return [question.url for question in Absentees(world.store).ask(at)]


def refused(why: Why, **given: timedelta) -> Refused:
    freshness = Freshness(**given)
    return Refused(source_id="ansa", at=NOON, why=why, detail="", freshness=freshness)


def answer(world: World, result: FetchResult, at: datetime = NOON + HOUR) -> Question:
    """Ask the one page that is to be asked, and take this for its answer."""
    (question,) = Absentees(world.store).ask(at)
    Absentees(world.store).settle(question, result, at)
    return question


def absence(world: World, of: Entry = MISSING) -> Absence | None:
    dossier = world.store.dossier(f"{of.source_id}/{of.key}")
    assert dossier is not None
    return dossier.absences.get(of.ref)


THERE = Fetched(source_id="ansa", at=NOON, url=MISSING.url, body=b"")
SAME = NotModified(source_id="ansa", at=NOON)


def test_rule_036_an_item_that_vanished_stays_until_its_page_is_asked(world: World) -> None:
    lose(world)
    assert sorted(world.titles()) == sorted(TITLES)
    assert asked(world) == [MISSING.url]
    assert sorted(world.titles()) == sorted(TITLES)


@pytest.mark.parametrize("why", [Why.NOT_FOUND, Why.GONE], ids=str)
def test_rule_036_an_item_whose_page_is_gone_leaves_the_outputs(world: World, why: Why) -> None:
    lose(world)
    before = world.feed().generation
    answer(world, refused(why))
    assert MISSING.title not in world.titles()
    assert len(world.titles()) == 3
    assert world.feed().generation > before
    assert [gone.at for gone in world.feed().departures] == [NOON + HOUR]
    told = absence(world)
    assert told == Absence(since=NOON, asked=NOON + HOUR, answer=why.value)


@pytest.mark.parametrize(
    "result",
    [THERE, SAME, *(refused(why) for why in Why if why not in (Why.NOT_FOUND, Why.GONE))],
    ids=lambda result: getattr(result, "why", type(result).__name__),
)
def test_rule_036_any_other_answer_changes_nothing(world: World, result: FetchResult) -> None:
    lose(world)
    before = world.feed()
    answer(world, result)
    assert world.feed() == before


def test_rule_036_a_page_is_asked_once(world: World) -> None:
    lose(world)
    answer(world, refused(Why.SERVER_ERROR))
    world.lists("ansa", *REST, at=NOON + 20 * HOUR)
    assert asked(world, NOON + 20 * HOUR) == []


def test_rule_036_a_question_that_a_crash_cut_off_is_not_asked_again(world: World) -> None:
    lose(world)
    assert asked(world) == [MISSING.url]
    again = open_store(world.path)
    assert Absentees(again).ask(NOON + 5 * HOUR) == ()
    again.close()


def test_rule_036_an_item_that_is_listed_again_is_shown_again(world: World) -> None:
    lose(world)
    before = world.feed()
    answer(world, refused(Why.GONE))
    world.lists("ansa", *ALL, at=NOON + 2 * HOUR)
    assert (world.feed().items, world.feed().departures) == (before.items, ())
    assert absence(world) is None


def test_rule_036_one_that_comes_back_changed_is_shown_as_it_is_now(world: World) -> None:
    lose(world)
    answer(world, refused(Why.GONE))
    changed = entry("ansa", MISSING.key, f"{MISSING.title} (2)")
    world.lists("ansa", TOP, changed, NEXT, LAST, at=NOON + 2 * HOUR)
    assert changed.title in world.titles()


def test_rule_036_one_that_is_back_before_the_answer_came_stays(world: World) -> None:
    lose(world)
    (question,) = Absentees(world.store).ask(NOON + HOUR)
    world.lists("ansa", *ALL, at=NOON + HOUR + MINUTE)
    gone = Absentees(world.store).settle(question, refused(Why.GONE), NOON + HOUR + 2 * MINUTE)
    assert (gone, MISSING.title in world.titles()) == (False, True)


def test_rule_036_one_that_was_purged_before_the_answer_came_is_no_matter(world: World) -> None:
    lose(world)
    (question,) = Absentees(world.store).ask(NOON + HOUR)
    dossier = world.store.dossier(f"ansa/{MISSING.key}")
    assert dossier is not None
    with world.store.transaction():
        world.store.purge(dossier.article, NOON + HOUR)
    assert not Absentees(world.store).settle(question, refused(Why.GONE), NOON + 2 * HOUR)


def test_rule_036_other_live_copies_keep_their_article(world: World) -> None:
    copy = entry("portale", "guid:9", MISSING.title, url=MISSING.url)
    world.lists("portale", copy, at=NOON)
    lose(world)
    before = next(item for item in world.feed().items if item.copies)
    answer(world, refused(Why.GONE))
    after = next(item for item in world.feed().items if item.uid == before.uid)
    assert {before.lead.ref, *(c.ref for c in before.copies)} == {MISSING.ref, copy.ref}
    assert (after.lead.ref, after.copies) == (copy.ref, ())
    assert after.position == before.position


def test_rule_036_a_copy_that_is_taken_down_is_no_copy_any_more(world: World) -> None:
    first = entry("gazzetta", "guid:9", MISSING.title, url=MISSING.url)
    world.lists("gazzetta", first, at=NOON - HOUR)
    lose(world)
    generation = world.feed().generation
    answer(world, refused(Why.GONE))
    assert [item.copies for item in world.feed().items] == [()] * 4
    assert world.feed().generation > generation


def test_rule_036_a_page_is_asked_only_after_an_hour_of_good_answers(world: World) -> None:
    lose(world, until=NOON + 59 * MINUTE)
    assert asked(world, NOON + 10 * HOUR) == []
    world.lists("ansa", *REST, at=NOON + HOUR)
    assert asked(world, NOON + 10 * HOUR) == [MISSING.url]


def test_rule_036_a_cut_document_misses_nothing(world: World) -> None:
    world.lists("ansa", *ALL, at=NOON - MINUTE)
    world.lists("ansa", *REST, at=NOON, complete=False)
    world.lists("ansa", *REST, at=NOON + HOUR, complete=False)
    assert asked(world, NOON + HOUR) == []


def test_rule_036_what_grows_too_old_for_its_listing_is_not_asked(world: World) -> None:
    newer = entry("ansa", "guid:new", "Inaugurato il museo")
    world.lists("ansa", *ALL, at=NOON - MINUTE)
    world.lists("ansa", newer, TOP, MISSING, at=NOON)
    world.lists("ansa", newer, TOP, MISSING, at=NOON + HOUR)
    assert asked(world) == []


def test_rule_036_what_is_listed_under_another_name_is_not_missed(world: World) -> None:
    moved = entry("ansa", "guid:cms-1", MISSING.title, url=MISSING.url)
    world.lists("ansa", *ALL, at=NOON - MINUTE)
    world.lists("ansa", TOP, moved, NEXT, LAST, at=NOON)
    world.lists("ansa", TOP, moved, NEXT, LAST, at=NOON + HOUR)
    assert asked(world) == []


@pytest.mark.parametrize(
    "between",
    [(NEXT, TOP, LAST), (*ALL,)],
    ids=["it changed the order of its items", "it brought the item back"],
)
def test_rule_036_a_restless_source_is_not_asked_for_a_week(
    world: World, between: tuple[Entry, ...]
) -> None:
    world.lists("ansa", *ALL, at=NOON - MINUTE)
    world.lists("ansa", *REST, at=NOON)
    world.lists("ansa", *between, at=NOON + MINUTE)
    world.lists("ansa", *(e for e in between if e != NEXT), at=NOON + 2 * MINUTE)
    world.lists("ansa", *(e for e in between if e != NEXT), at=NOON + 2 * HOUR)
    assert asked(world, NOON + 2 * HOUR) == []


def test_rule_036_a_listing_of_three_has_room_for_the_fourth_again(world: World) -> None:
    world.lists("ansa", *REST, at=NOON - 2 * MINUTE)
    world.lists("ansa", TOP, MISSING, NEXT, at=NOON - MINUTE)
    for at in (NOON, NOON + HOUR):
        world.lists("ansa", *REST, at=at)
    assert asked(world) == [MISSING.url]


def test_rule_036_after_a_quiet_week_it_is_asked_again(world: World) -> None:
    world.lists("ansa", *ALL, at=NOON)
    world.lists("ansa", TOP, MISSING, LAST, NEXT, at=NOON + MINUTE)
    world.lists("ansa", *ALL, at=NOON + 2 * MINUTE)
    week = NOON + timedelta(days=7, minutes=3)
    lose(world, since=week, until=week + HOUR)
    assert asked(world, week + HOUR) == [MISSING.url]


@pytest.mark.parametrize("change", ["disabled", "taken out"])
def test_rule_036_nothing_is_asked_for_a_source_that_is_not_polled(
    world: World, change: str
) -> None:
    lose(world)
    ansa, *others = world.config.sources
    left = [replace(ansa, enabled=False)] if change == "disabled" else []
    world.apply(config(*left, *others), NOON + HOUR)
    assert asked(world) == []


def test_rule_036_another_address_says_nothing_of_what_the_old_one_left_out(world: World) -> None:
    lose(world)
    ansa, *others = world.config.sources
    world.apply(config(replace(ansa, url="https://ansa.example/sport.xml"), *others), NOON + HOUR)
    world.lists("ansa", *REST, at=NOON + 2 * HOUR)
    assert asked(world, NOON + 2 * HOUR) == []


def test_rule_036_what_may_not_be_shown_anyway_is_not_asked(world: World) -> None:
    killed = replace(MISSING, status=Status.CANCELED)
    world.lists("ansa", TOP, killed, NEXT, LAST, at=NOON - MINUTE)
    world.lists("ansa", *REST, at=NOON)
    world.lists("ansa", *REST, at=NOON + HOUR)
    assert asked(world) == []


def test_rule_036_pages_of_one_host_are_asked_three_minutes_apart(world: World) -> None:
    many = [entry("ansa", f"guid:{n}", f"{TITLES[n % 4]} {n}") for n in range(30)]
    world.lists("ansa", *many, at=NOON - MINUTE)
    world.lists("ansa", many[0], many[-1], at=NOON)
    world.lists("ansa", many[0], many[-1], at=NOON + HOUR)
    seconds = (NOON + HOUR + timedelta(seconds=20 * n) for n in range(180))
    times = [at for at in seconds if asked(world, at)]
    assert len(times) == 20
    assert {later - sooner for sooner, later in pairwise(times)} == {3 * MINUTE}


def test_rule_036_two_processes_share_what_a_host_may_be_asked(world: World) -> None:
    many = [entry("ansa", f"guid:{n}", f"{TITLES[n % 4]} {n}") for n in range(6)]
    world.lists("ansa", *many, at=NOON - MINUTE)
    world.lists("ansa", many[0], many[-1], at=NOON)
    world.lists("ansa", many[0], many[-1], at=NOON + HOUR)
    other = open_store(world.path)
    assert [len(Absentees(s).ask(NOON + HOUR)) for s in (world.store, other)] == [1, 0]
    other.close()


def test_rule_036_several_hosts_are_asked_at_once(world: World) -> None:
    lose(world)
    theirs = [entry("portale", f"guid:{n}", title) for n, title in enumerate(TITLES)]
    world.lists("portale", *theirs, at=NOON - MINUTE)
    world.lists("portale", theirs[0], theirs[3], at=NOON)
    world.lists("portale", theirs[0], theirs[3], at=NOON + HOUR)
    assert sorted(asked(world)) == [MISSING.url, theirs[1].url]


def test_rule_036_a_host_that_refuses_is_left_alone_as_long_as_it_asks(world: World) -> None:
    five = [entry("ansa", f"guid:{n}", f"{TITLES[n % 4]} {n}") for n in range(5)]
    world.lists("ansa", *five, at=NOON - MINUTE)
    world.lists("ansa", five[0], five[-1], at=NOON)
    world.lists("ansa", five[0], five[-1], at=NOON + HOUR)
    answer(world, refused(Why.RATE_LIMITED, retry_after=5 * HOUR))
    assert asked(world, NOON + 6 * HOUR - MINUTE) == []
    assert len(asked(world, NOON + 6 * HOUR)) == 1


def test_each_question_is_counted_by_its_answer(world: World) -> None:
    lose(world)
    answer(world, refused(Why.GONE))
    counted = [c for c in world.store.counters() if c.name == "page_checks"]
    assert [(c.labels, c.value) for c in counted] == [((("result", "gone"), ("source", "ansa")), 1)]


def test_an_entry_that_is_gone_stays_gone_through_a_new_configuration(world: World) -> None:
    lose(world)
    answer(world, refused(Why.GONE))
    feeds = (FeedSpec(slug="all", title="All"), FeedSpec(slug="more", title="More"))
    world.apply(config(*world.config.sources, feeds=feeds), NOON + 2 * HOUR)
    assert MISSING.title not in world.titles("more")
