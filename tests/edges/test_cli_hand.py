"""`withdraw` and `notices` over a real database: what leaves, what comes back, what is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aggregator.model.feed import Collapse, FeedSpec
from aggregator.model.source import Kind
from aggregator.text import ids
from tests.support.commands import run
from tests.support.world import MINUTE, NOON, World, config, entry, source

FEEDS = (
    FeedSpec(slug="all", title="All"),
    FeedSpec(slug="every", title="Every", collapse=Collapse.NONE),
)
TITLE = "Il ministro annuncia la riforma delle pensioni"
OTHER = "Terremoto in Umbria, scuole chiuse domani"
TEXT = entry("ansa", "guid:1", TITLE, language="it")
COPY = entry("portale", "guid:9", TITLE, language="it")
UID = ids.of_article(TEXT.ref)
# An order that names no text that came.
ORDER = entry(
    "ansa",
    "guid:k",
    "ANNULLARE la notizia: si prega di non utilizzare",
    language="it",
    summary="Si prega di annullare la notizia dal titolo «Elezioni nel comune di Borgo», errata.",
)
ID = ids.of_article(ORDER.ref).removeprefix("urn:uuid:")[:8]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    ansa = source("ansa", kind=Kind.AGENCY, agency="ansa", language="it")
    made = World(
        tmp_path / "news.db", config(ansa, source("portale"), source("gazzetta"), feeds=FEEDS)
    )
    made.lists("ansa", TEXT, entry("ansa", "guid:2", OTHER, language="it"))
    made.lists("portale", COPY, at=NOON + MINUTE)
    yield made
    made.store.close()


@pytest.fixture
def feeds_yaml(world: World) -> Path:
    """A configuration that names the world's database; what it says was never applied."""
    file = world.path.with_name("feeds.yaml")
    file.write_text(
        "service: {database: news.db}\n"
        "sources: {x: {url: 'https://x.example/', kind: portal}}\nfeeds: {x: {title: X}}\n"
    )
    return file


@pytest.fixture
def waiting(world: World) -> World:
    world.lists("ansa", ORDER, at=NOON + 5 * MINUTE)
    return world


def told(*arguments: str | Path) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


@pytest.mark.parametrize("name", [UID, COPY.url, "portale/guid:9"])
def test_what_is_withdrawn_leaves_with_all_its_copies_and_comes_back_as_it_was(
    world: World, feeds_yaml: Path, name: str
) -> None:
    before = {slug: [i.uid for i in world.feed(slug).items] for slug in ("all", "every")}
    left = told("withdraw", name, "--reason", "lettera", "-c", feeds_yaml)
    assert (left["article"], left["feeds"]) == (UID, ["all", "every"])
    assert left["entries"] == ["ansa/guid:1", "portale/guid:9"]
    assert left["withdrawn"] is not None
    assert [world.titles(slug) for slug in ("all", "every")] == [[OTHER], [OTHER]]
    back = told("withdraw", name, "--undo", "-c", feeds_yaml)
    assert (back["withdrawn"], back["feeds"]) == (None, ["all", "every"])
    assert {slug: [i.uid for i in world.feed(slug).items] for slug in before} == before


def test_what_feeds_yaml_says_meanwhile_is_not_applied(world: World, feeds_yaml: Path) -> None:
    told("withdraw", UID, "-c", feeds_yaml)
    assert [spec.slug for spec in world.store.specs()] == ["all", "every"]


