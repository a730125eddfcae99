"""Topics under one name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.text import topics


@pytest.mark.parametrize(
    ("topic", "folded"),
    [
        ("Esteri", "esteri"),
        ("World", "esteri"),
        ("Mondo", "esteri"),
        ("Politics", "politica"),
        ("Politique", "politica"),
        ("Business", "economia"),
        ("Économie", "economia"),
        ("Sports", "sport"),
        ("  Cronaca   Nera ", "cronaca"),
        ("Giro d’Italia", "giro d'italia"),
        ("", ""),
    ],
)
def test_one_table_folds_what_portals_call_a_topic(topic: str, folded: str) -> None:
    assert topics.fold(topic) == folded


@pytest.mark.parametrize(
    ("category", "names"),
    [
        ("Sport", ("sport",)),
        ("World, Politics; Calcio", ("esteri", "politica", "calcio")),
        ("News > Sport | Calcio", ("news", "sport", "calcio")),
        ("3,5 per cento", ("3,5 per cento",)),
        (" , ", ()),
        ("x" * 200, ()),
    ],
)
def test_rule_088_a_category_that_is_a_list_is_split(category: str, names: tuple[str, ...]) -> None:
    assert topics.split(category) == names


@given(st.text(max_size=30) | st.sampled_from(["World", "US Politics", "Sanità"]))
def test_folding_a_topic_twice_is_folding_it_once(topic: str) -> None:
    once = topics.fold(topic)
    assert topics.fold(once) == once
