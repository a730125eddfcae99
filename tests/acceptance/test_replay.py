"""Days of real polling, replayed: nothing twice, nothing lost, and the same bytes every time.

Run with `-s` to read every split and succession with both of its texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import pytest

from tests.support import replay
from tests.support.replay import Report


@dataclass(frozen=True)
class Window:
    path: Path
    first: Report
    second: Report
    plain: Mapping[str, Mapping[str, int]]


@pytest.fixture(scope="module")
def windows(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Window]:
    """Both windows, each replayed twice into fresh databases: as usual, and reading all anew."""
    folder = tmp_path_factory.mktemp("replay")
    paths = replay.unpack(corpus, folder)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        runs = {
            (name, run): pool.submit(
                replay.replay, path, folder / f"{name}{run}.db", whole=run == 2
            )
            for name, path in paths.items()
            for run in (1, 2)
        }
        return {
            name: Window(
                path=path,
                first=runs[name, 1].result(),
                second=runs[name, 2].result(),
                plain=replay.plain_facts(path),
            )
            for name, path in paths.items()
        }


@pytest.fixture(params=["A", "B"])
def window(request: pytest.FixtureRequest, windows: dict[str, Window]) -> Window:
    return windows[request.param]


def test_entries_are_the_distinct_ids_and_the_splits(window: Window) -> None:
    """Less the items that their source put under a new id (rule 9), each told with its texts."""
    for outlet, before, after in window.first.splits:
        print(f"split       {outlet}: {before}\n            now: {after}")
    for outlet, before, after in window.first.successions:
        print(f"succession  {outlet}: {before}\n            now: {after}")
    expected = {outlet: facts["ids"] for outlet, facts in window.plain.items()}
    for outlet, _, _ in window.first.splits:
        expected[outlet] += 1
    for outlet, _, _ in window.first.successions:
        expected[outlet] -= 1
    assert window.first.entries == expected


def test_splits_and_successions_are_rare(window: Window) -> None:
    decided = len(window.first.splits) + len(window.first.successions)
    assert decided <= 0.003 * sum(window.first.entries.values())


def test_no_item_stands_twice_in_an_output(window: Window) -> None:
    repeated = {slug: len(uids) - len(set(uids)) for slug, uids in window.first.uids.items()}
    assert repeated == dict.fromkeys(window.first.uids, 0)
    assert len(window.first.shown) == len(set(window.first.shown))


def test_every_entry_is_in_the_outputs(window: Window) -> None:
    assert len(window.first.uids["entries"]) == sum(window.first.entries.values())


def test_each_title_edit_in_place_is_a_revision(window: Window) -> None:
    edits = sum(facts["edits"] for facts in window.plain.values())
    renamed = sum(before != after for _, before, after in window.first.successions)
    assert window.first.title_revisions == edits - len(window.first.splits) + renamed


def test_empty_bodies_are_named(window: Window) -> None:
    named = {
        outlet: results.get("empty-body", 0) for outlet, results in window.first.results.items()
    }
    assert named == {outlet: facts["empty"] for outlet, facts in window.plain.items()}


def test_nothing_else_is_refused(window: Window) -> None:
    results = {why for counts in window.first.results.values() for why in counts}
    assert results <= {"fetched", "not-modified", "empty-body"}


def test_a_cut_body_removes_nothing(window: Window) -> None:
    assert window.first.removed_by_cut == 0


def test_two_replays_give_the_same_bytes_in_every_feed(window: Window) -> None:
    assert window.first.feeds.keys() == window.second.feeds.keys()
    differing = [n for n, body in window.first.feeds.items() if window.second.feeds[n] != body]
    assert differing == []


def test_what_is_read_by_bytes_alone_is_what_all_items_say(window: Window) -> None:
    """That the bytes of the feeds are the same is shown above; here, that it spares most work."""
    parsed, received = window.first.parsed, window.first.received
    print(f"parsed      {parsed} of {received} items ({parsed / received:.0%})")
    assert (window.second.parsed, window.second.received) == (received, received)
    assert parsed < received / 2


def test_polling_the_last_bodies_again_changes_not_one_byte(window: Window) -> None:
    differing = [n for n, body in window.first.feeds.items() if window.first.again[n] != body]
    assert differing == []


def test_of_a_cut_body_the_closed_items_are_used_and_the_half_one_never(window: Window) -> None:
    cut = [poll for poll in replay.timeline(window.path) if poll.body and replay.is_cut(poll.body)]
    read = {poll.body: replay.titles_read(poll) for poll in cut}
    closed = {
        poll.body: [item.title for item in replay.closed_items(poll.body.read_bytes())]
        for poll in cut
        if poll.body
    }
    assert cut
    assert read == closed
