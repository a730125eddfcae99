"""What words and marks make of headlines whose language their outlets tell."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from aggregator.text import language


def texts(corpus: Path, country: str) -> Iterator[str]:
    """Title and description of each headline, once."""
    found = {
        f"{article['title']}\n{article['description'] or ''}"
        for file in (corpus / "headlines" / country).glob("*.json")
        for article in json.loads(file.read_text("utf-8"))["articles"]
    }
    assert len(found) > 400
    yield from sorted(found)


@pytest.mark.parametrize(("country", "spoken", "other"), [("it", "it", "en"), ("gb", "en", "it")])
def test_rule_077_right_marks_stand_and_wrong_ones_fall(
    corpus: Path, country: str, spoken: str, other: str
) -> None:
    given = list(texts(corpus, country))
    assert [text for text in given if language.settle(text, (spoken,)) != spoken] == []
    unmarked = [text for text in given if language.settle(text) not in {spoken, None}]
    assert len(unmarked) <= 0.005 * len(given), unmarked
    fallen = [text for text in given if language.settle(text, (other,)) == spoken]
    assert len(fallen) >= 0.95 * len(given)
