"""Which state of a wire's item is the later one, and what a late or lower version may do."""

from __future__ import annotations

from typing import Any

import pytest

from aggregator.matching.identity import Known, Revised, Same, decide
from aggregator.model.entry import Entry, Status
from tests.support.world import MINUTE, NOON, entry

CANCELED = Status.CANCELED


def state(title: str, version: int | None = None, **given: Any) -> Entry:
    return entry("ansa", "guid:1", title, version=version, **given)


def verdict(held: Entry, incoming: Entry) -> Same | Revised:
    known = Known(entry=held, names=frozenset({held.key}), listed=True)
    (found,) = decide([incoming], [known], frozenset({incoming.key}))
    assert isinstance(found, Same | Revised)
    return found


LATER = [
    pytest.param(2, {}, 3, {}, True, id="a higher number"),
    pytest.param(3, {}, 2, {}, False, id="a lower number"),
    pytest.param(3, {}, 3, {}, True, id="the same number, changed"),
    pytest.param(3, {}, None, {}, True, id="no number"),
    pytest.param(None, {}, 1, {}, True, id="the first number"),
    pytest.param(
        900, {"updated": NOON}, 17, {"updated": NOON + MINUTE}, True, id="numbered at random"
    ),
    pytest.param(
        900, {"updated": NOON}, 17, {"updated": NOON - MINUTE}, False, id="lower and earlier"
    ),
    pytest.param(2, {"status": CANCELED}, 2, {}, False, id="canceled, then sent again"),
    pytest.param(2, {"status": CANCELED}, 3, {}, True, id="canceled, then a new version"),
]


@pytest.mark.parametrize(("held", "was", "number", "given", "expected"), LATER)
def test_which_state_is_the_later_one(
    held: int | None,
    was: dict[str, Any],
    number: int | None,
    given: dict[str, Any],
    expected: bool,
) -> None:
    assert state("Now", number, **given).may_replace(state("Before", held, **was)) is expected


def test_a_higher_version_revises_and_keeps_the_number() -> None:
    found = verdict(state("Two hurt", 1), state("Three hurt", 2))
    assert isinstance(found, Revised)
    assert (found.entry.title, found.entry.version) == ("Three hurt", 2)


def test_a_lower_version_never_overwrites_a_higher_one() -> None:
    found = verdict(state("Three hurt", 2), state("Two hurt", 1))
    assert isinstance(found, Same)
    assert found.entry.title == "Three hurt"


@pytest.mark.parametrize("number", [None, 1, 3])
def test_rule_074_a_cancel_acts_whatever_the_version_order_says(number: int | None) -> None:
    found = verdict(state("Two hurt", 2), state("KILL", number, status=CANCELED))
    assert isinstance(found, Revised)
    assert found.entry.status is CANCELED
    assert not state("Two hurt", 2).may_replace(found.entry)


def test_a_wire_that_counts_versions_means_what_its_ids_say() -> None:
    """Elsewhere a text of other words under an old id, a day later, is another piece (rule 108)."""
    day = 24 * 60 * MINUTE
    old = state("Quake shakes the northern islands", 1, published=NOON)
    new = state("Parliament adopts budget after long night", 2, published=NOON + day)
    assert isinstance(verdict(old, new), Revised)
