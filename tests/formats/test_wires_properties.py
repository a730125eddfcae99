"""Wires that were damaged on the way: whatever comes, an outcome that can be stored comes out."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from aggregator.model.reading import Reading
from tests.support.documents import outcome
from tests.support.wires import message, news_item, ninjs

WIRES = (
    message(news_item(guid="a"), news_item(guid="b", meta="<embargoed/><edNote>x</edNote>")),
    ninjs(headline="A", associations={"x": {"renditions": {"y": {"href": "https://a.example"}}}}),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)
KEYS = st.sampled_from(
    [
        "headline",
        "headlines",
        "bodies",
        "associations",
        "renditions",
        "subject",
        "embargoed",
        "version",
        "urgency",
        "pubstatus",
        "ednote",
        "infosources",
        "language",
        "firstcreated",
    ]
)


def storable(body: bytes) -> bool:
    """Whether what comes of a body has only texts that UTF-8 can carry."""
    found = outcome(body)
    texts = [found.detail] if not isinstance(found, Reading) else []
    for entry in found.entries if isinstance(found, Reading) else ():
        texts += [entry.key, entry.title, entry.summary, entry.content, entry.note]
        texts.append(entry.credit.words if entry.credit else "")
        texts += [*entry.aliases, *entry.authors, *entry.topics, *(m.url for m in entry.media)]
    return all(text == text.encode("utf-8", "replace").decode() for text in texts)


@given(st.sampled_from(WIRES), st.integers(0, 2000), st.integers(0, 60), st.binary(max_size=4))
def test_a_damaged_wire_is_an_outcome(body: bytes, start: int, length: int, put: bytes) -> None:
    assert storable(body[:start] + put + body[start + length :])


@given(st.dictionaries(KEYS, JSON, max_size=6))
def test_a_ninjs_of_any_types_is_an_outcome(given_: dict[str, object]) -> None:
    item = {"uri": "urn:ansa:1", "headline": "A", **given_}
    assert storable(json.dumps(item).encode())
