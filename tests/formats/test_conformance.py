"""Other parsers' own cases: agreement with what they expect, or a reason for each difference.

The reasons stand in `conformance_differences.tsv`: case, field, reason.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import conformance
from tests.support.conformance import Difference

_LISTED = Path(__file__).with_name("conformance_differences.tsv")


def reasons() -> dict[Difference, str]:
    """The listed differences, each with its reason."""
    lines = _LISTED.read_text().splitlines()[1:]
    rows = (line.split("\t") for line in lines)
    return {Difference(case, field): reason for case, field, reason in rows}


@pytest.fixture(scope="module")
def found(corpus: Path) -> set[Difference]:
    folder = corpus / "conformance"
    cases = [*conformance.cases(folder, "gofeed"), *conformance.cases(folder, "feed-rs")]
    assert len(cases) > 600
    return {difference for case in cases for difference in conformance.differences(case)}


def test_every_difference_from_other_parsers_is_listed_with_a_reason(
    found: set[Difference],
) -> None:
    assert found - reasons().keys() == set()


def test_every_listed_difference_still_exists(found: set[Difference]) -> None:
    assert reasons().keys() - found == set()


def test_every_reason_says_whose_reading_is_right() -> None:
    verdicts = {reason.partition(":")[0] for reason in reasons().values()}
    assert verdicts == {"theirs wrong", "ours better", "not applicable"}
