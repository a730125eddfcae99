"""The snapshot: what is common, and what a source always says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.matching import statistics
from aggregator.matching.statistics import EMPTY, Statistics
from aggregator.model.entry import Entry
from tests.support.texts import level, text, worded

NEWS = (
    ("Bilancio approvato in consiglio", "Passa la manovra con i voti della maggioranza."),
    ("Derby rinviato per nebbia", "Si gioca mercoledì sera a porte aperte."),
    ("Scuole chiuse sulla costa", "Allerta rossa per vento forte e mareggiate."),
    ("Nuovo treno per la montagna", "Corse ogni ora da dicembre fino al valico."),
)
HABIT = "Il Faro racconta ogni giorno la costa con le sue dirette e le sue rubriche"


def faro(tail: str = f" {HABIT}.") -> list[Entry]:
    return [text("faro", title, f"{summary}{tail}") for title, summary in NEWS]


def test_rule_061_a_sentence_that_a_source_repeats_is_furniture() -> None:
    assert statistics.learn(faro()).repeated_by("faro") == {f"{HABIT}.".casefold()}


def test_rule_109_two_items_alike_only_in_what_their_sources_repeat_are_different() -> None:
    porto = [text("porto", title.upper(), f"{summary} {HABIT}.") for title, summary in NEWS]
    learnt = statistics.learn([*faro(), *porto])
    one, other = faro()[0], porto[1]
    assert level(one, other, learnt) is None


def test_rule_109_a_summary_that_says_nothing_of_its_item_is_left_out() -> None:
    items = [text("canale", title, HABIT) for title, _ in NEWS]
    assert worded(items[0], learnt=statistics.learn(items)).text == ()


def test_furniture_that_was_cut_is_known_by_its_beginning() -> None:
    learnt = statistics.learn(faro())
    cut = text("faro", "Altro titolo", f"Una notizia breve. {HABIT[:40]}...")
    assert worded(cut, learnt=learnt).text == ("una", "notizia", "breve")


def test_a_title_part_that_a_source_repeats_is_furniture() -> None:
    items = [text("faro", f"{title} - Cronaca della costa") for title, _ in NEWS]
    learnt = statistics.learn(items)
    assert worded(items[1], learnt=learnt).title == ("derby", "rinviato", "per", "nebbia")


def test_the_takes_of_one_event_repeat_their_lead_and_that_is_no_furniture() -> None:
    lead = "Un incendio è divampato nella notte in un capannone di Montebruno."
    takes = [
        text("ansa", "Incendio in un capannone a Montebruno", lead),
        text("ansa", "Incendio a Montebruno, sei squadre al lavoro", f"{lead} Nessun ferito."),
        text("ansa", "Capannone in fiamme a Montebruno, il sindaco", f"{lead} Finestre chiuse."),
    ]
    assert statistics.learn(takes).repeated_by("ansa") == frozenset()


def test_what_copies_of_one_text_share_is_no_furniture() -> None:
    lead = "Un incendio è divampato nella notte in un capannone, dove sono arrivate sei squadre."
    body = "Le fiamme sono state spente all'alba, il sindaco invita a tenere chiuse le finestre."
    titles = ("Rogo nella notte", "Montebruno, paura in paese", "Fiamme in un deposito")
    copies = [text(f"p{n}", title, f"{lead} {body}") for n, title in enumerate(titles)]
    assert statistics.learn(copies).repeated_by("p0") == frozenset()


def test_what_unlike_entries_of_many_sources_repeat_is_furniture_of_any() -> None:
    items = [text(f"p{n}", title, f"{summary} {HABIT}.") for n, (title, summary) in enumerate(NEWS)]
    assert statistics.learn(items).repeated_by("unseen") == {f"{HABIT}.".casefold()}


def many(word: str, times: int) -> list[Entry]:
    return [text("s", f"{word if n < times else 'altro'} {n}") for n in range(500)]


def test_a_rarer_word_tells_more() -> None:
    learnt = statistics.learn(many("governo", 400))
    assert 0 < learnt.weight("governo") < learnt.weight("altro") < learnt.weight("mai visto") == 1


@pytest.mark.parametrize(
    ("less", "more"),
    [("della", "incendio"), ("per", "via"), ("via", "incendio")],
    ids=["function word", "short function word", "short word"],
)
def test_before_anything_is_learnt_everyday_words_tell_less(less: str, more: str) -> None:
    assert EMPTY.weight(less) < EMPTY.weight(more)


def test_a_snapshot_is_named_by_what_it_says() -> None:
    assert statistics.learn(faro()).name == statistics.learn(faro()[::-1]).name
    assert statistics.learn(faro()).name != statistics.learn(faro("")).name


@given(st.permutations(faro()))
def test_a_snapshot_does_not_depend_on_the_order_of_entries(entries: list[Entry]) -> None:
    assert statistics.learn(entries) == statistics.learn(faro())


def test_a_packed_snapshot_comes_back() -> None:
    learnt: Statistics = statistics.learn(faro())
    assert statistics.unpack(learnt.name, statistics.pack(learnt)) == learnt
