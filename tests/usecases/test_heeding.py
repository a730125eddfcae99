"""What wires order, done: kills, corrections, repeats, and the operator's own hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from aggregator import heeding
from aggregator.model.agency import Credit, Form
from aggregator.model.entry import Entry, Status
from aggregator.model.feed import Collapse, FeedSpec
from aggregator.model.source import Kind
from aggregator.ports import FiledState
from tests.support.world import MINUTE, NOON, World, config, entry, source

FEEDS = (
    FeedSpec(slug="all", title="All"),
    FeedSpec(slug="every", title="Every", collapse=Collapse.NONE),
    FeedSpec(slug="stories", title="Stories", collapse=Collapse.STORY),
)
TITLE = "Il ministro annuncia la riforma delle pensioni"
OTHER = "Terremoto in Umbria, scuole chiuse domani"
MARKET = "Borsa, Milano chiude in rialzo dopo quattro sedute"
KILL = "ANNULLARE la notizia: si prega di non utilizzare"
KILL_TEXT = f"Si prega di annullare la notizia dal titolo «{TITLE}», trasmessa per errore."


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    ansa = source("ansa", kind=Kind.AGENCY, agency="ansa", language="it")
    others = (source("portale", language="it"), source("gazzetta", language="it"))
    made = World(tmp_path / "a.db", config(ansa, *others, feeds=FEEDS))
    made.lists("ansa", told("ansa", "guid:1", TITLE), told("ansa", "guid:2", OTHER))
    made.lists("portale", told("portale", "guid:9", TITLE), at=NOON + MINUTE)
    yield made
    made.store.close()


def told(name: str, key: str, title: str, **given: Any) -> Entry:
    return entry(name, key, title, language="it", **given)


def kill(world: World, at_minute: int = 5, **given: Any) -> None:
    order = told("ansa", "guid:k", KILL, summary=KILL_TEXT, **given)
    world.lists("ansa", order, at=NOON + at_minute * MINUTE)


@pytest.mark.parametrize("slug", ["all", "every", "stories"])
def test_rule_070_a_kill_takes_every_copy_down_at_once_and_is_no_news_itself(
    world: World, slug: str
) -> None:
    before = world.feed(slug)
    kill(world)
    after = world.feed(slug)
    assert {item.lead.title for item in after.items} == {OTHER}
    gone = {item.uid for item in before.items} - {item.uid for item in after.items}
    assert {departure.uid for departure in after.departures} == gone
    assert after.generation > before.generation
    assert after.changed_at == NOON + 5 * MINUTE


def test_rule_073_a_copy_that_comes_after_the_kill_is_never_shown(world: World) -> None:
    kill(world)
    late = told("gazzetta", "guid:3", TITLE)
    world.lists("gazzetta", late, at=NOON + 9 * MINUTE)
    assert world.titles() == [OTHER]
    assert TITLE not in world.titles("every")


def test_rule_072_a_killed_text_that_its_portal_rewrites_stays_down(world: World) -> None:
    kill(world)
    again = told("portale", "guid:9", "Pensioni, così cambia la riforma del ministro")
    world.lists("portale", again, at=NOON + 9 * MINUTE)
    assert world.titles() == [OTHER]


def test_rule_074_a_cancellation_by_status_takes_the_copies_down_too(world: World) -> None:
    cancelled = told("ansa", "guid:1", TITLE, status=Status.CANCELED, digest="cancelled")
    world.lists("ansa", cancelled, at=NOON + 5 * MINUTE)
    assert world.titles() == [OTHER]


def test_a_wire_that_takes_its_cancellation_back_brings_the_copies_back(world: World) -> None:
    before = {item.uid for item in world.feed().items}
    cancelled = told("ansa", "guid:1", TITLE, status=Status.CANCELED, digest="x", version=2)
    world.lists("ansa", cancelled, at=NOON + 5 * MINUTE)
    back = told("ansa", "guid:1", TITLE, digest="y", version=3)
    world.lists("ansa", back, at=NOON + 7 * MINUTE)
    assert {item.uid for item in world.feed().items} == before
    assert world.feed().departures == ()


def test_a_portal_takes_down_only_what_is_its_own(world: World) -> None:
    order = told("portale", "guid:k", KILL, summary=KILL_TEXT)
    world.lists("portale", told("portale", "guid:9", TITLE), order, at=NOON + 5 * MINUTE)
    (item,) = (i for i in world.feed().items if i.lead.title == TITLE)
    assert (item.lead.source_id, item.copies) == ("ansa", ())
    assert world.feed().departures == ()


def test_a_portal_that_credits_an_agency_does_not_speak_for_it(world: World) -> None:
    words = "(ANSA)"
    credit = Credit(agency="ansa", name="ANSA", words=words, form=Form.DATELINE, confidence=0.99)
    order = told("gazzetta", "guid:k", KILL, summary=KILL_TEXT, credit=credit)
    world.lists("gazzetta", order, at=NOON + 5 * MINUTE)
    assert set(world.titles()) == {TITLE, OTHER}
    assert [filed.state for filed in world.store.filed(waiting=True)] == [FiledState.WAITING]


def test_an_item_that_its_portal_cancels_by_status_takes_no_other_down(world: World) -> None:
    cancelled = told("portale", "guid:9", TITLE, status=Status.CANCELED, digest="cancelled")
    world.lists("portale", cancelled, at=NOON + 5 * MINUTE)
    (item,) = (i for i in world.feed().items if i.lead.title == TITLE)
    assert (item.lead.source_id, item.copies) == ("ansa", ())


def test_a_kill_that_names_nothing_we_know_waits_for_the_operator(world: World) -> None:
    text = "Si prega di annullare la notizia dal titolo «Elezioni nel comune di Borgo», errata."
    order = told("ansa", "guid:k", KILL, summary=text)
    world.lists("ansa", order, at=NOON + 5 * MINUTE)
    assert set(world.titles()) == {TITLE, OTHER}
    (filed,) = world.store.filed(waiting=True)
    assert (filed.state, filed.title, filed.target) == (FiledState.WAITING, KILL, None)


def test_the_operator_says_what_a_waiting_kill_means(world: World) -> None:
    text = "Si prega di annullare la notizia dal titolo «Elezioni nel comune di Borgo», errata."
    world.lists("ansa", told("ansa", "guid:k", KILL, summary=text), at=NOON + 5 * MINUTE)
    (filed,) = world.store.filed(waiting=True)
    target = told("portale", "guid:9", TITLE).ref
    heeding.apply(world.store, filed, target, NOON + 6 * MINUTE)
    assert world.titles() == [OTHER]
    assert world.store.filed(waiting=True) == ()


def test_the_operator_says_that_a_kill_means_nothing(world: World) -> None:
    kill(world)
    (filed,) = world.store.filed(waiting=False)
    heeding.dismiss(world.store, filed, NOON + 6 * MINUTE)
    assert set(world.titles()) == {TITLE, OTHER}
    (filed,) = world.store.filed(waiting=False)
    assert filed.state is FiledState.DISMISSED


def test_rule_071_a_corrected_text_takes_the_place_of_the_earlier_one(world: World) -> None:
    (uid,) = (i.uid for i in world.feed().items if i.lead.title == TITLE)
    text = "Il ministro ha annunciato oggi la riforma, che vale tre miliardi e non due."
    mended = f"{TITLE} /RPT (Ripetizione con testo corretto)"
    world.lists("ansa", told("ansa", "guid:3", mended, summary=text), at=NOON + 5 * MINUTE)
    items = {item.uid: item for item in world.feed().items}
    assert len(items) == 2
    assert items[uid].lead.key == "guid:3"
    assert [copy.source_id for copy in items[uid].copies] == ["portale"]


def test_an_update_that_brings_the_whole_text_takes_the_place_of_the_earlier_one(
    world: World,
) -> None:
    first = told("ansa", "guid:5", MARKET, summary="La Borsa sale dell'1,2 per cento.")
    world.lists("ansa", first, told("ansa", "guid:1", TITLE), at=NOON + 2 * MINUTE)
    whole = "La Borsa sale dell'1,2 per cento e dopodomani. Il sindaco: nessun ferito."
    update = told("ansa", "guid:6", f"{MARKET} (2)", summary=whole)
    world.lists("ansa", update, first, told("ansa", "guid:1", TITLE), at=NOON + 5 * MINUTE)
    (item,) = (i for i in world.feed().items if i.lead.title.startswith(MARKET))
    assert item.lead.key == "guid:6"


def test_an_update_that_is_only_what_is_added_stands_beside_the_text(world: World) -> None:
    whole = "La Borsa sale dell'1,2 per cento e dopodomani. Il sindaco: nessun ferito."
    first = told("ansa", "guid:5", MARKET, summary=whole)
    world.lists("ansa", first, told("ansa", "guid:1", TITLE), at=NOON + 2 * MINUTE)
    more = told("ansa", "guid:6", f"{MARKET} (2)", summary="Bene anche le banche.")
    world.lists("ansa", more, first, told("ansa", "guid:1", TITLE), at=NOON + 5 * MINUTE)
    (item,) = (i for i in world.feed().items if i.lead.title.startswith(MARKET))
    assert item.lead.key == "guid:5"
    assert [copy.key for copy in item.copies] == ["guid:6"]


def test_rule_078_a_repeat_moves_nothing_and_announces_nothing(world: World) -> None:
    before = [(i.uid, i.position, i.updated, i.lead.ref) for i in world.feed().items]
    repeat = told("ansa", "guid:3", f"RPT-{TITLE}")
    world.lists("ansa", repeat, told("ansa", "guid:1", TITLE), at=NOON + 5 * MINUTE)
    assert len(world.titles("every")) == 4
    assert [(i.uid, i.position, i.updated, i.lead.ref) for i in world.feed().items] == before


def test_an_embargo_in_words_holds_and_one_without_an_end_holds_for_good(world: World) -> None:
    text = "EMBARGO FINO ALLE ORE 18. Il rapporto annuale dell'istituto di statistica."
    report = told("ansa", "guid:3", "Istat, il rapporto annuale", summary=text)
    world.lists("ansa", report, at=NOON + 5 * MINUTE)
    assert "Istat, il rapporto annuale" not in world.titles()


def test_what_the_operator_withdraws_leaves_every_output_and_comes_back_by_the_same_hand(
    world: World,
) -> None:
    before = {slug: [i.uid for i in world.feed(slug).items] for slug in ("all", "every")}
    ref = told("portale", "guid:9", TITLE).ref
    heeding.withdraw(world.store, [ref], NOON + 5 * MINUTE, "lettera dell'avvocato")
    assert world.titles() == [OTHER]
    assert heeding.restore(world.store, [ref, told("ansa", "guid:1", TITLE).ref], NOON + 6 * MINUTE)
    assert {slug: [i.uid for i in world.feed(slug).items] for slug in before} == before
    assert not heeding.restore(world.store, [ref], NOON + timedelta(hours=1))


def test_a_withdrawn_article_says_so_to_whoever_asks_for_it(world: World) -> None:
    kill(world)
    dossier = world.store.dossier("portale/guid:9")
    assert dossier is not None
    assert dossier.article.withdrawn == NOON + 5 * MINUTE
