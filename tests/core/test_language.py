"""Language marks, made one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.text import language


@pytest.mark.parametrize(
    ("mark", "normal"),
    [
        *((mark, "it") for mark in ("it", "IT", "it-IT", "it_it", "ita", "Italian", "Italiano")),
        *((mark, "en") for mark in ("en-us", "EN_GB", "eng", "English", " en ")),
        *((mark, "fr") for mark in ("fr", "fre", "fra", "Français")),
        *((mark, "de") for mark in ("de-AT", "ger", "Deutsch")),
        ("zh-Hans-CN", "zh"),
        ("iw", "he"),
        ("fil-PH", "fil"),
    ],
)
def test_marks_of_one_language_are_one(mark: str, normal: str) -> None:
    assert language.normalise(mark) == normal


@pytest.mark.parametrize(
    "mark", [None, "", "und", "mul", "x-default", "zxx", "1", "e", "klingonish"]
)
def test_a_mark_of_no_language_is_none(mark: str | None) -> None:
    assert language.normalise(mark) is None


@given(st.text(max_size=12))
def test_a_normal_mark_stays_as_it_is(text: str) -> None:
    normal = language.normalise(text)
    assert normal is None or language.normalise(normal) == normal
