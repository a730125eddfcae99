"""The figures of `evaluate`, against examples worked by hand, and the laws that they obey."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.desk.evaluate.scores import Count, Estimate, b_cubed, macro, tally, wilson

counts = st.builds(
    Count, found=st.integers(0, 50), wrong=st.integers(0, 50), missed=st.integers(0, 50)
)
clusters = st.dictionaries(
    st.integers(0, 30), st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1
)


def close(estimate: Estimate | None, *expected: float) -> bool:
    assert estimate is not None
    return (estimate.value, estimate.low, estimate.high) == pytest.approx(expected, abs=5e-4)


@pytest.mark.parametrize(
    ("hits", "of", "expected"),
    [
        # Worked by hand, and to be found in any table of score intervals.
        pytest.param(0, 10, (0.0, 0.0, 0.2775), id="none-of-ten"),
        pytest.param(10, 10, (1.0, 0.7225, 1.0), id="all-of-ten"),
        pytest.param(5, 10, (0.5, 0.2366, 0.7634), id="half-of-ten"),
        pytest.param(81, 263, (0.3080, 0.2553, 0.3662), id="newcombe-1998"),
    ],
)
def test_an_interval_is_wilsons(hits: int, of: int, expected: tuple[float, ...]) -> None:
    assert close(wilson(hits, of), *expected)


def test_of_nothing_there_is_no_share() -> None:
    assert wilson(0, 0) is None
    assert Count(missed=3).precision is None
    assert Count(wrong=3).recall is None
    assert Count().f1 is None


def test_precision_recall_and_f1_come_from_the_counts() -> None:
    count = Count(found=6, wrong=2, missed=4)
    assert close(count.precision, 0.75, 0.4093, 0.9285)
    assert close(count.recall, 0.6, 0.3127, 0.8318)
    assert count.f1 is not None
    assert count.f1.value == pytest.approx(2 * 0.75 * 0.6 / (0.75 + 0.6))


def test_verdicts_are_told_apart_by_what_was_said_and_what_is_true() -> None:
    verdicts = [(True, True), (True, False), (False, True), (False, True), (False, False)]
    assert tally(verdicts) == Count(found=1, wrong=1, missed=2)


@given(counts)
def test_every_interval_holds_its_share_and_lies_in_0_to_1(count: Count) -> None:
    figures = [f for f in (count.precision, count.recall, count.f1) if f]
    assert all(0 <= f.low <= f.value <= f.high <= 1 for f in figures)


@given(counts, counts)
def test_counts_add_up(a: Count, b: Count) -> None:
    both = a + b
    assert both == b + a
    assert both.found + both.wrong + both.missed == sum(
        (a.found, a.wrong, a.missed, b.found, b.wrong, b.missed)
    )


def test_b_cubed_is_the_mean_over_items() -> None:
    """Bagga and Baldwin's kind of example: two true clusters, one item in the wrong one.

    Said {1,2,3,4} and {5}; true {1,2,3} and {4,5}. Precision of 1, 2, 3 is 3/4, of 4 is 1/4, of 5
    is 1; recall of 1, 2, 3 is 1, of 4 and 5 is 1/2.
    """
    found = b_cubed(dict(enumerate("xxxxy")), dict(enumerate("aaabb")))
    precision, recall = (3 * 0.75 + 0.25 + 1) / 5, (3 + 0.5 + 0.5) / 5
    assert found.precision.value == pytest.approx(precision)
    assert found.recall.value == pytest.approx(recall)
    assert found.f1.value == pytest.approx(2 * precision * recall / (precision + recall))
    assert found.pairs == Count(found=3, wrong=3, missed=1)
    assert (found.clusters, found.truly) == (2, 2)


def test_b_cubed_spreads_as_its_true_clusters_differ() -> None:
    """Three true clusters of two, one of them torn: recall is 5/6, and 1, 3/4, 3/4 without one.

    The jackknife's variance is 2/3 of the squares about 5/6: (1/36 + 1/144 + 1/144) · 2/3 = 1/36.
    """
    found = b_cubed(dict(enumerate("xxyyzw")), dict(enumerate("aabbcc")))
    assert close(found.recall, 5 / 6, 5 / 6 - 1.96 / 6, 1.0)
    assert close(found.precision, 1.0, 1.0, 1.0)


def test_one_true_cluster_gives_no_interval() -> None:
    assert close(b_cubed({1: "x", 2: "x"}, {1: "a", 2: "a"}).f1, 1.0, 0.0, 1.0)


@given(clusters)
def test_a_clustering_is_perfect_against_itself(both: dict[int, tuple[int, int]]) -> None:
    true = {item: real for item, (_, real) in both.items()}
    renamed = {item: f"cluster {real}" for item, real in true.items()}
    found = b_cubed(renamed, true)
    assert found.f1.value == pytest.approx(1.0)
    assert (found.pairs.wrong, found.pairs.missed) == (0, 0)


@given(clusters)
def test_b_cubed_is_a_share_and_turns_round_with_its_sides(
    both: dict[int, tuple[int, int]],
) -> None:
    said = {item: mine for item, (mine, _) in both.items()}
    true = {item: real for item, (_, real) in both.items()}
    there, back = b_cubed(said, true), b_cubed(true, said)
    assert 0 < there.precision.value <= 1 + 1e-9
    assert there.precision.value == pytest.approx(back.recall.value)
    assert there.f1.value == pytest.approx(back.f1.value)


def test_b_cubed_compares_clusterings_of_the_same_items_only() -> None:
    with pytest.raises(ValueError, match="same items"):
        b_cubed({1: "x"}, {1: "a", 2: "a"})


def test_a_macro_mean_gives_each_class_the_same_weight() -> None:
    many, few = Count(found=99, wrong=1), Count(found=1, missed=1)
    mean = macro([many, few, Count()])
    assert many.f1
    assert few.f1
    assert mean
    assert mean.value == pytest.approx((many.f1.value + few.f1.value) / 2)
    assert macro([Count()]) is None
