"""What texts share: the words of substance, and when two texts share almost nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.matching import kinship
from tests.support.world import entry

STRANGERS = [
    pytest.param(
        "Borse europee in calo dopo i dati", "Terremoto in Umbria, scuole chiuse", id="it"
    ),
    pytest.param("Oil falls below eleven dollars", "Airline plans thousands of cuts", id="en"),
]
KIN = [
    pytest.param("Il ministro annuncia la riforma", "Riforma, il ministro: ecco come", id="same"),
    pytest.param("Terremoto, scuole chiuse", "Scuola chiusa per il terremoto", id="endings"),
    pytest.param("Perché la città è ferma", "Perche' la citta' e' ferma", id="accents"),
    pytest.param("Sciopero", "Elezioni comunali oggi", id="too short to tell"),
]


@pytest.mark.parametrize(("one", "other"), STRANGERS)
def test_texts_without_a_common_word_are_strangers(one: str, other: str) -> None:
    assert kinship.strangers(entry("a", "guid:1", one), entry("a", "guid:2", other))


@pytest.mark.parametrize(("one", "other"), KIN)
def test_texts_with_a_common_word_or_too_few_words_are_not(one: str, other: str) -> None:
    assert not kinship.strangers(entry("a", "guid:1", one), entry("a", "guid:2", other))


def test_everyday_words_are_no_kinship() -> None:
    one = entry("a", "guid:1", "Dopo questo anche quello: mercati deboli, petrolio fermo, euro giù")
    other = entry("a", "guid:2", "Dopo questo anche quello: scuole chiuse, traffico, neve in città")
    assert kinship.strangers(one, other)


@given(st.text(max_size=80), st.text(max_size=80))
def test_it_is_symmetric(one: str, other: str) -> None:
    a, b = entry("a", "guid:1", one), entry("b", "guid:2", other)
    assert kinship.strangers(a, b) == kinship.strangers(b, a)
    assert kinship.resemblance(a, b) == kinship.resemblance(b, a)


@given(st.text(max_size=80))
def test_nothing_is_a_stranger_to_itself(title: str) -> None:
    assert not kinship.strangers(entry("a", "guid:1", title), entry("b", "guid:2", title))
