"""One poll of many entries makes what as many polls of one entry make."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from aggregator.model.article import Article, Match
from aggregator.model.entry import Entry
from aggregator.model.source import Source
from tests.support.world import MINUTE, NOON, World, config, entry, source

SOURCES = (source("ansa"), source("portale"), source("gazzetta"), source("corriere"))
TOWNS = ("Montebruno", "Pietrascura", "Valdarsa", "Roccaforte", "Sanvito", "Campolongo")
THINGS = ("capannone", "mulino", "frantoio", "magazzino", "teatro", "mercato", "cinema")


def wire(number: int) -> tuple[str, str]:
    town, thing = TOWNS[number % len(TOWNS)], THINGS[number % len(THINGS)]
    title = f"Incendio in un {thing} di {town}, evacuate {number + 3} famiglie nella notte"
    return title, (
        f"Un incendio è divampato nella notte in un {thing} di via dei Tigli a {town}, dove erano "
        f"depositati mobili e tessuti. Le {number + 3} famiglie che abitano accanto sono state "
        f"portate in una palestra; il sindaco di {town} ha chiuso le scuole fino a domani."
    )


def printed(by: Source, number: int, change: int) -> Entry:
    """A wire's text as an outlet prints it: whole, cut, retitled, or at an address that is known,
    and as something else."""
    title, text = wire(number)
    facts: dict[str, Any] = {"language": "it", "published": NOON}
    if change == 1:
        text = text[: len(text) * 2 // 3] + "..."
    elif change == 2:
        title = f"Notte di fuoco a {TOWNS[number % len(TOWNS)]}"
    elif change == 3:
        title, text = f"Sport, la sintesi numero {number}", ""
        facts["canonical"] = f"https://agenzia.example/{number}"
    return entry(by.id, f"guid:{number}", title, summary=text, **facts)


def polls() -> Iterator[tuple[str, list[Entry]]]:
    """Each source lists its texts, then half of them again in other words."""
    for turn in range(2):
        for place, one in enumerate(SOURCES):
            listed = [printed(one, number, (number + place) % 4) for number in range(12)]
            if turn:
                listed = [printed(one, n, (n + place + 1) % 4) for n in range(0, 12, 2)]
            yield one.id, listed


def everything(world: World) -> tuple[list[Article], set[Match], list[object]]:
    articles = list(world.store.all_articles())
    refs = [entry.ref for article in articles for entry in article.entries]
    items = [(item.article, item.lead.ref, item.position) for item in world.feed(limit=1000).items]
    return (
        sorted(articles, key=lambda article: article.uid),
        set(world.store.cluster(refs).matches),
        list(items),
    )


def taken(world: World, size: int) -> tuple[list[Article], set[Match], list[object]]:
    for number, (source_id, listed) in enumerate(polls()):
        rest = iter(listed)
        while part := tuple(islice(rest, size)):
            world.lists(source_id, *part, at=NOON + number * MINUTE, complete=False)
    return everything(world)


@pytest.mark.parametrize("size", [1, 5], ids=["one by one", "by fives"])
def test_articles_matches_and_feeds_do_not_depend_on_the_size_of_a_poll(
    tmp_path: Path, size: int
) -> None:
    whole, steps = (World(tmp_path / name, config(*SOURCES)) for name in ("whole.db", "steps.db"))
    at_once, stepwise = taken(whole, 100), taken(steps, size)
    for world in (whole, steps):
        world.store.close()
    assert max(len(article.entries) for article in at_once[0]) > 2, "nothing was joined"
    assert stepwise == at_once
