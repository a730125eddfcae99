"""What the operator says of matching: thresholds, furniture, and pairs of items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest

from aggregator import upkeep
from aggregator.model.article import Match
from aggregator.model.config import Config
from aggregator.model.entry import Entry
from aggregator.model.feed import FeedSpec
from aggregator.model.matching import Limits, Matching
from tests.support.texts import text
from tests.support.world import MINUTE, NOON, World, config, source

LATER = NOON + 10 * MINUTE
HEADLINE = "Il ministro annuncia la riforma delle pensioni da gennaio"
WORDS = (
    "Il ministro ha annunciato ieri sera al termine della riunione con i sindacati che la riforma "
    "entrera in vigore a gennaio, dopo il voto delle Camere previsto per la fine di novembre."
)
ANSA = text("ansa", HEADLINE, WORDS)
COPY = text("portale", "Pensioni, ecco la riforma del governo", WORDS)
OTHER = text("eco", "Pensioni, da gennaio si cambia davvero", WORDS)
STRANGE = text("radio", "Terremoto nella notte, scuole chiuse domani")
SOURCES = tuple(map(source, ("ansa", "portale", "eco", "radio")))
PLAIN = config(*SOURCES)


def said(**given: object) -> Config:
    return replace(PLAIN, matching=Matching(**given))  # type: ignore[arg-type]


def pair(one: Entry, other: Entry) -> tuple[tuple[str, str], ...]:
    first, second = sorted((one.canonical, other.canonical))
    return ((first, second),)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "a.db", PLAIN)
    yield made
    made.store.close()


def lists(world: World, *entries: Entry) -> None:
    for number, one in enumerate(entries):
        world.lists(one.source_id, one, at=NOON + timedelta(seconds=number))


def groups(world: World) -> set[str]:
    """The articles, each as the names of its sources."""
    articles = world.store.all_articles()
    return {" ".join(sorted(e.source_id for e in article.entries)) for article in articles}


def matches(world: World, of: Entry) -> tuple[Match, ...]:
    dossier = world.store.dossier(f"{of.source_id}/{of.key}")
    assert dossier is not None
    return dossier.matches


def test_a_pair_of_never_parts_what_is_joined_in_the_moment_it_is_applied(world: World) -> None:
    lists(world, ANSA, COPY, STRANGE)
    assert groups(world) == {"ansa portale", "radio"}
    world.apply(said(never=pair(ANSA, COPY)), LATER)
    assert groups(world) == {"ansa", "portale", "radio"}
    assert len(world.titles()) == 3
    assert world.feed().changed_at == LATER


def test_without_the_pair_they_are_joined_again_under_the_same_id(world: World) -> None:
    lists(world, ANSA, COPY)
    before = world.feed().items[0].uid
    world.apply(said(never=pair(ANSA, COPY)), LATER)
    world.apply(PLAIN, LATER + MINUTE)
    assert groups(world) == {"ansa portale"}
    assert [item.uid for item in world.feed().items] == [before]


def test_a_pair_of_always_joins_what_shares_no_word(world: World) -> None:
    lists(world, ANSA, STRANGE)
    world.apply(said(always=pair(ANSA, STRANGE)), LATER)
    assert groups(world) == {"ansa radio"}
    (match,) = matches(world, ANSA)
    assert (match.level, match.why) == ("always", "the operator says so")


@pytest.mark.parametrize(
    "order", list(permutations((ANSA, STRANGE))), ids=("ansa first", "radio first")
)
def test_a_pair_of_always_joins_what_comes_later(world: World, order: tuple[Entry, ...]) -> None:
    world.apply(said(always=pair(ANSA, STRANGE)))
    lists(world, *order)
    assert groups(world) == {"ansa radio"}


def test_pairs_may_name_items_by_source_and_key(world: World) -> None:
    world.apply(said(always=((f"ansa/{ANSA.key}", f"radio/{STRANGE.key}"),)))
    lists(world, ANSA, STRANGE)
    assert groups(world) == {"ansa radio"}


def test_a_pair_that_moves_to_the_other_list_takes_effect(world: World) -> None:
    lists(world, ANSA, COPY)
    world.apply(said(always=pair(ANSA, COPY)), LATER)
    world.apply(said(never=pair(ANSA, COPY)), LATER + MINUTE)
    assert groups(world) == {"ansa", "portale"}


@pytest.mark.parametrize("order", list(permutations((ANSA, COPY, OTHER))))
def test_a_third_copy_brings_no_pair_of_never_together_in_any_order(
    world: World, order: tuple[Entry, ...]
) -> None:
    world.apply(said(never=pair(ANSA, COPY)))
    lists(world, *order)
    apart = [group for group in groups(world) if {"ansa", "portale"} <= set(group.split())]
    assert apart == []


def test_the_same_pairs_again_change_nothing(world: World) -> None:
    world.apply(said(never=pair(ANSA, COPY)))
    lists(world, ANSA, COPY)
    before = world.feed()
    world.apply(said(never=pair(ANSA, COPY)), LATER)
    assert world.feed() == before
    assert world.store.is_judged()


def judged(world: World) -> int:
    """How many were judged anew until all were."""
    done = 0
    while count := upkeep.rejudge(world.store, LATER):
        done += count
    return done


def test_other_thresholds_judge_anew_what_is_stored(world: World) -> None:
    cut = replace(COPY, summary=WORDS[:110] + " Reazioni e commenti di tutti i partiti in aula.")
    lists(world, ANSA, cut)
    assert groups(world) == {"ansa portale"}
    world.apply(said(limits=Limits(phrases=1.0)), LATER)
    assert groups(world) == {"ansa portale"}
    assert judged(world) == 2
    assert groups(world) == {"ansa", "portale"}
    world.apply(PLAIN, LATER)
    assert judged(world) == 2
    assert groups(world) == {"ansa portale"}


def test_a_match_names_the_settings_that_it_was_judged_under(world: World) -> None:
    world.apply(said(limits=Limits(phrases=0.7)))
    lists(world, ANSA, COPY)
    (under,) = {match.snapshot for match in matches(world, ANSA)}
    world.apply(said(limits=Limits(phrases=0.8)))
    judged(world)
    (then,) = {match.snapshot for match in matches(world, ANSA)}
    assert under != then
    assert "+" in under


def test_sentences_that_say_nothing_join_nothing(world: World) -> None:
    call = (
        "Segui in tempo reale tutti gli aggiornamenti della nostra redazione sul canale gratuito "
        "e ricevi ogni mattina la rassegna con i fatti del giorno scelti per te."
    )
    lists(world, text("ansa", "Rapina in centro", call), text("eco", "Pioggia al nord", call))
    assert groups(world) == {"ansa eco"}
    world.apply(said(boilerplate=(call,)), LATER)
    judged(world)
    assert groups(world) == {"ansa", "eco"}


def test_a_new_feed_and_a_new_pair_come_together(world: World) -> None:
    lists(world, ANSA, STRANGE)
    both = replace(
        said(always=pair(ANSA, STRANGE)), feeds=(*PLAIN.feeds, FeedSpec(slug="new", title="New"))
    )
    world.apply(both, LATER)
    assert len(world.titles("new")) == len(world.titles("all")) == 1
