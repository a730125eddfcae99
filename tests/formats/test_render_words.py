"""The words and times of our pages."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from aggregator.serving.render.words import LANGUAGES, WORDS, brief
from tests.support.shelf import NOON


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_says_everything_with_the_same_blanks(language: str) -> None:
    blanks = {key: set(re.findall(r"{\w+}", text)) for key, text in WORDS[language].items()}
    assert blanks == {key: set(re.findall(r"{\w+}", text)) for key, text in WORDS["en"].items()}


@pytest.mark.parametrize(
    ("when", "language", "written"),
    [
        (NOON, "en", "12:00"),
        (NOON - timedelta(days=1), "en", "11 Mar, 12:00"),
        (NOON - timedelta(days=1), "it", "11 mar, 12:00"),
        (NOON - timedelta(days=80), "it", "22 dic 2025, 12:00"),
    ],
)
def test_a_time_is_as_short_as_it_stays_clear(when: datetime, language: str, written: str) -> None:
    assert brief(when, language, NOON) == written
