"""Sampling sources: as politely as a poll visits them, and each one's outcome in its place."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from aggregator.ingest import result_of
from aggregator.model.fetched import Why
from aggregator.polling.poll import PER_HOST
from aggregator.polling.sample import Sample, Sampler
from tests.support.polling import Answer, FakeClock, ScriptedFetcher, read_at_once, rss
from tests.support.world import source


def sampled(
    answers: Mapping[str, Sequence[Answer]], host: str = "{}.example"
) -> tuple[ScriptedFetcher, list[Sample], tuple[Sample, ...]]:
    """The fetcher after its visits, what was observed, and the samples."""
    fetcher, seen = ScriptedFetcher(answers), list[Sample]()
    sampler = Sampler(
        fetch=fetcher.fetch, read=read_at_once, clock=FakeClock(), observe=seen.append
    )
    sources = [source(name, url=f"https://{host.format(name)}/{name}") for name in answers]
    return fetcher, seen, asyncio.run(sampler.run(sources))


def test_each_outcome_stands_in_the_place_of_its_source() -> None:
    _, seen, found = sampled({"a": [rss("Uno")], "b": [Why.GONE], "c": [None]})
    assert [(of.id, result_of(outcome)) for of, outcome in found] == [
        ("a", "fetched"),
        ("b", "gone"),
        ("c", "bad-status"),
    ]
    assert sorted(of.id for of, _ in seen) == ["a", "b", "c"]


def test_nothing_is_asked_with_conditions() -> None:
    fetcher, _, _ = sampled({"a": [rss("Uno")]})
    assert fetcher.states[0].validators.etag is None


def test_one_host_is_visited_as_seldom_at_once_as_by_a_poll() -> None:
    fetcher, _, found = sampled({f"s{n}": [rss("Uno")] for n in range(6)}, host="one.example")
    assert len(found) == 6
    assert fetcher.peak == PER_HOST
