"""How many new entries a second the lane takes, from a reading to its commit, on one core.

`make bench` runs it; `ARGS=--quick` in a minute, `ARGS=--json` for machines. What is measured is
`Ingest.commit` on a store on disk as the service opens it: identity, notices, wordings, candidates,
verdicts, articles, stories, feeds, and SQLite's commit. Sizes alternate, so that whatever else the
machine does meets all of them.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from shutil import copyfile
from statistics import median

from aggregator.model.entry import Entry
from aggregator.model.feed import FeedSpec
from aggregator.model.reading import Listed, Reading, Window
from aggregator.store.sqlite.connect import PAGE_CACHE
from bench.filling import fill
from bench.texts import items
from tests.support.world import MINUTE, NOON, World, config, entry, source

SIZES = (30_000, 300_000)
_SOURCES = tuple(source(f"s{number}", language="it") for number in range(50))
_CONFIG = config(*_SOURCES, feeds=(FeedSpec(slug="all", title="All"),))
_LISTED = 20  # new entries of one poll, above as many that were there before
_BASE = 3_000  # entries that the lane writes before they are copied
_SEED = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A store of one size: entries a second of each repetition, by the clock and by the CPU."""

    entries: int
    megabytes: int
    rates: list[float]
    cpu_rates: list[float]

    @property
    def rate(self) -> float:
        return median(self.rates)


class Lane:
    """A store, and polls that go on listing news to it."""

    def __init__(self, path: Path, seed: int, since: int = 0) -> None:
        self.world = World(path, _CONFIG)
        self._readings = _readings(seed, since)

    def take(self, entries: int) -> tuple[float, float]:
        """Commit so many new entries; the seconds that it took, by the clock and of CPU."""
        readings = list(islice(self._readings, entries // _LISTED))
        clock, cpu = time.perf_counter(), time.process_time()
        for reading in readings:
            self.world.take(reading)
        return time.perf_counter() - clock, time.process_time() - cpu


def _readings(seed: int, since: int) -> Iterator[Reading]:
    news = items(seed)
    before: dict[str, list[Entry]] = {}
    number = since
    while True:
        at, of = NOON + number * MINUTE, _SOURCES[number % len(_SOURCES)].id
        fresh = [
            replace(
                entry(of, f"guid:{seed}-{number}-{place}", item.title, summary=item.text),
                published=at,
                first_seen=at,
                language="it",
            )
            for place, item in enumerate(islice(news, _LISTED))
        ]
        listed = (*fresh, *before.get(of, ()))
        before[of] = fresh
        places = tuple(Listed(key=e.key, digest=e.digest) for e in listed)
        window = Window(body=f"{seed}-{number}", places=places)
        yield Reading(source_id=of, at=at, entries=tuple(fresh), window=window)
        number += 1


def measure(folder: Path, sizes: Sequence[int], repetitions: int, entries: int) -> list[Measured]:
    """The rates at each size, of stores in this folder."""
    base = Lane(folder / "base.db", _SEED)
    base.take(_BASE)
    base.world.store.close()
    lanes = {}
    for size in sizes:
        path = folder / f"{size}.db"
        copyfile(folder / "base.db", path)
        fill(path, size)
        lanes[size] = Lane(path, size, _BASE // _LISTED)
        lanes[size].take(entries // 2)  # warms the caches
    taken = [{size: lane.take(entries) for size, lane in lanes.items()} for _ in range(repetitions)]
    found = [
        Measured(
            entries=size,
            megabytes=(folder / f"{size}.db").stat().st_size >> 20,
            rates=[round(entries / one[size][0], 1) for one in taken],
            cpu_rates=[round(entries / one[size][1], 1) for one in taken],
        )
        for size in sizes
    ]
    for lane in lanes.values():
        lane.world.store.close()
    return found


def _table(found: Sequence[Measured]) -> Iterator[str]:
    yield f"{'entries':>9} {'store':>8} {'a second':>9} {'least':>7} {'most':>7} {'of CPU':>7} cost"
    for one in found:
        cost = found[0].rate / one.rate
        yield (
            f"{one.entries:>9} {one.megabytes:>5} MB {one.rate:>9.0f} {min(one.rates):>7.0f} "
            f"{max(one.rates):>7.0f} {median(one.cpu_rates):>7.0f} {cost:.2f}"
        )
    yield f"page cache {PAGE_CACHE // 1024} MB; {len(found[0].rates)} repetitions; cost an entry"


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the smaller store alone, a minute")
    parser.add_argument("--json", action="store_true", help="every repetition, as JSON")
    given = parser.parse_args(arguments)
    sizes, entries = (SIZES[:1], 400) if given.quick else (SIZES, 600)
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), sizes, 5, entries)
    if given.json:
        print(json.dumps({"page_cache_kib": PAGE_CACHE, "lane": [asdict(m) for m in found]}))
    else:
        print("\n".join(_table(found)))


if __name__ == "__main__":
    main(sys.argv[1:])
