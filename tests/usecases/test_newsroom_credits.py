"""A whole simulated day: every copy is credited to the wire that wrote it, nothing to another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from aggregator import config
from aggregator.model.entry import Entry
from aggregator.newsroom import demo
from aggregator.newsroom.outlets import ROSTER, WIRES, Kind
from aggregator.newsroom.site import Request, answer
from aggregator.newsroom.world import World
from tests.support.documents import NOON, reading

BASE = "http://127.0.0.1:9"
WORLD = World(seed=5, start=NOON, past=timedelta(hours=9), roster=(*ROSTER, *WIRES))
AGENCIES = {outlet.id for outlet in WORLD.roster if outlet.kind is Kind.AGENCY}


def authors() -> dict[str, str]:
    """The wire that wrote each text."""
    listed = ((wire, item) for wire in AGENCIES for item in WORLD.listed(wire, NOON))
    return {item.text: wire for wire, item in listed}


def entries() -> Iterator[tuple[str, Entry]]:
    """What every outlet lists at noon, read, with the name of the text that it prints."""
    for source in config.parse(demo.feeds_yaml(BASE, WORLD.roster), "demo.yaml", {}).sources:
        texts = {name: i.text for i in WORLD.listed(source.id, NOON) for name in (i.link, i.guid)}
        body = answer(
            WORLD, Request(method="GET", path=source.url.removeprefix(BASE)), NOON, BASE
        ).body
        for entry in reading(body, source=source).entries:
            tag = f"guid:tag:{source.id}.example,2026:"
            yield texts[entry.url.removeprefix(BASE) or entry.key.removeprefix(tag)], entry


@pytest.fixture(scope="module")
def day() -> list[tuple[str | None, Entry]]:
    """Every entry with the wire that wrote its text, None where an outlet wrote it itself."""
    wrote = authors()
    return [(wrote.get(text), entry) for text, entry in entries()]


def test_what_is_credited_is_credited_to_its_author(day: list[tuple[str | None, Entry]]) -> None:
    found = [(entry.credit.agency, wire) for wire, entry in day if entry.credit]
    assert len(found) > 100
    assert [pair for pair in found if pair[0] != pair[1]] == []


def test_nearly_every_text_of_a_wire_is_credited(day: list[tuple[str | None, Entry]]) -> None:
    marked = [entry.credit is not None for wire, entry in day if wire]
    assert sum(marked) > 0.9 * len(marked)
