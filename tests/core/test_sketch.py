"""Keys: few, stable, and shared by what may be one text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.matching import sketch
from aggregator.model.entry import Entry
from tests.support.texts import text, worded

LEAD = (
    "Un incendio è divampato nella notte in un capannone di via dei Tigli a Montebruno, dove erano "
    "depositati mobili e tessuti."
)
BODY = (
    "Sul posto sono intervenute sei squadre dei vigili del fuoco, che hanno lavorato fino all'alba "
    "per spegnere le fiamme. Il sindaco ha invitato i residenti a tenere chiuse le finestre."
)


def keys(of: Entry) -> set[int]:
    return set(sketch.keys(worded(of)))


SHARED = [
    pytest.param(text("b", "Notte di fuoco", LEAD), id="the lead"),
    pytest.param(text("b", "Notte di fuoco", BODY), id="the rest"),
    pytest.param(text("b", "Notte di fuoco", f"{BODY} {LEAD}"), id="reordered"),
    pytest.param(text("b", "Rogo in un capannone a Montebruno"), id="the title"),
    pytest.param(text("b", "Rogo in un capannone a Monte..."), id="a cut title"),
]


@pytest.mark.parametrize("other", SHARED)
def test_a_copy_is_found(other: Entry) -> None:
    one = text("a", "Rogo in un capannone a Montebruno", f"{LEAD} {BODY}")
    assert keys(one) & keys(other)


def test_what_shares_nothing_is_not_looked_at() -> None:
    one = text("a", "Rogo in un capannone a Montebruno", LEAD)
    other = text("b", "Derby rinviato per nebbia fitta", "Si gioca mercoledì sera alle nove.")
    assert not keys(one) & keys(other)


def test_a_text_of_no_known_language_is_found() -> None:
    title = "Roma-Lazio 2-0: Rossi, Verdi, Bianchi"
    assert keys(text("a", title)) == keys(text("b", title, language=None))


def test_a_live_page_is_not_found_by_its_title() -> None:
    assert keys(text("a", "Diretta: le notizie di oggi minuto per minuto")) == set()


def test_the_keys_of_a_text_are_always_the_same() -> None:
    assert sketch.keys(worded(text("a", "Uno due tre quattro cinque"))) == (
        -7621127195725796224,
        -4647867572508246320,
        4115582122094681178,
        4547808552336089111,
    )


@given(st.text(max_size=100), st.text(max_size=600))
def test_keys_are_few_distinct_and_fit_the_store(title: str, summary: str) -> None:
    made = sketch.keys(worded(text("a", title, summary)))
    assert len(made) == len(set(made)) <= sketch.MAX_KEYS
    assert all(-(2**63) <= key < 2**63 for key in made)
