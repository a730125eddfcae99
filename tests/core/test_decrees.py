"""Pairs that the operator speaks of: what they name, and whom they keep apart."""

from __future__ import annotations

import pytest

from aggregator.matching.decrees import Decrees, match, names
from aggregator.model.entry import Entry, EntryRef
from aggregator.model.matching import Matching
from tests.support.world import entry

FIRST = entry("ansa", "guid:1", "Primo", canonical="https://a.example/1")
SECOND = entry("portale", "guid:2", "Secondo", canonical="https://b.example/2")
SAME_ADDRESS = entry("eco", "guid:3", "Terzo", canonical="https://b.example/2")
NOWHERE = entry("radio", "guid:4", "Quarto", canonical="")


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        pytest.param(FIRST, {"ansa/guid:1", "https://a.example/1"}, id="by address and key"),
        pytest.param(NOWHERE, {"radio/guid:4"}, id="by key alone"),
    ],
)
def test_the_names_of_an_item(of: Entry, expected: set[str]) -> None:
    assert names(of) == expected


def never(*pair: str) -> Decrees:
    one, other = sorted(pair)
    return Decrees(Matching(never=((one, other),)))


@pytest.mark.parametrize(
    ("decrees", "forbidden"),
    [
        pytest.param(never("https://a.example/1", "https://b.example/2"), True, id="by addresses"),
        pytest.param(never("portale/guid:2", "ansa/guid:1"), True, id="by keys"),
        pytest.param(never("https://a.example/1", "portale/guid:2"), True, id="by either"),
        pytest.param(never("https://a.example/1", "eco/guid:3"), False, id="another item's"),
        pytest.param(Decrees(Matching()), False, id="nothing said"),
    ],
)
def test_a_pair_forbids_both_ways(decrees: Decrees, forbidden: bool) -> None:
    assert decrees.forbid(FIRST, SECOND) is forbidden
    assert decrees.forbid(SECOND, FIRST) is forbidden


def test_an_address_means_all_that_stand_there() -> None:
    decrees = never("https://a.example/1", "https://b.example/2")
    apart = decrees.apart([FIRST, SECOND, SAME_ADDRESS, NOWHERE])
    assert apart == {
        FIRST.ref: {SECOND.ref, SAME_ADDRESS.ref},
        SECOND.ref: {FIRST.ref},
        SAME_ADDRESS.ref: {FIRST.ref},
    }


def test_partners_are_named_whether_they_are_stored_or_not() -> None:
    pairs = (("https://a.example/1", "https://c.example/3"), ("ansa/guid:1", "eco/guid:9"))
    decrees = Decrees(Matching(always=pairs))
    assert decrees.partners(FIRST) == {"https://c.example/3", "eco/guid:9"}
    assert decrees.partners(SECOND) == frozenset()


def test_the_evidence_names_who_says_so() -> None:
    made = match(SECOND.ref, FIRST.ref)
    assert (made.level, made.entry, made.why) == ("always", FIRST.ref, "the operator says so")
    assert made.other == EntryRef(source_id="portale", key="guid:2")
