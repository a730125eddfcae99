"""Visits to one host begin a gap apart (rule 116's politeness towards a host with many feeds)."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from aggregator.polling.fetch.hosts import GAP, Turns


def test_the_first_visit_to_a_host_does_not_wait() -> None:
    turns = Turns()

    assert [turns.take(host, 100.0) for host in ("a", "b", "c")] == [0.0, 0.0, 0.0]


def test_those_that_come_together_wait_in_a_row() -> None:
    turns = Turns()

    assert [turns.take("a", 100.0) for _ in range(4)] == [0.0, GAP, 2 * GAP, 3 * GAP]


def test_one_that_comes_after_the_gap_does_not_wait() -> None:
    turns = Turns()
    turns.take("a", 100.0)

    assert turns.take("a", 100.0 + GAP) == 0.0
    assert turns.take("a", 100.0 + 1.25 * GAP) == 0.75 * GAP


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 5)), max_size=40))
def test_no_two_visits_to_a_host_begin_within_the_gap(asked: list[tuple[str, int]]) -> None:
    turns, now = Turns(), 0.0
    begun: dict[str, list[float]] = {"a": [], "b": []}
    for host, later in asked:
        now += later * GAP / 2
        begun[host].append(now + turns.take(host, now))

    for times in begun.values():
        assert all(b - a >= GAP for a, b in pairwise(times))
