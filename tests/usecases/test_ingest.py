"""What one poll after another makes of the store: real SQLite, entries made by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest

from aggregator.model.feed import Collapse, FeedSpec
from aggregator.model.fetched import Refused, Why
from aggregator.ports import Tally
from tests.support.world import MINUTE, NOON, World, config, entry, reading, source

LONG = "Il ministro annuncia la riforma delle pensioni"
OTHER = "Terremoto in Umbria, scuole chiuse domani"
RETOLD = "Pensioni, la riforma che il governo annuncia per il 2027"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "a.db", config(source("ansa"), source("portale"), source("gazzetta")))
    yield made
    made.store.close()


def test_a_new_entry_is_an_article_in_every_feed_that_asks_for_it(world: World) -> None:
    done = world.lists("ansa", entry("ansa", "guid:1", LONG))
    assert done.tally == Tally(new=1)
    assert world.titles() == [LONG]


def test_polling_the_same_document_again_changes_nothing(world: World) -> None:
    world.lists("ansa", entry("ansa", "guid:1", LONG))
    before = world.feed()
    done = world.lists("ansa", entry("ansa", "guid:1", LONG), at=NOON + 5 * MINUTE)
    assert done.tally == Tally()
    assert world.feed() == before


def test_an_edited_title_is_a_revision_under_the_same_id(world: World) -> None:
    world.lists("ansa", entry("ansa", "guid:1", LONG))
    before = world.feed().items[0]
    done = world.lists("ansa", entry("ansa", "guid:1", f"{LONG} (2)"), at=NOON + 5 * MINUTE)
    after = world.feed().items[0]
    assert done.tally == Tally(revised=1)
    assert (after.uid, after.position) == (before.uid, before.position)
    assert (after.lead.title, after.lead.revision) == (f"{LONG} (2)", 2)
    assert after.updated == NOON + 5 * MINUTE
    dossier = world.store.dossier(after.uid)
    assert dossier is not None
    assert [r.title for r in dossier.revisions[after.lead.ref]] == [LONG]


def test_an_item_that_vanishes_and_returns_is_not_new(world: World) -> None:
    one, two = entry("ansa", "guid:1", LONG), entry("ansa", "guid:2", OTHER)
    world.lists("ansa", one, two)
    world.lists("ansa", two, at=NOON + MINUTE)
    done = world.lists("ansa", one, two, at=NOON + 2 * MINUTE)
    assert done.tally == Tally()
    assert len(world.titles()) == 2


def test_one_address_in_two_sources_is_one_article(world: World) -> None:
    shared = {"url": "https://news.example/a", "canonical": "https://news.example/a"}
    world.lists("ansa", entry("ansa", "guid:1", LONG, **shared))
    done = world.lists("portale", entry("portale", "guid:9", LONG, **shared), at=NOON + MINUTE)
    (item,) = world.feed().items
    assert done.tally == Tally(new=1, joined=1)
    assert [copy.source_id for copy in item.copies] == ["portale"]
    dossier = world.store.dossier("https://news.example/a")
    assert dossier is not None
    (match,) = dossier.matches
    assert (match.level, match.why) == ("link", "same address https://news.example/a")


def test_an_entry_that_moves_to_another_address_leaves_its_article(world: World) -> None:
    shared = {"url": "https://news.example/a", "canonical": "https://news.example/a"}
    world.lists("ansa", entry("ansa", "guid:1", LONG, **shared))
    world.lists("portale", entry("portale", "guid:9", RETOLD, **shared), at=NOON + MINUTE)
    world.lists("portale", entry("portale", "guid:9", RETOLD), at=NOON + 2 * MINUTE)
    assert [len(item.copies) for item in world.feed().items] == [0, 0]
    assert len({item.uid for item in world.feed().items}) == 2


def test_two_articles_that_become_one_keep_the_earlier_id_and_know_the_other(world: World) -> None:
    world.lists("ansa", entry("ansa", "guid:1", LONG))
    world.lists("portale", entry("portale", "guid:9", RETOLD), at=NOON + MINUTE)
    uids = {item.lead.source_id: item.uid for item in world.feed().items}
    moved = entry("portale", "guid:9", RETOLD, url="https://ansa.example/1")
    world.lists("portale", moved, at=NOON + 2 * MINUTE)
    (item,) = world.feed().items
    assert item.uid == uids["ansa"]
    dossier = world.store.dossier(uids["portale"])
    assert dossier is not None
    assert (dossier.article.uid, dossier.aliases) == (uids["ansa"], (uids["portale"],))


@pytest.mark.parametrize("order", list(permutations(["ansa", "portale", "gazzetta"])))
def test_the_articles_do_not_depend_on_the_order_of_arrival(
    world: World, order: tuple[str, ...]
) -> None:
    shared = {"url": "https://news.example/a", "canonical": "https://news.example/a"}
    for name in order:
        own = entry(name, "guid:2", f"{name.title()} intervista il sindaco")
        world.lists(name, entry(name, "guid:1", LONG, **shared), own)
    groups = {
        frozenset((i.lead.source_id, *(c.source_id for c in i.copies))) for i in world.feed().items
    }
    assert groups == {
        frozenset(order),
        frozenset({"ansa"}),
        frozenset({"portale"}),
        frozenset({"gazzetta"}),
    }


def test_one_text_under_two_addresses_is_one_article_and_says_why(world: World) -> None:
    world.lists("ansa", entry("ansa", "guid:1", LONG))
    done = world.lists("portale", entry("portale", "guid:9", LONG), at=NOON + MINUTE)
    assert done.tally == Tally(new=1, joined=1)
    (item,) = world.feed().items
    assert [copy.source_id for copy in item.copies] == ["portale"]
    dossier = world.store.dossier(item.uid)
    assert dossier is not None
    (match,) = dossier.matches
    assert match.level == "title"


def test_a_text_that_is_rewritten_leaves_the_article_that_it_was_a_copy_in(world: World) -> None:
    world.lists("ansa", entry("ansa", "guid:1", LONG))
    world.lists("portale", entry("portale", "guid:9", LONG), at=NOON + MINUTE)
    world.lists("portale", entry("portale", "guid:9", OTHER), at=NOON + 2 * MINUTE)
    assert [len(item.copies) for item in world.feed().items] == [0, 0]
    world.lists("portale", entry("portale", "guid:9", LONG), at=NOON + 3 * MINUTE)
    assert [len(item.copies) for item in world.feed().items] == [1]


def test_rule_108_an_id_that_later_holds_another_piece_is_a_new_entry(world: World) -> None:
    page = {"url": "https://ansa.example/raccolta/7", "aliases": ()}
    world.lists("ansa", entry("ansa", "guid:7", LONG, **page))
    later = NOON + timedelta(hours=5)
    again = entry("ansa", "guid:7", OTHER, published=later, **page)
    done = world.lists("ansa", again, at=later)
    assert done.tally == Tally(new=1)
    assert world.titles() == [OTHER, LONG]
    assert world.lists("ansa", again, at=later + MINUTE).tally == Tally()
    assert len({item.uid for item in world.feed().items}) == 2


def test_a_headline_rewritten_in_place_is_a_revision_although_no_word_stays(world: World) -> None:
    world.lists("ansa", entry("ansa", "guid:7", LONG))
    assert world.lists("ansa", entry("ansa", "guid:7", OTHER), at=NOON + MINUTE).tally == Tally(
        revised=1
    )


def test_rule_011_a_changed_id_scheme_announces_nothing_again(world: World) -> None:
    old = [entry("ansa", f"guid:{n}", f"{LONG} {n}") for n in range(5)]
    new = [entry("ansa", f"guid:cms-{n}", f"{LONG} {n}", url=old[n].url) for n in range(5)]
    world.lists("ansa", *old)
    assert world.lists("ansa", *new, at=NOON + MINUTE).tally == Tally()
    assert world.lists("ansa", *old, at=NOON + 2 * MINUTE).tally == Tally()


def test_rule_009_a_slug_in_the_id_that_follows_the_headline_is_a_revision(world: World) -> None:
    world.lists("ansa", entry("ansa", "guid:riforma-pensioni-annunciata", LONG))
    edited = entry("ansa", "guid:riforma-pensioni-annunciate", f"{LONG}, scontro")
    assert world.lists("ansa", edited, at=NOON + MINUTE).tally == Tally(revised=1)
    assert world.titles() == [f"{LONG}, scontro"]


def test_rule_057_twins_that_are_both_listed_stay_two(world: World) -> None:
    one = entry("ansa", "guid:a", "Meteo, le previsioni di domani per la Lombardia")
    two = entry("ansa", "guid:b", "Meteo, le previsioni di domani per la Liguria")
    world.lists("ansa", one)
    assert world.lists("ansa", two, one, at=NOON + MINUTE).tally == Tally(new=1)


def test_rule_058_a_figure_tells_a_vanished_item_from_its_follower(world: World) -> None:
    world.lists("ansa", entry("ansa", "guid:a", "Incidente sul lavoro nel porto: 2 morti"))
    after = entry("ansa", "guid:b", "Incidente sul lavoro nel porto: 5 morti")
    assert world.lists("ansa", after, at=NOON + MINUTE).tally == Tally(new=1)


def test_rule_035_an_item_inserted_late_with_an_older_date_is_taken(world: World) -> None:
    world.lists("ansa", entry("ansa", "guid:1", LONG))
    late = entry("ansa", "guid:0", OTHER, published=NOON - timedelta(days=2))
    world.lists("ansa", late, entry("ansa", "guid:1", LONG), at=NOON + MINUTE)
    assert world.titles() == [OTHER, LONG]


def test_a_cut_document_removes_nothing(world: World) -> None:
    one, two = entry("ansa", "guid:1", LONG), entry("ansa", "guid:2", f"{LONG}, lo scontro")
    world.lists("ansa", one)
    assert world.lists("ansa", two, at=NOON + MINUTE, complete=False).tally == Tally(new=1)


def test_a_refusal_keeps_everything_and_is_counted(world: World) -> None:
    world.lists("ansa", entry("ansa", "guid:1", LONG))
    before = world.feed()
    world.take(Refused(source_id="ansa", at=NOON + MINUTE, why=Why.TIMEOUT, detail="no answer"))
    assert world.feed() == before
    counts = {(c.name, dict(c.labels).get("result")): c.value for c in world.store.counters()}
    assert counts["polls", "timeout"] == 1


def test_a_commit_that_fails_half_way_leaves_nothing(world: World) -> None:
    before = world.feed()
    good, bad = entry("ansa", "guid:1", LONG), entry("nobody", "guid:2", OTHER)
    with pytest.raises(Exception, match="FOREIGN KEY"):
        world.lists("ansa", good, bad)
    assert world.feed() == before


def test_a_feed_that_does_not_hold_the_article_keeps_its_generation(tmp_path: Path) -> None:
    from aggregator.model.feed import Clause, FeedSpec, Query

    only = FeedSpec(
        slug="only", title="Only", clauses=(Clause(include=Query(sources=("portale",))),)
    )
    made = World(
        tmp_path / "b.db",
        config(source("ansa"), source("portale"), feeds=(FeedSpec(slug="all", title="All"), only)),
    )
    before = made.feed("only")
    made.lists("ansa", entry("ansa", "guid:1", LONG), at=NOON + MINUTE)
    assert made.feed("only") == before
    assert made.feed("all").changed_at == NOON + MINUTE
    made.store.close()


@pytest.mark.parametrize("order", [(1, 2), (2, 1)], ids=str)
def test_an_item_that_is_listed_under_its_old_and_its_new_id_at_once(
    world: World, order: tuple[int, int]
) -> None:
    """Rule 12: two back ends, or a change of ids caught half way."""
    page = {"url": "https://ansa.example/pagina"}
    items = {n: entry("ansa", f"guid:{n}", LONG, **page) for n in (1, 2)}
    world.lists("ansa", items[1])
    world.lists("ansa", items[2], at=NOON + MINUTE)
    world.lists("ansa", *(items[n] for n in order), at=NOON + 2 * MINUTE)
    assert world.titles() == [LONG]
    assert world.lists("ansa", items[2], at=NOON + 3 * MINUTE).tally == Tally()


def test_rule_012_a_new_item_takes_no_entry_of_an_item_that_did_not_change(world: World) -> None:
    """Items that say nothing new are not looked at, but they are listed."""
    page = {"url": "https://ansa.example/pagina"}
    old, flipped = (entry("ansa", f"guid:{n}", LONG, **page) for n in (1, 2))
    world.lists("ansa", old)
    world.lists("ansa", flipped, at=NOON + MINUTE)
    both = reading("ansa", (flipped, entry("ansa", "guid:1", OTHER, aliases=())), NOON + 2 * MINUTE)
    done = world.take(replace(both, entries=both.entries[1:]))
    assert done.tally == Tally(new=1)
    assert sorted(world.titles()) == sorted([LONG, OTHER])


def test_rule_108_a_piece_that_takes_an_id_over_for_the_second_time_is_its_old_self(
    world: World,
) -> None:
    page = {"url": "https://ansa.example/raccolta/7", "aliases": ()}
    third = "Calcio, pareggio nel finale tra Lario e Trevisol"
    for hours, title in enumerate((LONG, OTHER, third, OTHER, LONG)):
        later = NOON + timedelta(hours=2 * hours)
        world.lists("ansa", entry("ansa", "guid:7", title, published=later, **page), at=later)
    assert sorted(world.titles()) == sorted([LONG, OTHER, third])


def test_an_old_further_name_does_not_take_the_edit_of_the_item_whose_id_it_is(
    world: World,
) -> None:
    """Rule 9 joined `b` to `a`; then both are listed, and `a` is edited."""
    a = entry("ansa", "guid:a", LONG)
    world.lists("ansa", a)
    b = entry("ansa", "guid:b", f"{LONG}, scontro")
    world.lists("ansa", b, at=NOON + MINUTE)
    world.lists("ansa", b, a, at=NOON + 2 * MINUTE)
    edited = entry("ansa", "guid:a", f"{LONG}, voto domani", url=a.url)
    done = world.lists("ansa", b, edited, at=NOON + 3 * MINUTE)
    assert done.tally == Tally(revised=1)
    assert len(world.titles()) == 2


def test_no_date_goes_back_when_articles_merge(tmp_path: Path) -> None:
    each = FeedSpec(slug="all", title="All", collapse=Collapse.NONE)
    made = World(tmp_path / "b.db", config(source("ansa"), source("portale"), feeds=[each]))
    made.lists("ansa", entry("ansa", "guid:1", LONG))
    made.lists("portale", entry("portale", "guid:9", LONG), at=NOON)
    made.lists("portale", entry("portale", "guid:9", f"{LONG} (2)"), at=NOON + 10 * MINUTE)
    before = {item.uid: item.updated for item in made.feed().items}
    same = entry("ansa", "guid:1", LONG, url="https://portale.example/9")
    made.lists("ansa", same, at=NOON + 11 * MINUTE)
    after = {item.uid: item.updated for item in made.feed().items}
    assert len({item.article for item in made.feed().items}) == 1
    assert all(after[uid] >= before[uid] for uid in before)
    made.store.close()


def test_rule_038_a_new_source_does_not_flood_the_feed_with_its_old_news(world: World) -> None:
    world.lists("ansa", entry("ansa", "guid:1", LONG, published=NOON - 5 * MINUTE))
    hours = range(1, 31)
    old = [
        entry("portale", f"guid:{n}", f"{OTHER} {n}", published=NOON - timedelta(hours=n))
        for n in hours
    ]
    world.lists("portale", *old)
    assert world.titles() == [LONG, *(f"{OTHER} {n}" for n in hours)]