def test_a_copy_that_comes_after_the_withdrawal_is_not_shown(
    world: World, feeds_yaml: Path
) -> None:
    told("withdraw", UID, "-c", feeds_yaml)
    world.lists("gazzetta", entry("gazzetta", "guid:8", TITLE, language="it"), at=NOON + 9 * MINUTE)
    assert world.titles() == [OTHER]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("withdraw", "nowhere"), 3, "nothing is known under nowhere"),
        (("withdraw", UID, "--undo"), 1, f"{UID} is not withdrawn"),
        (("withdraw", UID, "--undo", "--reason", "x"), 2, "leave it out with --undo"),
        (("notices", "--dismiss", "12345678"), 3, "no notice is called 12345678"),
        (("notices", "--apply", ID, "nowhere"), 3, "nothing is known under nowhere"),
        (("notices", "--apply", ID, "ansa/guid:k"), 1, "is the notice itself"),
        (("notices", "--apply", ID, UID, "--dismiss", ID), 2, "not both"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_call_that_cannot_be_done_says_why_and_does_nothing(
    waiting: World, feeds_yaml: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    result = run(*arguments, "-c", feeds_yaml)
    assert (result.exit_code, says in result.stderr) == (code, True)
    assert sorted(waiting.titles()) == sorted([TITLE, OTHER])


def test_without_a_database_there_is_nothing_to_withdraw(tmp_path: Path) -> None:
    file = tmp_path / "feeds.yaml"
    file.write_text("sources: {x: {url: 'https://x.example/', kind: portal}}\nfeeds: {x: {}}\n")
    result = run("withdraw", UID, "-c", file)
    assert result.exit_code != 0
    assert not (tmp_path / "aggregator.db").exists()


def test_what_waits_is_told_with_all_that_helps_to_settle_it(
    waiting: World, feeds_yaml: Path
) -> None:
    (one,) = told("notices", "-c", feeds_yaml)
    assert (one["id"], one["entry"], one["kind"]) == (ID, "ansa/guid:k", "kill")
    assert (one["state"], one["title"], one["target"]) == ("waiting", ORDER.title, None)
    assert one["at"] == "2026-03-12T12:05:00+00:00"
    assert one["words"]
    spoken = run("notices", "-c", feeds_yaml).stdout
    assert spoken.startswith(f"{ID}  kill from ansa, ")
    assert f"aggregator notices --apply {ID} ARTICLE, or --dismiss {ID}" in spoken


def test_texts_that_a_notice_may_mean_are_named(world: World, feeds_yaml: Path) -> None:
    twins = [entry("ansa", f"guid:b{n}", "Bollettino neve delle Dolomiti") for n in (1, 2)]
    text = "Si prega di annullare la notizia dal titolo «Bollettino neve delle Dolomiti»."
    order = entry("ansa", "guid:k", ORDER.title, language="it", summary=text)
    world.lists("ansa", *twins, at=NOON + 3 * MINUTE)
    world.lists("ansa", order, at=NOON + 5 * MINUTE)
    (one,) = told("notices", "-c", feeds_yaml)
    assert {near["entry"] for near in one["near"]} == {"ansa/guid:b1", "ansa/guid:b2"}
    assert "perhaps ansa/guid:b1: Bollettino neve" in run("notices", "-c", feeds_yaml).stdout


@pytest.mark.parametrize("name", [ID, ids.of_article(ORDER.ref), "ansa/guid:k"])
def test_a_notice_that_is_applied_does_what_it_says(
    waiting: World, feeds_yaml: Path, name: str
) -> None:
    (one,) = told("notices", "--apply", name, COPY.url, "-c", feeds_yaml)
    assert (one["state"], one["target"]) == ("applied", "ansa/guid:1")
    assert waiting.titles() == [OTHER]
    assert told("notices", "-c", feeds_yaml) == []
    assert run("notices", "-c", feeds_yaml).stdout == "no notice waits\n"


def test_a_notice_that_was_applied_to_the_wrong_text_is_applied_anew(
    waiting: World, feeds_yaml: Path
) -> None:
    told("notices", "--apply", ID, "ansa/guid:2", "-c", feeds_yaml)
    assert waiting.titles() == [TITLE]
    told("notices", "--apply", ID, UID, "-c", feeds_yaml)
    assert waiting.titles() == [OTHER]


def test_a_notice_that_is_dismissed_undoes_what_it_did_and_is_told_with_all_others(
    waiting: World, feeds_yaml: Path
) -> None:
    told("notices", "--apply", ID, UID, "-c", feeds_yaml)
    (one,) = told("notices", "--dismiss", ID, "-c", feeds_yaml)
    assert (one["state"], one["target"]) == ("dismissed", None)
    assert sorted(waiting.titles()) == sorted([TITLE, OTHER])
    assert told("notices", "--all", "-c", feeds_yaml) == [one]


def test_what_becomes_of_notices_is_counted(waiting: World, feeds_yaml: Path) -> None:
    told("notices", "--apply", ID, UID, "-c", feeds_yaml)
    told("notices", "--dismiss", ID, "-c", feeds_yaml)
    counted = {c.labels: c.value for c in waiting.store.counters() if c.name == "notices"}
    states = ("waiting", "applied", "dismissed")
    assert counted == {(("kind", "kill"), ("state", state)): 1 for state in states}
