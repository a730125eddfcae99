"""Folding and words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.text import tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("è", "e'"),
        ("perché", "perche'"),
        ("perché", "perche’"),
        ("È", "E`"),
        ("città di mare", "citta' di mare"),
        ("l’Italia", "l'Italia"),
        ("1914–18", "1914-18"),
        ("a\u00a0b", "a b"),
        ("ﬁne", "fine"),
        ("STRASSE", "straße"),
    ],
)
def test_rule_064_spellings_of_one_word_fold_together(one: str, other: str) -> None:
    assert tokens.fold(one) == tokens.fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("dell'arte", "dellarte"), ("e' l'ora", "e ora"), ("5 morti", "2 morti")]
)
def test_rule_064_what_differs_stays_different(one: str, other: str) -> None:
    assert tokens.fold(one) != tokens.fold(other)


def test_words_keep_the_inner_marks_of_figures() -> None:
    assert tokens.words("Alle 10:30 sisma di 5,1: «C’è paura»") == (
        *("alle", "10:30", "sisma", "di", "5,1"),
        *("c", "e", "paura"),
    )


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    once = tokens.fold(text)
    assert tokens.fold(once) == once
