"""How much of a document is looked at, and what is refused because it would cost too much."""

from __future__ import annotations

import pytest

from aggregator.model.fetched import Why
from aggregator.reading.scan import (
    MOST_ATTRIBUTES,
    MOST_DEPTH,
    MOST_ELEMENTS,
    MOST_ITEMS,
    MOST_OUTSIDE,
)
from tests.support.documents import names, reading, refusal, rss

ITEM = "<guid>{}</guid><title>t</title>"


def json_feed(count: int) -> bytes:
    items = ",".join(f'{{"id": "{n}", "title": "t"}}' for n in range(count))
    return f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{items}]}}'.encode()


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        pytest.param("<x/>" * MOST_ELEMENTS, "elements in one item", id="elements"),
        pytest.param("<x>" * MOST_DEPTH + "</x>" * MOST_DEPTH, "deep", id="depth"),
        pytest.param("<x>" * MOST_DEPTH, "deep", id="depth-never-closed"),
        pytest.param(
            "<x " + " ".join(f"a{n}='1'" for n in range(MOST_ATTRIBUTES + 1)) + "/>",
            "attributes",
            id="attributes",
        ),
    ],
)
def test_rule_054_an_item_is_bounded_in_depth_elements_and_attributes(
    inside: str, words: str
) -> None:
    refused = refusal(rss(ITEM.format(1) + inside))
    assert refused.why is Why.TOO_COMPLEX
    assert words in refused.detail


def test_rule_054_what_stands_outside_of_items_is_bounded() -> None:
    assert refusal(rss(head="<x/>" * MOST_OUTSIDE)).why is Why.TOO_COMPLEX


def test_rule_054_as_much_as_is_allowed_is_read() -> None:
    attributes = " ".join(f"a{n}='1'" for n in range(MOST_ATTRIBUTES))
    nested = "<y>" * (MOST_DEPTH - 4) + "</y>" * (MOST_DEPTH - 4)
    assert len(reading(rss(ITEM.format(1) + f"<x {attributes}/>{nested}")).entries) == 1


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(rss(*map(ITEM.format, range(MOST_ITEMS + 9))), id="rss"),
        pytest.param(json_feed(MOST_ITEMS + 9), id="json"),
    ],
)
def test_rule_054_of_a_crowd_of_items_the_first_thousands_are_looked_at(body: bytes) -> None:
    found = reading(body)
    assert len(found.window.places) == MOST_ITEMS
    assert found.complete
    assert "too-many-items" in names(found)
