"""What a credit does to selection: which feeds, who leads, how many voices."""

from __future__ import annotations

from typing import Any

import pytest

from aggregator.model.agency import Credit, Form
from aggregator.model.entry import Entry
from aggregator.model.feed import Clause, Query
from aggregator.model.source import Kind
from aggregator.selection import belongs, rank
from aggregator.selection.query import qualifies
from tests.support.world import MINUTE, NOON, entry, source

SOURCES = {
    "ansa": source("ansa", kind=Kind.AGENCY, agency="ansa"),
    "dazebao": source("dazebao"),
    "portale": source("portale"),
    "gazzetta": source("gazzetta"),
}


def credit(agency: str) -> Credit:
    return Credit(agency=agency, name=agency, words="", form=Form.DATELINE, confidence=0.99)


def carried(by: str, agency: str = "", minutes: int = 0, **given: Any) -> Entry:
    """An entry of a source, credited to an agency if one is named."""
    facts: dict[str, Any] = {
        "first_seen": NOON + minutes * MINUTE,
        "credit": credit(agency) if agency else None,
    }
    return entry(by, f"guid:{by}", "Il ponte è chiuso", **facts | given)


@pytest.mark.parametrize(
    ("by", "agency", "asked", "expected"),
    [
        pytest.param("portale", "ansa", "ansa", True, id="a portal's entry with its credit"),
        pytest.param("portale", "afp", "ansa", False, id="another agency's credit"),
        pytest.param("portale", "", "ansa", False, id="no credit"),
        pytest.param("ansa", "", "ansa", True, id="its own source"),
        pytest.param("ansa", "afp", "ansa", True, id="its own source, which credits another"),
        pytest.param("ansa", "afp", "afp", True, id="what its own source credits"),
    ],
)
def test_a_feed_asks_for_an_agency(by: str, agency: str, asked: str, expected: bool) -> None:
    clauses = [Clause(include=Query(agencies=(asked,)))]
    assert qualifies(carried(by, agency), SOURCES[by], clauses) is expected


@pytest.mark.parametrize(
    ("prefer", "expected"),
    [
        pytest.param(("afp",), "portale", id="a credit counts"),
        pytest.param(("ansa",), "ansa", id="behind the agency's own source"),
        pytest.param(("gazzetta", "ansa"), "gazzetta", id="in the order of the list"),
        pytest.param((), "ansa", id="without a wish an agency's source speaks"),
    ],
)
def test_prefer_names_the_source_the_agency_or_the_credit(
    prefer: tuple[str, ...], expected: str
) -> None:
    entries = [carried("gazzetta", "ansa"), carried("portale", "afp"), carried("ansa", minutes=9)]
    assert belongs.lead(entries, SOURCES, prefer).source_id == expected


def test_portals_that_print_one_wire_are_one_origin() -> None:
    entries = [
        carried("ansa", minutes=3),
        carried("portale", "ansa", minutes=1),
        carried("gazzetta", "ansa", minutes=2),
        carried("dazebao", minutes=5),
    ]
    assert rank.origins(entries, SOURCES) == (NOON + MINUTE, NOON + 5 * MINUTE)


def test_two_agencies_in_one_portal_are_two_origins() -> None:
    entries = [carried("portale", "ansa"), carried("portale", "afp", minutes=1)]
    assert len(rank.origins(entries, SOURCES)) == 2
