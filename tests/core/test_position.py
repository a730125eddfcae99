"""Where first sight puts an entry in the order of feeds."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from aggregator.matching.position import at_first_sight
from tests.support.world import NOON, entry

HOUR = timedelta(hours=1)
CASES = [
    pytest.param(NOON - HOUR, False, NOON - HOUR, id="a recent claim is believed"),
    pytest.param(NOON - 6 * HOUR, False, NOON - 6 * HOUR, id="up to six hours"),
    pytest.param(NOON - 7 * HOUR, False, NOON, id="a late item stands where it was seen"),
    pytest.param(NOON + HOUR, False, NOON, id="a future item too"),
    pytest.param(NOON - 7 * HOUR, True, NOON - 7 * HOUR, id="a new source keeps its own order"),
    pytest.param(NOON + HOUR, True, NOON, id="never above first sight"),
]


@pytest.mark.parametrize(("published", "first", "expected"), CASES)
def test_a_dated_entry(published: datetime, first: bool, expected: datetime) -> None:
    one = entry("a", "guid:1", "T", published=published, first_seen=NOON)
    assert at_first_sight(one, first_document=first) == expected


def test_an_undated_entry_has_its_guess() -> None:
    guess = NOON - timedelta(seconds=3)
    one = entry("a", "guid:1", "T", published=guess, dated=False, first_seen=NOON)
    assert at_first_sight(one, first_document=False) == guess
